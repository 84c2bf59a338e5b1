"""The command line as a user types it, in a process of its own."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from branchscore import __version__
from campaign import CODES, SCRIPT, SUBMISSIONS, call, copied

BROKEN = SUBMISSIONS / "JA-05.yaml"
JSON = ("--only", "json")


def written(folder: Path) -> dict:
    file = folder / "reports" / "jingan-2023" / "0001" / "results.json"
    return json.loads(file.read_text(encoding="utf-8"))


def instead(old: str, new: str) -> Callable[[Path], None]:
    """Break a file by one replacement, which must be possible."""

    def broken(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    return broken


def in_gbk(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))


@pytest.mark.parametrize(
    ("broken", "wrong", "code", "cause", "mend"),
    [
        (
            instead("\nmembers: ", "\nmembres: "),
            "membres",
            "T001 unknown-field",
            "没有“membres”这一项",
            "是否想写“members”？",
        ),
        (
            instead("\nfounded: 1986-07-01", "\nfounded: 1986年7月1日"),
            "1986年7月1日",
            "T006 date-form",
            "“1986年7月1日”不是规范的日期",
            "应写 1986-07-01",
        ),
        (
            instead("\nmembers: ", "\nbranch: 虚构第二支部\nmembers: "),
            "branch",
            "Y005 duplicate-key",
            "“branch”已在第 5 行写过",
            "请删去一处",
        ),
        (in_gbk, "", "Y015 saved-as-gbk", "文件是 GBK 编码（“ANSI”）", "在记事本里“另存为”"),
    ],
    ids=["typo in a key", "date", "duplicate key", "not UTF-8"],
)
def test_a_broken_file_is_answered_and_the_others_evaluated(
    broken, wrong, code, cause, mend, tmp_path: Path
) -> None:
    path = copied(tmp_path) / BROKEN
    broken(path)
    done = call("evaluate", *JSON, cwd=tmp_path)
    assert done.returncode == 1
    answer = answer_to(BROKEN, done.stderr)
    place = re.match(rf"{re.escape(str(BROKEN))}:(\d+):(\d+): 错误 {code}\n", answer)
    assert place, answer
    line, column = map(int, place.groups())
    encoding = "gb18030" if broken is in_gbk else "utf-8"
    row = path.read_text(encoding=encoding).splitlines()[line - 1]
    assert row[column - 1 :].startswith(wrong)
    assert f"\n{line} | {row[: column - 1]}{wrong}" in answer
    assert re.search(rf"\n *\| +\^+ {re.escape(cause)}", answer)
    assert f"\n{' ' * len(str(line))} = 改法: {mend}" in answer
    assert "\x1b" not in done.stderr
    results = written(tmp_path)
    evaluated = sorted(b["code"] for b in results["branches"])
    assert evaluated == [code for code in CODES if code != BROKEN.stem]
    assert refused(results) == [BROKEN.as_posix()]
    told = [f["code"] for f in results["faults"] if f["file"] == BROKEN.as_posix()]
    assert told == [code.partition(" ")[0]]
    assert "评估 23 个支部，拟命名 8 个，退回 1 份" in done.stdout


def answer_to(path: Path, text: str) -> str:
    """What stderr says of one file: answers stand apart by an empty line."""
    answers = [part for part in text.split("\n\n") if part.startswith(str(path))]
    assert len(answers) == 1, text
    return answers[0]


def refused(results: dict) -> list[str]:
    return [entry["file"] for entry in results["inputs"] if entry["status"] == "refused"]


def test_a_file_that_is_missing_is_answered_and_the_others_evaluated(tmp_path: Path) -> None:
    copied(tmp_path)
    done = call("evaluate", *JSON, SUBMISSIONS, "nowhere.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("nowhere.yaml: 错误 Y001 unreadable-file\n")
    assert "文件无法读取：文件不存在" in done.stderr
    assert "= 改法: 请检查文件名和路径" in done.stderr
    results = written(tmp_path)
    assert refused(results) == ["nowhere.yaml"]
    assert len(results["branches"]) == 24


def test_a_sound_campaign_is_quiet_in_a_pipe(tmp_path: Path) -> None:
    done = call("evaluate", *JSON, cwd=copied(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout
    assert "评估 24 个支部，拟命名 8 个，退回 0 份。结果在 reports/jingan-2023/0001" in done.stdout
    assert [p.name for p in (tmp_path / "reports" / "jingan-2023").glob(".*")] == [".lock"]


def test_the_summary_is_in_english_where_asked_for(tmp_path: Path) -> None:
    done = call("evaluate", *JSON, "--lang", "en", cwd=copied(tmp_path), env={"COLUMNS": "200"})
    lines = [re.split(r" *[┃│] *", line)[1:-1] for line in done.stdout.splitlines()]
    table = [line for line in lines if len(line) == 6]
    assert table[0] == ["Rank", "Code", "Branch", "Total", "Grade", "Outcome"]
    assert table[1][:2] + table[1][3:] == ["1", "JA-11", "95.22", "excellent", "named"]
    assert len(table) == 25
    others = " ".join(cell for row in table for i, cell in enumerate(row) if i != 2)
    assert not re.search("[\u4e00-\u9fff]", others)
    assert "24 branches evaluated, 8 named, 0 files refused." in done.stdout


def test_faults_are_in_english_where_asked_for(tmp_path: Path) -> None:
    instead("\nmembers: ", "\nmembres: ")(copied(tmp_path) / BROKEN)
    done = call("check", BROKEN, "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "error T001 unknown-field" in done.stderr
    assert "= help: " in done.stderr
    assert done.stdout == "1 files checked, 1 errors, 0 warnings.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["evaluate", "--nope"],
        ["evaluate", "--only", "pdf"],
        ["evaluate", "--only", "json,"],
        ["evaluate", "--lang", "fr"],
        ["nope"],
        ["check"],
        ["completion", "tcsh"],
        ["schema", "nope"],
        ["evaluate"],
        ["evaluate", "nowhere"],
        ["evaluate", "."],
        ["check", "."],
    ],
    ids=" ".join,
)
def test_a_wrong_call_or_nothing_to_read_is_told_and_gives_2(arguments, tmp_path: Path) -> None:
    done = call(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_check_tells_good_from_bad(tmp_path: Path) -> None:
    copied(tmp_path)
    good = call("check", SUBMISSIONS, "criteria", "reviews", cwd=tmp_path)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout == "检查 32 个文件，0 处错误，0 处警告。\n"
    instead("\nmembers: ", "\nmembers: 二")(tmp_path / BROKEN)
    bad = call("check", SUBMISSIONS, cwd=tmp_path)
    assert bad.returncode == 1
    assert "T004 number-form" in answer_to(BROKEN, bad.stderr)
    assert not (tmp_path / "reports").exists()


def test_version_and_help(tmp_path: Path) -> None:
    assert call("--version", cwd=tmp_path).stdout == f"branchscore, version {__version__}\n"
    said = call("--help", cwd=tmp_path).stdout
    example = next(line for line in said.splitlines() if "--only json,csv" in line)
    assert example.split()[:2] == ["branchscore", "evaluate"]
    copied(tmp_path)
    arguments = [str(SUBMISSIONS) if a == "submissions/x" else a for a in example.split()[1:]]
    out = tmp_path / "out"
    done = call(*(str(out) if a == "/tmp/out" else a for a in arguments), cwd=tmp_path)  # noqa: S108
    assert done.returncode == 0, done.stderr
    assert (out / "jingan-2023" / "latest" / "ranking.csv").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell, tmp_path: Path) -> None:
    done = call("completion", shell, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_BRANCHSCORE_COMPLETE={shell}_complete" in done.stdout


def test_schema_prints_a_schema(tmp_path: Path) -> None:
    done = call("schema", "results", cwd=tmp_path)
    assert done.returncode == 0
    assert {"branches", "inputs", "faults"} <= set(json.loads(done.stdout)["required"])


@pytest.mark.parametrize("arguments", [["--help"], ["check", str(BROKEN)]], ids=["help", "check"])
def test_quick_commands_load_nothing_for_paper(arguments, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", SCRIPT, *arguments],
        cwd=copied(tmp_path),
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=60,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "branchscore.cli.main" in loaded
    assert not {"weasyprint", "fontTools", "xlsxwriter", "jinja2", "multiprocessing"} & loaded


def make_weird(folder: Path) -> None:
    copied(folder)
    (folder / "empty.yaml").touch()
    (folder / "binary.yaml").write_bytes(bytes(range(256)) * 4)
    (folder / "plain.yaml").write_text("只有一句话", encoding="utf-8")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    os.mkfifo(folder / "fifo.yaml")


LONG = "长" * 100 + ".yaml"
WEIRD = [
    "--criteria criteria",
    "--criteria empty.yaml",
    "--criteria binary.yaml",
    "--criteria plain.yaml",
    "--criteria fifo.yaml",
    "--criteria /dev/null",
    "--criteria nowhere.yaml",
    "--criteria submissions/jingan-2023/JA-01.yaml",
    f"--criteria {LONG}",
    "--reviews fifo.yaml",
    "--reviews criteria",
    "empty.yaml binary.yaml plain.yaml fifo.yaml /dev/null criteria",
    "loop.yaml",
    "--out empty.yaml",
    "--out empty.yaml/below",
    "--out /dev/null",
    f"--out {LONG}",
    LONG,
]


@pytest.mark.parametrize("arguments", WEIRD, ids=lambda a: a if len(a) < 80 else "a long name")
def test_nothing_gives_a_traceback(arguments: str, tmp_path: Path) -> None:
    make_weird(tmp_path)
    done = call("evaluate", *arguments.split(), *JSON, cwd=tmp_path)
    assert done.returncode in ((74,) if arguments.startswith("--out") else (1, 2))
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob(".unfinished-*"))


def test_a_file_name_that_is_not_utf8_gives_no_traceback(tmp_path: Path) -> None:
    copied(tmp_path)
    Path(os.fsdecode(os.fsencode(tmp_path / SUBMISSIONS) + b"/\xff.txt")).touch()
    assert "Traceback" not in call("evaluate", *JSON, cwd=tmp_path).stderr


def test_a_pipe_that_is_not_utf8_gives_no_traceback(tmp_path: Path) -> None:
    copied(tmp_path)
    done = call("evaluate", *JSON, cwd=tmp_path, env={"PYTHONIOENCODING": "gbk"}, encoding="gbk")
    assert "Traceback" not in done.stderr


def test_a_full_disk_gives_no_traceback(tmp_path: Path) -> None:
    copied(tmp_path)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [SCRIPT, "evaluate", *JSON],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 74
    assert done.stderr.decode() == "branchscore: 磁盘已满 · the disk is full\n"


def test_check_answers_weird_files_too(tmp_path: Path) -> None:
    make_weird(tmp_path)
    names = ["empty", "binary", "plain", "fifo", "loop"]
    done = call("check", *(f"{name}.yaml" for name in names), cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name in names:
        assert f"{name}.yaml" in done.stderr
