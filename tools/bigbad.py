"""Inputs too large or too odd to keep: each must be answered at once and in little memory.

    python tools/bigbad.py [FOLDER]

Without FOLDER its own entries are made in a temporary folder. Every entry, also those in folders
below, is read as a submission in a process of its own, forked when everything is loaded. Prints
seconds, megabytes above the start and the answer; exit code 1 if anything takes more than half a
second or 64 MB, ends in a traceback, or hangs.
"""

import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from badinput import Answer, answer, neutral_form
from branchscore.submission.form import Form
from branchscore.text.limits import Limits

SECONDS, MEGABYTES = 0.5, 64
HANGS = 20
HEAD = b'branch: x\ncode: "1"\nperiod: "2026"\n'
MOST = Limits().size


class Measured(NamedTuple):
    """What reading one entry took, and the answer in short."""

    name: str
    seconds: float
    megabytes: float
    said: str

    @property
    def ok(self) -> bool:
        fits = self.seconds <= SECONDS and self.megabytes <= MEGABYTES
        return fits and self.said not in ("traceback", "no answer")


def files() -> Iterator[tuple[str, bytes]]:
    """Hostile texts, most of them just below the largest size that is read at all."""
    for name, piece in (("list", "["), ("map", "{a: "), ("dash", "- "), ("question", "? ")):
        yield f"deep_{name}", piece.encode() * (MOST // len(piece) - 10)
        yield f"deep_{name}_small", b"branch: " * (piece in "[{a: ") + piece.encode() * 5000
    yield "deep_block", b"".join(b" " * i + b"a:\n" for i in range(1400))
    yield "long_text", HEAD + b'note: "' + b"x" * (MOST - 100) + b'"\n'
    yield "long_hanzi", HEAD + b"note: " + "好".encode() * 340_000
    yield "long_word", HEAD + b"note: " + b"A" * 90_000 + "\nleader: я\n".encode()
    yield "crosses", HEAD + b"note: a" + "×".encode() * 90_000 + b"\n"
    yield "many_keys", HEAD + b"scores:\n" + b"".join(b"  k%d: 1\n" % i for i in range(49_000))
    yield "same_keys", HEAD + b"scores:\n" + b"  k: 1\n" * 49_000
    yield (
        "twin_keys",
        HEAD
        + b"scores:\n"
        + b"".join(f"  {n}k{i}: 1\n".encode() for i in range(24_000) for n in ("", "\u3000")),
    )
    yield "many_values", HEAD + b"awards: [" + b"1," * 500_000 + b"]\n"
    yield "same_awards", HEAD + b"awards: [" + b"a," * 49_000 + b"]\n"
    yield "joined_awards", HEAD + b"awards: [" + "a，b,".encode() * 49_000 + b"]\n"
    yield (
        "wrong_numbers",
        HEAD
        + b"scores:\n"
        + b"".join(b"  k%d: %d%s\n" % (i, i, "分".encode()) for i in range(24_000)),
    )
    yield "unknown_keys", HEAD + b"".join(b"membres%d: 1\n" % i for i in range(24_000))
    yield "wrong_awards", HEAD + b"awards: [" + b"[a]," * 24_000 + b"]\n"
    yield "comments", HEAD + b"# x\n" * 200_000
    yield "number_signs", HEAD + b"note: x" + b" #" * 500_000 + b"\n"
    yield "blank_lines", HEAD + b"\n" * (MOST - 100) + b"note: x\n"
    yield "anchors", HEAD + b"awards:\n" + b"".join(b"- &a%d 1\n" % i for i in range(60_000))
    yield "tags", HEAD + b"awards:\n" + b"- !x 1\n" * 49_000
    yield "base_60", HEAD + b"members: 1" + b":59" * 30_000 + b"\n"
    yield "digits", HEAD + b"members: " + b"9" * 99_000 + b"\n"
    yield "underscores", HEAD + b"members: " + b"9_" * 49_000 + b"\n"
    yield "commas", HEAD + b"members: 1" + b",000" * 24_000 + b"x\n"
    yield "blanks", HEAD + b'members: "9' + b" " * 99_000 + b'x"\n'
    yield "documents", b"---\n" * 250_000
    yield "garbage", bytes(range(256)) * 4000
    yield "invisible", HEAD + b"note: " + "\u200b".encode() * 340_000 + b"\n"
    yield "escapes", HEAD + b'note: "' + b"\\u200b" * 170_000 + b'"\n'
    yield "escapes_fine", HEAD + b'note: "' + b"\\u597d" * 90_000 + b'"\n'
    yield "quotes", HEAD + b"note: " + "“".encode() * 99_000 + b"\n"
    yield "radicals", HEAD + b"note: " + "⽂".encode() * 99_000 + b"\n"
    yield "surrogates", HEAD + b"note: " + b"\xed\xa0\x80" * 300_000
    yield "gbk", "第三支部\n".encode("gbk") * 100_000
    for levels in (9, 30, 60):
        rows = [b"a0: &a0 [lol]"]
        rows += [
            b"a%d: &a%d [%s]" % (i, i, b",".join([b"*a%d" % (i - 1)] * 10))
            for i in range(1, levels)
        ]
        yield f"laughs_{levels}", b"\n".join(rows)


def made(folder: Path) -> None:
    """All entries: texts, a huge empty file, and what is no file or has an odd name."""
    for name, raw in files():
        (folder / f"{name}.yaml").write_bytes(raw)
    with (folder / "sparse.yaml").open("wb") as sparse:
        sparse.truncate(4 << 30)
    odd = folder / "odd"
    odd.mkdir()
    (odd / "folder.yaml").mkdir()
    for name, target in (("loop", "loop.yaml"), ("dangling", "nowhere"), ("device", "/dev/zero")):
        (odd / f"{name}.yaml").symlink_to(target)
    os.mkfifo(odd / "fifo.yaml")
    names = ("a b", "-rf", "a\nb", "\u202elmay", "café", "cafe\u0301", "~$x", "CON", "x" * 250)
    for name in names:
        (odd / f"{name}.yaml").write_bytes(HEAD)
    Path(os.fsdecode(os.fsencode(odd) + b"/\xb5\xda.yaml")).write_bytes(HEAD)


def measured(path: Path, name: str, form: Form) -> Measured:
    """Read one entry in a child, which is stopped if it does not answer."""
    receive, send = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(HANGS)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        given = answer(path, form)
        seconds = time.perf_counter() - start
        more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        os.write(send, f"{seconds} {more / 1024} {_short(given)}".encode())
        os._exit(0)
    os.close(send)
    with os.fdopen(receive) as file:
        words = file.read().split(" ", 2)
    os.waitpid(child, 0)
    if len(words) < 3:
        return Measured(name, HANGS, 0, "no answer")
    return Measured(name, float(words[0]), float(words[1]), words[2])


def _short(given: Answer) -> str:
    if given.crash:
        return "traceback"
    codes = dict.fromkeys(fault.code for fault in given.faults)
    return " ".join(codes) if codes else "accepted"


def entries(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from entries(path)


def main(folder: Path) -> int:
    form, worst, bad = neutral_form(), Measured("", 0, 0, ""), 0
    for path in entries(folder):
        one = measured(path, repr(str(path.relative_to(folder)))[1:-1], form)
        bad += not one.ok
        worst = Measured("", max(worst.seconds, one.seconds), max(worst[2], one.megabytes), "")
        said = "ok" if one.ok else "NOT"
        print(
            f"{said:4} {one.seconds:6.3f} s {one.megabytes:6.1f} MB  {one.name[:40]:40} {one.said}"
        )
    print(f"worst {worst.seconds:.3f} s, {worst.megabytes:.1f} MB; {bad} not answered in time")
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as scratch:
        made(Path(scratch))
        sys.exit(main(Path(scratch)))
