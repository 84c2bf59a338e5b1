"""A pre-check as plain data: what `check --format json` carries, and all that the terminal and
the printed page say. Points are strings, as in `results.json`."""

from typing import Literal

from typing_extensions import TypedDict

from branchscore.outputs.wordings import Both

FORMAT: Literal["branchscore-precheck/1"] = "branchscore-precheck/1"
Awaited = list[str]
Kind = Literal["dimension", "bonus", "penalties"]


class Named(TypedDict):
    """An item: its id and title."""

    id: str
    title: Both


class Doing(TypedDict):
    """What to do, how many things that is, and the points that it gains."""

    do: Both
    effort: int
    gain: str


class TestSaid(TypedDict):
    """A gate or veto; `bars` where no points help against it, `help` is the least that would meet
    a gate that fails."""

    id: str
    kind: Literal["gate", "veto"]
    title: Both
    holds: bool | None
    why: Both
    bars: bool
    help: Doing | None


class OpenPart(TypedDict):
    """What is not decided: for whom it waits, and what it can add to the total."""

    awaits: Awaited
    points: str


class ItemSaid(Named):
    """An item as it stands, for whom it waits while it is open, and whether it takes points off."""

    points: str
    low: str
    high: str
    state: str
    takes: bool
    awaits: Awaited
    why: Both
    gain: Both | None


class AdjustmentSaid(TypedDict):
    """Points of a section beside its items."""

    why: Both
    low: str
    high: str


class SectionSaid(Named):
    """A section with its items; penalties take points off."""

    kind: Kind
    points: str
    low: str
    high: str
    items: list[ItemSaid]
    adjustments: list[AdjustmentSaid]


class Span(Named):
    """An item that waits for an answer, from its certain to its possible points."""

    low: str
    high: str


class Missing(TypedDict):
    """What is not answered (or in `lines` only, or not whole), and the most that it can add."""

    field: str
    inner: str | None
    title: Both
    list: Both | None
    lines: list[int]
    partial: bool
    items: list[Span]
    tests: list[Named]
    worth: str


class StepSaid(Named):
    """The smallest improvement of an item, what it gains on the total, and the largest that is
    known. `now`: it is only to be proven."""

    now: bool
    first: Doing
    last: Doing
    total: str


class Pick(Named):
    """A step of a plan."""

    step: Doing


class PlanSaid(TypedDict):
    """The fewest things that lead to a grade, and the certain total after them."""

    steps: list[Pick]
    effort: int
    low: str


class TargetSaid(TypedDict):
    """A grade above the one that is certain."""

    grade: Both
    at_least: str
    minimum: bool
    gap: str
    answers: str
    rest: str
    lacking: list[Both]
    shared: bool
    now: PlanSaid | None
    later: PlanSaid | None


class ReachSaid(TypedDict):
    """The grades: certain, with the best answers, and if all that is open ends best."""

    sure: Both
    answered: Both
    best: Both
    held: list[Both]
    targets: list[TargetSaid]
    quota: int | None


class SelfSaid(Named):
    """The branch's own points beside the computed ones."""

    own: str
    low: str
    high: str
    kind: Literal["same", "less", "more", "open"]
    by: str
    awaits: Awaited
    why: Both


class PreCheckSaid(TypedDict):
    """One submission before it is handed in."""

    format: Literal["branchscore-precheck/1"]
    criteria: Named
    most: str
    file: str
    code: str
    name: str
    fictional: bool
    on: str | None
    low: str
    high: str
    open: list[OpenPart]
    tests: list[TestSaid]
    sections: list[SectionSaid]
    missing: list[Missing]
    steps: list[StepSaid]
    stuck: list[ItemSaid]
    grade: ReachSaid | None
    self_scores: list[SelfSaid]
