"""Periods in which something happened."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Literal

from branchscore.criteria.fields import DateField, ListField
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Complaint, Fields, ListMeasure
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier

Every = Literal["month", "quarter", "half_year", "year"]
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
Slot = tuple[int, int]


def slot(day: date, every: Every) -> Slot:
    """The period a day lies in: its year, and its number in that year from 0."""
    return day.year, (day.month - 1) // MONTHS[every]


@lru_cache(maxsize=64)
def slots(first: date, last: date, every: Every) -> dict[Slot, Phrase]:
    """All periods from `first` to `last`, in order, with their names."""
    several_years = first.year != last.year
    per_year = 12 // MONTHS[every]
    (year, number), end = slot(first, every), slot(last, every)
    named: dict[Slot, Phrase] = {}
    while (year, number) <= end:
        named[year, number] = _name(every, year, number, several_years)
        year, number = (year, number + 1) if number + 1 < per_year else (year + 1, 0)
    return named


def _name(every: Every, year: int, number: int, with_year: bool) -> Phrase:
    zh_year, en_year = (f"{year}年", f"{year}-") if with_year else ("", "")
    match every:
        case "month":
            return Phrase(f"{zh_year}{number + 1}月", f"{year}-{number + 1:02}")
        case "quarter":
            return Phrase(f"{zh_year}第{'一二三四'[number]}季度", f"{en_year}Q{number + 1}")
        case "half_year":
            return Phrase(f"{zh_year}{'上下'[number]}半年", f"{en_year}H{number + 1}")
        case "year":
            return Phrase(f"{year}年", str(year))


class Periods(ListMeasure):
    """In how many months, quarters, half-years or years of the campaign's period there was at
    least one record that counts (按月、按季、按半年、按年), and which are missing.

    Example: `{kind: periods, list: activities, where: {kind: general_meeting}, every: quarter}`
    """

    kind: Literal["periods"]
    every: Every
    date: Identifier = "date"

    def measure(self, facts: Facts, item: str) -> Measured:
        chosen = self.chosen(facts)
        if isinstance(chosen, NotStated):
            return chosen
        proven, claimed, more = chosen
        records = facts.values[self.list]
        expected = slots(*facts.period, self.every)
        days = [records[i].get(self.date) for i in proven]
        covered = {slot(day, self.every) for day in days if day}
        also = {slot(d, self.every) for i in claimed if (d := records[i].get(self.date))}
        return Found(
            len(covered & expected.keys()),
            claimed=len(also & expected.keys()) if also > covered else None,
            whole=len(expected),
            missing=tuple(name for key, name in expected.items() if key not in covered),
            at_least=more or None in days,
            fields=(self.list,),
            records=((self.list, proven),),
        )

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    def own_complaints(self, asked: ListField) -> Iterator[Complaint]:
        complaint = self.needs(asked, "date", self.date, (DateField,))
        if complaint:
            yield complaint
