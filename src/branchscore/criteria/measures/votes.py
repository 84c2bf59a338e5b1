"""A vote, each answer at its worth."""

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field as Key

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import IntegerField
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name
from branchscore.text.numbers import divided, total
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier, Number

POINTS = Phrase("分", "points")


class Votes(MeasureBase):
    """测评、投票的平均分：每种票各值多少分，乘以票数相加，除以总票数（优秀 100、良好 80……）。
    `if_none` 写明一票也没有时按多少算。

    The mean of a vote: each field counts votes that are worth so much; the sum is divided by all
    votes. `if_none` is the mean where there are no votes.

    Example: `{kind: votes, worth: {excellent: 100, good: 80, fair: 60, poor: 40}, if_none: 0}`
    """

    kind: Literal["votes"]
    worth: Mapping[Identifier, Number] = Key(min_length=2)
    """每种票值多少分 · the fields that count votes, and what each vote is worth"""
    if_none: Number
    """没有票时按多少算 · the mean where there are no votes"""

    def measure(self, facts: Facts, item: str) -> Measured:
        missing = tuple(name for name in self.worth if facts.values.get(name) is None)
        if missing:
            return NotStated(missing)
        counted = {name: facts.values[name] for name in self.worth}
        votes = sum(counted.values())
        weighted = total([worth * counted[name] for name, worth in self.worth.items()])
        mean = divided(weighted, votes) if votes else self.if_none
        return Found(mean, fields=tuple(self.worth))

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or POINTS

    def reads(self) -> Iterator[Name]:
        for name in self.worth:
            yield (name,)

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        known = ", ".join(n for n, field in fields.items() if isinstance(field, IntegerField))
        for name in self.worth:
            if not isinstance(fields.get(name), IntegerField):
                yield Complaint("C001", ("worth", name), {"name": name, "known": known})
