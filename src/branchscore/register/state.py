"""Events → where the campaign stands: what each line added, nothing ever taken back."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from branchscore.register.event import (
    Checked,
    CriteriaFrozen,
    Decided,
    Event,
    Issued,
    Named,
    Noticed,
    Objected,
    Received,
    Rechecked,
    ReviewedAgain,
    Revoked,
    Scored,
    Withdrawn,
)

SOON = 90
"""A title whose years end within so many days is due for its re-check."""
Stage = Literal["in_force", "due", "expired", "lost", "withdrawn"]


@dataclass(slots=True)
class Title:
    """A title of one branch. `until` is the day it ends by itself; None where it does not."""

    code: str
    run: str
    day: date
    until: date | None
    ended: date | None = None
    why: Literal["", "lost", "withdrawn"] = ""

    def stage(self, day: date) -> Stage:
        if self.ended is not None and self.ended <= day:
            return "lost" if self.why == "lost" else "withdrawn"
        if self.until is None:
            return "in_force"
        left = (self.until - day).days
        return "expired" if left <= 0 else "due" if left <= SOON else "in_force"

    def holds(self, day: date) -> bool:
        return self.stage(day) in ("in_force", "due")


@dataclass(slots=True)
class State:
    """What follows from the lines so far. Whatever has an order is in the order of the lines."""

    criteria: list[CriteriaFrozen] = field(default_factory=list)
    received: dict[str, list[Received]] = field(default_factory=dict)
    checked: dict[str, Checked] = field(default_factory=dict)
    runs: dict[str, Scored] = field(default_factory=dict)
    decisions: list[Decided] = field(default_factory=list)
    notices: list[Noticed] = field(default_factory=list)
    objections: dict[int, Objected] = field(default_factory=dict)
    outcomes: dict[int, Rechecked] = field(default_factory=dict)
    rechecks: list[Rechecked] = field(default_factory=list)
    since: dict[int, int] = field(default_factory=dict)
    titles: dict[str, Title] = field(default_factory=dict)
    certificates: dict[str, Issued] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)

    def add(self, event: Event) -> None:  # noqa: C901, PLR0912 - one case a kind
        match event:
            case CriteriaFrozen():
                self.criteria.append(event)
            case Received():
                self.received.setdefault(event.code, []).append(event)
            case Checked():
                self.checked[event.code] = event
            case Scored():
                self.runs[event.run] = event
            case Decided():
                self.decisions.append(event)
            case Noticed():
                self.notices.append(event)
            case Objected():
                self.objections[event.number] = event
                self.since[event.number] = len(self.runs)
            case Rechecked():
                self.rechecks.append(event)
                if event.objection is not None:
                    self.outcomes[event.objection] = event
            case Named():
                for code in event.codes:
                    until = later(event.day, event.years)
                    self.titles[code] = Title(code, event.run, event.day, until)
            case ReviewedAgain():
                title = self.titles[event.code]
                if event.outcome == "kept":
                    title.until = later(event.day, event.years)
                else:
                    title.ended, title.why = event.day, "lost"
            case Withdrawn():
                title = self.titles[event.code]
                title.ended, title.why = event.day, "withdrawn"
            case Issued():
                self.certificates[event.certificate] = event
            case Revoked():
                self.revoked.add(event.certificate)

    def open_objections(self) -> list[Objected]:
        return [o for n, o in self.objections.items() if n not in self.outcomes]

    def superseded_by(self, run: str) -> str:
        """The newest run that a re-check led to, where it came after `run`; else empty."""
        order = list(self.runs)
        again = [order.index(r.run) for r in self.rechecks if r.run in self.runs]
        newest = max(again, default=-1)
        return order[newest] if run in self.runs and newest > order.index(run) else ""

    def announced(self, code: str, before: date) -> bool:
        """Whether a notice that told of this branch among the named was over before a day."""
        return any(n.last < before and code in self.runs[n.run].named for n in self.notices)

    def handed_in(self, code: str) -> Received | None:
        """What a branch handed in last."""
        return self.received[code][-1] if code in self.received else None


def later(day: date, years: int | None) -> date | None:
    """The same day so many years later; the last of February where it has no such day."""
    if years is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)
