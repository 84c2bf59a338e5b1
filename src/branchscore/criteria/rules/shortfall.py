"""Minus for what is missing."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from branchscore.criteria.found import Found, Shape
from branchscore.criteria.measures.base import Complaint
from branchscore.criteria.rules.base import Item, Payment, RuleBase, price_complaints
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.scalars import Number

ENOUGH = Phrase(
    "{title}应{verb} {required} {unit}，实{verb} {value} {unit}，达到要求",
    "{title}: {required} {unit} required, {value} found: enough",
)
SHORT = Phrase(
    "{title}应{verb} {required} {unit}，实{verb} {value} {unit}，少 {short} {unit}扣 {lost} 分",
    "{title}: {required} {unit} required, {value} found, {short} short: minus {lost} points",
)
SHORT_OF = Phrase(
    "{title}应{verb} {required} {unit}，实{verb} {value} {unit}，"
    "少 {short} {unit}（{missing}）扣 {lost} 分",
    "{title}: {required} {unit} required, {value} found, {short} short ({missing}): "
    "minus {lost} points",
)
TERMS = Phrase(
    "应{verb} {required} {unit}，每少 1 {unit}扣 {each} 分，扣完为止",
    "{required} {unit} required, minus {each} points for each one short",
)
TERMS_ALL = Phrase(
    "每缺 1 {unit}扣 {each} 分，扣完为止", "minus {each} points for each of the {unit} missing"
)
GAIN = Phrase(
    "补足 {short} {unit}可多得 {gain} 分", "{gain} points more for the {short} {unit} missing"
)


class Shortfall(RuleBase):
    """The item's points less `each` for every unit that is missing of what is `required`
    (少 1 次扣 n 分，扣完为止). More than required earns nothing more, and the item never falls
    below its floor. Without `required` everything the measure expects is required: all
    twelve months, all seven elements.

    Example: `{kind: shortfall, required: 4, each: 1.25}`
    """

    accepts: ClassVar = frozenset({Shape.NUMBER})
    states_points: ClassVar[bool] = False
    kind: Literal["shortfall"]
    each: Number
    required: Number | None = None

    def terms(self, item: Item) -> Sentence:
        values: dict[str, Value] = {"verb": item.verb, "unit": item.unit, "each": self.each}
        if self.required is None:
            return Sentence(TERMS_ALL, values)
        return Sentence(TERMS, {**values, "required": self.required})

    def pay(self, found: Found, item: Item) -> Payment:
        required = (found.whole or 0) if self.required is None else self.required
        short = max(required - found.number, 0)
        lost = self.each * short
        values: dict[str, Value] = {
            "title": item.title,
            "verb": item.verb,
            "unit": item.unit,
            "required": required,
            "value": found.number,
            "short": short,
            "lost": lost,
            "missing": found.missing,
            "gain": min(lost, item.points),
        }
        if not short:
            return Payment(item.points, Sentence(ENOUGH, values))
        named = len(found.missing) == short
        why = Sentence(SHORT_OF if named else SHORT, values)
        return Payment(item.points - lost, why, Sentence(GAIN, values))

    def complaints(self, item: Item) -> Iterator[Complaint]:
        if self.each <= 0:
            yield Complaint("C010", ("each",), {"value": self.each})
        yield from price_complaints(self.each, item, "each")
