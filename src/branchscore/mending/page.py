"""One text that is being mended, and one reading of what is wrong in it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from branchscore.mending.asked import Asked
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.tree import LINE_END

QUOTES = ("'", '"')
BLOCK = re.compile(r"(?::\s|：|-\s)\s*[|>][+-]?[0-9]?\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of one file, and what is asked of it."""

    lines: tuple[str, ...]
    asked: Asked

    @classmethod
    def of(cls, text: str, asked: Asked) -> "Page":
        return cls(tuple(LINE_END.split(text)), asked)

    @property
    def raw(self) -> bytes:
        return "\n".join(self.lines).encode()

    def line(self, fault: Diagnostic) -> str:
        """The line of a fault; empty where it is of the whole file, or at its very end."""
        at = fault.span.line
        return self.lines[at - 1] if 0 < at <= len(self.lines) else ""

    def changed(self, lines: Mapping[int, str]) -> "Page":
        made = [lines.get(number, line) for number, line in enumerate(self.lines, 1)]
        return replace(self, lines=tuple(made))

    def below(self, number: int) -> range:
        """The lines of what begins in line `number`: it, and those further in after it."""
        first = self.lines[number - 1]
        least = indent(first) + (0 if first.lstrip().startswith("- ") else 1)
        end = number
        for line in self.lines[number:]:
            item = line.lstrip().startswith("- ") and indent(line) == indent(first) < least
            if line.strip() and indent(line) < least and not item:
                break
            end += 1
        return range(number, end + 1)

    def prose(self) -> Iterator[tuple[int, str]]:
        """The lines, with their numbers, that are not inside a block text (`|`, `>`)."""
        inside = -1
        for number, line in enumerate(self.lines, 1):
            if inside >= 0 and (not line.strip() or len(line) - len(line.lstrip(" ")) > inside):
                continue
            inside = indent(line) if BLOCK.search(line) else -1
            yield number, line


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a faulty place may mean: the lines that would say it. In each line of `anchors` a
    name, item or list must then begin at that 0-based column, and not be inside a text. What
    is less sure `needs` more: a file in which all is in its place, or lines with nothing else
    wrong."""

    fault: Diagnostic
    lines: Mapping[int, str]
    anchors: Mapping[int, int] = field(default_factory=dict)
    needs: Literal["", "placed", "sound"] = ""


Extents = Sequence[Reading]
"""One way to read a fault, for many lines alike or for few: the first that proves right."""
Mend = Callable[[Diagnostic, Page], Iterable[Extents]]


def instead(
    page: Page, fault: Diagnostic, got: str, new: str, needs: Literal["", "sound"] = ""
) -> list[Extents]:
    """The scalar `got` that the fault points at, or that stands once in what it points at,
    with `new` in its place; nothing where it is not written in one piece."""
    if got == new or not got:
        return []
    number, column = fault.span.line, fault.span.column - 1
    line = page.line(fault)
    column += line[column : column + 1] in QUOTES
    if not _stands_at(line, column, got):
        places = list(_places(page, number, got)) if number else []
        if len(places) != 1:
            return []
        number, column = places[0]
        line = page.lines[number - 1]
    made = line[:column] + new + line[column + len(got) :]
    return [[Reading(fault, {number: made}, needs=needs)]]


def _stands_at(line: str, column: int, got: str) -> bool:
    """Whether the scalar is `got` and not only begins with it."""
    if not line.startswith(got, column):
        return False
    quote, rest = line[column - 1 : column] if column else "", line[column + len(got) :]
    if quote in QUOTES and quote:
        return rest.startswith(quote)
    return not rest or bool(re.match(r"\s|[,\]}:]", rest))


def _places(page: Page, number: int, got: str) -> Iterator[tuple[int, int]]:
    for at in page.below(number):
        line = page.lines[at - 1]
        for match in re.finditer(rf"(?<![^\s\[{{,:'\"]){re.escape(got)}", line):
            if _stands_at(line, match.start(), got):
                yield at, match.start()
