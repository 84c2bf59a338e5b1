"""How cells are read to the digit, what is kept secret, and what a hostile workbook costs."""

import datetime as dt
import json
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
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
    changed,
    full,
    read_back,
    record_cell,
    rewritten,
    submission,
    written,
)


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
        "blanks": {"xl/sharedStrings.xml": " " * (40 << 20)},
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


ODD = "|-1|1e400|nan|_xD83D_|_x0000_|&#x202e;|XFE1|A1:|=1|#|answer|1048577|true|２６|e|b|d|n|hidden"
SPOTS = re.compile(r'(?<==")[^"]*(?=")|(?<=>)[^<>]+(?=<)')


def test_odd_parts_are_answered_and_never_break_the_reader(tmp_path: Path) -> None:
    """Attributes and texts replaced at random: read, or refused with a code of the manual."""
    random_ = random.Random(4)
    path = written(tmp_path / "form.xlsx", Filled.of(full()))
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name).decode() for name in archive.namelist()}
    names = sorted(name for name in kept if name.startswith("xl/") and "theme" not in name)
    for _ in range(300):
        name = random_.choice(names)
        spots = [hit.span() for hit in SPOTS.finditer(kept[name])]
        text = kept[name]
        for start, end in sorted(random_.sample(spots, min(4, len(spots))), reverse=True):
            text = text[:start] + random_.choice(ODD.split("|")) + text[end:]
        with zipfile.ZipFile(path, "w") as archive:
            for other, content in {**kept, name: text}.items():
                archive.writestr(other, content)
        done = read_back(path)
        assert faults_text(done.diagnostics, "en") or done.text
