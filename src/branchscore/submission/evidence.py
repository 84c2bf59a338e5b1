"""The evidence ledger of a submission: which files it names, and what they are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from branchscore.proofs.files import Contents, Folder
from branchscore.proofs.kinds import KINDS, ending_of, lies
from branchscore.text.diagnostics import Diagnostic, Span
from branchscore.text.source import Document

# What could leave the folder or is no file name on Windows is refused by its form,
# before any file system is asked.
FORBIDDEN = re.compile(
    r'[\\:*?"<>|%~\x00]|^/|(^|/)\.\.?(/|$)|//|[ .](/|$)'
    r"|(^|/)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(\.[^/]*)?(/|$)",
    re.IGNORECASE,
)
MAX_PATH = 240


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry of the ledger whose file is there. `entry` is its place in the ledger; `span`
    and `excerpt` are where the submission names the file."""

    entry: int
    number: str
    file: str
    contents: Contents
    span: Span
    excerpt: str


def folder_of(submission: Path) -> Path:
    """Evidence of `JA-01.yaml` lies in the folder `JA-01` beside it, and nowhere else."""
    return submission.with_suffix("")


class Ledger:
    """The ledger held against the folder: `proofs` for the files that are there, and `faults`.
    Every entry names a file, or the place of a paper; no number stands twice."""

    def __init__(self, document: Document, entries: Sequence[Mapping[str, Any]]) -> None:
        self.document = document
        self.folder = Folder(folder_of(Path(document.path)))
        self.proofs: list[Proof] = []
        self.faults: list[Diagnostic] = []
        seen: set[str] = set()
        for i, entry in enumerate(entries):
            number = entry.get("id")
            if number in seen:
                self._fault("S009", i, "id", got=str(number))
            if number:
                seen.add(number)
            if "file" in entry:
                self._look(i, str(number or ""), entry["file"])
            elif "place" not in entry:
                self._fault("S010", i)

    def _look(self, i: int, number: str, name: str) -> None:
        if FORBIDDEN.search(name) or len(name.encode()) > MAX_PATH:
            return self._fault("S006", i, "file", got=name)
        path = self.folder.find(name)
        if path is None:
            near, folder = self.folder.near(name), self.folder.path.name
            return self._fault("S005", i, "file", got=name, near=near, folder=folder)
        contents = self.folder.contents(path)
        at = self.document.diagnose("S005", ("evidence", i, "file"))
        self.proofs.append(Proof(i, number, name, contents, at.span, at.excerpt))
        return self._judge(i, name, contents)

    def _judge(self, i: int, name: str, contents: Contents) -> None:
        """What reviewers should know of a file, and what they should never have to open."""
        if contents.unread:
            return self._fault("S033", i, "file", got=name, why=contents.unread)
        kind = KINDS[contents.kind]
        if kind.program:
            return self._fault("S030", i, "file", got=name)
        if not contents.size:
            return self._fault("S031", i, "file", got=name)
        if lies(contents.kind, name):
            ending = ending_of(name)
            return self._fault("S032", i, "file", got=name, ending=ending, kind=kind.title)
        if kind.active:
            return self._fault("S035", i, "file", got=name, kind=kind.title)
        if contents.damaged:
            return self._fault("S034", i, "file", got=name)
        return None

    def _fault(self, code: str, i: int, *at: str, **values: Any) -> None:
        self.faults.append(self.document.diagnose(code, ("evidence", i, *at), **values))
