"""What becomes of a run where the disk refuses: every call that writes is made to fail in turn."""

import errno
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from branchscore.cli.main import cli
from branchscore.text.phrase import Phrase
from branchscore.text.system import WHY, refusal
from campaign import SCRIPT, copied
from runs import contents, leftovers, runs, sound

CALLS = ("open", "write", "fsync", "close", "mkdir", "rename", "replace", "symlink")
CLEARING = ("unlink", "rmdir")
REFUSALS = (errno.ENOSPC, errno.EIO, errno.EACCES)


class Disk:
    """Refuses the n-th call that would change something below one folder."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.handles = str(folder), set[int]()
        self.fails_at, self.number, self.calls = 0, 0, list[str]()
        for name in (*CALLS, *CLEARING):
            patch.setattr(os, name, self.instead(name, getattr(os, name)))

    def refuse(self, nth: int, number: int) -> None:
        self.fails_at, self.number, self.calls = nth, number, []

    def concerned(self, name: str, first: Any, how: dict[str, Any]) -> bool:
        if name in ("write", "fsync", "close"):
            return first in self.handles
        if how.get("dir_fd") is not None:
            return how["dir_fd"] in self.handles
        return os.path.abspath(os.fspath(first)).startswith(self.folder)  # noqa: PTH100

    def instead(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **how: Any) -> Any:
            # Links are made at their second argument.
            place = args[1] if name == "symlink" else args[0]
            if not self.concerned(name, place, how):
                return real(*args, **how)
            self.calls.append(name)
            refused = len(self.calls) == self.fails_at
            if name == "close":
                self.handles.discard(args[0])
                real(*args)
            if refused:
                where = () if isinstance(place, int) else (str(place),)
                raise OSError(self.number, os.strerror(self.number), *where)
            done = None if name == "close" else real(*args, **how)
            if name == "open":
                self.handles.add(done)
            return done

        return called


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(copied(tmp_path, ["JA-03"]))
    done = evaluated("zh")
    assert done.exit_code == 0, done.output
    return tmp_path / "reports" / "jingan-2023"


def evaluated(language: str) -> Result:
    return CliRunner().invoke(cli, ["evaluate", "--only", "json,csv", "--lang", language])


def each_refused(home: Path, disk: Disk, number: int) -> Iterator[tuple[Result, dict[str, str]]]:
    """A run for every call that can fail, with what stood there before it."""
    for nth in range(1, 200):
        before = contents(home)
        disk.refuse(nth, number)
        done = evaluated("zh" if nth % 2 else "en")
        reached = len(disk.calls) >= nth
        disk.refuse(0, 0)
        if not reached:
            return
        yield done, before


@pytest.mark.parametrize("number", REFUSALS, ids=lambda n: errno.errorcode[n])
def test_refused_at_every_point(number: int, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(home.parent, monkeypatch)
    outcomes = []
    why = WHY[number]
    for done, before in each_refused(home, disk, number):
        assert sound(home, before) == []
        assert leftovers(home) == []
        assert done.exception is None or isinstance(done.exception, SystemExit)
        outcomes.append(done.exit_code)
        if done.exit_code == 74:
            assert contents(home) == before
            assert told(done.stderr, why), done.stderr
        else:  # what may fail for once: a link, where a file can stand in for it
            assert (done.exit_code, done.stderr) == (0, "")
            assert len(runs(home)) == len({n.partition("/")[0] for n in before if n[0] == "0"}) + 1
    assert outcomes.count(74) > 18
    assert outcomes.count(0) < 6


def told(text: str, why: Phrase) -> bool:
    """In one language, with the file; and that nothing is lost."""
    first, last, end = text.split("\n")
    zh = first.startswith("未能写出结果：reports/jingan-2023") and last == "以前的结果没有改动。"
    en = first.startswith("no results were written: reports/jingan-2023") and (
        last == "Earlier results are as they were."
    )
    return end == "" and (
        (zh and first.endswith(f": {why.zh}")) or (en and first.endswith(f": {why.en}"))
    )


def test_refused_while_clearing_up_after_one_that_was_killed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(home.parent, monkeypatch)

    def leave() -> None:
        left = home / ".unfinished-0002"
        (left / "branches").mkdir(parents=True, exist_ok=True)
        (left / "branches" / "JA-03.pdf").write_bytes(b"%PDF")
        (home / "latest").unlink(missing_ok=True)

    nth = 0
    while nth < 12:
        nth += 1
        leave()
        before = contents(home)
        disk.refuse(nth, errno.EIO)
        done = evaluated("zh")
        refused = disk.calls[nth - 1]
        disk.refuse(0, 0)
        kept = {name: hashed for name, hashed in before.items() if name[:1] == "0"}
        assert {n: h for n, h in contents(home).items() if n in kept} == kept
        assert done.exit_code == 74 or refused == "symlink", refused
        assert "Traceback" not in done.output
    assert evaluated("zh").exit_code == 0
    assert leftovers(home) == []
    assert (home / "latest").resolve() == runs(home)[-1]


def test_a_latest_that_a_killed_run_did_not_move_is_moved(home: Path) -> None:
    evaluated("zh")
    (home / "latest").unlink()
    (home / "latest").symlink_to("0001")
    (home / ".latest").symlink_to("0002")
    (home / ".lock").chmod(0o600)
    done = CliRunner().invoke(cli, ["evaluate", "--only", "nothing"])
    assert done.exit_code == 2
    assert evaluated("zh").exit_code == 0
    assert leftovers(home) == []
    assert (home / "latest").resolve().name == "0003"


def test_where_there_are_no_links_a_file_names_the_run(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*args: object, **how: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "symlink", none)
    assert evaluated("zh").exit_code == 0
    assert (home / "latest").read_text(encoding="utf-8") == "0002\n"
    assert evaluated("zh").exit_code == 0
    assert (home / "latest").read_text(encoding="utf-8") == "0003\n"
    assert sound(home, {}) == leftovers(home) == []


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "文件超出允许的大小"), ("en", "the file is larger than allowed")]
)
def test_a_real_limit_of_the_system(language: str, said: str, home: Path) -> None:
    """No double here: the kernel itself refuses to write more than 20 kB to a file."""
    before = contents(home)
    done = subprocess.run(
        [SCRIPT, "evaluate", "--only", "json,csv", "--lang", language],
        cwd=home.parents[1],
        capture_output=True,
        check=False,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert done.returncode == 74
    assert f"results.json: {said}\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(home) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything")
def test_a_folder_that_is_read_only(home: Path) -> None:
    before = contents(home)
    home.chmod(0o555)
    done = evaluated("zh")
    home.chmod(0o755)
    assert done.exit_code == 74
    assert "没有权限" in done.stderr
    assert contents(home) == before


def test_what_no_list_knows_is_told_by_its_name() -> None:
    odd = refusal(OSError(errno.EXDEV, "Invalid cross-device link"))
    assert odd == Phrase("系统出错（EXDEV）", "Invalid cross-device link")
