"""Scorecards → standings: gates, vetoes, grades, rank, ties, quota.

The order of the scorecards that come in changes nothing that goes out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from branchscore.criteria.model import Criteria
from branchscore.criteria.outcome import Selection, Veto
from branchscore.scoring.scorecard import Scorecard
from branchscore.scoring.testing import Tested
from branchscore.selection.grading import Grade, Ladder
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase, Sentence, Value


class Outcome(StrEnum):
    """What became of a branch's application."""

    NAMED = "named"
    NOT_NAMED = "not_named"
    TIED = "tied"
    BELOW_MINIMUM = "below_minimum"
    RANKED = "ranked"
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
REACHED = Phrase(
    "总分 {total} 分，列第 {rank} 名，达到命名要求{tie}",
    "{total} points, rank {rank}, reaches what a title needs{tie}",
)
RANKED = Phrase("总分 {total} 分，列第 {rank} 名{tie}", "{total} points, rank {rank}{tie}")
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
WITH_GRADE = Phrase("{why}；{grade}", "{why}; {grade}")
INELIGIBLE = Phrase("不符合申报条件：{tests}", "not eligible: {tests}")
VETOED = Phrase("触及一票否决：{tests}", "excluded by veto: {tests}")
UNDETERMINED = Phrase("申报条件待核实：{tests}", "conditions still to be confirmed: {tests}")


def rank(criteria: Criteria, cards: Iterable[Scorecard]) -> tuple[Standing, ...]:
    """The standing of every branch, ranked ones first in order, the others by outcome and code."""
    ladder = Ladder(criteria)
    ranked: list[Scorecard] = []
    others: list[Standing] = []
    for card in sorted(cards, key=lambda card: card.submission.code):
        barred = _barred(ladder, card)
        if barred:
            others.append(barred)
        else:
            ranked.append(card)
    others.sort(key=lambda standing: (standing.outcome, standing.card.submission.code))
    return (*_Places(criteria, ladder, ranked).standings(), *others)


def _barred(ladder: Ladder, card: Scorecard) -> Standing | None:
    excluding = [t for t in card.vetoes if isinstance(t.test, Veto) and t.test.effect == "exclude"]
    failed = tuple(t for t in card.gates if t.holds is False)
    struck = tuple(t for t in excluding if t.holds is True)
    doubtful = tuple(t for t in (*card.gates, *card.vetoes) if t.holds is None)
    for tests, outcome, wording in (
        (struck, Outcome.VETOED, VETOED),
        (failed, Outcome.INELIGIBLE, INELIGIBLE),
        (doubtful, Outcome.UNDETERMINED, UNDETERMINED),
    ):
        if tests:
            why = Sentence(wording, {"tests": _said(tests)})
            return Standing(card, None, ladder.grade(card).title, outcome, why)
    return None


def _said(tests: Sequence[Tested]) -> tuple[Sentence, ...]:
    return tuple(test.why for test in tests)


class _Places:
    """Ranks what is to be ranked, and hands out the places."""

    def __init__(self, criteria: Criteria, ladder: Ladder, cards: Sequence[Scorecard]) -> None:
        self.criteria, self.ladder = criteria, ladder
        self.selection = criteria.selection or Selection(ties=())
        self.chain = tuple(_title(criteria, name) for name in self.selection.ties)
        self.level = _levelled(cards, self.selection.tie_within)
        self.groups = self._groups(cards)
        self.grades = ladder.shared_out(self.groups)
        minimum = self.selection.minimum
        self.step = ladder.places[minimum] if minimum else len(ladder.bands)
        self.same_total = dict[Exact, list[str]]()
        for card in cards:
            total = self.level[card.low]
            self.same_total.setdefault(total, []).append(card.submission.branch)

    def _key(self, card: Scorecard) -> Key:
        """What branches are ordered by, higher first: the total, then the declared tie chain."""
        return (self.level[card.low], *(card.points(name) for name in self.selection.ties))

    def _groups(self, cards: Sequence[Scorecard]) -> list[list[Scorecard]]:
        """Equals together, from the highest down."""
        groups: dict[Key, list[Scorecard]] = {}
        for card in cards:
            groups.setdefault(self._key(card), []).append(card)
        return [groups[key] for key in sorted(groups, reverse=True)]

    def standings(self) -> Iterator[Standing]:
        quota = self.selection.quota
        good = [c for group in self.groups for c in group if self._good(c)]
        last = good[min(quota or len(good), len(good)) - 1].low if good else None
        rank, taken = 1, 0
        for group in self.groups:
            fitting = [card for card in group if self._good(card)]
            for card in group:
                outcome = self._outcome(card, taken, len(fitting))
                values = self._values(card, group, rank, last)
                values["places"] = (quota or 0) - taken
                grade = self.grades[card.submission.code]
                why = Sentence(self._wording(outcome, bool(values["gap"])), values)
                if grade.why:
                    why = Sentence(WITH_GRADE, {"why": why, "grade": grade.why})
                yield Standing(card, rank, grade.title, outcome, why)
            rank, taken = rank + len(group), taken + len(fitting)

    def _good(self, card: Scorecard) -> bool:
        return self._grade(card).worst <= self.step

    def _grade(self, card: Scorecard) -> Grade:
        return self.grades[card.submission.code]

    def _outcome(self, card: Scorecard, taken: int, fitting: int) -> Outcome:
        quota = self.selection.quota
        if self.criteria.selection is None:
            return Outcome.RANKED
        if not self._good(card):
            return Outcome.BELOW_MINIMUM
        if quota is None or taken + fitting <= quota:
            return Outcome.NAMED
        return Outcome.NOT_NAMED if taken >= quota else Outcome.TIED

    def _wording(self, outcome: Outcome, gap: bool) -> Phrase:
        return {
            Outcome.NAMED: REACHED if self.selection.quota is None else NAMED,
            Outcome.BELOW_MINIMUM: BELOW,
            Outcome.NOT_NAMED: NOT_NAMED if gap else LOST_TIE,
            Outcome.TIED: TIED,
        }.get(outcome, RANKED)

    def _values(
        self, card: Scorecard, group: Sequence[Scorecard], rank: int, last: Exact | None
    ) -> dict[str, Value]:
        minimum = self.ladder.bands[self.step] if self.step < len(self.ladder.bands) else None
        return {
            "total": card.low,
            "rank": rank,
            "quota": self.selection.quota or 0,
            "chain": self.chain,
            "minimum": minimum.title if minimum else "",
            "limit": minimum.at_least if minimum else 0,
            "gap": self._gap(card, last),
            "tie": self._tie(card),
            "others": _others([c.submission.branch for c in group], card),
        }

    def _gap(self, card: Scorecard, last: Exact | None) -> Exact:
        """How far below the last that is named; 0 for its equals."""
        if last is None or self.level[last] <= self.level[card.low]:
            return 0
        return last - card.low

    def _tie(self, card: Scorecard) -> Value:
        """Names the branches with the same total, which only the tie chain kept apart."""
        branches = self.same_total[self.level[card.low]]
        if len(branches) == 1 or not self.chain:
            return NO_TIE
        return Sentence(TIE_BROKEN, {"others": _others(branches, card), "chain": self.chain})


def _levelled(cards: Sequence[Scorecard], within: Exact) -> dict[Exact, Exact]:
    """Each total as it is compared: one at most `within` below the highest of its group
    counts as equal to it."""
    level: dict[Exact, Exact] = {}
    top: Exact | None = None
    for total in sorted({card.low for card in cards}, reverse=True):
        if top is None or top - total > within:
            top = total
        level[total] = top
    return level


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
