"""The guides: every example is run, every kind has one, both languages show the same."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from branchscore.criteria.measures import Measure
from branchscore.criteria.reading import read_criteria
from branchscore.criteria.rules import Rule
from case_files import expected, score
from conftest import ROOT
from test_cases import kinds

GUIDES = ("criteria.md", "criteria.zh-CN.md")
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(name: str) -> list[str]:
    return BLOCK.findall((ROOT / "docs" / name).read_text(encoding="utf-8"))


def parsed(text: str) -> Any:
    return yaml.load(text, yaml.CBaseLoader)


EXAMPLES = [text for text in blocks(GUIDES[0]) if "\ncases:" in text]


def test_both_guides_show_the_same_examples() -> None:
    assert blocks(GUIDES[0]) == blocks(GUIDES[1])


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda t: parsed(t)["item"]["title"])
def test_examples(text: str, tmp_path: Path) -> None:
    file = parsed(text)
    for case in file["cases"]:
        line = score(tmp_path, {**file, "indicator": file["item"]}, case)
        verdict = line.verdict
        got = (verdict.state.value, verdict.low, verdict.high)
        assert got == expected(case), case["name"]


def test_the_whole_file_is_sound(tmp_path: Path) -> None:
    (whole,) = [text for text in blocks(GUIDES[0]) if "format:" in text]
    path = tmp_path / "first.yaml"
    path.write_text(whole, encoding="utf-8")
    assert read_criteria(path)[0].id == "first"


def test_every_kind_has_an_example() -> None:
    shown = {kind for text in EXAMPLES for kind in re.findall(r"kind: (\w+)", text)}
    assert (kinds(Measure) | kinds(Rule)) - shown == set()


def test_every_pattern_of_real_tables_has_its_case() -> None:
    """`python tools/patterns.py > docs/patterns.md` renews the page."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "patterns.py"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert done.stdout == (ROOT / "docs" / "patterns.md").read_text(encoding="utf-8")
