"""How many of several conditions hold."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field as Key

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.condition import Condition
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Pending, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name
from branchscore.criteria.measures.change import Change
from branchscore.criteria.measures.days import Days
from branchscore.criteria.measures.difference import Difference
from branchscore.criteria.measures.plain import Plain
from branchscore.criteria.measures.share import Share
from branchscore.criteria.measures.votes import Votes
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier, Wording

Tested = Annotated[Plain | Difference | Share | Change | Days | Votes, Key(discriminator="kind")]


class One(Condition):
    """其中一个条件 · one of the conditions."""

    title: Wording
    """名称 · what it is called"""
    measure: Tested
    """看什么 · what is measured"""


class Conditions(MeasureBase):
    """几个条件中成立几个。“满足其一”是 `at_least: 1`，“三项中满足两项”是 `at_least: 2`。
    没有填报的条件
    不算不成立，可能成立。

    How many of several conditions hold, for “one of these” (`at_least: 1`) or “two of three”. A
    condition whose answer is not stated may still hold.

    Example: `{kind: conditions, of: [{title: 满两年, measure: {kind: value, field: years},
    at_least: 2}, {title: 有推荐, measure: {kind: value, field: referred}, equals: true}]}`
    """

    kind: Literal["conditions"]
    of: tuple[One, ...] = Key(min_length=2)
    """各个条件 · the conditions"""

    def measure(self, facts: Facts, item: str) -> Measured:
        held, claims = list[bool | None](), list[bool | None]()
        fields = list[str]()
        for one in self.of:
            found = one.measure.measure(facts, item)
            if isinstance(found, Pending):
                return found
            held.append(one.holds(found) if isinstance(found, Found) else None)
            claims.append(one.holds(found.claim) if isinstance(found, Found) else None)
            fields += found.fields
        if None not in held:
            missing = [one.title for one, holds in zip(self.of, held, strict=True) if not holds]
            return Found(
                sum(map(bool, held)),
                claimed=None if claims == held else sum(map(bool, claims)),
                missing=tuple(missing),
                fields=tuple(fields),
            )
        if True not in held:
            unread = [n for n in fields if facts.values.get(n) is None]
            return NotStated(tuple(unread or fields))
        return Found(held.count(True), at_least=True, fields=tuple(fields))

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or Phrase("项", "conditions")

    def operands(self) -> Iterator[MeasureBase]:
        for one in self.of:
            yield one.measure

    def reads(self) -> Iterator[Name]:
        for one in self.of:
            yield from one.measure.reads()

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        for i, one in enumerate(self.of):
            names = [c.under("of", i, "measure") for c in one.measure.complaints(fields)]
            yield from names
            if not names:
                shape: Shape = one.measure.shape(fields)
                words: Mapping[Identifier, Phrase] = one.measure.words(fields)
                yield from (c.under("of", i) for c in one.condition_complaints(shape, words))
