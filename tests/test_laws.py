"""Laws that hold for any answers, not only for those somebody thought of."""

import random
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from branchscore.criteria.measures.base import ListMeasure
from branchscore.criteria.measures.count import Count
from branchscore.criteria.measures.each import Each
from branchscore.criteria.measures.periods import Periods
from branchscore.criteria.reading import read_criteria
from branchscore.scoring.scorecard import Scorecard, Scorer
from branchscore.scoring.verdict import State
from branchscore.selection.ranking import Outcome, rank
from branchscore.text.characters import REFUSED
from branchscore.text.numbers import plain, rounded
from branchscore.text.source import Map, Seq, parse
from conftest import ROOT
from strategies import judgements, made, submissions

CRITERIA, _ = read_criteria(ROOT / "criteria" / "jingan-2023.yaml")
SCORER = Scorer(CRITERIA)
ANY = submissions(CRITERIA)
JUDGED = judgements(CRITERIA)


@given(ANY, JUDGED)
@settings(deadline=None)
def test_points_stay_in_bounds_and_add_up(submission, judged) -> None:
    card = SCORER.score(submission, judged)
    for score in card.sections:
        for line in score.lines:
            most = line.indicator.points
            assert -most <= line.verdict.low <= line.verdict.high <= most
            assert (line.verdict.low == line.verdict.high) or line.verdict.state in (
                State.NOT_STATED,
                State.PENDING,
            )
            assert (line.verdict.low * 100).denominator == 1
        cap = score.section.points
        assert score.low == max(-cap, min(cap, sum(line.verdict.low for line in score.lines)))
        assert score.high == max(-cap, min(cap, sum(line.verdict.high for line in score.lines)))
    assert card.low == sum(score.low for score in card.sections)
    assert card.high == sum(score.high for score in card.sections)


@given(ANY, JUDGED, st.data())
@settings(deadline=None)
def test_not_answering_never_gains_certain_points(submission, judged, data) -> None:
    if not submission.answers:
        return
    name = data.draw(st.sampled_from(sorted(submission.answers)))
    fewer = {key: value for key, value in submission.answers.items() if key != name}
    whole, less = (
        SCORER.score(s, judged) for s in (submission, replace(submission, answers=fewer))
    )
    assert less.low <= whole.low
    assert less.high >= whole.high


@given(ANY, st.data())
@settings(deadline=None)
def test_doing_more_never_lowers_a_monotone_item(submission, data) -> None:
    """One more record never costs points on an item that counts records, months or levels."""
    name = data.draw(st.sampled_from(["activities", "articles", "honours", "suggestions"]))
    more = data.draw(ANY).answers.get(name, [])
    before = made("A1", {**submission.answers, name: submission.answers.get(name, [])})
    after = replace(before, answers={**before.answers, name: [*before.answers[name], *more]})
    cards = [SCORER.score(s, {}) for s in (before, after)]
    for old, new in zip(*map(lines, cards), strict=True):
        measure = old.indicator.measure
        if (
            isinstance(measure, ListMeasure)
            and measure.list == name
            and isinstance(measure, Count | Each | Periods)
            and old.verdict.low >= 0
        ):
            assert new.verdict.low >= old.verdict.low, old.indicator.id


def lines(card: Scorecard) -> list:
    return [line for score in card.sections for line in score.lines]


@given(st.lists(ANY, min_size=2, max_size=12), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_order_changes_nothing(several, shuffler: random.Random) -> None:
    gated = {"formal_members": 5, "founded": date(2010, 1, 1)}
    clean = {"discipline_cases": 0, "false_material": False}
    cards = [
        SCORER.score(
            replace(s, code=f"A{i}", branch=f"支部{i}", answers={**s.answers, **gated, **clean}), {}
        )
        for i, s in enumerate(several)
    ]
    shuffled = list(cards)
    shuffler.shuffle(shuffled)
    standings = rank(CRITERIA, cards)
    assert rank(CRITERIA, shuffled) == standings
    named = [s for s in standings if s.outcome is Outcome.NAMED]
    assert len(named) <= CRITERIA.selection.quota
    ranks = [s.rank for s in standings if s.rank]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("rule", "oracle"),
    [
        ("half-up", ROUND_HALF_UP),
        ("half-even", ROUND_HALF_EVEN),
    ],
)
@given(number=st.integers(-(10**9), 10**9), places=st.integers(0, 4))
def test_rounding_agrees_with_decimal(rule, oracle, number, places) -> None:
    value = Decimal(number).scaleb(-6)
    expected = value.quantize(Decimal(1).scaleb(-places), oracle)
    assert rounded(Fraction(value), places, rule) == Fraction(expected)


@given(st.fractions(-(10**12), 10**12), st.integers(0, 4))
def test_printed_numbers_are_exact(value: Fraction, places: int) -> None:
    text = plain(value, places)
    assert Fraction(text) == value
    if "/" not in text and places:
        assert len(text.partition(".")[2]) >= places


CHARACTERS = st.characters(codec="utf-8", categories=["L", "N", "P", "S"])
SCALARS = st.text(CHARACTERS.filter(lambda c: not REFUSED.match(c)), max_size=12)
# A name in a wide bracket is a fault of its own (Y029).
KEYS = SCALARS.filter(lambda key: key and not key.startswith(("｛", "［")))
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=5), st.booleans())
@settings(deadline=None)
def test_the_text_at_a_place_is_what_was_read(tree, flow) -> None:
    """Every scalar is read as PyYAML wrote it, and stands where its place says."""
    text = yaml.dump(
        tree, allow_unicode=True, default_flow_style=flow, default_style='"', width=10**6
    )
    document = parse(text.encode(), "x")
    assert document.root == tree
    rows = text.split("\n")

    def walk(node) -> None:
        entries = node.items() if isinstance(node, Map) else enumerate(node)
        for key, value in entries:
            mark = node.places(key)[1] if isinstance(node, Map) else node.marks[key]
            if isinstance(value, Map | Seq):
                walk(value)
            else:
                assert yaml.safe_load(scalar_at(rows[mark.line][mark.column :])) == value

    walk(document.root)


def scalar_at(rest: str) -> str:
    """The double-quoted scalar that the rest of a line begins with."""
    end = 1
    while rest[end] != '"':
        end += 2 if rest[end] == "\\" else 1
    return rest[: end + 1]
