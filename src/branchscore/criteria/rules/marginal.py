"""A price that changes with the amount."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field as Key

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.rules.base import Item, Payment, RuleBase, number, price_complaints
from branchscore.text.numbers import Exact, divided
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.scalars import Number
from branchscore.text.typing import Strict

WHY = Phrase("{title}为 {value}，分段计 {sum} 分", "{title}: {value}; by segments: {sum} points")
TERMS = Phrase("分段累计：{segments}", "by segments: {segments}")
SEGMENT = Phrase("{up_to}以内每满 {per} {each} 分", "{each} for each whole {per} up to {up_to}")
REST = Phrase("以上每满 {per} {each} 分", "{each} for each whole {per} above")
GAIN = Phrase("增加可多得分，至多再得 {gain} 分", "more earns more, up to {gain} points")


class Segment(Strict):
    """一段：从上一段的终点到 `up_to`，每满 `per` 计 `each` 分。

    A segment: from where the one before it ends up to `up_to`, `each` points for every whole
    `per`."""

    up_to: Number | None = None
    """到多少为止，最后一段可不写 · where it ends; the last may be open"""
    each: Number
    """每个单位几分 · points for each unit"""
    per: Number
    """多少算一个单位，不满不计 · the size of a unit; parts do not count"""


class Marginal(RuleBase):
    """分段累计：各段单价不同（1000 元以内每满 100 元 1 分，1001—5000 元每满 400 元 1 分……），
    每一段只按落在本段里的数计分，不满一个单位的不计。

    Segments with prices of their own, like a tax: each segment pays for what lies in it,
    whole units only, and the segments add up.

    Example: `{kind: marginal, segments: [{up_to: 1000, each: 1, per: 100},
    {each: 1, per: 400}]}`
    """

    accepts: ClassVar = frozenset({Shape.NUMBER})
    kind: Literal["marginal"]
    segments: tuple[Segment, ...] = Key(min_length=1)
    """各段，由低到高 · the segments, from the lowest up"""

    def terms(self, item: Item) -> Sentence:
        said = tuple(
            Sentence(
                REST if segment.up_to is None else SEGMENT,
                {
                    "up_to": item.counted(segment.up_to or 0),
                    "per": item.counted(segment.per),
                    "each": segment.each,
                },
            )
            for segment in self.segments
        )
        return Sentence(TERMS, {"segments": said})

    def pay(self, found: Found, item: Item) -> Payment:
        points: Exact = 0
        start: Exact = 0
        for segment in self.segments:
            end = found.number if segment.up_to is None else min(found.number, segment.up_to)
            units = divided(max(end - start, 0), segment.per)
            points += segment.each * (units.numerator // units.denominator)
            start = max(start, end)
        values: dict[str, Value] = {
            "title": item.title,
            "value": number(found, item),
            "sum": points,
            "gain": item.points - points,
        }
        gain = Sentence(GAIN, values) if points < item.points else None
        return Payment(points, Sentence(WHY, values), gain)

    def complaints(self, item: Item) -> Iterator[Complaint]:
        before: Exact = 0
        for i, segment in enumerate(self.segments):
            for key in ("each", "per"):
                if getattr(segment, key) <= 0:
                    yield Complaint("C010", ("segments", i, key), {"value": getattr(segment, key)})
            yield from price_complaints(segment.each, item, "segments", i, "each")
            if segment.up_to is None and i < len(self.segments) - 1:
                yield Complaint("C015", ("segments", i), {"name": "up_to", "when": str(i + 2)})
            elif segment.up_to is not None and segment.up_to <= before:
                values = {"value": segment.up_to, "before": before}
                yield Complaint("C004", ("segments", i, "up_to"), values)
            before = before if segment.up_to is None else segment.up_to
