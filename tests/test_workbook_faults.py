"""Every fault that a workbook may have, and the whole answer to it in both languages."""

from pathlib import Path

import pytest

from branchscore.forms.imported import imported
from branchscore.outputs.terminal import faults_text
from branchscore.text.manual import is_error, manual
from broken_cells import CASES
from spreadsheets import BARE, FOLDER, TABLES, written


def codes(*names: str) -> set[str]:
    return {name.partition("-")[0] for name in names}


def told(name: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> tuple[set[str], str, bool]:
    monkeypatch.chdir(folder)
    path = Path("form.xlsx")
    CASES[name](path)
    (folder / "form").mkdir()
    (folder / "form" / "record.txt").write_text("虚构", encoding="utf-8")
    done = imported(path, Path("form.yaml"), TABLES)
    assert bool(done.text) != any(map(is_error, done.diagnostics))
    text = "\n".join(faults_text(done.diagnostics, language) for language in ("zh", "en"))
    return {fault.code for fault in done.diagnostics}, text, bool(done.text)


@pytest.mark.parametrize("name", CASES)
def test_answer(name: str, matches, monkeypatch, tmp_path: Path) -> None:
    found, text, _ = told(name, monkeypatch, tmp_path)
    assert name.partition("-")[0] in {*found, *(code[0] for code in found)}
    matches(text, FOLDER / "faults" / f"{name}.txt")


def test_every_code_of_workbooks_has_its_case() -> None:
    assert codes(*CASES) - {"S", "T"} == {code for code in manual() if code.startswith("X")}


def test_a_bare_form_has_no_fault(tmp_path: Path, monkeypatch) -> None:
    CASES["sound"] = lambda path: written(path, BARE)
    try:
        assert told("sound", monkeypatch, tmp_path) == (set(), "\n", True)
    finally:
        del CASES["sound"]
