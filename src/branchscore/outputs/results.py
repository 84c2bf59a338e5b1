"""`results.json`: the evaluation as plain data, the one source of every page and table.

Numbers of points are strings, because a JSON number is read back as a float; they are
decimals, or fractions such as `5/6` where decimals do not end.
"""

from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic_core import to_json
from typing_extensions import TypedDict

FORMAT: Literal["branchscore-results/1"] = "branchscore-results/1"


class Both(TypedDict):
    """One wording in Chinese and English."""

    zh: str
    en: str


class Cited(TypedDict):
    """A document by its title, and the article or sentence of it."""

    document: Both
    article: str | None
    quote: str | None


class ItemTerms(TypedDict):
    """An indicator of the table: its points and its rule in words."""

    id: str
    title: Both
    points: str
    terms: Both
    source: Cited | None


class SectionTerms(TypedDict):
    """A dimension, or the bonus or penalty group (`kind`); `points` is its sum or its cap."""

    id: str
    kind: Literal["dimension", "bonus", "penalties"]
    title: Both
    points: str
    items: list[ItemTerms]


class Table(TypedDict):
    """The criteria that were applied."""

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
    grades: list[Both]
    fields: dict[str, Both]
    sections: list[SectionTerms]


class Place(TypedDict):
    """A field that was read, its line and column in the submission, and for a list the lines
    of the records that count."""

    field: str
    line: int
    column: int
    records: list[int]


class Said(TypedDict):
    """A verdict. `points` is null while `low` and `high` differ; `before` are the points before
    the item's bounds and rounding; `gain` is what would have earned more, `measured`
    the value that was found."""

    state: Literal["scored", "not_stated", "not_applicable", "not_proven", "pending"]
    before: str | None
    points: str | None
    low: str
    high: str
    why: Both
    gain: Both | None
    measured: Both | None


class Item(Said):
    """The verdict on one indicator of one branch, its own score for it, and where the answers
    stand that were read."""

    id: str
    self: str | None
    places: list[Place]


class Adjustment(TypedDict):
    """Points that a section gains or loses beside its items, and why."""

    why: Both
    low: str
    high: str


class Part(TypedDict):
    """What one branch earned in one section: its items and adjustments, within its cap."""

    id: str
    low: str
    high: str
    items: list[Item]
    adjustments: list[Adjustment]


class Test(TypedDict):
    """A gate or veto: whether its condition holds (null: not stated)."""

    id: str
    kind: Literal["gate", "veto"]
    title: Both
    holds: bool | None
    why: Both
    places: list[Place]


class Branch(TypedDict):
    """One branch's result. `points` is null while anything is not stated or not judged."""

    code: str
    name: str
    fictional: bool
    file: str
    rank: int | None
    outcome: Literal[
        "named",
        "not_named",
        "tied",
        "below_minimum",
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
    self: str | None
    sections: list[Part]
    tests: list[Test]
    note: str | None


class InputEntry(TypedDict):
    """A file that was handed in, and what became of it."""

    file: str
    status: Literal["criteria", "extended", "review", "scored", "refused", "ignored"]
    sha256: str


class Fault(TypedDict):
    """A diagnostic; line and column are 0 where the fault is of the whole file."""

    code: str
    name: str
    file: str
    line: int
    column: int
    cause: Both
    mend: Both


class Results(TypedDict):
    """A whole evaluation."""

    format: Literal["branchscore-results/1"]
    version: str
    criteria: Table
    reviewers: list[str]
    branches: list[Branch]
    inputs: list[InputEntry]
    faults: list[Fault]


def schema() -> dict[str, Any]:
    """The JSON Schema of `results.json`."""
    return TypeAdapter(Results).json_schema()


def encoded(results: Results) -> bytes:
    return to_json(results, indent=1) + b"\n"
