"""So much for each."""

from typing import ClassVar, Literal

from branchscore.criteria.found import Found, Shape
from branchscore.criteria.rules.base import Item, Payment, Stepped, number
from branchscore.text.numbers import is_unlimited
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.scalars import Number

WHY = Phrase(
    "{title} {value}，每 {unit} {each} 分，计 {sum} 分",
    "{title}: {value} at {each} points for each {unit}: {sum} points",
)
ABOVE = Phrase(
    "{title} {value}，超过 {above}的每 {unit} {each} 分，计 {sum} 分",
    "{title}: {value}; {each} points for each {unit} above {above}: {sum} points",
)
TERMS = Phrase("{from}每 {unit} {each} 分{end}", "{each} points for each {unit}{from}{end}")
FROM = Phrase("超过 {above}的，", " above {above}")
MOST = Phrase("，最多 {points} 分", ", at most {points}")
NOTHING = Phrase("", "")
GAIN = Phrase(
    "每增加 {unit}可多得 {each} 分，至多再得 {gain} 分",
    "{each} points for each further {unit}, up to {gain} more",
)
GAIN_OPEN = Phrase("每增加 {unit}可多得 {each} 分", "{each} points for each further {unit}")


class PerUnit(Stepped):
    """每次计几分，最多到本项分值（本项 `points: unlimited` 即不封顶）。`above` 超过多少才开始计；
    `per` 每满多少算一次。在扣分项里就是每次扣几分。

    `each` points for every unit (above `above`, if given), up to the item's points. Where the
    item takes points off, so much is taken off for each.

    Example: `{kind: per_unit, each: 0.5}`
    """

    accepts: ClassVar = frozenset({Shape.NUMBER})
    kind: Literal["per_unit"]
    above: Number = 0
    """超过多少才计 · only what is above this is paid"""

    def terms(self, item: Item) -> Sentence:
        bounded = not is_unlimited(item.points)
        values: dict[str, Value] = {
            "from": Sentence(FROM, {"above": item.counted(self.above)}) if self.above else NOTHING,
            "unit": self.unit(item),
            "each": self.each,
            "end": Sentence(MOST, {"points": item.points}) if bounded else NOTHING,
        }
        return Sentence(TERMS, values)

    def pay(self, found: Found, item: Item) -> Payment:
        points = self.each * self.units(max(found.number - self.above, 0))
        values: dict[str, Value] = {
            "title": item.title,
            "unit": self.unit(item),
            "value": number(found, item),
            "above": item.counted(self.above),
            "each": self.each,
            "sum": points,
            "gain": item.points - points,
        }
        bounded = not is_unlimited(item.points)
        gain = Sentence(GAIN if bounded else GAIN_OPEN, values) if points < item.points else None
        return Payment(points, Sentence(ABOVE if self.above else WHY, values), gain)
