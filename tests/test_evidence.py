"""Evidence files: which are found, what they are, and that none does any harm."""

import os
import tracemalloc
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from branchscore.criteria.reading import read_criteria
from branchscore.proofs import files
from branchscore.proofs.files import Folder
from branchscore.proofs.kinds import HEAD, KINDS, kind_of, lies
from branchscore.submission import evidence
from branchscore.submission.form import Form
from branchscore.submission.reading import Submission, read_submission
from branchscore.text.diagnostics import Faulty
from case_files import dump
from conftest import ROOT
from drawn import KINDS as DRAWN
from drawn import jpeg, png

CRITERIA = ROOT / "tests" / "bad" / "criteria.yaml"
COMPOSED, DECOMPOSED = "caf\u00e9.txt", "cafe\u0301.txt"


def handed_in(folder: Path, *names: str) -> tuple[Submission | None, list[str]]:
    """A submission that names these files, if it is sound, and the codes of its faults."""
    table, _ = read_criteria(CRITERIA)
    ledger = [{"id": f"E{i}", "title": "佐证", "file": name} for i, name in enumerate(names)]
    whole = {"criteria": "neutral", "code": "A1", "branch": "虚构示例支部", "evidence": ledger}
    try:
        done = read_submission(dump(folder / "A1.yaml", whole), {"neutral": Form(table)})
    except Faulty as error:
        return None, [fault.code for fault in error.diagnostics]
    return done, [fault.code for fault in done.remarks]


def codes(folder: Path, name: str) -> list[str]:
    return handed_in(folder, name)[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A branch's folder among others, with one file that may be named."""
    for name in ("A1", "A2", "A1/里层"):
        (tmp_path / name).mkdir()
    for name in ("outside.txt", "A1/here.txt", "A2/other.txt", "A1/里层/inner.txt"):
        (tmp_path / name).write_text("虚构样例\n", encoding="utf-8")
    return tmp_path


def test_files_below_the_folder_are_found(folder: Path) -> None:
    assert codes(folder, "here.txt") == []
    assert codes(folder, "里层/inner.txt") == []


ELSEWHERE = """
../outside.txt ../A2/other.txt 里层/../../outside.txt /etc/passwd /dev/zero ./here.txt ~/here.txt
C:\\here.txt \\\\host\\here.txt file:///etc/passwd a%2f..%2fhere.txt *.txt here.txt. a//here.txt
CON nul.txt 里层/COM1.pdf
"""


@pytest.mark.parametrize("name", ELSEWHERE.split())
def test_what_could_lead_elsewhere_is_no_name(folder: Path, name: str) -> None:
    assert "S006" in codes(folder, name)


@pytest.mark.parametrize("name", ["Here.txt", "HERE.TXT", "里层", "没有.txt", "里层/here.txt"])
def test_what_is_not_there(folder: Path, name: str) -> None:
    """Another capital is another name on every system, not on some."""
    assert codes(folder, name) == ["S005"]


def test_links_lead_nowhere(folder: Path) -> None:
    own = folder / "A1"
    (own / "file.txt").symlink_to(folder / "outside.txt")
    (own / "own.txt").symlink_to(own / "here.txt")
    (own / "dir").symlink_to(folder / "A2", target_is_directory=True)
    os.mkfifo(own / "pipe.txt")
    for name in ("file.txt", "own.txt", "dir/other.txt", "pipe.txt"):
        assert codes(folder, name) == ["S005"], name
    assert Folder(own).near("dir/OTHER.txt") == ""
    (folder / "B1").symlink_to(own, target_is_directory=True)
    assert Folder(folder / "B1").find("here.txt") is None


@pytest.mark.parametrize(
    ("stored", "named"), [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED), (DECOMPOSED, DECOMPOSED)]
)
def test_names_in_parts_as_macos_stores_them(folder: Path, stored: str, named: str) -> None:
    (folder / "A1" / stored).write_text("虚构样例\n", encoding="utf-8")
    assert codes(folder, named) == []


def test_of_two_names_that_look_the_same_the_written_one_is_meant(folder: Path) -> None:
    for name in (COMPOSED, DECOMPOSED):
        (folder / "A1" / name).write_text(name, encoding="utf-8")
    own = Folder(folder / "A1")
    for name in (COMPOSED, DECOMPOSED):
        found = own.find(name)
        assert found
        assert found.name == name


def zipped(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "虚构样例")
    return file.getvalue()


SHEET = png(Image.new("L", (8, 8)))
CONTENTS: list[tuple[bytes, str, str]] = [
    (b"%PDF-1.7\n", "a.pdf", "pdf"),
    (jpeg(Image.new("L", (8, 8))), "a.JPG", "jpeg"),
    (SHEET, "a.png", "png"),
    (b"GIF89a\x01", "a.gif", "gif"),
    (b"\0\0\0\x18ftypheic\0\0", "a.heic", "heic"),
    (b"\0\0\0\x18ftypisom\0\0", "a.mp4", "video"),
    (b"\0\0\0\x18ftypqt  \0\0", "a.mov", "video"),
    (b"\0\0\0\x18ftypM4A \0\0", "a.m4a", "audio"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "a.webp", "webp"),
    (b"RIFF\x10\0\0\0WAVEfmt ", "a.wav", "audio"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "a.wps", "office"),
    (zipped("[Content_Types].xml", "word/document.xml"), "a.docx", "docx"),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", "xlsx"),
    (zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docm", "macros"),
    (zipped("OFD.xml"), "a.ofd", "ofd"),
    (zipped("照片.jpg"), "a.zip", "zip"),
    (b"Rar!\x1a\x07\0", "a.rar", "archive"),
    ("虚构样例：签到\n".encode(), "a.txt", "text"),
    ("虚构样例：签到\r\n".encode("gb18030"), "a.csv", "text"),
    ("虚构样例：签到\n".encode("utf-16"), "a.txt", "text"),
    (b"\xef\xbb\xbf<!DOCTYPE html><p>", "a.html", "html"),
    (b"<?xml version='1.0'?>\n<!-- x -->\n<svg xmlns='x'>", "a.svg", "svg"),
    (b"<?xml version='1.0'?><a/>", "a.xml", "text"),
    (b"MZ" + b"\0" * 58 + b"\x80\0\0\0" + b"\0" * 64 + b"PE\0\0", "a.dat", "program"),
    (b"MZ is how this note begins\n", "a.txt", "text"),
    (b"\x7fELF\x02\x01", "a.pdf", "program"),
    (b"#!/usr/bin/env python3\n", "a.txt", "program"),
    (b"#!AMR\n\x3c", "a.amr", "audio"),
    ("虚构样例\n".encode(), "签到.pdf.lnk", "program"),
    (bytes(range(256)), "a.bin", "other"),
]


@pytest.mark.parametrize(("content", "name", "kind"), CONTENTS, ids=lambda v: str(v)[:20])
def test_kinds_are_told_by_content(content: bytes, name: str, kind: str) -> None:
    assert kind_of(content[:HEAD], content, name) == kind
    assert kind == "program" or not lies(kind, name)


def test_an_ending_of_another_kind_lies() -> None:
    assert lies("pdf", "a.jpg")
    assert lies("text", "里层/签到.PDF")
    assert not lies("office", "a.doc")
    assert not lies("other", "a.whatever")
    assert not lies("pdf", "没有后缀")
    assert {kind for kind in KINDS if lies(kind, "a.docx")} == set(KINDS) - {"docx"}


def test_what_is_too_large_is_not_read(folder: Path) -> None:
    with (folder / "A1" / "film.mp4").open("wb") as file:
        file.truncate(files.MOST_BYTES + 1)
    done, faults = handed_in(folder, "film.mp4")
    assert faults == ["S033"]
    assert done
    assert (done.proofs[0].contents.digest, done.proofs[0].contents.kind) == ("", "other")


def test_a_branch_may_not_make_us_read_without_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "Folder", lambda path: Folder(path, 5_000))
    for name in "abc":
        (folder / "A1" / f"{name}.txt").write_bytes(b"x" * 2_000)
    assert handed_in(folder, "a.txt", "b.txt", "c.txt")[1] == ["S033"]
    # One file named often is read once.
    assert set(handed_in(folder, *["a.txt"] * 50)[1]) == {"S062"}


def test_files_are_never_held_whole(folder: Path) -> None:
    (folder / "A1" / "film.mp4").write_bytes(b"\0\0\0\x18ftypisom" + bytes(48 << 20))
    tracemalloc.start()
    contents = Folder(folder / "A1").contents(folder / "A1" / "film.mp4")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"48 MiB read with {peak / 2**20:.1f} MiB")
    assert contents.size > 48 << 20
    assert peak < 4 << 20


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "bmp", "tiff", "webp", "avif"])
def test_no_damage_of_a_picture_stops_anything(folder: Path, kind: str) -> None:
    """Every one is cut off or changed at random places; each is a warning at most."""
    file, r = BytesIO(), Random(kind)
    DRAWN["scene"](Random(1)).resize((96, 72)).save(file, kind.upper())
    sound = file.getvalue()
    path = folder / "A1" / f"a.{kind}"
    for n in range(40):
        data = bytearray(sound)
        for _ in range(r.randrange(1, 20)):
            data[r.randrange(16, len(data))] = r.randrange(256)
        path.write_bytes(data[: r.randrange(20, len(data))] if n % 2 else data)
        assert set(codes(folder, path.name)) <= {"S034", "S032"}
    path.write_bytes(sound)
    assert codes(folder, path.name) == []


def test_a_picture_of_too_many_pixels_is_not_decoded(folder: Path) -> None:
    Image.new("1", (15_000, 15_000)).save(folder / "A1" / "bomb.png")
    tracemalloc.start()
    assert codes(folder, "bomb.png") == ["S034"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 << 20


def test_days_are_those_that_the_file_gives(folder: Path) -> None:
    exif = Image.Exif()
    exif[0x0132] = "2023:05:01 08:00:00"
    exif.get_ifd(0x8769)[0x9003] = "2023:04:30 09:15:00"
    picture = folder / "A1" / "a.jpg"
    Image.new("L", (8, 8)).save(picture, exif=exif)
    pdf = folder / "A1" / "a.pdf"
    pdf.write_bytes(b"%PDF-1.4\n<< /CreationDate (D:20230912101500+08'00') >>\n")
    plain = folder / "A1" / "b.pdf"
    plain.write_bytes(b"%PDF-1.4\n<< /CreationDate (D:20231399) >>\n")
    own = Folder(folder / "A1")
    dated = [own.contents(path).dated for path in (picture, pdf, plain)]
    assert dated == [date(2023, 4, 30), date(2023, 9, 12), None]
