"""The smallest improvements of each item, each with what it gains exactly: the submission is
scored again as it would be then."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from branchscore.advice.change import Changes
from branchscore.advice.situation import Situation
from branchscore.advice.ways import Move, Way, proofs, proving, ways
from branchscore.criteria.found import Found
from branchscore.criteria.indicator import Indicator, Leaf
from branchscore.criteria.measures.base import ListMeasure
from branchscore.scoring.paying import IndicatorPayer
from branchscore.scoring.verdict import Line
from branchscore.text.numbers import Exact, divided
from branchscore.text.phrase import Phrase

ONE_BY_ONE = 24
"""So many moves of a way are tried one after another; beyond, by doubling and halving."""
MOST_PROOFS = 60
"""Of more records without proof than this, none is told to be the one that matters."""


class Option(NamedTuple):
    """A move and what it gains on its item."""

    move: Move
    gain: Exact


class Step(NamedTuple):
    """The ways to more points on one item (or a part of it), the smallest first. `now`: it is
    only to be proven, so it can be done whatever the day. `total` is what the smallest gains on
    the total."""

    indicator: Indicator
    title: Phrase
    leaf: str
    now: bool
    options: tuple[Option, ...]
    total: Exact

    @property
    def first(self) -> Option:
        return self.options[0]


def steps(now: Situation) -> list[Step]:
    """Steps by what the smallest of each gains for one thing done, the best first; of equals, what
    can be proven now."""
    lines = {x.indicator.id: x for score in now.card.sections for x in score.lines}
    made = [
        step
        for payer in now.payers()
        for step in _steps_of(payer, lines[payer.indicator.id], now)
        if step.total > 0
    ]
    return sorted(made, key=lambda s: (-divided(s.total, s.first.move.effort), not s.now))


def _steps_of(payer: IndicatorPayer, line: Line, now: Situation) -> Iterator[Step]:
    low, top = line.verdict.low, 0 if payer.penalty else payer.indicator.points
    if low >= top or payer.line(now.facts).verdict.low != low:
        # Nothing is left to gain, or a veto takes it all.
        return

    def gain(changes: Changes) -> Exact:
        return payer.line(now.facts_after(changes)).verdict.low - low

    seen: set[tuple[object, ...]] = set()
    for leaf in payer.indicator.leaves(payer.penalty):
        for is_now, options in _found(leaf, now, gain, top - low):
            key = tuple(option.move.said.both() for option in options)
            if options and key not in seen:
                seen.add(key)
                total = _on_total(payer, options[0].move.changes, now)
                yield Step(payer.indicator, leaf.title, leaf.id, is_now, options, total)


def _found(
    leaf: Leaf, now: Situation, gain: Callable[[Changes], Exact], most: Exact
) -> Iterator[tuple[bool, tuple[Option, ...]]]:
    for measure, bare in proofs(leaf.measure, now):
        yield True, _proven(measure, bare, now, gain)
    measured = leaf.measure.measure(now.facts, leaf.id)
    if not isinstance(measured, Found) or measured.at_least:
        # What was done must first be written down in full.
        return
    found = [(way.now, searched(way, gain, most)) for way in ways(leaf.measure, now)]
    for can_be_now in (True, False):
        several = [options for is_now, options in found if options and is_now == can_be_now]
        if several:
            # Of other ways to the same, the one that asks least.
            yield can_be_now, min(several, key=lambda o: (o[0].gain, o[0].move.effort))


def _proven(
    measure: ListMeasure, bare: list[int], now: Situation, gain: Callable[[Changes], Exact]
) -> tuple[Option, ...]:
    """The records that matter: without any of them less would be gained."""

    def worth(indices: list[int]) -> Exact:
        return gain(proving(measure, indices, now).changes)

    most = worth(bare)
    if most <= 0:
        return ()
    needed = list(bare)
    for index in reversed(bare) if len(bare) <= MOST_PROOFS else ():
        fewer = [i for i in needed if i != index]
        if fewer and worth(fewer) >= most:
            needed = fewer
    way = Way(lambda n: proving(measure, needed[:n], now), len(needed))
    return searched(way, gain, most)


def searched(way: Way, gain: Callable[[Changes], Exact], most: Exact) -> tuple[Option, ...]:
    """The moves of a way that gain more than all smaller ones, up to what can be gained."""
    options: list[Option] = []
    for n in _sizes(way, lambda n: _gained(way, n, gain), most):
        move = way.at(n)
        got = gain(move.changes) if move else 0
        if move and got > (options[-1].gain if options else 0):
            options.append(Option(move, got))
    return tuple(options)


def _gained(way: Way, n: int, gain: Callable[[Changes], Exact]) -> Exact | None:
    move = way.at(n)
    return None if move is None else gain(move.changes)


def _sizes(way: Way, at: Callable[[int], Exact | None], most: Exact) -> Iterable[int]:
    """The sizes worth a look, rising: small ones one by one, larger ones by doubling, with the
    least that gains anything and the least that gains all."""
    best: Exact = 0
    for n in range(1, min(way.most, ONE_BY_ONE) + 1):
        got = at(n)
        if got is None or best >= most:
            return
        if got > best:
            best = got
            yield n
    n = ONE_BY_ONE
    while n < way.most and best < most:
        below, n = n, min(2 * n, way.most)
        got = at(n)
        if got is None:
            return
        if got > best:
            wanted = got if got >= most else None
            if wanted is not None or not best:
                yield _least(below, n, at, wanted)
            best = got
            yield n


def _least(below: int, n: int, at: Callable[[int], Exact | None], wanted: Exact | None) -> int:
    """The least size above `below` that gains what is wanted, or anything; `n` does."""
    while n - below > 1:
        middle = (below + n) // 2
        got = at(middle) or 0
        enough = got > 0 if wanted is None else got >= wanted
        below, n = (below, middle) if enough else (middle, n)
    return n


def _on_total(payer: IndicatorPayer, changes: Changes, now: Situation) -> Exact:
    """What is sure to be gained on the total: by this item alone, and not more than with all that
    the change touches beside it."""
    line = payer.line(now.facts_after(changes))
    alone = now.scorer.with_lines(now.card, {line.indicator.id: line}).low
    return min(alone, now.card_after(changes).low) - now.card.low
