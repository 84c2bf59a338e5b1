"""What only results show: items that separate nobody, pairs that measure the same, idle caps."""

from collections.abc import Iterator, Mapping, Sequence

from branchscore.criteria.check import placed
from branchscore.criteria.complaint import Complaint
from branchscore.criteria.model import Criteria
from branchscore.lint.walk import At, items, named
from branchscore.text.numbers import UNLIMITED, Exact, divided, total
from branchscore.text.phrase import Sentence

FEWEST = 5
"""Of fewer branches nothing can be said."""
Earned = Mapping[str, Mapping[str, Exact | None]]
"""Points by item and branch; None while they are open."""


def separation(criteria: Criteria, earned: Earned) -> Iterator[Complaint]:
    yield from _nobody(criteria, earned)
    yield from _alike(criteria, earned)
    yield from _idle(criteria, earned)


def _decided(earned: Earned, name: str) -> list[Exact]:
    return [points for points in earned.get(name, {}).values() if points is not None]


def _nobody(criteria: Criteria, earned: Earned) -> Iterator[Complaint]:
    for at, _, indicator in items(criteria):
        points = _decided(earned, indicator.id)
        if len(points) >= FEWEST and len(set(points)) == 1:
            values = {"title": indicator.title, "number": len(points), "points": points[0]}
            yield Complaint("L021", (*at, "id"), values)


def _alike(criteria: Criteria, earned: Earned) -> Iterator[Complaint]:
    """Items that gave every branch the same part of their points."""
    seen: dict[tuple[Exact, ...], list[Sentence]] = {}
    for at, _, indicator in items(criteria):
        given = earned.get(indicator.id, {})
        points = [given[branch] for branch in sorted(given)]
        decided = [p for p in points if p is not None]
        if len(decided) < max(FEWEST, len(points)) or indicator.points >= UNLIMITED:
            continue
        shares = tuple(divided(p, indicator.points) for p in decided)
        if len(set(shares)) == 1:
            continue
        others = seen.setdefault(shares, [])
        if others:
            values = {"title": indicator.title, "others": tuple(others), "number": len(shares)}
            yield Complaint("L022", (*at, "id"), values)
        others.append(named(indicator.id, indicator.title))


def _idle(criteria: Criteria, earned: Earned) -> Iterator[Complaint]:
    """Caps over several items that held nobody back."""
    for at, names, cap in _caps(criteria):
        sums = [max(points, -points) for points in _sums(earned, names)]
        if len(sums) >= FEWEST and max(sums) <= cap:
            values = {"points": cap, "number": len(sums), "most": max(sums)}
            yield Complaint("L023", at, values)


def _caps(criteria: Criteria) -> Iterator[tuple[At, Sequence[str], Exact]]:
    """Caps that are lower than what their items come to: the others can bind nobody anyway."""
    for at, section in placed(criteria):
        points = {indicator.id: indicator.points for indicator in section.indicators}
        caps: list[tuple[At, Sequence[str], Exact]] = [
            (("caps", i, "points"), c.items, c.points) for i, c in enumerate(section.caps)
        ]
        if at[0] != "dimensions":
            caps.append((("points",), tuple(points), section.points))
        for under, names, cap in caps:
            if cap < total(points[name] for name in names):
                yield (*at, *under), names, cap
    if criteria.at_most is not None:
        yield ("at_most",), [i.id for i in criteria.indicators()], criteria.at_most


def _sums(earned: Earned, names: Sequence[str]) -> list[Exact]:
    """What the items came to together, for branches in which all of them are decided."""
    given = [earned.get(name, {}) for name in names]
    sums: list[Exact] = []
    for branch in sorted(given[0]):
        points = [one.get(branch) for one in given]
        decided = [p for p in points if p is not None]
        if len(decided) == len(points):
            sums.append(total(decided))
    return sums
