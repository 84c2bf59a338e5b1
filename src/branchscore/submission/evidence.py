"""The evidence ledger of a submission: which files it names, and whether they are there."""

import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from branchscore.text.diagnostics import Diagnostic
from branchscore.text.source import Document

# What could leave the folder or is no file name on Windows is refused by its form,
# before any file system is asked.
FORBIDDEN = re.compile(r'[\\:*?"<>|%~\x00]|^/|(^|/)\.\.?(/|$)|//|[ .](/|$)')
MAX_PATH = 240


def folder_of(submission: Path) -> Path:
    """Evidence of `JA-01.yaml` lies in the folder `JA-01` beside it, and nowhere else."""
    return submission.with_suffix("")


def check_evidence(document: Document, ledger: Sequence[Mapping[str, Any]]) -> Iterator[Diagnostic]:
    """Every entry names a file that is there, or the place of a paper; no number twice."""
    folder = folder_of(Path(document.path))
    seen: set[str] = set()
    for i, proof in enumerate(ledger):
        number = proof.get("id")
        if number in seen:
            yield document.diagnose("S009", ("evidence", i, "id"), got=str(number))
        if number:
            seen.add(number)
        name = proof.get("file")
        if name is None:
            if "place" not in proof:
                yield document.diagnose("S010", ("evidence", i))
        elif FORBIDDEN.search(name) or len(name.encode()) > MAX_PATH:
            yield document.diagnose("S006", ("evidence", i, "file"), got=name)
        elif not _regular(folder, name):
            yield document.diagnose("S005", ("evidence", i, "file"), got=name, folder=folder.name)


def _regular(folder: Path, name: str) -> bool:
    """Whether every step is a real folder and the last a real file: links are not followed."""
    path = folder
    steps = name.split("/")
    try:
        for i, step in enumerate(("", *steps)):
            path = path / step
            mode = path.lstat().st_mode
            if not (stat.S_ISREG(mode) if i == len(steps) else stat.S_ISDIR(mode)):
                return False
    except OSError:
        return False
    return True
