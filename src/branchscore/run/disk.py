"""Files that are whole or not there: written aside, forced to disk, shown by one rename."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from branchscore.outputs.opened import LATEST, MANIFEST

ASIDE = ".unfinished-"


class Staging:
    """The folder that a run grows in, beside the runs that are done. The caller holds the lock
    of `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.name = f"{max(_numbers(home), default=0) + 1:04}"
        self.folder = home / f"{ASIDE}{self.name}"

    def write(self, name: str, content: bytes, mode: int = 0o666) -> None:
        """A new file, forced to disk; `mode` is who may read it at most."""
        file = self.folder / name
        if not file.parent.is_dir():
            file.parent.mkdir()
        _write(file, content, mode)

    def publish(self) -> Path:
        """Show the run under its number and let `latest` lead to it: all of it or nothing."""
        for folder in (*(p for p in self.folder.iterdir() if p.is_dir()), self.folder):
            _sync(folder)
        place = self.home / self.name
        try:
            self.folder.rename(place)
            _point(self.home, self.name)
        except BaseException:
            if pointed(self.home) != self.name:
                with suppress(OSError):
                    place.rename(self.folder)
            raise
        return place

    def discard(self) -> None:
        """Remove what has been written aside; does nothing where it was published."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(OSError):
            _aside(self.home).unlink()


@contextmanager
def staging(home: Path) -> Iterator[Staging]:
    """A folder to build a run in; nothing of it is left unless it was published."""
    _recover(home)
    new = Staging(home)
    try:
        new.folder.mkdir()
        yield new
    except BaseException:
        new.discard()
        raise


def pointed(home: Path) -> str:
    """The name of the run that `latest` leads to; empty where there is none."""
    latest = home / LATEST
    try:
        return latest.readlink().name if latest.is_symlink() else latest.read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""


def _recover(home: Path) -> None:
    """Clear away what killed runs left, and let `latest` lead to the newest run, which one that
    was killed in its last moment did not get to. Whoever holds the lock is the only one alive
    here."""
    for left in home.glob(f"{ASIDE}*"):
        shutil.rmtree(left)
    _aside(home).unlink(missing_ok=True)
    runs = [p.parent.name for p in home.glob(f"*/{MANIFEST}") if p.parent.name.isdecimal()]
    newest = max(runs, key=int, default="")
    if newest and pointed(home) != newest:
        _point(home, newest)


def _numbers(home: Path) -> Iterator[int]:
    return (int(p.name) for p in home.iterdir() if p.name.isdecimal())


def _aside(home: Path) -> Path:
    return home / f".{LATEST}"


def _point(home: Path, name: str) -> None:
    """Let `latest` lead to a run: a link where the system has them, else a file naming it."""
    aside = _aside(home)
    try:
        aside.symlink_to(name, target_is_directory=True)
    except OSError:
        _write(aside, f"{name}\n".encode())
    _sync(home)
    aside.replace(home / LATEST)
    # The run is safe by now; where the link is lost with the power, the next run renews it.
    with suppress(OSError):
        _sync(home)


def make(folder: Path) -> None:
    """A folder that outlives a power cut, with those above it."""
    if folder.is_dir():
        return
    make(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)


def _write(file: Path, content: bytes, mode: int = 0o666) -> None:
    """A new file, forced to disk."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with _closing(handle, file):
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)


def _sync(folder: Path) -> None:
    """Force to disk which names a folder has."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    with _closing(handle, folder):
        os.fsync(handle)


@contextmanager
def _closing(handle: int, path: Path) -> Iterator[None]:
    """Close in any case; an error names its file, which the system forgets to."""
    try:
        try:
            yield
        finally:
            os.close(handle)
    except OSError as error:
        error.filename = str(path)
        raise
