"""How large a text can be printed where its space is given."""

from collections.abc import Sequence
from math import ceil

from branchscore.outputs.faces import width as wide

MM_PER_POINT = 25.4 / 72
# Lines break before they are full: at words, and where a line may not begin.
FILLED = 0.88


def fitting(
    texts: Sequence[str], width: float, height: float, sizes: Sequence[float], leading: float
) -> float:
    """The first of the sizes, in points and from the largest, at which paragraphs with an indent
    of two characters take no more than `height` mm; else the last."""
    ems = [wide(text) + 2 for text in texts]
    for size in sizes:
        em = size * MM_PER_POINT
        lines = sum(ceil(each * em / (width * FILLED)) for each in ems)
        if lines * leading * em <= height:
            return size
    return sizes[-1]
