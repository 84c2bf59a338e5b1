"""`branchscore lint`: every finding at its line, in words, and nowhere else."""

import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from branchscore.criteria.reading import read_criteria
from branchscore.lint.burden import burden, in_words
from branchscore.lint.deductions import deductions
from branchscore.lint.findings import lint
from branchscore.lint.walk import rows
from branchscore.lint.worth import most_of, span
from branchscore.outputs.terminal import fault_text
from branchscore.scoring.scorecard import Scorer
from branchscore.text.manual import manual
from campaign import call
from case_files import CASES as KINDS
from case_files import load, score, table
from conftest import ROOT
from strategies import judgements, submissions

LINT = ROOT / "tests" / "lint"
CASES = sorted(p.stem for p in LINT.glob("*.yaml"))
FROM_RESULTS = {"L021", "L022", "L023", "L024"}
MARK = re.compile(r"# ← ([CL]\d{3})$")
CRITERIA, _ = read_criteria(ROOT / "criteria" / "jingan-2023.yaml")


def marked(name: str) -> list[tuple[int, str]]:
    """The lines that a person marked in the file, with the code that belongs there."""
    lines = (LINT / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    return [(i, m[1]) for i, line in enumerate(lines, 1) if (m := MARK.search(line))]


def report(path: Path, language: Any) -> str:
    done = lint(path)
    told = [fault_text(f.diagnostic, language, f.reason) for f in done.findings]
    closing = [in_words(burden(done.criteria)).say(language)] if done.criteria else []
    return "\n".join([*told, *closing])


@pytest.mark.parametrize("name", CASES)
@pytest.mark.usefixtures("root")
def test_findings(name: str, matches) -> None:
    path = Path("tests/lint") / f"{name}.yaml"
    found = [(f.diagnostic.span.line, f.diagnostic.code) for f in lint(path).findings]
    assert found == [(line, code) for line, code in marked(name) if code not in FROM_RESULTS]
    matches(report(path, "zh") + "\n\n" + report(path, "en") + "\n", LINT / f"{name}.txt")


def test_every_code_has_its_file() -> None:
    codes = {code for code in manual() if code.startswith("L")}
    assert {name for name in CASES if name.startswith("L")} == codes - FROM_RESULTS
    assert {code for _, code in marked("results")} == FROM_RESULTS - {"L024"}
    for name in set(CASES) - {"results", "quiet"}:
        assert {code for _, code in marked(name)} == {name}


@pytest.mark.usefixtures("root")
def test_the_sample_table(matches) -> None:
    path = Path("criteria/jingan-2023.yaml")
    assert "error" not in {finding.severity for finding in lint(path).findings}
    matches(report(path, "zh") + "\n", LINT / "jingan-2023.txt")


def test_a_fault_that_is_known_says_why_and_does_not_fail() -> None:
    findings = lint(LINT / "L001.yaml").findings
    (known,) = [finding for finding in findings if finding.severity == "known"]
    assert known.reason == "原文“每少1次扣1分，扣完为止”，应开4次只有3分"
    assert {f.severity for f in findings if f.reason is None} == {"warning"}


def test_errors_that_keep_a_table_from_being_measured_come_first() -> None:
    assert lint(LINT / "C004.yaml").criteria is None
    assert lint(LINT / "C002.yaml").criteria is not None


def extending(folder: Path, change: str) -> list[tuple[str, int, str]]:
    """The findings in a file that changes one thing of L003.yaml: file, line and code."""
    shutil.copy(LINT / "L003.yaml", folder / "whole.yaml")
    path = folder / "own.yaml"
    path.write_text(f"extends: whole.yaml\nid: own\ndimensions:\n  - id: work\n{change}")
    spans = [(f.diagnostic.span, f.diagnostic.code) for f in lint(path).findings]
    return [(Path(span.path).name, span.line, code) for span, code in spans]


def test_a_finding_is_told_in_the_file_that_is_to_blame(tmp_path: Path) -> None:
    dearer = "    indicators: [{id: W2, rule: {each: 1}}]\n"
    assert extending(tmp_path, dearer) == [("own.yaml", 5, "L001"), ("whole.yaml", 22, "L003")]


def test_a_finding_that_is_mended_by_a_change_is_gone(tmp_path: Path) -> None:
    mended = "    indicators: [{id: W1, rule: {each: 5/30}}]\n"
    assert extending(tmp_path, mended) == []


def test_what_two_files_share_is_told_once(tmp_path: Path) -> None:
    extending(tmp_path, "    title: 本区工作\n")
    done = call("lint", "own.yaml", "whole.yaml", cwd=tmp_path)
    assert done.stdout.count("L003 rounded-price") == 1


# What tables of the collection really say, by the number of their fault.


def checked(folder: Path, fields: Any, indicator: Any) -> dict[str, Any]:
    criteria, _ = read_criteria(table(folder, fields, indicator))
    return {c.code: c.values for c in deductions(criteria)}


MEETINGS = {"meetings": {"title": "会议", "type": "integer"}}


def test_one_who_never_meets_keeps_5_6_of_12(tmp_path: Path) -> None:
    rule = {"kind": "shortfall", "required": "32", "each": "0.2"}
    item = {"points": "12", "measure": {"kind": "value", "field": "meetings"}, "rule": rule}
    (values,) = checked(tmp_path, MEETINGS, item).values()
    assert values["kept"] == Fraction("5.6")


def test_11_systems_for_7_points_lose_11(tmp_path: Path) -> None:
    elements = {name: f"制度{name}" for name in "abcdefghijk"}
    fields = {"systems": {"title": "制度", "type": "elements", "elements": elements}}
    rule = {"kind": "shortfall", "each": "1"}
    item = {"points": "7", "measure": {"kind": "elements", "field": "systems"}, "rule": rule}
    (values,) = checked(tmp_path, fields, item).values()
    assert (values["lost"], values["over"]) == (11, 4)


@pytest.mark.parametrize(
    ("each", "wanted"), [("0.167", "5/30"), ("0.17", "5/30"), ("0.16", "5/30"), ("5/30", None)]
)
def test_a_rounded_price_is_told_its_fraction(each, wanted, tmp_path: Path) -> None:
    rule = {"kind": "shortfall", "required": "30", "each": each}
    item = {"points": "5", "measure": {"kind": "value", "field": "meetings"}, "rule": rule}
    found = checked(tmp_path, MEETINGS, item)
    assert found.get("L003", {}).get("wanted") == wanted
    assert set(found) <= {"L003"}


# What lint takes for the most and the least is held against what is really paid.


def every_case() -> list[Any]:
    files = [(path, load(path)) for path in sorted(KINDS.rglob("*.yaml"))]
    return [
        pytest.param(file, case, id=f"{path.stem}-{case['name']}")
        for path, file in files
        if "cases" in file
        for case in file["cases"]
    ]


@pytest.mark.parametrize(("file", "case"), every_case())
def test_no_case_is_paid_beyond_what_lint_thinks_possible(file, case, tmp_path: Path) -> None:
    before = score(tmp_path, file, case).verdict.before
    criteria, _ = read_criteria(tmp_path / "criteria.yaml")
    (indicator,) = criteria.dimensions[0].indicators
    spans = [span(leaf, criteria) for row in rows(criteria) for leaf in row.leaves]
    assert lint(tmp_path / "criteria.yaml").criteria is not None
    if before is not None and not indicator.parts:
        assert min(s.worst for s in spans) <= before <= max(s.best for s in spans)


@given(submissions(CRITERIA), judgements(CRITERIA))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_branch_earns_more_than_lint_thinks_possible(submission, judged) -> None:
    for score_ in Scorer(CRITERIA).score(submission, judged).sections:
        for line in score_.lines:
            penalty = score_.section is CRITERIA.penalties
            most = most_of(line.indicator, CRITERIA, penalty)
            assert (-line.verdict.low if penalty else line.verdict.high) <= most


# The command.


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("L001.yaml",), 0),
        (("L001.yaml", "--strict"), 1),
        (("L014.yaml", "--strict"), 0),
        (("L016.yaml",), 1),
        (("C002.yaml",), 1),
        (("nothing.yaml",), 1),
        (("empty",), 2),
        ((), 2),
    ],
)
def test_exit_codes(arguments, code, tmp_path: Path) -> None:
    shutil.copytree(LINT, tmp_path, dirs_exist_ok=True)
    (tmp_path / "empty").mkdir()
    assert call("lint", *arguments, cwd=tmp_path).returncode == code


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_answer(language, tmp_path: Path, matches) -> None:
    criteria = tmp_path / "criteria"
    criteria.mkdir()
    for name in ("C004", "L001", "L014"):
        shutil.copy(LINT / f"{name}.yaml", criteria)
    (criteria / "L001.cases.yaml").write_text("criteria: l001\n", encoding="utf-8")
    done = call("lint", "--lang", language, cwd=tmp_path)
    assert done.stderr == ""
    assert done.returncode == 1
    matches(done.stdout, LINT / f"answer.{language}.txt")
