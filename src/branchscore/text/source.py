"""YAML text → `Document`: plain values that know their places.

One pass over libyaml's events. Scalars stay text, because only a schema can say whether
`00123` is a code or a number; an unquoted blank, `~` or `null` is None. What could hide
or multiply content is refused: duplicate keys, anchors, aliases, tags, merge keys,
second documents, invisible characters, and sizes no honest file has.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from branchscore.text.characters import REFUSED, Refused, escaped, plain, told
from branchscore.text.decoding import Wrong, decoded, undecodable
from branchscore.text.diagnostics import Diagnostic, Faulty, Span
from branchscore.text.files import read_bytes
from branchscore.text.limits import limits
from branchscore.text.mishaps import Slip, slip
from branchscore.text.phrase import Phrase
from branchscore.text.strict import lax
from branchscore.text.tree import (
    LINE_END,
    Document,
    Map,
    Mark,
    Placed,
    Seq,
    capped,
    diagnostic,
    lines_of,
)
from branchscore.text.twins import alike, twins

__all__ = ["LINE_END", "Document", "Map", "Mark", "Placed", "Seq", "diagnostic", "parse", "read"]

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
BARE = NULLS | {"-"}
LEVELS, VALUES = Phrase("层", "levels"), Phrase("个值", "values")
CHARACTERS = Phrase("字", "characters")
COMPLEX = re.compile(r"(?:\? +)+$")


def read(path: Path) -> Document:
    """Read one file. Raises `Faulty` with every fault that the text itself has."""
    return parse(read_bytes(path), str(path))


def parse(raw: bytes, path: str) -> Document:
    """Read YAML text that is already in memory; `path` is only for naming places."""
    text = decoded(raw)
    if isinstance(text, Wrong):
        raise Faulty([undecodable(raw, path, text)])
    reader = _Reader(raw, path)
    common = plain(raw, text)
    if not common and REFUSED.search(text):
        reader.check_characters()
    try:
        root = reader.build(yaml.CSafeLoader(text))
    except yaml.MarkedYAMLError as error:
        reader.stuck(error)
        reader.give_up()
    except yaml.YAMLError:
        reader.faults.append(Diagnostic("Y004", Span(path), "", {"why": ""}))
        reader.give_up()
    for found in lax(raw, text):
        reader.slip(found)
    if root is None and not reader.faults:
        reader.faults.append(diagnostic(raw, "Y011", Span(path, 1, 1) if text else Span(path)))
    remarks = tuple(reader.check_keys(root))
    if reader.faults:
        reader.give_up()
    return Document(path, raw, root, (), common and not reader.escapes, remarks)


class _Reader:
    """Builds the tree of one document and collects its faults."""

    def __init__(self, raw: bytes, path: str) -> None:
        self.raw, self.path = raw, path
        self.escapes = b"\\" in raw
        self.faults: list[Diagnostic] = []
        self.unsaid = 0
        self.maps: list[Map] = []
        self.start: Mark = Placed(0, 0, path)

    def fault(self, code: str, mark: Any, length: int = 1, **values: Any) -> None:
        if len(self.faults) >= limits().faults:
            self.unsaid += 1
            return
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        span = Span(self.path, line, column, length)
        self.faults.append(diagnostic(self.raw, code, span, **values))

    def give_up(self) -> NoReturn:
        raise Faulty(capped(self.faults, self.unsaid)) from None

    def stop(self, code: str, mark: Any, **values: Any) -> NoReturn:
        self.fault(code, mark, **values)
        self.give_up()

    def too_deep(self, stack: list[Map | Seq]) -> NoReturn:
        """Told where the outermost bracket opens, or else the outermost list or mapping."""
        lines = lines_of(self.raw)
        marks: list[Any] = [self.start, *(container.marks[-1] for container in stack[:-1])]
        opened = (m for m in marks if lines[m.line][m.column : m.column + 1] in ("[", "{"))
        self.too_much(next(opened, marks[0]), limits().depth, LEVELS)

    def too_much(self, mark: Any, most: int, counted: Phrase) -> NoReturn:
        self.stop("Y009", mark, limit=Phrase(*(f"{most} {word}" for word in counted)))

    def stuck(self, error: yaml.MarkedYAMLError) -> None:
        """A fault where the person erred, or else where the parser gave up."""
        lines, problem, context = lines_of(self.raw), error.problem_mark, error.context_mark
        if problem and context and "quoted" in (error.context or ""):
            hidden = escaped(lines[problem.line], problem.line, context.column)
            if hidden:
                return self.character(hidden)
        found = slip(lines, error)
        if found is None:
            return self.fault("Y004", problem or context, why=error.problem or "")
        return self.slip(found)

    def slip(self, found: Slip) -> None:
        if found.code == "Y003":
            return self.character(told(found.line - 1, found.column - 1, found.what))
        span = Span(self.path, found.line, found.column, found.length)
        self.faults.append(diagnostic(self.raw, found.code, span, what=found.what))
        return None

    def check_characters(self) -> None:
        for number, line in enumerate(lines_of(self.raw)):
            room = limits().faults - len(self.faults)
            for hit in islice(REFUSED.finditer(line), room):
                self.character(told(number, hit.start(), hit[0]))
            if room < len(line):
                self.unsaid += max(0, len(REFUSED.findall(line)) - room)
        if self.faults:
            self.give_up()

    def character(self, found: Refused) -> None:
        self.fault("Y003", found, what=found.what, character=found.character)

    def escaped(self, event: ScalarEvent) -> None:
        """Escapes in double quotes can hold what the text itself may not."""
        hit = REFUSED.search(event.value)
        if hit is None:
            return
        mark: Any = event.start_mark
        end: Any = event.end_mark
        for number in range(mark.line, end.line + 1):
            start = mark.column if number == mark.line else 0
            found = escaped(lines_of(self.raw)[number], number, start)
            if found:
                self.character(found)
                return
        self.character(told(mark.line, mark.column, hit[0]))

    def check_keys(self, root: Any) -> Iterator[Diagnostic]:
        """Faults of names that are too long or the same to the eye; yields the warnings."""
        most = limits().key
        if not alike(set().union(*self.maps), most):
            return
        for twin in twins(root, most):
            span = Span(self.path, twin.mark.line + 1, twin.mark.column + 1, len(twin.key))
            values: dict[str, Any] = {"key": twin.key, "other": twin.other, "first": twin.first}
            if twin.code == "Y003":
                self.character(told(twin.mark.line, twin.mark.column + twin.first, twin.other))
            elif twin.code == "Y033":
                yield diagnostic(self.raw, "Y033", span, **values)
            elif twin.code == "Y025":
                self.fault("Y025", twin.mark, what=str(most))
            elif twin.code == "Y029":
                self.fault("Y029", twin.mark, what=twin.key[0])
            else:
                self.fault(twin.code, twin.mark, len(twin.key), **values)

    def bare(self, event: ScalarEvent) -> str | None:
        """What stands for nothing; libyaml takes a dash between brackets for a text."""
        if event.value == "-":
            self.fault("Y022", event.start_mark, what="-")
        return None

    def decoration(self, event: NodeEvent) -> None:
        code = "Y006" if event.anchor is not None else "Y007"
        self.fault(code, event.start_mark, what=str(event.anchor or getattr(event, "tag", "")))

    def key(self, event: ScalarEvent, into: Map) -> None:
        """A key that is empty, or taken, or would merge another mapping in."""
        key = event.value
        if key in into:
            first = into.places(key)[0].line + 1
            self.fault("Y005", event.start_mark, len(key), key=key, first=first)
        elif not event.style and key == "<<":
            self.fault("Y012", event.start_mark, 2)
        elif not key or (not event.style and key in NULLS):
            self.fault("Y010", event.start_mark)

    def complex_key(self, mark: yaml.Mark) -> NoReturn:
        """A list or mapping as a name; the question mark before it is where that begins."""
        before = lines_of(self.raw)[mark.line][: mark.column]
        found = COMPLEX.search(before)
        self.stop("Y010", Placed(mark.line, found.start() if found else mark.column, self.path))

    def build(self, loader: yaml.CSafeLoader) -> Any:  # noqa: C901, PLR0912, PLR0915 - the hot loop
        """Run through the events once; a stack of open containers replaces recursion, since
        nesting deep enough for Python's or C's stack can stand in a file of 25 kB."""
        next_event: Callable[[], Any] = loader.get_event
        root: Any = None
        stack: list[Map | Seq] = []
        here: Any = None
        marks: list[Mark] = []
        key: str | None = None
        in_map, values, documents = False, 0, 0
        most, escapes, maps = limits(), self.escapes, self.maps
        deepest, most_values = most.depth, most.values
        long = len(self.raw) > most.scalar
        while (event := next_event()) is not None:
            kind, mark = type(event), event.start_mark
            if kind is ScalarEvent:
                value: Any = event.value
                if event.style:
                    if escapes and event.style == '"':
                        self.escaped(event)
                elif value in BARE:
                    value = self.bare(event)
                if event.anchor is not None or event.tag is not None:
                    self.decoration(event)
                if in_map and key is None:
                    key = value or ""
                    if not value or value in here or value == "<<":
                        self.key(event, here)
                    marks.append(mark)
                    continue
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if in_map and key is None:
                    self.complex_key(mark)
                if event.anchor is not None or event.tag is not None:
                    self.decoration(event)
                value = Map() if kind is MappingStartEvent else Seq()
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                stack.pop()
                if stack:
                    here = stack[-1]
                    in_map, marks = type(here) is Map, here.marks
                continue
            elif kind is AliasEvent:
                self.stop("Y006", mark, what=str(event.anchor))
            else:
                documents += kind is DocumentStartEvent
                if documents > 1:
                    self.stop("Y008", mark)
                continue
            marks.append(mark)
            if in_map:
                here[key] = value
                key = None
            elif stack:
                here.append(value)
            else:
                root, self.start = value, mark
            if kind is not ScalarEvent:
                stack.append(value)
                here, in_map, marks = value, kind is MappingStartEvent, value.marks
                if in_map:
                    maps.append(value)
                if len(stack) > deepest:
                    self.too_deep(stack)
            elif long and value and len(value) > most.scalar:
                self.too_much(mark, most.scalar, CHARACTERS)
            values += 1
            if values > most_values:
                self.too_much(mark, most_values, VALUES)
        return root
