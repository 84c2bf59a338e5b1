"""Scorecards → standings: gates, vetoes, grades, rank, ties, places.

The order of the scorecards that come in changes nothing that goes out.
"""

from collections.abc import Iterable, Sequence

from branchscore.criteria.model import Criteria
from branchscore.criteria.outcome import Veto
from branchscore.criteria.selection import Group
from branchscore.review.decision import Decision
from branchscore.scoring.scorecard import Scorecard
from branchscore.scoring.testing import Tested
from branchscore.selection import wordings
from branchscore.selection.contest import Contest
from branchscore.selection.decision import Settled, settled
from branchscore.selection.grading import Ladder
from branchscore.selection.standing import Outcome, Standing
from branchscore.text.phrase import Sentence


def rank(
    criteria: Criteria,
    cards: Iterable[Scorecard],
    decisions: Sequence[Decision] = (),
    *,
    judged: bool = False,
) -> tuple[Standing, ...]:
    """The standing of every branch, as `settle` finds it."""
    return settle(criteria, cards, decisions, judged=judged).standings


def settle(
    criteria: Criteria,
    cards: Iterable[Scorecard],
    decisions: Iterable[Decision] = (),
    *,
    judged: bool = False,
) -> Settled:
    """The standing of every branch, ranked ones first in order, the others by outcome and code.
    `decisions` close what ties and lists of candidates leave open; `judged` says that the panel
    gives nothing more."""
    ladder = Ladder(criteria)
    ranked: list[Scorecard] = []
    others: list[Standing] = []
    for card in sorted(cards, key=lambda card: card.submission.code):
        barred = _barred(criteria, ladder, card)
        if barred:
            others.append(barred)
        else:
            ranked.append(card)
    others.sort(key=lambda standing: (standing.outcome, standing.card.submission.code))
    contest = Contest(criteria, ladder, ranked, judged)
    return settled(contest, [*contest.standings(), *others], decisions)


def _barred(criteria: Criteria, ladder: Ladder, card: Scorecard) -> Standing | None:
    excluding = [t for t in card.vetoes if isinstance(t.test, Veto) and t.test.effect == "exclude"]
    failed = tuple(t for t in card.gates if t.holds is False)
    struck = tuple(t for t in excluding if t.holds is True)
    doubtful = tuple(t for t in (*card.gates, *card.vetoes) if t.holds is None)
    for tests, outcome, wording in (
        (struck, Outcome.VETOED, wordings.VETOED),
        (failed, Outcome.INELIGIBLE, wordings.INELIGIBLE),
        (doubtful, Outcome.UNDETERMINED, wordings.UNDETERMINED),
    ):
        if tests:
            why = Sentence(wording, {"tests": _said(tests)})
            return Standing(card, None, ladder.grade(card).title, outcome, why)
    for group in criteria.selection.groups if criteria.selection else ():
        missing = _unknown(group, card)
        if missing:
            why = Sentence(wordings.NO_GROUP, {"field": criteria.fields[missing].title})
            return Standing(card, None, ladder.grade(card).title, Outcome.UNDETERMINED, why)
    return None


def _said(tests: Sequence[Tested]) -> tuple[Sentence, ...]:
    return tuple(test.why for test in tests)


def _unknown(group: Group, card: Scorecard) -> str | None:
    """A field that would tell whether the branch belongs to the group, and was not stated."""
    answer = card.submission.answers.get(group.field)
    if answer is None:
        return group.field
    inside = answer in group.one_of
    known = (_unknown(inner, card) for inner in group.groups if inside)
    return next((field for field in known if field), None)
