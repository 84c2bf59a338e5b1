"""One evidence file → what is known of it. It is read in pieces and never kept."""

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import IO

from branchscore.proofs.kinds import HEAD, PICTURES, TAIL, kind_of
from branchscore.proofs.looks import Looks
from branchscore.proofs.pictures import day_of, seen_in
from branchscore.text.phrase import Phrase
from branchscore.text.system import refusal

MOST_BYTES = 64 << 20
# What one branch may make us read: bytes and, of pictures, pixels.
MOST_OF_ALL = 2 << 30
PIECE = 1 << 18
PDF_DAY = re.compile(rb"/(?:CreationDate|ModDate)\s*\(D:(\d{4})(\d\d)(\d\d)")
TOO_LARGE = Phrase(f"文件超过 {MOST_BYTES >> 20} MB", f"it is larger than {MOST_BYTES >> 20} MB")
TOO_MUCH = Phrase("这份申报的佐证总量太大", "this submission has too much evidence")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds. `digest` is the SHA-256 of its bytes, empty where they were not read:
    then `unread` says why. `dated` is the day that a picture or PDF gives for itself; `damaged`
    is a picture that cannot be decoded."""

    size: int
    digest: str = ""
    kind: str = "other"
    dated: date | None = None
    looks: Looks | None = None
    damaged: bool = False
    unread: Phrase | None = None


@dataclass(slots=True)
class Folder:
    """The evidence folder of one branch. Names are looked up as they are written: the same on
    systems that take `A.jpg` for `a.jpg`, and on those that store `é` in two characters. Links
    are not followed."""

    path: Path
    left: int = MOST_OF_ALL
    known: dict[Path, Contents] = field(default_factory=dict)
    names: dict[Path, dict[str, str]] = field(default_factory=dict)

    def find(self, name: str) -> Path | None:
        """The regular file of that name."""
        *folders, last = name.split("/")
        parent = self._inside(folders)
        path = parent and self._step(parent, last)
        return path if path and _is(path, stat.S_ISREG) else None

    def near(self, name: str) -> str:
        """A file of nearly that name beside it: other capitals, or another ending."""
        *folders, last = name.split("/")
        parent = self._inside(folders)
        for actual in sorted(set(self._names(parent).values())) if parent else ():
            same = Path(actual).stem.casefold() == Path(last).stem.casefold()
            if parent and same and _is(parent / actual, stat.S_ISREG):
                return "/".join((*folders, actual))
        return ""

    def contents(self, path: Path) -> Contents:
        """What is in a file that `find` found; each file is read once."""
        if path not in self.known:
            self.known[path] = self._read(path)
        return self.known[path]

    def _inside(self, steps: Sequence[str]) -> Path | None:
        """The folder that steps lead to from the branch's own."""
        path: Path | None = self.path
        for step in (None, *steps):
            path = path and (self._step(path, step) if step else path)
            if not path or not _is(path, stat.S_ISDIR):
                return None
        return path

    def _step(self, folder: Path, name: str) -> Path | None:
        here = self._names(folder)
        actual = here.get(name) or here.get(_composed(name))
        return folder / actual if actual else None

    def _names(self, folder: Path) -> dict[str, str]:
        """The entries of a folder, also by their names in composed characters."""
        if folder not in self.names:
            try:
                entries = [entry.name for entry in sorted(folder.iterdir())]
            except OSError:
                entries = []
            composed = {_composed(entry): entry for entry in entries}
            self.names[folder] = composed | {entry: entry for entry in entries}
        return self.names[folder]

    def _read(self, path: Path) -> Contents:
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            with os.fdopen(handle, "rb") as file:
                size = os.fstat(handle).st_size
                if size > MOST_BYTES:
                    return Contents(size, unread=TOO_LARGE)
                if size > self.left:
                    return Contents(size, unread=TOO_MUCH)
                self.left -= size
                return self._told(file, path.name)
        except OSError as error:
            return Contents(0, unread=refusal(error))

    def _told(self, file: IO[bytes], name: str) -> Contents:
        hashed, size, head, tail = sha256(), 0, b"", b""
        while piece := file.read(PIECE):
            hashed.update(piece)
            size += len(piece)
            head = head or piece[:HEAD]
            tail = (tail + piece)[-TAIL:]
            if size > MOST_BYTES:
                return Contents(size, unread=TOO_LARGE)
        kind = kind_of(head, tail, name)
        known = Contents(size, hashed.hexdigest(), kind)
        if kind == "pdf":
            return replace(known, dated=_written(head + tail))
        if kind not in PICTURES:
            return known
        try:
            seen = seen_in(file, kind, self.left)
        except Exception:  # whatever a decoder makes of a damaged file
            return replace(known, damaged=True)
        self.left -= seen.pixels
        return replace(known, dated=seen.taken, looks=seen.looks)


def _written(text: bytes) -> date | None:
    """The first day that a PDF gives in plain text."""
    found = PDF_DAY.search(text)
    return day_of(*map(int, found.groups())) if found else None


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _is(path: Path, sort: Callable[[int], bool]) -> bool:
    try:
        return sort(path.lstat().st_mode)
    except (OSError, ValueError):
        return False
