"""The bytes of a workbook → its parts, or an answer that says what the file is instead.

Every limit is held before anything is unpacked, or while it is: what an archive claims of itself
is never believed.
"""

import zlib
from dataclasses import dataclass, field
from io import BytesIO
from struct import Struct
from zipfile import BadZipFile, ZipFile

from branchscore.text.phrase import Phrase

MAX_FILE = 20 << 20
MAX_PARTS = 1000
MAX_DIRECTORY = 1 << 18
MAX_UNPACKED = 16 << 20
END = Struct("<4s4H2LH")
OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
STARTS = {
    b"%PDF": "PDF",
    b"Rar!": "rar",
    b"7z\xbc\xaf": "7z",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"{\\rtf": "RTF",
}
DAMAGES = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class UnreadableError(Exception):
    """A file that is no workbook we can read; carries the manual's code and its values."""

    def __init__(self, fault: str, **values: str | Phrase) -> None:
        super().__init__(fault)
        self.fault, self.values = fault, values


@dataclass(slots=True)
class Archive:
    """The zip file that a workbook is; parts are read one by one, all within one budget."""

    file: ZipFile
    names: frozenset[str]
    left: int = field(default=MAX_UNPACKED)

    def part(self, name: str) -> bytes:
        """The bytes of one part."""
        if name not in self.names:
            raise UnreadableError("X003", what=name)
        try:
            with self.file.open(name) as stream:
                data = stream.read(self.left + 1)
        except DAMAGES:
            raise UnreadableError("X003", what=name) from None
        self.left -= len(data)
        if self.left < 0:
            raise UnreadableError("X004", limit=f"{MAX_UNPACKED >> 20} MB")
        return data


def opened(raw: bytes) -> Archive:
    """The archive of an .xlsx file; raises `UnreadableError` for anything else."""
    if raw.startswith(OLE):
        if ENCRYPTED in raw:
            raise UnreadableError("X002")
        raise UnreadableError("X001", what="Excel 97—2003 / WPS (.xls, .et)")
    if not raw.startswith(b"PK\x03\x04"):
        raise UnreadableError("X001", what=_kind(raw))
    _measure(raw)
    try:
        file = ZipFile(BytesIO(raw))
    except DAMAGES:
        raise UnreadableError("X003", what="zip") from None
    names = file.namelist()
    if len(names) != len(set(names)):
        raise UnreadableError("X003", what="zip")
    if "[Content_Types].xml" not in names:
        raise UnreadableError("X001", what="OpenDocument (.ods)" if "mimetype" in names else "zip")
    return Archive(file, frozenset(names))


def _measure(raw: bytes) -> None:
    """Look at the end record first: a directory of a million names costs memory by itself."""
    at = raw.rfind(b"PK\x05\x06", max(0, len(raw) - 65_557))
    if at < 0 or at + END.size > len(raw):
        raise UnreadableError("X003", what="zip")
    _, _, _, _, parts, directory, _, _ = END.unpack_from(raw, at)
    if parts > MAX_PARTS or directory > MAX_DIRECTORY:
        raise UnreadableError("X004", limit=Phrase(f"{MAX_PARTS} 个部件", f"{MAX_PARTS} parts"))


def _kind(raw: bytes) -> str | Phrase:
    for start, name in STARTS.items():
        if raw.startswith(start):
            return name
    if not raw.strip():
        return Phrase("空文件", "an empty file")
    if raw.lstrip()[:1] == b"<":
        return "HTML / XML"
    if b"\x00" in raw:
        return Phrase("不认识的格式", "something unknown")
    return Phrase("文字（CSV、YAML 等）", "text (CSV, YAML or such)")
