"""`branchscore explain`: the manual keeps to the models it is read off, and a line of a run is
told whole. Texts stand in tests/explain/."""

import json
import re
import shutil
from pathlib import Path

import pytest

from branchscore.criteria.manual import pages, sorts
from branchscore.criteria.measures import Measure
from branchscore.criteria.rules import Rule
from branchscore.text.manual import manual
from campaign import call, copied
from conftest import ROOT
from test_cases import kinds

TEXTS = ROOT / "tests" / "explain"
CODES = ("JA-05", "JA-07", "JA-18", "JA-20")
RUN = Path("reports/jingan-2023/latest")


# ── the manual ─────────────────────────────────────────────────────────────────────────────


def test_everything_that_can_be_explained_is_listed_and_is_explained() -> None:
    done = call("explain", cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    listed = set(re.findall(r"^  (\S+)  ", done.stdout, re.MULTILINE))
    assert kinds(Rule) | kinds(Measure) | set(manual()) | {"indicator", "veto", "where"} <= listed
    assert {page.word for _, several in sorts() for page in several} <= set(pages())
    assert listed <= set(pages()) | set(manual())


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("rounding", ["rounding"]),
        ("levels", ["levels", "--lang", "zh"]),
        ("bands", ["bands", "--lang", "en"]),
        ("T006", ["t006"]),
        ("C008", ["price-above-item", "--lang", "en"]),
        ("optional", ["optional"]),
    ],
)
def test_pages(name: str, arguments: list[str], matches) -> None:
    done = call("explain", *arguments, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    matches(done.stdout, TEXTS / f"{name}.txt")


@pytest.mark.parametrize("word", sorted({*pages(), *manual()}))
def test_every_page_can_be_printed(word: str) -> None:
    from branchscore.outputs.explain import found

    for languages in (["zh"], ["en"], ["zh", "en"]):
        text = found(word, languages)
        assert text
        assert word not in manual() or not re.search(r"\{[a-z_]+\}", text)


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("shortfal", "shortfall"),
        ("T06", "T006"),
        ("Bands", "bands"),
        ("unknwon-field", "unknown-field"),
    ],
)
def test_an_unknown_word_is_told_what_is_near(word: str, near: str, tmp_path: Path) -> None:
    done = call("explain", word, "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.match(rf"There is no “{word}”\. Did you mean .*\b{near}\b", done.stderr)


# ── a line of a run ────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with four branches, one of them refused, evaluated."""
    folder = copied(tmp_path_factory.mktemp("run"), CODES)
    broken = folder / "submissions" / "jingan-2023" / "JA-05.yaml"
    text = broken.read_text(encoding="utf-8").replace("\nmembers: ", "\nmembres: ")
    broken.write_text(text, encoding="utf-8")
    assert call("evaluate", "--only", "json", cwd=folder).returncode == 1
    return folder


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("a deduction", ["JA-07", "P1"]),
        ("a deduction in English", ["JA-07", "P1", "--lang", "en"]),
        ("known in part", ["JA-18", "S4"]),
        ("not proven", ["JA-20", "P8"]),
        ("a gate", ["JA-07", "G1"]),
        ("a section", ["JA-07", "bonus"]),
        ("a branch", ["JA-18"]),
    ],
)
def test_lines(name: str, arguments: list[str], run: Path, matches) -> None:
    done = call("explain", *arguments, cwd=run)
    assert (done.returncode, done.stderr) == (0, "")
    matches(done.stdout, TEXTS / f"{name}.txt")


def test_a_line_evaluated_now_is_that_of_the_run(run: Path) -> None:
    stored = call("explain", "JA-07", "P1", cwd=run)
    fresh = call("explain", "JA-07", "P1", "-c", "criteria/jingan-2023.yaml", cwd=run)
    named = call(
        *("explain", "JA-07", "P1", "--criteria", "criteria/jingan-2023.yaml"),
        *("--submissions", "submissions/jingan-2023/JA-07.yaml", "--reviews", "reviews"),
        cwd=run,
    )
    assert stored.stdout
    assert stored.stdout == fresh.stdout == named.stdout


def test_every_line_of_every_branch_can_be_told(run: Path) -> None:
    from branchscore.outputs.opened import opened
    from branchscore.outputs.reasoning import Told

    found = opened(run / RUN)
    for branch in found["branches"]:
        for said in ("zh", "en"):
            told = Told(found, branch, said)
            assert len(told.names()) > 40
            for name in told.names():
                text = told.line(name) or ""
                assert text.startswith(branch["code"]), name
                assert len(text.splitlines()) > 3, name


@pytest.mark.parametrize(
    ("arguments", "code", "answer"),
    [
        ("JA-7 P1", 2, "没有“JA-7”。是否想查 JA-07"),
        ("JA-7", 2, "没有“JA-7”。是否想查 JA-07"),
        ("JA-07 P12", 2, "没有“P12”。是否想查 P2, P1, P10？"),
        ("JA-05 P1", 1, "T001 unknown-field\n   没有“membres”这一项"),
        ("JA-05", 1, "   = 改法: 是否想写“members”？"),
        ("JA-07 P1 x", 2, "Usage: "),
        ("JA-07 P1 -r reviews", 2, "Usage: "),
        ("JA-07 P1 --run nowhere", 2, "没有 nowhere/results.json"),
        ("JA-07 P1 --run criteria", 2, "没有 criteria/results.json"),
        ("JA-07 P1 --run criteria/jingan-2023.yaml", 2, "没有 "),
        ("JA-07 P1 -c nowhere.yaml", 1, "Y001 unreadable-file"),
    ],
)
def test_what_cannot_be_told_is_answered(arguments, code, answer, run: Path) -> None:
    done = call("explain", *arguments.split(), cwd=run)
    assert (done.returncode, done.stdout) == (code, "")
    assert answer in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_runs_and_one_with_several(tmp_path: Path, run: Path) -> None:
    none = call("explain", "JA-07", "P1", cwd=tmp_path)
    assert (none.returncode, none.stdout) == (2, "")
    assert none.stderr.startswith("reports 里没有评估结果")
    shutil.copytree(run, tmp_path / "two", symlinks=True)
    other = tmp_path / "two" / "reports" / "another"
    shutil.copytree(other.parent / "jingan-2023", other, symlinks=True)
    several = call("explain", "JA-07", "P1", "--lang", "en", cwd=tmp_path / "two")
    assert (several.returncode, several.stdout) == (2, "")
    assert "reports/another/latest, reports/jingan-2023/latest" in several.stderr
    for named in ("reports/another", "reports/another/0001", "reports/another/latest"):
        assert call("explain", "JA-07", "P1", "--run", named, cwd=tmp_path / "two").stdout


def test_where_there_are_no_links_a_file_names_the_latest_run(tmp_path: Path, run: Path) -> None:
    shutil.copytree(run, tmp_path / "copy", symlinks=True)
    latest = tmp_path / "copy" / RUN
    latest.unlink()
    latest.write_text("0001\n", encoding="utf-8")
    wanted = call("explain", "JA-07", "P1", cwd=run).stdout
    assert wanted
    assert call("explain", "JA-07", "P1", cwd=tmp_path / "copy").stdout == wanted
    alone = call("explain", "JA-07", "P1", "--run", RUN, cwd=tmp_path / "copy")
    assert alone.stdout == wanted


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def edited(file: Path) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace('"5"', '"6"', 1), encoding="utf-8")


def swapped(file: Path) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    data["criteria"]["sections"].reverse()
    file.write_text(json.dumps(data), encoding="utf-8")


def unfinished(file: Path) -> None:
    file.with_name("manifest.json").unlink()


@pytest.mark.parametrize(
    ("damage", "why", "alone"),
    [
        (cut, "Invalid JSON", True),
        (edited, "评估之后被改动过", False),
        (swapped, "各项与评分表不一致", True),
        (unfinished, "没有完成", False),
        (Path.unlink, "没有 ", True),
    ],
    ids=["cut off", "edited", "of another table", "unfinished", "gone"],
)
def test_a_damaged_run_is_answered(
    damage, why: str, alone: bool, tmp_path: Path, run: Path
) -> None:
    shutil.copytree(run, tmp_path / "copy", symlinks=True)
    file = tmp_path / "copy" / RUN / "results.json"
    damage(file)
    for options in ([], ["--run", RUN], *([["--run", RUN / "results.json"]] if alone else [])):
        done = call("explain", "JA-07", "P1", *options, cwd=tmp_path / "copy")
        assert done.returncode in (1, 2)
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
    assert why in done.stderr


def test_lines_of_a_file_that_was_changed_since_are_not_quoted(tmp_path: Path, run: Path) -> None:
    shutil.copytree(run, tmp_path / "copy", symlinks=True)
    file = tmp_path / "copy" / "submissions" / "jingan-2023" / "JA-07.yaml"
    before = call("explain", "JA-07", "P1", cwd=tmp_path / "copy").stdout
    file.write_text("\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    after = call("explain", "JA-07", "P1", cwd=tmp_path / "copy").stdout
    assert "JA-07.yaml:84  - {date: 2023-01-18" in before
    assert "JA-07.yaml:84\n" in after
    assert "2023-01-18" not in after
