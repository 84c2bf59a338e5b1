"""A count of records."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from pydantic import Field as Key

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import DateField, IntegerField, ListField
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Record, Shape
from branchscore.criteria.measures.base import Fields, ListMeasure
from branchscore.criteria.slots import Every, slot
from branchscore.text.numbers import Exact, divided, total
from branchscore.text.scalars import Identifier, Whole
from branchscore.text.typing import Strict


class Most(Strict):
    """每期最多计几次（每月最多计 1 次） · at most so many count in each period.

    Example: `{times: 1, every: month}`
    """

    times: Whole = Key(ge=1)
    """每期最多计几次 · how many count at most in one period"""
    every: Every
    """期：月、季、半年、年 · the period"""
    date: Identifier = "date"
    """记录的日期 · which field of a record is its day"""


class Count(ListMeasure):
    """数台账里有几条记录（次数、篇数、人次）。`distinct` 数某一项有几种不同的值（服务到的人数）；
    `at_most` 每月、每季、每年最多计几次；`divided_by` 按人数均分（几人合写，各计几分之一）。

    How many records of a list count; with `distinct`, how many different values one field takes
    in them; with `at_most`, no more than so many in each period; with `divided_by`, each
    record counts as one divided by that field (shared among the authors).

    Example: `{kind: count, list: activities, where: {kind: party_lecture}}`
    """

    kind: Literal["count"]
    distinct: Identifier | None = None
    """数这一项有几种不同的值 · count the different values of this field"""
    at_most: Most | None = None
    """每期最多计几次 · a cap in each period"""
    divided_by: Identifier | None = None
    """除以这一项再累计 · each record counts as one divided by this field"""

    def measure(self, facts: Facts, item: str) -> Measured:
        chosen = self.chosen(facts)
        if isinstance(chosen, NotStated):
            return chosen
        proven, claimed, more = chosen
        records = facts.values[self.list]
        for name in self.inner():
            more = more or any(records[i].get(name) is None for i in proven)
        return Found(
            self.number(records, proven),
            claimed=self.number(records, claimed) if len(claimed) > len(proven) else None,
            at_least=more,
            fields=(self.list,),
            records=((self.list, proven),),
        )

    def number(self, records: Sequence[Record], chosen: Sequence[int]) -> Exact:
        if self.distinct:
            return len({records[i].get(self.distinct) for i in chosen} - {None})
        if self.at_most:
            return self._capped([records[i].get(self.at_most.date) for i in chosen], self.at_most)
        if self.divided_by:
            values = [records[i].get(self.divided_by) for i in chosen]
            return total([divided(1, value) for value in values if value])
        return len(chosen)

    @staticmethod
    def _capped(days: Sequence[Any], most: Most) -> int:
        counted = Counter(slot(day, most.every) for day in days if day)
        return sum(min(times, most.times) for times in counted.values())

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    def inner(self) -> Iterator[str]:
        names = (self.distinct, self.divided_by, self.at_most and self.at_most.date)
        yield from (name for name in names if name)

    def own_complaints(self, asked: ListField) -> Iterator[Complaint]:
        if len(list(self.inner())) > 1:
            yield Complaint("C013", (), {"keys": "distinct, at_most, divided_by"})
        if self.distinct and self.distinct not in asked.fields:
            known = ", ".join(asked.fields)
            yield Complaint("C001", ("distinct",), {"name": self.distinct, "known": known})
        if self.at_most:
            complaint = self.needs(asked, "at_most", self.at_most.date, (DateField,))
            if complaint:
                yield complaint
        if self.divided_by:
            complaint = self.needs(asked, "divided_by", self.divided_by, (IntegerField,))
            if complaint:
                yield complaint
            elif getattr(asked.fields[self.divided_by], "min", 1) < 1:
                yield Complaint("C010", ("divided_by",), {"value": 0})
