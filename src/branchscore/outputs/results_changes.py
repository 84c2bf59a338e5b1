"""How two evaluations differ, as plain data."""

from typing import Literal

from typing_extensions import TypedDict

from branchscore.outputs.results_reviews import Ends
from branchscore.outputs.wordings import Both

Way = Literal["joined", "left", "rose", "fell", "changed"]
Sort = Literal["item", "section", "total"]


class Stood(TypedDict):
    """一个支部当时的名次、结果、等次和总分 · where a branch stood."""

    rank: int | None
    outcome: str
    grade: Both
    low: str
    high: str


class LineChange(TypedDict):
    """一项（item）、一部分各项之外的增减（section）或总分的封顶、修约（total），前后的分数和理由；没有
    这一项的为 null。各行之差相加就是总分之差。

    An item, what a section has beside its items, or the total beside its sections: points and
    reasons before and after, null where there is none. The lines add up to the difference of the
    totals."""

    kind: Sort
    id: str
    title: Both
    before: Ends | None
    after: Ends | None
    why_before: Both | None
    why_after: Both | None


class SheetChange(TypedDict):
    """核减（strike）或评定（mark）的增减；`of` 是哪一项 · a strike or a mark that came or went;
    `of` is the item that a mark is for."""

    kind: Literal["strike", "mark"]
    way: Literal["added", "removed"]
    reviewer: str
    of: str
    what: Both
    reason: str | None


class BranchChange(TypedDict):
    """一个支部的变化；没有参加的一次为 null · what changed for one branch; null where it took no
    part."""

    code: str
    name: str
    way: Way
    before: Stood | None
    after: Stood | None
    lines: list[LineChange]
    sheets: list[SheetChange]


class TableChange(TypedDict):
    """评分表、名额或命名的最低等次，前后不同 · the criteria file, the places or the least grade
    for a title, which differ."""

    what: Literal["criteria", "quota", "minimum"]
    before: Both | None
    after: Both | None


class InputChange(TypedDict):
    """一个输入文件前后的 SHA-256，没有的为 null · the SHA-256 of an input before and after, null
    where it was none."""

    file: str
    status: str
    before: str | None
    after: str | None


class Comparison(TypedDict):
    """两次评估的不同；`what_if` 为假设，没有写出任何结果，`same` 是没有变化的支部数。

    How two evaluations differ; with `what_if` the second was never written; `same` branches are
    as they were."""

    format: Literal["branchscore-comparison/1"]
    what_if: bool
    before: str
    after: str
    table: list[TableChange]
    inputs: list[InputChange]
    same: int
    branches: list[BranchChange]


class InsteadOf(TypedDict):
    """代替以前的哪次评估（及其 manifest.json 的 SHA-256），为什么 · the earlier run that this one
    is instead of, the SHA-256 of its manifest.json, and why."""

    run: str
    sha256: str
    because: str
