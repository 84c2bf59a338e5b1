"""A criteria file → what its author should know before anyone is scored by it."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from branchscore.criteria.check import acknowledged, complaints, owner, placed, unknown_faults
from branchscore.criteria.complaint import Complaint
from branchscore.criteria.inherit import resolve
from branchscore.criteria.model import Criteria, KnownFault
from branchscore.criteria.reading import ADAPTER, KEYS, told
from branchscore.lint.burden import unused
from branchscore.lint.deductions import deductions
from branchscore.lint.direction import direction
from branchscore.lint.finer import finer
from branchscore.lint.notice import short_notice
from branchscore.lint.separation import Earned, separation
from branchscore.lint.tested import tested
from branchscore.lint.twice import paid_twice, titles
from branchscore.lint.unreachable import unreachable
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.manual import manual
from branchscore.text.source import Document, read
from branchscore.text.typing import typed

HARMLESS = frozenset({"C002", "C003", "C008", "C016", "C018", "C019"})
"""Errors of a table that can be measured and paid nevertheless."""


class Finding(NamedTuple):
    """A fault with its place; `reason` is what the file's `known_faults` say to it."""

    diagnostic: Diagnostic
    reason: str | None = None

    @property
    def severity(self) -> Literal["error", "warning", "note", "known"]:
        """How grave it is; `known` where the file says that its original has it."""
        return manual()[self.diagnostic.code].severity if self.reason is None else "known"


class Linted(NamedTuple):
    """What was found in one file. Without `criteria` its errors must be mended before the rest
    can be looked at."""

    path: str
    findings: tuple[Finding, ...]
    criteria: Criteria | None


def lint(path: Path, earned: Callable[[Criteria], Earned | None] = lambda _: None) -> Linted:
    """Every finding in one file, by place; `earned` are the results under its criteria."""
    try:
        document = resolve(read(path), read)
        criteria = typed(ADAPTER, document, KEYS)
    except Faulty as error:
        faults = sorted(error.diagnostics, key=lambda fault: fault.key)
        return Linted(str(path), tuple(Finding(fault) for fault in faults), None)
    points = earned(criteria)
    found = told(criteria, document, lambda table: _look(table, points))
    findings = [_finding(document, criteria, *one) for one in found]
    findings.sort(key=lambda finding: finding.diagnostic.key)
    return Linted(str(path), tuple(findings), criteria if _sound(c for c, _ in found) else None)


def _sound(found: Iterable[Complaint]) -> bool:
    """Whether a table can be measured and paid in spite of its errors."""
    return all(c.code in HARMLESS or c.code[0] == "L" for c in found)


def _look(criteria: Criteria, earned: Earned | None) -> Iterator[Complaint]:
    errors = list(complaints(criteria))
    yield from errors
    yield from unknown_faults(criteria, errors)
    if _sound(errors):
        advice = list(_advice(criteria, earned))
        yield from advice
        yield from _unknown(criteria, advice)


def _advice(criteria: Criteria, earned: Earned | None) -> Iterator[Complaint]:
    for look in (
        deductions,
        titles,
        unreachable,
        tested,
        unused,
        direction,
        finer,
        paid_twice,
        _nothing_left,
        short_notice,
    ):
        yield from look(criteria)
    if earned is not None:
        yield from separation(criteria, earned)


def _nothing_left(criteria: Criteria) -> Iterator[Complaint]:
    """Sections in which every item may be dropped: then there is nothing to scale up."""
    for at, section in placed(criteria):
        if all(i.applies and i.applies.otherwise == "drop" for i in section.indicators):
            yield Complaint("L019", (*at, "id"), {"title": section.title})


def _finding(
    document: Document, criteria: Criteria, complaint: Complaint, diagnostic: Diagnostic
) -> Finding:
    at = complaint.at
    if at[-2:-1] == ("fields",) and complaint.code[0] == "L":
        # The name of a field says more than the first line of what is asked in it.
        diagnostic = document.diagnose(complaint.code, at, key=True, **complaint.values)
    known = _known(criteria, complaint)
    return Finding(diagnostic, known.reason if known else None)


def _known(criteria: Criteria, complaint: Complaint) -> KnownFault | None:
    """Where the file says that its original has this fault."""
    if complaint.code[0] != "L" and not acknowledged(criteria, complaint):
        return None
    item = _owner(criteria, complaint)
    return next(
        (k for k in criteria.known_faults if (k.code, k.item) == (complaint.code, item)), None
    )


def _owner(criteria: Criteria, complaint: Complaint) -> str | None:
    """The item or section a fault belongs to; a field by its name, or `list.field`."""
    if complaint.at[:1] == ("fields",):
        return ".".join(str(step) for step in complaint.at[1::2])
    return owner(criteria, complaint.at)


def _unknown(criteria: Criteria, found: list[Complaint]) -> Iterator[Complaint]:
    """Findings that the file says it has, and has not; as `unknown_faults` for errors."""
    there = {(c.code, _owner(criteria, c)) for c in found}
    for i, known in enumerate(criteria.known_faults):
        if known.code[0] != "C" and (known.code, known.item) not in there:
            values = {"fault": known.code, "item": known.item or ""}
            yield Complaint("C019", ("known_faults", i), values)
