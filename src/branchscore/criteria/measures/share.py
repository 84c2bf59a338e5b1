"""A part of a whole."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field as Key

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name, operand_complaints
from branchscore.criteria.measures.difference import Difference
from branchscore.criteria.measures.plain import Plain
from branchscore.text.numbers import Exact, divided
from branchscore.text.scalars import Number

Operand = Annotated[Plain | Difference, Key(discriminator="kind")]


class Share(MeasureBase):
    """一个数占另一个数的比例（出席率、覆盖率），精确计算。`if_none` 写明总数为 0 时按多少算：
    没有要走访的人，可以算全部走访（100%），也可以算没有（0%）。

    One measured number as a share of another, exact. `if_none` is the share to take where the
    whole is zero: nobody to visit may count as all visited (100%) or as none (0%); the table
    must say which.

    Example: `{kind: share, part: {kind: value, field: volunteers},
    whole: {kind: value, field: members}, if_none: 0%}`
    """

    kind: Literal["share"]
    part: Operand
    """分子 · the part"""
    whole: Operand
    """分母 · the whole"""
    if_none: Number
    """分母为 0 时按多少算 · the share where the whole is zero"""

    def measure(self, facts: Facts, item: str) -> Measured:
        part, whole = self.part.measure(facts, item), self.whole.measure(facts, item)
        if not isinstance(whole, Found):
            return whole
        if whole.at_least:
            return NotStated(whole.fields, partial=True)
        fields, records = whole.fields, whole.records
        if not whole.value:
            return Found(
                self.if_none, ratio=True, basis=(whole.number, whole.number), fields=fields
            )
        if not isinstance(part, Found):
            return part
        return Found(
            divided(part.number, whole.number),
            claimed=self.claimed(part, whole),
            at_least=part.at_least,
            ratio=True,
            basis=(part.number, whole.number),
            fields=(*part.fields, *fields),
            records=(*part.records, *records),
        )

    def claimed(self, part: Found, whole: Found) -> Exact | None:
        if part.claimed is None:
            return None
        return divided(part._replace(value=part.claimed).number, whole.number)

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    @property
    def ratio(self) -> bool:
        return True

    def operands(self) -> Iterator[MeasureBase]:
        yield self.part
        yield self.whole

    def reads(self) -> Iterator[Name]:
        yield from self.part.reads()
        yield from self.whole.reads()

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        for key, measure in (("part", self.part), ("whole", self.whole)):
            yield from operand_complaints(measure, key, fields)
