"""What a person most likely meant, for the mend of a fault. Never used as the value itself."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from branchscore.text.numbers import parse_decimal, parse_number

MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "。": ".", "，": ",", "、": ","})
NUMBER = re.compile(
    r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:_[0-9]+)*|(?=\.))(?:[.]([0-9]*)|,([0-9]{1,2}))?"
    r"\s*(%?)([^0-9.,%+/_*=:-]{0,4})",
    re.ASCII,
)
DAY = re.compile(
    r"([0-9]{4})\s*[年./\-]\s*([0-9]{1,2})\s*[月./\-]\s*([0-9]{1,2})\s*日?(?:[T\s][0-9:.Z+]+)?"
    r"|([0-9]{4})([0-9]{2})([0-9]{2})",
    re.ASCII,
)
YES = frozenset({"是", "有", "对", "已", "yes", "y", "on", "true", "√", "1"})
NO = frozenset({"否", "无", "没有", "不", "未", "no", "n", "off", "false", "×", "0"})
ROWS = ("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {sign: i for i, row in enumerate(ROWS) for sign in row}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
VAGUE = frozenset("万亿千百十kKmM‰成折半多余来几左以")
"""What after a number makes it another one."""
QUOTES = "“”‘’「」『』《》〈〉\"'＂＇"
LATIN = dict(zip("АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX", strict=True))
LATIN |= dict(zip("асеіјорѕухһԁԛԝ", "aceijopsyxhdqw", strict=True))
LATIN |= dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)) | {"ο": "o", "ν": "v"}
"""Letters of other scripts → the Latin letters of the same shape."""


def plain_signs(text: str) -> str:
    """Full-width letters, digits and signs as ASCII; so are the digits of other scripts."""
    whole = "".join(
        str(unicodedata.decimal(c)) if unicodedata.decimal(c, None) is not None else c for c in text
    )
    return unicodedata.normalize("NFKC", whole).translate(MINUS).strip()


def number_near(text: str, *, percent: bool = True) -> str:
    """`92.5` for `９２．５`, `92。5`, `92,5`, `92.5分` or 九十二点五; empty where there is no one
    reading."""
    match = NUMBER.fullmatch(plain_signs(text).strip(QUOTES))
    if not match:
        return _counted(text.strip())
    sign, whole, decimals, comma, share, unit = match.groups(default="")
    if not (whole or decimals) or unit[:1] in VAGUE:
        return ""
    digits = re.sub("[,_]", "", whole).lstrip("0") or "0"
    decimals = decimals or comma
    near = f"{sign.strip('+')}{digits}{'.' if decimals else ''}{decimals}{share if percent else ''}"
    parsed = parse_number(near) if percent else parse_decimal(near)
    return near if near != text and parsed is not None else ""


def _counted(text: str) -> str:
    """A Chinese numeral below ten thousand."""
    whole, point, rest = text.partition("点")
    total, last = 0, None
    for sign in whole:
        if sign in DIGITS:
            if last:
                return ""
            last = DIGITS[sign]
        elif sign in TENS:
            total, last = total + (1 if last is None else last) * TENS[sign], None
        else:
            return ""
    if not whole or (point and not (rest and all(sign in DIGITS for sign in rest))):
        return ""
    return f"{total + (last or 0)}{'.' if point else ''}{''.join(str(DIGITS[s]) for s in rest)}"


def day_near(text: str) -> str:
    """`2023-09-12` for `2023年9月12日`, `2023.9.12`, `20230912` or with a time; else empty."""
    parts = _parts(text)
    if not parts:
        return ""
    try:
        near = date(*parts).isoformat()
    except ValueError:
        return ""
    return near if near != text else ""


def days_in(text: str) -> dict[str, str | int]:
    """Which month was meant by a day that it does not have, and how many days it has."""
    parts = _parts(text)
    if not parts or not (1 <= parts[1] <= 12 and parts[0]):
        return {}
    days = monthrange(parts[0], parts[1])[1]
    return {} if parts[2] <= days else {"month": f"{parts[0]:04}-{parts[1]:02}", "days": days}


def _parts(text: str) -> tuple[int, int, int] | None:
    match = DAY.fullmatch(plain_signs(text))
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    return year, month, day


def boolean_near(text: str) -> str:
    """`true` for 是, `false` for 否 and their like."""
    word = plain_signs(text).lower()
    if word in YES:
        return "true"
    return "false" if word in NO else ""


def code_near(text: str) -> str:
    """A code without quotation marks, blanks, full width and letters of other scripts."""
    latin = "".join(LATIN.get(sign, sign) for sign in text.strip(QUOTES))
    return re.sub(r"\s", "", plain_signs(latin))
