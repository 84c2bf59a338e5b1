"""Cases of a criteria file: branches made up to prove it, with what they must come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from branchscore.criteria.found import Judgements
from branchscore.criteria.model import Criteria
from branchscore.scoring.scorecard import Scorer
from branchscore.submission.reading import Submission
from branchscore.text.numbers import Exact
from branchscore.text.scalars import Code, Identifier, Line, Name
from branchscore.text.source import Document
from branchscore.text.typing import Strict

STANDING = ("grade", "outcome", "rank")
WHOLE = ("total", *STANDING)
"""What is expected of a branch as a whole, beside its items and sections."""


class ItemEntry(Strict):
    """一项应有的结果 · what an item must come to."""

    state: Literal["scored", "not_stated", "not_applicable", "not_proven", "pending"] | None = None
    """状态 · its state"""
    points: Line | None = None
    """得分，或尚未确定时的范围 · its points, or their range while open"""


Entry = Annotated[
    Annotated[ItemEntry, Tag("mapping")] | Annotated[Line, Tag("text")],
    Discriminator(lambda value: "mapping" if isinstance(value, dict | ItemEntry) else "text"),
]


Given = Annotated[
    Annotated[tuple[Line, ...], Tag("list")] | Annotated[Line, Tag("text")],
    Discriminator(lambda value: "list" if isinstance(value, list | tuple) else "text"),
]
"""What the panel agreed on, or what each reviewer gave."""


class CaseEntry(Strict):
    """一个案例：一个虚构支部的填报，和按评分表原文手算的结果。

    One case: the answers of a made-up branch, and what they come to by the words of the table,
    worked out by hand.
    """

    name: Name
    """名称，不与别的案例重复 · its name, of no other case"""
    tags: tuple[Line, ...] = ()
    """标签 · what it is an example of"""
    because: Line
    """怎样算出来的 · how the figures were worked out"""
    answers: Mapping[str, Any] = {}
    """填报，同申报文件；没有写的就是未填报 · as in a submission; the rest is not stated"""
    judged: Mapping[Code, Given] = {}
    """评审组的评定；评分表有 panel 的，可以按评委依次写成列表 · what the panel gave, by item or
    part; where the table has a panel, a list of what each reviewer gave"""
    self_scores: Any = None
    """自评分 · the branch's own points"""
    peers: tuple[Mapping[str, Any], ...] = ()
    """同批其他支部的填报 · the answers of other branches of the campaign"""
    expect: Mapping[Code, Entry] = {}
    """应有的结果 · what it must come to"""
    says: Mapping[Code, Line] = {}
    """中文理由里应有的文字 · text that the Chinese reason must contain"""


class CaseFile(Strict):
    """评分表的案例，放在评分表旁边，名为 `评分表.cases.yaml`。

    The cases of a criteria file, beside it, named `X.cases.yaml`.
    """

    criteria: Identifier
    """评分表的 id · the id of the criteria file"""
    cases: tuple[CaseEntry, ...]
    """案例 · the cases"""


@dataclass(frozen=True, slots=True)
class Expected:
    """What one item, section or the branch must come to; None where the case does not say."""

    span: tuple[Exact, Exact] | None = None
    state: str | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A sound case. `branches` are its own and then its peers'; `index` is its place in the
    file; `marks` are what the panel gave its own branch."""

    index: int
    name: str
    branches: Sequence[Submission]
    judgements: Mapping[str, Judgements]
    expect: Mapping[str, Expected]
    says: Mapping[str, str]

    @property
    def named(self) -> frozenset[str]:
        """The items, sections and words whose result it holds."""
        return frozenset((*self.expect, *self.says))


@dataclass(frozen=True, slots=True)
class Table:
    """A criteria file made ready to score."""

    criteria: Criteria
    document: Document
    scorer: Scorer
