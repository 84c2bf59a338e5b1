"""A case held against its table: what does it come to, and is that what it must be?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from branchscore.scoring.scorecard import Scorecard
from branchscore.selection.grading import Ladder
from branchscore.selection.ranking import rank
from branchscore.selection.standing import Standing
from branchscore.text.numbers import Exact, plain
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.trial.model import STANDING, Case, Expected, Table
from branchscore.trial.reading import OWN

WITH_STATE = Phrase("{points}（{state}）", "{points} ({state})")
CONTAINS = Phrase("理由含“{text}”", "a reason with “{text}”")
OTHER_WORDS = Phrase("理由如下", "the reason below")
STATES = {
    "scored": Phrase("已计分", "scored"),
    "not_stated": Phrase("未填报", "not stated"),
    "not_applicable": Phrase("不适用", "not applicable"),
    "not_proven": Phrase("佐证不足", "not proven"),
    "pending": Phrase("待评", "pending"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What the branch of a case came to."""

    card: Scorecard
    standing: Standing | None


class Missed(NamedTuple):
    """An expectation that was not met: of which item (`key`: whether in `expect` or `says`),
    what it was, what was found instead, and why."""

    case: Case
    key: str
    item: str
    expected: Value
    got: Value
    why: tuple[Sentence, ...]


def run(table: Table, case: Case) -> Result:
    """Score the branch of a case among its peers; it is ranked only where that is asked."""
    cards = table.scorer.score_all(case.branches, case.judgements)
    standing = None
    if not case.named.isdisjoint(STANDING):
        standings = rank(table.criteria, cards, judged=True)
        standing = next(s for s in standings if s.card.submission.code == OWN)
    return Result(cards[0], standing)


def missed(table: Table, case: Case) -> Iterator[Missed]:
    """The expectations of a case that are not met."""
    result = run(table, case)
    for item, expected in case.expect.items():
        met, got = _held(table, result, item, expected)
        if not met:
            why = tuple(reasons(result, item))
            yield Missed(case, "expect", item, _wanted(table, item, expected), got, why)
    for item, text in case.says.items():
        why = tuple(reasons(result, item))
        if text not in "；".join(sentence.say("zh") for sentence in why):
            wanted = Sentence(CONTAINS, {"text": text})
            yield Missed(case, "says", item, wanted, Sentence(OTHER_WORDS), why)


def _held(table: Table, result: Result, item: str, expected: Expected) -> tuple[bool, Value]:
    """Whether an expectation is met, and what was found."""
    card, standing = result.card, result.standing
    if standing and item == "outcome":
        return standing.outcome.value == expected.word, standing.outcome.value
    if standing and item == "grade":
        return standing.grade == grade(table, expected.word or ""), standing.grade
    if standing and item == "rank":
        place = standing.rank or 0
        return (place, place) == expected.span, place
    span = (card.low, card.high) if item == "total" else card.span(item)
    state = _state(card, item) if expected.state else None
    met = expected.span in (None, span) and state == expected.state
    return met, _shown(span, state)


def _wanted(table: Table, item: str, expected: Expected) -> Value:
    if expected.word is not None:
        return grade(table, expected.word) if item == "grade" else expected.word
    return _shown(expected.span, expected.state)


def _shown(span: tuple[Exact, Exact] | None, state: str | None) -> Value:
    points = "" if span is None else spanned(*span)
    if state is None:
        return points
    if span is None:
        return STATES[state]
    return Sentence(WITH_STATE, {"points": points, "state": STATES[state]})


def spanned(low: Exact, high: Exact) -> str:
    """`3`, or `0..5` while open: as it is written in a case."""
    return plain(low) if low == high else f"{plain(low)}..{plain(high)}"


def grade(table: Table, name: str) -> Phrase:
    """The title of a grade by its id; `otherwise` is what is below the last."""
    ladder = Ladder(table.criteria)
    return ladder.title(ladder.places.get(name, len(ladder.bands)))


def _state(card: Scorecard, item: str) -> str | None:
    for score in card.sections:
        for line in score.lines:
            if line.indicator.id == item:
                return line.verdict.state.value
    return None


def reasons(result: Result, item: str) -> Iterator[Sentence]:
    """Why an item, a section, a condition or the branch came to what it came to."""
    for score in result.card.sections:
        if score.section.id == item:
            yield from (s for line in score.lines for s in line.verdict.why)
            yield from (adjustment.why for adjustment in score.adjustments)
        for line in score.lines:
            if line.indicator.id == item:
                yield from line.verdict.why
    for tested in (*result.card.gates, *result.card.vetoes):
        if getattr(tested.test, "id", "") == item:
            yield tested.why
    if item in STANDING and result.standing:
        yield result.standing.why
