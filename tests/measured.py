"""Where things are on a page, in millimetres: from the words that poppler finds and from the ink
that it draws."""

import re
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

import paper

MM = 72 / 25.4
WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>'
)


class Box(NamedTuple):
    """A word or a piece of ink, from the upper left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def words(pdf: Path, page: int) -> list[Box]:
    """The words of a page; their height is that of the font, not of the ink."""
    found = paper.text(pdf, "-bbox", "-f", str(page), "-l", str(page))
    return [Box(*(float(n) / MM for n in m[:4]), m[4]) for m in WORD.findall(found)]


def rows(pdf: Path, page: int) -> list[Box]:
    """The words that stand beside each other as one."""
    found: list[Box] = []
    for word in words(pdf, page):
        if found and abs(found[-1].top - word.top) < 0.5 and word.left >= found[-1].right - 1:
            last = found.pop()
            found.append(Box(last.left, last.top, word.right, word.bottom, last.text + word.text))
        else:
            found.append(word)
    return found


def word(pdf: Path, page: int, text: str) -> Box:
    (found,) = [one for one in rows(pdf, page) if one.text == text]
    return found


def drawn(pdf: Path, page: int, within: Box, dpi: int = 600) -> np.ndarray:
    """The part of a page that lies in a box, as red, green and blue."""
    left, top, right, bottom = (round(n / 25.4 * dpi) for n in within[:4])
    size = ("-x", left, "-y", top, "-W", right - left, "-H", bottom - top)
    done = subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), *map(str, size), pdf],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return np.asarray(Image.open(BytesIO(done.stdout)).convert("RGB")).astype(int)


def is_red(part: np.ndarray) -> np.ndarray:
    return (part[..., 0] > 150) & (part[..., 1] < 120) & (part[..., 2] < 120)


def is_dark(part: np.ndarray) -> np.ndarray:
    return part.sum(axis=2) < 380


def edges(mask: np.ndarray, within: Box, dpi: int = 600) -> Box:
    """The box around all that is set in a mask."""
    ys, xs = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    mm = 25.4 / dpi
    return Box(
        within.left + xs[0] * mm,
        within.top + ys[0] * mm,
        within.left + (xs[-1] + 1) * mm,
        within.top + (ys[-1] + 1) * mm,
    )


def ink(pdf: Path, page: int, within: Box, dpi: int = 600) -> Box:
    return edges(is_dark(drawn(pdf, page, within, dpi)), within, dpi)


def bars(mask: np.ndarray, within: Box, dpi: int = 600) -> list[tuple[float, float]]:
    """Top and bottom of the horizontal rules: rows in which nearly everything is set."""
    full: Sequence[int] = np.flatnonzero(mask.mean(axis=1) > 0.95).tolist()
    found: list[list[int]] = []
    for row in full:
        if found and row == found[-1][-1] + 1:
            found[-1].append(row)
        else:
            found.append([row])
    mm = 25.4 / dpi
    return [(within.top + run[0] * mm, within.top + (run[-1] + 1) * mm) for run in found]
