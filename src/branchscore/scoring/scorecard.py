"""Submission × criteria × judgements → `Scorecard`: points, states and reasons.

Pure, total and exact: no file, no clock, no language, no exception for any sound
submission. What a line says is kept in it; nothing is computed again for explaining.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from branchscore.criteria.found import Facts, Found, Judgement, Measured, NotStated, Pending
from branchscore.criteria.model import Applies, Criteria, Gate, Indicator, Section, Veto
from branchscore.criteria.rules.base import Payment
from branchscore.scoring import words
from branchscore.submission.reading import Submission
from branchscore.text.numbers import Exact, rounded, total
from branchscore.text.phrase import Phrase, Sentence, Value

ZERO = 0
MOST_REMEMBERED = 20_000


class State(StrEnum):
    """How an indicator ended. Missing is never silently zero."""

    SCORED = "scored"
    NOT_STATED = "not_stated"
    NOT_APPLICABLE = "not_applicable"
    NOT_PROVEN = "not_proven"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a finding is worth on an indicator, whoever's it is.

    before  points before the item's bounds and rounding; None where nothing was paid
    low     points that are certain; `high`: points still possible. Equal once decided.
            Penalties are negative.
    why     the reason, sentence by sentence; `gain`: what would have earned more
    """

    state: State
    before: Exact | None
    low: Exact
    high: Exact
    why: tuple[Sentence, ...]
    gain: Sentence | None = None


class Line(NamedTuple):
    """One indicator of one branch: what was measured (None where nothing was), the verdict on
    it, and the fields that were needed and not stated."""

    indicator: Indicator
    found: Found | None
    verdict: Verdict
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
                    return line.verdict.low
        raise KeyError(name)


class Scorer:
    """Scores submissions under one criteria file; what depends only on the file is made once."""

    def __init__(self, criteria: Criteria) -> None:
        self.criteria = criteria
        self.sections = [
            (section, [_Payer(criteria, section, i) for i in section.indicators])
            for section in criteria.sections()
        ]
        self.gates = [_Tester(criteria, gate) for gate in criteria.gates]
        self.vetoes = [_Tester(criteria, veto) for veto in criteria.vetoes]

    def score(self, submission: Submission, judgements: Mapping[str, Judgement]) -> Scorecard:
        facts = Facts(
            self.criteria.fields,
            submission.answers,
            submission.partial,
            judgements,
            self.criteria.days,
        )
        scores = tuple(
            _section(section, tuple([payer.line(facts) for payer in payers]))
            for section, payers in self.sections
        )
        return Scorecard(
            submission,
            scores,
            tuple([gate.held(facts) for gate in self.gates]),
            tuple([veto.held(facts) for veto in self.vetoes]),
            self._rounded(total([score.low for score in scores])),
            self._rounded(total([score.high for score in scores])),
        )

    def _rounded(self, points: Exact) -> Exact:
        rounding = self.criteria.rounding
        if rounding.at != "total":
            return points
        return rounded(points, rounding.decimals, rounding.rule)


class _Tester:
    """Holds one gate or veto against submissions; the same finding is worded once."""

    def __init__(self, criteria: Criteria, test: Gate | Veto) -> None:
        self.test, self.unit = test, test.measure.unit_in(criteria.fields)
        self.known: dict[tuple[object, ...], tuple[bool | None, Sentence]] = {}

    def held(self, facts: Facts) -> Tested:
        test = self.test
        measured = test.measure.measure(facts, test.id)
        if not isinstance(measured, Found):
            missing = _names(measured, facts)
            why = Sentence(words.TEST_OPEN, {"title": test.title, "fields": missing})
            return Tested(test, None, why, _unread(measured))
        known = self.known.get(measured.key)
        if known is None:
            values: dict[str, Value] = {
                "title": test.title,
                "wanted": test.wanted(measured, self.unit),
                "value": measured.shown(),
                "unit": self.unit if test.counts(measured) else "",
            }
            wording = words.VETO if isinstance(test, Veto) else words.GATE
            known = test.holds(measured), Sentence(wording, values)
            if len(self.known) < MOST_REMEMBERED:
                self.known[measured.key] = known
        return Tested(test, *known, measured.fields)


class _Payer:
    """Pays for one indicator. The same finding earns the same whoever's it is, so each is paid
    and explained once."""

    def __init__(self, criteria: Criteria, section: Section, indicator: Indicator) -> None:
        self.indicator, self.item = indicator, indicator.item(criteria.fields)
        self.fields, self.rounding = criteria.fields, criteria.rounding
        self.penalty = section is criteria.penalties
        self.paid: dict[tuple[object, ...], Verdict] = {}

    def line(self, facts: Facts) -> Line:
        indicator = self.indicator
        if indicator.applies is not None:
            exempt = self._exempt(indicator.applies, facts)
            if exempt is not None:
                return exempt
        measured = indicator.measure.measure(facts, indicator.id)
        if not isinstance(measured, Found):
            return self._open(measured, facts)
        verdict = self.paid.get(measured.key)
        if verdict is None:
            verdict = self._verdict(measured)
            if len(self.paid) < MOST_REMEMBERED:
                self.paid[measured.key] = verdict
        return Line(indicator, measured, verdict)

    def _exempt(self, applies: Applies, facts: Facts) -> Line | None:
        """The line of an indicator that is not asked of this branch; None if it is asked."""
        measured = applies.measure.measure(facts, self.indicator.id)
        if not isinstance(measured, Found):
            return self._open(measured, facts)
        if applies.holds(measured) is not False:
            return None
        points = self.item.points if applies.otherwise == "full" else ZERO
        values: dict[str, Value] = {
            "title": self.item.title,
            "wanted": applies.wanted(measured, applies.measure.unit_in(self.fields)),
            "subject": words.subject(applies.measure, self.fields),
            "value": measured.shown(),
            "points": points,
        }
        why = (Sentence(words.EXEMPT, values),)
        verdict = Verdict(State.NOT_APPLICABLE, points, points, points, why)
        return Line(self.indicator, measured, verdict)

    def _open(self, measured: Measured, facts: Facts) -> Line:
        """The line of an indicator that nobody has answered, or judged, yet."""
        state, wording = State.NOT_STATED, words.NOT_STATED
        if isinstance(measured, Pending):
            state, wording = State.PENDING, words.PENDING
        elif isinstance(measured, NotStated) and measured.partial:
            wording = words.INCOMPLETE
        values: dict[str, Value] = {
            "title": self.item.title,
            "fields": _names(measured, facts),
            "high": self.item.points,
            **words.sign(self.penalty),
        }
        why = (Sentence(wording, values),)
        verdict = self._signed(Verdict(state, None, ZERO, self.item.points, why))
        return Line(self.indicator, None, verdict, _unread(measured))

    def _verdict(self, found: Found) -> Verdict:
        rule, item = self.indicator.rule, self.item
        payment = rule.pay(found, item)
        points = self._bounded(payment)
        if found.at_least:
            low = points if rule.rising is True else ZERO
            high = points if rule.rising is False else item.points
            if low != high:
                known = (words.at_least(item, found, low, high, self.penalty),)
                return self._signed(Verdict(State.NOT_STATED, None, low, high, known))
        state, why = State.SCORED, [payment.why]
        if found.claimed is not None:
            claim = found._replace(value=found.claimed, claimed=None, missing=())
            if self._bounded(rule.pay(claim, item)) != points:
                state = State.NOT_PROVEN
                values: dict[str, Value] = {"claimed": claim.shown(), "unit": item.unit}
                why.append(Sentence(words.UNPROVEN, values))
        if self.penalty or payment.points != points or not rule.states_points:
            why.append(words.closing(payment.points, points, item.points, self.penalty))
        gain = payment.gain if points < item.points else None
        return self._signed(Verdict(state, payment.points, points, points, tuple(why), gain))

    def _bounded(self, payment: Payment) -> Exact:
        points = min(max(payment.points, ZERO), self.item.points)
        if self.rounding.at != "item":
            return points
        return rounded(points, self.rounding.decimals, self.rounding.rule)

    def _signed(self, verdict: Verdict) -> Verdict:
        """Points of a penalty are taken off, and there is nothing to be gained from them."""
        if not self.penalty:
            return verdict
        before = None if verdict.before is None else -verdict.before
        return replace(verdict, before=before, low=-verdict.high, high=-verdict.low, gain=None)


def _section(section: Section, lines: tuple[Line, ...]) -> SectionScore:
    low = total([line.verdict.low for line in lines])
    high = total([line.verdict.high for line in lines])
    cap = section.points
    return SectionScore(section, lines, max(min(low, cap), -cap), max(min(high, cap), -cap))


def _unread(measured: Measured) -> tuple[str, ...]:
    return getattr(measured, "fields", ())


def _names(measured: Measured, facts: Facts) -> tuple[Phrase, ...]:
    return tuple(facts.fields[name].title for name in _unread(measured))
