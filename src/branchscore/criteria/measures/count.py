"""A count of records."""

from collections.abc import Iterator, Sequence
from typing import Literal

from branchscore.criteria.fields import ListField
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Complaint, Fields, ListMeasure
from branchscore.text.scalars import Identifier


class Count(ListMeasure):
    """How many records of a list count (次数、篇数); with `distinct`, how many different values
    one field takes in them (服务到的人数).

    Example: `{kind: count, list: activities, where: {kind: party_lecture}}`
    """

    kind: Literal["count"]
    distinct: Identifier | None = None

    def measure(self, facts: Facts, item: str) -> Measured:
        chosen = self.chosen(facts)
        if isinstance(chosen, NotStated):
            return chosen
        proven, claimed, more = chosen
        records = facts.values[self.list]
        if self.distinct:
            more = more or any(records[i].get(self.distinct) is None for i in proven)
        return Found(
            self.number(records, proven),
            claimed=self.number(records, claimed) if len(claimed) > len(proven) else None,
            at_least=more,
            fields=(self.list,),
            records=((self.list, proven),),
        )

    def number(self, records: Sequence[dict[str, object]], chosen: Sequence[int]) -> int:
        if not self.distinct:
            return len(chosen)
        return len({records[i].get(self.distinct) for i in chosen} - {None})

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    def own_complaints(self, asked: ListField) -> Iterator[Complaint]:
        if self.distinct and self.distinct not in asked.fields:
            known = ", ".join(asked.fields)
            yield Complaint("C001", ("distinct",), {"name": self.distinct, "known": known})
