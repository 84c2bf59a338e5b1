"""One run at a time below one folder.

The lock is the system's own on an open file (flock): it ends with the process that holds it,
however that ends, so that none can be left behind. The file stays, because who removed it
could take it from under somebody who has just opened it.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from branchscore.run.disk import make

LOCK = ".lock"


class Busy(Exception):  # noqa: N818 - nothing has gone wrong: somebody else is at work
    """Another process holds the lock of this folder."""

    def __init__(self, home: Path) -> None:
        super().__init__(str(home))
        self.home = home


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the lock of a folder, which is made where there is none. Raises `Busy` at once where
    another process has it."""
    make(home)
    handle = os.open(home / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(home) from None
        except OSError as error:
            error.filename = str(home)
            raise
        yield
    finally:
        with suppress(OSError):  # nothing was written to it that could be lost
            os.close(handle)
