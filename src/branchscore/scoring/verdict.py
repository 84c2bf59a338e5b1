"""What an item ended in: state, points and reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from branchscore.criteria.indicator import Indicator
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Sentence, Value


class State(StrEnum):
    """How an indicator ended. Missing is never silently zero."""

    SCORED = "scored"
    NOT_STATED = "not_stated"
    NOT_APPLICABLE = "not_applicable"
    NOT_PROVEN = "not_proven"
    PENDING = "pending"
    STRUCK = "struck"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a finding is worth on an indicator, whoever's it is.

    before    points before the item's bounds and rounding; None where nothing was paid
    low       points that are certain; `high`: points still possible. Equal once decided.
              Points that are taken off are negative.
    why       the reason, sentence by sentence; `gain`: what would have earned more
    measured  the value that was found, where it was one
    dropped   not asked of this branch: the rest of the section is scaled up instead
    """

    state: State
    before: Exact | None
    low: Exact
    high: Exact
    why: tuple[Sentence, ...]
    gain: Sentence | None = None
    measured: Value | None = None
    dropped: bool = False


class Paid(NamedTuple):
    """A verdict, and what was read for it: fields, and per list the records that count."""

    verdict: Verdict
    fields: tuple[str, ...] = ()
    records: tuple[tuple[str, Sequence[int]], ...] = ()


class Line(NamedTuple):
    """One indicator of one branch: the verdict on it and what was read for it."""

    indicator: Indicator
    verdict: Verdict
    fields: tuple[str, ...] = ()
    records: tuple[tuple[str, Sequence[int]], ...] = ()
