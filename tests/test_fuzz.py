"""Some hundred damaged files; `tools/fuzz.py` goes on for as long as it is told to."""

import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

FUZZ = ROOT / "tools" / "fuzz.py"


def fuzz(*arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, FUZZ, *arguments],
        env={**os.environ, "PYTHONPATH": path} if path else None,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )


def test_damaged_files_are_answered() -> None:
    done = fuzz("--seconds", "60", "--cases", "300")
    assert done.returncode == 0, done.stdout + done.stderr
    first, *seen = done.stdout.splitlines()
    assert first == "300 inputs, 0 failures"
    # Damage that is always refused at once would try nothing further on.
    kinds = {line.strip().partition(" ")[2] for line in seen}
    assert {"criteria evaluated", "submission evaluated", "submission refused"} <= kinds


def test_an_exception_is_a_failure_that_is_printed_and_can_be_had_again(tmp_path: Path) -> None:
    broken = tmp_path / "sitecustomize.py"
    broken.write_text(
        "import branchscore.checking as c\n"
        "def spoilt(self, document): raise ValueError('spoilt')\n"
        "c.Checker.__call__ = spoilt\n",
        encoding="utf-8",
    )
    done = fuzz("--cases", "30", path=str(tmp_path))
    assert done.returncode == 1
    assert "ValueError: spoilt" in done.stdout
    name = done.stdout.partition("== ")[2].partition(",")[0]
    again = fuzz("--again", name)
    assert (again.returncode, again.stdout) == (0, "")
