"""Faults as other programs read them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

SCRIPT = Path(sys.executable).with_name("branchscore")
FILES = ("tests/bad/T004.yaml", "tests/bad/Y013.yaml")


def told(form: str, *files: str) -> subprocess.CompletedProcess[str]:
    arguments = [SCRIPT, "check", *files, "-c", "tests/bad/criteria.yaml", "--format", form]
    return subprocess.run(
        arguments, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60
    )


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_every_format(form: str, matches) -> None:
    done = told(form, *FILES)
    assert done.returncode == 1
    assert not done.stderr
    matches(done.stdout, ROOT / "tests" / "machines" / f"{form}.txt")


def test_json_names_the_places() -> None:
    faults = json.loads(told("json", *FILES).stdout)["faults"]
    assert [(f["file"], f["line"]) for f in faults] == [
        (FILES[0], 4),
        (FILES[0], 5),
        (FILES[0], 6),
        (FILES[1], 0),
    ]


def test_sarif_holds_to_what_the_standard_requires() -> None:
    log = json.loads(told("sarif", *FILES).stdout)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert log["version"] == "2.1.0"
    assert rules == sorted(set(rules))
    for result in run["results"]:
        assert result["ruleId"] in rules
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]


def test_nothing_wrong_is_an_empty_answer() -> None:
    done = told("json", "tests/bad/criteria.yaml")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"faults": [], "precheck": []}
