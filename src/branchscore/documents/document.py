"""A document as its elements, and the places on the page that must be worked out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import floor

from branchscore.documents.setting import CELL, MM, SIZE, TIGHT
from branchscore.outputs import dates
from branchscore.outputs.faces import SERIF, baseline, ink, width
from branchscore.outputs.line_breaks import title_lines

LINE = 10.227
"""Millimetres: 22 lines make 225."""
MARK_TOP, MARK_WIDTH, MARK_SIZE = 35.0, 148.0, 46
UNDER_NUMBER, RULE, LEADING = 4.0, 0.5, 1.32
SEAL = 42.0
"""Across; the larger of the seals in use."""
FILE = "文件"
GAP = 0.45
"""Ems between the names of issuers and 文件."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `wide` are shares of the columns, `left` those that are not centred."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[float, ...]
    left: frozenset[int]


@dataclass(frozen=True, slots=True)
class Annex:
    """An attachment: its title, paragraphs, tables."""

    title: str
    text: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """The foot of the last page (版记)."""

    copies: str
    printer: str
    printed: date


@dataclass(frozen=True, slots=True)
class Document:
    """The elements in their order on paper; `after` is text that follows the table. Without a
    number there is no red head."""

    number: str
    title: str
    to: str
    text: tuple[str, ...]
    issuers: tuple[str, ...]
    date: date
    table: Table | None = None
    after: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    imprint: Imprint | None = None
    fictional: bool = False


def dated(day: date) -> str:
    """A date in Chinese, which these documents are in."""
    return dates.dated(day)["zh"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of the head: its text, how far its box lies below the type area's top (mm), its
    size (pt), and by how much its characters stand apart (pt)."""

    text: str
    top: float
    left: float
    size: float
    spacing: float


@dataclass(frozen=True, slots=True)
class Head:
    """The red head: names, 文件, the number; the rule, and where it all ends (mm)."""

    lines: tuple[Placed, ...]
    number: Placed
    rule: float
    thick: float = RULE


def head(issuers: Sequence[str], number: str) -> Head:
    """Joint issuers stand in order, spread to the same width, 文件 at the middle of their right
    side; the upper edge of what is printed is 35 mm below that of the type area."""
    ems = max(map(width, issuers))
    size = min(MARK_SIZE, floor(MARK_WIDTH * MM / (ems + GAP + 2)))
    em = size / MM
    left = (156 - (ems + GAP + 2) * em) / 2
    first = MARK_TOP + ink(issuers[0] if len(issuers) > 1 else issuers[0] + FILE)[1] * em
    step = LEADING * em
    marks = [
        _placed(name, first + i * step, left, size, (ems - width(name)) * size / _gaps(name))
        for i, name in enumerate(issuers)
    ]
    middle = first + (len(issuers) - 1) / 2 * step
    marks.append(_placed(FILE, middle, left + (ems + GAP) * em, size, 0))
    last = first + (len(issuers) - 1) * step
    rise, fall = baseline()
    em = SIZE / MM
    box = last + 0.12 * size / MM + 2 * LINE
    under = box + (LINE - (rise + fall) * em) / 2 + rise * em
    wide = (width(number) * SIZE + len(number) * TIGHT) / MM
    line = _placed(number, under, (156 - wide) / 2, SIZE, TIGHT)
    return Head(tuple(marks), line, round(under - ink(number)[0] * em + UNDER_NUMBER, 3))


def _gaps(name: str) -> int:
    return max(1, len(name) - 1)


def _placed(text: str, under: float, left: float, size: float, spacing: float) -> Placed:
    """A line by its baseline; its box is as high as the font's own line."""
    rise = baseline(SERIF)[0] * size / MM
    return Placed(text, round(under - rise, 3), round(left, 3), size, round(spacing, 3))


@dataclass(frozen=True, slots=True)
class Signature:
    """An issuer beside or above others, with room for its seal; the last has the date."""

    rows: tuple[str, ...]
    left: float
    wide: float
    top: float


def signatures(issuers: Sequence[str], day: date) -> list[list[Signature]]:
    """Two to a row, so that no seal (42 mm) touches another or leaves the type area. The date
    ends four characters before the right edge, and the last name is centred above it, as is
    the seal that presses on both."""
    written = dated(day)
    half = (width(written) * SIZE + len(written) * TIGHT) / MM / 2
    right = 2 * (156 - (24 * CELL / MM - half))
    columns = ((0.0, 156 - right), (156 - right, right))
    odd = len(issuers) % 2
    pairs = [issuers[i : i + 2] for i in range(0, len(issuers) - odd, 2)]
    places = [[*zip(pair, columns, strict=True)] for pair in pairs]
    if odd:
        places.append([(issuers[-1], columns[1])])
    made = [[_signed(name, left, wide) for name, (left, wide) in row] for row in places]
    made[-1][-1] = _signed(issuers[-1], *columns[1], written)
    return made


def _signed(name: str, left: float, wide: float, *below: str) -> Signature:
    rows = (*title_lines(name, (wide - 4) * MM / (SIZE + TIGHT)), *below)
    return Signature(rows, round(left, 3), round(wide, 3), round((SEAL - len(rows) * LINE) / 2, 3))
