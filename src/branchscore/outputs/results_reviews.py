"""The part of `results.json` that is about reviewers."""

from typing_extensions import TypedDict

from branchscore.outputs.wordings import Both


class Ends(TypedDict):
    """已确定的分数和还可能的分数，确定了就相同 · points that are certain and points that are
    possible, equal once decided."""

    low: str
    high: str


class MarkSaid(TypedDict):
    """一位评委（或计票）对一项或其中一部分（`of`）的评定、折合的分数和理由。

    What one reviewer gave, or votes came to, for an item or a part of one (`of`), its points and
    the reason."""

    of: str
    reviewer: str
    source: Both
    given: Both
    points: str
    reason: str | None


class StrikeSaid(TypedDict):
    """谁核减了什么、为什么，涉及哪些填报内容 · who struck what and why, and of which fields."""

    reviewer: str
    what: Both
    reason: str
    fields: list[str]


class Remark(TypedDict):
    """评委的意见，或回避的原因 · a reviewer's comment, or the conflict that recuses one."""

    reviewer: str
    text: str
