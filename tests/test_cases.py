"""Every kind of rule and measure against points worked out by hand, and the whole sentence."""

from pathlib import Path
from typing import Any, get_args

import pytest

from branchscore.criteria.measures import Measure
from branchscore.criteria.rules import Rule
from branchscore.text.numbers import plain
from case_files import CASES, expected, load, score

FILES = sorted(CASES.glob("*/*.yaml"))


def kinds(union: Any) -> set[str]:
    return {get_args(k.model_fields["kind"].annotation)[0] for k in get_args(get_args(union)[0])}


def test_every_kind_has_its_cases() -> None:
    proven = {f.parent.name: set[str]() for f in FILES}
    for file in FILES:
        proven[file.parent.name].add(file.stem.partition("-")[0])
    assert (proven["rules"], proven["measures"]) == (kinds(Rule), kinds(Measure))


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_cases(path: Path, tmp_path: Path, matches) -> None:
    file, said = load(path), []
    for case in file["cases"]:
        line = score(tmp_path, file, case)
        got = (line.verdict.state.value, line.verdict.low, line.verdict.high)
        assert got == expected(case), f"{path.name}: {case['name']}"
        said.append(f"# {case['name']}")
        for language in ("zh", "en"):
            said.append("; ".join(why.say(language) for why in line.verdict.why))
            if line.verdict.gain:
                said.append("  + " + line.verdict.gain.say(language))
        said.append(f"  {plain(line.verdict.low)} … {plain(line.verdict.high)}\n")
    matches("\n".join(said), path.with_suffix(".txt"))
