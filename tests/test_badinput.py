"""Every bad input is answered as its index says, and the large and odd ones at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from branchscore.criteria.fields import FiguresField, TextsField
from branchscore.text.manual import manual
from conftest import ROOT

TOOLS = ROOT / "tools"
FOLDER = ROOT / "tests" / "badinput"
sys.path.insert(0, str(TOOLS))

import badinput  # noqa: E402


@pytest.fixture(scope="module")
def verdicts() -> list[badinput.Verdict]:
    return list(badinput.verdicts(FOLDER))


def test_every_file_is_answered_as_expected(verdicts: list[badinput.Verdict]) -> None:
    assert [f"{v.row.file}: {v.got} ({v.why})" for v in verdicts if not v.ok] == []


def test_the_index_names_every_file_once(verdicts: list[badinput.Verdict]) -> None:
    named = [verdict.row.file for verdict in verdicts]
    assert sorted(named) == sorted(path.name for path in (FOLDER / "files").iterdir())
    assert len(named) > 300
    assert {v.row.expect for v in verdicts} == {"error", "warning", "accept"}


def test_places_are_told_to_the_column(verdicts: list[badinput.Verdict]) -> None:
    placed = [v for v in verdicts if v.row.place]
    assert [v.row.file for v in placed if f"@{v.row.place}" not in v.got] == []
    assert len(placed) > 200


def test_the_codes_of_the_mapping_are_ours() -> None:
    codes = badinput.codes()
    assert {code for several in codes.values() for code in several} <= set(manual())
    used = {row.code for row in badinput.rows_of(FOLDER)} - {"OK"}
    assert used <= set(codes)


def test_a_wrong_answer_is_seen(tmp_path: Path) -> None:
    """The runner itself: each way in which an answer may differ."""
    (tmp_path / "files").mkdir()
    rows = [
        ("a.yaml", "accept", "OK", "", "branch: x\nmembers: 二十\n"),
        ("b.yaml", "error", "NUM-FORM", "2:10", "branch: x\nmembers: 20\n"),
        ("c.yaml", "error", "NUM-FORM", "1:1", "branch: x\nmembers: 二十\n"),
        ("d.yaml", "warning", "NUM-FORM", "2:10", "branch: x\nmembers: 二十\n"),
        ("e.yaml", "error", "NUM-FORM", "2:10", "branch: x\nmembers: 二十\nxyz: 1\n"),
        ("f.yaml", "error", "DAT-FORM", "2:10", "branch: x\nmembers: 二十\n"),
        ("g.yaml", "error", "NUM-FORM", "2:10", "branch: x\nmembers: 二十\n"),
    ]
    lines = ["file\tclass\twhat_is_wrong\texpect\tcode\tline_col\thint_or_value"]
    for name, expect, code, place, text in rows:
        (tmp_path / "files" / name).write_text(text, encoding="utf-8")
        lines.append(f"{name}\tx\tx\t{expect}\t{code}\t{place}\t")
    (tmp_path / "index.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [verdict.ok for verdict in badinput.verdicts(tmp_path)] == [False] * 6 + [True]


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert badinput.main(FOLDER) == 0
    *table, errors, warnings, accepted = capsys.readouterr().out.splitlines()
    assert len(table) == len(badinput.rows_of(FOLDER))
    assert all(line.startswith("ok ") for line in table)
    assert [line.split()[0] for line in (errors, warnings, accepted)] == [
        "error",
        "warning",
        "accept",
    ]


def test_texts_and_figures_are_taken_as_written() -> None:
    fields = badinput.neutral_form().criteria.fields
    assert isinstance(fields["awards"], TextsField)
    assert isinstance(fields["scores"], FiguresField)
    files = FOLDER / "files"
    form = badinput.neutral_form()
    figures = badinput.answer(files / "h41_zero.yaml", form).submission
    assert figures is not None
    assert figures.answers["scores"] == {"甲": 0, "乙": 0, "丙": 0}
    texts = badinput.answer(files / "c16_comma_sentence.yaml", form).submission
    assert texts is not None
    assert texts.answers["awards"] == ("获市级先进，受通报表扬", "区级优秀")


def test_large_and_odd_entries_are_answered_at_once() -> None:
    done = subprocess.run(
        [sys.executable, TOOLS / "bigbad.py"], capture_output=True, text=True, check=False
    )
    slow = [line for line in done.stdout.splitlines() if line.startswith("NOT")]
    assert (done.returncode, slow, done.stderr) == (0, [], "")
    assert "0 not answered in time" in done.stdout
