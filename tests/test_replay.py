"""`branchscore replay`: the same inputs give the same bytes, or it says what changed."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from campaign import PARTS, REVIEWS, SUBMISSIONS, call, copied
from runs import contents

FEW = ("JA-03", "JA-11", "JA-13")
TABLES = ("--only", "json,csv,xlsx,html")
RUN = Path("reports/jingan-2023/0001")
SAME = "7 个文件逐字节相同，0 个不同。\n"


def edited(path: Path, change: Callable[[Any], Any]) -> None:
    """A JSON file with something in it changed."""
    content = json.loads(path.read_bytes())
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    done = call("evaluate", *TABLES, cwd=copied(tmp_path / "here", FEW))
    assert done.returncode == 0, done.stderr
    return tmp_path / "here"


@pytest.mark.parametrize(
    "named", [[], [RUN], [RUN / "manifest.json"], ["reports/jingan-2023/latest"]], ids=str
)
def test_the_same_inputs_give_the_same_bytes(named: list[Path], folder: Path) -> None:
    before = contents(folder)
    done = call("replay", *named, cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, SAME, "")
    assert contents(folder) == before


def test_paper_is_the_same_too(tmp_path: Path) -> None:
    copied(tmp_path, ["JA-11"])
    assert call("evaluate", "--only", "summary,certificates", cwd=tmp_path).returncode == 0
    done = call("replay", "--lang", "en", cwd=tmp_path)
    assert done.stdout == "2 files are the same in every byte, 0 differ.\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_a_campaign_may_be_moved_and_replayed_from_anywhere(folder: Path) -> None:
    there = folder.with_name("某处 else")
    folder.rename(there)
    elsewhere = there.with_name("empty")
    elsewhere.mkdir()
    done = call("replay", there / RUN, cwd=elsewhere)
    assert (done.returncode, done.stdout, done.stderr) == (0, SAME, "")
    alone = elsewhere / "kept.json"
    shutil.copy(there / RUN / "manifest.json", alone)
    assert call("replay", alone, cwd=elsewhere).returncode == 1
    done = call("replay", alone, "--from", there, cwd=elsewhere)
    assert (done.returncode, done.stdout, done.stderr) == (0, SAME, "")


def test_whatever_was_handed_in_is_accounted_for_and_replayed(tmp_path: Path) -> None:
    copied(tmp_path, FEW)
    submissions, reviews = tmp_path / SUBMISSIONS, tmp_path / "reviews"
    (submissions / "JA-77.yaml").write_text("criteria: jingan-2023\n", encoding="utf-8")
    (submissions / "readme.txt").touch()
    (submissions / ".DS_Store").touch()
    (submissions / "x.cases.yaml").touch()
    (submissions / "loop.yaml").symlink_to("loop.yaml")
    (reviews / "second.yaml").write_text("marks: [", encoding="utf-8")
    (reviews / "notes.docx").touch()
    done = call("evaluate", *TABLES, cwd=tmp_path)
    assert done.returncode == 1
    assert "退回 3 份，忽略 4 个文件" in done.stdout
    manifest = json.loads((tmp_path / RUN / "manifest.json").read_bytes())
    rows = {
        Path(e["file"]).name: (e["status"], e["why"], bool(e["sha256"])) for e in manifest["inputs"]
    }
    assert rows == {
        "jingan-2023.yaml": ("criteria", [], True),
        **{f"jingan-2023-{n}.yaml": ("review", [], True) for n in range(1, 8)},
        **{f"{code}.yaml": ("scored", [], True) for code in FEW},
        "JA-77.yaml": ("refused", ["T002"], True),
        "loop.yaml": ("refused", ["Y001"], False),
        "second.yaml": ("refused", ["Y021"], True),
        "readme.txt": ("ignored", ["not YAML"], False),
        "notes.docx": ("ignored", ["not YAML"], False),
        ".DS_Store": ("ignored", ["hidden"], False),
        "x.cases.yaml": ("ignored", ["cases"], False),
    }
    assert [e["status"] for e in manifest["inputs"]].count("criteria") == 1
    # What came later does not concern the run that is replayed.
    shutil.copy(submissions / "JA-03.yaml", submissions / "JA-99.yaml")
    done = call("replay", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, SAME)


def test_limits_are_those_of_the_run(folder: Path) -> None:
    text = "criteria: jingan-2023\nqq: 1\nxx: 2\nzz: 3\n"
    (folder / SUBMISSIONS / "JA-77.yaml").write_text(text, encoding="utf-8")
    counts = []
    for limit in ("faults=1", "faults=100"):
        assert call("--limit", limit, "evaluate", *TABLES, cwd=folder).returncode == 1
        results = json.loads((folder / RUN.parent / "latest" / "results.json").read_bytes())
        counts.append(len(results["faults"]))
        done = call("replay", cwd=folder)
        assert (done.returncode, done.stdout) == (0, SAME)
    assert counts[0] < counts[1]


def test_a_manifest_tells_nothing_of_this_machine(folder: Path) -> None:
    inside = (folder / part for part in PARTS)
    table, submissions, reviews = inside
    done = call("evaluate", *TABLES, "-c", table, "-r", reviews, submissions, cwd=folder)
    assert done.returncode == 0
    text = (folder / RUN.with_name("0002") / "manifest.json").read_text(encoding="utf-8")
    assert str(folder) not in text
    assert "reports" not in text


SHEET = REVIEWS / "jingan-2023-1.yaml"


def appended(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"# later\n")


@pytest.mark.parametrize("name", [PARTS[0], SHEET, SUBMISSIONS / "JA-11.yaml"], ids=str)
def test_an_input_that_was_changed_is_named(name: Path, folder: Path) -> None:
    appended(folder / name)
    done = call("replay", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        f"输入 {name}：内容已改动",
        "重新评估：results.json 与当时不同",
        "6 个文件逐字节相同，1 个不同。",
    ]


def test_an_input_that_is_gone_is_named(folder: Path) -> None:
    (folder / SUBMISSIONS / "JA-11.yaml").unlink()
    done = call("replay", "--lang", "en", cwd=folder)
    assert done.returncode == 1
    first, *others, last = done.stdout.splitlines()
    assert first == f"input {SUBMISSIONS / 'JA-11.yaml'}: is not there any more"
    assert "evaluated again: ranking.csv differs" in others
    assert last == "0 files are the same in every byte, 7 differ."


def test_a_proof_that_was_changed_is_named(folder: Path) -> None:
    manifest = json.loads((folder / RUN / "manifest.json").read_bytes())
    name = next(name for name in manifest["evidence"] if "JA-11" in name)
    (folder / name).write_bytes(b"other")
    done = call("replay", cwd=folder)
    assert done.returncode == 1
    assert f"输入 {name}：内容已改动\n" in done.stdout
    (folder / name).unlink()
    assert f"输入 {name}：已不在了\n" in call("replay", cwd=folder).stdout


def test_criteria_that_are_gone_are_told(folder: Path) -> None:
    (folder / PARTS[0]).unlink()
    done = call("replay", cwd=folder)
    assert done.returncode == 1
    assert "Y001" in done.stderr
    assert f"{PARTS[0]}" in done.stderr


def test_another_version_is_named_and_the_same_bytes_are_the_same(folder: Path) -> None:
    def older(manifest: Any) -> None:
        manifest["version"] = "0.0.9"
        manifest["python"] = "3.10"
        manifest["libraries"]["weasyprint"] = "69.0"
        del manifest["libraries"]["zlib"]
        manifest["fonts"]["NotoSerifSC-Regular.otf"] = "0" * 64

    edited(folder / RUN / "manifest.json", older)
    done = call("replay", "--lang", "en", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    first, python, weasyprint, zlib, font, last = done.stdout.splitlines()
    assert first.startswith("version of the program: then 0.0.9, now ")
    assert python.startswith("Python: then 3.10, now 3.")
    assert weasyprint.startswith("weasyprint: then 69.0, now ")
    assert zlib.startswith("zlib: then none, now ")
    assert font == "font NotoSerifSC-Regular.otf: is not the same"
    assert last == "7 files are the same in every byte, 0 differ."


def test_a_file_of_the_run_that_was_changed_is_named(folder: Path) -> None:
    appended(folder / RUN / "ranking.csv")
    (folder / RUN / "index.html").unlink()
    done = call("replay", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "结果 index.html：已不在了",
        "结果 ranking.csv：评估之后被改动过",
        "7 个文件逐字节相同，0 个不同。",
    ]


def test_a_difference_without_a_cause_is_a_fault_of_the_program(folder: Path) -> None:
    def other(manifest: Any) -> None:
        manifest["outputs"]["ranking.csv"] = "0" * 64
        manifest["outputs"]["more.csv"] = manifest["outputs"].pop("index.html")

    edited(folder / RUN / "manifest.json", other)
    done = call("replay", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "结果 ranking.csv：评估之后被改动过",
        "结果 more.csv：已不在了",
        "重新评估：ranking.csv 与当时不同",
        "重新评估：没有再得到 more.csv",
        "重新评估：多出 index.html",
        "输入、版本和字体都没有变，结果却不同：这是程序的问题，请报告。",
        "5 个文件逐字节相同，3 个不同。",
    ]


def spoilt(manifest: Any) -> None:
    manifest["inputs"] = []


@pytest.mark.parametrize(
    "arguments",
    [
        ["nowhere.json"],
        ["criteria"],
        [RUN / "results.json"],
        [RUN / "ranking.csv"],
        [RUN],
        ["a", "b"],
    ],
    ids=str,
)
def test_a_wrong_call_gives_2(arguments: list[str | Path], folder: Path) -> None:
    edited(folder / RUN / "manifest.json", spoilt)
    done = call("replay", *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_where_there_is_no_run_that_is_told(tmp_path: Path) -> None:
    done = call("replay", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "reports" in done.stderr
