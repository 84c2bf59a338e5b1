"""One number less another."""

from collections.abc import Iterator
from typing import Literal

from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Complaint, Fields, MeasureBase
from branchscore.criteria.measures.plain import Plain
from branchscore.text.phrase import Phrase


class Difference(MeasureBase):
    """One measured number less another: members less the approved list of the infirm (应到人数).
    Never below 0.

    Example: `{kind: difference, of: {kind: value, field: members},
    less: {kind: count, list: infirm}}`
    """

    kind: Literal["difference"]
    of: Plain
    less: Plain

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

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        for key, measure in (("of", self.of), ("less", self.less)):
            yield from operand_complaints(measure, key, fields)


def operand_complaints(measure: MeasureBase, key: str, fields: Fields) -> Iterator[Complaint]:
    """Complaints of a measure inside another one, which must yield a number."""
    complaints = [complaint.under(key) for complaint in measure.complaints(fields)]
    yield from complaints
    if not complaints and measure.shape(fields) is not Shape.NUMBER:
        values = {"shape": measure.shape(fields).phrase, "wanted": Shape.NUMBER.phrase}
        yield Complaint("C005", (key,), values)
