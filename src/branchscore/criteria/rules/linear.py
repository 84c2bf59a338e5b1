"""In proportion."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.rules.base import Item, Payment, RuleBase, number
from branchscore.text.numbers import divided
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.scalars import Number

WHY = Phrase(
    "{title}为 {value}，{zero} 计零分、{full} 计满分，按比例计 {sum} 分",
    "{title}: {value}; none at {zero}, all at {full}, in proportion: {sum} points",
)
TERMS = Phrase(
    "{zero} 及以下不得分，{full} 及以上得 {points} 分，其间按比例",
    "none at {zero} or below, {points} points at {full} or above, in proportion between",
)
FALLING = Phrase(
    "{zero} 及以上不得分，{full} 及以下得 {points} 分，其间按比例",
    "none at {zero} or above, {points} points at {full} or below, in proportion between",
)
GAIN = Phrase("达到 {full} 可多得 {gain} 分", "{gain} points more for reaching {full}")


class Linear(RuleBase):
    """按比例计分：`zero_at` 计零分，`full_at` 计满分，其间按比例，精确计算，
    只在评分表写明的地方修约。
    `zero_at` 大于 `full_at` 就是越少分越高。折算外部分数也用它。

    None of the points at `zero_at`, all of them at `full_at`, in proportion between; exact,
    rounded only where the file's `rounding` says. With `zero_at` above `full_at` less is
    better. It also converts the points of another assessment.

    Example: `{kind: linear, zero_at: 60%, full_at: 90%}`
    """

    accepts: ClassVar = frozenset({Shape.NUMBER, Shape.POINTS})
    kind: Literal["linear"]
    zero_at: Number
    """计零分的数 · where nothing is earned"""
    full_at: Number
    """计满分的数 · where all is earned"""

    @property
    def rising(self) -> bool | None:
        return self.full_at > self.zero_at

    def terms(self, item: Item) -> Sentence:
        values: dict[str, Value] = {
            "zero": item.amount(self.zero_at),
            "full": item.amount(self.full_at),
            "points": item.points,
        }
        return Sentence(TERMS if self.rising else FALLING, values)

    def pay(self, found: Found, item: Item) -> Payment:
        span = self.full_at - self.zero_at
        share = min(max(divided(found.number - self.zero_at, span), 0), 1)
        values: dict[str, Value] = {
            "title": item.title,
            "value": number(found, item),
            "zero": item.amount(self.zero_at),
            "full": item.amount(self.full_at),
            "sum": share * item.points,
            "gain": item.points - share * item.points,
        }
        gain = Sentence(GAIN, values) if share < 1 else None
        return Payment(share * item.points, Sentence(WHY, values), gain)

    def complaints(self, item: Item) -> Iterator[Complaint]:
        if self.full_at == self.zero_at:
            yield Complaint("C004", ("full_at",), {"value": self.full_at, "before": self.zero_at})
