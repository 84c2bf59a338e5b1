"""Every diagnostic code has a bad file, and the whole answer to it in both languages."""

import shutil
from pathlib import Path

import pytest

from branchscore import evaluate
from branchscore.evaluation import check
from branchscore.outputs.terminal import faults_text
from branchscore.submission.repeats import Earlier
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.manual import manual
from branchscore.trial.reading import read_cases
from conftest import ROOT

BAD = ROOT / "tests" / "bad"
CRITERIA = Path("tests/bad/criteria.yaml")
CASES = sorted({p.stem for p in BAD.iterdir() if p.suffix != ".txt"} - {"criteria"})


def diagnose(name: str) -> list[Diagnostic]:
    case = Path("tests/bad") / name
    if name.startswith("K"):
        return of_cases(case)
    if case.is_dir():
        reviews = [case / "reviews"] if (case / "reviews").exists() else []
        before = earlier(case / "last-year")
        own = case / "criteria.yaml"
        table = own if own.exists() else CRITERIA
        decisions = [case / "decisions"] if (case / "decisions").exists() else []
        done = evaluate(table, case / "submissions", reviews, decisions=decisions, earlier=before)
        return list(done.diagnostics)
    return check([case.with_suffix(".yaml")], [CRITERIA])


def earlier(submissions: Path) -> list[Earlier]:
    """What was handed in last year."""
    if not submissions.exists():
        return []
    handed = evaluate(CRITERIA, submissions).repeats.handed
    return [Earlier("", "", tuple(one._replace(run="neutral-2022") for one in handed))]


def of_cases(case: Path) -> list[Diagnostic]:
    """The faults of a case file; one in a folder has no criteria file beside it."""
    folder = sorted(case.glob("*.cases.yaml"))
    try:
        if folder:
            return list(read_cases(folder[0]).faults)
        return list(read_cases(case.with_suffix(".yaml"), CRITERIA).faults)
    except Faulty as error:
        return error.diagnostics


@pytest.mark.usefixtures("root")
def test_the_criteria_of_the_bad_files_are_sound() -> None:
    assert check([CRITERIA], []) == []


@pytest.mark.parametrize("name", CASES)
@pytest.mark.usefixtures("root")
def test_answer(name: str, matches) -> None:
    faults = diagnose(name)
    assert name.partition("-")[0] in {fault.code for fault in faults}
    text = faults_text(faults, "zh") + "\n" + faults_text(faults, "en")
    matches(text, BAD / f"{name}.txt")


def test_every_code_has_its_bad_file() -> None:
    # Y001 and S033 are about the file system and stand in test_reading.py and test_evidence.py,
    # L in test_lint.py, X (workbooks) in test_workbook_faults.py
    codes = {code for code in manual() if code[0] not in "LX"}
    assert {name.partition("-")[0] for name in CASES} == codes - {"Y001", "S033"}


def test_every_entry_says_all_in_both_languages() -> None:
    for code, entry in manual().items():
        phrases = (entry.cause, *entry.mend, entry.page)
        assert entry.mend, code
        assert all(p.zh and p.en for p in phrases), code
        assert entry.name.replace("-", "").isalnum(), code


@pytest.mark.usefixtures("root")
def test_one_file_tells_all_its_faults_in_order(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    shutil.copy(BAD / "T004.yaml", path)
    faults = check([path], [CRITERIA])
    assert [fault.span.line for fault in faults] == [4, 5, 6]
