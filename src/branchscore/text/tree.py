"""`Document`: what was read from one file, as plain values that know their places."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import yaml

from branchscore.text.diagnostics import Diagnostic, Span
from branchscore.text.limits import limits
from branchscore.text.phrase import Value

LINE_END = re.compile("\r\n|\r|\n")
CLIPPED = frozenset({"got", "key", "name", "what", "other"})
CLIP, LONG = 60, 2000


class Placed(NamedTuple):
    """A place in a file that the document took a value from."""

    line: int
    column: int
    path: str


Mark = yaml.Mark | Placed


class Map(dict[str, Any]):
    """A mapping as read; `marks` are the places of its keys and values, in turn."""

    __slots__ = ("known", "marks")

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.known: dict[str, int] | None = None

    def places(self, key: str) -> tuple[Mark, Mark]:
        """Where a key and its value stand."""
        if self.known is None or len(self.known) != len(self):
            self.known = {name: 2 * i for i, name in enumerate(self)}
        at = self.known[key]
        return self.marks[at], self.marks[at + 1]

    def written(self, key: str) -> str:
        """A key as it stands in the file."""
        return key

    def named(self, key: str) -> dict[str, Any]:
        """What a sentence calls a key: its `name`."""
        return {"name": key}

    def beside(self) -> frozenset[str]:
        """The keys that may stand here, if this mapping knows them."""
        return frozenset()

    def bare(self) -> "Map":
        """A mapping of this sort with nothing in it."""
        return Map()


class Seq(list[Any]):
    """A sequence as read; `marks[i]` is the place of item i."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        self.marks: list[Mark] = []


@dataclass(frozen=True, slots=True)
class Document:
    """One file: `root` is nested `Map`, `Seq`, str and None; `raw` is what was hashed;
    `parents` are the files that it took values from, the nearest first; `common` says that
    there are only characters in it that need no look; `remarks` are warnings."""

    path: str
    raw: bytes
    root: Any
    parents: "tuple[Document, ...]" = ()
    common: bool = False
    remarks: tuple[Diagnostic, ...] = ()

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
                written, node = node.written(step), node[step]
            elif isinstance(node, Seq) and isinstance(step, int) and step < len(node.marks):
                mark, written, node = node.marks[step], "", node[step]
            else:
                break
            line, column = mark.line + 1, mark.column + 1
            length = len(written) if key and written else _width(node)
            path = mark.path if isinstance(mark, Placed) else self.path
        return Span(path, line, column, length)

    def value(self, at: tuple[str | int, ...]) -> Any:
        """The value that a path leads to, or the last one on it that exists: a path to a key
        goes on from its mapping."""
        node = self.root
        for step in at:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break
        return node

    @property
    def lines(self) -> list[str]:
        return lines_of(self.raw)

    def first(self, offset: int = 0) -> Span:
        """The first character of the content, or one so many further on in its line."""
        for number, line in enumerate(self.lines, 1):
            if line.strip() and not line.lstrip().startswith("#"):
                return Span(self.path, number, len(line) - len(line.lstrip()) + 1 + offset)
        return Span(self.path)


def _width(node: Any) -> int:
    return max(1, len(node)) if isinstance(node, str) and "\n" not in node else 1


@lru_cache(maxsize=4)
def lines_of(raw: bytes) -> list[str]:
    text = raw.decode("utf-8-sig", "replace")
    return LINE_END.split(text) if "\r" in text else text.split("\n")


def diagnostic(raw: bytes, code: str, span: Span, **values: Value) -> Diagnostic:
    """A fault together with the line of text it stands in."""
    lines = lines_of(raw) if span.line else []
    excerpt = lines[span.line - 1] if span.line and span.line <= len(lines) else ""
    if len(excerpt) > LONG:
        excerpt = excerpt[: span.column + LONG] if span.column < LONG else ""
    for name in CLIPPED & values.keys():
        value = values[name]
        if isinstance(value, str) and len(value) > CLIP:
            values[name] = f"{value[:CLIP]}…"
    return Diagnostic(code, span, excerpt, values)


def first(found: Iterable[Callable[[], Diagnostic]], path: str) -> list[Diagnostic]:
    """As many findings as are told one by one, and a line that counts the others; those are not
    put into words."""
    rest = iter(found)
    told = [make() for make in islice(rest, limits().faults)]
    more = sum(1 for _ in rest)
    return [*told, *([_more(path, more)] if more else [])]


def _more(path: str, number: int) -> Diagnostic:
    return Diagnostic("Y034", Span(path), "", {"number": number})


def capped(faults: Iterable[Diagnostic], unsaid: int = 0) -> list[Diagnostic]:
    """As many faults of one file as are told one by one, and a line that counts the others."""
    rest = iter(faults)
    told = list(islice(rest, limits().faults))
    more = unsaid + sum(1 for _ in rest)
    if more:
        told.append(_more(told[0].span.path, more))
    return told
