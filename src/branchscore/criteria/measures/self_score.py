"""What a branch gave itself."""

from collections.abc import Iterator
from typing import Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name
from branchscore.text.numbers import total
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Code

POINTS = Phrase("分", "points")


class SelfScore(MeasureBase):
    """支部自评分：`item` 是哪一项的自评分，不写就是各项自评分之和。
    用于自评分按权重计入总分的评分表。

    The branch's own points for one `item`, or for all items together: for tables in which the
    self-assessment counts with a weight.

    Example: `{kind: self_score, item: P1}`
    """

    kind: Literal["self_score"]
    item: Code | None = None
    """哪一项的自评分，不写则为合计 · which item; without it, the sum of all"""

    def measure(self, facts: Facts, item: str) -> Measured:
        if self.item is not None:
            points = facts.self_scores.get(self.item)
            return NotStated(()) if points is None else Found(points)
        return Found(total(facts.self_scores.values())) if facts.self_scores else NotStated(())

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or POINTS

    def reads(self) -> Iterator[Name]:
        yield from ()

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        yield from ()
