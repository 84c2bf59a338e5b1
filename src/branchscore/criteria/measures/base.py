"""What all measures share: the question "what is true?", asked of one submission."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from branchscore.criteria.fields import TIMES, Asked, ListField, options_of
from branchscore.criteria.filter import EVERYTHING, Filter
from branchscore.criteria.found import Facts, Measured, NotStated, Shape
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Boolean, Identifier, Wording
from branchscore.text.typing import Strict


@dataclass(frozen=True, slots=True)
class Complaint:
    """A fault of a criteria file, placed by the keys that lead to it from where it was found."""

    code: str
    at: tuple[str | int, ...]
    values: Mapping[str, Any]

    def under(self, *keys: str | int) -> "Complaint":
        return Complaint(self.code, (*keys, *self.at), self.values)


Fields = Mapping[str, Asked]


class MeasureBase(Strict):
    """`unit` and `verb` are only words: 应<开> 4 <次>."""

    unit: Wording | None = None
    verb: Wording = Phrase("有", "had")

    def measure(self, facts: Facts, item: str) -> Measured:
        """What is true of this submission; `item` is the indicator's id."""
        raise NotImplementedError

    def shape(self, fields: Fields) -> Shape:
        raise NotImplementedError

    def words(self, fields: Fields) -> Mapping[str, Phrase]:
        """The words the measure can yield, where it yields words."""
        return {}

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or TIMES

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        """Names in this measure that the criteria file does not define."""
        raise NotImplementedError


class ListMeasure(MeasureBase):
    """A measure over the records of one list.

    `proven: true` counts only records with evidence; the others are shown as claimed.
    """

    list: Identifier
    where: Filter = EVERYTHING
    proven: Boolean = False

    def chosen(self, facts: Facts) -> tuple[Sequence[int], Sequence[int], bool] | NotStated:
        """Indices that count, indices that are claimed, and whether there may be more."""
        records = facts.values.get(self.list)
        if records is None:
            return NotStated((self.list,))
        claimed, doubt = self.where.choose(facts, self.list)
        proven = [i for i in claimed if records[i].get("evidence")] if self.proven else claimed
        return proven, claimed, doubt or self.list in facts.partial

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        asked = fields.get(self.list)
        if not isinstance(asked, ListField):
            yield Complaint("C001", ("list",), {"name": self.list, "known": _lists(fields)})
            return
        if self.proven and "evidence" not in asked.fields:
            yield Complaint("C001", ("proven",), {"name": "evidence", "known": ""})
        for name in (*self.where.words, *self.where.limits):
            if name not in asked.fields:
                known = ", ".join(asked.fields)
                yield Complaint("C001", ("where", name), {"name": name, "known": known})
        for name, wanted in self.where.words.items():
            options = options_of(asked.fields.get(name)) or {}
            for word in sorted(str(w) for w in wanted if options and w not in options):
                known = ", ".join(options)
                yield Complaint("C001", ("where", name), {"name": word, "known": known})
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


def _lists(fields: Fields) -> str:
    return ", ".join(name for name, field in fields.items() if isinstance(field, ListField))
