"""Signed certificates changed without any key, for `forge.py`."""

import random
import re
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from forge_world import Made
from pyhanko.pdf_utils import generic, writer
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from branchscore.trust.verify import RESULT

STREAM = re.compile(rb"stream\r?\n(x.*?)\r?\nendstream", re.DOTALL)


# Files whose bytes were changed after they were signed.


def flips(made: Made, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """One bit changed, anywhere or where it matters; never the same for everything."""
    raw = made.sealed
    start, end = len(made.unsigned), len(raw)
    contents = raw.index(b"/Contents <", start) + 10
    der = contents + 2 * 1000
    places = {
        "flip: body": (0, start),
        "flip: signature object": (start, end),
        "flip: CMS": (contents, der),
        "flip: padding": (der, contents + 2890),
        "flip: ByteRange": (raw.index(b"/ByteRange", start), raw.index(b"/ByteRange", start) + 60),
        "flip: end": (end - 700, end),
    }
    for name, (first, last) in places.items():
        at = dice.randrange(first, min(last, end))
        yield name, raw[:at] + bytes([raw[at] ^ 1 << dice.randrange(8)]) + raw[at + 1 :]
    at = dice.randrange(contents + 1, der)
    swapped = raw[at : at + 1].swapcase()
    if swapped != raw[at : at + 1]:
        yield "flip: case of hex", raw[:at] + swapped + raw[at + 1 :]


def pasted(made: Made, other: Made, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Cut, joined, and what belongs to another certificate."""
    raw, junk = made.sealed, dice.randbytes(dice.randrange(1, 40))
    yield "append: junk", raw + junk
    yield "append: newline", raw + b"\n"
    yield "append: comment and end", raw + b"% " + junk.hex().encode() + b"\n%%EOF\n"
    yield "prepend", junk + raw
    yield "prepend: newline", b"\n" + raw
    yield "concatenate", raw + other.sealed
    yield "unsigned", made.unsigned
    yield "cut", raw[: dice.randrange(len(raw))]
    yield "cut: to a line", raw[: raw.rindex(b"\n", 0, dice.randrange(9, len(raw))) + 1]
    yield "cut: to an end mark", raw[: raw.index(b"%%EOF") + 6]
    yield "CMS of another", _transplanted(raw, other.sealed)
    yield "stream packed anew", _packed_anew(raw)
    yield "empty", b""
    yield "no PDF", dice.randbytes(2000)
    yield "bytes removed", raw[: (at := dice.randrange(len(raw) - 9))] + raw[at + 5 :]
    yield "bytes doubled", raw[:at] + raw[at : at + 7] + raw[at:]


def _packed_anew(raw: bytes) -> bytes:
    """The same text on the page, in other bytes."""
    for found in STREAM.finditer(raw):
        packed = zlib.compress(zlib.decompress(found[1]), 1)
        if len(packed) != len(found[1]):
            return raw[: found.start(1)] + packed + raw[found.end(1) :]
    raise AssertionError("no stream")


def _transplanted(raw: bytes, other: bytes) -> bytes:
    def place(pdf: bytes) -> tuple[int, int]:
        start = pdf.rindex(b"/Contents <") + 10
        return start, pdf.index(b">", start)

    (a, b), (c, d) = place(raw), place(other)
    return raw[:a] + other[c:d] + raw[b:]


def increments(made: Made, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Updates after the signature, as editors write them."""

    def updated(change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
        out = BytesIO()
        update = IncrementalPdfFileWriter(BytesIO(made.sealed))
        change(update)
        update.write(out)
        return out.getvalue()

    def shadow(update: IncrementalPdfFileWriter) -> None:
        page = update.root["/Pages"]["/Kids"][0].get_object()
        content = generic.StreamObject(stream_data=page["/Contents"].data + b" q Q")
        page["/Contents"] = update.add_object(content)
        update.mark_update(page.raw_get("/Parent"))
        update.update_container(page)

    def annotation(update: IncrementalPdfFileWriter) -> None:
        page = update.root["/Pages"]["/Kids"][0].get_object()
        kind = dice.choice(["/FreeText", "/Square", "/Stamp"])
        box = generic.ArrayObject(generic.NumberObject(n) for n in (90, 200, 400, 300))
        note = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name(kind),
                pdf_name("/Rect"): box,
                pdf_name("/Contents"): generic.TextStringObject("第一名"),
            }
        )
        page["/Annots"] = generic.ArrayObject([update.add_object(note)])
        update.update_container(page)

    def catalog(update: IncrementalPdfFileWriter) -> None:
        update.root["/Lang"] = generic.TextStringObject(f"zh-{dice.randrange(99)}")
        update.update_root()

    def metadata(update: IncrementalPdfFileWriter) -> None:
        data = update.root["/Metadata"].data + b" " * dice.randrange(1, 9)
        update.root["/Metadata"] = update.add_object(generic.StreamObject(stream_data=data))
        update.update_root()

    def form(update: IncrementalPdfFileWriter) -> None:
        update.root["/AcroForm"]["/SigFlags"] = generic.NumberObject(dice.randrange(4))
        update.update_root()

    def attachment(update: IncrementalPdfFileWriter) -> None:
        replace_file(update, RESULT, made.proved)

    changes = (shadow, annotation, catalog, metadata, form, attachment)
    for change in changes:
        yield f"increment: {change.__name__}", updated(change)
    yield "increment: empty", updated(lambda update: update.update_root())


def pdf_name(text: str) -> Any:
    return generic.NameObject(text)


def rewritten(made: Made) -> bytes:
    out = BytesIO()
    writer.copy_into_new_writer(PdfFileReader(BytesIO(made.sealed))).write(out)
    return out.getvalue()


def replace_file(update: IncrementalPdfFileWriter, name: str, content: bytes) -> None:
    """Other content for an attachment."""
    names = update.root["/Names"]["/EmbeddedFiles"]["/Names"]
    for i in range(0, len(names), 2):
        if names[i] == name:
            spec = names[i + 1]
            spec["/EF"]["/F"] = update.add_object(generic.StreamObject(stream_data=content))
            update.update_container(spec["/EF"])
