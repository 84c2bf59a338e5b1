"""Elements present of a list of what should be there."""

from collections.abc import Iterator
from typing import Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import ElementsField, options_of
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier


class Elements(MeasureBase):
    """清单里应有的项目有几项、缺哪几项。

    How many of the elements that a field names are there, and which are missing.

    Example: `{kind: elements, field: systems}`
    """

    kind: Literal["elements"]
    field: Identifier
    """哪个清单 · the field that lists the elements"""

    def measure(self, facts: Facts, item: str) -> Measured:
        present = facts.values.get(self.field)
        if present is None:
            return NotStated((self.field,))
        elements = options_of(facts.fields[self.field]) or {}
        return Found(
            len(present),
            whole=len(elements),
            missing=tuple(name for key, name in elements.items() if key not in present),
            at_least=self.field in facts.partial,
            fields=(self.field,),
        )

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    def reads(self) -> Iterator[Name]:
        yield (self.field,)

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or Phrase("项", "items")

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        if not isinstance(fields.get(self.field), ElementsField):
            known = ", ".join(n for n, f in fields.items() if isinstance(f, ElementsField))
            yield Complaint("C001", ("field",), {"name": self.field, "known": known})
