"""What a measure can yield at all, by the limits of the fields it reads."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ChoiceField,
    DateField,
    DecimalField,
    IntegerField,
    ListField,
    options_of,
)
from branchscore.criteria.filter import EVERYTHING, Where
from branchscore.criteria.found import Shape, Truth
from branchscore.criteria.measures.base import ListMeasure, MeasureBase
from branchscore.criteria.measures.change import Change
from branchscore.criteria.measures.conditions import Conditions
from branchscore.criteria.measures.count import Count
from branchscore.criteria.measures.difference import Difference
from branchscore.criteria.measures.each import Each
from branchscore.criteria.measures.elements import Elements
from branchscore.criteria.measures.peers import AmongPeers
from branchscore.criteria.measures.periods import Periods
from branchscore.criteria.measures.share import Share
from branchscore.criteria.measures.total import Total
from branchscore.criteria.measures.value import Value
from branchscore.criteria.measures.votes import Votes
from branchscore.criteria.model import Criteria
from branchscore.criteria.slots import slots
from branchscore.text.numbers import Exact

OPEN = 10**12
"""Stands for “any number” where nothing bounds it."""
NO_MAX = IntegerField.model_fields["max"].default
NEAR = Fraction(1, 10**6)


class Reach(NamedTuple):
    """The least and the most that can be measured (None: nothing bounds it), and whether only
    whole numbers can."""

    low: Exact | None = None
    high: Exact | None = None
    whole: bool = False


def reach(measure: MeasureBase, criteria: Criteria) -> Reach:
    """What a measure that reads the answers directly can yield; `_derived` knows the others."""
    fields = criteria.fields
    match measure:
        case Value():
            return _of_field(measure.field, fields)
        case Periods():
            expected = slots(*criteria.days, measure.every).keys()
            return Reach(0, len(expected - {slot for _, slot in measure.without}), whole=True)
        case Elements():
            return Reach(0, len(options_of(fields[measure.field]) or ()), whole=True)
        case Conditions():
            return Reach(0, len(measure.of), whole=True)
        case Count():
            return Reach(0, _most(measure, criteria), whole=measure.divided_by is None)
        case Total():
            return Reach(_not_below(_of_field(measure.field, _records(measure, fields))))
        case Votes():
            worth = measure.worth.values()
            return _also(Reach(min(worth), max(worth)), measure.if_none)
    return _derived(measure, criteria)


def _derived(measure: MeasureBase, criteria: Criteria) -> Reach:
    match measure:
        case Difference():
            of, less = reach(measure.of, criteria), reach(measure.less, criteria)
            least = _less(of.low, less.high)
            low = 0 if least is None else max(least, 0)
            return Reach(low, _less(of.high, less.low), of.whole and less.whole)
        case Share():
            most = 1 if _is_part(measure.part, measure.whole, criteria.fields) else None
            return _also(Reach(_not_below(reach(measure.part, criteria)), most), measure.if_none)
        case Change():
            return _change(measure, criteria)
        case AmongPeers(figure="rank"):
            return Reach(1, None, whole=True)
        case AmongPeers(figure="of_best"):
            least = _not_below(reach(measure.of, criteria))
            return Reach() if least is None else Reach(0, 1)
    return Reach(0) if measure.shape(criteria.fields) is Shape.POINTS else Reach()


def values(measure: MeasureBase, criteria: Criteria, limits: Iterable[object] = ()) -> list[Truth]:
    """Values that the measure can yield: the outermost, and those at and beside `limits`. A test
    or a rule that turns only at its limits does with them all it can ever do."""
    match measure.shape(criteria.fields):
        case Shape.FLAG:
            return [True, False]
        case Shape.WORD:
            return list(measure.words(criteria.fields))
        case Shape.DAY:
            return list(_days(measure, criteria, limits))
    return list(numbers(reach(measure, criteria), limits))


def numbers(within: Reach, limits: Iterable[object]) -> list[Exact]:
    """The ends of a reach, and what is at and beside the limits inside it."""
    low, high, whole = within
    least, most = -OPEN if low is None else low, OPEN if high is None else high
    step = 1 if whole else NEAR
    found = {least, most}
    for limit in limits:
        if isinstance(limit, int | Fraction):
            at = limit.numerator // limit.denominator if whole else limit
            found |= {n for n in (at - step, at, at + step) if least <= n <= most}
    return sorted(found)


def admitted(measure: MeasureBase, fields: Mapping[str, Asked]) -> set[str]:
    """The words that a measure of words can yield: its filter may leave some out."""
    known = set(measure.words(fields))
    if isinstance(measure, Each):
        field = _records(measure, fields).get(measure.field)
        wanted = measure.where.words.get(measure.field)
        if wanted is not None and isinstance(field, ChoiceField):
            known &= set(map(str, wanted))
    return known


def narrower(inner: Where, outer: Where) -> bool:
    """Whether every record that the one filter admits is surely admitted by the other."""
    if outer in (EVERYTHING, inner):
        return True
    if outer.limits or outer.anyof or outer.never:
        return False
    return all(
        name in inner.words and inner.words[name] <= words for name, words in outer.words.items()
    )


def _of_field(name: str, beside: Mapping[str, Asked]) -> Reach:
    field = beside.get(name)
    if isinstance(field, IntegerField):
        high = None if field.max == NO_MAX else field.max
        for above in _above(name, beside):
            other = beside[above]
            if isinstance(other, IntegerField) and other.max != NO_MAX:
                high = other.max if high is None else min(high, other.max)
        return Reach(field.min, high, whole=True)
    if isinstance(field, DecimalField):
        return Reach(field.min, field.max)
    return Reach(0, None, whole=True)


def _above(name: str, beside: Mapping[str, Asked]) -> list[str]:
    """The fields that this one may not exceed, nearest first."""
    found: list[str] = []
    field = beside.get(name)
    while isinstance(field, IntegerField) and field.not_above and field.not_above not in found:
        found.append(field.not_above)
        field = beside.get(field.not_above)
    return found


def _records(measure: ListMeasure, fields: Mapping[str, Asked]) -> Mapping[str, Asked]:
    asked = fields.get(measure.list)
    return asked.fields if isinstance(asked, ListField) else {}


def _most(measure: Count, criteria: Criteria) -> Exact | None:
    if measure.at_most:
        return measure.at_most.times * len(slots(*criteria.days, measure.at_most.every))
    field = _records(measure, criteria.fields).get(measure.distinct or "")
    wanted = measure.where.words.get(measure.distinct or "")
    if isinstance(field, BooleanField):
        return 2 if wanted is None else len(wanted)
    if isinstance(field, ChoiceField):
        return len(field.options if wanted is None else wanted)
    return None


def _is_part(part: MeasureBase, whole: MeasureBase, fields: Mapping[str, Asked]) -> bool:
    """Whether the one number can never be above the other."""
    if isinstance(part, Value) and isinstance(whole, Value):
        return whole.field in (part.field, *_above(part.field, fields))
    if isinstance(part, Total) and isinstance(whole, Total):
        above = _above(part.field, _records(part, fields))
        return whole.field in (part.field, *above) and _inside(part, whole)
    if isinstance(part, Count) and isinstance(whole, Count):
        return not list(whole.inner()) and _inside(part, whole)
    return False


def _inside(part: ListMeasure, whole: ListMeasure) -> bool:
    """Whether every record of the one is a record of the other."""
    proven = part.proven or not whole.proven
    return proven and part.list == whole.list and narrower(part.where, whole.where)


def _change(measure: Change, criteria: Criteria) -> Reach:
    now, then = reach(measure.of, criteria), reach(measure.against, criteria)
    if measure.by == "share":
        low = None if _not_below(now) is None else -1
        return _also(Reach(low), measure.if_none or 0)
    whole = now.whole and then.whole
    return Reach(_less(now.low, then.high), _less(now.high, then.low), whole)


def _not_below(found: Reach) -> Exact | None:
    """0, unless it can be negative."""
    return 0 if found.low is not None and found.low >= 0 else None


def _less(one: Exact | None, other: Exact | None) -> Exact | None:
    return None if one is None or other is None else one - other


def _also(found: Reach, value: Exact) -> Reach:
    """The same with one value more."""
    low = None if found.low is None else min(found.low, value)
    high = None if found.high is None else max(found.high, value)
    return Reach(low, high, found.whole)


def _days(measure: MeasureBase, criteria: Criteria, limits: Iterable[object]) -> Iterable[date]:
    field = criteria.fields.get(getattr(measure, "field", ""))
    bounded = isinstance(field, DateField) and field.within == "period"
    first, last = criteria.days if bounded else (date.min, date.max)
    ends = first.toordinal(), last.toordinal()
    at = [limit.toordinal() for limit in limits if isinstance(limit, date)]
    near = [day + by for day in at for by in (-1, 0, 1)]
    found = {*ends, *(day for day in near if ends[0] <= day <= ends[1])}
    return map(date.fromordinal, sorted(found))
