"""Workbooks that cannot be read, or are forms of something else; `CASES` by code and name."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from branchscore.forms.sheet_layout import Filled
from spreadsheets import changed, full, written

Make = Callable[[Path], None]
CASES: dict[str, Make] = {}


def case(name: str) -> Callable[[Make], Make]:
    def keep(make: Make) -> Make:
        CASES[name] = make
        return make

    return keep


def cells(name: str, filled: Filled | None = None) -> Callable[[Callable[[Workbook], None]], None]:
    """A case that changes cells of a form, the full one unless another is given."""

    def keep(change: Callable[[Workbook], None]) -> None:
        CASES[name] = lambda path: changed(written(path, filled or Filled.of(full())), change)

    return keep


def raw(name: str, content: bytes) -> None:
    CASES[name] = lambda path: path.write_bytes(content)


def parts(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Change the parts of a form that is written."""
    written(path, Filled.of(full()))
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    change(kept)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in kept.items():
            archive.writestr(name, content)


def archive_of(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return file.getvalue()


# ── files that are none ─────────────────────────────────────────────────────────────────────────

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
raw("X001-csv", "支部代码,XN-01\r\n".encode("gbk"))
raw("X001-xls", OLE)
raw("X001-empty", b"")
raw("X001-page", b"<html><table></table></html>")
raw("X001-ods", archive_of("mimetype", "content.xml"))
raw("X001-zip", archive_of("photo.jpg"))
raw("X001-pdf", b"%PDF-1.7")
raw("X002", OLE + "EncryptedPackage".encode("utf-16-le"))


@case("X001-word")
def word(path: Path) -> None:
    def change(kept: dict[str, bytes]) -> None:
        kept["_rels/.rels"] = kept["_rels/.rels"].replace(b"xl/workbook.xml", b"word/document.xml")

    parts(path, change)


@case("X003-cut")
def cut(path: Path) -> None:
    content = written(path).read_bytes()
    path.write_bytes(content[: len(content) // 2])


@case("X003-flipped")
def flipped(path: Path) -> None:
    content = bytearray(written(path).read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("xl/sharedStrings.xml").header_offset + 60
    content[at : at + 40] = bytes(40)
    path.write_bytes(content)


@case("X003-entity")
def entity(path: Path) -> None:
    """A billion laughs: the document type alone is refused."""
    laughs = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst/>'
    parts(path, lambda kept: kept.update({"xl/sharedStrings.xml": laughs}))


@case("X003-missing")
def missing(path: Path) -> None:
    def change(kept: dict[str, bytes]) -> None:
        del kept["xl/worksheets/sheet2.xml"]

    parts(path, change)


@case("X003-twice")
def twice(path: Path) -> None:
    """Two programs would read two different contents."""
    written(path)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")


@case("X004-bomb")
def bomb(path: Path) -> None:
    parts(path, lambda kept: kept.update({"xl/sharedStrings.xml": b" " * (64 << 20)}))


@case("X004-cells")
def many_cells(path: Path) -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>"
    sheet = b"<worksheet><sheetData>" + row * 3000 + b"</sheetData></worksheet>"
    parts(path, lambda kept: kept.update({"xl/worksheets/sheet2.xml": sheet}))


raw("X004-parts", archive_of("[Content_Types].xml", *(f"xl/{i}" for i in range(1001))))

# ── other forms ─────────────────────────────────────────────────────────────────────────────────


@case("X005")
def no_form(path: Path) -> None:
    book = Workbook()
    book.active.append(["支部代码", "XN-01"])
    book.save(path)


@cells("X005-marks")
def marks_deleted(book: Workbook) -> None:
    for sheet in book:
        sheet["A1"] = None


@cells("X006")
def other_table(book: Workbook) -> None:
    for sheet in book:
        sheet["A1"] = str(sheet["A1"].value).replace("every-sort", "no-such-table")


@cells("X019")
def other_version(book: Workbook) -> None:
    for sheet in book:
        words = str(sheet["A1"].value).split()
        sheet["A1"] = " ".join([*words[:2], "0" * 16, *words[3:]])
