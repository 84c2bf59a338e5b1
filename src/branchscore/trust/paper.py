"""A signed certificate, read back: its one signature, what is attached, what is on the page.

Files are written by strangers. What is on the page is only looked at once the signature over
all of it has been found good, so that it is our own writing that is read.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from branchscore.trust.refused import Untrusted

# What is wrong with a file is told in our words; the library's own are tracebacks.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

MOST = 4 * 2**20
HEAD, TAIL = b"%PDF-1.", b"%%EOF\n"
TOKEN = re.compile(
    rb"\[(?P<shown>[^\]]*)\] ?TJ|/(?P<font>\w+) [-\d.]+ Tf"
    rb"|(?P<place>[-\d.]+ [-\d.]+) (?P<to>[ml])\s|(?P<close>h)\s"
)
HEX = re.compile(rb"<([0-9a-fA-F]*)>")
PAIR = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>")
BLOCK = re.compile(rb"beginbfchar\n(.*?)endbfchar", re.DOTALL)
CODE_PARTS = 100
"""No other drawing on a certificate has so many rectangles of whole numbers."""


@dataclass(frozen=True, slots=True)
class Page:
    """The only page: its text without blanks, and the modules of its code."""

    text: str
    dark: frozenset[tuple[int, int]]


class Paper:
    """A file that looks like one of ours. Raises `Untrusted`."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        if len(raw) > MOST or not raw.startswith(HEAD) or not raw.endswith(TAIL):
            raise Untrusted(
                "不是完整的 PDF 证书（头尾不对，或者太大）",
                "not a whole PDF certificate (its start or end is wrong, or it is too large)",
            )
        try:
            self.reader = PdfFileReader(BytesIO(raw), strict=True)
            self.signatures: list[EmbeddedPdfSignature] = list(self.reader.embedded_signatures)
        except Exception:  # a hostile file may break the library anywhere
            raise Untrusted(
                "PDF 的结构不对：文件损坏，或者被改动过",
                "the PDF is malformed: it is damaged, or was changed",
            ) from None

    def attachments(self) -> dict[str, bytes]:
        """The files inside, by name; a name that stands twice is an error."""
        found = list(_named(self.reader.root["/Names"]["/EmbeddedFiles"]))
        files = {str(name): bytes(spec["/EF"]["/F"].data) for name, spec in found}
        if len(files) != len(found):
            raise Untrusted("有重名的附件", "two attachments have the same name")
        return files

    def page(self) -> Page:
        pages = self.reader.root["/Pages"]
        if pages["/Count"] != 1:
            raise Untrusted("证书应只有一页", "a certificate has one page")
        page = pages["/Kids"][0]
        known = page["/Resources"]["/Font"]
        fonts = {name[1:].encode(): _letters(known[name]) for name in known}
        return _page(bytes(page["/Contents"].data), fonts)


def _named(node: Any) -> Iterator[tuple[Any, Any]]:
    """The entries of a name tree of one level, which is what we write."""
    names = node["/Names"]
    for i in range(0, len(names), 2):
        yield names[i], names[i + 1]


def _letters(font: Any) -> dict[bytes, str]:
    """What the glyphs of a font stand for, by number."""
    blocks = BLOCK.findall(font["/ToUnicode"].data)
    pairs = (pair for block in blocks for pair in PAIR.findall(block))
    return {
        glyph.lower(): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs
    }


def _page(content: bytes, fonts: Mapping[bytes, Mapping[bytes, str]]) -> Page:
    text: list[str] = []
    letters: Mapping[bytes, str] = {}
    corners: list[tuple[str, str]] = []
    parts: list[tuple[int, int, int]] = []
    for token in TOKEN.finditer(content):
        if token["font"]:
            letters = fonts[token["font"]]
        elif token["shown"] is not None:
            shown = b"".join(HEX.findall(token["shown"])).lower()
            text.extend(letters[shown[i : i + 4]] for i in range(0, len(shown), 4))
        elif token["place"]:
            if token["to"] == b"m":
                corners = []
            x, y = token["place"].decode().split()
            corners.append((x, y))
        else:
            parts.extend(_run(corners))
    dark = {(x + i, y) for x, y, n in parts for i in range(n)} if len(parts) > CODE_PARTS else set()
    return Page("".join("".join(text).split()), frozenset(dark))


def _run(corners: list[tuple[str, str]]) -> Iterator[tuple[int, int, int]]:
    """The run of modules that these corners are of: column, row and length."""
    if len(corners) == 4 and all(part.isdecimal() for corner in corners for part in corner):
        (x, y), (right, _), (_, below), _ = [(int(a), int(b)) for a, b in corners]
        box = [(x, y), (right, y), (right, y + 1), (x, y + 1)]
        if below == y + 1 and corners == [(str(a), str(b)) for a, b in box]:
            yield x, y, right - x
