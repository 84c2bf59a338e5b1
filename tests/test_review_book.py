"""The review workbook: what it shows, that it comes back whole, and what is not in it."""

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from branchscore.criteria.panel import Panel
from branchscore.criteria.reading import read_criteria
from branchscore.forms.imported import Imported, Table, digest_of
from branchscore.forms.review_book import review_book
from branchscore.forms.review_import import imported_review
from branchscore.outputs.terminal import faults_text
from branchscore.review.sheet import sheet_of as read_sheet
from branchscore.submission.form import Form
from branchscore.text.source import parse
from campaign import call, copied
from conftest import ROOT
from spreadsheets import changed
from strategies import made

HERE = ROOT / "tests" / "reviews"
TABLE, DOCUMENT = read_criteria(HERE / "table.yaml")
TABLES = {TABLE.id: Table(Form(TABLE), digest_of(DOCUMENT))}
BRANCHES = [made(code, {}) for code in ("A1", "A2", "A3")]


def written(path: Path, language: str = "zh") -> Path:
    path.write_bytes(review_book(TABLE, digest_of(DOCUMENT), "虚构评委辛", BRANCHES, language))
    return path


def sheet(book: openpyxl.Workbook, kind: str) -> Worksheet:
    return next(s for s in book if str(s["A1"].value).split()[3] == kind)


def mark(book: openpyxl.Workbook, code: str, column: str, value: Any) -> None:
    """What a reviewer types into the row of a branch."""
    one = sheet(book, "marks")
    row = next(cell.row for cell in one["A"] if cell.value == code)
    at = next(cell.column for cell in one[1] if cell.value == column)
    one.cell(row, at).value = value


def strike(book: openpyxl.Workbook, number: int, **values: Any) -> None:
    one = sheet(book, "strikes")
    for column, value in values.items():
        at = next(cell.column for cell in one[1] if cell.value == column)
        one.cell(3 + number, at).value = value


def filled(path: Path, marks: Iterable[tuple[str, str, Any]], *strikes: dict[str, Any]) -> Imported:
    def fill(book: openpyxl.Workbook) -> None:
        for code, column, value in marks:
            mark(book, code, column, value)
        for number, values in enumerate(strikes, 1):
            strike(book, number, **values)

    return imported_review(changed(written(path), fill), TABLES)


def test_a_filled_workbook_is_the_sheet_it_says(tmp_path: Path, matches) -> None:
    done = filled(
        tmp_path / "辛.xlsx",
        [
            ("A1", "X", 7.5), ("A1", "X=reason", "贴近居民"), ("A1", "L", "较好"),
            ("A2", "L", "good"), ("A2", ":comment", "第二年进步明显"), ("A2", "N", 0),
            ("A3", ":conflict", "曾在该支部任职"),
        ],
        {"branch": "A1", "list": "活动", "record": 2, "reason": "没有照片"},
        {"branch": "A1", "field": "党员人数", "to": "8", "reason": "两人已转出"},
        {"branch": "A2", "field": "已走访", "to": "否", "reason": "没有记录"},
        {"branch": "A2", "field": "制度", "without": "关怀制度、学习制度", "reason": "没有印发"},
        {"branch": "A2", "evidence": "E1", "reason": "看不清"},
    )  # fmt: skip
    assert done.diagnostics == ()
    matches(done.text, HERE / "imported.txt")
    again = read_sheet(parse(done.text.encode(), "x.yaml"), {TABLE.id: TABLE})
    assert set(again.judgements) == {"A1", "A2"}
    assert {code: len(s) for code, s in again.strikes.items()} == {"A1": 2, "A2": 3}
    assert again.recused == {"A3": "曾在该支部任职"}


def test_faults_name_sheet_and_cell(tmp_path: Path, matches) -> None:
    done = filled(
        tmp_path / "辛.xlsx",
        [
            ("A1", "X", 7.3), ("A1", "L", "优秀"), ("A2", "X=reason", "没有写分数"),
            ("A3", ":conflict", "曾在该支部任职"), ("A3", "N", 1), ("A2", "L", "=1+1"),
        ],
        {"branch": "A1", "list": "活动", "record": 2},
        {"list": "活动", "record": 2, "reason": "没有照片"},
        {"branch": "A1", "field": "党员", "to": "8", "reason": "两人已转出"},
        {"branch": "A1", "field": "党员人数", "reason": "没有写改为多少"},
    )  # fmt: skip
    assert done.text == ""
    text = faults_text(done.diagnostics, "zh").replace(str(tmp_path), "")
    matches(text + "\n", HERE / "faults.txt")


def test_what_the_reader_of_sheets_says_has_its_cell_too(tmp_path: Path, matches) -> None:
    done = filled(
        tmp_path / "辛.xlsx",
        [
            ("A1", "X", 7.3), ("A2", "X=reason", "没有写分数"),
            ("A3", ":conflict", "曾在该支部任职"), ("A3", "N", 1),
        ],
        {"branch": "A1", "field": "党员", "to": "8", "reason": "两人已转出"},
        {"branch": "A1", "field": "党员人数", "reason": "没有写改为多少"},
    )  # fmt: skip
    assert done.text == ""
    text = faults_text(done.diagnostics, "zh").replace(str(tmp_path), "")
    matches(text + "\n", HERE / "misfits.txt")


def test_levels_stand_in_view_with_their_points(tmp_path: Path) -> None:
    one = sheet(openpyxl.load_workbook(written(tmp_path / "a.xlsx")), "marks")
    shown = [cell.value for cell in one[4]]
    assert "按等次计分：好 10 分、较好 8 分、一般 5 分、差 0 分" in shown
    assert [cell.value for cell in one["B"]][4:] == ["A1", "A2", "A3"]
    offered = [v for v in one.data_validations.dataValidation if v.type == "list"]
    assert len(offered) == 1
    assert str(offered[0].sqref) == "F5:F7"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_blank_workbook_gives_an_empty_sheet(tmp_path: Path, language: str) -> None:
    done = imported_review(written(tmp_path / "a.xlsx", language), TABLES)
    assert done.diagnostics == ()
    assert done.text.splitlines()[1:] == ["criteria: panelled", "reviewer: 虚构评委辛"]


def test_votes_are_counted_in_columns_of_their_own(tmp_path: Path, matches) -> None:
    """Only where somebody beside the panel judges."""
    plain = sheet(openpyxl.load_workbook(written(tmp_path / "a.xlsx")), "marks")
    assert "L=votes:good" not in [cell.value for cell in plain[1]]
    panel = Panel.model_validate(
        {"combine": "mean", "at_least": "1", "weights": {"panel": "0.6", "masses": "0.4"}}
    )
    table = TABLE.model_copy(update={"panel": panel})
    path = tmp_path / "群众.xlsx"
    path.write_bytes(review_book(table, digest_of(DOCUMENT), "虚构测评", BRANCHES))

    def fill(book: openpyxl.Workbook) -> None:
        one = sheet(book, "reviewer")
        row = next(cell.row for cell in one["A"] if cell.value == "source")
        one.cell(row, 3).value = "群众测评"
        mark(book, "A1", "L=votes:good", 31)
        mark(book, "A1", "L=votes:fair", 4)

    tables = {table.id: Table(Form(table), digest_of(DOCUMENT))}
    done = imported_review(changed(path, fill), tables)
    assert done.diagnostics == ()
    matches(done.text, HERE / "votes.txt")
    again = read_sheet(parse(done.text.encode(), "x.yaml"), {table.id: table})
    assert again.judgements["A1"]["L"].value == (("good", 31), ("fair", 4))

    def wrong(book: openpyxl.Workbook) -> None:
        fill(book)
        mark(book, "A1", "L", "好")

    both = imported_review(changed(path, wrong), tables)
    assert both.text == ""
    assert [fault.code for fault in both.diagnostics] == ["R007"]


def test_it_holds_nothing_of_other_reviewers(tmp_path: Path) -> None:
    """By its bytes: reasons and names of the others, and no answer cell that is filled."""
    folder = copied(tmp_path)
    command = ("review", "new", "criteria/jingan-2023.yaml", "submissions/jingan-2023")
    for suffix in (".xlsx", ".yaml"):
        done = call(*command, "--reviewer", "虚构评委辛", "-o", f"h{suffix}", cwd=folder)
        assert (done.returncode, done.stderr) == (0, "")
    with zipfile.ZipFile(folder / "h.xlsx") as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    text += (folder / "h.yaml").read_text(encoding="utf-8")
    for secret in ("虚构评委甲", "虚构评委乙", "早巡访问题上报及时", "签到表上只有"):
        assert secret in "".join(p.read_text("utf-8") for p in (folder / "reviews").iterdir())
        assert secret not in text
    one = sheet(openpyxl.load_workbook(folder / "h.xlsx"), "marks")
    columns = [cell.column for cell in one[1] if cell.value not in (None, "#")][1:]
    rows = [cell.row for cell in one["A"] if str(cell.value).startswith("JA-")]
    assert len(rows) == 24
    assert not any(one.cell(row, column).value for row in rows for column in columns)


def test_the_commands(tmp_path: Path) -> None:
    folder = copied(tmp_path, ["JA-01", "JA-02"])
    new = ("review", "new", "criteria/jingan-2023.yaml", "submissions/jingan-2023")
    named = (*new, "--reviewer", "虚构评委辛", "--branches", "JA-01", "-o", "h.xlsx")
    assert call(*named, cwd=folder).stdout == "已写出 h.xlsx，1 个支部。\n"
    assert call(*named, cwd=folder).returncode == 2  # never over what is there
    book = openpyxl.load_workbook(folder / "h.xlsx")
    mark(book, "JA-01", "P10", "好")
    book.save(folder / "h.xlsx")
    done = call("review", "import", "h.xlsx", "-o", "reviews/h.yaml", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "已写出 reviews/h.yaml。\n")
    said = call("evaluate", "--only", "json", cwd=folder)
    assert (said.returncode, said.stderr) == (0, "")
    unknown = call(*named[:-4], "--branches", "JA-99", "-o", "x.yaml", cwd=folder)
    assert unknown.returncode == 2
    assert call("review", "import", "nowhere.xlsx", cwd=folder).returncode == 1
