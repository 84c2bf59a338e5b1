"""A mended file on disk: the original kept beside it, the new one put in place by one rename."""

import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from branchscore.text.files import read_bytes


class ChangedMeanwhile(Exception):  # noqa: N818 - nothing went wrong here; somebody else writes
    """The file is no longer what was mended."""


def replaced(path: Path, raw: bytes, text: str) -> Path:
    """Put `text` in the place of the file that held `raw`; returns where the original is kept.

    Raises OSError or `ChangedMeanwhile`; then the file is as it was.
    """
    kept = _kept(path, raw)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(path.stat().st_mode & 0o777)
        if read_bytes(path) != raw:
            raise ChangedMeanwhile(path)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return kept


def _kept(path: Path, raw: bytes) -> Path:
    """Write the original beside the file, where no earlier one lies; one that holds the same
    bytes will do."""
    for place in _places(path):
        try:
            with place.open("xb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            if place.is_file() and not place.is_symlink() and place.read_bytes() == raw:
                return place
        except OSError:
            place.unlink(missing_ok=True)
            raise
        else:
            return place
    raise AssertionError("count() does not end")


def _places(path: Path) -> Iterator[Path]:
    for number in count(1):
        ending = ".orig" if number == 1 else f".orig{number}"
        yield path.with_name(path.name + ending)
