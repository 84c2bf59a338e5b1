"""Points by place."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field as Key

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.rules.base import Item, Payment, RuleBase, price_complaints
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.scalars import Number

WHY = Phrase("{title}列第 {place} 名，计 {sum} 分", "{title}: place {place}: {sum} points")
TERMS = Phrase("依名次计 {points} 分，其余 {otherwise} 分", "by place: {points}; else {otherwise}")
GAIN = Phrase("列第一名可多得 {gain} 分", "{gain} points more for the first place")


class Places(RuleBase):
    """按名次计分：第一名、第二名……各多少分，其后的 `otherwise`。与 `peers` 的 `rank` 合用。

    Points for the first, second, third place and so on, `otherwise` for all after them. For a
    rank among the peers.

    Example: `{kind: places, points: [60, 57, 54, 51, 48], otherwise: 45}`
    """

    accepts: ClassVar = frozenset({Shape.NUMBER})
    kind: Literal["places"]
    points: tuple[Number, ...] = Key(min_length=1)
    """第一名起各名次的分数 · points from the first place on"""
    otherwise: Number
    """其后的分数 · points of all others"""

    @property
    def rising(self) -> bool | None:
        points = [*self.points, self.otherwise]
        return False if points == sorted(points, reverse=True) else None

    def terms(self, item: Item) -> Sentence:
        return Sentence(TERMS, {"points": self.points, "otherwise": self.otherwise})

    def pay(self, found: Found, item: Item) -> Payment:
        place = int(found.number)
        held = 1 <= place <= len(self.points)
        points = self.points[place - 1] if held else self.otherwise
        values: dict[str, Value] = {
            "title": item.title,
            "place": place,
            "sum": points,
            "gain": self.points[0] - points,
        }
        gain = Sentence(GAIN, values) if points < self.points[0] else None
        return Payment(points, Sentence(WHY, values), gain)

    def complaints(self, item: Item) -> Iterator[Complaint]:
        for i, price in enumerate(self.points):
            yield from price_complaints(price, item, "points", i)
        yield from price_complaints(self.otherwise, item, "otherwise")
