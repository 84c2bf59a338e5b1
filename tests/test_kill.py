"""Runs that are killed, stopped or started twice: nothing is lost, nothing is half there.

`KILLS=200 pytest tests/test_kill.py -k random -s` kills that many and says what came of it.
"""

import fcntl
import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign import SCRIPT, call, copied
from runs import contents, leftovers, runs, sound

KILLS = int(os.environ.get("KILLS", "20"))
TABLES = ("--only", "json,csv,xlsx,html")
PAPER = ("--only", "summary,reports,certificates")
FEW = ("JA-03", "JA-11")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A campaign with one run; where its runs are."""
    done = call("evaluate", *TABLES, cwd=copied(tmp_path, FEW))
    assert done.returncode == 0, done.stderr
    return tmp_path / "reports" / "jingan-2023"


def started(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [SCRIPT, "evaluate", *arguments],
        cwd=home.parents[1],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=listening,  # noqa: PLW1509 - nothing else runs in this process
    )


def listening() -> None:
    """Whoever runs the tests in the background may have had signals ignored for them."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def until(condition, process: subprocess.Popen[str], seconds: float = 30) -> bool:
    """Wait until something is so; False where the process ended first."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing came of it"
        if process.poll() is not None:
            return False
        time.sleep(0.0005)
    return True


def staged(home: Path) -> list[Path]:
    return list(home.glob(".unfinished-*"))


def test_killed_at_random_moments(home: Path) -> None:
    """Half of them anywhere, half of them once writing has begun."""
    dice = random.Random(20231001)
    begun = time.monotonic()
    assert call("evaluate", *TABLES, cwd=home.parents[1]).returncode == 0
    whole = time.monotonic() - begun
    begun = time.monotonic()
    with started(home, *TABLES) as process:
        until(lambda: staged(home), process)
        writing = whole - (time.monotonic() - begun)
    seen: Counter[str] = Counter()
    for n in range(KILLS):
        before = contents(home)
        with started(home, *TABLES) as process:
            if n % 2:
                until(lambda: bool(staged(home)), process)
            time.sleep(dice.random() * (max(writing, 0.05) if n % 2 else whole))
            process.kill()
        there = f"{runs(home)[-1].name}/manifest.json" not in before
        seen["ended before the kill"] += process.returncode == 0
        seen["killed while writing"] += bool(staged(home))
        seen["killed when in place"] += there and process.returncode != 0
        for wrong in sound(home, before):
            kind = "lost or changed" if wrong.startswith("lost") else "half or mixed"
            seen[kind] += 1
    print(f"\n{KILLS} kills: {dict(seen)}")
    assert (seen["lost or changed"], seen["half or mixed"]) == (0, 0)
    assert seen["killed while writing"]
    # Neither the lock nor what was left behind stands in the way of the next.
    assert call("evaluate", *TABLES, cwd=home.parents[1]).returncode == 0
    assert leftovers(home) == []
    assert (home / "latest").resolve() == runs(home)[-1]


def children(process: subprocess.Popen[str]) -> set[int]:
    """The processes that a process has started."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text(encoding="utf-8").rpartition(") ")[2].split()[1]
        except (OSError, IndexError):
            continue
        if int(parent) == process.pid:
            found.add(int(stat.parent.name))
    return found


def alive(processes: set[int]) -> set[int]:
    def runs_on(number: int) -> bool:
        try:
            stat = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
        except OSError:
            return False
        return stat.rpartition(") ")[2][0] != "Z"

    return set(filter(runs_on, processes))


def gone(processes: set[int], seconds: float = 20) -> bool:
    """Whether they end before long: who finds its pipe closed still does so by itself."""
    end = time.monotonic() + seconds
    while alive(processes) and time.monotonic() < end:
        time.sleep(0.05)
    return not alive(processes)


@pytest.fixture
def printing(home: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that is at its papers."""
    with started(home, *PAPER) as process:
        assert until(lambda: bool(staged(home)) and len(children(process)) > 1, process)
        yield process
        process.kill()


def test_killed_while_printing_leaves_no_process(home: Path, printing) -> None:
    workers = children(printing)
    before = contents(home)
    printing.kill()
    printing.wait()
    assert gone(workers)
    assert sound(home, before) == []


@pytest.mark.parametrize("moment", ["reading", "printing"])
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_stopped(number: int, code: int, moment: str, home: Path) -> None:
    before = contents(home)
    with started(home, *(PAPER if moment == "printing" else TABLES)) as process:
        ready = (home / ".lock").exists if moment == "reading" else lambda: bool(staged(home))
        (home / ".lock").unlink()  # it is made anew as the first thing
        assert until(ready, process)
        if moment == "printing":
            assert until(lambda: len(children(process)) > 1, process)
        workers = children(process)
        os.killpg(process.pid, number)  # as a terminal does: everybody gets it
        out, said = process.communicate(timeout=30)
    assert (process.returncode, out) == (code, "")
    assert said == (
        "branchscore: 已中止，以前的结果没有改动 · stopped; earlier results are as they were\n"
    )
    assert gone(workers)
    assert contents(home) == before


def test_what_shall_go_on_after_logging_out_goes_on(home: Path) -> None:
    process = subprocess.Popen(
        ["nohup", SCRIPT, "evaluate", *PAPER],
        cwd=home.parents[1],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with process:
        assert until(lambda: bool(staged(home)), process)
        os.killpg(process.pid, signal.SIGHUP)
        assert process.wait(60) == 0
    assert len(runs(home)) == 2


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "另一次评估正在写 reports/jingan-2023：请等它完成后再运行。什么都没有改动。\n"),
        (
            "en",
            "another run is being written in reports/jingan-2023: wait for it to end, then run "
            "again. Nothing was changed.\n",
        ),
    ],
)
def test_a_second_run_is_told_at_once(language: str, said: str, home: Path) -> None:
    before = contents(home)
    with (home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = call("evaluate", *TABLES, "--lang", language, cwd=home.parents[1])
    assert (done.returncode, done.stdout, done.stderr) == (75, "", said)
    assert contents(home) == before


def test_of_two_runs_the_first_is_done(home: Path, printing) -> None:
    second = call("evaluate", *TABLES, cwd=home.parents[1])
    assert second.returncode == 75
    _, said = printing.communicate(timeout=60)
    assert (printing.returncode, said) == (0, "")
    assert len(runs(home)) == 2
    assert sound(home, {}) == leftovers(home) == []
