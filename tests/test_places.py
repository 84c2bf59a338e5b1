"""Places under nested floors and caps, against trying every set of branches."""

import random
from collections import Counter
from itertools import combinations

from branchscore.criteria.selection import Group
from branchscore.selection.places import Leaf, Places

CASES = 2_000


def group(random: random.Random, depth: int, name: str) -> Group:
    inner = random.randrange(3) if depth else 0
    most = random.choice([None, 0, 1, 2, 3])
    return Group.model_validate(
        {
            "id": name,
            "title": name,
            "field": "kind",
            "one_of": [name],
            "least": str(random.choice([0, 0, 1, 2])),
            **({"most": str(most)} if most is not None else {}),
            "groups": [group(random, depth - 1, f"{name}{i}") for i in range(inner)],
        }
    )


def leaves(groups: tuple[Group, ...], way: Leaf = ()) -> list[Leaf]:
    inner = [leaf for i, g in enumerate(groups) for leaf in leaves(g.groups, (*way, i))]
    return [way, *inner]


def bounds(groups: tuple[Group, ...], way: Leaf = ()) -> list[tuple[Leaf, int, int | None]]:
    own = [((*way, i), g.least, g.most) for i, g in enumerate(groups)]
    return own + [b for i, g in enumerate(groups) for b in bounds(g.groups, (*way, i))]


def fitting(chosen: tuple[int, ...], where: list[Leaf], limits: list) -> bool:
    for way, least, most in limits:
        there = sum(where[i][: len(way)] == way for i in chosen)
        if there < least or (most is not None and there > most):
            return False
    return True


def effective(groups: tuple[Group, ...], where: list[Leaf]) -> list[tuple[Leaf, int, int | None]]:
    """Floors no higher than what the group can fill, tried out and not computed."""
    caps = [(way, 0, most) for way, _, most in bounds(groups)]
    made = []
    for way, least, most in bounds(groups):
        own = [limit for limit in caps if limit[0][: len(way)] == way]
        inside = [i for i, leaf in enumerate(where) if leaf[: len(way)] == way]
        fill = max(
            size
            for size in range(len(inside) + 1)
            if any(fitting(some, where, own) for some in combinations(inside, size))
        )
        made.append((way, min(least, fill), most))
    return made


def best(where: list[Leaf], limits: list, size: int) -> list[tuple[int, ...]]:
    """The sets that fill the most places within the bounds."""
    for number in range(min(size, len(where)), -1, -1):
        sets = [c for c in combinations(range(len(where)), number) if fitting(c, where, limits)]
        if sets:
            return sets
    return []


def test_no_other_set_of_branches_is_better() -> None:
    """Branches 0, 1, 2… stand in order of rank; of the sets that fill the most places, the one
    that is first in that order must be ours. 2,000 random campaigns."""
    made, seen = random.Random(2023), 0
    while seen < CASES:
        groups = tuple(group(made, 1, name) for name in "ab"[: made.randrange(3)])
        where = [made.choice(leaves(groups)) for _ in range(made.randrange(1, 8))]
        size = made.randrange(1, 6)
        sets = best(where, effective(groups, where), size)
        places = Places(groups, size, Counter(where), Counter(where))
        assert places.overbooked == (not sets), (groups, where, size)
        if not sets:
            continue
        seen += 1
        before, chosen = Counter[Leaf](), []
        for i, leaf in enumerate(where):
            if places.fits(before, leaf):
                chosen.append(i)
            else:
                assert places.full(before, leaf) is not None
            before[leaf] += 1
        assert tuple(chosen) == min(sets), (groups, where, size)
