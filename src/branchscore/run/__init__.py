"""One run on disk: built aside, completed by a manifest, put in place by one rename."""

from branchscore.run.writing import KINDS, USUAL, file_count, missing_sorts, write_run

__all__ = ["KINDS", "USUAL", "file_count", "missing_sorts", "write_run"]
