"""Totals → who has a place, for many draws at once, as `selection` gives it for one."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from branchscore.criteria.selection import Group
from branchscore.safety.chance import uniform
from branchscore.safety.grid import NEVER, POINT, Flags, Grid, Numbers
from branchscore.selection.contest import GIVEN, Contest
from branchscore.selection.places import Leaf
from branchscore.text.numbers import divided

AT_ONCE = 250_000
"""So many numbers are worked on at once, for the processor's cache."""


def winners(grid: Grid, shift: Numbers) -> Flags:
    """By draw and branch, whether it has a place; a tie across the last place is settled by
    lot."""
    size = max(1, AT_ONCE // len(grid.cards))
    lots = Lots(grid, len(shift))
    won = np.zeros(shift.shape, dtype=np.bool_)
    for first in range(0, len(shift), size):
        some = slice(first, first + size)
        won[some] = _won(grid, grid.totals(shift[some]), lots, some)
    return won


class Lots:
    """Who comes first between equals: per draw a random line modulo a prime, in which every two
    come in either order equally often."""

    def __init__(self, grid: Grid, draws: int) -> None:
        number: dict[float, int] = {}
        own = []
        for chain in grid.chain:
            own.append(number.get(chain, 0))
            number[chain] = own[-1] + 1
        self.own = np.array(own, dtype=np.int64)
        self.prime = _prime(int(self.own.max()) + 1)
        drawn = uniform("lots", 2 * draws).reshape(2, draws)
        self.slope = 1 + (drawn[0] * (self.prime - 1)).astype(np.int64)
        self.start = (drawn[1] * self.prime).astype(np.int64)

    def of(self, some: slice) -> NDArray[np.int64]:
        line = self.own[None, :] * self.slope[some, None] + self.start[some, None]
        lots: NDArray[np.int64] = line % self.prime
        return lots


def _prime(least: int) -> int:
    number = max(least, 1)
    while any(number % by == 0 for by in range(2, int(number**0.5) + 1)):
        number += 1
    return number


def _won(grid: Grid, totals: Numbers, lots: Lots, some: slice) -> Flags:
    selection, number = grid.contest.selection, len(grid.cards)
    able = totals >= grid.least
    key = _levelled(totals, float(selection.tie_within * POINT))
    step = POINT // 10**grid.criteria.rounding.decimals
    if grid.criteria.rounding.at == "total" and not selection.tie_within:
        key = key / step
    chains = int(grid.chain.max()) + 1
    key = key * chains + (chains - 1 - grid.chain)
    if selection.last_out:
        able &= ~_last(key, selection.last_out.of(number))
    if lots.prime > 1:
        key = key * lots.prime + lots.of(some)
    places = selection.places(number)
    if places is not None and selection.slate:
        places = selection.slate.of(places)
    if selection.groups:
        return _grouped(grid.contest, grid, key, able, places)
    return able if places is None else _first(key, able, places)


def _levelled(totals: Numbers, within: float) -> Numbers:
    """Totals as they are compared: one close enough below the highest of its group equals it."""
    if not within:
        return totals
    order = np.argsort(-totals, axis=1, kind="stable")
    ordered = np.take_along_axis(totals, order, axis=1)
    top = ordered[:, 0].copy()
    for column in range(ordered.shape[1]):
        here = ordered[:, column]
        top = np.where(top - here > within, here, top)
        ordered[:, column] = top
    levelled = np.empty_like(totals)
    np.put_along_axis(levelled, order, ordered, axis=1)
    return levelled


def _last(key: Numbers, number: int) -> Flags:
    """Those at the end of the ranking, as many equals as fit whole among the last."""
    if not number:
        return np.zeros(key.shape, dtype=np.bool_)
    ordered = np.sort(key, axis=1)
    end = ordered[:, number - 1 : number]
    if number == key.shape[1]:
        return np.ones(key.shape, dtype=np.bool_)
    whole = ordered[:, number : number + 1] > end
    return np.where(whole, key <= end, key < end)


def _first(key: Numbers, able: Flags, places: int) -> Flags:
    if places >= key.shape[1]:
        return able
    key = np.where(able, key, -NEVER)
    at = key.shape[1] - places
    last = np.partition(key, at, axis=1)[:, at : at + 1]
    return able & (key >= last)


class _Tree:
    """The groups of a campaign in one row, each before those within it; the first is all."""

    def __init__(self, contest: Contest, ranked: int) -> None:
        self.ways: list[Leaf] = [()]
        self.floors, self.caps = [0], [ranked]
        leaves = list(contest.leaves.values())
        for way, group in _walk(contest.selection.groups, ()):
            there = sum(leaf[: len(way)] == way for leaf in leaves)
            self.ways.append(way)
            self.floors.append(group.floor(there))
            self.caps.append(group.cap(there))
        self.within = [
            [j for j, way in enumerate(self.ways) if way and way[:-1] == own] for own in self.ways
        ]

    def bounds(self, able: Flags, leaf: NDArray[np.int64], places: int | None) -> "_Bounds":
        """Floors and caps by group and draw: never more than there are branches for."""
        number, draws = len(self.ways), len(able)
        can = np.zeros((number, draws))
        floor, need = np.zeros((number, draws)), np.zeros((number, draws))
        broken = np.zeros(draws, dtype=np.bool_)
        for i in reversed(range(number)):
            can[i] = able[:, leaf == i].sum(axis=1) + can[self.within[i]].sum(axis=0)
            most = self.caps[i] if i or places is None else places
            np.minimum(can[i], most, out=can[i])
            floor[i] = np.minimum(self.floors[i], can[i])
            need[i] = np.maximum(floor[i], need[self.within[i]].sum(axis=0))
            broken |= need[i] > can[i]
        floor[:, broken] = 0
        floor[0] = can[0]
        return _Bounds(self, floor, can)


class _Bounds:
    def __init__(self, tree: _Tree, floor: Numbers, cap: Numbers) -> None:
        self.tree, self.floor, self.cap = tree, floor, cap

    def hold(self, taken: Numbers) -> Flags:
        """Whether these many by group keep all caps and leave room for all floors."""
        kept = np.zeros(taken.shape)
        for i in reversed(range(len(taken))):
            inner = kept[self.tree.within[i]].sum(axis=0)
            kept[i] = np.maximum(self.floor[i] - taken[i], inner)
        held: Flags = np.all(taken + kept <= self.cap, axis=0)
        return held


def _walk(groups: tuple[Group, ...], way: Leaf) -> Iterator[tuple[Leaf, Group]]:
    for i, group in enumerate(groups):
        yield (*way, i), group
        yield from _walk(group.groups, (*way, i))


def _grouped(contest: Contest, grid: Grid, key: Numbers, able: Flags, places: int | None) -> Flags:
    """From the best down, each that still fits (see `selection.places`)."""
    tree = _Tree(contest, len(grid.cards))
    place = {way: i for i, way in enumerate(tree.ways)}
    leaf = np.array([place[contest.leaves[c.submission.code]] for c in grid.cards])
    above = np.array([[way[: len(own)] == own for way in tree.ways] for own in tree.ways])
    bounds = tree.bounds(able, leaf, places)
    order = np.argsort(-key, axis=1, kind="stable")
    rows = np.arange(len(key))
    taken = np.zeros((len(tree.ways), len(key)))
    won = np.zeros(key.shape, dtype=np.bool_)
    for column in range(key.shape[1]):
        who = order[:, column]
        more = taken + above[:, leaf[who]]
        fits: Flags = np.asarray(able[rows, who]) & bounds.hold(more)
        taken = np.where(fits, more, taken)
        won[rows, who] = fits
    return won


def by_contest(grid: Grid, totals: Numbers) -> list[str]:
    """Who has a place by `selection` itself, for one draw: slow, and the measure of `winners`."""
    cards = []
    for card, number in zip(grid.cards, totals, strict=True):
        points = divided(int(number), POINT)
        cards.append(replace(card, low=points, high=points))
    contest = Contest(grid.criteria, grid.contest.ladder, cards)
    return [s.card.submission.code for s in contest.standings() if s.outcome in GIVEN]
