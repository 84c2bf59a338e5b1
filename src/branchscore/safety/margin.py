"""How far each branch is from the line, in points and in items. Exact."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from branchscore.safety.grid import Grid
from branchscore.scoring.scorecard import Scorecard, Scorer
from branchscore.scoring.verdict import Line
from branchscore.selection.places import Leaf, Places
from branchscore.text.numbers import UNLIMITED, Exact, is_unlimited


@dataclass(frozen=True, slots=True)
class Margin:
    """One branch and the line between in and out, all others being as they are.

    line     the total at which the others alone leave it undecided; above it, it has a place. None:
             there is a place at any total; UNLIMITED: at none, all are kept for floors of others
    least    the total from which on its grade is enough; None: no total is enough
    points   its total less the higher of these; None: nothing to compare with
    single   items that alone would carry it across, if all of their points were lost or gained
    fewest   so many items at least would have to; None: even all would not
    """

    line: Exact | None
    least: Exact | None
    points: Exact | None
    single: tuple[str, ...]
    fewest: int | None


class Lines:
    """The lines of one campaign."""

    def __init__(self, grid: Grid, given: Mapping[str, bool]) -> None:
        """`given`: by code whether it has a place."""
        self.contest, self.given = grid.contest, given
        self._lines: dict[str, Exact | None] = {}
        self.scorer = Scorer(grid.criteria)
        self.lowest: dict[str, Exact | None] = {}
        self.counted: dict[str, Exact] = {}
        able: dict[Leaf, list[Exact]] = {}
        for card, least in zip(grid.cards, grid.lowest, strict=True):
            code = card.submission.code
            self.lowest[code] = least
            if least is not None and card.low >= least and code not in grid.contest.last_out:
                able.setdefault(grid.contest.leaves[code], []).append(card.low)
                self.counted[code] = card.low
        self.able = {leaf: sorted(some) for leaf, some in able.items()}
        self.totals = sorted({card.low for card in grid.cards}, reverse=True)

    def distance(self, card: Scorecard) -> Exact | None:
        """Points above (or, negative, below) the line."""
        if self.lowest[card.submission.code] is None:
            return None
        ends = self._ends(card)
        return card.low - max(ends) if ends and UNLIMITED not in ends else None

    def margin(self, card: Scorecard) -> Margin:
        code = card.submission.code
        line, least = self._line(card), self.lowest[code]
        points = self.distance(card)
        inside = self.given[code]
        reached = [
            name
            for name, other in self._moved(card, inside)
            if self._across(self.scorer.with_lines(card, {name: other}), inside)
        ]
        return Margin(line, least, points, tuple(reached), self._fewest(card, inside, reached))

    def _ends(self, card: Scorecard) -> list[Exact]:
        ends = (self._line(card), self.lowest[card.submission.code])
        return [end for end in ends if end is not None and end != -UNLIMITED]

    def _line(self, card: Scorecard) -> Exact | None:
        """The highest total of another branch above which this one has a place, and below which
        it has none."""
        code = card.submission.code
        if code not in self._lines:
            self._lines[code] = self._found(self.contest.leaves[code], self.counted.get(code))
        return self._lines[code]

    def _found(self, leaf: Leaf, own: Exact | None) -> Exact | None:
        low, high = 0, len(self.totals)
        places = self.contest.places if own is not None else self._with_one_more(leaf)
        if not places.fits({}, leaf):
            return UNLIMITED
        while low < high:
            middle = (low + high) // 2
            if self._fits(places, leaf, self.totals[middle], own):
                low = middle + 1
            else:
                high = middle
        return self.totals[low] if low < len(self.totals) else None

    def _with_one_more(self, leaf: Leaf) -> Places:
        """The places there would be if a branch whose grade is not enough had one that is."""
        contest, number = self.contest, len(self.contest.cards)
        size = contest.selection.places(number)
        if size is not None and contest.selection.slate:
            size = contest.selection.slate.of(size)
        able = Counter({way: len(some) for way, some in self.able.items()})
        able[leaf] += 1
        return Places(contest.selection.groups, size, Counter(contest.leaves.values()), able)

    def _fits(self, places: Places, leaf: Leaf, total: Exact, own: Exact | None) -> bool:
        """Whether there is a place below all others that have at least so much."""
        before = {way: len(some) - bisect_left(some, total) for way, some in self.able.items()}
        if own is not None and own >= total:
            before[leaf] -= 1
        return places.fits(before, leaf)

    def _across(self, card: Scorecard, inside: bool) -> bool:
        line, least = self._line(card), self.lowest[card.submission.code]
        if least is None:
            return False
        if inside:
            return card.low < least or (line is not None and card.low < line)
        return card.low >= least and (line is None or card.low > line)

    def _moved(self, card: Scorecard, down: bool) -> Iterator[tuple[str, Line]]:
        """Each item with all of its points lost, or all gained; those that move most first."""
        moved = []
        for score in card.sections:
            penalty = score.section is self.contest.criteria.penalties
            for line in score.lines:
                most = line.indicator.points
                ends = (-most, 0) if penalty else (min(line.indicator.floor, 0), most)
                end = ends[0] if down else ends[1]
                if not is_unlimited(max(end, -end)) and end != line.verdict.low:
                    verdict = replace(line.verdict, low=end, high=end)
                    by = end - line.verdict.low
                    moved.append((min(by, -by), line._replace(verdict=verdict)))
        moved.sort(key=lambda pair: pair[0])
        yield from ((line.indicator.id, line) for _, line in moved)

    def _fewest(self, card: Scorecard, inside: bool, reached: Sequence[str]) -> int | None:
        if reached:
            return 1
        lines: dict[str, Line] = {}
        for name, line in self._moved(card, inside):
            lines[name] = line
            if self._across(self.scorer.with_lines(card, lines), inside):
                return len(lines)
        return None
