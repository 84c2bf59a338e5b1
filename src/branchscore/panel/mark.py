"""What one reviewer gave to one item of one branch, on a scale that items share."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from branchscore.text.numbers import Exact, divided, total


class Mark(NamedTuple):
    """`share` is the points given over the points of the item: 0 to 1."""

    reviewer: str
    branch: str
    item: str
    share: Exact


Cell = tuple[str, str]
"""A branch and an item: what several reviewers judge alike or not."""


def cells(marks: Iterable[Mark]) -> dict[Cell, dict[str, Exact]]:
    """Per branch and item the shares by reviewer; the order of the marks changes nothing."""
    found: dict[Cell, dict[str, Exact]] = {}
    for mark in sorted(marks):
        found.setdefault((mark.branch, mark.item), {})[mark.reviewer] = mark.share
    return found


def mean(numbers: Sequence[Exact]) -> Exact:
    return divided(total(numbers), len(numbers))
