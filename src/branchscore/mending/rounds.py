"""A file's bytes → the text mended as far as is certain, and the faults that remain.

Every mend is tried on the whole file and kept only if it holds there. Where a fault can be
read in two ways that both hold and do not say the same, it is left alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from branchscore.checking import Checker
from branchscore.mending.encodings import text_of
from branchscore.mending.page import Extents, Mend, Reading
from branchscore.mending.proof import NAMES, State, clean, holds, look, reached, same
from branchscore.mending.table import MANY, MENDS
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.limits import limited, limits
from branchscore.text.tree import LINE_END

Fit = tuple[State, list[Reading]]
MOST_WORK, PER_FAULT = 10_000_000, 200
"""What all trials of one file may cost, in characters read, and what a fault counts as: some ten
seconds, which a file with a thousand faults that nothing mends would exceed."""
MANY_FAULTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Mended:
    """One line that was mended, the fault it had, and how it read before and after."""

    fault: Diagnostic
    line: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Result:
    """A file before and after, as text with plain line ends. `encoding` is what it was in if
    that was not UTF-8; `faults` are those that remain."""

    path: Path
    raw: bytes
    before: str
    after: str
    encoding: str
    mends: tuple[Mended, ...]
    faults: tuple[Diagnostic, ...]

    @property
    def changed(self) -> bool:
        return bool(self.mends or self.encoding)


def mended(path: Path, raw: bytes, checker: Checker) -> Result:
    """Mend what can be mended; nothing is written. A sound file is not changed in any byte."""
    known = text_of(raw)
    if known is None:
        return Result(path, raw, "", "", "", (), look(raw, str(path), checker).faults)
    text, encoding = "\n".join(LINE_END.split(known[0])), known[1]
    with limited(replace(limits(), faults=MANY_FAULTS)):
        first = look(text.encode(), str(path), checker)
        last, mends = _Mender(str(path), checker).run(first)
    after = last.page.raw.decode()
    faults = look(last.page.raw, str(path), checker).faults
    return Result(path, raw, text, after, encoding, tuple(mends), faults)


class _Mender:
    """Tries mends on one file."""

    def __init__(self, path: str, checker: Checker) -> None:
        self.path, self.checker, self.work = path, checker, 0
        self.failed = set[tuple[str, ...]]()

    def run(self, first: State) -> tuple[State, list[Mended]]:
        """Mend until nothing more can be mended."""
        state, mends = first, list[Mended]()
        while step := self.step(state):
            after, readings = step
            mends += _told(state, readings)
            state = after
        return state, mends

    def step(self, state: State) -> Fit | None:
        """The state after one more mend, or after several that are plain."""
        # What another file is to blame for is mended there.
        todo = [fault for fault in state.errors if fault.span.path == self.path]
        words = [_ways(fault, state, MANY) for fault in todo]
        plain = _apart(ways[0][0] for ways in words if len(ways) == 1)
        if len(plain) > 1 and (after := self.tried(state, plain)):
            return after, plain
        for fault in todo:
            if one := self.chosen(state, _ways(fault, state)):
                return one
        return None

    def chosen(self, state: State, ways: list[Extents]) -> Fit | None:
        """The way that holds, if only one does. One that the parser gets through, or that
        leaves nothing else wrong in its lines, goes before others; but a name is not chosen by
        how its value looks."""
        fits = [fit for way in ways if (fit := self.widest(state, way))]
        if fits and fits[0][1][0].fault.code not in NAMES:
            fits = [fit for fit in fits if fit[0].document] or fits
            fits = [fit for fit in fits if clean(state, *fit)] or fits
        return fits[0] if fits and same([after for after, _ in fits]) else None

    def widest(self, state: State, way: Extents) -> Fit | None:
        held: Fit | None = None
        for whole in way:
            reading: Reading | None = whole
            after = self.tried(state, [whole])
            if after is None and (reading := reached(state.page, whole)):
                after = self.tried(state, [reading])
            if after and reading:
                if clean(state, after, [reading]):
                    return after, [reading]
                held = held or (after, [reading])
        return held

    def tried(self, state: State, readings: list[Reading]) -> State | None:
        made = {number: line for reading in readings for number, line in reading.lines.items()}
        page = state.page.changed(made)
        if self.work > MOST_WORK or page.lines in self.failed:
            return None
        after = look(page.raw, self.path, self.checker)
        self.work += len(page.raw) + PER_FAULT * len(after.faults)
        if holds(state, after, readings):
            self.failed.clear()
            return after
        self.failed.add(page.lines)
        return None


def _ways(fault: Diagnostic, state: State, without: frozenset[Mend] = frozenset()) -> list[Extents]:
    mends = [mend for mend in MENDS.get(fault.code, ()) if mend not in without]
    return [way for mend in mends for way in mend(fault, state.page) if way]


def _apart(readings: Iterable[Reading]) -> list[Reading]:
    """Those that change lines which no earlier one changes."""
    taken, kept = set[int](), list[Reading]()
    for reading in readings:
        if not taken & set(reading.lines):
            taken |= set(reading.lines)
            kept.append(reading)
    return kept


def _told(state: State, readings: Iterable[Reading]) -> list[Mended]:
    lines = state.page.lines
    return [
        Mended(reading.fault, number, lines[number - 1], new)
        for reading in readings
        for number, new in sorted(reading.lines.items())
        if lines[number - 1] != new
    ]
