"""What people and programs do to a form and still mean the same."""

import datetime as dt
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from branchscore.criteria.reading import read_criteria
from branchscore.forms.imported import Table, digest_of, imported
from branchscore.forms.sheet_cells import cell_name, place
from branchscore.forms.sheet_layout import Filled
from branchscore.forms.sheet_values import number_text
from branchscore.forms.sheet_xml import shown_as
from branchscore.forms.workbook import workbook
from branchscore.outputs.terminal import faults_text
from branchscore.submission.form import Form
from conftest import ROOT
from spreadsheets import (
    FOLDER,
    answer_cell,
    changed,
    full,
    read_back,
    record_cell,
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


def rewritten(path: Path, change: Callable[[str, str], str]) -> Path:
    """With the XML of its parts changed, as another program would write it."""
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name).decode() for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, xml in kept.items():
            archive.writestr(name, change(name, xml))
    return path


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


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("26", "26"),
        ("26.0", "26"),
        ("0.30000000000000004", "0.3"),
        ("92.30000000000001", "92.3"),
        ("1E-2", "0.01"),
        ("1.5e3", "1500"),
        ("-0", "0"),
        ("123456789012345", "123456789012345"),
        ("0.333333333333333", "0.333333333333333"),
        ("nan", "nan"),
        ("1e999", "1e999"),
        ("", ""),
    ],
)
def test_numbers_are_read_by_fifteen_digits(stored: str, text: str) -> None:
    assert number_text(stored) == text


@pytest.mark.parametrize(
    ("number", "pattern", "shown"),
    [
        ("0", None, "plain"),
        ("49", None, "plain"),
        ("14", None, "date"),
        ("57", None, "date"),
        ("9", None, "percent"),
        ("4", None, "other"),
        ("164", 'yyyy"年"m"月"d"日"', "date"),
        ("165", "[$-804]aaaa;@", "other"),
        ("166", '0"米"', "other"),
        ("167", "0.0%", "percent"),
        ("168", "General", "plain"),
        ("169", "[h]:mm", "date"),
        ("bad", None, "plain"),
    ],
)
def test_how_a_format_shows(number: str, pattern: str | None, shown: str) -> None:
    assert shown_as(number, pattern) == shown


@pytest.mark.parametrize("column", [1, 26, 27, 52, 702, 703, 16384])
def test_names_of_cells(column: int) -> None:
    assert place(cell_name(12, column)) == (12, column)


# ── what is secret, what is large ───────────────────────────────────────────────────────────────


def test_nothing_is_quoted_from_secret_answers(tmp_path: Path) -> None:
    table, document = read_criteria(ROOT / "criteria" / "jingan-2023.yaml")
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook(table, digest_of(document), Filled(code="XN-01", branch="虚构支部")))

    def change(book: Workbook) -> None:
        for i, name in enumerate(("虚构\u202e甲", dt.date(2023, 1, 2), "=虚构甲", "虚" * 12_000)):
            record_cell(book, "home_visits", i, "member").value = name
            record_cell(book, "home_visits", i, "date").value = dt.date(2023, 1, 2)
            record_cell(book, "home_visits", i, "content").value = "讲解"
        record_cell(book, "activities", 0, "expected").value = "不是数"

    done = imported(
        changed(path, change),
        tmp_path / "form.yaml",
        {table.id: Table(Form(table), digest_of(document))},
    )
    text = faults_text(done.diagnostics, "zh")
    assert {"X015", "X013", "X007", "T011", "T004"} <= {fault.code for fault in done.diagnostics}
    assert "虚" not in text.replace("虚构支部", "")
    assert "44928" not in text
    assert "不是数" in text


MEASURE = """
import json, re, sys, time
from pathlib import Path
from spreadsheets import read_back
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
start, before = time.process_time(), peak()
done = read_back(Path(sys.argv[1]))
print(json.dumps([time.process_time() - start, (peak() - before) / 1024, done.diagnostics[0].code]))
"""


def test_bombs_cost_little(tmp_path: Path) -> None:
    """Within 64 MB above the start, each in a process of its own; the time is that of the
    processor, and loose for a slow one."""
    sheet = "xl/worksheets/sheet2.xml"
    row = "<row>" + "<c><v>1</v></c>" * 100 + "</row>"
    bombs = {
        "blanks": {"xl/sharedStrings.xml": " " * (200 << 20)},
        "texts": {"xl/sharedStrings.xml": "<sst>" + "<si><t>a</t></si>" * 900_000 + "</sst>"},
        "long": {"xl/sharedStrings.xml": f"<sst><si><t>{'a' * (15 << 20)}</t></si></sst>"},
        "cells": {sheet: f"<worksheet><sheetData>{row * 9000}</sheetData></worksheet>"},
        "deep": {sheet: "<a>" * 2_000_000},
        "merged": {sheet: '<worksheet><mergeCell ref="A1:XFD1048576"/>' * 300_000},
    }
    for name, parts in bombs.items():
        path = rewritten(
            written(tmp_path / f"{name}.xlsx"), lambda part, xml, p=parts: p.get(part, xml)
        )
        squeeze(path)
        run = subprocess.run(
            [sys.executable, "-c", MEASURE, path],
            cwd=ROOT / "tests",
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=60,
        )
        seconds, megabytes, code = json.loads(run.stdout)
        print(
            f"{name}: {path.stat().st_size >> 10} KB, {seconds:.2f} s, {megabytes:.0f} MB, {code}"
        )
        assert code in ("X003", "X004"), name
        assert megabytes < 64, name
        assert seconds < 2, name


def test_photographs_make_a_form_large_and_are_told(tmp_path: Path) -> None:
    path = written(tmp_path / "form.xlsx", Filled.of(full()))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.jpeg", random.Random(1).randbytes(3 << 20))
    done = read_back(path)
    assert [fault.code for fault in done.diagnostics] == ["X022"]
    assert submission(done, tmp_path / "form.yaml").answers == full().answers


def squeeze(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in kept.items():
            archive.writestr(name, content)


# ── the command ─────────────────────────────────────────────────────────────────────────────────


def branchscore(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "branchscore", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_the_command_writes_submissions(tmp_path: Path) -> None:
    (tmp_path / "criteria").mkdir()
    (tmp_path / "criteria" / "table.yaml").write_bytes((FOLDER / "table.yaml").read_bytes())
    (tmp_path / "form").mkdir()
    (tmp_path / "form" / "record.txt").write_text("虚构", encoding="utf-8")
    written(tmp_path / "form.xlsx", Filled.of(full()))
    done = branchscore("import", "form.xlsx", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "1 份申报表，写出 1 份申报。\n")
    assert branchscore("check", "form.yaml", cwd=tmp_path).returncode == 0
    again = branchscore("import", "form.xlsx", cwd=tmp_path)
    assert again.returncode == 0, "the same once more changes nothing"
    (tmp_path / "form.yaml").write_text("另一份", encoding="utf-8")
    kept = branchscore("import", "form.xlsx", "--lang", "en", cwd=tmp_path)
    assert kept.returncode == 1
    assert "form.yaml is there already" in kept.stderr
    assert (tmp_path / "form.yaml").read_text(encoding="utf-8") == "另一份"
    assert branchscore("import", "form.xlsx", "--replace", cwd=tmp_path).returncode == 0
    assert "00123" in (tmp_path / "form.yaml").read_text(encoding="utf-8")


def test_one_bad_workbook_never_stops_the_others(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    written(tmp_path / "good.xlsx")
    (tmp_path / "bad.xlsx").write_text("支部代码,XN-01", encoding="utf-8")
    table = FOLDER / "table.yaml"
    done = branchscore(
        "import", "bad.xlsx", "good.xlsx", "no.xlsx", "-c", table, "-o", "out", cwd=tmp_path
    )
    assert done.returncode == 1
    assert "bad.xlsx: 错误 X001" in done.stderr
    assert "no.xlsx: 错误 Y001" in done.stderr
    assert done.stdout == "3 份申报表，写出 1 份申报。\n"
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["good.yaml"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("import",),
        ("import", "a.xlsx"),
        ("import", "a/x.xlsx", "b/x.xlsx", "-c", FOLDER / "table.yaml", "-o", "."),
        ("import", "a.xlsx", "b.xlsx", "-c", FOLDER / "table.yaml", "-o", "nowhere"),
    ],
)
def test_a_wrong_call_is_told(arguments, tmp_path: Path) -> None:
    done = branchscore(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
