"""A review sheet: what one reviewer, or the panel together, gave, struck and said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field as Key
from pydantic import TypeAdapter

from branchscore.criteria.found import Judgement
from branchscore.criteria.indicator import Leaf
from branchscore.criteria.measures.judged import Judged
from branchscore.criteria.model import Criteria
from branchscore.criteria.panel import Origin
from branchscore.criteria.rules.given import Given
from branchscore.criteria.rules.linear import Linear
from branchscore.review.strike import At, Strike, StrikeEntry, resolved
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.numbers import plain
from branchscore.text.personal import masked
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Boolean, Code, Identifier, Line, Name, Number, Whole
from branchscore.text.source import Document, Map, read
from branchscore.text.typing import Strict, typed


class Mark(Strict):
    """一项评定：等次或分数，及其理由 · one judgement: a level or points, and the reason for it."""

    level: Identifier | None = None
    """评定的等次，评分表里写明了等次的 · the level, where the item names levels"""
    points: Number | None = None
    """评定的分数，没有等次的 · the points, where the item names none"""
    reason: Line | None = None
    """理由 · the reason"""

    @property
    def blank(self) -> bool:
        """Nothing is filled in: no mark."""
        return self.level is None and self.points is None and self.reason is None


class SheetFile(Strict):
    """评审表：一位评委（或评审组合议）的评定、核减、意见和回避。

    What one reviewer, or the panel together, gave, struck and said, and from which branches the
    reviewer is recused.
    """

    criteria: Identifier
    """评分表代号 · the id of the criteria"""
    reviewer: Name
    """评委或评审组 · who judged"""
    source: Origin = "panel"
    """评定的来源，权重见评分表的 panel · which sort of people judged; its weight is the table's"""
    office: Name | None = None
    """代表哪个部门，由部门考核的项目才写 · the office, for items that belong to one"""
    fictional: Boolean = False
    """虚构样例 · a fictional sample"""
    marks: Mapping[Code, Mapping[Code, Mark]] = Key(default={})
    """支部代码、项目编号、评定 · by branch code and item id, the judgement"""
    counts: Mapping[Code, Mapping[Code, Mapping[Identifier, Whole]]] = Key(default={})
    """支部代码、项目编号、各等次的票数（满意几票） · by branch code and item id, votes by level"""
    strikes: Mapping[Code, tuple[StrikeEntry, ...]] = Key(default={})
    """支部代码、核减 · by branch code, what is struck of its answers"""
    comments: Mapping[Code, Line] = Key(default={})
    """支部代码、意见 · by branch code, a comment"""
    conflicts: Mapping[Code, Line] = Key(default={})
    """支部代码、利害关系：申明了就回避 · by branch code, a conflict of interest: it recuses"""
    recused: tuple[Code, ...] = ()
    """回避哪些支部 · branches that the reviewer is recused from"""


ADAPTER: TypeAdapter[SheetFile] = TypeAdapter(SheetFile)
KEYS = frozenset({*SheetFile.model_fields, *Mark.model_fields, *StrikeEntry.model_fields})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sound sheet. Per branch code: per item the judgement, what is struck, the comment, and
    why the reviewer is recused (empty where no conflict was declared)."""

    path: str
    criteria: str
    reviewer: str
    judgements: Mapping[str, Mapping[str, Judgement]]
    strikes: Mapping[str, tuple[Strike, ...]]
    comments: Mapping[str, str]
    recused: Mapping[str, str]
    document: Document


def read_sheet(path: Path, all_criteria: Mapping[str, Criteria]) -> Sheet:
    """Read one sheet. Raises `Faulty` with every fault found."""
    return sheet_of(read(path), all_criteria)


def sheet_of(document: Document, all_criteria: Mapping[str, Criteria]) -> Sheet:
    """Check a sheet that is already read. Raises `Faulty` likewise."""
    file = typed(ADAPTER, document, KEYS)
    criteria = all_criteria.get(file.criteria)
    if criteria is None:
        known = ", ".join(sorted(all_criteria))
        raise Faulty([document.diagnose("S001", ("criteria",), got=file.criteria, known=known)])
    faults = [*_check(document, file, criteria), *_recused(document, file)]
    strikes: dict[str, tuple[Strike, ...]] = {}
    for code, entries in file.strikes.items():
        found = [
            resolved(entry, criteria.fields, document, ("strikes", code, i), file.reviewer)
            for i, entry in enumerate(entries)
        ]
        strikes[code] = tuple(one for one in found if isinstance(one, Strike))
        faults += (one for one in found if isinstance(one, Diagnostic))
    if faults:
        raise Faulty(faults)
    return Sheet(
        document.path,
        file.criteria,
        file.reviewer,
        _judgements(file),
        strikes,
        {code: masked(text) for code, text in file.comments.items()},
        {**dict.fromkeys(file.recused, ""), **file.conflicts},
        document,
    )


def _judgements(file: SheetFile) -> Mapping[str, Mapping[str, Judgement]]:
    made: dict[str, dict[str, Judgement]] = {}
    for code, marks in file.marks.items():
        for name, mark in marks.items():
            if mark.blank:
                continue
            value = mark.level if mark.level is not None else mark.points
            if value is None:
                raise ValueError("a mark without level and points passed the check")
            reason = None if mark.reason is None else masked(mark.reason)
            given = Judgement(value, reason, file.reviewer, file.source)
            made.setdefault(code, {})[name] = given
    for code, items in file.counts.items():
        for name, votes in items.items():
            counted = Judgement(tuple(votes.items()), None, file.reviewer, file.source)
            made.setdefault(code, {})[name] = counted
    return made


def _check(document: Document, file: SheetFile, criteria: Criteria) -> Iterator[Diagnostic]:
    judged = dict(criteria.judged())
    if criteria.panel and file.source not in criteria.panel.weights:
        known = ", ".join(criteria.panel.weights)
        yield document.diagnose("R008", ("source",), got=file.source, known=known)
    yield from _owned(document, file, criteria)
    for code, marks in file.marks.items():
        for name, mark in marks.items():
            if name in judged and not mark.blank:
                yield from _mark(document, ("marks", code, name), mark, judged[name])
    for code, items in file.counts.items():
        for name, votes in items.items():
            at = ("counts", code, name)
            if name in file.marks.get(code, {}):
                yield document.diagnose("R007", at, key=True, got=name, reviewer=file.reviewer)
            elif name in judged and not _countable(votes, judged[name]):
                yield document.diagnose("R002", at, wanted=_votes(judged[name]))


def _mark(document: Document, at: At, mark: Mark, leaf: Leaf) -> Iterator[Diagnostic]:
    fault = misfit(mark, leaf)
    if fault is not None:
        yield document.diagnose("R002", (*at, *fault), wanted=wanted(leaf))
    elif mark.reason is None and _needs_reason(leaf):
        yield document.diagnose("R005", at, got=leaf.id)


def _owned(document: Document, file: SheetFile, criteria: Criteria) -> Iterator[Diagnostic]:
    """Items that the panel does not judge, or another office does."""
    judged, offices = dict(criteria.judged()), dict(_offices(criteria))
    for key, several in (("marks", file.marks), ("counts", file.counts)):
        for code, name in [(c, n) for c, items in several.items() for n in items]:
            at, office = (key, code, name), offices.get(name)
            if name not in judged:
                known = ", ".join(judged)
                yield document.diagnose("R001", at, key=True, got=name, known=known)
            elif office and file.office not in office:
                yield document.diagnose("R009", at, key=True, got=name, office=office)


def _recused(document: Document, file: SheetFile) -> Iterator[Diagnostic]:
    away = {*file.conflicts, *file.recused}
    for key in ("marks", "counts", "strikes"):
        for code in getattr(file, key):
            if code in away:
                yield document.diagnose("R006", (key, code), key=True, got=code)


def _offices(criteria: Criteria) -> Iterator[tuple[str, Phrase]]:
    """Judged items and parts that belong to one office."""
    for indicator in criteria.indicators():
        for leaf in indicator.leaves(False):
            office = (leaf.measure.by if isinstance(leaf.measure, Judged) else None) or indicator.by
            if office:
                yield leaf.id, office


def misfit(mark: Mark, leaf: Leaf) -> tuple[str, ...] | None:
    """Which part of the mark does not fit its item; () is the mark itself, None: it fits."""
    if isinstance(leaf.measure, Judged) and leaf.measure.levels:
        if mark.points is not None or mark.level is None:
            return ()
        return None if mark.level in leaf.measure.levels else ("level",)
    if mark.level is not None or mark.points is None:
        return ()
    match leaf.rule:
        case Given() as rule:
            fits = rule.allows(mark.points, leaf.points, leaf.takes)
        case Linear() as rule:
            ends = sorted((rule.zero_at, rule.full_at))
            fits = ends[0] <= mark.points <= ends[1]
        case _:
            fits = False
    return None if fits else ("points",)


def _countable(votes: Mapping[str, int], leaf: Leaf) -> bool:
    """Whether these are votes for levels of the item, and there are some."""
    levels = (leaf.measure.levels if isinstance(leaf.measure, Judged) else None) or {}
    numbers = votes.values()
    return set(votes) <= set(levels) and min(numbers, default=-1) >= 0 and sum(numbers) > 0


def _votes(leaf: Leaf) -> Phrase:
    levels = (leaf.measure.levels if isinstance(leaf.measure, Judged) else None) or {}
    if not levels:
        return Phrase("marks（这一项没有等次，不能计票）", "marks (the item has no levels)")
    words = " | ".join(levels)
    return Phrase(f"各等次的票数：{words}，至少一票", f"votes by level, at least one: {words}")


def _needs_reason(leaf: Leaf) -> bool:
    return isinstance(leaf.measure, Judged) and leaf.measure.reason == "required"


def wanted(leaf: Leaf) -> str:
    """What a mark of this item may be."""
    if isinstance(leaf.measure, Judged) and leaf.measure.levels:
        return "level: " + " | ".join(leaf.measure.levels)
    if isinstance(leaf.rule, Linear):
        ends = sorted((leaf.rule.zero_at, leaf.rule.full_at))
        return f"points: {plain(ends[0])}–{plain(ends[1])}"
    least, step = (leaf.rule.least, leaf.rule.step) if isinstance(leaf.rule, Given) else (0, 1)
    return f"points: {plain(least)}–{plain(leaf.points)} ({plain(step)})"


def unknown_branches(sheet: Sheet, codes: frozenset[str]) -> Iterator[Diagnostic]:
    """What is said of branches that handed nothing in: most likely a mistyped code."""
    root: Map = sheet.document.root
    for key in ("marks", "counts", "strikes", "comments"):
        for code in root.get(key) or ():
            if code not in codes:
                yield sheet.document.diagnose("R003", (key, code), key=True, got=code)
