"""A stated value."""

from collections.abc import Iterator, Mapping
from typing import Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import (
    TIMES,
    BooleanField,
    ChoiceField,
    DateField,
    DecimalField,
    EvidenceField,
    IntegerField,
)
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier

SHAPES = {
    IntegerField: Shape.NUMBER,
    DecimalField: Shape.NUMBER,
    BooleanField: Shape.FLAG,
    ChoiceField: Shape.WORD,
    DateField: Shape.DAY,
    EvidenceField: Shape.NUMBER,
}


class Value(MeasureBase):
    """填报的一个值：数、是否、选项或日期；佐证类的取其份数。

    The answer to one field: a number, a yes or no, a choice or a day; of an evidence field, the
    number of references.

    Example: `{kind: value, field: formal_members}`
    """

    kind: Literal["value"]
    field: Identifier
    """哪一项填报内容 · the field"""

    def measure(self, facts: Facts, item: str) -> Measured:
        value = facts.values.get(self.field)
        if value is None:
            return NotStated((self.field,))
        fields = (self.field,)
        if type(value) is tuple:
            return Found(len(value), fields=fields)
        if type(value) is str:
            return Found(value, words=self.words(facts.fields), fields=fields)
        return Found(value, fields=fields)

    def shape(self, fields: Fields) -> Shape:
        return SHAPES[type(fields[self.field])]

    def words(self, fields: Fields) -> Mapping[str, Phrase]:
        asked = fields[self.field]
        return asked.options if isinstance(asked, ChoiceField) else {}

    def reads(self) -> Iterator[Name]:
        yield (self.field,)

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or getattr(fields.get(self.field), "unit", None) or TIMES

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        if type(fields.get(self.field)) not in SHAPES:
            known = ", ".join(name for name, field in fields.items() if type(field) in SHAPES)
            yield Complaint("C001", ("field",), {"name": self.field, "known": known})
