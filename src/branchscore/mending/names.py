"""A name that nobody asks for, and the one that was meant."""

import re
from collections.abc import Iterable
from dataclasses import replace

from branchscore.criteria.titles import FRAME_TITLES
from branchscore.mending.page import Extents, Page, instead
from branchscore.mending.values import bare
from branchscore.text.diagnostics import Diagnostic

BLANKS = re.compile(r"\s+")
HAN = re.compile("[\u4e00-\u9fff]")
# One of these more, less or other makes another name, not a misspelt one.
TELLING = frozenset(
    "0123456789一二三四五六七八九十两首末前后上下左右大小多少有无未没不非已应实男女正副新老"
    "数率次额分比名项年季月周日时度人员组部长入出进退增减加总均内外"
)
PREFIXES = ("un", "in", "non", "dis", "not", "pre", "post", "re")


def name(fault: Diagnostic, page: Page) -> list[Extents]:
    """The nearest known name; two that are equally near are two readings."""
    got = str(fault.values["got"])
    if got[:1].isspace():
        return []  # its indent is what went wrong
    nearest = meant(got, page.asked.names)
    return [reading for near in nearest for reading in instead(page, fault, got, near)]


def missing(fault: Diagnostic, page: Page) -> list[Extents]:
    """Where the `criteria` are missing nothing else is told; they may be there misspelt."""
    document = page.asked.document
    if not page.asked.lost or document is None:
        return []
    readings = list[Extents]()
    for key in document.root:
        mark = document.root.places(key)[0]
        span = replace(fault.span, line=mark.line + 1, column=mark.column + 1)
        there = replace(fault, span=span)
        for near in meant(key, ("criteria", FRAME_TITLES["criteria"])):
            readings += [
                [replace(r, fault=fault) for r in way] for way in instead(page, there, key, near)
            ]
    return readings


def meant(got: str, known: Iterable[str]) -> list[str]:
    """The known names nearest to a misspelt one, if they are near enough to be sure of."""
    plain = _plain(got)
    same = sorted(word for word in known if _plain(word) == plain and word != got)
    if same:
        return same
    return sorted(word for word in known if is_slip(plain, _plain(word)))


def _plain(name: str) -> str:
    return BLANKS.sub("", bare(name)).lower()


def is_slip(got: str, word: str) -> bool:
    """One letter more, less, other, or two in each other's place, and none that tells names
    apart."""
    least = 4 if HAN.search(word) else 5
    if max(len(got), len(word)) < least or abs(len(got) - len(word)) > 1 or got == word:
        return False
    if any(got == prefix + word or word == prefix + got for prefix in PREFIXES):
        return False
    pairs = enumerate(zip(got, word, strict=False))
    same = next((i for i, (x, y) in pairs if x != y), min(len(got), len(word)))
    a, b = got[same:], word[same:]
    if len(a) == len(b):
        swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
        return swapped or (a[1:] == b[1:] and not _tells(a[0], b[0]))
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[1:] == shorter and longer[0] not in TELLING


def _tells(one: str, other: str) -> bool:
    """次 for 数 makes another name, 教 for 数 a misspelt one."""
    return {one, other} <= TELLING or one.isdigit() or other.isdigit()
