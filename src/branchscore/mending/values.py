"""Values that say one thing in a form that is not taken: numbers, days, yes and no, codes."""

import re
from datetime import date

from branchscore.criteria.fields import DecimalField, FiguresField, IntegerField
from branchscore.mending.page import Extents, Page, instead
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.numbers import parse_number
from branchscore.text.suggest import day_near, plain_signs

NUMBER = re.compile(r"([+-]?)0*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?", re.ASCII)
POINTS = ("分",)
PAIRS = {"“": "”", "‘": "’", "”": "”", "＂": "＂", "＇": "＇", "「": "」"}
YES, NO = frozenset({"是", "yes", "true"}), frozenset({"否", "no", "false"})
HAS, HAS_NOT = frozenset({"有"}), frozenset({"无", "没有"})
DENIALS = re.compile("[无未没不非免]")


def bare(text: str) -> str:
    """Without a pair of quotes that are no quotes of YAML, and with ASCII signs."""
    text = text.strip()
    if len(text) > 2 and PAIRS.get(text[0]) == text[-1]:
        text = text[1:-1]
    return plain_signs(text)


def number(fault: Diagnostic, page: Page) -> list[Extents]:
    """`92.5` for `９２．５`, `1000` for `1,000`, `26` for `26人` where people are counted."""
    got = page.asked.got(fault)
    text = bare(got)
    for unit in _units(fault, page):
        text = text.removesuffix(unit).rstrip()
    match = NUMBER.fullmatch(text)
    if not match or "、" in got:
        return []
    sign, whole, decimals = match.groups(default="")
    plain = f"{sign.strip('+')}{whole.replace(',', '')}{decimals}"
    if parse_number(plain) is None:
        return []
    # A comma may also be a point: 1,000 is a thousand only where a thousand may be.
    return instead(page, fault, got, plain, "sound" if "," in whole else "")


def _units(fault: Diagnostic, page: Page) -> tuple[str, ...]:
    """What may stand after the number: the field's unit, or 分 where it has none."""
    field = page.asked.field(fault)
    if isinstance(field, IntegerField | DecimalField | FiguresField) and field.unit:
        return tuple(map(plain_signs, field.unit))
    return POINTS


def day(fault: Diagnostic, page: Page) -> list[Extents]:
    """`2023-09-12` for `2023年9月12日`, `2023.9.12` or `20230912`."""
    got = page.asked.got(fault)
    text = bare(got)
    near = text if _is_day(text) else day_near(re.sub("号$", "日", text))
    return instead(page, fault, got, near) if _is_day(near) and "1900" < near < "2100" else []


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def boolean(fault: Diagnostic, page: Page) -> list[Extents]:
    """`true` for 是 and yes, for 有 where that is no answer to “没有…？”."""
    got = page.asked.got(fault)
    word = bare(got).lower()
    field = page.asked.field(fault)
    yes, no = YES, NO
    if field is not None and not DENIALS.search(field.title.zh):
        yes, no = YES | HAS, NO | HAS_NOT
    if word not in yes | no:
        return []
    return instead(page, fault, got, "true" if word in yes else "false")


def several(fault: Diagnostic, page: Page) -> list[Extents]:
    """`[E1, E2]` for `E1、E2`."""
    got = page.asked.got(fault)
    parts = [part.strip() for part in re.split("[，、]", got)]
    return instead(page, fault, got, f"[{', '.join(parts)}]") if len(parts) > 1 else []


def word(fault: Diagnostic, page: Page) -> list[Extents]:
    """A word with full-width letters and digits, or in 引号, as it is with neither."""
    got = page.asked.got(fault)
    return instead(page, fault, got, bare(got))
