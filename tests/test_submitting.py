"""The tutorial for branches: every command is run, every answer typed, every output compared.

In order, in a folder of its own, what `docs/submitting.md` shows is done: `sh` is called and the
`text` below it is what is seen; `yaml FILE` is typed into that file, `yaml FILE:LINE` in place of
that line, and a path makes a file; `files` are put where they are named; a table whose first head
names a workbook is typed into its cells.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import pytest
from openpyxl.cell import Cell

from campaign import SCRIPT, STEERING
from conftest import ROOT
from drawn import form, jpeg

GUIDES = {"zh": "submitting.md", "en": "submitting.en.md"}
STEP = re.compile(
    r"^```(?P<kind>\w+) ?(?P<file>\S*)\n(?P<body>.*?)^```$"
    r"|^\| `(?P<book>\S+\.xlsx)`[^\n]*\n\|[- |]+\n(?P<rows>(?:\|[^\n]*\n)+)",
    re.DOTALL | re.MULTILINE,
)
KEY = re.compile(r"(?P<left> *(?:- )?)(?P<key>[^:：]+)[:：]")
CLEAN = {"zh": "0 处错误，0 处警告。", "en": "0 errors, 0 warnings."}
BOM = "\ufeff"


def shown(text: str) -> list[str]:
    """Lines as they are compared: a page keeps no blanks at their ends."""
    return [line.rstrip() for line in text.strip("\n").split("\n")]


def key_of(line: str) -> tuple[str, str] | None:
    """The place of a key in its line, and the key; none for an explanation."""
    found = None if line.lstrip().startswith("#") else KEY.match(line)
    return (found["left"], found["key"]) if found else None


def typed(blank: list[str], lines: list[str]) -> list[str]:
    """The form after somebody typed these lines over its own: each into the next line of its key
    below the line before, and on a line of its own where there is none."""
    made, at = list(blank), -1
    for line in lines:
        top = not line.startswith(" ")
        below = range(0 if top else at + 1, len(made))
        end = next((i for i in below if not top and made[i] and made[i][0] not in " #"), len(made))
        place = next((i for i in below if i < end and key_of(made[i]) == key_of(line)), None)
        if place is None or key_of(line) is None:
            at += 1
            made.insert(at, line)
        else:
            at = place
            made[at] = line
            if top and not line.endswith(":"):
                while at + 1 < len(made) and made[at + 1].startswith("  "):
                    del made[at + 1]
    return made


def test_typing() -> None:
    blank = ["a: ", "# b: ", "b:", "  - x: ", "    y: ", "  - x: ", "c: "]
    lines = ["b:", "  - x: 1", "    y: 2", "  - x: 3", "    y: 4", "a：5", "d: 6"]
    records = ["  - x: 1", "    y: 2", "  - x: 3", "    y: 4"]
    assert typed(blank, lines) == ["a：5", "d: 6", "# b: ", "b:", *records, "c: "]


@dataclass
class Reader:
    """Somebody who follows the page; `text` is the page with what was really seen."""

    folder: Path
    page: str
    seen: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)

    def follow(self) -> str:
        return STEP.sub(self._step, self.page)

    def _step(self, found: re.Match[str]) -> str:
        if found["book"]:
            self._sheet(self._named(found["book"]), found["rows"])
            return found[0]
        if found["kind"] == "text":
            return "\n".join(["```text", *self.seen.pop(), "```"])
        doing: dict[str, Callable[[str, str], None]] = {
            "sh": self._command,
            "yaml": self._type,
            "files": self._put,
        }
        doing[found["kind"]](found["body"].rstrip("\n"), found["file"])
        return found[0]

    def _command(self, line: str, _: str) -> None:
        assert not self.seen, f"nothing is shown of: {self.called[-1]}"
        program, *words = line.split()
        assert program == "branchscore"
        done = subprocess.run(
            [SCRIPT, *words],
            cwd=self.folder,
            env={name: value for name, value in os.environ.items() if name not in STEERING},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            encoding="utf-8",
            timeout=120,
        )
        assert done.returncode in (0, 1), done.stdout
        assert "Traceback" not in done.stdout, done.stdout
        self.called.append(line)
        self.seen.append(shown(done.stdout))

    def _named(self, name: str) -> Path:
        (path,) = self.folder.glob(f"submissions/*/{name}")
        return path

    def _type(self, body: str, name: str) -> None:
        if "/" in name:
            (self.folder / name).write_text(body, encoding="utf-8")
            return
        name, _, number = name.partition(":")
        path = self._named(name)
        text = path.read_bytes().decode("utf-8-sig")
        mark = BOM if path.read_bytes().startswith(BOM.encode()) else ""
        end = "\r\n" if "\r\n" in text else "\n"
        lines = text.replace("\r\n", "\n").split("\n")
        if number:
            assert key_of(lines[int(number) - 1]) == key_of(body)
            lines[int(number) - 1] = body
        else:
            lines = typed(lines, body.split("\n"))
        path.write_bytes((mark + end.join(lines)).encode())

    def _put(self, body: str, _: str) -> None:
        for line in body.split("\n"):
            path = self.folder / line
            path.parent.mkdir(exist_ok=True)
            if not path.exists():
                path.write_bytes(jpeg(form(Random(line))))

    def _sheet(self, path: Path, rows: str) -> None:
        book = openpyxl.load_workbook(path)
        for row in rows.strip().split("\n"):
            title, place, name, value = (one.strip() for one in row.strip("|").split("|"))
            cell = book[title][place]
            assert name in labels(cell), f"{title}!{place}"
            cell.value = entered(value)
        book.save(path)


def labels(cell: Cell) -> Iterator[str]:
    """What a person reads beside a cell, and above its column."""
    yield str(cell.parent.cell(cell.row, 2).value).strip()
    yield str(cell.parent.cell(4, cell.column).value)


def entered(text: str) -> str | int | date:
    """A cell as a spreadsheet program keeps what is typed."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    return int(text) if text.isdecimal() and text.isascii() else text


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "criteria", tmp_path / "criteria")
    (tmp_path / "submissions").mkdir()
    return tmp_path


@pytest.mark.parametrize("language", GUIDES)
def test_every_step(language: str, campaign: Path, matches) -> None:
    path = ROOT / "docs" / GUIDES[language]
    reader = Reader(campaign, path.read_text(encoding="utf-8"))
    page = reader.follow()
    assert not reader.seen
    matches(page, path)
    assert all((" --lang en" in line) == (language == "en") for line in reader.called)
    shows = [one["body"] for one in STEP.finditer(page) if one["kind"] == "text"]
    assert any(CLEAN[language] in one for one in shows)
    places = re.findall(r"`(JA-31\.yaml:\d+:\d+)`", page)
    assert places
    assert all(f"{place}:" in "".join(shows) for place in places)


def steps(language: str) -> list[tuple[str, ...]]:
    """What is done on a page, without its words: two languages lead through the same."""
    page = (ROOT / "docs" / GUIDES[language]).read_text(encoding="utf-8")
    made = list[tuple[str, ...]]()
    for one in STEP.finditer(page):
        if one["kind"] in ("sh", "files"):
            made.append((re.sub(r" --(lang en|keys id)", "", one["body"]),))
        elif one["book"]:
            cells = [re.findall(r"\| ([A-Z]\d+) \|", row) for row in one["rows"].split("\n")]
            made.append((one["book"], *(cell for row in cells for cell in row)))
        else:
            made.append((one["kind"], one["file"].partition(":")[0]))
    return made


def test_both_languages_lead_through_the_same_steps() -> None:
    assert steps("zh") == steps("en")
