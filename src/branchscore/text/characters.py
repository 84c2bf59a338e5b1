"""Characters that are refused, because the eye does not see what they do."""

import re
from typing import NamedTuple

from branchscore.text.phrase import Phrase

PLANES = range(0, 0x110000, 0x10000)
ENDS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in PLANES)
KINDS: tuple[tuple[Phrase, str], ...] = (
    (
        Phrase("改变文字方向的字符", "a character that turns the direction of text"),
        "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    ),
    (Phrase("文件中间的字节顺序标记", "a byte order mark inside the file"), "\ufeff"),
    (Phrase("特殊换行符", "an unusual line end"), "\x85\u2028\u2029"),
    (Phrase("特殊空格", "an unusual blank"), "\xa0\u1680\u2000-\u200a\u202f\u205f"),
    (Phrase("原字已丢失的记号", "the sign of a character that was lost"), "\ufffc\ufffd"),
    (Phrase("不是文字的码位", "no character"), f"\ud800-\udfff\ufdd0-\ufdef{ENDS}"),
    (Phrase("控制字符", "a control character"), "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"),
    (
        Phrase("看不见的字符", "an invisible character"),
        "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
        "\u2800\u3164\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
        "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff",
    ),
)
WIDE = Phrase("全角空格", "a full-width blank")
"""Refused only where it stands for a blank of YAML."""
PICTURES = "\u2190-\u2bff\U0001f000-\U0001faff\ufe0f"
# What joins two pictures into one is seen: the family of three is one picture.
REFUSED = re.compile(f"[{''.join(codes for _, codes in KINDS)}](?<![{PICTURES}]\u200d)")
ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
SHORT = {"0": 0, "a": 7, "b": 8, "v": 11, "f": 12, "e": 27, "N": 0x85, "_": 0xA0, "L": 0x2028}
SHORT |= {"P": 0x2029}
# Bytes that occur only in what is refused or looked at more closely, and in rare characters.
CONTROLS = (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F)
UNUSUAL = bytes([*CONTROLS, *range(0xC0, 0xE2), *range(0xF0, 0x100)])


DOT, TIMES = "·".encode(), "×".encode()
COMPATIBLE = "\uf92c\uf979\uf995\uf9e7\uf9f1"
"""The compatibility characters that GBK has."""


class Refused(NamedTuple):
    """A character that is not accepted: its 0-based place, and how it is told."""

    line: int
    column: int
    what: Phrase
    character: str


def plain(raw: bytes, text: str) -> bool:
    """Whether there are only common characters: ASCII, the hanzi of GBK and their punctuation.
    A few looks by the codecs, many times as fast as one by a pattern."""
    if b"\xc2" in raw or b"\xc3" in raw:
        raw = raw.replace(DOT, b"").replace(TIMES, b"")
    if len(raw.translate(None, UNUSUAL)) != len(raw) or any(sign in text for sign in COMPATIBLE):
        return False
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def told(line: int, column: int, character: str) -> Refused:
    what = next((w for w, codes in KINDS if re.match(f"[{codes}]", character)), WIDE)
    return Refused(line, column, what, named(character))


def named(character: str) -> str:
    """A character by its number."""
    return f"U+{ord(character):04X}"


def escaped(text: str, line: int, column: int) -> Refused | None:
    """The first escape at or after a column of a line that stands for a refused character."""
    for hit in ESCAPE.finditer(text, column):
        digits = hit[1] or hit[2] or hit[3]
        code = int(digits, 16) if digits else SHORT.get(hit[4])
        if code is not None and code < 0x110000 and REFUSED.match(chr(code)):
            return told(line, hit.start(), chr(code))
    return None
