"""Points by level."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.rules.base import Item, Payment, RuleBase, prices, words_complaints
from branchscore.text.phrase import Phrase, Sentence
from branchscore.text.scalars import Identifier, Number

WHY = Phrase("{title}评为“{level}”，计 {sum} 分", "{title}: “{level}”: {sum} points")
TERMS = Phrase("按等次计分：{prices}", "by level: {prices}")
GAIN = Phrase("评为最高等次可多得 {gain} 分", "{gain} points more at the highest level")


class Levels(RuleBase):
    """按等次计分：填报或评定的等次（好、较好、一般、差）各值多少分，每个等次都要写明。

    The points of the level that was chosen or judged. Every level that can be chosen must have
    its points.

    Example: `{kind: levels, points: {good: 3, fair: 2, poor: 0}}`
    """

    accepts: ClassVar = frozenset({Shape.WORD})
    kind: Literal["levels"]
    points: Mapping[Identifier, Number]
    """每个等次的分数 · the points of each level"""

    def terms(self, item: Item) -> Sentence:
        return Sentence(TERMS, {"prices": prices(self.points, item.words)})

    def pay(self, found: Found, item: Item) -> Payment:
        points = self.points[str(found.value)]
        why = Sentence(WHY, {"title": item.title, "level": found.shown(), "sum": points})
        most = max(self.points.values())
        gain = Sentence(GAIN, {"gain": most - points}) if points < most else None
        return Payment(points, why, gain)

    def complaints(self, item: Item) -> Iterator[Complaint]:
        yield from words_complaints(self.points, item)
