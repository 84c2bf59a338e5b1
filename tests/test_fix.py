"""`check --fix`: what is mended and what is left alone, as texts; then what must always hold."""

import os
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branchscore.checking import Checker
from branchscore.cli.main import cli
from branchscore.mending import keeping, rounds
from branchscore.mending.names import is_slip
from branchscore.mending.rounds import mended
from branchscore.mending.table import MENDS
from branchscore.text.diagnostics import Faulty
from branchscore.text.manual import is_error
from branchscore.text.source import Map, parse
from conftest import ROOT

FOLDER = ROOT / "tests" / "fix"
TABLE = FOLDER / "criteria.yaml"
CASES = sorted(p.stem for p in FOLDER.glob("*.yaml") if p != TABLE)
SOUND = """\
# 虚构样例
criteria: mending
code: JA-01
branch: 虚构支部
members: 30   # 含预备党员：两名
present: 20
hours: 92.5
agreed: true
founded: 2001-07-01
systems: [study, visit]
groups: {甲: 3, 乙: 4}
summary: |
  时间：三月，地点：活动室。
  　　第二段 - 正文
activities:
  - date: 2023-01-02
    kind: study
    evidence: [E1, E2]
  - date: 2023-12-31
    kind: visit
evidence:
  - {id: E1, title: '走访：甲，乙', place: 柜子}
  - {id: E2, title: 照片, place: 柜子}
note: 申报说明
"""


@cache
def checker() -> Checker:
    return Checker([TABLE])


def mend(text: str | bytes) -> rounds.Result:
    raw = text.encode() if isinstance(text, str) else text
    return mended(Path("JA-01.yaml"), raw, checker())


def errors(result: rounds.Result) -> list[str]:
    return [fault.code for fault in result.faults if is_error(fault)]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(TABLE, "criteria.yaml")
    return tmp_path


def fix(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", "-c", "criteria.yaml", "-q", *arguments])


@pytest.mark.parametrize("name", CASES)
def test_answer(name: str, place: Path, matches: Callable[[str, Path], None]) -> None:
    file = place / f"{name}.yaml"
    shutil.copy(FOLDER / file.name, file)
    before = file.read_bytes()
    english = fix("--fix", "--dry-run", "--lang", "en", file.name)
    assert file.read_bytes() == before
    chinese = fix("--fix", file.name)
    assert chinese.exit_code == english.exit_code == int("错误" in chinese.output)
    matches(chinese.output + "\n" + english.output, FOLDER / f"{name}.txt")
    after = file.read_bytes()
    if name.startswith("not-"):
        assert after == before
        assert sorted(place.iterdir()) == [place / "criteria.yaml", file]
        return
    matches(after.decode(), FOLDER / f"{name}.mended")
    assert (place / f"{file.name}.orig").read_bytes() == before
    again = fix("--fix", file.name)
    assert again.output.startswith("改正了 0 个文件。")
    assert file.read_bytes() == after


def test_the_name_of_the_table_may_be_misspelt(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(TABLE.read_text().replace("id: mending", "id: other"))
    look = Checker([TABLE, other])
    for key in ("critera", "评 分表"):
        text = f"{key}: mending\ncode: JA-01\nbranch: 虚构支部\nmembers: ３０\n"
        result = mended(tmp_path / "JA-01.yaml", text.encode(), look)
        assert (errors(result), [mend.line for mend in result.mends]) == ([], [1, 4])


def test_every_mend_is_shown_by_a_file() -> None:
    shown = set[str]()
    for name in CASES:
        shown |= {m.fault.code for m in mend((FOLDER / f"{name}.yaml").read_bytes()).mends}
    assert shown == MENDS.keys()


@pytest.mark.parametrize("name", CASES)
def test_nothing_changes_but_the_lines_that_are_told(name: str) -> None:
    result = mend((FOLDER / f"{name}.yaml").read_bytes())
    told = {mend.line for mend in result.mends}
    lines = zip(result.before.split("\n"), result.after.split("\n"), strict=True)
    for number, (old, new) in enumerate(lines, 1):
        assert (old != new) == (number in told), number
        comment = re.search(r"\s#.*$", old)
        assert comment is None or new.endswith(comment[0])
    kept = {value for value in values(result.before) if value[0] not in told}
    assert kept <= values(result.after)


def values(text: str) -> set[tuple[int, str, str | None]]:
    """The scalars of a text that can be parsed, with their lines and keys."""
    found = set[tuple[int, str, str | None]]()

    def walk(node: Any) -> None:
        steps = node.items() if isinstance(node, Map) else enumerate(node)
        for i, (key, value) in enumerate(steps):
            mark = node.marks[2 * i + 1] if isinstance(node, Map) else node.marks[i]
            if isinstance(value, dict | list):
                walk(value)
            else:
                found.add((mark.line + 1, str(key), value))

    try:
        document = parse(text.encode(), "x")
    except Faulty:
        return found
    if isinstance(document.root, dict | list):
        walk(document.root)
    return found


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_other_encodings_become_utf_8(encoding: str, end: str) -> None:
    raw = SOUND.replace("\n", end).encode(encoding)
    result = mend(raw)
    assert (result.after, errors(result), result.changed) == (SOUND, [], True)


@pytest.mark.parametrize(
    "raw",
    [
        SOUND.encode("utf-8-sig"),
        SOUND.replace("\n", "\r\n").encode(),
        SOUND.replace("\n", "\r").encode(),
        SOUND.removesuffix("\n").encode(),
    ],
    ids=["mark", "crlf", "cr", "no end"],
)
def test_what_is_read_as_it_is_stays_so(raw: bytes) -> None:
    result = mend(raw)
    assert (result.changed, errors(result)) == (False, [])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (SOUND.encode("gb18030").replace("支部".encode("gb18030"), b"\xff\xff"), "Y002"),
        ("說明：這是繁體，請勿猜測。\n".encode("big5"), "Y015"),
        (SOUND.encode() + "说明".encode("gb18030"), "Y002"),
        (SOUND.encode()[:-3], "Y016"),
        (b"PK\x03\x04" + SOUND.encode(), "Y013"),
        (b"a: caf\xe9 cr\xe8me\n", "Y002"),
    ],
    ids=["broken GBK", "Big5", "two encodings", "cut", "zip", "Latin-1"],
)
def test_an_encoding_is_not_guessed(raw: bytes, code: str) -> None:
    result = mend(raw)
    assert not result.changed
    assert errors(result) == [code]


def test_sound_files_of_the_campaign_are_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    look = Checker([Path("criteria/jingan-2023.yaml")])
    files = sorted(Path("submissions").rglob("*.yaml")) + sorted(Path("reviews").glob("*.yaml"))
    assert len(files) > 20
    for path in files:
        result = mended(path, path.read_bytes(), look)
        assert not result.changed, path


LINE = st.text(st.sampled_from("：，、。－—【】｛｝“”１２ab:-[]{}#'\" 　\n"), max_size=12)


@given(st.lists(LINE, max_size=3), st.booleans())
@settings(max_examples=150, deadline=None)
def test_sound_texts_are_not_touched(texts: list[str], wide: bool) -> None:
    written = ["'" + text.replace("'", "''").replace("\n", "\n\n  ") + "'" for text in texts]
    raw = SOUND + "honours:\n" + "".join(f"  - {one}\n" for one in written)
    result = mend(raw if texts else SOUND)
    if not errors(mend_nothing(raw if texts else SOUND)):
        assert not result.changed


def mend_nothing(text: str) -> rounds.Result:
    faults = checker().faults(parse(text.encode(), "JA-01.yaml"))
    return rounds.Result(Path("x"), b"", "", "", "", (), faults)


WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
NUMBERS = re.compile(r"(?<=: )-?[0-9]+(?:\.[0-9]+)?(?=[ ,}\n]|$)")
DAYS = re.compile(r"(?<=: )([0-9]{4})-([0-9]{2})-([0-9]{2})")
SLIPS: tuple[Callable[[str], str], ...] = (
    lambda line: line,
    lambda line: re.sub(r"^( *(?:- )?[^ :]+): ?", r"\1：", line),
    lambda line: re.sub(r"^( *(?:- )?[^ :{]+): (?=[^|])", r"\1:", line),
    lambda line: NUMBERS.sub(lambda m: m[0].translate(WIDE), line),
    lambda line: DAYS.sub(lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", line),
    lambda line: DAYS.sub(lambda m: m[0].translate(WIDE), line),
    lambda line: re.sub(r"^( +)- ", r"\1－ ", line),
    lambda line: line.replace("[", "【").replace("]", "】").replace(", ", "，"),
    lambda line: re.sub(r"(?<=[0-9])$", "人", line) if "members" in line else line,
    lambda line: line.replace(": ", ": \u200b").replace("30", "30\u00a0"),
    lambda line: line.replace("true", "是").replace("members", "membres"),
)
TIDY = "\n".join(line for line in SOUND.split("\n") if "走访" not in line and "groups" not in line)


@given(st.lists(st.integers(0, len(SLIPS) - 1), min_size=30, max_size=30), st.sampled_from("ug"))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_many_hands_broke_is_mended_rightly_or_not_at_all(slips: list[int], form: str) -> None:
    """Every line may have a slip; what comes out without errors says what was meant."""
    tidy = TIDY.replace("[E1, E2]", "[E2]")
    pairs = zip(tidy.split("\n"), slips, strict=False)
    broken = "\n".join(
        line if line[:1] == "#" or "正文" in line or "时间" in line else SLIPS[slip](line)
        for line, slip in pairs
    )
    raw = broken.encode("gb18030" if form == "g" and "\u200b" not in broken else "utf-8")
    result = mend(raw)
    if not errors(result):
        assert parse(result.after.encode(), "x").root == parse(tidy.encode(), "x").root
    again = mend(result.after)
    assert not result.changed or not again.changed


@given(st.text("：:-－[]{}【】，,'\" \n\t　ab12年月日", max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered(text: str) -> None:
    broken = SOUND + text
    result = mend(broken)
    if result.changed:
        assert not mend(result.after).changed


def test_ten_years_of_colons_are_mended_in_a_second() -> None:
    records = "".join(
        f"  － date：2023年{month}月{day}日\n    kind：study\n"
        for month in range(1, 13)
        for day in range(1, 29)
    )
    text = "criteria：mending\ncode：JA-01\nbranch：虚构支部\nactivities：\n" + records
    result = mend(text)
    assert errors(result) == []
    assert result.after.count("    kind: study\n") == 12 * 28


@pytest.mark.parametrize(
    ("got", "word", "slip"),
    [
        ("membres", "members", True),
        ("member", "members", True),
        ("党员人教", "党员人数", True),
        ("参加人次", "参加人数", False),
        ("男党员数", "女党员数", False),
        ("item3", "item4", False),
        ("unpaid", "paid", False),
        ("kind", "king", False),
        ("人数", "次数", False),
        ("membersabc", "members", False),
    ],
)
def test_a_slip_of_a_name(got: str, word: str, slip: bool) -> None:
    assert is_slip(got, word) is slip


def test_an_earlier_original_is_never_overwritten(place: Path) -> None:
    file = place / "JA-01.yaml"
    for number, text in enumerate(("members：30\n", "members：31\n", "members：30\n"), 1):
        file.write_text("criteria: mending\ncode: JA-01\nbranch: 虚构支部\n" + text)
        assert fix("--fix", file.name).exit_code == 0
        kept = [p.read_text()[-11:] for p in sorted(place.glob("*.orig*"))]
        assert kept == ["members：30\n", "members：31\n"][:number]


def test_the_rights_of_a_file_stay(place: Path) -> None:
    file = place / "JA-01.yaml"
    file.write_text("criteria：mending\ncode: JA-01\nbranch: 虚构支部\n")
    file.chmod(0o640)
    assert fix("--fix", file.name).exit_code == 0
    assert file.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in place.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_cannot_be_written_stays_as_it_was(
    place: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, to: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    file = place / "JA-01.yaml"
    file.write_text("criteria：mending\ncode: JA-01\nbranch: 虚构支部\n")
    before = file.read_bytes()
    done = fix("--fix", "--lang", language, file.name)
    assert done.exit_code == 1
    assert ("磁盘已满" if language == "zh" else "the disk is full") in done.output
    assert file.read_bytes() == before
    assert [p.name for p in place.iterdir() if p.name.startswith(".")] == []


def test_what_somebody_else_changed_meanwhile_is_kept(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = place / "JA-01.yaml"
    file.write_text("criteria：mending\ncode: JA-01\nbranch: 虚构支部\n")
    real = os.fsync

    def meanwhile(handle: int) -> None:
        real(handle)
        file.write_text("note: 别人刚写的\n")

    monkeypatch.setattr(keeping.os, "fsync", meanwhile)
    done = fix("--fix", file.name)
    assert "文件刚被别人改过" in done.output
    assert file.read_text() == "note: 别人刚写的\n"


def test_machines_get_their_form_alone(place: Path) -> None:
    file = place / "JA-01.yaml"
    file.write_text("criteria：mending\ncode: JA-01\nbranch: 虚构支部\nmembers: 约30\n")
    done = fix("--fix", "--format", "github", file.name)
    assert done.stdout.startswith("::error ")
    assert "改正了 1 个文件" in done.stderr


def test_a_folder_is_mended_file_by_file(place: Path) -> None:
    (place / "in").mkdir()
    for name in ("JA-01", "JA-02", "JA-03"):
        colon = ":" if name == "JA-02" else "："
        text = f"criteria{colon} mending\ncode: {name}\nbranch: 虚构支部\n"
        (place / "in" / f"{name}.yaml").write_text(text)
    done = fix("--fix", "in")
    assert done.exit_code == 0
    assert "改正了 2 个文件。" in done.output
    assert len(list((place / "in").glob("*.orig"))) == 2
