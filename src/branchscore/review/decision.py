"""A decision of the commission as it was recorded: a vote, or the seed of a public draw."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import Field as Key
from pydantic import TypeAdapter

from branchscore.criteria.model import Criteria
from branchscore.submission.titles import Names, spoken
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.personal import masked
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Boolean, Code, Day, Identifier, Line, Whole, Wording
from branchscore.text.source import Document, read
from branchscore.text.typing import Strict, typed


class Votes(Strict):
    """表决的票数 · how many voted how."""

    in_favour: Whole = Key(alias="for", ge=0)
    """赞成 · in favour"""
    against: Whole = Key(default=0, ge=0)
    """反对 · against"""
    abstained: Whole = Key(default=0, ge=0)
    """弃权 · abstained"""


class Draw(Strict):
    """公开抽签：事先约定、事后人人可查的一段文字，例如某期彩票的开奖号码。

    A public draw: a text that was agreed on beforehand and that everybody can look up afterwards.
    """

    seed: Line
    """抽签所用的文字 · the text that the draw is made from"""


class DecisionEntry(Strict):
    """评审委员会对一个问题的决定：写 `named`（表决）或 `draw`（抽签）。

    What was decided on one question: by a vote (`named`) or a public draw (`draw`).
    """

    day: Day
    """哪一天 · the day"""
    by: Wording
    """谁决定的 · who decided"""
    reason: Line
    """理由 · the reason"""
    among: tuple[Code, ...] = Key(min_length=1)
    """在哪些支部中决定，写支部代码，一个不漏 · between which branches, by code, all of them"""
    named: tuple[Code, ...] | None = None
    """命名哪些 · which of them are named"""
    votes: Votes | None = None
    """票数 · how many voted how"""
    draw: Draw | None = None
    """抽签 · the draw"""


class DecisionFile(Strict):
    """决定：分数分不出先后时，评审委员会或公开抽签定下的结果，一个问题一份文件。

    A decision: what the commission, or a public draw, settled where points leave it open. One
    question a file.
    """

    criteria: Identifier
    """评分表代号 · the id of the criteria"""
    decision: DecisionEntry
    """决定 · what was decided"""
    fictional: Boolean = False
    """虚构样例 · a fictional sample"""


ADAPTER: TypeAdapter[DecisionFile] = TypeAdapter(DecisionFile)
OWN = "decision"
TITLES: Mapping[tuple[str, ...], Mapping[str, str]] = {
    (): {"criteria": "评分表", OWN: "决定", "fictional": "虚构样例"},
    (OWN,): {
        "day": "日期",
        "by": "决定者",
        "reason": "理由",
        "among": "范围",
        "named": "命名",
        "votes": "票数",
        "draw": "抽签",
    },
    (OWN, "votes"): {"for": "赞成", "against": "反对", "abstained": "弃权"},
    (OWN, "draw"): {"seed": "种子"},
}
NAMES = {
    way: Names(titles, {} if way else {"fictional": {"是": "true", "否": "false"}})
    for way, titles in TITLES.items()
}
KEYS = frozenset(name for titles in TITLES.values() for name in titles)


@dataclass(frozen=True, slots=True)
class Decision:
    """`named` of the branches `among` get the title; both by code. Of a draw `named` is empty: it
    follows from the `seed`. `document` is where it was written, `remarks` are warnings."""

    among: frozenset[str]
    named: frozenset[str]
    by: Phrase
    day: date
    reason: str
    seed: str | None = None
    votes: tuple[int, int, int] | None = None
    document: Document | None = field(default=None, repr=False, compare=False)
    remarks: tuple[Diagnostic, ...] = field(default=(), repr=False, compare=False)

    @property
    def path(self) -> str:
        return self.document.path if self.document else ""

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return sha256(self.document.raw).hexdigest() if self.document else ""

    def fault(self, code: str, name: str, values: Mapping[str, Any]) -> Diagnostic:
        """A fault of one of its keys."""
        if self.document is None:
            raise ValueError("a decision that no file holds cannot be complained about")
        return self.document.diagnose(code, (OWN, name), key=True, **values)

    def order(self) -> tuple[Any, ...]:
        """Comparable, and the same wherever the file lies."""
        return (self.day, sorted(self.among), sorted(self.named), self.seed or "", self.reason)


def is_decision(keys: Mapping[str, object] | Any) -> bool:
    """Whether a file with these keys records a decision."""
    return OWN in keys or TITLES[()][OWN] in keys


def read_decision(path: Path, all_criteria: Mapping[str, Criteria]) -> Decision:
    """Read one decision. Raises `Faulty` with every fault that it has by itself."""
    return decision_of(read(path), all_criteria)


def decision_of(document: Document, all_criteria: Mapping[str, Criteria]) -> Decision:
    """Check a decision that is already read. Raises `Faulty` likewise."""
    document, faults = spoken(document, NAMES)
    file = typed(ADAPTER, document, KEYS)
    criteria = all_criteria.get(file.criteria)
    if criteria is None:
        known = ", ".join(sorted(all_criteria))
        raise Faulty([document.diagnose("S001", ("criteria",), got=file.criteria, known=known)])
    entry = file.decision
    faults += _faults(document, entry, criteria)
    if faults:
        raise Faulty(faults)
    votes = entry.votes
    return Decision(
        frozenset(entry.among),
        frozenset(entry.named or ()),
        Phrase(*map(masked, entry.by)),
        entry.day,
        masked(entry.reason),
        entry.draw.seed if entry.draw else None,
        (votes.in_favour, votes.against, votes.abstained) if votes else None,
        document,
        tuple(_remarks(document, entry, criteria)),
    )


def _faults(document: Document, entry: DecisionEntry, criteria: Criteria) -> Iterator[Diagnostic]:
    if (entry.named is None) == (entry.draw is None) or (entry.draw and entry.votes):
        yield document.diagnose("R015", (OWN,), key=True)
    for i, name in enumerate(entry.named or ()):
        if name not in entry.among:
            known = tuple(entry.among)
            yield document.diagnose("R017", (OWN, "named", i), got=name, known=known)
    if entry.draw and not (criteria.selection and criteria.selection.draw):
        yield document.diagnose("R018", (OWN, "draw"), key=True)


def _remarks(document: Document, entry: DecisionEntry, criteria: Criteria) -> Iterator[Diagnostic]:
    first = criteria.period.first
    if entry.day < first:
        yield document.diagnose("R020", (OWN, "day"), got=entry.day, first=first)
