"""A ranked campaign as arrays of whole numbers.

Points are counted in millionths and weights in hundred-thousandths, as float64 that hold whole
numbers below 2**53 only: every sum is exact in whatever order a machine adds it up, so that the
same draws give the same figures everywhere. Scores never come from here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from branchscore.criteria.model import Criteria
from branchscore.scoring.scorecard import Scorecard, SectionScore
from branchscore.selection.contest import Contest
from branchscore.selection.grading import Ladder
from branchscore.text.numbers import UNLIMITED, Exact, divided, is_unlimited, total

POINT = 10**6
FACTOR = 10**5
MOST_POINTS = 10_000
"""Beyond this many points the whole numbers would no longer be exact."""
NEVER = 2.0**60
Numbers: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]


def units(points: Exact) -> int:
    over = points.denominator
    return (2 * points.numerator * POINT + over) // (2 * over)


@dataclass(frozen=True, slots=True)
class Grid:
    """Branches by code, items in the order of the table.

    weights  the points of each item of the dimensions; 0 for bonus and penalties
    earned   by branch and item, what it adds to the total
    ratio    by branch and item, how much of a change of the item reaches the total
    total    by branch, before rounding and the bound on all points
    chain    by branch, its place when only the tie chain counts; equals share one
    lowest   by branch, the points from which on its grade is enough for a title, whatever it else
             has; None: no points are enough. `least`: likewise, in millionths
    """

    contest: Contest
    cards: Sequence[Scorecard]
    items: Sequence[str]
    weights: Numbers
    earned: Numbers
    ratio: Numbers
    total: Numbers
    chain: Numbers
    lowest: Sequence[Exact | None]
    least: Numbers

    @property
    def criteria(self) -> Criteria:
        return self.contest.criteria

    def totals(self, shift: Numbers) -> Numbers:
        """By draw and branch, totals in whole steps of the evaluation's rounding, where it rounds
        totals, else in millionths. `shift`: what is added, in POINT * FACTOR."""
        rounding, most = self.criteria.rounding, self.criteria.at_most
        step = POINT // 10**rounding.decimals if rounding.at == "total" else 1
        made: Numbers = shift + self.total * FACTOR
        made += step * FACTOR // 2
        made /= step * FACTOR
        np.floor(made, out=made)
        if step > 1:
            made *= step
        if most is not None and not is_unlimited(most):
            np.minimum(made, units(most), out=made)
        return made

    def still(self) -> Numbers:
        """One draw in which nothing differs."""
        return np.zeros((1, len(self.cards)))


def grid_of(criteria: Criteria, cards: Sequence[Scorecard]) -> Grid | None:
    """None where there is nothing to be drawn, or points are too many to be exact."""
    cards = sorted(cards, key=lambda card: card.submission.code)
    if not cards or any(not -MOST_POINTS <= card.low <= MOST_POINTS for card in cards):
        return None
    contest = Contest(criteria, Ladder(criteria), cards)
    dimensions = {i.id: i for s in criteria.dimensions for i in s.indicators}
    items = [indicator.id for indicator in criteria.indicators()]
    weights = [units(dimensions[i].points) if i in dimensions else 0 for i in items]
    if any(is_unlimited(w // POINT) for w in weights):
        return None
    rows = [_row(card) for card in cards]
    ties = contest.selection.ties
    chains = [tuple(card.points(name) for name in ties) for card in cards]
    places = {chain: i for i, chain in enumerate(sorted(set(chains), reverse=True))}
    lowest = [_lowest(contest, card) for card in cards]
    return Grid(
        contest,
        cards,
        items,
        np.array(weights, dtype=np.float64),
        np.array([[e for e, _ in row] for row in rows], dtype=np.float64),
        np.array([[r for _, r in row] for row in rows], dtype=np.float64),
        np.array([units(total([s.low for s in c.sections])) for c in cards], dtype=np.float64),
        np.array([places[chain] for chain in chains], dtype=np.float64),
        lowest,
        np.array([NEVER if x is None else units(max(x, -MOST_POINTS)) for x in lowest]),
    )


def _row(card: Scorecard) -> list[tuple[int, float]]:
    return [pair for score in card.sections for pair in _parts(score)]


def _parts(score: SectionScore) -> list[tuple[int, float]]:
    """A section by its items; what caps and scaling change is shared out in proportion."""
    lows = [line.verdict.low for line in score.lines]
    whole = total(lows)
    if score.low == whole:
        return [(units(low), 1.0) for low in lows]
    share: Exact = divided(score.low, whole) if whole else 1
    return [(units(low * share), float(share)) for low in lows]


def _lowest(contest: Contest, card: Scorecard) -> Exact | None:
    limits: list[Exact] = sorted(band.at_least for band in contest.ladder.bands)
    for points in (-UNLIMITED, *limits):
        graded = contest.ladder.grade(replace(card, low=points, high=points))
        if graded.worst <= contest.step:
            return points
    return None


Draw = Callable[[Grid, int], Numbers]
"""So many draws of what is added to each branch's total, in POINT * FACTOR; the first is 0."""
