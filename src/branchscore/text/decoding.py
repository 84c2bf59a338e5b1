"""Bytes → text: UTF-8, or an answer that says what the file is instead."""

import re
from typing import NamedTuple

from branchscore.text.diagnostics import Diagnostic, Span
from branchscore.text.tree import diagnostic

KINDS = {
    b"PK\x03\x04": "Excel / Word / WPS / zip",
    b"\xd0\xcf\x11\xe0": "Excel / Word / WPS",
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "gzip",
    b"Rar!": "rar",
    b"7z\xbc\xaf": "7z",
    b"GIF8": "GIF",
    b"RIFF": "WebP",
    b"SQLite format 3": "SQLite",
    b"%!PS": "PostScript",
    b"\x7fELF": "ELF",
    b"MZ\x90": "exe",
}
WIDE = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
# No name of a submission begins with a bracket of HTML; a saved page may begin like a mail.
PAGE = re.compile(rb"\s*(?:<[a-z!?/]|MIME-Version:|From: <Saved by)", re.IGNORECASE)
MARK = b"\xef\xbb\xbf"
HAN = re.compile("[\u4e00-\u9fff]")


class Wrong(NamedTuple):
    """Why bytes are no text: a code of the manual, the byte where it shows (None: the whole
    file), and what the file seems to be."""

    code: str
    at: int | None
    what: str = ""


def decoded(raw: bytes) -> str | Wrong:
    """The text of a UTF-8 file, without its mark; or what is wrong with it."""
    for start, name in WIDE.items():
        if raw.startswith(start):
            return Wrong("Y014", None, name)
    bare = raw.removeprefix(MARK)
    for start, name in KINDS.items():
        if bare.startswith(start):
            return Wrong("Y013", None, name)
    if PAGE.match(bare):
        return Wrong("Y013", None, "HTML / XML")
    if b"\0" in raw[:400] and (name := _zeros(raw)):
        return Wrong("Y014", None, name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(raw, error)


def _zeros(raw: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: ASCII leaves every second byte zero, or three of four."""
    head = raw[:400]
    if len(head) > 7 and any(head[at::4].count(0) * 4 >= len(head) - 4 for at in (0, 3)):
        return "UTF-32"
    halves = (head[1::2], head[::2])
    return "UTF-16" if len(head) > 3 and any(h.count(0) * 5 > len(head) for h in halves) else ""


def _not_utf8(raw: bytes, error: UnicodeDecodeError) -> Wrong:
    if error.end == len(raw) and error.reason == "unexpected end of data":
        return Wrong("Y016", error.start)
    around = raw[: error.start].rpartition(b"\n")[2]
    if HAN.search(around.decode("utf-8", "ignore")) or HAN.search(_good(raw[: error.start])):
        return Wrong("Y002", error.start)
    for encoding in ("gb18030", "big5"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError as unfit:
            if unfit.end < len(raw):
                continue
            text = raw[: unfit.start].decode(encoding)  # a file that was cut off
        if HAN.search(text):
            return Wrong("Y015", error.start, "GBK" if encoding == "gb18030" else "Big5")
    return Wrong("Y002", error.start)


def _good(raw: bytes) -> str:
    return raw.decode("utf-8", "ignore")


def undecodable(raw: bytes, path: str, wrong: Wrong) -> Diagnostic:
    """The answer to a file that is no text, at the byte where that shows."""
    if wrong.at is None:
        return Diagnostic(wrong.code, Span(path), "", {"what": wrong.what})
    before = raw[: wrong.at]
    line = len(re.findall(rb"\r\n|\r|\n", before)) + 1
    start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
    column = len(before[start:].decode("utf-8", "replace")) + 1
    if wrong.code == "Y015":  # so that the excerpt can be read
        encoding = "gb18030" if wrong.what == "GBK" else "big5"
        column = len(before[start:].decode(encoding, "replace")) + 1
        raw = raw.decode(encoding, "replace").encode()
    return diagnostic(raw, wrong.code, Span(path, line, column), what=wrong.what)
