"""`branchscore import`, as a user types it."""

import subprocess
import sys
from pathlib import Path

import pytest

from branchscore.forms.sheet_layout import Filled
from spreadsheets import (
    FOLDER,
    full,
    written,
)


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


def test_what_new_writes_import_reads(tmp_path: Path) -> None:
    table = FOLDER / "table.yaml"
    asked = ("--code", "00123", "--branch", "虚构路第一支部", "--to", "xlsx", "-o", "form.xlsx")
    assert branchscore("new", table, *asked, cwd=tmp_path).returncode == 0
    assert branchscore("import", "form.xlsx", "-c", table, cwd=tmp_path).returncode == 0
    assert (tmp_path / "form.yaml").read_text(encoding="utf-8").splitlines()[1:] == [
        "评分表: every-sort",
        "支部代码: 00123",
        "支部名称: 虚构路第一支部",
    ]


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
