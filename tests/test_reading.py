"""The reader against the file system and against sizes."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchscore.outputs.terminal import fault_text
from branchscore.text.diagnostics import Faulty
from branchscore.text.limits import Limits
from branchscore.text.source import parse, read


def code_of(path: Path) -> str:
    with pytest.raises(Faulty) as faulty:
        read(path)
    return faulty.value.diagnostics[0].code


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "real.yaml").write_text("a: 1")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real.yaml")
    os.mkfifo(tmp_path / "fifo.yaml")
    for name in ("folder", "link", "fifo", "missing"):
        assert code_of(tmp_path / f"{name}.yaml") == "Y001"


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse.yaml"
    with path.open("wb") as file:
        file.truncate(Limits().size * 1000)
    assert code_of(path) == "Y009"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "a: [" + "1," * (Limits().values + 1) + "]",
        "a: &a [x]\nb: [" + ", ".join(["*a"] * 50) + "]\n",
    ],
    ids=["flow lists", "flow maps", "block lists", "many values", "aliases"],
)
def test_what_would_exhaust_a_parser_is_an_answer(text: str) -> None:
    with pytest.raises(Faulty):
        parse(text.encode(), "x")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 00123", "00123"),
        ("a: yes", "yes"),
        ("a: 12:30", "12:30"),
        ("a: 2023-01-05", "2023-01-05"),
        ("a: 0x1F", "0x1F"),
        ("a: NO", "NO"),
        ('a: "~"', "~"),
        ("a: ~", None),
        ("a:", None),
        ("\ufeffa: 1\r\n", "1"),
    ],
)
def test_scalars_stay_text(text: str, value: str | None) -> None:
    assert parse(text.encode(), "x").root == {"a": value}


SLIPS = "：－“”　\t\n :-?[]{}'\"|>&*!%@`#,\\é\x00"
SEED = "branch: 第三支部\nlist:\n  - {date: 2023-03-01, kind: study}\ntext: |\n  一段话\n"


@given(
    st.lists(st.tuples(st.integers(0, len(SEED)), st.sampled_from(SLIPS) | st.binary(max_size=3))),
    st.booleans(),
)
def test_any_slip_is_read_or_answered_in_words(edits, gbk: bool) -> None:
    raw = SEED.encode("gbk" if gbk else "utf-8")
    for at, slip in edits:
        piece = slip if isinstance(slip, bytes) else slip.encode()
        raw = raw[:at] + piece + raw[at:]
    try:
        parse(raw, "x")
    except Faulty as error:
        for fault in error.diagnostics:
            assert fault_text(fault, "zh")
            assert fault_text(fault, "en")
