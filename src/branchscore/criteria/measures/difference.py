"""One number less another."""

from collections.abc import Iterator
from typing import Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name, operand_complaints
from branchscore.criteria.measures.plain import Plain
from branchscore.text.phrase import Phrase


class Difference(MeasureBase):
    """一个数减去另一个数，不低于 0：党员人数减去经批准的年老体弱党员，即应到人数。

    One measured number less another: members less the approved list of the infirm. Never below
    0.

    Example: `{kind: difference, of: {kind: value, field: members},
    less: {kind: count, list: infirm}}`
    """

    kind: Literal["difference"]
    of: Plain
    """被减数 · what is taken from"""
    less: Plain
    """减数 · what is taken off"""

    def measure(self, facts: Facts, item: str) -> Measured:
        of, less = self.of.measure(facts, item), self.less.measure(facts, item)
        if not isinstance(of, Found):
            return of
        if not isinstance(less, Found):
            return less
        if less.at_least:
            return NotStated(less.fields, partial=True)
        return of._replace(
            value=max(of.number - less.number, of.number * 0),
            claimed=None,
            whole=None,
            missing=(),
            fields=(*of.fields, *less.fields),
            records=(*of.records, *less.records),
        )

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or self.of.unit_in(fields)

    def operands(self) -> Iterator[MeasureBase]:
        yield self.of
        yield self.less

    def reads(self) -> Iterator[Name]:
        yield from self.of.reads()
        yield from self.less.reads()

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        for key, measure in (("of", self.of), ("less", self.less)):
            yield from operand_complaints(measure, key, fields)
