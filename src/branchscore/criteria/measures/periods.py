"""Periods in which something happened."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pydantic import Field as Key

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import DateField, ListField
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Record, Shape
from branchscore.criteria.measures.base import Fields, ListMeasure, Name
from branchscore.criteria.slots import Every, Slot, Written, slot, slots
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier, Whole


class Periods(ListMeasure):
    """考核期内有几个月（季、半年、年）开展过，缺哪几个。`least` 每期至少几次才算；`without` 不要求
    的月份（如七、八月）；`excused` 经批准不要求的月份，由支部在另一台账里逐条填报。

    In how many months, quarters, half-years or years of the campaign's period there were at
    least `least` records that count, and which are missing. Periods in `without` are not
    expected of anybody; those in which the list `excused` has a record, not of this branch.

    Example: `{kind: periods, list: activities, where: {kind: general_meeting}, every: quarter}`
    """

    kind: Literal["periods"]
    every: Every
    """每月、每季、每半年、每年 · month, quarter, half_year, year"""
    date: Identifier = "date"
    """记录的日期 · which field of a record is its day"""
    least: Whole = Key(default=1, ge=1)
    """每期至少几次才算 · how many records a period needs to count"""
    without: tuple[Written, ...] = ()
    """不要求的月份、季度等 · periods in which nothing is expected"""
    excused: Identifier | None = None
    """经批准不要求的时段台账 · a list of dated records that excuse their period"""

    def measure(self, facts: Facts, item: str) -> Measured:
        chosen = self.chosen(facts)
        if isinstance(chosen, NotStated):
            return chosen
        expected: Mapping[Slot, Phrase] = slots(*facts.period, self.every)
        if self.without or self.excused:
            fewer = self._expected(facts, expected)
            if fewer is None:
                return NotStated((self.excused or "",))
            expected = fewer
        proven, claimed, more = chosen
        records = facts.values[self.list]
        covered = self._covered(records, proven)
        also = self._covered(records, claimed) if len(claimed) > len(proven) else covered
        return Found(
            len(covered & expected.keys()),
            claimed=len(also & expected.keys()) if also > covered else None,
            whole=len(expected),
            missing=tuple([name for key, name in expected.items() if key not in covered]),
            at_least=more or None in [records[i].get(self.date) for i in proven],
            fields=(self.list, self.excused) if self.excused else (self.list,),
            records=((self.list, proven),),
        )

    def _expected(
        self, facts: Facts, all_slots: Mapping[Slot, Phrase]
    ) -> dict[Slot, Phrase] | None:
        """The periods in which something is due of this branch; None if that is not stated."""
        excuses = facts.values.get(self.excused) if self.excused else ()
        if excuses is None:
            return None
        out = {left_out for _, left_out in self.without}
        out |= {slot(day, self.every) for excuse in excuses if (day := excuse.get("date"))}
        return {key: name for key, name in all_slots.items() if key not in out}

    def _covered(self, records: Sequence[Record], chosen: Sequence[int]) -> set[Slot]:
        days = [day for i in chosen if (day := records[i].get(self.date))]
        if self.least == 1:
            return {slot(day, self.every) for day in days}
        counted = Counter(slot(day, self.every) for day in days)
        return {period for period, times in counted.items() if times >= self.least}

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    def inner(self) -> Iterator[str]:
        yield self.date

    def reads(self) -> Iterator[Name]:
        yield from super().reads()
        if self.excused:
            yield (self.excused,)
            yield self.excused, "date"

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        yield from super().complaints(fields)
        for i, (every, _) in enumerate(self.without):
            if every != self.every:
                yield Complaint("C014", ("without", i), {"wanted": self.every})
        excuses = fields.get(self.excused or "")
        dated = isinstance(excuses, ListField) and isinstance(excuses.fields.get("date"), DateField)
        if self.excused and not dated:
            yield Complaint("C001", ("excused",), {"name": self.excused, "known": ""})

    def own_complaints(self, asked: ListField) -> Iterator[Complaint]:
        complaint = self.needs(asked, "date", self.date, (DateField,))
        if complaint:
            yield complaint
