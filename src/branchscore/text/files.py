"""A path → the bytes of a regular file, or an answer; nothing else is ever opened."""

import errno
import os
import stat
from pathlib import Path

from branchscore.text.diagnostics import Diagnostic, Faulty, Span
from branchscore.text.phrase import Phrase

MAX_BYTES = 1 << 20


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of at most `MAX_BYTES`.

    Raises `Faulty` (Y001) for a missing file, a folder, a link, a FIFO or a larger file.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _unreadable(path, WHY.get(error.errno or 0, _system(error))) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise _unreadable(path, Phrase("不是普通文件", "not a regular file"))
        small = status.st_size <= MAX_BYTES
        data = os.read(handle, status.st_size + 1) if small else b""
    except OSError as error:
        raise _unreadable(path, _system(error)) from None
    finally:
        os.close(handle)
    if not small:
        limit = {"limit": f"{MAX_BYTES} bytes"}
        raise Faulty([Diagnostic("Y009", Span(str(path)), "", limit)])
    return data


WHY = {
    errno.ENOENT: Phrase("文件不存在", "there is no such file"),
    errno.EACCES: Phrase("没有读取权限", "permission denied"),
    errno.ELOOP: Phrase("这是链接（快捷方式）", "it is a link"),
}


def _system(error: OSError) -> Phrase:
    message = error.strerror or type(error).__name__
    return Phrase(message, message)


def _unreadable(path: Path, why: Phrase) -> Faulty:
    return Faulty([Diagnostic("Y001", Span(str(path)), "", {"why": why})])
