"""A page that would hang or eat the machine is named, and ends with its process."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from branchscore.outputs import limits, press
from branchscore.outputs.fonts import write_config
from branchscore.outputs.press import PaperError
from branchscore.outputs.workers import Died, Team
from branchscore.text.phrase import Phrase

PAGE = "<!doctype html><html lang='zh'><title>t</title><p>一页</p>"
FLEX = "<div style='display:flex'>" * 16 + "x" + "</div>" * 16
LINES = "<br>" * 60_000


def strict(config: str) -> Callable[[str], bytes | PaperError]:
    """As in a run, but for less: tests do not want to wait half a minute."""
    limits.START_SECONDS = 3
    limits.START_BYTES = 600 << 20
    limits.BYTES_PER_CHARACTER = 0
    return press._start(config)


def printed(pages: list[tuple[str, str]], folder: Path) -> dict[str, bytes]:
    with closing(Team(2, strict, str(write_config(folder)))) as team:
        names = [name for name, _ in pages]
        return dict(zip(names, press._printed(team, pages), strict=True))


def test_an_honest_page_stays_within_the_limits(tmp_path: Path) -> None:
    pages = [(f"{n}.pdf", PAGE) for n in range(6)]
    done = printed(pages, tmp_path)
    assert list(done) == [name for name, _ in pages]
    assert {content[:5] for content in done.values()} == {b"%PDF-"}
    assert len(set(done.values())) == 1


def test_a_page_that_takes_for_ever_is_named(tmp_path: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(PaperError) as told:
        printed([("a.pdf", PAGE), ("b.pdf", FLEX), ("c.pdf", PAGE)], tmp_path)
    assert told.value.why == Phrase(
        "b.pdf：排版时间超出限制", "b.pdf: laying it out takes longer than allowed"
    )
    assert time.monotonic() - begun < 60


def test_a_page_that_eats_memory_is_named(tmp_path: Path) -> None:
    with pytest.raises(PaperError) as told:
        printed([("a.pdf", PAGE), ("b.pdf", LINES)], tmp_path)
    # Where the text libraries run out of memory before Python does, they end the process.
    assert told.value.why.en.startswith("b.pdf: ")
    assert told.value.why.en.endswith(("more memory than allowed", "memory may be short"))


def test_a_page_that_breaks_the_library_is_named(tmp_path: Path) -> None:
    with pytest.raises(PaperError) as told:
        printed([("a.pdf", PAGE), ("b.pdf", "<div>" * 400 + "x")], tmp_path)
    assert told.value.why.zh.startswith("b.pdf：排版出错：RecursionError")


def dying(settings: str) -> Callable[[str], str]:
    def work(task: str) -> str:
        if task == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if task == "leave":
            os._exit(3)
        return f"{task} {settings}"

    return work


def test_a_worker_that_dies_says_at_what() -> None:
    with closing(Team(2, dying, "done")) as team:
        assert list(team.answers(["a", "b", "c"])) == ["a done", "b done", "c done"]
        with pytest.raises(Died) as death:
            list(team.answers(["a", "b", "die", "c", "d"]))
        assert (death.value.task, death.value.code) == (2, -signal.SIGKILL)
    assert press._cause(-signal.SIGKILL).en.startswith("printing it broke off (SIGKILL)")
    with closing(Team(1, dying, "")) as team, pytest.raises(Died) as death:
        list(team.answers(["leave"]))
    assert (death.value.task, death.value.code) == (0, 3)
    assert press._cause(3).zh.startswith("排版进程中断（exit code 3）")


def test_a_longer_page_may_cost_more(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(limits.resource, "setrlimit", lambda kind, both: asked.append(both[0]))
    limits.allow("")
    limits.allow("x" * 1_000_000)
    assert asked[3] - asked[0] in (100, 101)
    assert asked[4] - asked[1] == 1500 * 1_000_000
    assert asked[2] == asked[5] == 0
