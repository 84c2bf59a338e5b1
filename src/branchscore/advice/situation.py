"""One branch under one table, nobody else known: what is scored again and again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from branchscore.advice.change import Change, changed
from branchscore.criteria.found import Facts
from branchscore.criteria.model import Criteria
from branchscore.scoring.paying import IndicatorPayer
from branchscore.scoring.scorecard import Scorecard, Scorer
from branchscore.submission.reading import Submission


@dataclass(frozen=True, slots=True)
class Situation:
    """`on` is the day on which advice is asked, if the period is not over then; what is new
    would be of that day or later. Without it everything new belongs to another year."""

    criteria: Criteria
    scorer: Scorer
    submission: Submission
    card: Scorecard
    facts: Facts
    on: date | None

    @property
    def days(self) -> tuple[date, date]:
        """The days on which something new could be done."""
        first, last = self.criteria.days
        return max(first, self.on or first), last

    def payers(self) -> Iterable[IndicatorPayer]:
        for _, payers in self.scorer.sections:
            yield from payers

    def facts_after(self, changes: Iterable[Change]) -> Facts:
        after = replace(self.submission, answers=changed(self.submission.answers, changes))
        return self.scorer.facts(after, {}, {}, alone=True)

    def card_after(self, changes: Iterable[Change]) -> Scorecard:
        after = replace(self.submission, answers=changed(self.submission.answers, changes))
        return self.scorer.score(after, {}, alone=True)


def situation(criteria: Criteria, submission: Submission, on: date | None = None) -> Situation:
    """The submission scored as far as it can be: nothing is judged yet, nobody else is known."""
    scorer = Scorer(criteria)
    card = scorer.score(submission, {}, alone=True)
    facts = scorer.facts(submission, {}, {}, alone=True)
    running = on if on is not None and on <= criteria.days[1] else None
    return Situation(criteria, scorer, submission, card, facts, running)
