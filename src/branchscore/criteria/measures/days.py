"""Time between two days."""

from collections.abc import Iterator
from typing import Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import DateField
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier

DAYS = Phrase("天", "days")


class Days(MeasureBase):
    """两个日期相隔多少天：出缺到补选、到期到报送。后者更早则为负数。

    The number of days from one stated day to another; negative where the second comes first.

    Example: `{kind: days, since: vacancy_on, until: filled_on}`
    """

    kind: Literal["days"]
    since: Identifier
    """从哪一天 · the field of the first day"""
    until: Identifier
    """到哪一天 · the field of the second day"""

    def measure(self, facts: Facts, item: str) -> Measured:
        since, until = (facts.values.get(name) for name in (self.since, self.until))
        missing = tuple(n for n in (self.since, self.until) if facts.values.get(n) is None)
        if since is None or until is None:
            return NotStated(missing)
        return Found((until - since).days, fields=(self.since, self.until))

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or DAYS

    def reads(self) -> Iterator[Name]:
        yield (self.since,)
        yield (self.until,)

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        known = ", ".join(name for name, field in fields.items() if isinstance(field, DateField))
        for key in ("since", "until"):
            if not isinstance(fields.get(getattr(self, key)), DateField):
                yield Complaint("C001", (key,), {"name": getattr(self, key), "known": known})
