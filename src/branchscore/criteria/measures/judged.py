"""What the panel decides."""

from collections.abc import Iterator, Mapping
from typing import Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Facts, Found, Judgement, Measured, Pending, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier, Wording


class Judged(MeasureBase):
    """由评审组评定：在 `levels` 中定一个等次（每个等次写明标准），不写 `levels` 就是直接评分。
    未评定之前按待评处理，不按零分。`reason: required` 评定必须写明理由；`by` 由哪个部门评。

    A reviewer's judgement: one of the `levels`, each with the wording that anchors it, or
    points where no levels are named. Pending until the panel has judged. `reason: required`
    refuses a mark without a reason; `by` is the office that judges.

    Example: `{kind: judged, levels: {good: 好, fair: 较好, poor: 一般}}`
    """

    kind: Literal["judged"]
    levels: Mapping[Identifier, Wording] | None = None
    """等次及其标准 · the levels, each with the wording that anchors it"""
    reason: Literal["required", "optional"] = "optional"
    """是否必须写理由 · whether a mark needs a reason"""
    by: Wording | None = None
    """由谁评定 · the office that judges"""

    def measure(self, facts: Facts, item: str) -> Measured:
        judgement = facts.judgements.get(item)
        if not isinstance(judgement, Judgement) or isinstance(judgement.value, tuple):
            return Pending()  # several marks are paid one by one, then combined
        return Found(judgement.value, words=self.levels or {})

    def shape(self, fields: Fields) -> Shape:
        return Shape.WORD if self.levels else Shape.POINTS

    def words(self, fields: Fields) -> Mapping[str, Phrase]:
        return self.levels or {}

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or Phrase("分", "points")

    def reads(self) -> Iterator[Name]:
        yield from ()

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        yield from ()
