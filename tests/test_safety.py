"""How safe the line is: draws against the selection itself, margins against trying them out."""

import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from hashlib import sha256
from typing import Any

import numpy as np
import pytest

from branchscore.criteria.found import Judgement, Marks
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import read_criteria
from branchscore.criteria.selection import Selection
from branchscore.evaluation import Evaluation, evaluate
from branchscore.outputs.safety import dots, safety_said
from branchscore.safety import draws
from branchscore.safety.award import by_contest, winners
from branchscore.safety.cells import cells_of
from branchscore.safety.chance import uniform
from branchscore.safety.grid import FACTOR, POINT, Grid, grid_of
from branchscore.safety.margin import Lines
from branchscore.safety.outlook import outlook
from branchscore.safety.share import share
from branchscore.safety.told import sentences
from branchscore.scoring.reviewed import score_reviewed
from branchscore.scoring.scorecard import Scorecard, Scorer
from branchscore.selection.contest import GIVEN, Contest
from branchscore.selection.grading import Ladder
from branchscore.selection.ranking import rank
from branchscore.selection.standing import Outcome
from branchscore.text.numbers import plain
from conftest import ROOT
from strategies import made

HERE = ROOT / "tests" / "safety"
TABLE, _ = read_criteria(ROOT / "tests" / "selection" / "table.yaml")
PLACES: dict[str, dict[str, Any]] = {
    "places": {"quota": "3"},
    "no limit": {},
    "share": {"quota_share": {"share": "0.4", "rounding": "up"}},
    "slate": {"quota": "2", "slate": {"share": "1.5", "rounding": "up"}},
    "last out": {"quota": "6", "last_out": {"share": "0.3", "rounding": "down"}},
    "close": {"quota": "3", "tie_within": "0.5"},
    "floor and cap": {
        "quota": "4",
        "groups": [
            {"id": "a", "title": "a", "field": "kind", "one_of": ["street"], "least": "2"},
            {"id": "b", "title": "b", "field": "kind", "one_of": ["office"], "most": "1"},
        ],
    },
    "nested": {
        "quota": "4",
        "groups": [
            {
                "id": "a",
                "title": "a",
                "field": "kind",
                "one_of": ["street", "office"],
                "most": "3",
                "groups": [
                    {"id": "c", "title": "c", "field": "size", "one_of": ["small"], "least": "2"}
                ],
            },
            {"id": "b", "title": "b", "field": "kind", "one_of": ["firm"], "least": "2"},
        ],
    },
}


def table(places: dict[str, Any]) -> Criteria:
    selection = Selection.model_validate({"minimum": "good", "ties": ["W2"], **places})
    return TABLE.model_copy(update={"selection": selection})


def card(code: str, points: Fraction, judged: int, kind: str, size: str) -> Scorecard:
    answers = {"points": points, "kind": kind, "size": size}
    return Scorer(TABLE).score(made(code, answers), {"W2": Judgement(judged)})


def field(random: random.Random, number: int) -> list[Scorecard]:
    """Branches close to each other and to the least grade, with ties."""
    return [
        card(
            f"A{i:02}",
            Fraction(random.randrange(550, 640), 10),
            random.randrange(5),
            random.choice(["street", "office", "firm"]),
            random.choice(["large", "small"]),
        )
        for i in range(number)
    ]


def grid(places: dict[str, Any], cards: list[Scorecard]) -> Grid:
    found = grid_of(table(places), cards)
    assert found is not None
    return found


@pytest.mark.parametrize("name", PLACES)
def test_draws_name_whom_the_selection_names(name: str) -> None:
    """100 campaigns of 12 branches, 6 draws of each, the first as it is: all that the selection
    names have a place, none that it leaves out has, and ties fill the places that are left."""
    dice, ties = random.Random(name), 0
    for _ in range(100):
        some = grid(PLACES[name], field(dice, 12))
        shift = np.rint(uniform(str(dice.random()), 72).reshape(6, 12) * 6 * 10) * POINT * FACTOR
        shift = shift / 10
        shift[0] = 0
        won, totals = winners(some, shift), some.totals(shift)
        codes = [c.submission.code for c in some.cards]
        for draw in range(6):
            cards = [
                replace(c, low=Fraction(int(t), POINT), high=Fraction(int(t), POINT))
                for c, t in zip(some.cards, totals[draw], strict=True)
            ]
            got = {code for code, has in zip(codes, won[draw], strict=True) if has}
            found = list(Contest(some.criteria, Ladder(some.criteria), cards).standings())
            sure = {s.card.submission.code for s in found if s.outcome in GIVEN}
            tied = {s.card.submission.code for s in found if s.outcome is Outcome.TIED}
            assert sure == set(by_contest(some, totals[draw]))
            assert sure <= got <= sure | tied, (name, draw)
            left = [s.left for s in found if s.outcome is Outcome.TIED]
            assert len(got - sure) >= bool(left)
            ties += bool(left)
    assert ties or name == "no limit"


@pytest.mark.parametrize("name", PLACES)
def test_nothing_varied_is_the_evaluation(name: str) -> None:
    dice = random.Random(name)
    for _ in range(50):
        some = grid(PLACES[name], field(dice, 9))
        for shift in (draws.weights(some, 3, Fraction(1, 10)), draws.doubts(some, 3)):
            totals = some.totals(shift)[0]
            assert [Fraction(int(t), POINT) for t in totals] == [c.low for c in some.cards]


def test_lots_are_fair() -> None:
    """Three equals for one place."""
    cards = [card(f"A{i}", Fraction(60), 3, "firm", "large") for i in range(3)]
    some = grid({"quota": "1"}, cards)
    won = winners(some, np.zeros((6_000, 3))).sum(axis=0)
    assert won.sum() == 6_000
    assert all(1_850 < number < 2_150 for number in won)


FIRST = [0.177225453979, 0.635884856475, 0.562248402719]
DIGEST = "33468e740c56ea1c"


def test_random_numbers_are_the_same_everywhere() -> None:
    drawn = uniform("weights", 10_000)
    assert [round(float(x), 12) for x in drawn[:3]] == FIRST
    assert sha256(drawn.tobytes()).hexdigest()[:16] == DIGEST
    assert drawn.min() >= 0
    assert drawn.max() < 1


def test_weights_are_drawn_on_the_scale_of_the_evaluation() -> None:
    """Who earns all points of the dimensions keeps their total in every draw."""
    full = card("A01", Fraction(90), 10, "firm", "large")
    half = card("A02", Fraction(90), 0, "firm", "large")
    some = grid({"quota": "1"}, [full, half])
    shift = draws.weights(some, 500, Fraction(1, 10)) / FACTOR / POINT
    assert abs(shift[:, 0]).max() < 0.002
    # W1 at 0.9 of its weight and W2 at 1.1: 81 of 92, that is 88.04 of 100; the other way 91.67.
    assert 88.04 <= 90 + shift[:, 1].min() < 88.3
    assert 91.4 < 90 + shift[:, 1].max() <= 91.67


@cache
def jingan() -> Evaluation:
    parts = ("criteria/jingan-2023.yaml", "submissions/jingan-2023", "reviews")
    return evaluate(*(ROOT / part for part in parts))


def named(criteria: Criteria, cards: list[Scorecard]) -> set[str]:
    return {s.card.submission.code for s in rank(criteria, cards) if s.outcome in GIVEN}


def campaign() -> tuple[Evaluation, Grid]:
    done = jingan()
    some = grid_of(done.criteria, [s.card for s in done.standings if s.rank is not None])
    assert some is not None
    return done, some


def test_who_is_in_without_an_item_is_reckoned_by_hand_the_same() -> None:
    done, some = campaign()
    codes = [c.submission.code for c in some.cards]
    inside = {i.id: i.points for s in done.criteria.dimensions for i in s.indicators}
    whole, moved = done.criteria.total, 0
    for name, shift in zip(some.items, draws.without_items(some), strict=True):
        cards = []
        for one in some.cards:
            item = one.points(name)
            low = one.low - item
            if name in inside:
                base = sum(one.points(s.id) for s in done.criteria.dimensions)
                low = one.low - base + (base - item) * whole / (whole - inside[name])
            low = Fraction(round(low * 100), 100)
            cards.append(replace(one, low=low, high=low))
        won = winners(some, shift[None, :])[0]
        assert {c for c, has in zip(codes, won, strict=True) if has} == named(done.criteria, cards)
        moved += named(done.criteria, cards) != named(done.criteria, list(some.cards))
    assert moved


def test_who_is_in_without_a_reviewer_is_what_scoring_says() -> None:
    """Every mark of the sample's panel is taken away in turn, and the campaign scored anew."""
    done, some = campaign()
    cells = cells_of(some, done.reviews.judgements)
    panel = done.criteria.panel
    assert panel is not None
    fewer = panel.model_copy(update={"at_least": 1, "dispute": None})
    criteria = done.criteria.model_copy(update={"panel": fewer})
    cards = {c.submission.code: c for c in some.cards}
    for name in done.reviewers:
        without = {
            code: {
                item: Marks(tuple(g for g in marks.given if g.reviewer != name))
                for item, marks in items.items()
            }
            for code, items in done.reviews.judgements.items()
        }
        submissions = [(c.unstruck or c).submission for c in some.cards]
        exact, _ = score_reviewed(Scorer(criteria), submissions, without, done.reviews.strikes)
        totals = some.totals(draws.without_reviewer(some, cells, name))[0]
        pending = {c for c, one in cards.items() if one.low != one.high}
        for one, got in zip(exact, totals, strict=True):
            if one.submission.code not in pending:
                assert Fraction(int(got), POINT) == one.low, (name, one.submission.code)


def test_a_panel_drawn_as_it_is_changes_nothing_and_drawn_anew_stays_within_its_marks() -> None:
    done, some = campaign()
    cells = cells_of(some, done.reviews.judgements)
    shift = draws.reviewers(some, cells, 400)
    assert not shift[0].any()
    assert shift[1:].any()
    judged = sum(leaf.points for _, leaf in done.criteria.judged())
    assert abs(shift).max() <= judged * POINT * FACTOR


@pytest.mark.parametrize("name", PLACES)
def test_margins_are_where_a_branch_changes_sides(name: str) -> None:
    """Half a point beyond the line a branch has a place, half a point short of it it has none:
    found by ranking the campaign again."""
    if name in ("close", "last out"):
        pytest.skip("there the line moves with the branch")
    dice, seen = random.Random(name), 0
    step = Fraction(1, 1000)
    for _ in range(15):
        some = grid(PLACES[name], field(dice, 9))
        before = set(by_contest(some, some.totals(some.still())[0]))
        lines = Lines(some, {c.submission.code: c.submission.code in before for c in some.cards})
        for one in some.cards:
            margin = lines.distance(one)
            if margin is None:
                continue
            for by in (step, -step):
                low = one.low - margin + by
                others = [c for c in some.cards if c is not one]
                moved = replace(one, low=low, high=low)
                given = one.submission.code in named(some.criteria, [*others, moved])
                assert given is (by > 0), (name, one.submission.code, plain(margin))
                seen += 1
    assert seen


def test_the_items_that_carry_a_branch_across_do_so() -> None:
    done, some = campaign()
    before = named(done.criteria, list(some.cards))
    lines = Lines(some, {c.submission.code: c.submission.code in before for c in some.cards})
    scorer, tried = Scorer(done.criteria), 0
    for one in some.cards:
        inside = one.submission.code in before
        margin = lines.margin(one)
        rows = {line.indicator.id: line for s in one.sections for line in s.lines}
        for name in margin.single:
            item = rows[name].indicator
            taken = done.criteria.penalties and item in done.criteria.penalties.indicators
            end = (-item.points if taken else 0) if inside else (0 if taken else item.points)
            verdict = replace(rows[name].verdict, low=end, high=end)
            moved = scorer.with_lines(one, {name: rows[name]._replace(verdict=verdict)})
            others = [c for c in some.cards if c is not one]
            after = named(done.criteria, [*others, moved])
            assert (one.submission.code in after) is not inside, (one.submission.code, name)
            tried += 1
    assert tried > 20


def test_the_order_of_branches_changes_nothing() -> None:
    done = jingan()
    first = outlook(done.criteria, done.standings, done.reviews.judgements)
    turned = dict(reversed(done.reviews.judgements.items()))
    cards = [s.card for s in reversed(done.standings)]
    assert outlook(done.criteria, rank(done.criteria, cards), turned) == first


def test_no_line_no_outlook() -> None:
    cards = field(random.Random(1), 5)
    everybody = table({"quota": "9", "minimum": None})
    assert outlook(everybody, rank(everybody, cards), {}) is None
    unlimited = TABLE.model_copy(update={"selection": None})
    assert outlook(unlimited, rank(unlimited, cards), {}) is None


CAMPAIGNS: dict[str, tuple[dict[str, Any], list[tuple[str, int]]]] = {
    "far apart": ({"quota": "2"}, [("88", 9), ("85", 9), ("66", 5), ("62", 4)]),
    "a hair's breadth": ({"quota": "2"}, [("88", 9), ("80", 4), ("74", 9), ("62", 4)]),
    "equal totals": ({"quota": "2"}, [("88", 9), ("80", 4), ("76", 8), ("62", 4)]),
    "a tie for the last place": ({"quota": "2"}, [("88", 9), ("80", 4), ("80", 4)]),
    "only the grade decides": ({}, [("88", 9), ("57", 4), ("54", 5)]),
    "a floor": (PLACES["floor and cap"], [("88", 9), ("86", 8), ("70", 4), ("66", 4), ("60", 5)]),
}


def told(name: str) -> Iterator[str]:
    places, rows = CAMPAIGNS[name]
    kinds = ("firm", "office", "office", "street", "street")
    cards = [
        card(f"A{i:02}", Fraction(points), judged, kinds[i % 5], "large")
        for i, (points, judged) in enumerate(rows, 1)
    ]
    criteria = table(places)
    found = outlook(criteria, rank(criteria, cards), {})
    assert found is not None
    yield f"# {name}"
    for sentence in sentences(found):
        yield from sentence.both()
    for one in found.near:
        margin, chance = one.margin, one.chances[found.kinds[-1]]
        side = ("in" if one.given else "out") + (", open" if one.open else "")
        points = "-" if margin.points is None else plain(margin.points)
        items = f"{' '.join(margin.single) or '-'}; fewest {margin.fewest}"
        yield (
            f"{one.rank} {one.card.submission.code} {plain(one.card.low)} {side}: "
            f"{points} from the line; {items}; {share(chance, found.draws)}"
        )
    for swap in found.swaps:
        yield f"without {swap.name}: in {' '.join(swap.comes)}, out {' '.join(swap.goes)}"
    yield ""


def test_what_a_commission_reads_of_the_line(matches) -> None:
    matches("\n".join(line for name in CAMPAIGNS for line in told(name)), HERE / "line.txt")


def test_dots_stand_on_their_side_of_the_line() -> None:
    said = safety_said(jingan())
    assert said is not None
    places = dots(said)
    for one in said["near"]:
        place = Fraction(places[one["code"]])
        assert 5 <= place <= 95
        assert (place > 50) == (Fraction(one["margin"] or 0) > 0)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0%"), (1, "<0.5%"), (10, "1%"), (989, "49%"), (1999, ">99.5%"), (2000, "100%")],
)
def test_shares_are_read_in_whole_per_cent(number: int, text: str) -> None:
    assert share(number, 2000) == text


@pytest.mark.parametrize("arguments", [["--help"], ["check", "criteria/jingan-2023.yaml"]])
def test_only_an_evaluation_waits_for_numpy(root, arguments: list[str]) -> None:
    call = (
        "import sys; from branchscore.cli.main import main\n"
        "try: main()\nexcept SystemExit as end: assert not end.code, end.code\n"
        "assert not {'numpy', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", call, *arguments], check=True, capture_output=True)
