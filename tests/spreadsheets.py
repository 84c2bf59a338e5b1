"""Spreadsheet programs for the tests: openpyxl changes cells, LibreOffice types and saves."""

import subprocess
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from branchscore.criteria.reading import read_criteria
from branchscore.forms.imported import Imported, Table, digest_of, imported
from branchscore.forms.sheet_layout import Filled
from branchscore.forms.workbook import workbook
from branchscore.submission.form import Form
from branchscore.submission.reading import Submission, read_submission
from conftest import ROOT

FOLDER = ROOT / "tests" / "workbook"
CRITERIA, DOCUMENT = read_criteria(FOLDER / "table.yaml")
FORM = Form(CRITERIA)
TABLES = {CRITERIA.id: Table(FORM, digest_of(DOCUMENT))}
BARE = Filled(code="XN-01", branch="虚构路第一支部", fictional=True)


def full() -> Submission:
    return read_submission(FOLDER / "full.yaml", {CRITERIA.id: FORM})


def written(path: Path, filled: Filled = BARE, language: str = "zh") -> Path:
    """The form of the table with a field of every sort."""
    path.write_bytes(workbook(CRITERIA, digest_of(DOCUMENT), filled, language))
    return path


def changed(path: Path, change: Callable[[Workbook], None]) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def rewritten(path: Path, change: Callable[[str, str], str]) -> Path:
    """With the XML of its parts changed, as another program would write it."""
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name).decode() for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in kept.items():
            archive.writestr(name, change(name, xml))
    return path


def read_back(path: Path) -> Imported:
    """What is imported; its evidence lies in the folder of the full example."""
    return imported(path, FOLDER / "full.yaml", TABLES)


def submission(done: Imported, path: Path) -> Submission:
    """The submission that was imported, read from its YAML."""
    path.write_text(done.text, encoding="utf-8")
    (path.with_suffix("")).mkdir(exist_ok=True)
    (path.with_suffix("") / "record.txt").write_bytes((FOLDER / "full/record.txt").read_bytes())
    return read_submission(path, {CRITERIA.id: FORM})


def sheet_of(book: Workbook, kind: str, field: str = "") -> Worksheet:
    """The sheet that says so of itself."""
    for sheet in book:
        words = str(sheet["A1"].value).split()
        if words[3:4] == [kind] and words[4:] == ([field] if field else []):
            return sheet
    raise LookupError(kind, field)


def answer_cell(book: Workbook, mark: str, kind: str = "answers") -> Cell:
    """The answer beside a mark of the first column."""
    sheet = sheet_of(book, kind)
    column = next(c.column for c in sheet[1] if c.value == "answer")
    row = next(c.row for c in sheet["A"] if c.value == mark)
    return sheet.cell(row, column)


def record_cell(book: Workbook, field: str, index: int, mark: str) -> Cell:
    """The cell of a record, counted from 0, below a mark of the first row."""
    sheet = sheet_of(book, "records" if field else "ledger", field)
    column = next(c.column for c in sheet[1] if c.value == mark)
    return sheet.cell(5 + index, column)


PROFILE = "-env:UserInstallation={}"
MACRO = """Sub Fill(source As String, target As String, keys As String)
  Dim document, typed As String, parts
  Dim unseen(0) As New com.sun.star.beans.PropertyValue
  unseen(0).Name = "Hidden" : unseen(0).Value = True
  document = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, unseen())
  Dim disk, reader
  disk = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  reader = CreateUnoService("com.sun.star.io.TextInputStream")
  reader.setInputStream(disk.openFileRead(ConvertToURL(keys)))
  reader.setEncoding("UTF-8")
  Do While Not reader.isEOF()
    typed = reader.readLine()
    If Len(typed) &gt; 0 Then
      parts = Split(typed, Chr(9))
      document.Sheets.getByName(parts(0)).getCellRangeByName(parts(1)).FormulaLocal = parts(2)
    End If
  Loop
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName" : saved(0).Value = "Calc MS Excel 2007 XML"
  document.storeToURL(ConvertToURL(target), saved())
  document.close(True)
  StarDesktop.terminate()
End Sub
"""
SCRIPT = "http://openoffice.org/2000/script"
LIBRARY = "http://openoffice.org/2000/library"
BASIC = {
    "Standard/Typing.xba": f'<script:module xmlns:script="{SCRIPT}" script:name="Typing" '
    f'script:language="StarBasic">{MACRO}</script:module>',
    "Standard/script.xlb": f'<library:library xmlns:library="{LIBRARY}" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false">'
    '<library:element library:name="Typing"/></library:library>',
    "script.xlc": f'<library:libraries xmlns:library="{LIBRARY}" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" '
    'xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>'
    "</library:libraries>",
}


class Office:
    """LibreOffice with a profile of its own, which `./test` installs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.profile = folder / "profile"
        self._run("--terminate_after_init")
        for name, text in BASIC.items():
            file = self.profile / "user" / "basic" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', encoding="utf-8")

    def _run(self, *arguments: str) -> None:
        profile = PROFILE.format(self.profile.as_uri())
        command = ["soffice", "--headless", "--norestore", profile, *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=120)

    def saved_again(self, paths: Iterable[Path], suffix: str = "xlsx") -> list[Path]:
        """The same workbooks as LibreOffice writes them."""
        several = list(paths)
        into = self.folder / "saved"
        self._run("--convert-to", suffix, "--outdir", str(into), *map(str, several))
        return [into / f"{path.stem}.{suffix}" for path in several]

    def typed(self, path: Path, keys: Iterable[tuple[Cell, str]], into: Path) -> Path:
        """A workbook after somebody typed into cells and saved it elsewhere."""
        lines = [f"{c.parent.title}\t{c.coordinate}\t{text}" for c, text in keys]
        script = into.with_suffix(".keys")
        script.write_text("\n".join(lines), encoding="utf-8")
        called = ",".join(f'"{one}"' for one in (path, into, script))
        self._run(f"macro:///Standard.Typing.Fill({called})")
        return into
