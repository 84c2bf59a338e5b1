"""What the ranked branches' points show when taken together, against a plain second reckoning."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchscore import evaluate
from branchscore.criteria.method import method
from branchscore.criteria.reading import read_criteria
from branchscore.outputs.gather import gather
from branchscore.outputs.results import Results
from branchscore.outputs.spread import bands
from campaign import PARTS
from conftest import ROOT

METHOD = ROOT / "tests" / "method"
TABLES = (
    ROOT / PARTS[0],
    *sorted((ROOT / "criteria" / "examples").glob("[!.]*[!s].yaml")),
    METHOD / "everything.yaml",
)


@cache
def results() -> Results:
    return gather(evaluate(*(ROOT / part for part in PARTS)), "")


def points(name: str) -> list[tuple[Fraction, bool]]:
    """The certain points of every ranked branch, and whether it is named."""
    found = []
    for branch in results()["branches"]:
        if branch["rank"] is None:
            continue
        lows = {part["id"]: part["low"] for part in branch["sections"]}
        lows |= {item["id"]: item["low"] for part in branch["sections"] for item in part["items"]}
        lows["total"] = branch["low"]
        found.append((Fraction(lows[name]), branch["outcome"] == "named"))
    return found


def test_every_line_is_reckoned_from_the_branches() -> None:
    spread = results()["spread"]
    assert spread is not None
    assert spread["number"] == 20
    assert len(spread["lines"]) > 40
    for line in spread["lines"]:
        have = sorted(points(line["id"]))
        rising, n = [low for low, _ in have], len(have)
        for name, share in (("lower", 25), ("median", 50), ("upper", 75)):
            value = Fraction(line[name])  # type: ignore[literal-required]
            assert value in rising
            assert 100 * sum(x <= value for x in rising) >= share * n
            assert 100 * sum(x < value for x in rising) < share * n
        assert [Fraction(line["lowest"]), Fraction(line["highest"])] == [rising[0], rising[-1]]
        assert line["full"] == sum(abs(x) >= Fraction(line["points"]) for x in rising)
        assert line["none"] == rising.count(0)
        inside = [low for low, named in have if named]
        outside = [low for low, named in have if not named]
        gap = sum(inside) / len(inside) - sum(outside) / len(outside)
        assert line["apart"] is not None
        assert abs(Fraction(line["apart"]) - gap) <= Fraction(1, 200)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.fractions(-50, 1200, max_denominator=400), min_size=1, max_size=60))
def test_every_total_is_in_just_one_band(totals: list[Fraction]) -> None:
    found = list(bands(totals))
    assert sum(band["number"] for band in found) == len(totals)
    assert len(found) <= 20
    edges = [(Fraction(band["low"]), Fraction(band["high"])) for band in found]
    assert all(high == low for (_, high), (low, _) in pairwise(edges))
    assert found[0]["number"]
    assert found[-1]["number"]
    for band, (low, high) in zip(found, edges, strict=True):
        assert band["number"] == sum(low <= x < high for x in totals)


def test_what_the_states_count() -> None:
    lines = [
        (branch["code"], item["state"])
        for branch in results()["branches"]
        for part in branch["sections"]
        for item in part["items"]
    ]
    for said in results()["states"]:
        assert said["items"] == sum(state == said["state"] for _, state in lines)
        assert said["branches"] == len({code for code, state in lines if state == said["state"]})
    assert {said["state"] for said in results()["states"]} == {s for _, s in lines} - {"scored"}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_the_method_in_words(path: Path, matches: Callable[[str, Path], None]) -> None:
    rows = []
    for clause in method(read_criteria(path)[0]):
        for place, mark in enumerate(("。", ". ")):
            said = mark.join(sentence.both()[place] for sentence in clause.said)
            rows.append(f"{clause.title[place]}: {said}")
    matches("\n".join(rows) + "\n", METHOD / f"{path.stem}.txt")
