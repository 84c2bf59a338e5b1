"""`compare` of two criteria files: what changed between two tables, and who moved by it."""

import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from branchscore.criteria.check import complaints
from branchscore.criteria.difference import differences
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import ADAPTER, KEYS, read_criteria
from branchscore.outputs.difference import SAME, difference_text
from branchscore.scoring.scorecard import Scorer
from branchscore.selection.moves import moves
from branchscore.selection.ranking import rank
from branchscore.text.diagnostics import Faulty
from branchscore.text.source import Document, Map, Seq, read
from branchscore.text.typing import typed
from campaign import call
from conftest import ROOT
from strategies import submissions

INHERIT = Path("tests/inherit")
EXPECTED = ROOT / INHERIT / "expected"
CITY, DISTRICT, OTHER = (
    read_criteria(ROOT / INHERIT / f"{name}.yaml")[0] for name in ("2023", "district", "other")
)
JINGAN = read(ROOT / "criteria" / "jingan-2023.yaml")
TABLE = typed(ADAPTER, JINGAN, KEYS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "arguments", "status"),
    [
        ("years", ["2022.yaml", "2023.yaml"], 0),
        ("district", ["2023.yaml", "district.yaml", "--with", "submissions"], 1),
        ("all", ["2023.yaml", "other.yaml"], 0),
    ],
)
def test_what_is_said(name: str, arguments: list[str], status: int, language: str, matches) -> None:
    paths = [a if a.startswith("--") else INHERIT / a for a in arguments]
    done = call("compare", *paths, "--lang", language, cwd=ROOT)
    assert (done.returncode, done.stderr) == (status, "")
    matches(done.stdout, EXPECTED / f"{name}.{language}.txt")


def test_the_same_table_does_not_differ() -> None:
    path = INHERIT / "2022.yaml"
    done = call("compare", path, path, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == SAME.zh


def test_refusals(tmp_path: Path) -> None:
    """Files refused under one table are no error; a faulty table is, and so is an empty call."""
    shutil.copytree(ROOT / INHERIT, tmp_path / "x")
    (tmp_path / "x" / "submissions" / "A4.yaml").unlink()
    command = ("compare", "x/2023.yaml", "x/district.yaml")
    done = call(*command, "--with", "x/submissions", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    named = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.glob("x/submissions/*.yaml"))
    assert call(*command, "--with", *named, cwd=tmp_path).stdout == done.stdout
    assert "A1.yaml 只按 B 退回" in done.stdout
    assert call(*command, "--with", "nowhere.yaml", cwd=tmp_path).returncode == 2
    assert call(*command[:2], cwd=tmp_path).returncode == 2
    assert call(*command, "x/submissions", cwd=tmp_path).returncode == 2
    (tmp_path / "x" / "district.yaml").write_text("extends: 2023.yaml\nyears: 3\n", "utf-8")
    broken = call(*command, cwd=tmp_path)
    assert (broken.returncode, broken.stdout) == (1, "")
    assert broken.stderr.startswith("x/district.yaml:2:1: 错误 T001")


def test_reviews_are_taken_for_both(tmp_path: Path) -> None:
    """Marks given under one id count under the other as well."""
    for name in ("criteria", "submissions", "reviews"):
        shutil.copytree(ROOT / name, tmp_path / name)
    table = tmp_path / "criteria" / "jingan-2023.yaml"
    text = f"extends: {table.name}\nid: next\nselection: {{quota: 6}}\n"
    (tmp_path / "criteria" / "next.yaml").write_text(text, encoding="utf-8")
    done = call(
        "compare", table, "criteria/next.yaml",
        "--with", "submissions/jingan-2023", "-r", "reviews", cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    changed = re.findall(r"结果：(\S+) → (\S+)", done.stdout)
    assert changed == [("拟命名", "未入选")] * 2
    assert "22 个支部没有变化，2 个有变化" in done.stdout


def scalars(node: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(node, Map | Seq):
        steps = node.items() if isinstance(node, Map) else enumerate(node)
        return [place for step, value in steps for place in scalars(value, (*at, step))]
    return [at] if isinstance(node, str) else []


def put(node: Any, at: tuple[Any, ...], new: str) -> Any:
    """A copy of a tree in which one scalar is another."""
    if not at:
        return new
    made: Any = type(node)()
    made.marks = node.marks
    if isinstance(node, Map):
        made.update({k: put(v, at[1:], new) if k == at[0] else v for k, v in node.items()})
    else:
        made.extend(put(v, at[1:], new) if i == at[0] else v for i, v in enumerate(node))
    return made


@given(
    st.sampled_from(scalars(JINGAN.root)), st.sampled_from(["1", "ja", "0", "false", "half-even"])
)
@settings(deadline=None, max_examples=150)
def test_no_change_of_a_table_goes_unsaid(at: tuple[Any, ...], new: str) -> None:
    try:
        document = Document("x", b"", put(JINGAN.root, at, new))
        other = typed(ADAPTER, document, KEYS)
    except Faulty:
        return
    assume(all(c.code in ("C002", "C008") for c in complaints(other)))
    found = list(differences(TABLE, other))
    assert bool(found) == (other != TABLE)
    for language in ("zh", "en"):
        assert (difference_text(found, language) == SAME.say(language) + "\n") == (not found)


def test_every_two_tables_of_ours_can_be_told_apart() -> None:
    files = sorted((ROOT / "criteria").rglob("*.yaml"))
    tables = [read_criteria(f)[0] for f in files if not f.name.endswith(".cases.yaml")]
    for one, other in pairwise([CITY, *tables, DISTRICT]):
        for pair in ((one, other), (other, one)):
            for language in ("zh", "en"):
                assert len(difference_text(list(differences(*pair)), language).splitlines()) > 20
        assert list(differences(one, one)) == []


@pytest.mark.parametrize("table", [DISTRICT, OTHER], ids=lambda table: table.id)
@given(several=st.lists(submissions(CITY), min_size=1, max_size=5))
@settings(deadline=None)
def test_the_items_that_moved_add_up_to_the_move(table: Criteria, several: list[Any]) -> None:
    coded = [replace(s, code=f"A{i}") for i, s in enumerate(several)]
    before, after = (rank(t, Scorer(t).score_all(coded, {})) for t in (CITY, table))
    found = list(moves(before, after))
    assert len(found) == len(coded)
    for move in found:
        before, after = move.before.card, move.after.card
        for end, gained in enumerate((after.low - before.low, after.high - before.high)):
            old = sum(shift.before[end] for shift in move.shifts if shift.before)
            new = sum(shift.after[end] for shift in move.shifts if shift.after)
            assert new - old == gained
