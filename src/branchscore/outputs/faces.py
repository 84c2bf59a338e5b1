"""How wide and how high characters of our fonts are, in ems."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from branchscore.outputs.fonts import paths

SERIF, SANS = 0, 1


@cache
def _font(face: int) -> Any:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - costs 0.1 s, only paper needs it

    return TTFont(paths()[face], lazy=True)


@cache
def _advances(face: int) -> Mapping[int, float]:
    font = _font(face)
    widths, units = font["hmtx"].metrics, font["head"].unitsPerEm
    return {code: widths[glyph][0] / units for code, glyph in font.getBestCmap().items()}


def width(text: str, face: int = SERIF) -> float:
    """The sum of the advances; what the font lacks is printed as 〓, one em wide."""
    return sum(_advances(face).get(ord(c), 1.0) for c in text)


@cache
def ink(text: str, face: int = SERIF) -> tuple[float, float]:
    """The lowest and the highest point of ink, above the baseline."""
    from fontTools.pens.boundsPen import BoundsPen  # noqa: PLC0415

    font = _font(face)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    bounds = []
    for character in text:
        pen = BoundsPen(glyphs)
        if ord(character) in names:
            glyphs[names[ord(character)]].draw(pen)
        if pen.bounds:
            bounds.append(pen.bounds)
    units = font["head"].unitsPerEm
    lows, highs = [b[1] for b in bounds] or [0], [b[3] for b in bounds] or [0]
    return min(lows) / units, max(highs) / units


@cache
def baseline(face: int = SERIF) -> tuple[float, float]:
    """Ascent and descent of a line of the font, both positive."""
    head = _font(face)["hhea"]
    units = _font(face)["head"].unitsPerEm
    return head.ascent / units, -head.descent / units
