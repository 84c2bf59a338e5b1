"""The XML of a workbook, read with the standard library's expat: events go to handlers, nothing
builds a tree, and a document type (and with it every entity) is refused. Elements go by their
local names, so that the strict and the transitional form of the format read the same."""

import re
from xml.parsers import expat

from branchscore.forms.sheet_archive import UnreadableError
from branchscore.text.phrase import Phrase

MAX_CELLS = 100_000
LIMIT = Phrase(f"{MAX_CELLS} 格", f"{MAX_CELLS} cells")
MAX_ELEMENTS = 2 * MAX_CELLS
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
# Number formats that the format itself defines, by what their numbers are shown as.
DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
PERCENTS = frozenset((9, 10))
PLAIN = frozenset((0, 1, 49))


class Parsed:
    """One XML text, run through handlers that a subclass has."""

    def __init__(self, xml: bytes) -> None:
        self.seen = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(xml, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise UnreadableError("X003", what=str(error)) from None

    def _doctype(self, *_: object) -> None:
        raise UnreadableError("X003", what="DOCTYPE")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.seen += 1
        if self.seen > MAX_ELEMENTS:
            raise UnreadableError("X004", limit=LIMIT)
        self.start(name.rpartition(" ")[2], attributes)

    def _end(self, name: str) -> None:
        self.end(name.rpartition(" ")[2])

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


class Elements(Parsed):
    """The attributes of all elements."""

    def __init__(self, xml: bytes) -> None:
        self.all: list[tuple[str, dict[str, str]]] = []
        super().__init__(xml)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.all.append((name, {key.rpartition(" ")[2]: a for key, a in attributes.items()}))

    def named(self, name: str) -> list[dict[str, str]]:
        return [attributes for found, attributes in self.all if found == name]


class Strings(Parsed):
    """Shared strings: runs of one text are joined, readings above it (ruby) are left out."""

    def __init__(self, xml: bytes) -> None:
        self.texts: list[str] = []
        self.parts: list[str] = []
        self.inside = False
        self.ruby = False
        super().__init__(xml)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.parts = []
        elif name == "rPh":
            self.ruby = True
        self.inside = name == "t" and not self.ruby

    def end(self, name: str) -> None:
        self.inside = False
        if name == "rPh":
            self.ruby = False
        elif name == "si":
            self.texts.append(unescaped("".join(self.parts)))

    def text(self, text: str) -> None:
        if self.inside:
            self.parts.append(text)


class Formats(Elements):
    """How numbers are shown, per style that a cell may have."""

    def __init__(self, xml: bytes) -> None:
        self.shown: list[str] = []
        self.within = False
        super().__init__(xml)
        own = {a.get("numFmtId", ""): a.get("formatCode", "") for a in self.named("numFmt")}
        self.shown = [shown_as(number, own.get(number)) for number in self.shown]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name in ("cellXfs", "cellStyleXfs"):
            self.within = name == "cellXfs"
        elif name == "xf" and self.within:
            self.shown.append(attributes.get("numFmtId", "0"))


def shown_as(number: str, pattern: str | None) -> str:
    """What a number format makes of a number: plain, date, percent or other."""
    if pattern is None:
        known = int(number) if number.isascii() and number.isdecimal() else 0
        if known in DATES:
            return "date"
        if known in PERCENTS:
            return "percent"
        return "plain" if known in PLAIN else "other"
    if pattern in ("General", "@", "0"):
        return "plain"
    bare = QUOTED.sub("", pattern).lower()
    if "general" not in bare and re.search("[ymdhs]|年|月|日", bare):
        return "date"
    return "percent" if "%" in bare else "other"


def unescaped(text: str) -> str:
    """Text as it is read: `_x000D_` stands for a character that XML cannot hold."""
    if "_x" in text:
        text = ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def index_of(text: str | None) -> int:
    return int(text) if text and len(text) < 8 and text.isascii() and text.isdecimal() else 0
