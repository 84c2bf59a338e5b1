"""All points or none."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.condition import Condition
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.rules.base import Item, Payment, RuleBase
from branchscore.text.phrase import Phrase, Sentence, Value

MET = Phrase(
    "{title}要求{wanted}，实为 {value}，达到要求",
    "{title}: required {wanted}, found {value}: met",
)
UNMET = Phrase(
    "{title}要求{wanted}，实为 {value}，未达到要求",
    "{title}: required {wanted}, found {value}: not met",
)
STRUCK = Phrase("{title}：实为 {value}，属扣分情形", "{title}: {value} found, which costs points")
CLEAR = Phrase("{title}：实为 {value}，不扣分", "{title}: {value} found, nothing taken off")
TERMS = Phrase("达到要求得 {points} 分，否则不得分", "{points} points if met, otherwise none")
TERMS_TAKEN = Phrase("有此情形扣 {points} 分", "{points} points taken off where it is so")
GAIN = Phrase("达到“{wanted}”可得 {points} 分", "{points} points for reaching: {wanted}")


class AllOrNothing(Condition, RuleBase):
    """达到要求得满分，否则不得分（有/无、达到/未达到）；在扣分项里就是有此情形扣几分。

    All the item's points where the measured value meets the limit, none otherwise. Where the
    item takes points off, all of them are taken off where the limit is met.

    Example: `{kind: all_or_nothing, at_least: 1}` or `{kind: all_or_nothing, equals: true}`
    """

    accepts: ClassVar = frozenset({Shape.NUMBER, Shape.FLAG, Shape.WORD, Shape.DAY})
    states_points: ClassVar[bool] = False
    kind: Literal["all_or_nothing"]

    def terms(self, item: Item) -> Sentence:
        return Sentence(TERMS_TAKEN if item.takes else TERMS, {"points": item.points})

    def pay(self, found: Found, item: Item) -> Payment:
        met = self.holds(found)
        values: dict[str, Value] = {
            "title": item.title,
            "wanted": self.wanted(found, item.unit),
            "value": found.shown(),
            "points": item.points,
        }
        if item.takes:
            return Payment(item.points if met else 0, Sentence(STRUCK if met else CLEAR, values))
        if met:
            return Payment(item.points, Sentence(MET, values))
        return Payment(0, Sentence(UNMET, values), Sentence(GAIN, values))

    def complaints(self, item: Item) -> Iterator[Complaint]:
        yield from self.condition_complaints(item.shape, item.words)
