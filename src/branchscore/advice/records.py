"""Records that would count: what a list would have to have for a measure to find more."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from branchscore.advice.change import PROOF
from branchscore.advice.situation import Situation
from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ChoiceField,
    DateField,
    DecimalField,
    ElementsField,
    EvidenceField,
    IntegerField,
    ListField,
)
from branchscore.criteria.filter import Column, Other, Where
from branchscore.criteria.measures.base import ListMeasure
from branchscore.criteria.measures.count import Count
from branchscore.criteria.measures.periods import Periods
from branchscore.criteria.slots import Every, Slot, slot, slots
from branchscore.text.phrase import Phrase

Record = dict[str, Any]
MOST = 400
"""Nobody is advised to do more than this of anything."""


def counting(
    measure: ListMeasure,
    now: Situation,
    values: Mapping[str, Any] = MappingProxyType({}),
    day: date | None = None,
) -> Record | None:
    """A record that the measure counts, with these values in it; None if none can be made up."""
    asked = now.criteria.fields[measure.list]
    if not isinstance(asked, ListField):
        return None
    read = {*measure.where.fields(), *measure.inner(), *values, "evidence"}
    record: Record = {
        name: _plain(field, day or now.days[1], now)
        for name, field in asked.fields.items()
        if not field.optional or name in read
    }
    _impose(measure.where, record, asked.fields, now)
    record |= values
    _level(record, asked.fields)
    if measure.where.holds(record, now.facts) is not True or not _fits(record, asked.fields):
        return None
    return record


def further(measure: ListMeasure, now: Situation) -> Iterator[Record]:
    """Records one after another of which each is one more for the measure."""
    if isinstance(measure, Count) and measure.distinct:
        yield from _distinct(measure, measure.distinct, now)
    elif isinstance(measure, Count) and measure.at_most:
        most = measure.at_most
        for _, days in _open_slots(measure, now, most.every, most.date, most.times):
            yield from _dated(measure, now, most.date, days)
    elif isinstance(measure, Count) and measure.divided_by:
        yield from _same(counting(measure, now, {measure.divided_by: 1}))
    else:
        yield from _same(counting(measure, now))


def by_slot(measure: Periods, now: Situation) -> Iterator[tuple[Phrase, tuple[Record, ...]]]:
    """Per period that is missing and not past: its name, and the records that would fill it."""
    names = slots(*now.criteria.days, measure.every)
    for key, days in _open_slots(measure, now, measure.every, measure.date, measure.least):
        records = tuple(_dated(measure, now, measure.date, days))
        if records:
            yield names[key], records


def _same(record: Record | None) -> Iterator[Record]:
    if record is not None:
        for _ in range(MOST):
            yield dict(record)


def _open_slots(
    measure: ListMeasure, now: Situation, every: Every, name: str, times: int
) -> Iterator[tuple[Slot, list[date]]]:
    """Periods that have fewer records than `times`, with a day for each that is missing."""
    chosen = measure.chosen(now.facts)
    if not isinstance(chosen, tuple):
        return
    records, held = now.facts.values[measure.list], dict[Slot, int]()
    for i in chosen[0]:
        if day := records[i].get(name):
            held[slot(day, every)] = held.get(slot(day, every), 0) + 1
    first, last = now.days
    day, seen = first, set[Slot]()
    while day <= last:
        key = slot(day, every)
        if key not in seen:
            seen.add(key)
            left = times - held.get(key, 0)
            yield key, [day] * max(left, 0)
        day += timedelta(1)


def _dated(measure: ListMeasure, now: Situation, name: str, days: list[date]) -> Iterator[Record]:
    for day in days:
        record = counting(measure, now, {name: day}, day)
        if record is not None:
            yield record


def _distinct(measure: Count, name: str, now: Situation) -> Iterator[Record]:
    """Records that each bring a value of the field that is not there yet."""
    chosen = measure.chosen(now.facts)
    if not isinstance(chosen, tuple):
        return
    records = now.facts.values[measure.list]
    held = {records[i].get(name) for i in chosen[0]}
    for value in _values(measure, name, now):
        if value not in held:
            record = counting(measure, now, {name: value})
            if record is not None:
                yield record


def _values(measure: Count, name: str, now: Situation) -> Iterator[Any]:
    asked = now.criteria.fields[measure.list]
    field = asked.fields.get(name) if isinstance(asked, ListField) else None
    column = next((x for n, _, x in measure.where.limits if n == name), None)
    if isinstance(column, Column):
        rows = now.facts.values.get(column.list, ())
        yield from dict.fromkeys(row.get(column.field) for row in rows)
    elif isinstance(field, ChoiceField):
        yield from field.options
    elif isinstance(field, DateField):
        first, last = now.days
        yield from (first + timedelta(n) for n in range((last - first).days + 1))
    elif not isinstance(field, BooleanField | IntegerField | DecimalField | None):
        yield from (f"{PROOF}-{n}" for n in range(1, MOST))


def _plain(field: Asked, day: date, now: Situation) -> Any:
    """An answer that is allowed and says as little as it can."""
    match field:
        case IntegerField() | DecimalField():
            least = max(field.min, 1)
            return least if field.max is None else min(least, field.max)
        case BooleanField():
            return False
        case DateField():
            return day if field.within == "period" else now.criteria.days[0]
        case ChoiceField():
            return next(iter(field.options))
        case ElementsField():
            return ()
        case EvidenceField():
            return (PROOF,)
        case _:
            return PROOF


def _impose(where: Where, record: Record, fields: Mapping[str, Asked], now: Situation) -> None:
    """Make the record hold what the filter asks, as far as that is plain."""
    for name, wanted in where.words.items():
        several = isinstance(fields.get(name), ElementsField | EvidenceField)
        options = getattr(fields.get(name), "options", None) or wanted
        word = next((w for w in options if w in wanted), None)
        record[name] = (word,) if several else word
    for name, comparison, limit in where.limits:
        if isinstance(limit, Column):
            rows = now.facts.values.get(limit.list, ())
            record[name] = rows[0].get(limit.field) if rows else None
            continue
        at: Any = record.get(limit.field) if isinstance(limit, Other) else limit
        step: Any = timedelta(1) if isinstance(at, date) else 1
        if at is not None:
            moved = {"more_than": at + step, "less_than": at - step}
            record[name] = moved.get(comparison, at)
    if where.anyof:
        _impose(where.anyof[0], record, fields, now)


def _level(record: Record, fields: Mapping[str, Asked]) -> None:
    """What may not be above another number lifts that: as many came as were expected."""
    for name, field in fields.items():
        above = field.not_above if isinstance(field, IntegerField) else None
        if above and record.get(name) is not None and record.get(above) is not None:
            record[above] = max(record[above], record[name])


def _fits(record: Record, fields: Mapping[str, Asked]) -> bool:
    """Whether a form would take the numbers."""
    for name, value in record.items():
        field = fields[name]
        if isinstance(field, IntegerField | DecimalField) and (
            value is None or value < field.min or (field.max is not None and value > field.max)
        ):
            return False
    return None not in record.values()
