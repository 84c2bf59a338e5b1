"""This year against another year."""

from collections.abc import Iterator
from typing import Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name, operand_complaints
from branchscore.criteria.measures.share import Operand, Share
from branchscore.text.numbers import Exact, divided
from branchscore.text.phrase import Percent, Phrase, Sentence, Value, readable
from branchscore.text.scalars import Number

MORE, FEWER = Phrase("增加", "more"), Phrase("减少", "less")
TOLD = Phrase(
    "{now} {unit}，比 {then} {unit}{way} {change} {of}",
    "{now} {unit}, {change} {of} {way} than {then}",
)
SAME = Phrase("{now} {unit}，与基数相同", "{now} {unit}, the same as the base")


class Change(MeasureBase):
    """比基数增减多少（与上年比、与前三年平均比），减少为负。`by: share` 按基数的百分比计，须用
    `if_none` 写明基数为 0 时按多少算。

    How much more one number is than another, negative where it is less: this year against last
    year. With `by: share` as a share of the base; `if_none` is the share where that is zero.

    Example: `{kind: change, of: {kind: value, field: members}, against: {kind: value,
    field: members_last_year}, by: share, if_none: 0%}`
    """

    kind: Literal["change"]
    of: Operand | Share
    """本期数 · the number now"""
    against: Operand | Share
    """基数 · the number it is held against"""
    by: Literal["number", "share"]
    """按数量还是按百分比 · as a number or as a share of the base"""
    if_none: Number | None = None
    """基数为 0 时按多少算 · the share where the base is zero"""

    def measure(self, facts: Facts, item: str) -> Measured:
        now, then = self.of.measure(facts, item), self.against.measure(facts, item)
        for found in (now, then):
            if not isinstance(found, Found):
                return found
            if found.at_least:
                return NotStated(found.fields, partial=True)
        assert isinstance(now, Found) and isinstance(then, Found)  # noqa: S101, PT018
        change = now.number - then.number
        if self.by == "share":
            base = then.number
            change = divided(change, base) if base else self.if_none or 0
        return Found(
            change,
            ratio=self.ratio,
            told=self._told(now, then, change, facts),
            fields=(*now.fields, *then.fields),
            records=(*now.records, *then.records),
        )

    def _told(self, now: Found, then: Found, change: Exact, facts: Facts) -> Sentence:
        unit: Value = "" if self.of.ratio else self.of.unit_in(facts.fields)
        values: dict[str, Value] = {
            "now": Percent(now.number) if self.of.ratio else now.number,
            "then": Percent(then.number) if self.of.ratio else then.number,
            "change": Percent(abs(change)) if self.ratio else readable(abs(change)),
            "unit": unit,
            "of": "" if self.ratio else unit,
            "way": MORE if change > 0 else FEWER,
        }
        return Sentence(TOLD if change else SAME, values)

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    @property
    def ratio(self) -> bool:
        return self.by == "share" or self.of.ratio

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or self.of.unit_in(fields)

    def operands(self) -> Iterator[MeasureBase]:
        yield self.of
        yield self.against

    def reads(self) -> Iterator[Name]:
        yield from self.of.reads()
        yield from self.against.reads()

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        yield from operand_complaints(self.of, "of", fields)
        yield from operand_complaints(self.against, "against", fields)
        if (self.by == "share") != (self.if_none is not None):
            yield Complaint("C015", ("by",), {"name": "if_none", "when": "by: share"})
