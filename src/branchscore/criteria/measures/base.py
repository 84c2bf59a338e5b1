"""What all measures share: the question "what is true?", asked of one submission."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import (
    TIMES,
    Asked,
    DateField,
    DecimalField,
    IntegerField,
    ListField,
    options_of,
)
from branchscore.criteria.filter import EVERYTHING, Column, Filter, Other, Where
from branchscore.criteria.found import Facts, Measured, NotStated, Shape
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Boolean, Identifier, Wording
from branchscore.text.typing import Strict

Fields = Mapping[str, Asked]
Name = tuple[str, ...]
"""A field that is read: ("members",), or ("activities", "date") in the records of a list."""


class MeasureBase(Strict):
    """`unit` and `verb` are only words: 应<开> 4 <次>."""

    unit: Wording | None = None
    """数的单位，只用于行文 · what is counted, only for the sentences"""
    verb: Wording = Phrase("有", "had")
    """动词，只用于行文：应“开”4 次 · the verb of the Chinese sentence"""

    def measure(self, facts: Facts, item: str) -> Measured:
        """What is true of this submission; `item` is the indicator's or part's id."""
        raise NotImplementedError

    def shape(self, fields: Fields) -> Shape:
        raise NotImplementedError

    @property
    def ratio(self) -> bool:
        """Whether the value is a share, read as a percentage."""
        return False

    def words(self, fields: Fields) -> Mapping[str, Phrase]:
        """The words the measure can yield, where it yields words."""
        return {}

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or TIMES

    def reads(self) -> Iterator[Name]:
        """The fields that are read."""
        raise NotImplementedError

    def operands(self) -> Iterator["MeasureBase"]:
        """The measures that this one is made from."""
        yield from ()

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        """Names in this measure that the criteria file does not define."""
        raise NotImplementedError

    def within(self) -> Iterator["MeasureBase"]:
        """This measure and all that it is made from."""
        yield self
        for operand in self.operands():
            yield from operand.within()


class ListMeasure(MeasureBase):
    """A measure over the records of one list.

    `proven: true` counts only records with evidence; the others are shown as claimed.
    """

    list: Identifier
    """哪个台账 · the list whose records are measured"""
    where: Filter = EVERYTHING
    """只计符合条件的记录 · which records count"""
    proven: Boolean = False
    """只计附有佐证的记录 · count only records with evidence"""

    def chosen(self, facts: Facts) -> tuple[Sequence[int], Sequence[int], bool] | NotStated:
        """Indices that count, indices that are claimed, and whether there may be more."""
        records = facts.values.get(self.list)
        if records is None:
            return NotStated((self.list,))
        claimed, doubt = self.where.choose(facts, self.list)
        proven = [i for i in claimed if records[i].get("evidence")] if self.proven else claimed
        return proven, claimed, doubt or self.list in facts.partial

    def inner(self) -> Iterator[str]:
        """The fields of a record that are read beside those of `where`."""
        yield from ()

    def reads(self) -> Iterator[Name]:
        yield (self.list,)
        for name in (*self.where.fields(), *self.inner(), *(("evidence",) if self.proven else ())):
            yield self.list, name
        for column in self.where.columns():
            yield (column.list,)
            yield column.list, column.field

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        asked = fields.get(self.list)
        if not isinstance(asked, ListField):
            yield Complaint("C001", ("list",), {"name": self.list, "known": _lists(fields)})
            return
        if self.proven and "evidence" not in asked.fields:
            yield Complaint("C001", ("proven",), {"name": "evidence", "known": ""})
        yield from (c.under("where") for c in _where(self.where, asked, fields))
        yield from self.own_complaints(asked)

    def own_complaints(self, asked: ListField) -> Iterator[Complaint]:
        yield from ()

    def needs(
        self, asked: ListField, key: str, name: str, kinds: tuple[type, ...]
    ) -> Complaint | None:
        """A complaint unless `name` is a field of the list and of one of these kinds."""
        if isinstance(asked.fields.get(name), kinds):
            return None
        fitting = ", ".join(n for n, f in asked.fields.items() if isinstance(f, kinds))
        return Complaint("C001", (key,), {"name": name, "known": fitting})


def _where(where: Where, asked: ListField, fields: Fields) -> Iterator[Complaint]:
    """Names and words of a filter that the list does not have."""
    for name in dict.fromkeys([*where.words, *(name for name, _, _ in where.limits)]):
        if name not in asked.fields:
            known = ", ".join(asked.fields)
            yield Complaint("C001", (name,), {"name": name, "known": known})
    for name, wanted in where.words.items():
        options = options_of(asked.fields.get(name)) or {}
        for word in sorted(str(w) for w in wanted if options and w not in options):
            known = ", ".join(options)
            yield Complaint("C001", (name,), {"name": word, "known": known})
    for name, comparison, limit in where.limits:
        yield from (c.under(name, comparison) for c in _limit(asked, name, limit, fields))
    for i, inner in enumerate(where.anyof):
        yield from (c.under("any", i) for c in _where(inner, asked, fields))
    if where.never:
        yield from (c.under("not") for c in _where(where.never, asked, fields))


def _limit(asked: ListField, name: str, limit: object, fields: Fields) -> Iterator[Complaint]:
    """A limit that cannot be compared with the field it limits."""
    field = asked.fields.get(name)
    if field is None:
        return
    if isinstance(limit, Column):
        other = fields.get(limit.list)
        inner = other.fields.get(limit.field) if isinstance(other, ListField) else None
        if type(inner) is not type(field):
            known = ", ".join(
                f"{list_name}.{inner_name}"
                for list_name, f in fields.items()
                if isinstance(f, ListField)
                for inner_name, x in f.fields.items()
                if type(x) is type(field)
            )
            yield Complaint("C001", (), {"name": str(limit), "known": known})
        return
    if isinstance(limit, Other):
        fitting = [n for n, f in asked.fields.items() if type(f) is type(field) and n != name]
        if limit.field not in fitting:
            yield Complaint("C001", (), {"name": limit.field, "known": ", ".join(fitting)})
        return
    kinds: dict[type, tuple[Shape, tuple[type, ...]]] = {
        DateField: (Shape.DAY, (date,)),
        IntegerField: (Shape.NUMBER, (int, Fraction)),
        DecimalField: (Shape.NUMBER, (int, Fraction)),
    }
    shape, types = kinds.get(type(field), (Shape.WORD, ()))
    if not isinstance(limit, types) or isinstance(limit, bool):
        yield Complaint("C005", (), {"shape": shape.phrase, "wanted": str(limit)})


def _lists(fields: Fields) -> str:
    return ", ".join(name for name, field in fields.items() if isinstance(field, ListField))


def operand_complaints(measure: MeasureBase, key: str, fields: Fields) -> Iterator[Complaint]:
    """Complaints of a measure inside another one, which must yield a number."""
    complaints = [complaint.under(key) for complaint in measure.complaints(fields)]
    yield from complaints
    if not complaints and measure.shape(fields) is not Shape.NUMBER:
        values = {"shape": measure.shape(fields).phrase, "wanted": Shape.NUMBER.phrase}
        yield Complaint("C005", (key,), values)
