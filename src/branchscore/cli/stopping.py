"""A command that is stopped from outside ends in order: no traceback, nothing half done."""

import signal
from types import FrameType
from typing import NoReturn

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SAID = "branchscore: 已中止，以前的结果没有改动 · stopped; earlier results are as they were\n"


class Stopped(SystemExit):
    """Passes through everything that tidies up on its way; the exit code is the shell's for
    the signal."""

    code: int


def heed() -> None:
    """Turn the signals that stop a program into `Stopped`. Those that somebody wants ignored,
    as `nohup` does, stay ignored."""
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    # A second one must not interrupt the tidying.
    for other in SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    raise Stopped(128 + number)
