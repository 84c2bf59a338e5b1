"""How far reviewers agree and how severe they are, against reference packages; who judges what."""

import random
import warnings
from fractions import Fraction

import krippendorff
import numpy as np
import pytest
from scipy.stats import friedmanchisquare

from branchscore.panel.agreement import alpha, block, concordance, icc
from branchscore.panel.assign import assigned, checked
from branchscore.panel.mark import Mark, cells
from branchscore.panel.quality import quality, told
from branchscore.panel.severity import connected, corrected, leanings, linked, loads, reviewers
from campaign import call
from conftest import ROOT

HERE = ROOT / "tests" / "panel"
SHROUT_FLEISS = ("9 2 5 8", "6 1 3 2", "8 4 6 8", "7 1 2 6", "10 5 6 9", "6 2 4 7")
"""Shrout and Fleiss 1979, Psychol. Bull. 86(2), table 2: six works, four judges."""
RANDOM = range(60)


def marked(rows: list[list[object]]) -> list[Mark]:
    """Rows are works, columns reviewers; None is no mark."""
    return [
        Mark(f"r{j}", f"b{i}", "X", value)
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
        if value is not None
    ]


def drawn(made: random.Random, gaps: float) -> list[list[Fraction | None]]:
    n, k = made.randrange(3, 9), made.randrange(2, 6)
    return [
        [None if made.random() < gaps else Fraction(made.randrange(6), 5) for _ in range(k)]
        for _ in range(n)
    ]


@pytest.mark.parametrize("seed", RANDOM)
def test_alpha_is_that_of_the_reference_package(seed: int) -> None:
    rows = drawn(random.Random(seed), 0.3)
    ours = alpha(cells(marked(rows)))
    table = np.array([[np.nan if v is None else float(v) for v in row] for row in rows]).T
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = krippendorff.alpha(table, level_of_measurement="interval")
    except ValueError:  # no two marks, or all the same: it has no alpha either
        theirs = float("nan")
    assert (ours is None) == bool(np.isnan(theirs))
    assert ours is None or float(ours) == pytest.approx(theirs, abs=1e-12)


def test_icc_is_that_of_the_published_example() -> None:
    rows = [[int(value) for value in row.split()] for row in SHROUT_FLEISS]
    one, several = icc(block(cells(marked(rows))))
    assert (round(float(one), 2), round(float(several), 2)) == (0.29, 0.62)


@pytest.mark.parametrize("seed", RANDOM)
def test_icc_is_that_of_an_analysis_of_variance(seed: int) -> None:
    rows = drawn(random.Random(seed), 0)
    x = np.array(rows, dtype=float)
    n, k = x.shape
    msr = k * x.mean(axis=1).var(ddof=1)
    msc = n * x.mean(axis=0).var(ddof=1)
    rest = x - x.mean(axis=1, keepdims=True) - x.mean(axis=0, keepdims=True) + x.mean()
    mse = (rest**2).sum() / ((n - 1) * (k - 1))
    ours = icc(block(cells(marked(rows))))
    below = msr + (k - 1) * mse + k * (msc - mse) / n, msr + (msc - mse) / n
    assert (ours is None) == bool(np.isclose(below, 0).any())
    if ours is None:
        return
    one = (msr - mse) / below[0]
    several = (msr - mse) / below[1]
    assert [float(v) for v in ours] == pytest.approx([one, several], abs=1e-9)


@pytest.mark.parametrize("seed", RANDOM)
def test_concordance_is_that_of_friedman(seed: int) -> None:
    """W is Friedman's chi-square over m (n - 1); scipy corrects it for ties as well."""
    rows = drawn(random.Random(seed), 0)
    n, m = len(rows), len(rows[0])
    ours = concordance(block(cells(marked(rows))))
    chi, _ = friedmanchisquare(*(np.array(row, dtype=float) for row in rows))
    assert ours is not None
    assert float(ours) == pytest.approx(chi / (m * (n - 1)), abs=1e-12)


@pytest.mark.parametrize("seed", RANDOM)
def test_leanings_are_those_of_least_squares(seed: int) -> None:
    rows = drawn(random.Random(seed), 0.4)
    grid = cells(marked(rows))
    names = sorted({name for given in grid.values() for name in given})
    if not connected(grid):
        assert leanings(grid) == {}
        assert len(linked(grid)) != 1
        return
    places = [(b, name) for b, given in enumerate(grid.values()) for name in given]
    matrix = np.zeros((len(places) + 1, len(grid) + len(names)))
    for row, (branch, name) in enumerate(places):
        matrix[row, branch] = matrix[row, len(grid) + names.index(name)] = 1
    matrix[-1, len(grid) :] = 1
    values = [float(v) for given in grid.values() for v in given.values()]
    fit, *_ = np.linalg.lstsq(matrix, np.array([*values, 0]), rcond=None)
    ours = [float(leanings(grid)[name]) for name in names]
    assert ours == pytest.approx(list(fit[len(grid) :]), abs=1e-9)


def test_a_leaning_that_is_all_there_is_is_taken_out_wholly() -> None:
    worth = [Fraction(n, 10) for n in (3, 5, 7)]
    lean = [Fraction(-1, 10), 0, Fraction(1, 10)]
    grid = cells(marked([[w + one for one in lean] for w in worth]))
    assert leanings(grid) == {"r0": lean[0], "r1": 0, "r2": lean[2]}
    assert [set(given.values()) for given in corrected(grid).values()] == [{w} for w in worth]
    assert [one.unsteady for one in reviewers(grid)] == [0, 0, 0]


def test_nothing_is_corrected_where_reviewers_are_not_linked() -> None:
    grid = cells(marked([[1, 1, None, None], [0, 1, None, None], [None, None, 1, 0]]))
    assert linked(grid) == [frozenset({"r0", "r1"}), frozenset({"r2", "r3"})]
    assert corrected(grid) == grid


def test_the_order_of_marks_changes_nothing() -> None:
    made = random.Random(5)
    marks = marked(drawn(made, 0.2))
    first = quality(marks)
    for _ in range(5):
        made.shuffle(marks)
        assert quality(marks) == first


PANELS = {
    "linked, all judged all": [["9/10", "1/2", "4/5"], ["1/2", "1/5", "2/5"], ["1", "3/5", "1"]],
    "linked by one branch": [["1", "3/5", None], [None, "1/2", "1/2"], ["1/5", "2/5", None]],
    "two halves": [["1", "3/5", None, None], [None, None, "1/2", "1"]],
    "nothing in common": [["1", None], [None, "1/2"]],
    "all the same": [["1/2", "1/2"], ["1/2", "1/2"]],
}


def test_what_a_commission_reads_of_a_panel(matches) -> None:
    told_of = []
    for name, rows in PANELS.items():
        found = quality(marked([[v and Fraction(v) for v in row] for row in rows]))
        assert found is not None
        lines = [text for sentence in found.sentences() for text in sentence.both()]
        lines += [f"{r.name}: {text}" for r in found.reviewers for text in told(r).both()]
        told_of.append("\n".join([f"# {name}", *lines]) + "\n")
    matches("\n".join(told_of), HERE / "quality.txt")


def test_one_reviewer_is_no_panel() -> None:
    assert quality(marked([[1], [0]])) is None


def names(number: int, letter: str) -> list[str]:
    return [f"{letter}{i:02}" for i in range(number)]


@pytest.mark.parametrize("seed", range(12))
def test_an_assignment_is_even_and_linked_and_keeps_people_away(seed: int) -> None:
    made = random.Random(seed)
    each = made.randrange(2, 4)
    who, what = names(made.randrange(each + 2, 8), "r"), names(made.randrange(6, 25), "b")
    away = {(made.choice(who), branch) for branch in what if made.random() < 0.4}
    plan = assigned(who, what, each, away)
    assert not plan.why
    assert list(checked(plan.pairs, who, what, each, away)) == []
    assert len(plan.pairs) == each * len(what)
    load = loads(plan.pairs)
    assert sum(load.values()) == each * len(what)
    made.shuffle(who)
    made.shuffle(what)
    assert assigned(who, what, each, away) == plan


def test_reviewers_are_linked_where_conflicts_would_part_them() -> None:
    """Four reviewers, two for each half of the branches; b03 alone may be judged by all, and
    the most even assignment that keeps the halves apart is refused."""
    who, what = names(4, "r"), names(8, "b")
    halves = {(r, b) for i, r in enumerate(who) for j, b in enumerate(what) if (i < 2) != (j < 4)}
    open_ones = {pair for pair in halves if pair[1] == "b03"}
    plan = assigned(who, what, 2, halves - open_ones)
    assert not plan.why
    assert len({r for r, b in plan.pairs if b == "b03"} & {"r02", "r03"}) == 1
    (why,) = assigned(who, what, 2, halves).why
    assert why.say("zh") == "按这些条件排不出来"


def test_a_branch_that_too_few_may_judge_is_named() -> None:
    plan = assigned(["甲", "乙"], ["A", "B"], 2, {("甲", "A")})
    assert plan.pairs == frozenset()
    assert [why.say("zh") for why in plan.why] == ["A 要 2 位评委，能评的只有 1 位"]


def test_what_is_wrong_with_an_assignment_is_told_before_anybody_scores(matches) -> None:
    pairs = {("甲", "A"), ("乙", "A"), ("甲", "B"), ("甲", "C"), ("丙", "C"), ("丁", "D")}
    wrong = checked(pairs, ["甲", "乙", "丙", "丁"], "ABCDE", 2, {("丙", "C")})
    text = "".join(f"{zh}\n    {en}\n" for zh, en in (one.both() for one in wrong))
    matches(text, HERE / "assignment.txt")


def test_an_assignment_on_the_command_line(tmp_path) -> None:
    for code in "ABCD":
        (tmp_path / f"{code}.yaml").write_text(f"code: {code}\n", encoding="utf-8")
    reviewers = [f"--reviewer={name}" for name in ("甲=A,B", "乙", "丙=D")]
    done = call("review", "assign", ".", *reviewers, "--each", "2", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    # A and B leave 乙 and 丙, D leaves 甲 and 乙; for C the two who have the least are even.
    assert done.stdout == "丙\t3\tA,B,C\n乙\t3\tA,B,D\n甲\t2\tC,D\n"
    no = call("review", "assign", ".", *reviewers, "--each", "3", "--lang", "en", cwd=tmp_path)
    assert (no.returncode, no.stdout) == (1, "")
    assert no.stderr.splitlines()[0] == "A needs 3 reviewers, only 2 may judge it"
    wrong = call("review", "assign", ".", "-r", "甲=Z", cwd=tmp_path)
    assert wrong.returncode == 2
