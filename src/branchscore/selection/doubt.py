"""Whether points that the panel has still to give could change who is named.

Only what the panel has not judged is in doubt here. What a branch did not state counts as what is
certain, so that nobody holds up the others by leaving answers out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from branchscore.scoring.scorecard import Scorecard
from branchscore.scoring.verdict import State
from branchscore.selection.order import Key, Order
from branchscore.selection.places import Leaf, Places
from branchscore.text.numbers import Exact, total


class Entry(NamedTuple):
    """A ranked branch: whether it reaches what a title needs, with certain points and with all
    that are possible."""

    card: Scorecard
    leaf: Leaf
    sure: bool
    able: bool


def pending_high(card: Scorecard) -> Exact:
    """The points that the branch has when the panel gives it everything."""
    gaps = [
        line.verdict.high - line.verdict.low
        for score in card.sections
        for line in score.lines
        if line.verdict.state is State.PENDING
    ]
    return min(card.high, card.low + total(gaps)) if gaps else card.low


class Doubt:
    """For every branch, whether its outcome is certain."""

    def __init__(self, order: Order, places: Places, entries: Sequence[Entry]) -> None:
        self.order, self.places = order, places
        self.open = {e.card.submission.code for e in entries if pending_high(e.card) != e.card.low}
        self.entries = {e.card.submission.code: e for e in entries} if self.open else {}
        self.lowest = _by_leaf((e for e in self.entries.values() if e.sure), self._worst)
        able = (e for e in self.entries.values() if self._able(e))
        self.highest = _by_leaf(able, self._best)

    def changes(self, card: Scorecard, given: bool) -> bool:
        """Whether a branch that has a place (`given`) could lose it, or one without could get
        it."""
        if not self.open:
            return False
        entry = self.entries[card.submission.code]
        return not self._certain(entry) if given else self._possible(entry)

    def unsettles(self, card: Scorecard) -> bool:
        """Whether a tie of this branch across the last place could still be parted, or joined by
        another, by what is still given."""
        if not self.open:
            return False
        low, high = self._worst(card), self.order.stretched(card)
        waiting = (self.entries[code] for code in self.open)
        return card.submission.code in self.open or any(
            e.able and low <= self._best(e.card) and not (e.sure and self._worst(e.card) > high)
            for e in waiting
        )

    def _able(self, entry: Entry) -> bool:
        return entry.able if entry.card.submission.code in self.open else entry.sure

    def _certain(self, entry: Entry) -> bool:
        """It has its place whatever is still given to anybody."""
        before = {
            leaf: len(keys) - bisect_left(keys, self._worst(entry.card))
            for leaf, keys in self.highest.items()
        }
        before[entry.leaf] -= 1  # itself
        return entry.sure and self.places.fits(before, entry.leaf)

    def _possible(self, entry: Entry) -> bool:
        """It has a place if it is given everything and the others nothing."""
        before = {
            leaf: len(keys) - bisect_right(keys, self._best(entry.card))
            for leaf, keys in self.lowest.items()
        }
        return self._able(entry) and self.places.fits(before, entry.leaf)

    def _worst(self, card: Scorecard) -> Key:
        return self.order.worst(card)

    def _best(self, card: Scorecard) -> Key:
        if card.submission.code not in self.open:
            return self.order.stretched(card)
        return self.order.best(card, pending_high(card))


def _by_leaf(entries: Iterable[Entry], key: Callable[[Scorecard], Key]) -> Mapping[Leaf, list[Key]]:
    """The keys of every leaf's branches, ascending."""
    keys: dict[Leaf, list[Key]] = {}
    for entry in entries:
        keys.setdefault(entry.leaf, []).append(key(entry.card))
    return {leaf: sorted(some) for leaf, some in keys.items()}
