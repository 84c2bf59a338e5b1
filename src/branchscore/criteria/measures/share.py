"""A part of a whole."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field as Key

from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Complaint, Fields, MeasureBase
from branchscore.criteria.measures.difference import Difference, operand_complaints
from branchscore.criteria.measures.plain import Plain
from branchscore.text.numbers import Exact, divided
from branchscore.text.scalars import Number

Operand = Annotated[Plain | Difference, Key(discriminator="kind")]


class Share(MeasureBase):
    """One measured number as a share of another (出席率、覆盖率), exact.

    `if_none` is the share to take where the whole is zero: nobody to visit may count as all
    visited (100%) or as none (0%); the table must say which.

    Example: `{kind: share, part: {kind: value, field: volunteers},
    whole: {kind: value, field: members}, if_none: 0%}`
    """

    kind: Literal["share"]
    part: Operand
    whole: Operand
    if_none: Number

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

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        for key, measure in (("part", self.part), ("whole", self.whole)):
            yield from operand_complaints(measure, key, fields)
