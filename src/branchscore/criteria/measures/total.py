"""A sum over records."""

from collections.abc import Iterator, Sequence
from typing import Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import DecimalField, IntegerField, ListField
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Record, Shape
from branchscore.criteria.measures.base import Fields, ListMeasure
from branchscore.text.numbers import Exact, total
from branchscore.text.scalars import Identifier


class Total(ListMeasure):
    """台账中某个数的合计。

    The sum of one numeric field over the records that count.

    Example: `{kind: total, list: activities, field: attended, where: {kind: theory_study}}`
    """

    kind: Literal["total"]
    field: Identifier
    """合计哪一项 · the field that is added up"""

    def measure(self, facts: Facts, item: str) -> Measured:
        chosen = self.chosen(facts)
        if isinstance(chosen, NotStated):
            return chosen
        proven, claimed, more = chosen
        records = facts.values[self.list]
        return Found(
            self.sum(records, proven),
            claimed=self.sum(records, claimed) if len(claimed) > len(proven) else None,
            at_least=more or any(records[i].get(self.field) is None for i in proven),
            fields=(self.list,),
            records=((self.list, proven),),
        )

    def sum(self, records: Sequence[Record], chosen: Sequence[int]) -> Exact:
        return total([records[i].get(self.field) or 0 for i in chosen])

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    def inner(self) -> Iterator[str]:
        yield self.field

    def own_complaints(self, asked: ListField) -> Iterator[Complaint]:
        complaint = self.needs(asked, "field", self.field, (IntegerField, DecimalField))
        if complaint:
            yield complaint
