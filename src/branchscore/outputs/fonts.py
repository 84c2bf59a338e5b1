"""The fonts that come with the installation, and which characters they have.

Song (宋体, Noto Serif SC) is for text, Hei (黑体, Noto Sans SC) for headings and figures, as
Chinese printing does without a bold face. No font of the system is ever used, so that pages
are the same on every machine.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

GETA = "〓"
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def paths() -> tuple[Path, ...]:
    """The font files, in a fixed order."""
    import pylopdf_fonts_zh_cn as fonts  # noqa: PLC0415 - the wheel is only needed for paper

    return fonts.serif_path(), fonts.sans_path()


def write_config(folder: Path) -> Path:
    """A fontconfig file that knows our fonts only; its cache lies in the same folder."""
    file, cache = folder / "fonts.conf", folder / "cache"
    cache.mkdir()  # or two processes that start together would both, and one fail
    file.write_text(CONFIG.format(fonts=paths()[0].parent, cache=cache), encoding="utf-8")
    return file


@cache
def printable() -> frozenset[int]:
    """Code points that every one of our fonts can draw."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - costs 0.1 s, only paper needs it

    maps: list[frozenset[int]] = []
    for path in paths():
        with TTFont(path, lazy=True) as font:
            maps.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*maps)


def unprintable(texts: Iterable[str]) -> Iterator[str]:
    """The characters that no font here can draw, each once, in order of appearance."""
    seen: set[str] = set()
    for text in texts:
        for character in text:
            if character not in seen and ord(character) not in printable():
                seen.add(character)
                if character not in "\n\t":
                    yield character


def drawable(text: str) -> str:
    """The text with 〓, the printers' sign for a missing sort, for what cannot be drawn: a
    reader must see that something is missing."""
    have = printable()
    return "".join(c if ord(c) in have or c in "\n\t" else GETA for c in text)
