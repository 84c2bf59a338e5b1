"""A path → the bytes of a regular file, or an answer; nothing else is ever opened."""

import os
import stat
from pathlib import Path

from branchscore.text.diagnostics import Diagnostic, Faulty, Span
from branchscore.text.limits import limits
from branchscore.text.phrase import Phrase
from branchscore.text.system import refusal


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file that is not larger than the limit.

    Raises `Faulty` (Y001) for a missing file, a folder, a link, a FIFO or a larger file.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _unreadable(path, refusal(error)) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise _unreadable(path, Phrase("不是普通文件", "not a regular file"))
        small = status.st_size <= limits().size
        data = os.read(handle, status.st_size + 1) if small else b""
    except OSError as error:
        raise _unreadable(path, refusal(error)) from None
    finally:
        os.close(handle)
    if not small:
        limit = Phrase(f"{limits().size} 字节", f"{limits().size} bytes")
        raise Faulty([Diagnostic("Y009", Span(str(path)), "", {"limit": limit})])
    return data


def _unreadable(path: Path, why: Phrase) -> Faulty:
    return Faulty([Diagnostic("Y001", Span(str(path)), "", {"why": why})])
