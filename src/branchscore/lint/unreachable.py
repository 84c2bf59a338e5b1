"""Limits, entries and caps that nothing can ever reach."""

from collections.abc import Iterator
from typing import NamedTuple

from branchscore.criteria.check import placed
from branchscore.criteria.complaint import Complaint
from branchscore.criteria.indicator import Leaf
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules.bands import Bands
from branchscore.criteria.rules.base import Item
from branchscore.criteria.rules.excess import Excess
from branchscore.criteria.rules.linear import Linear
from branchscore.criteria.rules.marginal import Marginal
from branchscore.criteria.rules.per_unit import PerUnit
from branchscore.criteria.rules.places import Places
from branchscore.criteria.rules.shortfall import Shortfall
from branchscore.criteria.rules.tiers import Tiers
from branchscore.lint.reach import admitted, reach
from branchscore.lint.walk import At, Row, rows
from branchscore.lint.worth import most, most_of, most_of_section
from branchscore.text.numbers import UNLIMITED, Exact, total
from branchscore.text.phrase import Phrase, Sentence, Value

REACHED = Phrase("达不到", "cannot be reached")
EXCEEDED = Phrase("不会超过", "cannot be exceeded")
MOST = Phrase("最多只能是 {end}", "it is {end} at most")
LEAST = Phrase("最少也有 {end}", "it is {end} at least")


def unreachable(criteria: Criteria) -> Iterator[Complaint]:
    for row in rows(criteria):
        beyond = [c.under(*row.at, *leaf.at) for leaf in row.leaves for c in _leaf(criteria, leaf)]
        yield from beyond
        if not beyond:
            yield from _cap(criteria, row)
    yield from _sums_of_parts(criteria)
    yield from _groups(criteria)
    yield from _grades(criteria)


def _leaf(criteria: Criteria, leaf: Leaf) -> Iterator[Complaint]:
    yield from _entries(criteria, leaf)
    item = leaf.item(criteria.fields)
    low, high, _ = reach(leaf.measure, criteria)
    if high is not None:
        for at, limit, included in _limits(leaf):
            if limit > high or (limit == high and not included):
                yield _beyond(("rule", *at), item, limit, Bound(MOST, high), included)
    rule = leaf.rule
    if isinstance(rule, Linear) and not rule.rising and low is not None and rule.full_at < low:
        yield _beyond(("rule", "full_at"), item, rule.full_at, Bound(LEAST, low), included=True)


class Bound(NamedTuple):
    """The end of what can be measured, and how it is said."""

    wording: Phrase
    end: Exact


def _beyond(at: At, item: Item, limit: Exact, bound: Bound, included: bool) -> Complaint:
    values: dict[str, Value] = {
        "limit": item.counted(limit),
        "how": REACHED if included else EXCEEDED,
        "bound": Sentence(bound.wording, {"end": item.counted(bound.end)}),
    }
    return Complaint("L006", at, values)


def _limits(leaf: Leaf) -> Iterator[tuple[At, Exact, bool]]:
    """The limits that a measured value has to reach (with it: whether reaching is enough)."""
    match leaf.rule:
        case Bands() as rule:
            yield from (
                (("bands", i, "at_least"), b.at_least, True) for i, b in enumerate(rule.bands)
            )
        case Shortfall(required=required) if required is not None:
            yield ("required",), required, True
        case Linear(rising=True) as rule:
            yield ("full_at",), rule.full_at, True
        case Excess() as rule:
            yield ("allowed",), rule.allowed, False
        case PerUnit() as rule:
            yield ("above",), rule.above, False
        case Marginal() as rule:
            ends = [(i, s.up_to) for i, s in enumerate(rule.segments[:-1])]
            yield from (
                (("segments", i, "up_to"), end, False) for i, end in ends if end is not None
            )


def _entries(criteria: Criteria, leaf: Leaf) -> Iterator[Complaint]:
    """Prices of places and words that nobody can have."""
    rule = leaf.rule
    if isinstance(rule, Places):
        high = reach(leaf.measure, criteria).high
        for i in range(len(rule.points)):
            if high is not None and i + 1 > high:
                yield Complaint("L007", ("rule", "points", i), {"name": str(i + 1)})
    if isinstance(rule, Tiers):
        known = leaf.measure.words(criteria.fields)
        for word in sorted(set(known) - admitted(leaf.measure, criteria.fields)):
            if rule.points[word]:
                yield Complaint("L007", ("rule", "points", word), {"name": known[word]})


def _cap(criteria: Criteria, row: Row) -> Iterator[Complaint]:
    """Points that no answer can earn, or take off."""
    reached, points = most(row, criteria), row.assessed.points
    if 0 < reached < points < UNLIMITED:
        yield Complaint("L008", (*row.at, "points"), {"points": points, "most": reached})


def _sums_of_parts(criteria: Criteria) -> Iterator[Complaint]:
    for at, section in placed(criteria):
        for i, indicator in enumerate(section.indicators):
            reached = most_of(indicator, criteria, section is criteria.penalties)
            if indicator.parts and reached < indicator.points < UNLIMITED:
                values: dict[str, Value] = {"points": indicator.points, "most": reached}
                yield Complaint("L008", (*at, "indicators", i, "points"), values)


def _groups(criteria: Criteria) -> Iterator[Complaint]:
    """Caps over several items that the items cannot come to together."""
    for at, section in placed(criteria):
        penalty = section is criteria.penalties
        each = {i.id: most_of(i, criteria, penalty) for i in section.indicators}
        caps: list[tuple[At, Exact, Exact]] = [
            ((*at, "caps", i, "points"), cap.points, total(each[name] for name in cap.items))
            for i, cap in enumerate(section.caps)
        ]
        if at[0] != "dimensions":
            caps.append(((*at, "points"), section.points, total(each.values())))
        for place, points, reached in caps:
            if reached < points < UNLIMITED:
                yield Complaint("L009", place, {"points": points, "most": reached})
    top = _top(criteria)
    if criteria.at_most is not None and top < criteria.at_most < UNLIMITED:
        yield Complaint("L009", ("at_most",), {"points": criteria.at_most, "most": top})


def _top(criteria: Criteria) -> Exact:
    """The most that a branch can have in all."""
    earning = (*criteria.dimensions, *((criteria.bonus,) if criteria.bonus else ()))
    return total([min(most_of_section(s, criteria), s.points) for s in earning])


def _grades(criteria: Criteria) -> Iterator[Complaint]:
    top = _top(criteria)
    if criteria.at_most is not None:
        top = min(top, criteria.at_most)
    for i, band in enumerate(criteria.grades.bands if criteria.grades else ()):
        if band.at_least > top:
            values: dict[str, Value] = {"limit": band.at_least, "most": top}
            yield Complaint("L010", ("grades", "bands", i, "at_least"), values)
