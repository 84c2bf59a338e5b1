"""The earlier run that a new one is instead of: named by its hash, never touched."""

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from branchscore.outputs.changes import Side, branch_changes
from branchscore.outputs.opened import MANIFEST, RESULTS, opened, run_in
from branchscore.outputs.results import Results
from branchscore.outputs.results_changes import BranchChange, InsteadOf
from branchscore.outputs.wordings import written
from branchscore.text.personal import masked


class Instead(NamedTuple):
    """What is said of the earlier run, and its results."""

    said: InsteadOf
    results: Results

    def changes(self, results: Results) -> list[BranchChange]:
        """What differs from the earlier run in the results of the new one."""
        earlier, now = (side_of(each, "") for each in (self.results, results))
        return list(branch_changes(earlier, now))


def instead_of(run: Path, because: str) -> Instead:
    """The run in a folder, or with a `results.json`. Raises like `opened`."""
    folder = folder_of(run)
    results = opened(folder)
    digest = sha256((folder / MANIFEST).read_bytes()).hexdigest()
    said: InsteadOf = {"run": written(str(folder)), "sha256": digest, "because": masked(because)}
    return Instead(said, results)


def folder_of(run: Path) -> Path:
    """The folder of a run by its own name: `latest` will lead elsewhere some day."""
    folder = run.parent if run.name == RESULTS else run_in(run)
    return folder.parent / folder.readlink() if folder.is_symlink() else folder


def side_of(results: Results, name: str) -> Side:
    """Results to be compared."""
    return Side(name, results["criteria"], results["branches"], results["inputs"])
