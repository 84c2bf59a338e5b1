"""In proportion."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from branchscore.criteria.found import Found, Shape
from branchscore.criteria.measures.base import Complaint
from branchscore.criteria.rules.base import Item, Payment, RuleBase, many
from branchscore.text.numbers import divided
from branchscore.text.phrase import Phrase, Sentence, Share, Value
from branchscore.text.scalars import Number

WHY = Phrase(
    "{title}为 {value}，{zero} 计零分、{full} 计满分，按比例计 {sum} 分",
    "{title}: {value}; none at {zero}, all at {full}, in proportion: {sum} points",
)
TERMS = Phrase(
    "{zero} 及以下不得分，{full} 及以上得 {points} 分，其间按比例",
    "none at {zero} or below, {points} points at {full} or above, in proportion between",
)
GAIN = Phrase("达到 {full} 可多得 {gain} 分", "{gain} points more for reaching {full}")


class Linear(RuleBase):
    """None of the points at `zero_at`, all of them at `full_at`, in proportion between
    (按比例计分). Exact; rounded only where the file's `rounding` says.

    Example: `{kind: linear, zero_at: 60%, full_at: 90%}`
    """

    accepts: ClassVar = frozenset({Shape.NUMBER})
    kind: Literal["linear"]
    zero_at: Number
    full_at: Number

    def terms(self, item: Item) -> Sentence:
        zero, full = self._ends(self.full_at <= 1)
        return Sentence(TERMS, {"zero": zero, "full": full, "points": item.points})

    def pay(self, found: Found, item: Item) -> Payment:
        span = self.full_at - self.zero_at
        share = min(max(divided(found.number - self.zero_at, span), 0), 1)
        zero, full = self._ends(found.ratio)
        values: dict[str, Value] = {
            "title": item.title,
            "value": many(found),
            "zero": zero,
            "full": full,
            "sum": share * item.points,
            "gain": item.points - share * item.points,
        }
        gain = Sentence(GAIN, values) if share < 1 else None
        return Payment(share * item.points, Sentence(WHY, values), gain)

    def _ends(self, ratio: bool) -> tuple[Value, Value]:
        return (Share(self.zero_at), Share(self.full_at)) if ratio else (self.zero_at, self.full_at)

    def complaints(self, item: Item) -> Iterator[Complaint]:
        if self.full_at <= self.zero_at:
            yield Complaint("C004", ("full_at",), {"value": self.full_at, "before": self.zero_at})
