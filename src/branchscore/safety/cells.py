"""What several reviewers gave, as arrays: one block for all that the same reviewers judged."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from branchscore.criteria.found import Judgements, Marks
from branchscore.criteria.indicator import Indicator, Leaf
from branchscore.criteria.model import Criteria
from branchscore.criteria.panel import TRIMMED_FROM
from branchscore.safety.grid import FACTOR, POINT, Grid, Numbers, units
from branchscore.scoring.panel import fair, levelled, worth
from branchscore.scoring.verdict import Line, State
from branchscore.text.numbers import Exact, is_unlimited

AT_ONCE = 1_000_000


class Cell(NamedTuple):
    """One judged item of one branch. `before`: the points of its indicator before bounds and
    rounding, `now` those that count; a change of the marks changes them `weight`-fold (less than
    0: they are taken off)."""

    branch: int
    item: int
    marks: tuple[int, ...]
    weight: float
    before: int
    now: int
    floor: int
    top: int


class Cells:
    """All cells that just these reviewers judged."""

    def __init__(self, criteria: Criteria, reviewers: tuple[str, ...], some: Sequence[Cell]):
        self.reviewers = reviewers
        self.combine = criteria.panel.combine if criteria.panel else "mean"
        rounds = criteria.rounding.at == "item"
        self.step = POINT // 10**criteria.rounding.decimals if rounds else 1
        self.cells = some
        self.marks = np.array([cell.marks for cell in some], dtype=np.float64)
        self.as_given = self._combined(self.marks[:, None, :])

    def add(self, grid: Grid, shift: Numbers, picked: NDArray[np.int64]) -> None:
        """Add what differs from the evaluation when these of the reviewers (by draw) had
        judged."""
        size = max(1, AT_ONCE // (len(picked) * picked.shape[1]))
        for first in range(0, len(self.cells), size):
            some = slice(first, first + size)
            after = self._combined(self.marks[some][:, picked])
            differs = after - self.as_given[some]
            for cell, row in zip(self.cells[some], differs, strict=True):
                made = self._rounded(cell.before + cell.weight * row)
                moved = np.clip(made, cell.floor, cell.top) - cell.now
                moved = np.rint(moved * grid.ratio[cell.branch, cell.item])
                shift[:, cell.branch] += np.where(row == 0, 0, FACTOR * moved)

    def _rounded(self, points: Numbers) -> Numbers:
        made: Numbers = np.floor(points / self.step + 0.5) * self.step
        return made

    def _combined(self, marks: Numbers) -> Numbers:
        """By cell and draw, what the marks come to."""
        number = marks.shape[2]
        if self.combine == "median":
            made = np.median(marks, axis=2)
        elif self.combine == "trimmed" and number >= TRIMMED_FROM:
            inner = marks.sum(axis=2) - marks.max(axis=2) - marks.min(axis=2)
            made = inner / (number - 2)
        else:
            made = marks.sum(axis=2) / number
        return np.rint(made)


def cells_of(grid: Grid, judgements: Mapping[str, Judgements]) -> list[Cells]:
    """What at least two reviewers of the panel judged, by who they were."""
    criteria = grid.criteria
    judged = list(_judged(criteria))
    blocks: dict[tuple[str, ...], list[Cell]] = {}
    given = levelled(criteria, judgements)
    for row, card in enumerate(grid.cards):
        marks = given.get(card.submission.code, {})
        lines = {line.indicator.id: line for s in card.sections for line in s.lines}
        for column, indicator, leaf in judged:
            several = marks.get(leaf.id)
            if isinstance(several, Marks):
                points = _points(criteria, leaf, several)
                cell = _cell(criteria, row, column, leaf, points, lines[indicator.id])
                if cell is not None and len(points) > 1:
                    blocks.setdefault(tuple(points), []).append(cell)
    return [Cells(criteria, names, some) for names, some in sorted(blocks.items())]


def _judged(criteria: Criteria) -> Iterator[tuple[int, Indicator, Leaf]]:
    column = 0
    for section in criteria.sections():
        for indicator in section.indicators:
            for leaf in indicator.leaves(section is criteria.penalties):
                if leaf.measure.kind == "judged":
                    yield column, indicator, leaf
            column += 1


def _points(criteria: Criteria, leaf: Leaf, several: Marks) -> dict[str, Exact]:
    item, lean = leaf.item(criteria.fields), several.leanings or {}
    return {
        one.reviewer: fair(item, worth(leaf, item, one), lean.get(one.reviewer, 0))
        for one in sorted(several.given, key=lambda one: one.reviewer)
        if one.origin == "panel" and not isinstance(one.value, tuple)
    }


def _cell(
    criteria: Criteria, row: int, column: int, leaf: Leaf, points: Mapping[str, Exact], line: Line
) -> Cell | None:
    """None where the marks do not count: pending, or set to nothing."""
    verdict, indicator = line.verdict, line.indicator
    if verdict.state is not State.SCORED or verdict.before is None:
        return None
    if is_unlimited(indicator.points):
        return None
    penalty = criteria.penalties is not None and indicator in criteria.penalties.indicators
    ends = (-indicator.points, 0) if penalty else (indicator.floor, indicator.points)
    if verdict.low == 0:
        kept = min(max(verdict.before, ends[0]), ends[1])
        if abs(units(kept)) >= POINT // 10**criteria.rounding.decimals:
            return None
    weight = criteria.panel.weights.get("panel", 1) if criteria.panel else 1
    return Cell(
        row,
        column,
        tuple(units(value) for value in points.values()),
        float(-weight if leaf.takes else weight),
        units(verdict.before),
        units(verdict.low),
        units(ends[0]),
        units(ends[1]),
    )
