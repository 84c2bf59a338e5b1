"""How severe and how steady each reviewer is: mark = what the branch deserves + reviewer + rest.

Least squares with an effect for every branch and item and one for every reviewer. The effects of
reviewers can be told from those of branches only where reviewers are linked by branches that
several of them judged; otherwise a correction makes results worse than the plain mean.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from branchscore.panel.mark import Cell, mean
from branchscore.text.numbers import Exact, divided

Cells = Mapping[Cell, Mapping[str, Exact]]


class Reviewer(NamedTuple):
    """`leaning`: so much of an item's points more (or, negative, less) than the others give for
    the same work; None where reviewers are not linked. `unsteady`: the mean square of what
    neither the work nor the leaning explains. `marks` were given in all, `shared` on work that
    others judged too."""

    name: str
    marks: int
    shared: int
    leaning: Exact | None
    unsteady: Exact | None


def linked(cells: Cells) -> list[frozenset[str]]:
    """Reviewers in groups that are linked by work judged in common, the largest first."""
    groups: list[set[str]] = []
    for given in cells.values():
        here = set(given)
        apart = [group for group in groups if not group & here]
        groups = [*apart, here.union(*(group for group in groups if group & here))]
    return sorted(map(frozenset, groups), key=lambda group: (-len(group), sorted(group)))


def connected(cells: Cells) -> bool:
    """Whether a correction for severity has a ground: all reviewers are linked."""
    return len(linked(cells)) == 1


def leanings(cells: Cells) -> dict[str, Exact]:
    """Each reviewer's leaning; together they are 0. Empty where reviewers are not linked."""
    if not connected(cells):
        return {}
    names = sorted({name for given in cells.values() for name in given})
    place = {name: i for i, name in enumerate(names)}
    size = len(names)
    matrix: list[list[Exact]] = [[0] * (size + 1) for _ in names]
    for given in cells.values():
        middle, number = mean(list(given.values())), len(given)
        for name, share in given.items():
            row = matrix[place[name]]
            row[size] += share - middle
            row[place[name]] += 1
            for other in given:
                row[place[other]] -= divided(1, number)
    matrix[-1] = [*([1] * size), 0]
    return dict(zip(names, _solved(matrix), strict=True))


def _solved(matrix: list[list[Exact]]) -> list[Exact]:
    """The exact solution of a system that has one (Gauss-Jordan)."""
    size = len(matrix)
    for i in range(size):
        pivot = next(j for j in range(i, size) if matrix[j][i])
        matrix[i], matrix[pivot] = matrix[pivot], matrix[i]
        matrix[i] = [divided(value, matrix[i][i]) for value in matrix[i]]
        for j in range(size):
            if j != i and matrix[j][i]:
                factor = matrix[j][i]
                pairs = zip(matrix[j], matrix[i], strict=True)
                matrix[j] = [value - factor * own for value, own in pairs]
    return [row[size] for row in matrix]


def reviewers(cells: Cells) -> list[Reviewer]:
    """All reviewers by name."""
    lean = leanings(cells)
    rest: dict[str, list[Exact]] = {}
    marks: dict[str, int] = {}
    for given in cells.values():
        fitted = mean([share - lean.get(name, 0) for name, share in given.items()])
        for name, share in given.items():
            marks[name] = marks.get(name, 0) + 1
            if len(given) > 1:
                rest.setdefault(name, []).append(share - lean.get(name, 0) - fitted)
    return [
        Reviewer(name, number, len(rest.get(name, ())), lean.get(name), _square(rest.get(name, ())))
        for name, number in sorted(marks.items())
    ]


def _square(rest: Sequence[Exact]) -> Exact | None:
    return mean([value * value for value in rest]) if rest else None


def corrected(cells: Cells) -> Mapping[Cell, Mapping[str, Exact]]:
    """The marks without their reviewers' leanings, within 0 and 1; as they are where reviewers
    are not linked."""
    lean = leanings(cells)
    return {
        cell: {name: min(max(share - lean.get(name, 0), 0), 1) for name, share in given.items()}
        for cell, given in cells.items()
    }


def loads(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many branches each reviewer has, from (reviewer, branch) pairs."""
    counted: dict[str, int] = {}
    for reviewer, _ in sorted(set(pairs)):
        counted[reviewer] = counted.get(reviewer, 0) + 1
    return counted
