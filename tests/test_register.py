"""The register: what it records and refuses, and whatever is done to its lines is found.

`KILLS=200 pytest tests/test_register.py -k killed -s` kills that many and says what came of it.
"""

import fcntl
import json
import os
import random
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from branchscore.cli.main import cli
from branchscore.criteria.workdays import Calendar, UnknownYear, counted, last_of
from branchscore.register import REGISTER, book
from branchscore.register.book import START, Book, Refused, append, book_of, joined, opened
from branchscore.register.event import (
    Checked,
    CriteriaFrozen,
    Decided,
    Event,
    Issued,
    Named,
    Noticed,
    Objected,
    Received,
    Rechecked,
    ReviewedAgain,
    Revoked,
    Scored,
    Withdrawn,
    canonical,
)
from branchscore.register.state import Title, later
from branchscore.register.tree import (
    EMPTY,
    consistency,
    consistent,
    included,
    inclusion,
    leaf_hash,
    node_hash,
    root,
)
from campaign import SCRIPT, call, copied
from conftest import ROOT

HERE = ROOT / "tests" / "register"
KILLS = int(os.environ.get("KILLS", "12"))
HOME = Path("reports/jingan-2023")
HASH = re.compile(r"\b[0-9a-f]{16,64}\b")

# The eight leaves of the test tree of Certificate Transparency, and its roots.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


@pytest.mark.parametrize("size", range(9))
def test_roots_of_the_known_tree(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size]


def test_proofs_of_the_known_tree() -> None:
    """As RFC 6962, 2.1.3 draws them for seven leaves: a…j are the nodes of its picture."""
    a, b, c, d, e, f, j = map(leaf_hash, LEAVES[:7])
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, seven = node_hash(g, h), LEAVES[:7]
    assert inclusion(seven, 0) == [b, h, node_hash(i, j)]
    assert inclusion(seven, 3) == [c, g, node_hash(i, j)]
    assert inclusion(seven, 4) == [f, j, k]
    assert inclusion(seven, 6) == [i, k]
    assert consistency(seven, 3) == [c, d, g, node_hash(i, j)]
    assert consistency(seven, 4) == [node_hash(i, j)]
    assert consistency(seven, 6) == [i, j, k]


def plainly(leaves: Sequence[bytes]) -> bytes:
    """The root by the words of RFC 6962, 2.1, and nothing else."""
    if len(leaves) < 2:
        return sha256(b"\0" + leaves[0]).digest() if leaves else EMPTY
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    return sha256(b"\1" + plainly(leaves[:cut]) + plainly(leaves[cut:])).digest()


lines = st.lists(st.binary(max_size=40), min_size=1, max_size=70)


@given(lines, st.data())
def test_every_line_is_proved_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    top = root(leaves)
    assert top == plainly(leaves)
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, leaf = inclusion(leaves, index), leaf_hash(leaves[index])
    assert included(leaf, index, len(leaves), proof, top)
    other = data.draw(st.binary(max_size=40))
    if other != leaves[index]:
        assert not included(leaf_hash(other), index, len(leaves), proof, top)
    elsewhere = data.draw(st.integers(-2, len(leaves) + 2))
    if not 0 <= elsewhere < len(leaves) or leaves[elsewhere] != leaves[index]:
        assert not included(leaf, elsewhere, len(leaves), proof, top)
    for forged in forgeries(proof, data):
        assert not included(leaf, index, len(leaves), forged, top)


@given(lines, st.data())
def test_a_tree_is_proved_to_have_only_grown(leaves: list[bytes], data: st.DataObject) -> None:
    size, new = data.draw(st.integers(0, len(leaves))), len(leaves)
    old, top, proof = root(leaves[:size]), root(leaves), consistency(leaves, size)
    assert consistent(size, new, old, top, proof)
    assert not consistent(size, new, sha256(old).digest(), top, proof)
    assert not consistent(size, new, old, sha256(top).digest(), proof) or size == 0
    assert not consistent(new + 1, new, old, top, proof)
    for forged in forgeries(proof, data):
        assert not consistent(size, new, old, top, forged)
    if size:
        changed = list(leaves)
        at = data.draw(st.integers(0, size - 1))
        changed[at] += b"!"
        assert not consistent(size, new, old, root(changed), consistency(changed, size))


def forgeries(proof: list[bytes], data: st.DataObject) -> list[list[bytes]]:
    """The proof, longer, shorter, with one hash changed, or in another order."""
    found = [[*proof, EMPTY], [EMPTY, *proof]]
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        bit = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        found += [proof[:-1], proof[1:], [*proof[:at], bit, *proof[at + 1 :]]]
        found += [[*proof[:at], proof[at][:-1], *proof[at + 1 :]]]
    return found + ([proof[::-1]] if proof[::-1] != proof else [])


def test_what_is_not_in_the_tree_has_no_proof() -> None:
    for index in (-1, 8):
        with pytest.raises(IndexError):
            inclusion(LEAVES, index)
    with pytest.raises(IndexError):
        consistency(LEAVES, 9)


# A life of a register, event by event: the order is sound.
A, B, C = "a" * 64, "b" * 64, "c" * 64
DAY = date(2023, 11, 23)
LIFE: tuple[Event, ...] = (
    CriteriaFrozen(campaign="life", file="life.yaml", sha256=A),
    Received(code="Z-1", sha256=B, file="Z-1.yaml"),
    Received(code="Z-2", sha256=C, file="虚构.yaml"),
    Checked(code="Z-1", sha256=B, errors=0, warnings=2),
    Scored(run="0001", manifest=B, criteria=A, named=("Z-1", "Z-2")),
    Decided(file="tie.yaml", sha256=C, day=DAY),
    Noticed(run="0001", first=DAY, last=date(2023, 11, 29), working_days=5),
    Objected(number=1, about="Z-2", day=date(2023, 11, 24), words="说明不实 “\n\u2028", by="unit"),
    Scored(run="0002", manifest=C, criteria=A, named=("Z-1",)),
    Rechecked(objection=1, outcome="upheld", run="0002"),
    Named(run="0002", codes=("Z-1",), day=date(2023, 11, 30), years=3),
    Issued(certificate="NM-1", code="Z-1", sha256=A),
    ReviewedAgain(code="Z-1", day=date(2026, 11, 1), outcome="kept", years=3),
    Revoked(certificate="NM-1", sha256=A),
    Withdrawn(code="Z-1", day=date(2026, 11, 20), reason="虚构的理由"),
)


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Book:
    made, _ = append(opened(tmp_path_factory.mktemp("life")), LIFE)
    return made


def test_a_register_reads_back_as_it_was_written(life: Book) -> None:
    again = opened(life.path.parent)
    assert again == life
    assert [entry.event for entry in again.entries] == list(LIFE)
    assert again.damage is None
    assert life.path.read_bytes() == joined(life.lines)
    before = START
    for n, line in enumerate(life.lines, 1):
        written = json.loads(line)
        assert (written["n"], written["before"]) == (n, before)
        assert canonical(written) == line
        before = sha256(line).hexdigest()


def test_lines_are_canonical_json() -> None:
    """The form of RFC 8785: names sorted, no blanks, only what must be escaped is."""
    assert canonical({"b": '“é”\n\x1f/\\"', "a": [1, 0]}) == (
        '{"a":[1,0],"b":"“é”\\n\\u001f/\\\\\\""}'.encode()
    )
    with pytest.raises(ValueError, match="surrogates"):
        canonical({"a": "\ud800"})


def reread(lines: Sequence[bytes]) -> Book:
    return book_of(Path(REGISTER), joined(lines))


@given(st.data())
def test_a_changed_byte_is_found(life: Book, data: st.DataObject) -> None:
    raw = bytearray(joined(life.lines))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    line = bytes(raw[:at]).count(b"\n") + 1
    found = book_of(life.path, bytes(raw))
    if line == len(life.lines) and found.damage is None:
        assert found.root != life.root  # nothing follows the last line that could tell
        return
    assert found.damage is not None
    # A line that is sound in itself is found by the next.
    assert found.damage.line in (line, line + 1)


@given(st.data())
def test_a_moved_or_removed_or_inserted_line_is_found(life: Book, data: st.DataObject) -> None:
    places = st.integers(0, len(life.lines) - 1)
    at, to = data.draw(places), data.draw(places)
    rest = [line for n, line in enumerate(life.lines) if n != at]
    if to != at:
        assert reread([*rest[:to], life.lines[at], *rest[to:]]).damage is not None
    assert reread([*life.lines[:to], life.lines[at], *life.lines[to:]]).damage is not None
    if at < len(life.lines) - 1:
        assert reread(rest).damage is not None
    else:  # the end can be cut off without a trace in what is left: that is what roots are for
        assert reread(rest).damage is None
        assert reread(rest).root != life.root


def chained(written: Sequence[dict[str, object]]) -> list[bytes]:
    """Lines with numbers and hashes made anew, as a forger would."""
    made: list[bytes] = []
    for n, fields in enumerate(written, 1):
        before = sha256(made[-1]).hexdigest() if made else START
        made.append(canonical({**fields, "n": n, "before": before}))
    return made


@given(st.data())
def test_a_register_forged_as_a_whole_has_another_root(life: Book, data: st.DataObject) -> None:
    written = [json.loads(line) for line in life.lines]
    assert chained(written) == list(life.lines)
    at = data.draw(st.integers(0, len(written) - 1))
    written[at]["time"] = "2020-01-01T00:00:00Z"
    forged = chained(written)
    assert root(forged) != life.root
    for size in range(at + 1, len(written) + 1):
        assert root(forged[:size]) != root(life.lines[:size])


def test_a_well_chained_line_that_cannot_have_happened_is_found(life: Book) -> None:
    written = [json.loads(line) for line in life.lines]
    without_notice = [fields for fields in written if fields["kind"] != "notice"]
    found = reread(chained(without_notice))
    assert found.damage is not None
    assert (found.damage.line, found.damage.why.say("en")) == (
        7,
        "this cannot have happened here: there was no notice yet to object to",
    )


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "promoted"},
        {"extra": "x"},
        {"time": "2023-11-23 08:00"},
        {"time": "2023-02-30T08:00:00Z"},
        {"sha256": "A" * 64},
        {"code": "../x"},
        {"n": True},
        {"n": "2"},
        {"file": "call 13812345678"},
    ],
)
def test_a_line_of_another_form_is_found(life: Book, change: dict[str, object]) -> None:
    written = [json.loads(line) for line in life.lines[:2]]
    written[1] |= change
    second = canonical({**written[1], "before": sha256(life.lines[0]).hexdigest()})
    found = reread([life.lines[0], second])
    assert found.damage is not None
    assert (found.damage.line, found.damage.why.wording) == (2, book.FOREIGN)


@pytest.mark.parametrize("line", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"n":1e400}'])
def test_what_is_no_line_is_found(life: Book, line: bytes) -> None:
    found = reread([*life.lines[:3], line])
    assert found.damage is not None
    assert (found.damage.line, found.damage.why.wording) == (4, book.FOREIGN)


REFUSED: tuple[tuple[int, Event], ...] = (
    (0, LIFE[1]),
    (1, LIFE[0]),
    (1, CriteriaFrozen(campaign="other", file="x.yaml", sha256=B)),
    (3, LIFE[1]),
    (3, Checked(code="Z-1", sha256=C, errors=0, warnings=0)),
    (3, LIFE[5]),
    (3, LIFE[6]),
    (5, LIFE[4]),
    (5, Noticed(run="0001", first=DAY, last=date(2023, 11, 22), working_days=1)),
    (5, LIFE[7]),
    (5, LIFE[10]),
    (6, LIFE[5]),
    (7, Objected(number=1, about="Z-2", day=date(2023, 11, 22), words="早", by="unit")),
    (7, Objected(number=2, about="Z-2", day=DAY, words="跳号", by="unit")),
    (7, Named(run="0001", codes=("Z-1",), day=date(2023, 11, 29))),
    (7, Named(run="0001", codes=("Z-1", "Z-9"), day=date(2023, 11, 30))),
    (7, Named(run="0001", codes=("Z-1", "Z-1"), day=date(2023, 11, 30))),
    (8, Named(run="0001", codes=("Z-1",), day=date(2023, 11, 30))),
    (8, Rechecked(objection=1, outcome="upheld")),
    (8, Rechecked(objection=1, outcome="partly", run="0001")),
    (8, Rechecked(objection=2, outcome="dismissed")),
    (8, Rechecked(outcome="dismissed")),
    (8, Rechecked(objection=1, code="Z-1", outcome="dismissed")),
    (8, Rechecked(code="Z-1", outcome="dismissed", run="0007")),
    (10, LIFE[9]),
    (10, Named(run="0001", codes=("Z-2",), day=date(2023, 11, 30))),
    (10, Named(run="0002", codes=("Z-2",), day=date(2023, 11, 30))),
    (10, Noticed(run="0001", first=DAY, last=DAY, working_days=1)),
    (10, Withdrawn(code="Z-1", day=DAY, reason="早")),
    (10, ReviewedAgain(code="Z-1", day=DAY, outcome="lost")),
    (10, LIFE[11]),
    (11, LIFE[10]),
    (11, Withdrawn(code="Z-1", day=date(2023, 11, 1), reason="早")),
    (11, Withdrawn(code="Z-1", day=date(2026, 11, 30), reason="晚")),
    (11, Withdrawn(code="Z-1", day=date(9999, 1, 1), reason="没到")),
    (12, LIFE[11]),
    (12, Revoked(certificate="NM-1", sha256=B)),
    (14, LIFE[13]),
    (15, LIFE[12]),
    (15, LIFE[14]),
)


def test_what_comes_too_early_or_twice_is_refused(tmp_path: Path, matches) -> None:
    told = []
    for number, (size, event) in enumerate(REFUSED):
        folder = tmp_path / str(number)
        folder.mkdir()
        made, _ = append(opened(folder), LIFE[:size])
        before = made.path.read_bytes() if size else b""
        with pytest.raises(Refused) as refused:
            append(made, [event])
        why = refused.value.why
        told.append(f"{size:>2} {event.kind}\n   {why.say('zh')}\n   {why.say('en')}\n")
        assert (made.path.read_bytes() if size else b"") == before
    matches("".join(told), HERE / "refused.txt")


def test_of_several_events_all_are_recorded_or_none(tmp_path: Path) -> None:
    made, _ = append(opened(tmp_path), LIFE[:5])
    with pytest.raises(Refused):
        append(made, [LIFE[5], LIFE[5]])
    assert opened(tmp_path) == made


def test_a_title_on_each_day() -> None:
    title = Title("Z-1", "0001", date(2024, 2, 29), later(date(2024, 2, 29), 1))
    assert title.until == date(2025, 2, 28)
    days = {"in_force": date(2024, 11, 29), "due": date(2024, 11, 30), "expired": title.until}
    assert {stage: title.stage(day) for stage, day in days.items()} == {s: s for s in days}


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2025-07-17", "2025-07-23", 5),  # a notice of five working days, as one was published
        ("2023-09-28", "2023-10-08", 3),  # the holidays of autumn, with two days made up
        ("2023-10-01", "2023-10-06", 0),
        ("2026-02-13", "2026-02-28", 7),  # new year; 14 and 28 February are made up
        ("2023-12-29", "2024-01-02", 2),
    ],
)
def test_working_days(first: str, last: str, days: int) -> None:
    start, end = map(date.fromisoformat, (first, last))
    assert counted(start, end) == days
    if days:
        assert last_of(start, days) <= end
        assert counted(start, last_of(start, days)) == days


def test_of_a_year_that_is_not_announced_nothing_is_guessed() -> None:
    with pytest.raises(UnknownYear) as unknown:
        last_of(date(2026, 12, 30), 5)
    assert unknown.value.year == 2027
    stated = Calendar.model_validate(
        {"year": "2027", "holidays": ["2027-01-01"], "workdays": ["2027-01-02"]}
    )
    assert last_of(date(2026, 12, 30), 5, [stated]) == date(2027, 1, 5)


# The command, as an office uses it.

FEW = ("JA-03", "JA-11", "JA-15")
NOTICE = "register notice {run} --from 2023-11-23 --working-days 5"
OBJECT = "register objection --about JA-03 --by person --day 2023-11-24 --words {words}"
STORY = (
    "register show",
    "register criteria",
    "register criteria",
    "register received submissions/jingan-2023 --receipts receipts",
    "register received submissions/jingan-2023/JA-03.yaml",
    "register received criteria/jingan-2023.yaml",
    "register checked submissions/jingan-2023/JA-03.yaml",
    "register notice 0001 --from 2023-11-23",
    "register show --on 2023-11-20",
    "EVALUATE",
    "register scored 0001",
    "register decided tie.yaml",
    "register decided tie.yaml --day 2023-11-21",
    "register notice latest --from 2023-11-23",
    "register notice latest --from 2026-12-31 --working-days 5",
    "register notice latest --from 23/11/2023 --working-days 5",
    NOTICE.format(run="latest"),
    "register named latest --day 2023-11-29",
    OBJECT.format(words="活动次数不实，电话13812345678"),
    "register objection --about JA-99 --by unit --day 2023-11-24 --words 无",
    "register named latest --day 2023-11-30",
    "register show --on 2023-11-27",
    "register rechecked --objection 1 --outcome upheld",
    "EVALUATE",
    "register rechecked --objection 1 --outcome partly --run 0002",
    "register named 0001 --day 2023-11-30",
    "register show --on 2023-11-30",
    "register named 0002 --day 2023-11-30",
    "register named 0002 --day 2023-11-30",
    "register show --on 2023-12-01",
    "register withdrawn JA-11 --day 2024-03-01 --reason 虚构的理由",
    "register reviewed JA-03 --day 2026-10-01 --kept",
    "register show --on 2026-11-01",
    "register verify",
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute passes between one line and the next that are written by different commands."""
    minutes = iter(range(10_000))

    def now() -> str:
        hours, minute = divmod(next(minutes), 60)
        return f"2026-11-24T{hours:02}:{minute:02}:00Z"

    monkeypatch.setattr(book, "now", now)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: None) -> Path:
    copied(tmp_path, FEW)
    table = tmp_path / "criteria" / "jingan-2023.yaml"
    text = table.read_text(encoding="utf-8")
    assert "\n  working_days: 5\n" in text
    table.write_text(text.replace("\n  working_days: 5\n", "\n"), encoding="utf-8")
    (tmp_path / "tie.yaml").write_text("说明: 虚构\n决定: [{日期: 2023-11-20}]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(line: str) -> Result:
    if line == "EVALUATE":
        return CliRunner().invoke(cli, ["evaluate", "--only", "json"])
    return CliRunner().invoke(cli, line.split(" "))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_life_of_a_campaign(language: str, office: Path, matches) -> None:
    told = []
    for line in STORY:
        if line == "EVALUATE":
            assert run(line).exit_code == 0
            told.append("$ branchscore evaluate\n…\n\n")
            continue
        done = run(f"{line} --lang {language}")
        assert "Traceback" not in done.output
        told.append(f"$ branchscore {line}\n{done.output}→ {done.exit_code}\n\n")
    told.append((office / "receipts/JA-03-0002.txt").read_text(encoding="utf-8"))
    text = HASH.sub("HASH", "".join(told))
    assert "13812345678" not in (office / HOME / REGISTER).read_text(encoding="utf-8")
    matches(text, HERE / f"life.{language}.txt")


@pytest.fixture
def begun(office: Path) -> Path:
    """A register of criteria, three submissions and a run."""
    for line in ("register criteria", "register received submissions/jingan-2023", "EVALUATE"):
        done = run(line)
        assert done.exit_code == 0, done.output
    return office / HOME / REGISTER


def damaged(how: str, file: Path) -> None:
    whole = file.read_bytes().splitlines(keepends=True)
    match how:
        case "torn":
            whole.append(whole[-1][:40])
        case "no end":
            whole[-1] = whole[-1].rstrip(b"\n")
        case "edited":
            whole[2] = whole[2].replace(b"JA-11", b"JA-15")
        case "foreign":
            whole.insert(3, "收到JA-03的申报\n".encode())
        case "removed":
            del whole[1]
        case "swapped":
            whole[2], whole[3] = whole[3], whole[2]
    file.write_bytes(b"".join(whole))


HOWS = ("torn", "no end", "edited", "foreign", "removed", "swapped")


def test_damage_is_told_and_nothing_more_is_written(begun: Path, matches) -> None:
    sound, told = begun.read_bytes(), []
    for how in HOWS:
        begun.write_bytes(sound)
        damaged(how, begun)
        now = begun.read_bytes()
        for language in ("zh", "en"):
            verified = run(f"register verify --lang {language}")
            refused = run(f"{NOTICE.format(run='0001')} --lang {language}")
            assert (verified.exit_code, refused.exit_code) == (3, 3)
            assert run(f"register show --lang {language}").exit_code == 3
            told.append(f"{how}\n{verified.output}{refused.output}\n")
        done = run("EVALUATE")
        assert done.exit_code == 3
        told.append(done.output.splitlines()[-1] + "\n\n")
        shutil.rmtree(begun.parent / "0002")
        assert begun.read_bytes() == now
    matches(HASH.sub("HASH", "".join(told)), HERE / "damage.txt")


def test_a_torn_line_can_be_moved_aside_and_nothing_else(begun: Path) -> None:
    sound = begun.read_bytes()
    assert run("register mend --lang en").output == "there is no unfinished line\n"
    begun.write_bytes(sound + b'{"before":"')
    done = run("register mend --lang en")
    assert (done.exit_code, done.output) == (0, f"moved to {HOME}/register.torn-6\n")
    assert begun.read_bytes() == sound
    assert begun.with_suffix(".torn-6").read_bytes() == b'{"before":"'
    damaged("edited", begun)
    now = begun.read_bytes()
    assert run("register mend").exit_code == 3
    assert begun.read_bytes() == now


def test_what_is_wrong_with_the_runs_is_told(begun: Path, office: Path, matches) -> None:
    told = []

    def verify(what: str, code: int) -> None:
        for language in ("zh", "en"):
            done = run(f"register verify --lang {language}")
            assert done.exit_code == code, done.output
            told.append(f"{what}\n{done.output}\n")

    home, handed = begun.parent, office / "submissions/jingan-2023/JA-03.yaml"
    results = home / "0001" / "results.json"
    was = results.read_bytes()
    results.write_bytes(was.replace(b'"named"', b'"tied"', 1))
    verify("a result is changed", 3)
    results.unlink()
    verify("a result is gone", 3)
    results.write_bytes(was)
    manifest = home / "0001" / "manifest.json"
    kept = manifest.read_bytes()
    manifest.write_bytes(kept + b"\n")
    verify("the manifest is changed", 3)
    manifest.unlink()
    verify("the run is gone", 3)
    manifest.write_bytes(kept)
    text = handed.read_text(encoding="utf-8")
    handed.write_text(text + "# later\n", encoding="utf-8")
    assert run("EVALUATE").exit_code == 0
    verify("a submission was exchanged after it was received", 3)
    assert run("register criteria").exit_code == 1
    table = office / "criteria/jingan-2023.yaml"
    table.write_text(table.read_text(encoding="utf-8") + "# later\n", encoding="utf-8")
    handed.write_text(text, encoding="utf-8")
    assert run("EVALUATE").exit_code == 0
    verify("the criteria were changed and not frozen again", 3)
    matches(HASH.sub("HASH", "".join(told)), HERE / "runs.txt")


def test_what_was_not_scored_as_it_was_received_is_told(office: Path) -> None:
    folder = office / "submissions/jingan-2023"
    first, later_one = (folder / f"{code}.yaml" for code in ("JA-03", "JA-11"))
    assert run("register criteria").exit_code == 0
    assert run(f"register received {folder}").exit_code == 0
    old = first.read_text(encoding="utf-8")
    first.write_text(old + "# anew\n", encoding="utf-8")
    assert run(f"register received {first}").exit_code == 0
    first.write_text(old, encoding="utf-8")
    later_one.unlink()
    assert run("EVALUATE").exit_code == 1  # its review sheets have nobody to judge
    done = run("register verify --lang en")
    assert done.exit_code == 0
    assert done.output.splitlines()[:-1] == [
        "note: run 0001 did not score what JA-03 handed in last",
        "note: what JA-11 handed in was not scored in run 0001",
    ]


def test_a_cut_or_rewritten_register_is_found_by_an_earlier_root(begun: Path) -> None:
    held = book_of(begun, begun.read_bytes())
    was = f"{len(held.lines)}:{held.root.hex()}"
    assert run(f"register verify --was {was}").exit_code == 0
    assert run(NOTICE.format(run="0001")).exit_code == 0
    assert run(f"register verify --was {was}").exit_code == 0
    begun.write_bytes(joined(held.lines[:-1]))
    shutil.rmtree(begun.parent / "0001")
    cut = run(f"register verify --lang en --was {was}")
    assert cut.exit_code == 3
    assert cut.output.startswith("error: the register has 4 lines, and had 5: lines were cut off")
    written = [json.loads(line) for line in held.lines]
    written[1]["time"] = "2026-11-01T00:00:00Z"
    begun.write_bytes(joined(chained(written)))
    forged = run(f"register verify --lang en --was {was}")
    assert forged.exit_code == 3
    assert "the root of the first 5 lines is not" in forged.output
    assert run("register verify --was 5:abc").exit_code == 2


def test_a_clock_that_was_set_back_is_told(life: Book, tmp_path: Path) -> None:
    written = [json.loads(line) for line in life.lines]
    written[1]["time"] = "2020-01-01T00:00:00Z"
    found = book_of(tmp_path / REGISTER, joined(chained(written)))
    assert found.damage is None
    assert [told.line for told in found.clock()] == [2]


def test_another_command_at_work_is_told(begun: Path) -> None:
    before = begun.read_bytes()
    with (begun.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run(NOTICE.format(run="0001"))
    assert (done.exit_code, done.output) == (
        75,
        f"另一个命令正在写 {HOME}：请等它完成后再试。什么也没有登记。\n",
    )
    assert begun.read_bytes() == before


def test_a_full_disk_leaves_the_register_as_it_was(begun: Path) -> None:
    before = begun.read_bytes()

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100,) * 2)

    done = subprocess.run(
        [SCRIPT, *NOTICE.format(run="0001").split(" "), "--lang", "en"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=limited,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (74, "")
    assert done.stderr == (
        f"nothing was recorded: {HOME}/{REGISTER}: the file is larger than allowed\n"
    )
    assert begun.read_bytes() == before


def test_killed_at_random_moments(begun: Path, office: Path) -> None:
    """Whatever was acknowledged is there; what is half there is told and can be moved aside."""
    dice, torn, cut = random.Random(20231123), 0, 0
    file = office / "submissions/jingan-2023/JA-03.yaml"
    text, kept = file.read_text(encoding="utf-8"), 0
    file.write_text(f"{text}# whole\n", encoding="utf-8")
    start = time.monotonic()
    assert call("register", "received", file.relative_to(office), cwd=office).returncode == 0
    whole = time.monotonic() - start
    for n in range(KILLS):
        file.write_text(f"{text}# {n}\n", encoding="utf-8")
        with subprocess.Popen(
            [SCRIPT, "register", "received", file.relative_to(office)],
            cwd=office,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        ) as process:
            # Every other one as soon as the register grows, the rest anywhere near the end.
            size, end = begun.stat().st_size, time.monotonic() + 30
            if n % 2:
                while begun.stat().st_size == size and process.poll() is None:
                    assert time.monotonic() < end, "nothing came of it"
            else:
                time.sleep(whole * (0.6 + 0.5 * dice.random()))
            process.kill()
            told = process.stdout.read() if process.stdout else ""
        found = opened(begun.parent)
        assert found.damage is None or found.damage.why.wording is book.TORN
        if found.damage:
            torn += 1
            assert run("register mend").exit_code == 0
            found = opened(begun.parent)
        received = {e.n: e.event for e in found.entries if isinstance(e.event, Received)}
        digest = sha256(file.read_bytes()).hexdigest()
        there = digest in {event.sha256 for event in received.values()}
        cut += process.returncode != 0
        kept += there and process.returncode != 0
        assert there or not told
        if told:
            assert received[int(told.split()[0])].sha256 == digest
    print(
        f"\n{KILLS} kills: {cut} before the end, {kept} of them with the line written, {torn} torn"
    )
    assert kept
    assert call("register", "verify", cwd=office).returncode == 0


def test_nothing_is_recorded_where_no_register_was_begun(office: Path) -> None:
    assert run("EVALUATE").exit_code == 0
    assert not (office / HOME / REGISTER).exists()
