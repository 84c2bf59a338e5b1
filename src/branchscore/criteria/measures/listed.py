"""The elements of a list by name."""

from collections.abc import Iterator, Mapping
from typing import Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import ElementsField, options_of
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier


class Listed(MeasureBase):
    """清单里有的（`which: present`）或缺的（`which: missing`）各项，供按项定价：
    不同的项目值不同的分，
    或缺哪项扣多少分。各项同价的用 `elements`。

    The elements of a list that are `present`, or those that are `missing`, by name, for rules
    that have a price for each. Where all cost the same, `elements` counts them.

    Example: `{kind: listed, field: systems, which: missing}`
    """

    kind: Literal["listed"]
    field: Identifier
    """哪个清单 · the field that lists the elements"""
    which: Literal["present", "missing"]
    """取有的还是缺的 · those that are there, or those that are not"""

    def measure(self, facts: Facts, item: str) -> Measured:
        present = facts.values.get(self.field)
        if present is None:
            return NotStated((self.field,))
        if self.field in facts.partial and self.which == "missing":
            return NotStated((self.field,), partial=True)
        words = self.words(facts.fields)
        wanted = self.which == "present"
        return Found(
            tuple(name for name in words if (name in present) == wanted),
            at_least=self.field in facts.partial,
            words=words,
            fields=(self.field,),
        )

    def shape(self, fields: Fields) -> Shape:
        return Shape.WORDS

    def words(self, fields: Fields) -> Mapping[str, Phrase]:
        return options_of(fields.get(self.field)) or {}

    def reads(self) -> Iterator[Name]:
        yield (self.field,)

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        if not isinstance(fields.get(self.field), ElementsField):
            known = ", ".join(n for n, f in fields.items() if isinstance(f, ElementsField))
            yield Complaint("C001", ("field",), {"name": self.field, "known": known})
