"""YAML text → `Document`: plain values that know their places.

One pass over libyaml's events. Scalars stay text, because only a schema can say whether
`00123` is a code or a number; an unquoted blank, `~` or `null` is None. What could hide
or multiply content is refused: duplicate keys, anchors, aliases, tags, merge keys,
second documents, invisible characters, and sizes no honest file has.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

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

from branchscore.text.decoding import Wrong, decoded
from branchscore.text.diagnostics import Diagnostic, Faulty, Span
from branchscore.text.files import read_bytes
from branchscore.text.mishaps import slip
from branchscore.text.phrase import Value

MAX_DEPTH = 32
MAX_NODES = 50_000
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# Control and invisible characters, line ends other than CR and LF, bidi controls, no-break
# space, noncharacters: what the eye does not see must not decide a score.
REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
LINE_END = re.compile("\r\n|\r|\n")


class Placed(NamedTuple):
    """A place in a file that the document took a value from."""

    line: int
    column: int
    path: str


Mark = yaml.Mark | Placed


class Map(dict[str, Any]):
    """A mapping as read; `marks` are the places of its keys and values, in turn."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        self.marks: list[Mark] = []

    def places(self, key: str) -> tuple[Mark, Mark]:
        """Where a key and its value stand."""
        at = 2 * list(self).index(key)
        return self.marks[at], self.marks[at + 1]


class Seq(list[Any]):
    """A sequence as read; `marks[i]` is the place of item i."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        self.marks: list[Mark] = []


@dataclass(frozen=True, slots=True)
class Document:
    """One file: `root` is nested `Map`, `Seq`, str and None; `raw` is what was hashed;
    `parents` are the files that it took values from, the nearest first."""

    path: str
    raw: bytes
    root: Any
    parents: "tuple[Document, ...]" = ()

    def diagnose(
        self, code: str, at: tuple[str | int, ...], *, key: bool = False, **values: Value
    ) -> Diagnostic:
        """A fault at the value (or key) that the path `at` leads to, or at the last place
        on that path that exists."""
        span = self.span(at, key=key)
        raw = next((d.raw for d in self.parents if d.path == span.path), self.raw)
        return diagnostic(raw, code, span, **values)

    def span(self, at: tuple[str | int, ...], *, key: bool = False) -> Span:
        """Where the value (or key) stands that the path `at` leads to."""
        node, line, column, length, path = self.root, 0, 0, 1, self.path
        for step in at:
            if isinstance(node, Map) and isinstance(step, str) and step in node:
                key_mark, value_mark = node.places(step)
                mark = key_mark if key and step == at[-1] else value_mark
                node = node[step]
            elif isinstance(node, Seq) and isinstance(step, int) and step < len(node.marks):
                mark, node = node.marks[step], node[step]
            else:
                break
            line, column = mark.line + 1, mark.column + 1
            length = len(step) if key and isinstance(step, str) else _width(node)
            path = mark.path if isinstance(mark, Placed) else self.path
        return Span(path, line, column, length)

    def first(self, offset: int = 0) -> Span:
        """The first character of the content, or one so many further on in its line."""
        text = self.raw.decode("utf-8-sig", "replace")
        for number, line in enumerate(LINE_END.split(text), 1):
            if line.strip() and not line.lstrip().startswith("#"):
                return Span(self.path, number, len(line) - len(line.lstrip()) + 1 + offset)
        return Span(self.path)


def _width(node: Any) -> int:
    return max(1, len(node)) if isinstance(node, str) and "\n" not in node else 1


def diagnostic(raw: bytes, code: str, span: Span, **values: Value) -> Diagnostic:
    """A fault together with the line of text it stands in."""
    lines = LINE_END.split(raw.decode("utf-8-sig", "replace")) if span.line else []
    excerpt = lines[span.line - 1] if span.line and span.line <= len(lines) else ""
    return Diagnostic(code, span, excerpt, values)


def read(path: Path) -> Document:
    """Read one file. Raises `Faulty` with every fault that the text itself has."""
    return parse(read_bytes(path), str(path))


def parse(raw: bytes, path: str) -> Document:
    """Read YAML text that is already in memory; `path` is only for naming places."""
    text = decoded(raw)
    if isinstance(text, Wrong):
        raise Faulty([_undecodable(raw, path, text)])
    reader = _Reader(raw, path)
    reader.check_characters(text)
    try:
        root = reader.build(yaml.CSafeLoader(text))
    except yaml.MarkedYAMLError as error:
        reader.stuck(text, error)
        raise Faulty(reader.faults) from None
    except yaml.YAMLError:
        raise Faulty([*reader.faults, Diagnostic("Y004", Span(path))]) from None
    if root is None and not reader.faults:
        reader.faults.append(Diagnostic("Y011", Span(path)))
    if reader.faults:
        raise Faulty(reader.faults)
    return Document(path, raw, root)


def _undecodable(raw: bytes, path: str, wrong: Wrong) -> Diagnostic:
    if wrong.at is None:
        return Diagnostic(wrong.code, Span(path), "", {"what": wrong.what})
    before = raw[: wrong.at]
    line = len(re.findall(rb"\r\n|\r|\n", before)) + 1
    start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
    column = len(before[start:].decode("utf-8", "replace")) + 1
    if wrong.code == "Y015":  # so that the excerpt can be read
        raw = raw.decode("gb18030" if wrong.what == "GBK" else "big5").encode()
    return diagnostic(raw, wrong.code, Span(path, line, column), what=wrong.what)


class _Reader:
    """Builds the tree of one document and collects its faults."""

    def __init__(self, raw: bytes, path: str) -> None:
        self.raw, self.path = raw, path
        self.faults: list[Diagnostic] = []

    def fault(self, code: str, mark: Any, length: int = 1, **values: Any) -> None:
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        self.faults.append(
            diagnostic(self.raw, code, Span(self.path, line, column, length), **values)
        )

    def stop(self, code: str, mark: Any, **values: Any) -> NoReturn:
        self.fault(code, mark, **values)
        raise Faulty(self.faults)

    def stuck(self, text: str, error: yaml.MarkedYAMLError) -> None:
        """A fault where the person erred, or else where the parser gave up."""
        found = slip(LINE_END.split(text), error)
        if found is None:
            self.fault("Y004", error.problem_mark or error.context_mark, why=error.problem or "")
            return
        span = Span(self.path, found.line, found.column, found.length)
        self.faults.append(diagnostic(self.raw, found.code, span, what=found.what))

    def check_characters(self, text: str) -> None:
        # Nothing printable is refused, and this looks three times as fast as the pattern.
        clean = text.replace("\n", "").isprintable() or not REFUSED.search(text)
        lines = () if clean else enumerate(LINE_END.split(text), 1)
        for number, line in lines:
            for hit in REFUSED.finditer(line):
                span = Span(self.path, number, hit.start() + 1)
                name = f"U+{ord(hit[0]):04X}"
                self.faults.append(diagnostic(self.raw, "Y003", span, character=name))
        if self.faults:
            raise Faulty(self.faults)

    def quoted(self, event: ScalarEvent) -> None:
        """Escapes in double quotes can hold what the text itself may not."""
        if event.style == '"' and (hit := REFUSED.search(event.value)):
            self.fault("Y003", event.start_mark, character=f"U+{ord(hit[0]):04X}")

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

    def build(self, loader: yaml.CSafeLoader) -> Any:  # noqa: C901, PLR0912, PLR0915 - the hot loop
        """Run through the events once; a stack of open containers replaces recursion, since
        nesting deep enough for Python's or C's stack can stand in a file of 25 kB."""
        next_event: Callable[[], Any] = loader.get_event
        root: Any = None
        stack: list[Map | Seq] = []
        here: Any = None
        marks: list[Mark] = []
        key: str | None = None
        in_map, nodes, documents = False, 0, 0
        while (event := next_event()) is not None:
            kind, mark = type(event), event.start_mark
            if kind is ScalarEvent:
                value: Any = event.value
                if event.style:
                    self.quoted(event)
                elif value in NULLS:
                    value = None
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
                    self.stop("Y010", mark)
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
                root = value
            if kind is not ScalarEvent:
                stack.append(value)
                here, in_map, marks = value, kind is MappingStartEvent, value.marks
                if len(stack) > MAX_DEPTH:
                    self.stop("Y009", mark, limit=f"depth {MAX_DEPTH}")
            nodes += 1
            if nodes > MAX_NODES:
                self.stop("Y009", mark, limit=f"{MAX_NODES} values")
        return root
