"""Minus for what is missing."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.rules.base import Item, Payment, Stepped, number
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.scalars import Number

ENOUGH = Phrase(
    "{title}应{verb} {required}，实{verb} {value}，达到要求",
    "{title}: {required} required, {value} found: enough",
)
SHORT = Phrase(
    "{title}应{verb} {required}，实{verb} {value}，少 {short}扣 {lost} 分",
    "{title}: {required} required, {value} found, {short} short: minus {lost} points",
)
SHORT_OF = Phrase(
    "{title}应{verb} {required}，实{verb} {value}，少 {short}（{missing}）扣 {lost} 分",
    "{title}: {required} required, {value} found, {short} short ({missing}): minus {lost} points",
)
TERMS = Phrase(
    "应{verb} {required}，每少 {unit}扣 {each} 分，{end}",
    "{required} required, minus {each} points for each {unit} short, {end}",
)
TERMS_ALL = Phrase(
    "每缺 {unit}扣 {each} 分，{end}", "minus {each} points for each {unit} missing, {end}"
)
ALL_GONE = Phrase("扣完为止", "until none are left")
AT_MOST = Phrase("最多扣 {most} 分", "at most {most}")
GAIN = Phrase("补足 {short}可多得 {gain} 分", "{gain} points more for {short} more")


class Shortfall(Stepped):
    """少一次扣几分，扣完为止：应有 `required`，每少一个单位扣 `each` 分；超过不加分，
    也不会扣成负分。不写 `required` 就是应有的全部（十二个月、清单各项）。`at_most` 最多扣几分；
    `per` 每少多少算一次（每低 1%）。在扣分的部分里就是扣这么多分。

    The item's points less `each` for every unit that is missing of what is `required`. More
    than required earns nothing more, and nothing falls below the floor. Without `required`
    everything the measure expects is required: all twelve months, all seven elements.
    `at_most` caps what may be lost; `per` is the size of a unit (each 1% short). Where the
    item takes points off, what is lost is taken.

    Example: `{kind: shortfall, required: 4, each: 1.25}`
    """

    accepts: ClassVar = frozenset({Shape.NUMBER})
    states_points: ClassVar[bool] = False
    states_losses: ClassVar[bool] = True
    kind: Literal["shortfall"]
    required: Number | None = None
    """应有多少 · how much is required"""
    at_most: Number | None = None
    """最多扣几分 · the most that may be lost"""

    def rises(self, takes: bool) -> bool | None:
        return not takes

    def terms(self, item: Item) -> Sentence:
        values: dict[str, Value] = {
            "verb": item.verb,
            "unit": self.unit(item),
            "each": self.each,
            "end": Sentence(AT_MOST, {"most": self.at_most}) if self.at_most else ALL_GONE,
        }
        if self.required is None:
            return Sentence(TERMS_ALL, values)
        return Sentence(TERMS, {**values, "required": item.counted(self.required)})

    def pay(self, found: Found, item: Item) -> Payment:
        required = (found.whole or 0) if self.required is None else self.required
        short = max(required - found.number, 0)
        lost = self.each * self.units(short)
        if self.at_most is not None:
            lost = min(lost, self.at_most)
        values: dict[str, Value] = {
            "title": item.title,
            "verb": item.verb,
            "required": item.counted(required),
            "value": number(found, item),
            "short": item.counted(short),
            "lost": lost,
            "missing": found.missing,
            "gain": min(lost, item.points),
        }
        if not short:
            return Payment(0 if item.takes else item.points, Sentence(ENOUGH, values))
        named = len(found.missing) == short
        why = Sentence(SHORT_OF if named else SHORT, values)
        if item.takes:
            return Payment(lost, why)
        gain = Sentence(GAIN, values) if lost else None
        return Payment(item.points - lost, why, gain)

    def complaints(self, item: Item) -> Iterator[Complaint]:
        yield from super().complaints(item)
        if self.at_most is not None and self.at_most <= 0:
            yield Complaint("C010", ("at_most",), {"value": self.at_most})
