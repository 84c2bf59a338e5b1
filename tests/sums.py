"""How points must add up, by the words of the criteria file and not by what reads it."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from campaign import PARTS
from case_files import load
from conftest import ROOT

TABLE = load(ROOT / PARTS[0])


def _parts() -> list[Any]:
    return [*TABLE["dimensions"], TABLE["bonus"], TABLE["penalties"]]


TITLES: dict[str, str] = {part["id"]: part["title"]["zh"] for part in _parts()}
# Title: the most points of the section, and its indicators in order.
SECTIONS: dict[str, tuple[Fraction, list[str]]] = {
    part["title"]["zh"]: (Fraction(part["points"]), [item["id"] for item in part["indicators"]])
    for part in _parts()
}
ITEMS = [name for _, ids in SECTIONS.values() for name in ids]
# The end of a line in the last column: `5.00`, `0.00 — 3.00`, `15.00 —` with the rest below,
# `38.00 / 40`, or with the rest of it below.
ENDS = re.compile(
    r"(?:(?P<low>−?\d+\.\d\d) — )?(?P<points>−?\d+\.\d\d)(?P<open> —)?(?: /(?: \d+)?)?$"
)


def number(text: str) -> Fraction:
    return Fraction(text.replace("−", "-"))


def adds_up(points: Mapping[str, Fraction]) -> None:
    """Indicators make their section, within its cap; sections make the total."""
    for title, (cap, ids) in SECTIONS.items():
        total = sum(points[name] for name in ids)
        assert points[title] == max(-cap, min(cap, total)), title
    totals_up(points)


def totals_up(points: Mapping[str, Fraction]) -> None:
    assert points["总分"] == sum(points[title] for title in SECTIONS)


def printed(text: str) -> dict[str, tuple[Fraction, Fraction]]:
    """Lowest and highest points in the last column of a report, by what the row begins with."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        name, end = line.split()[0], ENDS.search(line)
        if end and name in {*ITEMS, *SECTIONS, "总分"}:
            last = ENDS.search(below) if end["open"] else end
            assert last, f"{line} / {below}"
            found[name] = number(end["low"] or end["points"]), number(last["points"])
    return found
