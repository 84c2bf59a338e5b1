"""Names of files, codes and slots that were made to do harm, and pages that ask for something."""

import json
import re
from pathlib import Path

import pytest

from branchscore import evaluate
from branchscore.evaluation import check
from branchscore.outputs.machines import FORMATS
from branchscore.outputs.press import PaperError, press
from branchscore.outputs.terminal import fault_text
from campaign import call
from case_files import dump, load
from conftest import ROOT

HOSTILE = ROOT / "tests" / "hostile"
CRITERIA = HOSTILE / "criteria.yaml"


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://evil.example/x.png">',
        '<svg><image href="https://evil.example/x.png"/></svg>',
        '<svg><image href="file:///etc/passwd"/></svg>',
        '<style>@import "https://evil.example/x.css"</style>',
        '<p style="background:url(https://evil.example/x)">x</p>',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<object data="file:///etc/passwd"></object>',
    ],
)
def test_a_page_that_asks_for_anything_is_not_printed(html: str) -> None:
    with pytest.raises(PaperError) as caught:
        list(press([("x.pdf", f"<p>x</p>{html}")]))
    assert "evil.example" in caught.value.why.en or "/etc/passwd" in caught.value.why.en


NAMES = ("\x1b[31m红\x1b]0;t\x07.yaml", "\u202elmay.yaml", "a:b,c%0A.yaml", "行\n::error::x.yaml")


def test_a_name_of_a_file_steers_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in NAMES:
        (tmp_path / "in" / name).write_text("criteria: hostile\ncode: 我\n", encoding="utf-8")
    for line in (("check",), *(("check", "--format", form) for form in FORMATS), ("evaluate",)):
        done = call(*line, "in", "-c", str(CRITERIA), cwd=tmp_path)
        assert done.returncode == 1
        for said in (done.stdout, done.stderr):
            assert not [c for c in said if not c.isprintable() and c not in "\n　"]
        assert "Traceback" not in done.stderr
    (tmp_path / "in").joinpath("\x9b31m.yaml").write_text(
        (HOSTILE / "submissions" / "H11.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    said = call("evaluate", "in", "-c", str(CRITERIA), "--only", "csv", cwd=tmp_path).stderr
    assert "in/\\x9b31m.yaml: " in said
    assert not [c for c in said if not c.isprintable() and c not in "\n　"]
    annotations = call(
        "check", "in", "-c", str(CRITERIA), "--format", "github", cwd=tmp_path
    ).stdout
    for annotation in annotations.splitlines():
        properties = annotation.removeprefix("::").partition("::")[0]
        assert re.fullmatch(r"error file=[^:,\s]+(,line=\d+,col=\d+)?,title=\w+", properties), (
            annotation
        )
    sarif = json.loads(
        call("check", "in", "-c", str(CRITERIA), "--format", "sarif", cwd=tmp_path).stdout
    )
    for result in sarif["runs"][0]["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9_.~%/-]+", uri)


@pytest.mark.parametrize(
    "code", ["../x", "a/b", "..", ".", "-rf", "a b", "支部", "a\\b", "x" * 65, "A.", "con", "NUL.1"]
)
def test_a_code_is_no_path(code: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        f"criteria: hostile\ncode: {json.dumps(code)}\nbranch: 虚构支部\n", encoding="utf-8"
    )
    faults = check([path], [CRITERIA])
    assert [fault.code for fault in faults] == ["T013"]
    assert all(c.isprintable() or c in "\n　" for c in fault_text(faults[0], "zh"))


def test_codes_that_are_one_file_elsewhere_are_one_branch(tmp_path: Path) -> None:
    text = (HOSTILE / "secret.yaml").read_text(encoding="utf-8")
    for code in ("S1", "s1"):
        path = tmp_path / f"{code}-.yaml"
        path.write_text(text.replace("code: S1", f"code: {code}"), encoding="utf-8")
    evaluation = evaluate(CRITERIA, tmp_path)
    assert not evaluation.standings
    assert [fault.code for fault in evaluation.diagnostics] == ["S007", "S007"]


@pytest.mark.parametrize("text", ["\u202e支部", "\u2067支部\u2069", "支\u200f部", "支\u061c部"])
def test_a_name_that_turns_around_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"criteria: hostile\ncode: X\nbranch: {text}\n", encoding="utf-8")
    assert "Y003" in {fault.code for fault in check([path], [CRITERIA])}


@pytest.mark.parametrize("key", ["wording", "number"])
@pytest.mark.parametrize(
    "text", ["{branch.__class__}", "{n:>9999999999}", "{branch!r}", "{0}", "{x"]
)
def test_a_certificate_names_only_what_it_may(key: str, text: str, tmp_path: Path) -> None:
    table = load(CRITERIA)
    table["award"][key] = text
    dump(tmp_path / "c.yaml", table)
    assert [fault.code for fault in check([tmp_path / "c.yaml"], [])] == ["C012"]
