"""Personal data in free text: found by its form, and hidden.

Only what can be told by form is found here: a name cannot. A long number counts where its
check digit is right, and an age or an illness where it is said of a person.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

HIDDEN = "*"
NUMBERS = frozenset({"identity", "mobile", "card", "email"})
ALL = NUMBERS | {"minor", "health"}
# Full-width forms are read as the plain ones; every character keeps its place.
PLAIN = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
SYMPTOMS = (
    "癌|肿瘤|糖尿病|抑郁|精神病|艾滋|乙肝|肝炎|梅毒|尿毒症|白血病|癫痫|帕金森|阿尔茨海默|脑梗|心梗"
)
# A talk on diabetes and the ward that treats it are nobody's illness.
GENERAL = (
    "症?病?(?:的|患者)?(?:防|预防|筛查|科|知识|讲座|宣传|义诊|研究|专家|中心|医院|门诊|协会|日)"
)
CN = "一二三四五六七八九十百两"
MINOR = (
    rf"(?<![0-9{CN}])(?<![0-9{CN}][-~至到])"
    r"(?:1[0-3]|[0-9]|十[一二三]?|[一二三四五六七八九两]) ?周?岁(?!以上|以下|以内|及以|[-~至到])"
    r"|未成年(?!人)|(?:[系是属为])未成年人(?!保护)"
)
PERSONAL = re.compile(
    r"(?P<number>(?<![0-9A-Za-z_])(?:"
    r"[1-9][0-9]{5}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9Xx]"
    r"|[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -]?[0-9]{1,3})?"
    r"|[0-9]{16,19})(?![0-9A-Za-z_]))"
    r"|(?P<mobile>(?<![0-9A-Za-z_])(?<![0-9][.-])(?<![¥$])(?:\+?86[ -]?)?"
    r"1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9A-Za-z_])(?![.,][0-9])(?! ?[元万亿人%]))"
    r"|(?P<email>(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}"
    r"@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}(?![A-Za-z0-9]))"
    rf"|(?P<minor>{MINOR})"
    rf"|(?P<health>(?<![防抗治])(?:{SYMPTOMS})(?!{GENERAL}))"
)
# Which texts are looked at closely: of a thousand submissions hardly one has a long number.
RUNS = bytes(0x30 if 0x30 <= i <= 0x39 else 0x21 for i in range(256))
LONG = b"0" * 11
ASCII = bytes(range(128))
YEARS = "岁"
SIGNS = "[癌瘤糖抑艾肝梅尿癫帕茨梗＠０-９－]"
TELLING = re.compile(SIGNS)
TELLING_WORDS = ("未成年", "白血病", "精神病")
YOUNG = re.compile(MINOR)
ANY = re.compile("|".join((SIGNS, "@", YEARS, "[0-9][0-9 -]{10}", *TELLING_WORDS)))
NAME = re.compile(r"[^\W\d_]+(?:[·・.'-][^\W\d_]+)*")
NOT_IN_CHECK = str.maketrans("", "", " -")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
# Mainland bank cards (62 and older numbers) and the card brands accepted there.
CARDS = re.compile(r"62|9558|60|69|81|4|5[1-5]|35[2-8]")


class Hit(NamedTuple):
    """Personal data of one kind, from `start` to `end` in a text."""

    kind: str
    start: int
    end: int


@lru_cache(maxsize=1)
def may_hold(raw: bytes) -> bool:
    """Whether UTF-8 text is worth a close look; misses nothing that `found` finds."""
    if b"@" in raw or LONG in raw.translate(RUNS, b" -"):
        return True
    wide = raw.translate(None, ASCII).decode("utf-8", "replace")
    if TELLING.search(wide) or [word for word in TELLING_WORDS if word in wide]:
        return True
    parts = raw.decode("utf-8", "replace").split(YEARS) if YEARS in wide else []
    return any(YOUNG.search(f"{a[-8:]}{YEARS}{b[:2]}") for a, b in pairwise(parts))


def found(text: str) -> Iterator[Hit]:
    """Personal data in a text, in order."""
    if not ANY.search(text):
        return
    for match in PERSONAL.finditer(text.translate(PLAIN)):
        kind = str(match.lastgroup)
        if kind == "number":
            kind = _numbered(match[0].translate(NOT_IN_CHECK))
        if kind:
            yield Hit(kind, *match.span())


def _numbered(digits: str) -> str:
    """What a long number is: an identity number, a card, or (empty) neither."""
    if _born(digits):
        return "identity" if _checked(digits) else ""
    return "card" if CARDS.match(digits) and digits.isdecimal() and _luhn(digits) else ""


def _born(digits: str) -> bool:
    """Whether a date of birth stands where an identity number has it."""
    if len(digits) != 18:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return 1800 <= born.year < 2100


def _checked(digits: str) -> bool:
    """The check digit of GB 11643-1999 (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    return CHECKS[total % 11] == digits[17].upper()


def _luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1."""
    doubled = (divmod(2 * int(digit), 10) for digit in digits[-2::-2])
    return (sum(map(sum, doubled)) + sum(map(int, digits[::-2]))) % 10 == 0


def masked(text: str, kinds: Collection[str] = ALL) -> str:
    """The text with a star for every character of personal data, so that places stay."""
    for hit in found(text):
        if hit.kind in kinds:
            text = text[: hit.start] + HIDDEN * (hit.end - hit.start) + text[hit.end :]
    return text


def initials(names: str) -> str:
    """People's names as they are published: 张*, 张*明, 欧**华, 买***, W*** F***."""
    return NAME.sub(lambda name: _initial(name[0]), names)


def _initial(name: str) -> str:
    # Of four hanzi the first two may be the family name; the last alone tells less than both.
    if len(name) in (3, 4) and not name.isascii():
        return name[0] + HIDDEN * (len(name) - 2) + name[-1]
    return name[0] + HIDDEN * min(len(name) - 1, 3)
