"""Places under nested floors and caps: who can have one, exactly.

Groups are nested or apart, so the sets of branches that fit all bounds and fill as many places
as there are form the bases of a matroid (a laminar family with lower and upper bounds; Gale
1968, Schrijver: Combinatorial Optimization, ch. 40). There, taking branches from the best down,
each one that still fits, gives the best set in every position; and whether a branch gets in
depends only on how many of each group stand before it, not on who. So everything here counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from branchscore.criteria.selection import Group

Leaf = tuple[int, ...]
"""The way to the innermost group of a branch: indices of nested groups; () is in none."""


@dataclass(frozen=True, slots=True)
class Node:
    """A group with its bounds for this campaign; the root is the whole campaign. `floor` is never
    above what can be filled."""

    group: Group | None
    floor: int
    cap: int
    within: tuple["Node", ...]


class Places:
    """The places of one campaign. `ranked` and `able` count branches by leaf: all that are
    ranked, and those that reach what a title needs. `size`: places in all, None: no limit."""

    def __init__(
        self,
        groups: Sequence[Group],
        size: int | None,
        ranked: Mapping[Leaf, int],
        able: Mapping[Leaf, int],
    ) -> None:
        whole, most = _node(None, groups, (), ranked, able)
        self.size = most if size is None else min(size, most)
        self.root = Node(None, self.size, self.size, whole.within)
        self.overbooked = _need(self.root) is None
        """Floors ask for more places than there are: none of them holds."""
        if self.overbooked:
            self.root = _without_floors(self.root)

    def held(self, counts: Mapping[Leaf, int], *, floors: bool = True) -> int:
        """How many of a set of branches, given by its counts, can have a place at once."""
        return _held(self.root, (), counts, floors)[0]

    def fits(self, counts: Mapping[Leaf, int], leaf: Leaf, *, floors: bool = True) -> bool:
        """Whether one more branch of `leaf` has a place when those of `counts` come before it."""
        more = {**counts, leaf: counts.get(leaf, 0) + 1}
        return self.held(more, floors=floors) > self.held(counts, floors=floors)

    def full(self, counts: Mapping[Leaf, int], leaf: Leaf) -> tuple[Node, int]:
        """The innermost group whose cap keeps one more of `leaf` out, and how deep it lies; the
        root where all places are taken or kept for the floors of other groups."""
        way, more = self.way(leaf), {**counts, leaf: counts.get(leaf, 0) + 1}
        for depth in range(len(leaf), 0, -1):
            before, after = (sum(_held(way[depth], leaf[:depth], c, False)) for c in (counts, more))
            if before == after:
                return way[depth], depth
        return self.root, 0

    def owes(self, counts: Mapping[Leaf, int], leaf: Leaf, depth: int) -> bool:
        """Whether the group at this depth of the way to `leaf` still has floor to fill."""
        node = self.way(leaf)[depth]
        return sum(_held(node, leaf[:depth], counts, False)) < node.floor

    def owed(self, counts: Mapping[Leaf, int]) -> Iterator[Group]:
        """Groups whose floors those of `counts` do not fill."""
        yield from _owed(self.root, (), counts)

    def way(self, leaf: Leaf) -> tuple[Node, ...]:
        """The groups from the whole campaign down to the innermost."""
        nodes = [self.root]
        for step in leaf:
            nodes.append(nodes[-1].within[step])
        return tuple(nodes)


class Turn:
    """One class of equals coming to the places: `before` counts those that stand above, `here`
    those of the class. Who of a leaf is meant makes no difference."""

    def __init__(
        self, places: Places, before: Mapping[Leaf, int], here: Mapping[Leaf, int]
    ) -> None:
        self.places, self.before, self.here = places, dict(before), dict(here)
        self.all = {x: before.get(x, 0) + here.get(x, 0) for x in {*before, *here}}
        self.taken = places.held(self.all)
        sure = sum(n for leaf, n in self.here.items() if self.certain(leaf))
        self.left = self.taken - places.held(self.before) - sure
        """Places left for those of the class that do not all fit."""

    def all_but(self, leaf: Leaf) -> dict[Leaf, int]:
        """Those above and the class without one of `leaf`."""
        return {**self.all, leaf: self.all.get(leaf, 0) - 1}

    def certain(self, leaf: Leaf) -> bool:
        """Has a place even as the last of its class."""
        return self.places.held(self.all_but(leaf)) < self.taken

    def possible(self, leaf: Leaf) -> bool:
        """Has a place as the first of its class."""
        return self.places.fits(self.before, leaf)


def _node(
    group: Group | None,
    groups: Sequence[Group],
    way: Leaf,
    ranked: Mapping[Leaf, int],
    able: Mapping[Leaf, int],
) -> tuple[Node, int]:
    """A node and how many places it can fill."""
    inner = [_node(g, g.groups, (*way, i), ranked, able) for i, g in enumerate(groups)]
    can = able.get(way, 0) + sum(most for _, most in inner)
    there = sum(number for leaf, number in ranked.items() if leaf[: len(way)] == way)
    cap = min(can, group.cap(there)) if group else can
    floor = min(cap, group.floor(there)) if group else 0
    return Node(group, floor, cap, tuple(node for node, _ in inner)), cap


def _need(node: Node) -> int | None:
    """The places that floors need at this node; None where they do not fit under a cap."""
    inner = [_need(n) for n in node.within]
    known = [need for need in inner if need is not None]
    need = max(node.floor, sum(known))
    return None if len(known) < len(inner) or need > node.cap else need


def _without_floors(node: Node) -> Node:
    within = tuple(_without_floors(n) for n in node.within)
    return Node(node.group, node.cap if node.group is None else 0, node.cap, within)


def _held(node: Node, way: Leaf, counts: Mapping[Leaf, int], floors: bool) -> tuple[int, int]:
    """Of the counted branches, how many can have a place; and how many places below this node
    must go to others to fill floors."""
    held, others = counts.get(way, 0), 0
    for i, inner in enumerate(node.within):
        some, more = _held(inner, (*way, i), counts, floors)
        held, others = held + some, others + more
    if floors and held + others < node.floor:
        others = node.floor - held
    return held - max(0, held + others - node.cap), others


def _owed(node: Node, way: Leaf, counts: Mapping[Leaf, int]) -> Iterator[Group]:
    for i, inner in enumerate(node.within):
        there = sum(_held(inner, (*way, i), counts, False))
        if inner.group and there < inner.floor:
            yield inner.group
        yield from _owed(inner, (*way, i), counts)
