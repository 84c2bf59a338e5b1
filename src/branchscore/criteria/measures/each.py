"""One word from each record."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import ChoiceField, ElementsField, ListField, options_of
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Record, Shape
from branchscore.criteria.measures.base import Fields, ListMeasure
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier


class Each(ListMeasure):
    """逐条记录取某一项所选的级别（各项荣誉的级别），供按级别计分。`once_per` 同一事项（同一项目、
    同一人）有几条的，只供取其中一条（就高不就低）。

    The chosen option of one field in every record that counts: the levels of all honours, for
    rules that pay by level. With `once_per`, records that agree in that field are one matter,
    of which only the best counts.

    Example: `{kind: each, list: honours, field: level, proven: true}`
    """

    kind: Literal["each"]
    field: Identifier
    """取哪一项的级别 · the field whose option is taken"""
    once_per: Identifier | None = None
    """这一项相同的算同一事项，只计最高 · records equal in this field are one matter"""

    def measure(self, facts: Facts, item: str) -> Measured:
        chosen = self.chosen(facts)
        if isinstance(chosen, NotStated):
            return chosen
        proven, claimed, more = chosen
        records = facts.values[self.list]
        more = more or any(records[i].get(name) is None for name in self.inner() for i in proven)
        return Found(
            self._words(records, proven),
            claimed=self._words(records, claimed) if len(claimed) > len(proven) else None,
            at_least=more,
            words=self.words(facts.fields),
            fields=(self.list,),
            records=((self.list, proven),),
            groups=self._groups(records, proven) if self.once_per else None,
        )

    def _words(self, records: Sequence[Record], chosen: Sequence[int]) -> tuple[str, ...]:
        return tuple([word for i in chosen for word in _several(records[i].get(self.field))])

    def _groups(
        self, records: Sequence[Record], chosen: Sequence[int]
    ) -> tuple[tuple[str, ...], ...]:
        groups: dict[object, list[str]] = {}
        for i in chosen:
            matter = records[i].get(self.once_per or "")
            key = i if matter is None else (matter,)
            groups.setdefault(key, []).extend(_several(records[i].get(self.field)))
        return tuple(tuple(words) for words in groups.values())

    def shape(self, fields: Fields) -> Shape:
        return Shape.WORDS

    def words(self, fields: Fields) -> Mapping[str, Phrase]:
        asked = fields[self.list]
        field = asked.fields.get(self.field) if isinstance(asked, ListField) else None
        return options_of(field) or {}

    def inner(self) -> Iterator[str]:
        yield self.field
        if self.once_per:
            yield self.once_per

    def own_complaints(self, asked: ListField) -> Iterator[Complaint]:
        complaint = self.needs(asked, "field", self.field, (ChoiceField, ElementsField))
        if complaint:
            yield complaint
        if self.once_per and self.once_per not in asked.fields:
            known = ", ".join(asked.fields)
            yield Complaint("C001", ("once_per",), {"name": self.once_per, "known": known})


def _several(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value
