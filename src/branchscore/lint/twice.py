"""What stands there twice: titles, and records that two items pay for."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from branchscore.criteria.check import placed
from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import Asked, ElementsField, ListField
from branchscore.criteria.filter import COMPARED, Where
from branchscore.criteria.measures.base import ListMeasure
from branchscore.criteria.model import Criteria
from branchscore.lint.walk import At, items, named
from branchscore.text.phrase import Phrase, Value

UPWARD = ("at_least", "more_than")


class Paying(NamedTuple):
    """A measure of records that earns points, with the item it stands in."""

    at: At
    item: str
    title: Phrase
    measure: ListMeasure


def titles(criteria: Criteria) -> Iterator[Complaint]:
    """Two sections of one title, or two items of one section, or two parts of one item."""
    sections = list(placed(criteria))
    yield from _same((at, section.id, section.title) for at, section in sections)
    for at, section in sections:
        inside = enumerate(section.indicators)
        yield from _same(((*at, "indicators", i), x.id, x.title) for i, x in inside)
    for at, _, indicator in items(criteria):
        parts = enumerate(indicator.parts)
        yield from _same(((*at, "parts", i), x.id, x.title) for i, x in parts)


def _same(named: Iterable[tuple[At, str, Phrase]]) -> Iterator[Complaint]:
    seen: dict[str, str] = {}
    for at, name, title in named:
        if title.zh in seen:
            yield Complaint("L005", (*at, "title"), {"title": title, "first": seen[title.zh]})
        seen.setdefault(title.zh, name)


def paid_twice(criteria: Criteria) -> Iterator[Complaint]:
    """Items that can pay for the same record as one before them; parts of one item may."""
    before: list[Paying] = []
    for paying in _paying(criteria):
        asked = criteria.fields[paying.measure.list]
        fields: Mapping[str, Asked] = asked.fields if isinstance(asked, ListField) else {}
        others = [
            other
            for other in before
            if other.item != paying.item
            and other.measure.list == paying.measure.list
            and not disjoint(other.measure.where, paying.measure.where, fields)
        ]
        before.append(paying)
        if others:
            values: dict[str, Value] = {
                "title": paying.title,
                "others": tuple({o.item: named(o.item, o.title) for o in others}.values()),
                "list": asked.title,
            }
            yield Complaint("L017", (*paying.at, "list"), values)


def _paying(criteria: Criteria) -> Iterator[Paying]:
    for at, section, indicator in items(criteria):
        earning = section is not criteria.penalties
        for leaf in indicator.leaves(False) if earning else ():
            if isinstance(leaf.measure, ListMeasure) and not leaf.takes:
                place = (*at, *leaf.measure_at)
                yield Paying(place, indicator.id, indicator.title, leaf.measure)


def disjoint(one: Where, other: Where, fields: Mapping[str, Asked]) -> bool:
    """Whether surely no record is admitted by both."""
    for name in one.words.keys() & other.words.keys():
        single = not isinstance(fields.get(name), ElementsField)
        if single and one.words[name].isdisjoint(other.words[name]):
            return True
    return (
        any(_apart(a, b) for a in one.limits for b in other.limits)
        or any(_forbids(a, b) for a, b in ((one, other), (other, one)))
        or any(
            a.anyof and all(disjoint(inner, b, fields) for inner in a.anyof)
            for a, b in ((one, other), (other, one))
        )
    )


def _forbids(one: Where, other: Where) -> bool:
    """Whether what the one excludes is all that the other admits."""
    excluded = one.never.single if one.never else None
    if excluded is None:
        return False
    name, words = excluded
    return name in other.words and other.words[name] <= words


def _apart(one: tuple[str, str, object], other: tuple[str, str, object]) -> bool:
    """Whether two limits on one field leave nothing between them: ≥ 10 and < 10."""
    (name, first, end), (beside, second, opposite) = one, other
    if name != beside or (first in UPWARD) == (second in UPWARD):
        return False
    if not isinstance(end, int | Fraction) or not isinstance(opposite, int | Fraction):
        return False
    return not (COMPARED[first](opposite, end) and COMPARED[second](end, opposite))
