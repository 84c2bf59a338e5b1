"""A review sheet: what the panel gave to each judged item of each branch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from branchscore.criteria.found import Judgement
from branchscore.criteria.indicator import Leaf
from branchscore.criteria.measures.judged import Judged
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules.given import Given
from branchscore.criteria.rules.linear import Linear
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.numbers import plain
from branchscore.text.scalars import Code, Identifier, Line, Name, Number
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


class SheetFile(Strict):
    """评审表：每个支部、每个评定项目一项评定 · what the panel gave to each item of each branch."""

    criteria: Identifier
    """评分表代号 · the id of the criteria"""
    reviewer: Name
    """评审组 · who judged"""
    marks: Mapping[Code, Mapping[Code, Mark]]
    """支部代码、项目编号、评定 · by branch code and item id, the judgement"""


ADAPTER: TypeAdapter[SheetFile] = TypeAdapter(SheetFile)
KEYS = frozenset({*SheetFile.model_fields, *Mark.model_fields})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sound sheet: per branch code, per indicator, the judgement."""

    path: str
    criteria: str
    reviewer: str
    judgements: Mapping[str, Mapping[str, Judgement]]
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
    judged = dict(criteria.judged())
    faults = list(_check(document, file, judged))
    if faults:
        raise Faulty(faults)
    return Sheet(
        document.path,
        file.criteria,
        file.reviewer,
        {
            code: {name: _judgement(mark) for name, mark in marks.items()}
            for code, marks in file.marks.items()
        },
        document,
    )


def _judgement(mark: Mark) -> Judgement:
    value = mark.level if mark.level is not None else mark.points
    if value is None:
        raise ValueError("a mark without level and points passed the check")
    return Judgement(value, mark.reason)


def _check(document: Document, file: SheetFile, judged: Mapping[str, Leaf]) -> Iterator[Diagnostic]:
    for code, marks in file.marks.items():
        for name, mark in marks.items():
            at = ("marks", code, name)
            if name not in judged:
                known = ", ".join(judged)
                yield document.diagnose("R001", at, key=True, got=name, known=known)
            elif (fault := misfit(mark, judged[name])) is not None:
                yield document.diagnose("R002", (*at, *fault), wanted=wanted(judged[name]))
            elif _needs_reason(judged[name]) and mark.reason is None:
                yield document.diagnose("R005", at, got=name)


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
    """Marks for branches that handed nothing in: most likely a mistyped code."""
    root: Map = sheet.document.root
    for code in root["marks"]:
        if code not in codes:
            yield sheet.document.diagnose("R003", ("marks", code), key=True, got=code)
