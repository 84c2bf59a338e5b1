"""Minus for what is too much."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.rules.base import Item, Payment, Stepped, number
from branchscore.criteria.rules.shortfall import ALL_GONE, AT_MOST
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.scalars import Number

NONE = Phrase("{title}为 {value}，不扣分", "{title}: {value}: nothing taken off")
OVER = Phrase(
    "{title}为 {value}，超过 {allowed}的部分为 {over}，扣 {lost} 分",
    "{title}: {value}, {over} above {allowed}: minus {lost} points",
)
EVENTS = Phrase(
    "{title} {value}，每 {unit}扣 {each} 分，扣 {lost} 分",
    "{title}: {value} at {each} points each: minus {lost} points",
)
TERMS = Phrase(
    "超过 {allowed}的，每 {unit}扣 {each} 分，{end}",
    "minus {each} points for each {unit} above {allowed}, {end}",
)
TERMS_EVENTS = Phrase("每 {unit}扣 {each} 分，{end}", "minus {each} points for each {unit}, {end}")
GAIN = Phrase(
    "不超过 {allowed}可多得 {gain} 分", "{gain} points more where it is at most {allowed}"
)


class Excess(Stepped):
    """有一次扣几分，扣完为止：从满分起，超过 `allowed` 的每个单位扣 `each` 分（发生一起扣几分写
    `allowed: 0`）。`at_most` 最多扣几分；`per` 每超多少算一次。
    在扣分的部分里就是扣这么多分。

    The item's points less `each` for every unit above `allowed`: events that cost points, an
    age above the mean. Nothing falls below the floor; where the item takes points off, what is
    lost is taken; `at_most` caps what may be lost.

    Example: `{kind: excess, allowed: 0, each: 2}`
    """

    accepts: ClassVar = frozenset({Shape.NUMBER})
    states_points: ClassVar[bool] = False
    states_losses: ClassVar[bool] = True
    kind: Literal["excess"]
    allowed: Number
    """超过多少才扣 · what costs nothing yet"""
    at_most: Number | None = None
    """最多扣几分 · the most that may be lost"""

    @property
    def rising(self) -> bool | None:
        return False

    def rises(self, takes: bool) -> bool | None:
        return takes

    def terms(self, item: Item) -> Sentence:
        values: dict[str, Value] = {
            "allowed": item.counted(self.allowed),
            "unit": self.unit(item),
            "each": self.each,
            "end": Sentence(AT_MOST, {"most": self.at_most}) if self.at_most else ALL_GONE,
        }
        return Sentence(TERMS if self.allowed else TERMS_EVENTS, values)

    def pay(self, found: Found, item: Item) -> Payment:
        over = max(found.number - self.allowed, 0)
        lost = self.each * self.units(over)
        if self.at_most is not None:
            lost = min(lost, self.at_most)
        values: dict[str, Value] = {
            "title": item.title,
            "value": number(found, item),
            "allowed": item.counted(self.allowed),
            "over": item.counted(over),
            "unit": self.unit(item),
            "each": self.each,
            "lost": lost,
            "gain": min(lost, item.points),
        }
        if not lost:
            return Payment(0 if item.takes else item.points, Sentence(NONE, values))
        events = not self.allowed and self.per is None
        why = Sentence(EVENTS if events else OVER, values)
        if item.takes:
            return Payment(lost, why)
        return Payment(item.points - lost, why, Sentence(GAIN, values))

    def complaints(self, item: Item) -> Iterator[Complaint]:
        yield from super().complaints(item)
        if self.at_most is not None and self.at_most <= 0:
            yield Complaint("C010", ("at_most",), {"value": self.at_most})
