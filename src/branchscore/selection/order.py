"""The order of scorecards: totals, closeness, the declared tie chain."""

from collections.abc import Mapping, Sequence

from branchscore.criteria.model import Criteria
from branchscore.criteria.selection import Selection
from branchscore.scoring.scorecard import Scorecard
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase

Key = tuple[Exact, ...]


class Order:
    """How the branches of one campaign are compared, higher first."""

    def __init__(self, criteria: Criteria, selection: Selection, cards: Sequence[Scorecard]):
        self.ties, self.within = selection.ties, selection.tie_within
        self.chain = tuple(_title(criteria, name) for name in self.ties)
        self.level = _levelled(cards, self.within)
        self.same_total: dict[Exact, list[Scorecard]] = {}
        for card in cards:
            self.same_total.setdefault(self.level[card.low], []).append(card)

    def key(self, card: Scorecard) -> Key:
        """What certain points give: the total, then the tie chain."""
        return (self.level[card.low], *(card.points(name) for name in self.ties))

    def stretched(self, card: Scorecard) -> Key:
        """Its place by certain points, comparable with `worst` and `best`."""
        return (card.low,) if self.within else self.key(card)

    def worst(self, card: Scorecard) -> Key:
        """The lowest place in the order that this branch can come to."""
        return (card.low - self.within,) if self.within else self.key(card)

    def best(self, card: Scorecard, total: Exact) -> Key:
        """The highest place in the order that this branch can come to with so many points."""
        if self.within:
            return (total,)
        return (total, *(card.span(name)[1] for name in self.ties))

    def parted(self, card: Scorecard) -> list[Scorecard]:
        """Those with the same total that only the tie chain keeps apart from this one."""
        beside = self.same_total[self.level[card.low]]
        if len(beside) == 1:
            return []
        own = self.key(card)
        return [other for other in beside if self.key(other) != own]

    def classes(self, cards: Sequence[Scorecard]) -> list[list[Scorecard]]:
        """Equals together, from the highest down."""
        classes: dict[Key, list[Scorecard]] = {}
        for card in cards:
            classes.setdefault(self.key(card), []).append(card)
        return [classes[key] for key in sorted(classes, reverse=True)]


def _levelled(cards: Sequence[Scorecard], within: Exact) -> Mapping[Exact, Exact]:
    """Each total as it is compared: one at most `within` below the highest of its group
    counts as equal to it."""
    level: dict[Exact, Exact] = {}
    top: Exact | None = None
    for total in sorted({card.low for card in cards}, reverse=True):
        if top is None or top - total > within:
            top = total
        level[total] = top
    return level


def _title(criteria: Criteria, name: str) -> Phrase:
    for section in criteria.sections():
        if section.id == name:
            return section.title
        for indicator in section.indicators:
            if indicator.id == name:
                return indicator.title
    raise KeyError(name)
