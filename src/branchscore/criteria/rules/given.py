"""The points that the panel gave."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.rules.base import Item, Payment, RuleBase, price_complaints
from branchscore.text.numbers import Exact, divided
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.scalars import Number

WHY = Phrase("{title}经评审组评定 {sum} 分", "{title}: the panel gave {sum} points")
TERMS = Phrase(
    "由评审组在 {least}—{points} 分内评定，以 {step} 分为单位",
    "the panel gives {least} to {points} points in steps of {step}",
)
TERMS_TAKEN = Phrase(
    "由评审组视情扣 {least}—{points} 分，以 {step} 分为单位，没有问题不扣",
    "the panel takes off {least} to {points} points in steps of {step}, or none",
)
TAKEN = Phrase("{title}经评审组评定扣 {sum} 分", "{title}: the panel takes off {sum} points")


class Given(RuleBase):
    """由评审组酌情评分：从 `least` 到本项分值，以 `step` 为单位。
    在扣分项里就是视情扣几分（扣 1—5 分写
    `least: 1`，没有问题评 0）。

    Points from `least` to the item's points, as judged by the panel in whole `step`s. Where
    the item takes points off, so many are taken off, or none.

    Example: `{kind: given, step: 0.5}`
    """

    accepts: ClassVar = frozenset({Shape.POINTS})
    kind: Literal["given"]
    step: Number
    """评分单位 · the smallest step"""
    least: Number = 0
    """至少几分 · the least that is given or taken off, if any"""

    def terms(self, item: Item) -> Sentence:
        values: dict[str, Value] = {"points": item.points, "step": self.step, "least": self.least}
        return Sentence(TERMS_TAKEN if item.takes else TERMS, values)

    def allows(self, points: Exact, most: Exact, takes: bool) -> bool:
        """Whether the panel may give these points."""
        if takes and points == 0:
            return True
        return self.least <= points <= most and divided(points, self.step).denominator == 1

    def pay(self, found: Found, item: Item) -> Payment:
        wording = TAKEN if item.takes else WHY
        return Payment(found.number, Sentence(wording, {"title": item.title, "sum": found.number}))

    def complaints(self, item: Item) -> Iterator[Complaint]:
        if self.step <= 0:
            yield Complaint("C010", ("step",), {"value": self.step})
        yield from price_complaints(self.step, item, "step")
        yield from price_complaints(self.least, item, "least")
