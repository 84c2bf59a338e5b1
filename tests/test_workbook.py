"""The form as a workbook: what other programs see in it, and that nothing is lost on the way."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from branchscore import evaluate
from branchscore.criteria.reading import read_criteria
from branchscore.forms.imported import Table, digest_of, imported
from branchscore.forms.sheet_layout import Filled
from branchscore.forms.workbook import workbook
from branchscore.submission.form import Form
from branchscore.submission.reading import Submission, read_submission
from conftest import ROOT
from spreadsheets import (
    FOLDER,
    Office,
    answer_cell,
    full,
    read_back,
    record_cell,
    sheet_of,
    submission,
    written,
)

SAID = (
    "criteria",
    "code",
    "branch",
    "fictional",
    "answers",
    "partial",
    "evidence",
    "self_scores",
    "note",
)
SAMPLES = sorted((ROOT / "submissions" / "jingan-2023").glob("*.yaml"))


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


def same(one: Submission, other: Submission) -> None:
    for name in SAID:
        assert getattr(one, name) == getattr(other, name), name


# ── nothing lost ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_filled_form_says_the_same(tmp_path: Path, language: str) -> None:
    done = read_back(written(tmp_path / "form.xlsx", Filled.of(full()), language))
    assert done.diagnostics == ()
    same(full(), submission(done, tmp_path / "form.yaml"))


def test_the_yaml_is_for_people(tmp_path: Path, matches) -> None:
    done = read_back(written(tmp_path / "form.xlsx", Filled.of(full())))
    matches(done.text, FOLDER / "full.txt")


def test_libreoffice_saves_it_again(tmp_path: Path, office: Office) -> None:
    (again,) = office.saved_again([written(tmp_path / "form.xlsx", Filled.of(full()))])
    done = read_back(again)
    assert done.diagnostics == ()
    same(full(), submission(done, tmp_path / "form.yaml"))


def test_a_form_typed_in_libreoffice_equals_its_twin(tmp_path: Path, office: Office) -> None:
    blank = written(tmp_path / "blank.xlsx", Filled(fictional=True))
    book = openpyxl.load_workbook(blank)
    one, two, three = (
        (lambda mark, i=i: record_cell(book, "activities", i, mark)) for i in (0, 2, 39)
    )
    typed = [
        (answer_cell(book, ":code"), "00123"),
        (answer_cell(book, ":branch"), "虚构路第一支部"),
        (answer_cell(book, ":note"), "两行说明，第二行在后"),
        (answer_cell(book, "secretary"), "虚构甲 "),
        (answer_cell(book, "members"), "26"),
        (answer_cell(book, "present"), "24"),
        (answer_cell(book, "hours"), "92.3"),
        (answer_cell(book, "share"), "0.333334"),
        (answer_cell(book, "agreed"), "否"),
        (answer_cell(book, "founded"), "1998-07-01"),
        (answer_cell(book, "kind"), "联合组建"),
        (answer_cell(book, "systems=visit"), "有"),
        (answer_cell(book, "minutes"), "E1、E2"),
        (answer_cell(book, "activities"), "没有填全"),
        (answer_cell(book, "visits"), "一条也没有"),
        (record_cell(book, "honours", 0, "text"), "=SUM(A1) 先进"),
        (record_cell(book, "honours", 3, "text"), "第二项荣誉"),
        (record_cell(book, "groups", 0, "name"), "第一党小组"),
        (record_cell(book, "groups", 0, "figure"), "12"),
        (record_cell(book, "groups", 1, "name"), "第二党小组"),
        (record_cell(book, "groups", 1, "figure"), "0.5"),
        (one("date"), "2023年1月5日"),
        (one("kind"), "学习"),
        (one("topic"), "@开头的主题"),
        (one("number"), "0012"),
        (one("hours"), "1.5"),
        (one("led"), "是"),
        (one("form=online"), "有"),
        (one("form=offline"), "有"),
        (one("evidence"), "E1，E2"),
        (two("date"), "2023-02-28"),
        (two("kind"), "参观, 走访"),
        (two("topic"), "-减号开头"),
        (two("led"), "否"),
        (two("form=online"), "没有"),
        (two("evidence"), "E2"),
        (three("date"), "2023.12.31"),
        (three("kind"), "学习"),
        (three("topic"), "null的意思"),
        (three("number"), "12月31日"),
        (three("led"), "是"),
        (record_cell(book, "", 0, "id"), "E1"),
        (record_cell(book, "", 0, "title"), "会议记录"),
        (record_cell(book, "", 0, "file"), "record.txt"),
        (record_cell(book, "", 1, "id"), "E2"),
        (record_cell(book, "", 1, "title"), "照片"),
        (record_cell(book, "", 1, "place"), "一号柜"),
        (answer_cell(book, "W1", "scores"), "5.5"),
        (answer_cell(book, "W2", "scores"), "3.69"),
    ]
    done = read_back(office.typed(blank, typed, tmp_path / "typed.xlsx"))
    assert [fault.code for fault in done.diagnostics] == ["X024", "X024"]
    twin = full()
    answers = {name: value for name, value in twin.answers.items() if name != "summary"}
    path = tmp_path / "typed.yaml"
    mine = submission(done, path)
    assert mine.answers == answers
    assert [getattr(mine, n) for n in SAID if n != "answers"] == [
        getattr(twin, n) for n in SAID if n != "answers"
    ]
    assert points(path) == points(FOLDER / "full.yaml")


def points(path: Path) -> list[object]:
    (standing,) = evaluate(FOLDER / "table.yaml", path).standings
    return [
        (line.verdict, line.indicator.id)
        for section in standing.card.sections
        for line in section.lines
    ]


def test_all_sample_branches_come_back(tmp_path: Path, office: Office) -> None:
    """Written and imported; every fifth of them saved again by LibreOffice in between."""
    table, document = read_criteria(ROOT / "criteria" / "jingan-2023.yaml")
    form = Form(table)
    known = {table.id: Table(form, digest_of(document))}
    forms = {path: tmp_path / f"{path.stem}.xlsx" for path in SAMPLES}
    for path, target in forms.items():
        filled = Filled.of(read_submission(path, {table.id: form}))
        target.write_bytes(workbook(table, digest_of(document), filled))
    some = SAMPLES[::5]
    forms |= dict(zip(some, office.saved_again(forms[path] for path in some), strict=True))
    for path, filled_form in forms.items():
        done = imported(filled_form, path, known)
        assert done.text, done.diagnostics
        target = tmp_path / path.name
        target.write_text(done.text, encoding="utf-8")
        shutil.copytree(path.with_suffix(""), target.with_suffix(""))
        same(read_submission(path, {table.id: form}), read_submission(target, {table.id: form}))
    assert len(forms) == 24


# ── what other programs see ─────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("blank") / "form.xlsx")


def rules(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    for rule in sheet.data_validations.dataValidation:
        cells = str(rule.sqref)
        said = " ".join(filter(None, (rule.operator, rule.formula1, rule.formula2)))
        yield cells, f"{rule.type} {said} | {rule.errorTitle}: {rule.error}"


def test_what_another_library_reads(blank: Path, matches) -> None:
    """Sheets, texts, drop-downs, checks and pages, as openpyxl sees them."""
    book = openpyxl.load_workbook(blank)
    lines = []
    for sheet in book:
        setup = sheet.page_setup
        lines.append(f"# {sheet.title} ({sheet.sheet_state})")
        lines.append(
            f"page: {setup.orientation}, paper {setup.paperSize}, {setup.fitToWidth or 1} wide, "
            f"{setup.fitToHeight} tall, rows {sheet.print_title_rows}, "
            f"frozen {sheet.freeze_panes}, protected {sheet.protection.sheet}"
        )
        foot = sheet.oddFooter
        lines.append(f"foot: {foot.left.text} | {foot.center.text} | {foot.right.text}")
        lines += [f"  {cells}: {rule}" for cells, rule in rules(sheet)]
        last = 5 if sheet.freeze_panes == "C5" else None
        for row in sheet.iter_rows(max_row=last):
            texts = [f"{c.coordinate}={c.value!r}" for c in row if c.value is not None]
            lines += ["  " + " ".join(texts)] if texts else []
    matches("\n".join(lines).replace(digest_in(blank), "DIGEST") + "\n", FOLDER / "form.txt")


def digest_in(path: Path) -> str:
    return str(openpyxl.load_workbook(path)["填写说明"]["A1"].value).split()[2]


def test_all_type_is_large_and_labels_are_locked(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    for sheet in book.worksheets[:-1]:
        for row in sheet.iter_rows(min_row=2, min_col=2):
            for cell in row:
                assert cell.font.sz >= 14, cell
    assert not answer_cell(book, "members").protection.locked
    assert answer_cell(book, "members").offset(0, -1).protection.locked


def test_codes_stay_text_below_the_prepared_rows(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    sheet = sheet_of(book, "records", "activities")
    column = record_cell(book, "activities", 0, "number").column
    widths = sheet.column_dimensions.values()
    (below,) = [w for w in widths if w.min <= column <= w.max]
    assert below.number_format == "@"
    assert answer_cell(book, ":code").number_format == "@"


def test_rows_are_as_tall_as_given_until_somebody_types(blank: Path) -> None:
    with zipfile.ZipFile(blank) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    assert re.search('<row [^>]* ht="', xml)
    assert not re.search("<row [^>]*customHeight", xml)


HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x","y")', "'=1")


def test_no_text_becomes_a_formula(tmp_path: Path, office: Office) -> None:
    one = full()
    record = one.answers["activities"][0]
    filled = Filled.of(one)
    filled.answers["activities"] = [{**record, "topic": text} for text in HOSTILE]
    filled.answers["secretary"] = HOSTILE[0]
    path = written(tmp_path / "form.xlsx", filled)
    (again,) = office.saved_again([path])
    for book in (path, again):
        assert not formulas(book)
        answers = submission(read_back(book), tmp_path / "form.yaml").answers
        assert answers["secretary"] == HOSTILE[0]
        assert [r["topic"] for r in answers["activities"]] == [text.strip() for text in HOSTILE]


def formulas(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [c.coordinate for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]


def test_the_same_form_has_the_same_bytes(tmp_path: Path) -> None:
    first, second = (written(tmp_path / name, Filled.of(full())) for name in ("a.xlsx", "b.xlsx"))
    assert first.read_bytes() == second.read_bytes()
