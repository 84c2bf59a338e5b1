"""How large a text can be printed where its space is given."""

from collections.abc import Sequence
from functools import cache
from math import ceil

from branchscore.outputs.fonts import paths

MM_PER_POINT = 25.4 / 72
# Lines break before they are full: at words, and where a line may not begin.
FILLED = 0.88


@cache
def _advances() -> dict[int, float]:
    """Widths of the characters of the serif face, in ems."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - costs 0.1 s, only paper needs it

    with TTFont(paths()[0], lazy=True) as font:
        widths, units = font["hmtx"].metrics, font["head"].unitsPerEm
        return {code: widths[glyph][0] / units for code, glyph in font.getBestCmap().items()}


def fitting(
    texts: Sequence[str], width: float, height: float, sizes: Sequence[float], leading: float
) -> float:
    """The first of the sizes, in points and from the largest, at which paragraphs with an indent
    of two characters take no more than `height` mm; else the last."""
    ems = [sum(_advances().get(ord(c), 1.0) for c in text) + 2 for text in texts]
    for size in sizes:
        em = size * MM_PER_POINT
        lines = sum(ceil(wide * em / (width * FILLED)) for wide in ems)
        if lines * leading * em <= height:
            return size
    return sizes[-1]
