"""Whole campaigns beside the tests: any change of any score or reason shows up in a diff."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from branchscore import evaluate
from branchscore.outputs.gather import gather
from branchscore.outputs.results import Branch, Item, Part
from campaign import CODES, PARTS
from case_files import load
from conftest import ROOT
from sums import TABLE

GOLDEN = ROOT / "tests" / "golden"
ARTICLE = GOLDEN / "article-2023" / "submissions"
REAL = tuple(f"ART-{n:02}" for n in range(1, 25))
READ = ("applies", "measure", "part", "whole", "of", "less")


def evaluated(*files: Path) -> dict[str, Branch]:
    """Branches by code."""
    results = gather(evaluate(*files), "")
    assert not results["faults"]
    return {b["code"]: b for b in sorted(results["branches"], key=lambda b: b["code"])}


@cache
def article() -> dict[str, Branch]:
    return evaluated(ROOT / PARTS[0], ARTICLE)


def items(branch: Branch) -> Iterator[Item]:
    for part in branch["sections"]:
        yield from part["items"]


def span(one: Branch | Part | Item) -> str:
    return one["low"] if one["low"] == one["high"] else f"{one['low']}..{one['high']}"


def block(branch: Branch, shown: Iterable[Item]) -> str:
    """A branch: its place and why, its total and sections, and the indicators that are shown."""
    place = f"第 {branch['rank']} 名" if branch["rank"] else "不参加排名"
    figures = [f"total {span(branch)}", *(f"{p['id']} {span(p)}" for p in branch["sections"])]
    rows = [f"{i['id']} {i['state']} {span(i)} | {i['why']['zh']}" for i in shown]
    head = f"# {branch['code']} {branch['name']} · {branch['outcome']} · {place}"
    return "\n  ".join([head, branch["why"]["zh"], " · ".join(figures), *rows]) + "\n"


def test_fictional_branches(matches) -> None:
    branches = evaluated(*(ROOT / part for part in PARTS))
    assert tuple(branches) == CODES
    blocks = [block(branch, items(branch)) for branch in branches.values()]
    matches("\n".join(blocks), GOLDEN / "jingan-2023" / "expected.txt")


def test_what_an_article_says(matches) -> None:
    """Indicators of which nothing is known are left out; the law below holds for them."""
    most = {item["id"]: Fraction(item["points"]) for item in indicators()}

    def known(item: Item) -> bool:
        return item["state"] != "not_stated" or width(item) < most[item["id"]]

    assert tuple(article()) == REAL
    blocks = [block(branch, filter(known, items(branch))) for branch in article().values()]
    matches("\n".join(blocks), GOLDEN / "article-2023" / "expected.txt")


def width(one: Branch | Item) -> Fraction:
    return Fraction(one["high"]) - Fraction(one["low"])


@pytest.mark.parametrize("code", REAL)
def test_what_an_article_leaves_open_is_never_zero(code: str) -> None:
    stated = set(load(ARTICLE / f"{code}.yaml"))
    branch = article()[code]
    assert (branch["outcome"], branch["rank"], branch["points"]) == ("undetermined", None, None)
    assert width(branch) > 0
    asked = {item["id"]: item for item in indicators()}
    silent = 0
    for item in items(branch):
        terms = asked[item["id"]]
        if not reads(terms) & stated:
            silent += 1
            judged = terms["measure"]["kind"] == "judged"
            assert item["state"] == ("pending" if judged else "not_stated")
            assert item["points"] is None
            assert width(item) == Fraction(terms["points"])
        elif item["state"] in ("not_stated", "pending"):
            assert item["points"] is None
            assert width(item) > 0
    assert silent >= 20


def indicators() -> Iterator[dict[str, Any]]:
    for part in (*TABLE["dimensions"], TABLE["bonus"], TABLE["penalties"]):
        yield from part["indicators"]


def reads(item: Mapping[str, Any]) -> set[str]:
    """The fields that decide an indicator, as its text has them."""
    found = set()
    for key, value in item.items():
        if key == "list" or (key == "field" and "list" not in item):
            found.add(str(value))
        elif isinstance(value, Mapping) and key in READ:
            found |= reads(value)
    return found


def test_lists_shown_in_part_give_what_is_certain() -> None:
    """Guard of the law above: some indicators are known in part, and pay for that part."""
    partly = [
        item
        for branch in article().values()
        for item in items(branch)
        if item["state"] == "not_stated" and Fraction(item["low"]) > 0
    ]
    assert partly
    assert all(item["points"] is None and width(item) > 0 for item in partly)
