"""The YAML files that somebody names, or that lie in the folders that somebody names."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

SUFFIXES = (".yaml", ".yml")
CASES = ".cases.yaml"


class Found(NamedTuple):
    """The YAML files that were handed in, and what lies in the same folders and is not read."""

    files: list[Path]
    ignored: list[Path]


Paths = str | Path | Iterable[str | Path] | Found


def found(paths: Paths) -> Found:
    """The YAML files that are named or lie in the named folders, sorted, and the files in
    those folders that are none. A folder named like a file beside it holds that file's
    evidence and is not looked into."""
    if isinstance(paths, Found):
        return paths
    named = [paths] if isinstance(paths, str | Path) else list(paths)
    files, ignored = set[Path](), set[Path]()
    for path in map(Path, named):
        if _is_folder(path):
            _walk(path, files, ignored)
        else:
            files.add(path)
    return Found(sorted(files, key=str), sorted(ignored, key=str))


def _is_folder(path: Path) -> bool:
    """False also for what no file system would take as a name; reading it will say why."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def readable(path: Path) -> bool:
    """Whether there is something of that name."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def unread(path: Path) -> Literal["hidden", "cases", "not YAML"]:
    """Why a file that lies in a folder of submissions or sheets is left alone."""
    if path.name.startswith("."):
        return "hidden"
    return "cases" if path.name.endswith(CASES) else "not YAML"


def _walk(folder: Path, files: set[Path], ignored: set[Path]) -> None:
    entries = sorted(folder.iterdir())
    stems = {entry.stem for entry in entries if entry.suffix in SUFFIXES}
    for entry in entries:
        if entry.name.startswith("."):
            ignored.add(entry)
        elif entry.is_dir() and not entry.is_symlink():
            if entry.name not in stems:
                _walk(entry, files, ignored)
        elif entry.suffix in SUFFIXES and not entry.name.endswith(CASES):
            files.add(entry)
        else:
            ignored.add(entry)
