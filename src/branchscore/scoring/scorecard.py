"""Submission × criteria × judgements → `Scorecard`: points, states and reasons.

Pure, total and exact: no file, no clock, no language, no exception for any sound
submission. What a line says is kept in it; nothing is computed again for explaining.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from branchscore.criteria.condition import Condition
from branchscore.criteria.found import Facts, Found, Judgement, Measured, NotStated, Pending
from branchscore.criteria.model import Applies, Criteria, Gate, Indicator, Section, Veto
from branchscore.criteria.rules.base import Item, Payment
from branchscore.scoring import words
from branchscore.submission.reading import Submission
from branchscore.text.numbers import Exact, rounded
from branchscore.text.phrase import Phrase, Sentence, Value

ZERO = 0


class State(StrEnum):
    """How an indicator ended. Missing is never silently zero."""

    SCORED = "scored"
    NOT_STATED = "not_stated"
    NOT_APPLICABLE = "not_applicable"
    NOT_PROVEN = "not_proven"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of one branch.

    found   what was measured; None where nothing was
    before  points before the item's bounds and rounding; None where nothing was paid
    low     points that are certain; `high`: points still possible. Equal once decided.
            Penalties are negative.
    why     the reason, sentence by sentence; `gain`: what would have earned more
    unread  the fields that were needed and not stated
    """

    indicator: Indicator
    state: State
    found: Found | None
    before: Exact | None
    low: Exact
    high: Exact
    why: tuple[Sentence, ...]
    gain: Sentence | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionScore:
    """A dimension, the bonus or the penalties: `low` and `high` are within the cap."""

    section: Section
    lines: tuple[Line, ...]
    low: Exact
    high: Exact


@dataclass(frozen=True, slots=True)
class Tested:
    """A gate or veto held against a submission; `holds` is None where it is not stated."""

    test: Gate | Veto
    holds: bool | None
    why: Sentence
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All points of one branch, with reasons."""

    submission: Submission
    sections: tuple[SectionScore, ...]
    gates: tuple[Tested, ...]
    vetoes: tuple[Tested, ...]
    low: Exact
    high: Exact

    def points(self, name: str) -> Exact:
        """The certain points of a section or an indicator."""
        for score in self.sections:
            if score.section.id == name:
                return score.low
            for line in score.lines:
                if line.indicator.id == name:
                    return line.low
        raise KeyError(name)


class Scorer:
    """Scores submissions under one criteria file; what depends only on the file is made once."""

    def __init__(self, criteria: Criteria) -> None:
        self.criteria = criteria
        fields = criteria.fields
        self.sections = [
            (section, [(indicator, indicator.item(fields)) for indicator in section.indicators])
            for section in criteria.sections()
        ]

    def score(self, submission: Submission, judgements: Mapping[str, Judgement]) -> Scorecard:
        facts = Facts(
            self.criteria.fields,
            submission.answers,
            submission.partial,
            judgements,
            self.criteria.days,
        )
        scores = tuple(
            self._section(section, tuple(self._line(i, item, facts, section) for i, item in items))
            for section, items in self.sections
        )
        return Scorecard(
            submission,
            scores,
            tuple(self._tested(gate, facts) for gate in self.criteria.gates),
            tuple(self._tested(veto, facts) for veto in self.criteria.vetoes),
            self._rounded(total(score.low for score in scores), "total"),
            self._rounded(total(score.high for score in scores), "total"),
        )

    def _section(self, section: Section, lines: tuple[Line, ...]) -> SectionScore:
        low = total(line.low for line in lines)
        high = total(line.high for line in lines)
        cap = section.points
        return SectionScore(section, lines, max(min(low, cap), -cap), max(min(high, cap), -cap))

    def _rounded(self, points: Exact, at: str) -> Exact:
        rounding = self.criteria.rounding
        return rounded(points, rounding.decimals, rounding.rule) if rounding.at == at else points

    def _line(self, indicator: Indicator, item: Item, facts: Facts, section: Section) -> Line:
        line = self._positive(indicator, item, facts, section is self.criteria.penalties)
        if section is not self.criteria.penalties:
            return line
        before = None if line.before is None else -line.before
        return replace(line, before=before, low=-line.high, high=-line.low, gain=None)

    def _positive(self, indicator: Indicator, item: Item, facts: Facts, penalty: bool) -> Line:
        if indicator.applies is not None:
            exempt = self._exempt(indicator, indicator.applies, item, facts)
            if exempt is not None:
                return exempt
        measured = indicator.measure.measure(facts, indicator.id)
        if not isinstance(measured, Found):
            return _open(indicator, item, measured, facts, penalty)
        return self._paid(indicator, item, measured, penalty)

    def _exempt(
        self, indicator: Indicator, applies: Applies, item: Item, facts: Facts
    ) -> Line | None:
        """The line of an indicator that is not asked of this branch; None if it is asked."""
        measured = applies.measure.measure(facts, indicator.id)
        if not isinstance(measured, Found):
            return _open(indicator, item, measured, facts, penalty=False)
        if applies.holds(measured) is not False:
            return None
        points = item.points if applies.otherwise == "full" else ZERO
        unit = applies.measure.unit_in(self.criteria.fields)
        values: dict[str, Value] = {
            "title": item.title,
            "wanted": applies.wanted(measured, unit),
            "subject": words.subject(applies.measure, self.criteria.fields),
            "value": measured.shown(),
            "points": points,
        }
        why = (Sentence(words.EXEMPT, values),)
        return Line(indicator, State.NOT_APPLICABLE, measured, points, points, points, why)

    def _paid(self, indicator: Indicator, item: Item, found: Found, penalty: bool) -> Line:
        rule = indicator.rule
        payment = rule.pay(found, item)
        points = self._bounded(payment, item)
        if found.at_least:
            low = points if rule.rising is True else ZERO
            high = points if rule.rising is False else item.points
            if low != high:
                why = (words.at_least(item, found, low, high, penalty),)
                return Line(indicator, State.NOT_STATED, found, None, low, high, why)
        state, why_list = State.SCORED, [payment.why]
        if found.claimed is not None:
            claim = replace(found, value=found.claimed, claimed=None, missing=())
            if self._bounded(rule.pay(claim, item), item) != points:
                state = State.NOT_PROVEN
                values: dict[str, Value] = {"claimed": claim.shown(), "unit": item.unit}
                why_list.append(Sentence(words.UNPROVEN, values))
        if penalty or payment.points != points or not rule.states_points:
            why_list.append(words.closing(payment.points, points, item.points, penalty))
        gain = payment.gain if points < item.points else None
        return Line(indicator, state, found, payment.points, points, points, tuple(why_list), gain)

    def _bounded(self, payment: Payment, item: Item) -> Exact:
        return self._rounded(min(max(payment.points, ZERO), item.points), "item")

    def _tested(self, test: Gate | Veto, facts: Facts) -> Tested:
        measured = test.measure.measure(facts, test.id)
        if not isinstance(measured, Found):
            missing = _names(measured, facts)
            why = Sentence(words.TEST_OPEN, {"title": test.title, "fields": missing})
            return Tested(test, None, why, _unread(measured))
        condition: Condition = test
        unit = test.measure.unit_in(self.criteria.fields)
        values: dict[str, Value] = {
            "title": test.title,
            "wanted": condition.wanted(measured, unit),
            "value": measured.shown(),
        }
        return Tested(
            test, condition.holds(measured), Sentence(words.TEST, values), measured.fields
        )


def total(points: Iterable[Exact]) -> Exact:
    return sum(points, ZERO)


def _open(
    indicator: Indicator, item: Item, measured: Measured, facts: Facts, penalty: bool
) -> Line:
    """The line of an indicator that nobody has answered, or judged, yet."""
    state, wording = State.NOT_STATED, words.NOT_STATED
    if isinstance(measured, Pending):
        state, wording = State.PENDING, words.PENDING
    elif isinstance(measured, NotStated) and measured.partial:
        wording = words.INCOMPLETE
    values: dict[str, Value] = {
        "title": item.title,
        "fields": _names(measured, facts),
        "high": item.points,
        **words.sign(penalty),
    }
    why = (Sentence(wording, values),)
    return Line(indicator, state, None, None, ZERO, item.points, why, unread=_unread(measured))


def _unread(measured: Measured) -> tuple[str, ...]:
    return getattr(measured, "fields", ())


def _names(measured: Measured, facts: Facts) -> tuple[Phrase, ...]:
    return tuple(facts.fields[name].title for name in _unread(measured))
