"""What could as well have been: other weights, other reviewers, open points given.

Each function returns draws of what is added to the totals (see `Draw`).
"""

from collections.abc import Sequence

import numpy as np

from branchscore.safety.cells import Cells
from branchscore.safety.chance import uniform
from branchscore.safety.grid import FACTOR, Grid, Numbers, units
from branchscore.scoring.verdict import State
from branchscore.selection.doubt import pending_high
from branchscore.text.numbers import Exact, is_unlimited


def weights(grid: Grid, draws: int, bound: Exact) -> Numbers:
    """Each item's points up to `bound` (a share of them) more or less, then all brought back to
    the total of the table, so that every draw is on the scale of the evaluation."""
    drawn = uniform("weights", draws * len(grid.items)).reshape(draws, -1)
    varied = np.rint(FACTOR * (1 + float(bound) * (2 * drawn - 1)))
    varied[0] = FACTOR
    return by_factors(grid, varied)


def by_factors(grid: Grid, factors: Numbers) -> Numbers:
    """Items of the dimensions at so many times FACTOR their weight, brought to the same total;
    what stands beside the dimensions stays."""
    inside = grid.weights > 0
    whole = (factors @ grid.weights)[:, None]
    scale = np.divide(grid.weights.sum() * FACTOR, whole, where=whole > 0, out=np.ones_like(whole))
    scaled = np.rint(factors * scale)
    changed = np.where(inside, scaled, FACTOR) - FACTOR
    shift: Numbers = changed @ grid.earned.T
    return shift


def without_items(grid: Grid) -> Numbers:
    """One draw for each item that is left out, the rest brought to the same total."""
    number = len(grid.items)
    factors = np.full((number, number), float(FACTOR))
    np.fill_diagonal(factors, 0)
    shift = by_factors(grid, factors)
    outside = grid.weights == 0
    shift[outside] -= FACTOR * grid.earned.T[outside]
    return shift


def doubts(grid: Grid, draws: int) -> Numbers:
    """Every item that still waits for the panel earns anything that it can."""
    shift = np.zeros((draws, len(grid.cards)))
    for column, card in enumerate(grid.cards):
        verdicts = [line.verdict for score in card.sections for line in score.lines]
        gaps = [v.high - v.low for v in verdicts if v.state is State.PENDING]
        gaps = [units(gap) for gap in gaps if gap and not is_unlimited(gap)]
        if gaps:
            drawn = uniform(f"doubts {card.submission.code}", draws * len(gaps))
            given = np.rint(drawn.reshape(draws, -1) * np.array(gaps)).sum(axis=1)
            most = units(min(pending_high(card) - card.low, sum(gaps)))
            shift[:, column] = FACTOR * np.minimum(given, most)
    shift[0] = 0
    return shift


def reviewers(grid: Grid, cells: Sequence[Cells], draws: int) -> Numbers:
    """As many reviewers as there are, drawn anew with repetition from those who judged: what
    the same reviewers judged together they are drawn for together."""
    shift = np.zeros((draws, len(grid.cards)))
    for some in cells:
        size = len(some.reviewers)
        drawn = uniform("reviewers " + " ".join(some.reviewers), draws * size)
        picked = (drawn.reshape(draws, size) * size).astype(np.int64)
        picked[0] = np.arange(size)
        some.add(grid, shift, picked)
    return shift


def without_reviewer(grid: Grid, cells: Sequence[Cells], name: str) -> Numbers:
    """One draw without a reviewer's marks, where anybody else judged."""
    shift = np.zeros((1, len(grid.cards)))
    for some in cells:
        others = [i for i, one in enumerate(some.reviewers) if one != name]
        if others and len(others) < len(some.reviewers):
            some.add(grid, shift, np.array([others]))
    return shift
