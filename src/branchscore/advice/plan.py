"""The fewest things to do for so many points more, found exactly and proven by scoring again."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from branchscore.advice.change import Changes
from branchscore.advice.situation import Situation
from branchscore.advice.steps import Option, Step
from branchscore.scoring.scorecard import Scorecard
from branchscore.text.numbers import Exact

MOST = 80
"""A plan of more things than this is none."""
TRIES = 6


class Plan(NamedTuple):
    """Options of several steps that together bring the total to `low`."""

    picks: tuple[tuple[Step, Option], ...]
    effort: int
    low: Exact

    @property
    def changes(self) -> Changes:
        return tuple(change for _, option in self.picks for change in option.move.changes)


def cheapest(
    steps: Sequence[Step], need: Exact, enough: Callable[[Scorecard], bool], now: Situation
) -> Plan | None:
    """The fewest things that gain `need` on the items and after which the card is `enough`; None
    where no plan of these steps is. Where items share a cap, more is looked for."""
    wanted = need
    for _ in range(TRIES):
        picks = _fewest(steps, wanted)
        if picks is None:
            return None
        plan = Plan(picks, sum(option.move.effort for _, option in picks), now.card.low)
        card = now.card_after(plan.changes)
        if enough(card):
            return plan._replace(low=card.low)
        wanted += max(now.card.low + need - card.low, Fraction(1, 100))
    return None


def _fewest(steps: Sequence[Step], need: Exact) -> tuple[tuple[Step, Option], ...] | None:
    """Of each step one option or none: the most that any number of things gains, number by
    number, until that is enough."""
    scale = lcm(*(o.gain.denominator for s in steps for o in s.options), need.denominator)
    wanted = int(need * scale)
    best: list[tuple[int, tuple[tuple[Step, Option], ...]]] = [(0, ())] * (MOST + 1)
    for step in _groups(steps):
        better = list(best)
        for owner, option in step:
            effort, gain = option.move.effort, int(option.gain * scale)
            for size in range(effort, MOST + 1):
                before, picks = best[size - effort]
                if before + gain > better[size][0]:
                    better[size] = before + gain, (*picks, (owner, option))
        best = better
    return next((picks for gained, picks in best if gained >= wanted), None)


def _groups(steps: Sequence[Step]) -> list[list[tuple[Step, Option]]]:
    """Options of which only one counts: those of the same item, or part of it."""
    groups: dict[tuple[str, str], list[tuple[Step, Option]]] = {}
    for step in steps:
        named = groups.setdefault((step.indicator.id, step.leaf), [])
        named += [(step, option) for option in step.options]
    return list(groups.values())
