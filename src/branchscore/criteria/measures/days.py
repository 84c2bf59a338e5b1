"""Time between two days."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import DateField
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name
from branchscore.text.numbers import Exact, divided
from branchscore.text.phrase import Phrase, Sentence
from branchscore.text.scalars import Identifier

DAYS, MONTHS = Phrase("天", "days"), Phrase("个月", "months")
TOLD = Phrase("{months} 个月零 {days} 天", "{months} months and {days} days")
LONGEST = 31


def after_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where there is none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(since: date, until: date) -> Exact:
    """Whole months, and what is left over as a part of one: 3 from 1 March to 1 June, a little
    more to 2 June. Negative where `until` comes first."""
    if until < since:
        return -months_between(until, since)
    whole = (until.year - since.year) * 12 + until.month - since.month
    whole -= after_months(since, whole) > until
    return whole + divided((until - after_months(since, whole)).days, LONGEST)


class Days(MeasureBase):
    """两个日期相隔多少天：出缺到补选、到期到报送。后者更早则为负数。`count: months` 按月算：
    3 月 1 日到 6 月 1 日正好三个月，6 月 2 日就超过三个月。

    The number of days from one stated day to another; negative where the second comes first.
    `count: months` counts months: 1 March to 1 June are three, 2 June is more than three.

    Example: `{kind: days, since: vacancy_on, until: filled_on}`
    """

    kind: Literal["days"]
    since: Identifier
    """从哪一天 · the field of the first day"""
    until: Identifier
    """到哪一天 · the field of the second day"""
    count: Literal["days", "months"] = "days"
    """按天还是按月 · in days or in months"""

    def measure(self, facts: Facts, item: str) -> Measured:
        since, until = (facts.values.get(name) for name in (self.since, self.until))
        missing = tuple(n for n in (self.since, self.until) if facts.values.get(n) is None)
        if since is None or until is None:
            return NotStated(missing)
        fields = (self.since, self.until)
        if self.count == "days":
            return Found((until - since).days, fields=fields)
        value = months_between(since, until)
        whole = value.numerator // value.denominator
        left = (value - whole) * LONGEST
        told = Sentence(TOLD, {"months": whole, "days": left}) if left and whole >= 0 else None
        return Found(value, fields=fields, told=told)

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or (DAYS if self.count == "days" else MONTHS)

    def reads(self) -> Iterator[Name]:
        yield (self.since,)
        yield (self.until,)

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        known = ", ".join(name for name, field in fields.items() if isinstance(field, DateField))
        for key in ("since", "until"):
            if not isinstance(fields.get(getattr(self, key)), DateField):
                yield Complaint("C001", (key,), {"name": getattr(self, key), "known": known})
