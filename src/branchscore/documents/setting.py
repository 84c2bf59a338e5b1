"""Paragraphs set on the standard's page: 28 characters of 16 pt to a line of 156 mm.

Lines are broken here and not by the printing library, so that every full line is exactly as
wide as the type area: what may not begin or end a line goes over to the next one, and what
is left is spread between the characters.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from branchscore.outputs.faces import SERIF, width

SIZE = 16
MM = 72 / 25.4
AREA = 156 * MM
CELL = AREA / 28
TIGHT = CELL - SIZE
"""28 characters of 16 pt are 158 mm wide: each stands 0.2 pt nearer to the next."""
NO_START = frozenset("，。、；：？！）》〉」』】〕”’…—％％·,.;:?!)]}%")
NO_END = frozenset("（《〈「『【〔“‘([{")
UNIT = re.compile(r"[!-~]+[年月日号个名项条人%％]?|…+|—+|.", re.DOTALL)
MOST_SPREAD = 2.0
"""A line that would stand wider apart, for a long number after it, is left short."""


class Set(NamedTuple):
    """A line, and by how many points its characters stand apart."""

    text: str
    spacing: float


def lines(
    text: str, *, cells: float = 28, indent: float = 2, face: int = SERIF, size: float = SIZE
) -> Iterator[Set]:
    """A paragraph broken into lines of `cells` characters, the first one shorter by `indent`.
    The last keeps the usual spacing, the others are spread over the whole width."""
    wide = cells * CELL
    tight = TIGHT if size == SIZE else 0.0
    rows = list(_rows(list(_units(text, wide, face, size)), wide, indent * CELL, face, size, tight))
    for i, row in enumerate(rows):
        room = wide - (indent * CELL if i == 0 else 0)
        spread = (room - width(row, face) * size) / max(1, len(row))
        short = i == len(rows) - 1 or spread > MOST_SPREAD
        # Pango rounds to 1/1024 pt; a line may be a little too narrow, never too wide.
        yield Set(row, round((min(tight, spread) if short else spread) - 0.002, 3))


def _units(text: str, wide: float, face: int, size: float) -> Iterator[str]:
    """What a line may not part: words, numbers, dashes; unless they fill a line by themselves."""
    for unit in UNIT.findall(text):
        if len(unit) > 1 and width(unit, face) * size > wide / 2:
            yield from unit
        else:
            yield unit


def _rows(
    units: Sequence[str], wide: float, indent: float, face: int, size: float, tight: float
) -> Iterator[str]:
    start, room = 0, wide - indent
    while start < len(units):
        end, used = start, 0.0
        while end < len(units):
            used += width(units[end], face) * size + tight * len(units[end])
            if used > room + 0.05:
                break
            end += 1
        end = _allowed(units, start, max(end, start + 1))
        row = "".join(units[start:end])
        yield row.rstrip(" ") if end < len(units) else row
        start, room = end, wide


def _allowed(units: Sequence[str], start: int, end: int) -> int:
    """The last place not after `end` where a line may end; `end` itself where there is none."""
    if end == len(units):
        return end
    for place in range(end, start, -1):
        if units[place][0] not in NO_START and units[place - 1][-1] not in NO_END:
            return place
    return end
