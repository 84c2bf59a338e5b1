"""So much for each."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from branchscore.criteria.found import Found, Shape
from branchscore.criteria.measures.base import Complaint
from branchscore.criteria.rules.base import Item, Payment, RuleBase, price_complaints
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.scalars import Number

WHY = Phrase(
    "{title} {value} {unit}，每 {unit} {each} 分，计 {sum} 分",
    "{title}: {value} {unit} at {each} points each: {sum} points",
)
TERMS = Phrase(
    "每 {unit} {each} 分，最多 {points} 分", "{each} points for each ({unit}), at most {points}"
)
GAIN = Phrase(
    "每增加 1 {unit}可多得 {each} 分，至多再得 {gain} 分",
    "{each} points for each one more ({unit}), up to {gain} more",
)


class PerUnit(RuleBase):
    """`each` points for every unit, up to the item's points (每次计 n 分，最多 m 分).

    Example: `{kind: per_unit, each: 0.5}`
    """

    accepts: ClassVar = frozenset({Shape.NUMBER})
    kind: Literal["per_unit"]
    each: Number

    def terms(self, item: Item) -> Sentence:
        return Sentence(TERMS, {"unit": item.unit, "each": self.each, "points": item.points})

    def pay(self, found: Found, item: Item) -> Payment:
        points = self.each * found.number
        values: dict[str, Value] = {
            "title": item.title,
            "unit": item.unit,
            "value": found.number,
            "each": self.each,
            "sum": points,
            "gain": item.points - points,
        }
        gain = Sentence(GAIN, values) if points < item.points else None
        return Payment(points, Sentence(WHY, values), gain)

    def complaints(self, item: Item) -> Iterator[Complaint]:
        if self.each <= 0:
            yield Complaint("C010", ("each",), {"value": self.each})
        yield from price_complaints(self.each, item, "each")
