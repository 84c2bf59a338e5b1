"""What a person most likely meant, for the mend of a fault. Never used as the value itself."""

import re
import unicodedata
from datetime import date

from branchscore.text.numbers import parse_number

MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "。": ".", "，": ",", "、": ","})
NUMBER = re.compile(r"(-?)0*([0-9]+(?:,[0-9]{3})*)(\.[0-9]+)?\s*(%?)[^0-9.,%]{0,4}", re.ASCII)
DAY = re.compile(r"([0-9]{4})\s*[年./\-]\s*([0-9]{1,2})\s*[月./\-]\s*([0-9]{1,2})\s*日?", re.ASCII)
YES = frozenset({"是", "有", "对", "已", "yes", "y", "on", "true", "√", "1"})
NO = frozenset({"否", "无", "没有", "不", "未", "no", "n", "off", "false", "×", "0"})


def plain_signs(text: str) -> str:
    """Full-width letters, digits and signs as ASCII."""
    return unicodedata.normalize("NFKC", text).translate(MINUS).strip()


def number_near(text: str) -> str:
    """`92.5` for `９２．５`, `92。5` or `92.5分`; empty where there is no one reading."""
    match = NUMBER.fullmatch(plain_signs(text))
    if not match:
        return ""
    sign, whole, decimals, percent = match.groups(default="")
    near = f"{sign}{whole.replace(',', '')}{decimals}{percent}"
    return near if near != text and parse_number(near) is not None else ""


def day_near(text: str) -> str:
    """`2023-09-12` for `2023年9月12日`, `2023.9.12` or `2023/9/12`; empty for no day."""
    match = DAY.fullmatch(plain_signs(text))
    if not match:
        return ""
    try:
        near = date(*map(int, match.groups())).isoformat()
    except ValueError:
        return ""
    return near if near != text else ""


def boolean_near(text: str) -> str:
    """`true` for 是, `false` for 否 and their like."""
    word = plain_signs(text).lower()
    if word in YES:
        return "true"
    return "false" if word in NO else ""
