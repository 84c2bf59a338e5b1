"""Submission × criteria × judgements → `Scorecard`: points, states and reasons.

Pure, total and exact: no file, no clock, no language, no exception for any sound
submission. What a line says is kept in it; nothing is computed again for explaining.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from branchscore.criteria.found import Facts, Judgements
from branchscore.criteria.indicator import Section
from branchscore.criteria.model import Criteria
from branchscore.criteria.outcome import Veto
from branchscore.scoring import words
from branchscore.scoring.cohort import Figures, compared, figures, means
from branchscore.scoring.panel import levelled
from branchscore.scoring.paying import ZERO, IndicatorPayer
from branchscore.scoring.testing import Tested, Tester, on_points
from branchscore.scoring.verdict import Line
from branchscore.submission.reading import Submission
from branchscore.text.numbers import Exact, divided, rounded, total
from branchscore.text.phrase import Sentence, Value


class Adjustment(NamedTuple):
    """Points that a section gains or loses beside its items: a cap over several of them, or
    the scaling up of what is left where an item is not asked."""

    why: Sentence
    low: Exact
    high: Exact


@dataclass(frozen=True, slots=True)
class SectionScore:
    """A dimension, the bonus or the penalties: `low` and `high` are the lines and adjustments
    added up, within the cap."""

    section: Section
    lines: tuple[Line, ...]
    adjustments: tuple[Adjustment, ...]
    low: Exact
    high: Exact


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All points of one branch, with reasons. `required` are per grade the conditions it
    has beside its points; `unstruck` is what it was before reviewers struck anything of any
    branch, None where nobody did."""

    submission: Submission
    sections: tuple[SectionScore, ...]
    gates: tuple[Tested, ...]
    vetoes: tuple[Tested, ...]
    required: Mapping[str, tuple[Tested, ...]]
    low: Exact
    high: Exact
    unstruck: "Scorecard | None" = None

    def points(self, name: str) -> Exact:
        """The certain points of a section or an indicator."""
        return self.span(name)[0]

    def span(self, name: str) -> tuple[Exact, Exact]:
        """The certain and the possible points of a section or an indicator."""
        for score in self.sections:
            if score.section.id == name:
                return score.low, score.high
            for line in score.lines:
                if line.indicator.id == name:
                    return line.verdict.low, line.verdict.high
        raise KeyError(name)


class Scorer:
    """Scores submissions under one criteria file; what depends only on the file is made once."""

    def __init__(self, criteria: Criteria) -> None:
        self.criteria, fields = criteria, criteria.fields
        self.sections = [
            (
                section,
                [
                    IndicatorPayer(criteria, indicator, section is criteria.penalties)
                    for indicator in section.indicators
                ],
            )
            for section in criteria.sections()
        ]
        self.gates = [Tester(fields, gate, gate.measure) for gate in criteria.gates]
        self.vetoes = [Tester(fields, veto, veto.measure) for veto in criteria.vetoes]
        self.compared = compared(criteria)
        self.shared = [
            payer
            for _, payers in self.sections
            for payer in payers
            if payer.indicator.applies and payer.indicator.applies.otherwise == "peer_mean"
        ]

    def score_all(
        self,
        submissions: Iterable[Submission],
        judgements: Mapping[str, Judgements],
    ) -> list[Scorecard]:
        """The scorecards of a whole campaign, in the order of the submissions; `judgements` are
        by branch code."""
        given = levelled(self.criteria, judgements)
        several = [(s, given.get(s.code, {})) for s in submissions]
        cohort = self.cohort(several)
        return [self.score(s, j, cohort) for s, j in several]

    def cohort(self, several: Sequence[tuple[Submission, Judgements]]) -> Figures:
        """What all branches measured, where the table asks for it."""
        if not self.compared and not self.shared:
            return {}
        cohort = figures(self.compared, [self.facts(s, j, {}) for s, j in several])
        return cohort | means(self.shared, [self.facts(s, j, cohort) for s, j in several])

    def score(
        self,
        submission: Submission,
        judgements: Judgements,
        cohort: Figures | None = None,
        *,
        alone: bool = False,
    ) -> Scorecard:
        """One scorecard; `cohort` is what all branches measured, where the table asks for it.
        `alone`: nothing is known of the others, and what is compared with them stays open."""
        facts = self.facts(submission, judgements, cohort or {}, alone)
        vetoes = tuple([veto.held(facts) for veto in self.vetoes])
        zeroed = self._zeroed(vetoes)
        scores = tuple(
            [
                self._section(section, [_line(payer, facts, zeroed) for payer in payers])
                for section, payers in self.sections
            ]
        )
        low, high = (
            self._total([getattr(score, end) for score in scores]) for end in ("low", "high")
        )
        gates = tuple([gate.held(facts) for gate in self.gates])
        card = Scorecard(submission, scores, gates, vetoes, {}, low, high)
        required = self._required(card, facts)
        return replace(card, required=required) if required else card

    def facts(
        self,
        submission: Submission,
        judgements: Judgements,
        cohort: Figures,
        alone: bool = False,
    ) -> Facts:
        """The answers and judgements of one branch, as measures read them."""
        return Facts(
            self.criteria.fields,
            submission.answers,
            submission.partial,
            judgements,
            self.criteria.days,
            submission.self_scores,
            cohort,
            alone,
        )

    def with_lines(self, card: Scorecard, lines: Mapping[str, Line]) -> Scorecard:
        """The card if these items had ended so and all else were as it is."""
        scores = tuple(
            [
                self._section(s.section, [lines.get(x.indicator.id, x) for x in s.lines])
                for s in card.sections
            ]
        )
        low, high = (self._total([getattr(s, end) for s in scores]) for end in ("low", "high"))
        return replace(card, sections=scores, low=low, high=high)

    @staticmethod
    def _zeroed(vetoes: Sequence[Tested]) -> Mapping[str, Veto]:
        """The items that get nothing, with the veto that says so."""
        zeroing = [
            tested.test
            for tested in vetoes
            if tested.holds and isinstance(tested.test, Veto) and tested.test.effect == "zero"
        ]
        return {name: veto for veto in zeroing for name in veto.items}

    def _section(self, section: Section, lines: list[Line]) -> SectionScore:
        low = total([line.verdict.low for line in lines])
        decided = all(line.verdict.low is line.verdict.high for line in lines)
        high = low if decided else total([line.verdict.high for line in lines])
        adjustments = self._adjustments(section, lines, low, high)
        for adjustment in adjustments:
            low, high = low + adjustment.low, high + adjustment.high
        cap = section.points
        low, high = max(min(low, cap), -cap), max(min(high, cap), -cap)
        return SectionScore(section, tuple(lines), adjustments, low, high)

    def _adjustments(
        self, section: Section, lines: list[Line], low: Exact, high: Exact
    ) -> tuple[Adjustment, ...]:
        made: list[Adjustment] = []
        for cap in section.caps:
            held = [line.verdict for line in lines if line.indicator.id in cap.items]
            over = [min(cap.points - total([v.low for v in held]), ZERO)]
            over.append(min(cap.points - total([v.high for v in held]), ZERO))
            if any(over):
                values: dict[str, Value] = {"title": cap.title, "points": cap.points}
                made.append(Adjustment(Sentence(words.SHARED, values), *over))
                low, high = low + over[0], high + over[1]
        dropped = [line.indicator.points for line in lines if line.verdict.dropped]
        if dropped:
            made.append(self._scaled(section.points, total(dropped), low, high))
        return tuple(made)

    def _scaled(self, points: Exact, dropped: Exact, low: Exact, high: Exact) -> Adjustment:
        """What the rest of a section gains where items are dropped."""
        rest = points - dropped
        if rest <= 0:
            return Adjustment(Sentence(words.NOTHING_LEFT), ZERO, ZERO)
        rounding = self.criteria.rounding
        gained = [divided(end * dropped, rest) for end in (low, high)]
        if rounding.at == "item":
            gained = [rounded(end, rounding.decimals, rounding.rule) for end in gained]
        values: dict[str, Value] = {"dropped": dropped, "rest": rest, "points": points}
        return Adjustment(Sentence(words.SCALED, values), *gained)

    def _total(self, sections: Sequence[Exact]) -> Exact:
        points, most = total(sections), self.criteria.at_most
        rounding = self.criteria.rounding
        if rounding.at == "total":
            points = rounded(points, rounding.decimals, rounding.rule)
        return points if most is None else min(points, most)

    def _required(self, card: Scorecard, facts: Facts) -> Mapping[str, tuple[Tested, ...]]:
        required: dict[str, tuple[Tested, ...]] = {}
        for band in self.criteria.grades.bands if self.criteria.grades else ():
            held: list[Tested] = []
            for requirement in band.requires:
                if requirement.measure:
                    tester = Tester(self.criteria.fields, requirement, requirement.measure)
                    held.append(tester.held(facts))
                elif requirement.points_of:
                    held.append(on_points(requirement, *card.span(requirement.points_of)))
            if held:
                required[band.id] = tuple(held)
        return required


def _line(payer: IndicatorPayer, facts: Facts, zeroed: Mapping[str, Veto]) -> Line:
    line = payer.line(facts)
    veto = zeroed.get(line.indicator.id) if zeroed else None
    if veto is None:
        return line
    why = (*line.verdict.why, Sentence(words.ZEROED, {"veto": veto.title}))
    return line._replace(verdict=replace(line.verdict, low=ZERO, high=ZERO, why=why, gain=None))
