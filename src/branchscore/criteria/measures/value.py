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
    FiguresField,
    IntegerField,
    TextsField,
)
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name
from branchscore.text.numbers import total
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier

SHAPES = {
    IntegerField: Shape.NUMBER,
    DecimalField: Shape.NUMBER,
    BooleanField: Shape.FLAG,
    ChoiceField: Shape.WORD,
    DateField: Shape.DAY,
    EvidenceField: Shape.NUMBER,
    TextsField: Shape.NUMBER,
    FiguresField: Shape.NUMBER,
}


class Value(MeasureBase):
    """填报的一个值：数、是否、选项或日期；佐证取其份数，若干条文字取其条数，一组数取其合计。
    要凭佐证才算的“是”或数，用 `proven_by` 写明哪一项填佐证：没有佐证就按“否”或 0 计。

    The answer to one field: a number, a yes or no, a choice or a day; of evidence, the number of
    references; of several texts, how many there are; of figures, their sum. A yes or a number
    that counts only with evidence names, in `proven_by`, the field that holds it: without any it
    counts as no, or as 0.

    Example: `{kind: value, field: formal_members}`
    """

    kind: Literal["value"]
    field: Identifier
    """哪一项填报内容 · the field"""
    proven_by: Identifier | None = None
    """哪一项填它的佐证 · the field that holds its evidence"""

    def measure(self, facts: Facts, item: str) -> Measured:
        found = self._stated(facts)
        if not self.proven_by or not isinstance(found, Found):
            return found
        found = found._replace(fields=(self.field, self.proven_by))
        if not found.value or facts.values.get(self.proven_by):
            return found
        nothing = False if found.value is True else 0
        return found._replace(value=nothing, claimed=found.value)

    def _stated(self, facts: Facts) -> Measured:
        value = facts.values.get(self.field)
        if value is None:
            return NotStated((self.field,))
        fields = (self.field,)
        if type(value) is tuple:
            return Found(len(value), fields=fields)
        if type(value) is dict:
            return Found(total(value.values()), fields=fields)
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
        if self.proven_by:
            yield (self.proven_by,)

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or getattr(fields.get(self.field), "unit", None) or TIMES

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        if type(fields.get(self.field)) not in SHAPES:
            known = ", ".join(name for name, field in fields.items() if type(field) in SHAPES)
            yield Complaint("C001", ("field",), {"name": self.field, "known": known})
        elif self.proven_by:
            yield from self._unprovable(fields, self.proven_by)

    def _unprovable(self, fields: Fields, proof: str) -> Iterator[Complaint]:
        if not isinstance(fields.get(proof), EvidenceField):
            known = ", ".join(n for n, f in fields.items() if isinstance(f, EvidenceField))
            yield Complaint("C001", ("proven_by",), {"name": proof, "known": known})
        if self.shape(fields) not in (Shape.FLAG, Shape.NUMBER):
            wanted = Phrase("“是”或数", "yes, or a number,")
            shape = self.shape(fields).phrase
            yield Complaint("C005", ("proven_by",), {"shape": shape, "wanted": wanted})
