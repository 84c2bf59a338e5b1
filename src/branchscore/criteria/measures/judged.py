"""What the panel decides."""

from collections.abc import Iterator, Mapping
from typing import Literal

from branchscore.criteria.found import Facts, Found, Measured, Pending, Shape
from branchscore.criteria.measures.base import Complaint, Fields, MeasureBase
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Identifier, Wording


class Judged(MeasureBase):
    """A reviewer's judgement (评审组评定): one of the `levels`, each with the wording that
    anchors it, or points where no levels are named. Pending until the panel has judged.

    Example: `{kind: judged, levels: {good: 好, fair: 较好, poor: 一般}}`
    """

    kind: Literal["judged"]
    levels: Mapping[Identifier, Wording] | None = None

    def measure(self, facts: Facts, item: str) -> Measured:
        judgement = facts.judgements.get(item)
        if judgement is None:
            return Pending()
        return Found(judgement.value, words=self.levels or {})

    def shape(self, fields: Fields) -> Shape:
        return Shape.WORD if self.levels else Shape.POINTS

    def words(self, fields: Fields) -> Mapping[str, Phrase]:
        return self.levels or {}

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        yield from ()
