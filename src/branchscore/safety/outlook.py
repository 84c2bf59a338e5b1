"""How safe the line between in and out is: what would have to differ for other branches to be
named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from branchscore.criteria.found import Judgements
from branchscore.criteria.model import Criteria
from branchscore.safety import draws as drawn
from branchscore.safety.award import winners
from branchscore.safety.cells import Cells, cells_of
from branchscore.safety.grid import Flags, Grid, Numbers, grid_of
from branchscore.safety.margin import Lines, Margin
from branchscore.scoring.scorecard import Scorecard
from branchscore.selection.contest import GIVEN
from branchscore.selection.places import Leaf
from branchscore.selection.standing import Outcome, Standing
from branchscore.text.numbers import Exact, divided

BOUND: Exact = divided(1, 10)
DRAWS, FEWEST, WORK = 2_000, 200, 4_000_000
LEAST, NEAR = 2, 6
"""At least and at most so many branches on either side of the line are looked at one by one: those
that a tenth of all points, or less, parts from it."""
LOTS = 16
SURE: Exact = divided(95, 100)
"""In so great a share of the draws in, or out, a branch is safely on its side."""
Kind = Literal["item", "reviewer"]


@dataclass(frozen=True, slots=True)
class Near:
    """A branch near the line. `chances`: by kind of draw, in how many it has a place; `decided`:
    not the points but the commission or a draw put it on its side."""

    card: Scorecard
    rank: int
    given: bool
    open: bool
    margin: Margin
    chances: Mapping[str, int]
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Swap:
    """Who would come in and who would go out (by code) without an `item` or a `reviewer`."""

    kind: Kind
    name: str
    comes: tuple[str, ...]
    goes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """`draws` of each of the `kinds`, the last of which varies all; `same`: by kind, in how many
    the same branches have a place; `varied`: items' points by so great a share. `unsafe`: how many
    branches of all depend on what is varied. `inside`: how many have
    a place. `left_out`: how many items and reviewers were left out, one at a time."""

    draws: int
    varied: Exact
    kinds: tuple[str, ...]
    same: Mapping[str, int]
    inside: int
    near: tuple[Near, ...]
    unsafe: int
    swaps: tuple[Swap, ...]
    left_out: tuple[int, int]

    def is_unsafe(self, near: Near) -> bool:
        return unsafe(near.given, near.chances[self.kinds[-1]], self.draws)


def unsafe(given: bool, number: int, draws: int) -> bool:
    """Whether a branch is not safely on its side."""
    return not (number >= SURE * draws if given else number <= (1 - SURE) * draws)


def outlook(
    criteria: Criteria,
    standings: Sequence[Standing],
    judgements: Mapping[str, Judgements],
    bound: Exact = BOUND,
) -> Outlook | None:
    """None where nobody is in or nobody is out, or a share of a grade depends on the order (then
    places cannot be told from totals alone)."""
    ranked = [s for s in standings if s.rank is not None]
    grid = grid_of(criteria, [s.card for s in ranked]) if criteria.selection else None
    if grid is None or _shared(grid):
        return None
    still = winners(grid, grid.still())[0]
    if still.all() or not still.any():
        return None
    cells = cells_of(grid, judgements)
    number = max(FEWEST, min(DRAWS, WORK // len(grid.cards)))
    won = {kind: winners(grid, shift) for kind, shift in _shifts(grid, cells, number, bound)}
    near = tuple(_near(grid, ranked, still, won))
    names = sorted({name for some in cells for name in some.reviewers})
    swaps = (*_items(grid), *_reviewers(grid, cells, names))
    same = {kind: int((some == still).all(axis=1).sum()) for kind, some in won.items()}
    left_out = (len(grid.items), len(names))
    chances = list(won.values())[-1].sum(axis=0)
    shaky = sum(unsafe(bool(x), int(n), number) for x, n in zip(still, chances, strict=True))
    inside, kinds = int(still.sum()), tuple(won)
    return Outlook(number, bound, kinds, same, inside, near, shaky, swaps, left_out)


def far(distance: Exact) -> Exact:
    return max(distance, -distance)


def _shared(grid: Grid) -> bool:
    bands = grid.contest.ladder.bands[: grid.contest.step + 1]
    return any(band.share for band in bands)


def _shifts(
    grid: Grid, cells: Sequence[Cells], number: int, bound: Exact
) -> Iterator[tuple[str, Numbers]]:
    every = weights = drawn.weights(grid, number, bound)
    yield "weights", weights
    if cells:
        reviewers = drawn.reviewers(grid, cells, number)
        yield "reviewers", reviewers
        every = every + reviewers
    doubts = drawn.doubts(grid, number)
    if doubts.any():
        yield "doubts", doubts
        every = every + doubts
    if every is not weights:
        yield "all", every


def _near(
    grid: Grid, ranked: Sequence[Standing], still: Flags, won: Mapping[str, Flags]
) -> Iterator[Near]:
    """The branches nearest to the line, in the order of the ranking."""
    row = {card.submission.code: i for i, card in enumerate(grid.cards)}
    given = {code: bool(still[i]) for code, i in row.items()}
    lines = Lines(grid, given)
    chosen = {code for side in _sides(grid, ranked, given) for code in _nearest(grid, lines, side)}
    for standing in ranked:
        code = standing.card.submission.code
        if code in chosen:
            chances = {kind: int(some[:, row[code]].sum()) for kind, some in won.items()}
            # Where there is a list of candidates, its end is the line.
            by_points = standing.outcome is Outcome.OPEN or grid.contest.selection.slate
            yield Near(
                standing.card,
                standing.rank or 0,
                given[code] if by_points else standing.outcome in GIVEN,
                standing.outcome in {Outcome.TIED, Outcome.OPEN},
                lines.margin(standing.card),
                chances,
                standing.decision is not None,
            )


def _sides(
    grid: Grid, ranked: Sequence[Standing], given: Mapping[str, bool]
) -> Iterator[list[Standing]]:
    """Those inside and those outside, each the nearest of every group in the order of ranking."""
    for inside, order in ((True, reversed(ranked)), (False, iter(ranked))):
        groups: dict[Leaf, list[Standing]] = {}
        for standing in order:
            code = standing.card.submission.code
            some = groups.setdefault(grid.contest.leaves[code], [])
            if given[code] is inside and len(some) < NEAR:
                some.append(standing)
        yield [standing for some in groups.values() for standing in some]


def _nearest(grid: Grid, lines: Lines, side: Sequence[Standing]) -> Iterator[str]:
    found = [(lines.distance(s.card), s.rank or 0, s.card.submission.code) for s in side]
    known = sorted((far(by), rank, code) for by, rank, code in found if by is not None)
    reach = grid.criteria.total * BOUND
    for i, (by, _, code) in enumerate(known[:NEAR]):
        if i < LEAST or by <= reach:
            yield code


def _items(grid: Grid) -> Iterator[Swap]:
    for name, row in zip(grid.items, drawn.without_items(grid), strict=True):
        yield from _swap(grid, "item", name, row[None, :])


def _reviewers(grid: Grid, cells: Sequence[Cells], names: Sequence[str]) -> Iterator[Swap]:
    for name in names:
        yield from _swap(grid, "reviewer", name, drawn.without_reviewer(grid, cells, name))


def _sure(grid: Grid, shift: Numbers) -> Numbers:
    """By branch: 2 where it has a place by any lot, 0 where by none, 1 where the lot decides."""
    won = winners(grid, shift.repeat(LOTS, axis=0))
    sure: Numbers = np.add(won.any(axis=0), won.all(axis=0), dtype=np.float64)
    return sure


def _swap(grid: Grid, kind: Kind, name: str, shift: Numbers) -> Iterator[Swap]:
    before, after = (_sure(grid, some) for some in (grid.still(), shift))
    codes = [card.submission.code for card in grid.cards]
    comes, goes = (
        tuple(code for code, moves in zip(codes, some, strict=True) if moves)
        for some in (after > before, before > after)
    )
    if comes or goes:
        yield Swap(kind, name, comes, goes)
