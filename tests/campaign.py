"""The sample campaign and the console script, used as a user uses them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

from case_files import dump, load
from conftest import ROOT

SCRIPT = Path(sys.executable).with_name("branchscore")
CODES = tuple(f"JA-{n:02}" for n in range(1, 25))
SUBMISSIONS = Path("submissions/jingan-2023")
REVIEWS = Path("reviews")
PARTS = (Path("criteria/jingan-2023.yaml"), SUBMISSIONS, REVIEWS)
BY_BRANCH = ("marks", "strikes", "comments", "conflicts")
# What makes a terminal of a pipe, or a pipe of a terminal, whoever runs the tests.
STEERING = {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"}


def copied(folder: Path, codes: Collection[str] = CODES) -> Path:
    """The campaign in `folder`, with these branches only and marks for no others."""
    for part in PARTS:
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    for code in set(CODES) - set(codes):
        (folder / SUBMISSIONS / f"{code}.yaml").unlink()
        shutil.rmtree(folder / SUBMISSIONS / code, ignore_errors=True)
    for path in (folder / REVIEWS).iterdir() if len(codes) < len(CODES) else ():
        sheet = load(path)
        for key in set(BY_BRANCH) & sheet.keys():
            sheet[key] = {code: said for code, said in sheet[key].items() if code in codes}
        dump(path, sheet)
    return folder


def call(
    *arguments: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    encoding: str = "utf-8",
) -> subprocess.CompletedProcess[str]:
    """The console script, with its streams piped; what hangs fails."""
    kept = {name: value for name, value in os.environ.items() if name not in STEERING}
    return subprocess.run(
        [SCRIPT, *arguments],
        cwd=cwd,
        env={**kept, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding=encoding,
        timeout=60,
    )
