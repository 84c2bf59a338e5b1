"""Who judges which branch: evenly shared, nobody where they have a stake, all linked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from branchscore.panel.severity import linked, loads
from branchscore.text.phrase import Phrase, Sentence, Value

TOO_FEW = Phrase(
    "{branch} 要 {each} 位评委，能评的只有 {n} 位",
    "{branch} needs {each} reviewers, only {n} may judge it",
)
SHORT = Phrase(
    "{branch} 只有 {n} 位评委，要 {each} 位", "{branch} needs {each} reviewers and has {n}"
)
STAKE = Phrase("{reviewer} 与 {branch} 有利害关系", "{reviewer} has a stake in {branch}")
UNEVEN = Phrase(
    "{reviewer} 评 {n} 个支部，最少的只评 {least} 个",
    "{reviewer} judges {n} branches, another only {least}",
)
APART = Phrase(
    "评委分成互不相连的 {n} 组，打分后无法比较宽严",
    "reviewers fall into {n} groups without a branch in common: severity cannot be compared",
)
NEVER = Phrase("按这些条件排不出来", "no assignment meets all of this")
ROUNDS = 50
Pairs = frozenset[tuple[str, str]]
"""(reviewer, branch)"""


class Assignment(NamedTuple):
    """The pairs, or none and why not."""

    pairs: Pairs
    why: tuple[Sentence, ...]


def checked(
    pairs: Collection[tuple[str, str]],
    reviewers: Collection[str],
    branches: Collection[str],
    each: int,
    away: Collection[tuple[str, str]] = (),
) -> Iterator[Sentence]:
    """What is wrong with an assignment before anybody has judged: reviewers where they have a
    stake (`away`), too few of them, loads that differ by more than one, groups not linked."""
    for reviewer, branch in sorted(set(pairs) & set(away)):
        yield Sentence(STAKE, {"reviewer": reviewer, "branch": branch})
    held = {branch: {r for r, b in pairs if b == branch} for branch in sorted(branches)}
    for branch, several in held.items():
        if len(several) < each:
            yield Sentence(SHORT, {"branch": branch, "n": len(several), "each": each})
    load = dict.fromkeys(sorted(reviewers), 0) | loads(pairs)
    least = min(load.values(), default=0)
    for reviewer, number in load.items():
        if number > least + 1:
            yield Sentence(UNEVEN, {"reviewer": reviewer, "n": number, "least": least})
    groups = _groups(pairs)
    if len(groups) > 1:
        yield Sentence(APART, {"n": len(groups)})


def assigned(
    reviewers: Collection[str],
    branches: Collection[str],
    each: int,
    away: Collection[tuple[str, str]] = (),
) -> Assignment:
    """Each branch by `each` reviewers, loads as even as they can be, nobody where `away` says
    so, and all reviewers linked by branches judged in common (from two each on). The same for
    the same names in any order."""
    names, codes = sorted(reviewers), sorted(branches)
    barred = set(away)
    faults: list[Sentence] = []
    for code in codes:
        able = sum((name, code) not in barred for name in names)
        if able < each:
            values: dict[str, Value] = {"branch": code, "n": able, "each": each}
            faults.append(Sentence(TOO_FEW, values))
    if faults or not codes or not names:
        return Assignment(frozenset(), tuple(faults))
    program = _Program(names, codes, each, barred)
    for _ in range(ROUNDS):
        pairs = program.solved()
        if pairs is None:
            return Assignment(frozenset(), (Sentence(NEVER),))
        groups = _groups(pairs)
        if len(groups) == 1 or each < 2:
            return Assignment(pairs, ())
        program.link(groups[-1])
    return Assignment(frozenset(), (Sentence(NEVER),))


def _groups(pairs: Collection[tuple[str, str]]) -> Sequence[frozenset[str]]:
    """Reviewers who are linked by branches, the largest group first."""
    cells: dict[tuple[str, str], dict[str, int]] = {}
    for reviewer, branch in sorted(pairs):
        cells.setdefault((branch, ""), {})[reviewer] = 0
    return linked(cells)


class _Program:
    """The integer program: a column for every pair, then the greatest and the least load, then
    one for every branch in every demand that a group be linked with the others."""

    def __init__(
        self, names: Sequence[str], codes: Sequence[str], each: int, barred: set[tuple[str, str]]
    ) -> None:
        self.names, self.codes, self.each = names, codes, each
        self.most, self.least = (len(names) * len(codes) + i for i in (0, 1))
        self.cost: list[int] = [
            # A turn of reviewers is preferred: it mixes them, and leaves one best answer.
            (i - j * each) % len(names)
            for i in range(len(names))
            for j in range(len(codes))
        ]
        # One branch more between the busiest and the idlest outweighs all of that.
        uneven = len(codes) * each * len(names)
        self.cost += [uneven, -uneven]
        self.upper: list[int] = [
            int((name, code) not in barred) for name in names for code in codes
        ]
        self.upper += [len(codes), len(codes)]
        self.rows: list[tuple[Mapping[int, int], float, float]] = []
        for j in range(len(codes)):
            self.rows.append(({self._pair(i, j): 1 for i in range(len(names))}, each, each))
        for i in range(len(names)):
            load = {self._pair(i, j): 1 for j in range(len(codes))}
            self.rows.append(({**load, self.most: -1}, -float("inf"), 0))
            self.rows.append(({**load, self.least: -1}, 0, float("inf")))

    def _pair(self, i: int, j: int) -> int:
        return i * len(self.codes) + j

    def link(self, group: Collection[str]) -> None:
        """Ask that somebody of the group and somebody else judge one branch in common."""
        shared = []
        for j in range(len(self.codes)):
            column = len(self.cost)
            self.cost.append(0)
            self.upper.append(1)
            shared.append(column)
            for inside in (True, False):
                side = {
                    self._pair(i, j): 1
                    for i, name in enumerate(self.names)
                    if (name in group) is inside
                }
                self.rows.append(({**side, column: -1}, 0, float("inf")))
        self.rows.append((dict.fromkeys(shared, 1), 1, float("inf")))

    def solved(self) -> Pairs | None:
        import numpy as np  # noqa: PLC0415
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
        from scipy.sparse import csr_array  # noqa: PLC0415

        entries = [(r, c, v) for r, (row, *_) in enumerate(self.rows) for c, v in row.items()]
        at, columns, values = zip(*entries, strict=True)
        shape = (len(self.rows), len(self.cost))
        matrix: Any = csr_array((values, (at, columns)), shape=shape)
        low, high = ([row[side] for row in self.rows] for side in (1, 2))
        found = milp(
            np.array(self.cost, dtype=float),
            integrality=np.ones(len(self.cost)),
            bounds=Bounds(0, self.upper),
            constraints=LinearConstraint(matrix, low, high),
            options={"mip_rel_gap": 0},
        )
        if found.x is None:
            return None
        return frozenset(
            (name, code)
            for i, name in enumerate(self.names)
            for j, code in enumerate(self.codes)
            if found.x[self._pair(i, j)] > 0.5
        )
