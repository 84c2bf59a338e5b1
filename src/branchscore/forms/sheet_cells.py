"""An .xlsx file → sheets of cells, each with its text as it was stored.

Not by a spreadsheet library: numbers stay the digits that were stored and never become floats, a
formula is told from its value, hidden rows, merged cells and number formats are known, and
reading stops at a limit instead of building a model of whatever size the file has.
"""

import posixpath
import re
from dataclasses import dataclass, field

from branchscore.forms.sheet_archive import Archive, UnreadableError, opened
from branchscore.forms.sheet_xml import (
    LIMIT,
    MAX_CELLS,
    Elements,
    Formats,
    Parsed,
    Strings,
    index_of,
    unescaped,
)
from branchscore.text.phrase import Phrase

MAX_SHEETS = 200
LAST_ROW = 1 << 20
Place = tuple[int, int]
CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
EXTRAS = {
    "vbaProject": Phrase("宏", "macros"),
    "/externalLinks/": Phrase("指向其他文件的链接", "links to other files"),
    "/media/": Phrase("图片", "pictures"),
    "/embeddings/": Phrase("嵌入的文件", "embedded files"),
    "/comments": Phrase("批注", "comments"),
    "/threadedComments": Phrase("批注", "comments"),
}


@dataclass(slots=True)
class Cell:
    """What one cell stores. `kind` is text, number, boolean or error; `shown` says how its
    number format shows a number: plain, date, percent or otherwise."""

    kind: str
    text: str
    shown: str
    formula: bool = False


@dataclass(slots=True)
class Sheet:
    """One sheet: its cells that hold something by (row, column), both from 1; rows and columns
    that are hidden; merged areas as (first row, first column, last row, last column)."""

    name: str
    hidden: bool
    cells: dict[Place, Cell] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook. `since_1904` is the older day count of the Macintosh; `extras` is what it
    holds besides cells."""

    sheets: list[Sheet]
    since_1904: bool
    extras: list[Phrase]


def read_book(raw: bytes) -> Book:
    """All sheets of an .xlsx file; raises `UnreadableError` where it is none."""
    archive = opened(raw)
    main = _main(archive)
    folder = posixpath.dirname(main)
    listed = Elements(archive.part(main))
    targets = _relations(archive, main)
    strings = Strings(_optional(archive, folder, "sharedStrings.xml")).texts
    formats = Formats(_optional(archive, folder, "styles.xml")).shown
    sheets, left = list[Sheet](), MAX_CELLS
    for attributes in listed.named("sheet")[: MAX_SHEETS + 1]:
        kind, path = targets.get(attributes.get("id", ""), ("", ""))
        if not kind.endswith("/worksheet"):
            continue
        sheet = Sheet(attributes.get("name", ""), attributes.get("state", "visible") != "visible")
        left = _Cells(archive.part(path), sheet, strings, formats, left).left
        sheets.append(sheet)
    if len(sheets) > MAX_SHEETS:
        raise UnreadableError("X004", limit=Phrase(f"{MAX_SHEETS} 张表", f"{MAX_SHEETS} sheets"))
    since_1904 = any(a.get("date1904") in ("1", "true") for a in listed.named("workbookPr"))
    extras = {word for sign, word in EXTRAS.items() if any(sign in n for n in archive.names)}
    return Book(sheets, since_1904, sorted(extras))


def _main(archive: Archive) -> str:
    for kind, path in _relations(archive, "").values():
        if kind.endswith("/officeDocument"):
            if not path.endswith("workbook.xml"):
                raise UnreadableError("X001", what="Word / PowerPoint / xlsb")
            return path
    raise UnreadableError("X003", what="_rels/.rels")


def _relations(archive: Archive, source: str) -> dict[str, tuple[str, str]]:
    """Kind and path of the parts that one part refers to, by id."""
    folder, name = posixpath.split(source)
    found = {}
    listed = Elements(archive.part(posixpath.join(folder, "_rels", f"{name}.rels")))
    for attributes in listed.named("Relationship"):
        target = attributes.get("Target", "")
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[attributes.get("Id", "")] = attributes.get("Type", ""), path
    return found


def _optional(archive: Archive, folder: str, name: str) -> bytes:
    path = posixpath.join(folder, name)
    return archive.part(path) if path in archive.names else b"<none/>"


class _Cells(Parsed):
    """Fills a sheet; `left` is how many cells may still come."""

    def __init__(
        self, xml: bytes, sheet: Sheet, strings: list[str], formats: list[str], left: int
    ) -> None:
        self.sheet, self.strings, self.formats, self.left = sheet, strings, formats, left
        self.row = self.column = 0
        self.kind = self.style = self.inside = ""
        self.formula = self.ruby = False
        self.parts: list[str] = []
        super().__init__(xml)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "t"):
            self.inside = "" if self.ruby else name
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.row = index_of(attributes.get("r")) or self.row + 1
            self.column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self.row)
        elif name == "rPh":
            self.ruby = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            ends = index_of(attributes.get("min")), index_of(attributes.get("max"))
            self.sheet.hidden_columns.append(ends)
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.sheet.merged.append((*place(first), *place(last or first)))

    def _cell(self, attributes: dict[str, str]) -> None:
        self.left -= 1
        if self.left < 0:
            raise UnreadableError("X004", limit=LIMIT)
        at = attributes.get("r")
        self.row, self.column = place(at) if at else (self.row, self.column + 1)
        if self.row > LAST_ROW:
            raise UnreadableError("X003", what=self.sheet.name)
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
        self.parts, self.formula = [], False

    def end(self, name: str) -> None:
        self.inside = ""
        if name == "rPh":
            self.ruby = False
        elif name == "c" and (self.parts or self.formula):
            cell = self._stored("".join(self.parts))
            if cell.text or cell.formula:
                if (self.row, self.column) in self.sheet.cells:
                    raise UnreadableError("X003", what=self.sheet.name)
                self.sheet.cells[self.row, self.column] = cell

    def _stored(self, text: str) -> Cell:
        style = index_of(self.style)
        shown = self.formats[style] if style < len(self.formats) else "plain"
        match self.kind:
            case "s":
                index = index_of(text.strip())
                if index >= len(self.strings):
                    raise UnreadableError("X003", what=self.sheet.name)
                return Cell("text", self.strings[index], shown, self.formula)
            case "b":
                truth = "TRUE" if text.strip() in ("1", "true") else "FALSE"
                return Cell("boolean", truth, shown, self.formula)
            case "e":
                return Cell("error", text.strip(), shown, self.formula)
            case "n":
                return Cell("number", text.strip(), shown, self.formula)
            case _:
                return Cell("text", unescaped(text), shown, self.formula)

    def text(self, text: str) -> None:
        if self.inside:
            self.parts.append(text)


def place(name: str) -> Place:
    """`C12` → (12, 3)."""
    found = CELL.fullmatch(name.replace("$", ""))
    if not found:
        raise UnreadableError("X003", what=name)
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column


def cell_name(row: int, column: int) -> str:
    """(12, 3) → `C12`."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"
