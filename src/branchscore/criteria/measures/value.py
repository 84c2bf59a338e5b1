"""A stated value."""

from collections.abc import Iterator, Mapping
from typing import Literal

from branchscore.criteria.fields import (
    TIMES,
    BooleanField,
    ChoiceField,
    DateField,
    DecimalField,
    IntegerField,
)
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Complaint, Fields, MeasureBase
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier

SHAPES = {
    IntegerField: Shape.NUMBER,
    DecimalField: Shape.NUMBER,
    BooleanField: Shape.FLAG,
    ChoiceField: Shape.WORD,
    DateField: Shape.DAY,
}


class Value(MeasureBase):
    """The answer to one field (填报值): a number, a yes or no, a choice or a day.

    Example: `{kind: value, field: formal_members}`
    """

    kind: Literal["value"]
    field: Identifier

    def measure(self, facts: Facts, item: str) -> Measured:
        value = facts.values.get(self.field)
        if value is None:
            return NotStated((self.field,))
        return Found(value, fields=(self.field,))

    def shape(self, fields: Fields) -> Shape:
        return SHAPES[type(fields[self.field])]

    def words(self, fields: Fields) -> Mapping[str, Phrase]:
        asked = fields[self.field]
        return asked.options if isinstance(asked, ChoiceField) else {}

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or getattr(fields.get(self.field), "unit", None) or TIMES

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        if type(fields.get(self.field)) not in SHAPES:
            known = ", ".join(name for name, field in fields.items() if type(field) in SHAPES)
            yield Complaint("C001", ("field",), {"name": self.field, "known": known})
