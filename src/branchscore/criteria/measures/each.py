"""One word from each record."""

from collections.abc import Iterator, Mapping
from typing import Literal

from branchscore.criteria.fields import ChoiceField, ListField
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Complaint, Fields, ListMeasure
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier


class Each(ListMeasure):
    """The chosen option of one field in every record that counts: the levels of all honours
    (各项荣誉的级别), for rules that pay by level.

    Example: `{kind: each, list: honours, field: level, proven: true}`
    """

    kind: Literal["each"]
    field: Identifier

    def measure(self, facts: Facts, item: str) -> Measured:
        chosen = self.chosen(facts)
        if isinstance(chosen, NotStated):
            return chosen
        proven, claimed, more = chosen
        records = facts.values[self.list]
        words = [records[i].get(self.field) for i in proven]
        return Found(
            tuple(word for word in words if word),
            claimed=tuple(word for i in claimed if (word := records[i].get(self.field)))
            if len(claimed) > len(proven)
            else None,
            at_least=more or None in words,
            words=self.words(facts.fields),
            fields=(self.list,),
            records=((self.list, proven),),
        )

    def shape(self, fields: Fields) -> Shape:
        return Shape.WORDS

    def words(self, fields: Fields) -> Mapping[str, Phrase]:
        asked = fields[self.list]
        field = asked.fields.get(self.field) if isinstance(asked, ListField) else None
        return field.options if isinstance(field, ChoiceField) else {}

    def own_complaints(self, asked: ListField) -> Iterator[Complaint]:
        complaint = self.needs(asked, "field", self.field, (ChoiceField,))
        if complaint:
            yield complaint
