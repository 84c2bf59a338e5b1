"""What PDF files hold, read by poppler: not by what wrote them."""

import re
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def poppler(program: str, *arguments: str | Path) -> str:
    done = subprocess.run(
        [program, *arguments], capture_output=True, check=True, encoding="utf-8", timeout=30
    )
    assert not done.stderr, done.stderr
    return done.stdout


def text(pdf: Path, *options: str) -> str:
    return poppler("pdftotext", *options, pdf, "-")


def squeezed(words: str) -> str:
    """Without blanks and line ends: lines break anywhere in Chinese."""
    return "".join(words.split())


def title(pdf: Path) -> str:
    found = re.search(r"^Title: +(.*)$", poppler("pdfinfo", pdf), re.MULTILINE)
    return found[1] if found else ""


def fonts(pdf: Path) -> dict[str, tuple[str, str]]:
    """Per font: whether it is embedded, and whether its glyphs map back to characters."""
    rows = [line.split() for line in poppler("pdffonts", pdf).splitlines()[2:]]
    return {row[0]: (row[-5], row[-3]) for row in rows}


def streams(pdf: Path) -> Iterator[bytes]:
    """The bytes of the file, then every stream of it, unpacked where it is packed."""
    raw = pdf.read_bytes()
    yield raw
    for packed in STREAM.findall(raw):
        try:
            yield zlib.decompress(packed)
        except zlib.error:
            yield packed


def languages(pdf: Path) -> set[bytes]:
    return {tag for part in streams(pdf) for tag in re.findall(rb"/Lang ?\(([^)]*)\)", part)}


def glyphs(pdf: Path) -> Iterator[bytes]:
    """Numbers of the glyphs that are shown, four hex digits each; 0000 is the missing one."""
    for part in streams(pdf):
        for line in part.splitlines():
            if line.endswith((b"Tj", b"TJ")):
                for shown in re.findall(rb"<([0-9a-fA-F]+)>", line):
                    yield from (shown[i : i + 4] for i in range(0, len(shown), 4))
