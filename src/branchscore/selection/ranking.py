"""Scorecards → standings: gates, vetoes, grades, rank, ties, quota.

The order of the scorecards that come in changes nothing that goes out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from branchscore.criteria.model import Criteria
from branchscore.scoring.scorecard import Scorecard, Tested
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase, Sentence, Value


class Outcome(StrEnum):
    """What became of a branch's application."""

    NAMED = "named"
    NOT_NAMED = "not_named"
    TIED = "tied"
    BELOW_MINIMUM = "below_minimum"
    UNDETERMINED = "undetermined"
    INELIGIBLE = "ineligible"
    VETOED = "vetoed"


@dataclass(frozen=True, slots=True)
class Standing:
    """One branch's place. `rank` is 1-based, equal for equals (1, 2, 2, 4); None for branches
    that are not ranked."""

    card: Scorecard
    rank: int | None
    grade: Phrase
    outcome: Outcome
    why: Sentence


Key = tuple[Exact, ...]

NAMED = Phrase(
    "总分 {total} 分，列第 {rank} 名，在 {quota} 个名额之内{tie}",
    "{total} points, rank {rank}, within the {quota} places{tie}",
)
NOT_NAMED = Phrase(
    "总分 {total} 分，列第 {rank} 名，{quota} 个名额已满，距最后一名入选者差 {gap} 分",
    "{total} points, rank {rank}; the {quota} places are taken, {gap} points short of the last",
)
LOST_TIE = Phrase(
    "总分 {total} 分，列第 {rank} 名，{quota} 个名额已满{tie}",
    "{total} points, rank {rank}; the {quota} places are taken{tie}",
)
TIE_BROKEN = Phrase(
    "；与{others}总分相同，依次比较{chain}排定先后",
    "; the same total as {others}, ordered by {chain}",
)
MOST_NAMED = 5
MANY = Phrase("其他 {number} 个支部", "{number} other branches")
NO_TIE = Phrase("", "")
TIED = Phrase(
    "总分 {total} 分，与{others}并列第 {rank} 名，依次比较{chain}仍相同，"
    "余 {places} 个名额，待评审委员会决定",
    "{total} points, rank {rank} together with {others}; {chain} do not decide between them; "
    "the commission decides on the {places} places left",
)
BELOW = Phrase(
    "总分 {total} 分，列第 {rank} 名，未达到命名所需的“{minimum}”等次（{limit} 分）",
    "{total} points, rank {rank}, below the grade “{minimum}” ({limit} points) a title needs",
)
INELIGIBLE = Phrase("不符合申报条件：{tests}", "not eligible: {tests}")
VETOED = Phrase("触及一票否决：{tests}", "excluded by veto: {tests}")
UNDETERMINED = Phrase("申报条件待核实：{tests}", "conditions still to be confirmed: {tests}")


def rank(criteria: Criteria, cards: Iterable[Scorecard]) -> tuple[Standing, ...]:
    """The standing of every branch, ranked ones first in order, the others by outcome and code."""
    ranked: list[tuple[Key, Scorecard]] = []
    others: list[Standing] = []
    for card in sorted(cards, key=lambda card: card.submission.code):
        barred = _barred(criteria, card)
        if barred:
            others.append(barred)
        else:
            ranked.append((_key(criteria, card), card))
    ranked.sort(key=lambda entry: tuple(-part for part in entry[0]))
    others.sort(key=lambda standing: (standing.outcome, standing.card.submission.code))
    return (*_placed(criteria, ranked), *others)


def _key(criteria: Criteria, card: Scorecard) -> Key:
    """What branches are ordered by, higher first: the total, then the declared tie chain."""
    return (card.low, *(card.points(name) for name in criteria.selection.ties))


def _barred(criteria: Criteria, card: Scorecard) -> Standing | None:
    grade = _grade(criteria, card)
    failed = tuple(t for t in card.gates if t.holds is False)
    struck = tuple(t for t in card.vetoes if t.holds is True)
    doubtful = tuple(t for t in (*card.gates, *card.vetoes) if t.holds is None)
    for tests, outcome, wording in (
        (struck, Outcome.VETOED, VETOED),
        (failed, Outcome.INELIGIBLE, INELIGIBLE),
        (doubtful, Outcome.UNDETERMINED, UNDETERMINED),
    ):
        if tests:
            return Standing(card, None, grade, outcome, Sentence(wording, {"tests": _said(tests)}))
    return None


def _grade(criteria: Criteria, card: Scorecard) -> Phrase:
    """The grade, or from which to which while points are still open."""
    low, high = criteria.grade(card.low), criteria.grade(card.high)
    return low if low == high else Phrase(f"{low.zh}—{high.zh}", f"{low.en} to {high.en}")


def _said(tests: Sequence[Tested]) -> tuple[Sentence, ...]:
    return tuple(test.why for test in tests)


def _placed(criteria: Criteria, ranked: Sequence[tuple[Key, Scorecard]]) -> Iterable[Standing]:
    selection = criteria.selection
    minimum = next(b for b in criteria.grades.bands if b.id == selection.minimum)
    good = [entry for entry in ranked if entry[1].low >= minimum.at_least]
    last = good[min(selection.quota, len(good)) - 1][1].low if good else None
    chain = tuple(_title(criteria, name) for name in selection.ties)
    same_total = dict[Exact, list[str]]()
    for _, card in ranked:
        same_total.setdefault(card.low, []).append(card.submission.branch)
    place = 0
    for _, tied in groupby(ranked, key=lambda entry: entry[0]):
        group = [card for _, card in tied]
        first, place = place + 1, place + len(group)
        for card in group:
            values: dict[str, Value] = {
                "total": card.low,
                "rank": first,
                "quota": selection.quota,
                "chain": chain,
                "minimum": minimum.title,
                "limit": minimum.at_least,
                "gap": 0 if last is None else last - card.low,
                "tie": _tie(same_total[card.low], card, chain),
                "others": _others([c.submission.branch for c in group], card),
                "places": selection.quota - first + 1,
            }
            outcome = Outcome.NAMED
            if card.low < minimum.at_least:
                outcome = Outcome.BELOW_MINIMUM
            elif first > selection.quota:
                outcome = Outcome.NOT_NAMED
            elif place > selection.quota:
                outcome = Outcome.TIED
            wording = {
                Outcome.NAMED: NAMED,
                Outcome.BELOW_MINIMUM: BELOW,
                Outcome.NOT_NAMED: NOT_NAMED if values["gap"] else LOST_TIE,
                Outcome.TIED: TIED,
            }[outcome]
            why = Sentence(wording, values)
            yield Standing(card, first, _grade(criteria, card), outcome, why)


def _tie(branches: Sequence[str], card: Scorecard, chain: tuple[Phrase, ...]) -> Value:
    """Names the branches with the same total, which only the tie chain kept apart."""
    if len(branches) == 1:
        return NO_TIE
    return Sentence(TIE_BROKEN, {"others": _others(branches, card), "chain": chain})


def _others(branches: Sequence[str], card: Scorecard) -> Value:
    """The branches beside this one, by name as long as that can be read."""
    if len(branches) > MOST_NAMED + 1:
        return Sentence(MANY, {"number": len(branches) - 1})
    return tuple(branch for branch in branches if branch != card.submission.branch)


def _title(criteria: Criteria, name: str) -> Phrase:
    for section in criteria.sections():
        if section.id == name:
            return section.title
        for indicator in section.indicators:
            if indicator.id == name:
                return indicator.title
    raise KeyError(name)
