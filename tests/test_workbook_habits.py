"""What people and programs do to a form and still mean the same."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from branchscore.forms.sheet_layout import Filled
from spreadsheets import (
    answer_cell,
    changed,
    full,
    read_back,
    record_cell,
    rewritten,
    sheet_of,
    submission,
    written,
)

Change = Callable[[Workbook], None]
SAME: dict[str, Change] = {}


def same(change: Change) -> Change:
    SAME[change.__name__] = change
    return change


@same
def nothing_but_another_program(book: Workbook) -> None:
    assert book


@same
def blanks_around(book: Workbook) -> None:
    answer_cell(book, ":code").value = " 00123\u3000"
    answer_cell(book, "secretary").value = "\xa0虚构甲\n"
    answer_cell(book, "kind").value = "联合组建 "
    record_cell(book, "activities", 0, "kind").value = "学习\u200b"
    answer_cell(book, "visits").value = " 一条也没有"
    sheet_of(book, "answers")["F1"] = " "
    book.worksheets[0].insert_rows(1)
    book.worksheets[0]["A1"] = "  "


@same
def numbers_and_days_as_text(book: Workbook) -> None:
    answer_cell(book, "members").value = "26"
    answer_cell(book, "share").value = "0.333334"
    answer_cell(book, "founded").value = "1998-07-01"
    record_cell(book, "activities", 1, "date").value = "2023-02-28 00:00:00"


@same
def noise_of_binary_fractions(book: Workbook) -> None:
    answer_cell(book, "hours").value = 92.30000000000001
    answer_cell(book, "share").value = 0.33333400000000002
    record_cell(book, "groups", 1, "figure").value = 0.1 + 0.2 + 0.2
    answer_cell(book, "W2", "scores").value = 3.6900000000000004


@same
def words_of_other_kinds(book: Workbook) -> None:
    answer_cell(book, "agreed").value = False
    record_cell(book, "activities", 0, "led").value = True
    record_cell(book, "activities", 2, "led").value = "yes"
    answer_cell(book, "systems=visit").value = "√"
    answer_cell(book, "systems=study").value = "无"
    answer_cell(book, "kind").value = "joint"


@same
def evidence_with_any_comma(book: Workbook) -> None:
    answer_cell(book, "minutes").value = "E1，E2；"
    record_cell(book, "activities", 0, "evidence").value = "E1 E2"


@same
def days_with_a_time(book: Workbook) -> None:
    answer_cell(book, "founded").value = dt.datetime(1998, 7, 1)  # noqa: DTZ001
    record_cell(book, "activities", 1, "date").value = 44985
    record_cell(book, "activities", 1, "date").number_format = "m月d日"


@same
def sheets_renamed_and_moved(book: Workbook) -> None:
    for i, sheet in enumerate(book.worksheets[:-1]):
        sheet.title = f"表{i}"
    book.move_sheet(book.worksheets[3], 3)


@same
def rows_moved_apart(book: Workbook) -> None:
    sheet = sheet_of(book, "records", "activities")
    sheet.insert_rows(6, 3)
    sheet.insert_rows(1, 2)
    facts = sheet_of(book, "answers")
    facts.insert_rows(8, 2)


@same
def columns_moved_apart(book: Workbook) -> None:
    sheet = sheet_of(book, "records", "activities")
    sheet.insert_cols(5)
    sheet_of(book, "answers").insert_cols(3)


@same
def columns_in_another_order(book: Workbook) -> None:
    sheet = sheet_of(book, "records", "activities")
    sheet.unmerge_cells(str(next(iter(sheet.merged_cells.ranges))))
    for row in sheet.iter_rows(max_row=10):
        one, two = row[2], row[6]
        formats = one.number_format, two.number_format
        one.value, two.value = two.value, one.value
        two.number_format, one.number_format = formats


@same
def titles_changed_and_merged(book: Workbook) -> None:
    sheet = sheet_of(book, "records", "activities")
    sheet["C4"], sheet["D4"] = "时间", None
    sheet.merge_cells("C3:E3")
    facts = sheet_of(book, "answers")
    facts.merge_cells("D10:E10")
    facts["B3"] = "题目"


@same
def days_since_1904(book: Workbook) -> None:
    answer_cell(book, "founded").value = dt.date(1998, 7, 1)
    for i, day in enumerate((dt.date(2023, 1, 5), dt.date(2023, 2, 28), dt.date(2023, 12, 31))):
        record_cell(book, "activities", i, "date").value = day
    book.epoch = CALENDAR_MAC_1904


@same
def formats_and_numbers_lost(book: Workbook) -> None:
    """Pasted values lose the numbers of rows, borders and checks."""
    sheet = sheet_of(book, "records", "activities")
    for row in sheet.iter_rows(min_row=5, min_col=2, max_col=2):
        row[0].value = None
    sheet.data_validations.dataValidation = []


@pytest.mark.parametrize("name", SAME)
def test_it_says_the_same(name: str, tmp_path: Path) -> None:
    path = changed(written(tmp_path / "form.xlsx", Filled.of(full())), SAME[name])
    done = read_back(path)
    assert done.diagnostics == ()
    mine, twin = submission(done, tmp_path / "form.yaml"), full()
    assert mine.answers == twin.answers
    assert (mine.code, mine.partial, mine.self_scores) == (
        twin.code,
        twin.partial,
        twin.self_scores,
    )


def prefixed(name: str, xml: str) -> str:
    """Elements with a prefix, as some libraries write them."""
    if not name.startswith("xl/") or name.endswith(".rels"):
        return xml
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = xml.replace(f'xmlns="{main}"', f'xmlns:x="{main}"')
    for bracket in ("</", "<"):
        parts = text.split(bracket)
        text = parts[0] + "".join(
            f"{bracket}{'' if p[:1] in '/?x!' and p[:2] != 'xf' else 'x:'}{p}" for p in parts[1:]
        )
    return text.replace("x:x:", "x:")


def strict(name: str, xml: str) -> str:
    """The strict form of the format has other names for its name spaces."""
    return xml.replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ).replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )


def bare_places(name: str, xml: str) -> str:
    """No style sheet says how wide it is; rows and cells carry no places where they follow on."""
    return xml.replace('<row r="2"', "<row") if "worksheets" in name else xml


@pytest.mark.parametrize("change", [strict, prefixed, bare_places], ids=lambda c: c.__name__)
def test_another_way_to_write_it(change, tmp_path: Path) -> None:
    path = rewritten(written(tmp_path / "form.xlsx", Filled.of(full())), change)
    done = read_back(path)
    assert done.diagnostics == ()
    assert submission(done, tmp_path / "form.yaml").answers == full().answers
