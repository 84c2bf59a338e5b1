"""Forms with a fault in some cell or sheet, added to the other cases."""

import zipfile
from datetime import date
from pathlib import Path

from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from branchscore.forms.sheet_layout import Filled
from broken_files import CASES, case, cells, parts
from spreadsheets import answer_cell, changed, full, record_cell, sheet_of, written

__all__ = ["CASES"]

# ── cells ───────────────────────────────────────────────────────────────────────────────────────


@cells("X007")
def formula(book: Workbook) -> None:
    answer_cell(book, "members").value = "=13+13"
    answer_cell(book, "members").number_format = "General"
    record_cell(book, "activities", 1, "date").value = "=TODAY()"
    answer_cell(book, "W1", "scores").value = "=SUM(C1:C2)"


@case("X007-shown")
def formula_with_value(path: Path) -> None:
    def change(kept: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet2.xml"
        assert b"<v>26</v>" in kept[name]
        kept[name] = kept[name].replace(b"<v>26</v>", b"<f>13+13</f><v>26</v>")

    parts(path, change)


@cells("X008")
def cell_error(book: Workbook) -> None:
    for mark, error in (("present", "#REF!"), ("kind", "#N/A")):
        cell = answer_cell(book, mark)
        cell.value, cell.data_type = error, "e"


@cells("X009")
def outside(book: Workbook) -> None:
    facts = sheet_of(book, "answers")
    facts["G5"] = "旁边的话"
    facts.cell(facts.max_row + 2, 3).value = "下面的话"
    sheet_of(book, "records", "activities")["N6"] = "多出来的一列"
    sheet_of(book, "records", "visits")["B5"] = "序号栏里的话"


@cells("X009-inserted")
def inserted(book: Workbook) -> None:
    sheet = sheet_of(book, "records", "activities")
    sheet.insert_cols(5)
    sheet["E4"], sheet["E5"] = "参加的人", "虚构乙"


@cells("X010")
def no_longer_asked(book: Workbook) -> None:
    facts = sheet_of(book, "answers")
    for row in facts.iter_rows(max_col=1):
        if row[0].value in ("hours", "systems=visit"):
            row[0].value = str(row[0].value).replace("hours", "old").replace("visit", "old")
    sheet = sheet_of(book, "records", "activities")
    sheet[record_cell(book, "activities", 0, "topic").column_letter + "1"] = "theme"
    sheet_of(book, "scores")["A4"] = "W9"
    groups = sheet_of(book, "records", "groups")
    groups["A1"] = str(groups["A1"].value).replace("groups", "teams")


@cells("X011")
def sheet_copied(book: Workbook) -> None:
    book.copy_worksheet(sheet_of(book, "records", "activities"))


@cells("X011-row")
def row_copied(book: Workbook) -> None:
    cell = answer_cell(book, "members")
    below = cell.parent.max_row + 1
    cell.parent.cell(below, 1).value = "members"
    cell.parent.cell(below, cell.column).value = 27


@cells("X011-column")
def column_copied(book: Workbook) -> None:
    sheet = sheet_of(book, "records", "activities")
    sheet["L1"], sheet["L5"] = "date", date(2023, 3, 4)


@cells("X011-figure")
def figure_twice(book: Workbook) -> None:
    record_cell(book, "groups", 1, "name").value = "第一党小组"


DAYS = ("9/12/2023", "2023-02-30", "去年秋天", "2023年9月", 2008, "23.9.12", 3000000, 12, -5, True)


@cells("X012")
def no_day(book: Workbook) -> None:
    for i, day in enumerate(DAYS):
        cell = record_cell(book, "visits", i, "date")
        cell.value, cell.number_format = day, "General"
        record_cell(book, "visits", i, "place").value = "某处"
    answer_cell(book, "visits").value = None


@cells("X013")
def shown_otherwise(book: Workbook) -> None:
    for mark, value, shown in (
        ("number", date(2023, 12, 31), "m月d日"),
        ("topic", 7, "00000"),
        ("hours", 0.925, "0.0%"),
    ):
        cell = record_cell(book, "activities", 0, mark)
        cell.value, cell.number_format = value, shown
    cell = answer_cell(book, "secretary")
    cell.value, cell.number_format = 310101199001010000, "0"
    cell = answer_cell(book, "members")
    cell.value, cell.number_format = 26, "yyyy-mm-dd"


@cells("X014")
def unknown_word(book: Workbook) -> None:
    answer_cell(book, "agreed").value = "也许"
    answer_cell(book, "kind").value = "自己组建"
    answer_cell(book, "systems=visit").value = "三次"
    answer_cell(book, "activities").value = "差不多"
    record_cell(book, "activities", 0, "led").value = 3
    record_cell(book, "activities", 0, "kind").value = "学习、走访"


@cells("X015")
def unseen(book: Workbook) -> None:
    answer_cell(book, "secretary").value = "虚构\u202e甲"


@cells("X016")
def merged(book: Workbook) -> None:
    answer_cell(book, "activities").value = None
    first, last = (record_cell(book, "activities", i, "date") for i in (0, 1))
    first.parent.merge_cells(f"{first.coordinate}:{last.coordinate}")
    one, two = (record_cell(book, "activities", 2, mark) for mark in ("topic", "number"))
    one.parent.merge_cells(f"{one.coordinate}:{two.coordinate}")


@cells("X017")
def blank(book: Workbook) -> None:
    answer_cell(book, ":code").value = None
    answer_cell(book, ":branch").value = "   "
    answer_cell(book, "activities").value = "已填全"
    record_cell(book, "activities", 1, "topic").value = None
    record_cell(book, "", 1, "title").value = None
    record_cell(book, "groups", 1, "figure").value = None


@cells("X018")
def none_but_some(book: Workbook) -> None:
    for mark in ("activities", "systems", "honours"):
        answer_cell(book, mark).value = "一条也没有"


@cells("X020")
def extra_sheet(book: Workbook) -> None:
    book.create_sheet("草稿")["B2"] = "待办"
    book.create_sheet("空表")


@cells("X021")
def hidden(book: Workbook) -> None:
    sheet = sheet_of(book, "records", "activities")
    sheet.row_dimensions[6].hidden = True
    answers = sheet_of(book, "answers")
    answers.row_dimensions[answer_cell(book, "hours").row].hidden = True
    ledger = sheet_of(book, "ledger")
    ledger.column_dimensions["F"].hidden = True
    sheet_of(book, "scores").sheet_state = "hidden"


@case("X022")
def extras(path: Path) -> None:
    def comment(book: Workbook) -> None:
        answer_cell(book, "members").comment = Comment("请核对", "虚构丙")

    changed(written(path, Filled.of(full())), comment)
    with zipfile.ZipFile(path, "a") as archive:
        for name in ("xl/vbaProject.bin", "xl/media/image1.png", "xl/externalLinks/a.xml"):
            archive.writestr(name, b"")


@cells("X023")
def sheet_missing(book: Workbook) -> None:
    del book[sheet_of(book, "records", "visits").title]


@cells("X024")
def mended(book: Workbook) -> None:
    answer_cell(book, "members").value = "２６"
    answer_cell(book, "hours").value = "92。3"
    for i, day in enumerate(("2023年9月12日", "2023.9.12", 20230912, 45181, 45181.5)):
        cell = record_cell(book, "visits", i, "date")
        cell.value, cell.number_format = day, "General"
        record_cell(book, "visits", i, "place").value = "某处"
    answer_cell(book, "visits").value = None


# ── what the reader of submissions says, at its cell ────────────────────────────────────────────


@cells("T")
def of_types(book: Workbook) -> None:
    answer_cell(book, "hours").value = "许多"
    answer_cell(book, ":code").value = "虚构"
    record_cell(book, "activities", 0, "date").value = date(2022, 12, 31)
    record_cell(book, "activities", 2, "hours").value = 25


@cells("S")
def of_submissions(book: Workbook) -> None:
    answer_cell(book, "present").value = 27
    answer_cell(book, "founded").value = date(2999, 1, 1)
    record_cell(book, "activities", 1, "evidence").value = "E1、E9"
    record_cell(book, "", 0, "file").value = "../secret.txt"
    answer_cell(book, "W1", "scores").value = 7
    answer_cell(book, ":note").value = "联系电话 13800000000"
