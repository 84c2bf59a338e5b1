"""`results.json`: the evaluation as plain data, the one source of every page and table.

Numbers of points are strings, because a JSON number is read back as a float; they are
decimals, or fractions such as `5/6` where decimals do not end.
"""

from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic_core import to_json
from typing_extensions import TypedDict

from branchscore.outputs.results_changes import BranchChange, InsteadOf
from branchscore.outputs.results_decisions import DecisionSaid, QuestionSaid
from branchscore.outputs.results_evidence import Proof, Repeat
from branchscore.outputs.results_reviews import Ends, MarkSaid, Remark, StrikeSaid
from branchscore.outputs.results_safety import PanelSaid, SafetySaid
from branchscore.outputs.results_spread import ClauseSaid, GroupSaid, Spread, StateSaid
from branchscore.outputs.wordings import Both
from branchscore.text.phrase import Phrase
from branchscore.text.schema import published

TITLE = Phrase("评估结果", "results of an evaluation")
FORMAT: Literal["branchscore-results/1"] = "branchscore-results/1"


class Cited(TypedDict):
    """文件名称，及其条款、原文 · a document by its title, and the article or sentence of it."""

    document: Both
    article: str | None
    quote: str | None


class ItemTerms(TypedDict):
    """评分表的一项：分值和办法 · an indicator of the table: its points and its rule in words."""

    id: str
    title: Both
    points: str
    terms: Both
    source: Cited | None


class SectionTerms(TypedDict):
    """评分表的一部分，或加分项、扣分项（`kind`）；`points` 是各项之和，或封顶的分数。

    A dimension, or the bonus or penalty group (`kind`); `points` is its sum or its cap."""

    id: str
    kind: Literal["dimension", "bonus", "penalties"]
    title: Both
    points: str
    items: list[ItemTerms]


class Table(TypedDict):
    """所用的评分表；`secret` 是不公开的填报内容在申报里的写法。

    The criteria that were applied; `secret` are the keys that lead to answers which nobody is
    shown."""

    id: str
    title: Both
    year: int
    batch: Both
    first_day: str
    last_day: str
    issuers: list[Both]
    legal_basis: list[Cited]
    note: Both | None
    total: str
    decimals: int
    rounding: Literal["half-up", "half-even"]
    rounded_at: Literal["item", "total"]
    quota: int | None
    minimum: Both | None
    grades: list[Both]
    method: list[ClauseSaid]
    fields: dict[str, Both]
    secret: list[list[str]]
    sections: list[SectionTerms]


class Place(TypedDict):
    """读了哪一项填报内容：在申报里的行和列，台账则有计入的各条记录的行。

    A field that was read, its line and column in the submission, and for a list the lines
    of the records that count."""

    field: str
    line: int
    column: int
    records: list[int]


class Said(TypedDict):
    """评分结果。`low` 与 `high` 不同时 `points` 为 null；`before` 是封顶、保底、修约之前的分数；
    `gain` 怎样可以多得分，`measured` 查得的数。

    A verdict. `points` is null while `low` and `high` differ; `before` are the points before
    the item's bounds and rounding; `gain` is what would have earned more, `measured`
    the value that was found."""

    state: Literal["scored", "not_stated", "not_applicable", "not_proven", "pending", "struck"]
    before: str | None
    points: str | None
    low: str
    high: str
    why: Both
    gain: Both | None
    measured: Both | None


class Item(Said):
    """一个支部一项的评分结果、自评分，以及所读填报内容的位置；`computed` 是核减之前按规则计的分，
    由评委评定的项目没有，`marks` 是各位评委的评定。

    The verdict on one indicator of one branch, its own score for it, and where the answers
    stand that were read; `computed` is what the rules gave before anything was struck, null where
    reviewers judge; `marks` are what they gave."""

    id: str
    self: str | None
    computed: Ends | None
    marks: list[MarkSaid]
    places: list[Place]


class Adjustment(TypedDict):
    """一部分在各项之外增减的分数及其理由 · points that a section gains or loses beside its items,
    and why."""

    why: Both
    low: str
    high: str


class Part(TypedDict):
    """一个支部一部分的得分：各项和增减，封顶之后 · what one branch earned in one section: its items
    and adjustments, within its cap."""

    id: str
    low: str
    high: str
    items: list[Item]
    adjustments: list[Adjustment]


class Test(TypedDict):
    """申报条件或一票否决：是否成立，没有填报为 null · a gate or veto: whether its condition holds,
    null where that is not stated."""

    id: str
    kind: Literal["gate", "veto"]
    title: Both
    holds: bool | None
    why: Both
    places: list[Place]


class Branch(TypedDict):
    """一个支部的结果；有未填报、未评定的，`points` 为 null；`computed` 是核减之前的总分，
    `recused` 是回避的评委。

    One branch's result. `points` is null while anything is not stated or not judged; `computed`
    is the total before anything was struck, `recused` are the reviewers who kept out."""

    code: str
    name: str
    fictional: bool
    file: str
    rank: int | None
    outcome: Literal[
        "named",
        "candidate",
        "not_named",
        "reserve",
        "tied",
        "open",
        "below_minimum",
        "last_out",
        "ranked",
        "undetermined",
        "ineligible",
        "vetoed",
    ]
    grade: Both
    why: Both
    points: str | None
    low: str
    high: str
    computed: Ends
    self: str | None
    sections: list[Part]
    tests: list[Test]
    evidence: list[Proof]
    strikes: list[StrikeSaid]
    comments: list[Remark]
    recused: list[Remark]
    note: str | None


class InputEntry(TypedDict):
    """一个文件及其处理；`why` 是退回的错误代码，或忽略的原因。

    A file that was handed in, and what became of it; `why` are the codes it was refused for, or
    why it was ignored: `hidden`, `cases` or `not YAML`."""

    file: str
    status: Literal[
        "criteria", "extended", "review", "decision", "scored", "refused", "ignored", "earlier"
    ]
    why: list[str]
    sha256: str


class Fault(TypedDict):
    """一处错误或提醒；整个文件的，行和列为 0 · a fault or warning; line and column are 0
    where it is of the whole file."""

    code: str
    name: str
    severity: Literal["error", "warning", "note"]
    file: str
    line: int
    column: int
    cause: Both
    mend: Both


class Results(TypedDict):
    """一次评估的全部结果；代替以前评估的，`instead_of` 写明哪一次、为什么，`changes` 是与它的不同。

    A whole evaluation; one instead of an earlier run names it and says why in `instead_of`, and
    `changes` is what differs from it."""

    format: Literal["branchscore-results/1"]
    version: str
    criteria: Table
    reviewers: list[str]
    instead_of: InsteadOf | None
    changes: list[BranchChange]
    branches: list[Branch]
    evidence: list[Repeat]
    panel: PanelSaid | None
    safety: SafetySaid | None
    decisions: list[DecisionSaid]
    questions: list[QuestionSaid]
    spread: Spread | None
    groups: list[GroupSaid]
    states: list[StateSaid]
    inputs: list[InputEntry]
    faults: list[Fault]


def schema() -> dict[str, Any]:
    """The JSON Schema of `results.json`."""
    return published(TypeAdapter(Results), TITLE, "serialization")


def encoded(results: Results) -> bytes:
    return to_json(results, indent=1) + b"\n"
