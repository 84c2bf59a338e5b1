"""The points that the panel gave."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from branchscore.criteria.found import Found, Shape
from branchscore.criteria.measures.base import Complaint
from branchscore.criteria.rules.base import Item, Payment, RuleBase, price_complaints
from branchscore.text.phrase import Phrase, Sentence
from branchscore.text.scalars import Number

WHY = Phrase("{title}经评审组评定 {sum} 分", "{title}: the panel gave {sum} points")
TERMS = Phrase(
    "由评审组在 0—{points} 分内评定，以 {step} 分为单位",
    "the panel gives 0 to {points} points in steps of {step}",
)


class Given(RuleBase):
    """Points from 0 to the item's points, as judged by the panel in whole `step`s (酌情评分).

    Example: `{kind: given, step: 0.5}`
    """

    accepts: ClassVar = frozenset({Shape.POINTS})
    kind: Literal["given"]
    step: Number

    def terms(self, item: Item) -> Sentence:
        return Sentence(TERMS, {"points": item.points, "step": self.step})

    def pay(self, found: Found, item: Item) -> Payment:
        return Payment(found.number, Sentence(WHY, {"title": item.title, "sum": found.number}))

    def complaints(self, item: Item) -> Iterator[Complaint]:
        if self.step <= 0:
            yield Complaint("C010", ("step",), {"value": self.step})
        yield from price_complaints(self.step, item, "step")
