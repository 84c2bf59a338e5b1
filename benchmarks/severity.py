"""When does taking out the severity of reviewers help? Simulated panels whose truth is known.

Branches deserve more in one half of the district than in the other; each reviewer gives too much
or too little by a leaning of their own, and errs. Told is the root mean square error of a branch's
result, after taking off what all results have in common: of the plain mean, of marks that are each
taken less their reviewer's own mean (as is often done), and of what `panel.severity` makes of them.

    python benchmarks/severity.py [ROUNDS]
"""

import random
import statistics
import sys
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from branchscore.panel.assign import assigned
from branchscore.panel.mark import Cell, Mark, cells, mean
from branchscore.panel.quality import quality
from branchscore.panel.severity import connected, corrected

REVIEWERS = [f"r{i}" for i in range(8)]
BRANCHES = [f"b{i:02}" for i in range(32)]
HALVES = {name: i * 2 // len(some) for some in (REVIEWERS, BRANCHES) for i, name in enumerate(some)}
EACH, BETWEEN, WITHIN, LEANING, ERROR = 3, 0.15, 0.08, 0.10, 0.05
Pairs = Iterable[tuple[str, str]]
Cells = Mapping[Cell, Mapping[str, Fraction]]


def across() -> Pairs:
    """As the tool assigns: even and linked."""
    return assigned(REVIEWERS, BRANCHES, EACH).pairs


def apart() -> Pairs:
    """Each half of the district judges its own."""
    for half in (0, 1):
        names, codes = ([n for n in some if HALVES[n] == half] for some in (REVIEWERS, BRANCHES))
        yield from assigned(names, codes, EACH).pairs


def bridged(number: int) -> Callable[[], Pairs]:
    """Likewise, but some branches are judged by two more reviewers from the other half."""

    def pairs() -> Pairs:
        yield from apart()
        for i in range(number):
            yield REVIEWERS[i % 4], BRANCHES[16 + i]
            yield REVIEWERS[4 + i % 4], BRANCHES[i]

    return pairs


PANELS: Mapping[str, Callable[[], Pairs]] = {
    "as the tool assigns": across,
    "halves, 1 branch each in common": bridged(1),
    "halves, 4 branches each in common": bridged(4),
    "halves that have nothing in common": apart,
}


def campaign(dice: random.Random, pairs: Pairs) -> tuple[dict[str, float], Cells]:
    worth = {b: 0.5 + BETWEEN * (HALVES[b] - 0.5) + dice.gauss(0, WITHIN) for b in BRANCHES}
    lean = {r: dice.gauss(0, LEANING) for r in REVIEWERS}
    marks = []
    for reviewer, branch in sorted(pairs):
        given = worth[branch] + lean[reviewer] + dice.gauss(0, ERROR)
        share = min(max(Fraction(round(given * 20), 20), Fraction(0)), Fraction(1))
        marks.append(Mark(reviewer, branch, "X", share))
    return worth, cells(marks)


def own_means(grid: Cells) -> Cells:
    """Each mark less its reviewer's own mean."""
    given: dict[str, list[Fraction]] = {}
    for some in grid.values():
        for name, share in some.items():
            given.setdefault(name, []).append(share)
    means = {name: mean(shares) for name, shares in given.items()}
    return {cell: {n: s - means[n] for n, s in some.items()} for cell, some in grid.items()}


def error(worth: Mapping[str, float], grid: Cells) -> float:
    off = [float(mean(list(g.values()))) - worth[branch] for (branch, _), g in grid.items()]
    return statistics.pstdev(off)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    print(f"{rounds} campaigns each; errors in per cent of an item's points")
    print(f"{'panel':36} {'mean':>6} {'less own mean':>14} {'corrected':>10}  advice")
    for name, make in PANELS.items():
        dice, pairs = random.Random(2023), list(make())
        errors, linked = [], set()
        for _ in range(rounds):
            worth, grid = campaign(dice, pairs)
            linked.add(connected(grid))
            errors.append([error(worth, g) for g in (grid, own_means(grid), corrected(grid))])
        plain, own, fair = (100 * statistics.mean(column) for column in zip(*errors, strict=True))
        (ground,) = linked
        found = quality(Mark(r, b, "X", s) for (b, _), g in grid.items() for r, s in g.items())
        assert found is not None
        assert found.connected is ground
        advice = "correct" if ground else "do not correct: no ground"
        right = fair < plain if ground else fair == plain < own
        print(f"{name:36} {plain:6.2f} {own:14.2f} {fair:10.2f}  {advice} ({right=})")
        assert right, name


if __name__ == "__main__":
    main()
