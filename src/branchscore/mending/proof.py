"""Whether a mend holds: its fault is gone, nothing is worse, and what it made a name is one."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import yaml

from branchscore.checking import Checker
from branchscore.criteria.fields import TextsField
from branchscore.mending.asked import asked_of
from branchscore.mending.names import meant
from branchscore.mending.page import Page, Reading
from branchscore.submission.privacy import unparsed
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.manual import is_error
from branchscore.text.source import Document, parse

NAMES = frozenset({"T001", "S008", "S020", "Y005"})
"""Faults of a name: a mend that brings one to its own line has misread that line."""
ENCODING = frozenset({"Y002", "Y013", "Y014", "Y015", "Y016"})
PLACES = NAMES | {"T002", "T003", "T009"}
"""Faults of what stands where it does not belong."""
BYTES, CHARACTERS, SYNTAX, FRAME, TYPES, WHOLE, SOUND = range(7)


@dataclass(frozen=True, slots=True)
class State:
    """A text, and all that is wrong in it; no document where it cannot be parsed."""

    page: Page
    document: Document | None
    faults: tuple[Diagnostic, ...]

    @property
    def errors(self) -> list[Diagnostic]:
        return [fault for fault in self.faults if is_error(fault)]

    @property
    def counted(self) -> Counter[tuple[str, int]]:
        return Counter((fault.code, fault.span.line) for fault in self.errors)

    @property
    def stage(self) -> int:
        """How far the file was read: a fault of one stage hides those of the later ones."""
        if self.document is None:
            return min(_unread(fault.code) for fault in self.errors)
        if self.page.asked.lost:
            return FRAME
        early = any(fault.code[0] in "YT" and not self._late(fault) for fault in self.errors)
        return TYPES if early else WHOLE if self.errors else SOUND

    def _late(self, fault: Diagnostic) -> bool:
        """Commas in free texts are looked for when all types are right."""
        return fault.code == "Y031" and isinstance(self.page.asked.field(fault), TextsField)


def look(raw: bytes, path: str, checker: Checker) -> State:
    """Read and check a text as the file at `path`."""
    document: Document | None = None
    try:
        document = parse(raw, path)
    except Faulty as error:
        faults = tuple(unparsed(fault, checker.forms.values()) for fault in error.diagnostics)
    else:
        faults = checker.faults(document)
    text = raw.decode("utf-8-sig", "replace")
    return State(Page.of(text, asked_of(document, checker)), document, faults)


def _unread(code: str) -> int:
    return BYTES if code in ENCODING else CHARACTERS if code == "Y003" else SYNTAX


def holds(before: State, after: State, readings: Sequence[Reading]) -> bool:
    old, new = before.counted, after.counted
    targets = {(r.fault.code, r.fault.span.line) for r in readings}
    lines = {number for reading in readings for number in reading.lines}
    return (
        all(new[target] < old[target] for target in targets)
        and after.stage >= before.stage
        and not _misnamed(before, after, lines)
        and (after.stage > before.stage or not _spread(before, after, lines))
        and _anchored(after.page, readings)
        and all(reading.needs != "placed" or _fits(after) for reading in readings)
        and all(reading.needs != "sound" or clean(before, after, [reading]) for reading in readings)
    )


def _fits(after: State) -> bool:
    """Whether the file can be parsed, and every line found its place in it."""
    return after.stage > SYNTAX and not any(fault.code in PLACES for fault in after.errors)


def clean(before: State, after: State, readings: Sequence[Reading]) -> bool:
    """Whether nothing new is wrong in the lines that were changed."""
    lines = {number for reading in readings for number in reading.lines}
    return not any(number in lines for _, number in after.counted - before.counted)


def _misnamed(before: State, after: State, lines: Collection[int]) -> bool:
    """Whether a line was made to begin with a name that is none, nor near to one."""
    known = {(fault.code, fault.span.line) for fault in before.errors}
    return any(
        fault.span.line in lines
        and fault.code in NAMES
        and (fault.code, fault.span.line) not in known
        for fault in after.errors
        if fault.code != "T001" or not meant(str(fault.values["got"]), after.page.asked.names)
    )


def _spread(before: State, after: State, lines: Collection[int]) -> bool:
    """Whether there is a new fault where the mend cannot have brought it to light: before it
    in a text that is still no YAML, outside of what it holds in one that is."""
    new = after.counted - before.counted
    if after.stage <= SYNTAX:
        return any(number < min(lines) for _, number in new)
    reach = {below for number in lines for below in after.page.below(number)}
    return any(number not in reach for _, number in new)


def _anchored(page: Page, readings: Sequence[Reading]) -> bool:
    places = {place for reading in readings for place in reading.anchors.items()}
    return not places or places <= _starts(page)


def reached(page: Page, reading: Reading) -> Reading | None:
    """The reading up to where the parser gives up, if it does within its lines."""
    starts = _starts(page.changed(reading.lines))
    astray = [
        number for number, column in reading.anchors.items() if (number, column) not in starts
    ]
    lines = {n: line for n, line in reading.lines.items() if n < min(astray, default=0)}
    anchors = {n: column for n, column in reading.anchors.items() if n in lines}
    return replace(reading, lines=lines, anchors=anchors) if lines else None


def _starts(page: Page) -> set[tuple[int, int]]:
    """Where a name, item, list or mapping begins, up to where the text can be parsed."""
    starts = set[tuple[int, int]]()
    stop = _parsed(page.lines, starts)
    if stop is not None:  # the parser looks ahead, and tells nothing of what it has not left yet
        _parsed(page.lines[:stop], starts)
    return starts


def _parsed(lines: Sequence[str], starts: set[tuple[int, int]]) -> int | None:
    """Add where things begin; the 0-based line at which the parser gave up, if it did."""
    loader = yaml.CSafeLoader("\n".join(lines))
    try:
        while (event := loader.get_event()) is not None:
            if mark := event.start_mark:
                starts.add((mark.line + 1, mark.column))
    except yaml.MarkedYAMLError as error:
        marks = [mark.line for mark in (error.context_mark, error.problem_mark) if mark]
        return min(marks, default=0)
    except yaml.YAMLError:
        return 0
    return None


def same(states: Sequence[State]) -> bool:
    """Whether texts say the same, however they are laid out."""
    first, *others = states
    return all(
        other.page.lines == first.page.lines
        or (other.document and first.document and other.document.root == first.document.root)
        for other in others
    )
