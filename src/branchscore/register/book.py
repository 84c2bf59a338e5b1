"""The register on disk: one line an event, each holding the hash of the line before.

A line that is there is never written again, and a damaged register is not written to at all.
Whoever appends holds the lock of the campaign's folder.
"""

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from branchscore.register import REGISTER, tree
from branchscore.register.event import Event, canonical, event_of, fields
from branchscore.register.order import refused
from branchscore.register.state import State
from branchscore.text.phrase import Phrase, Sentence

START = "0" * 64
"""What stands for the hash of the line before the first."""
TIME = "%Y-%m-%dT%H:%M:%SZ"
EAST = timedelta(hours=14)
TORN = Phrase(
    "这一行没有写完（可能是写的时候断了电或被中止），当时没有人得到登记成功的答复；可用 "
    "branchscore register mend 移开",
    "this line was never finished (a power cut, or the program was killed); nobody was told that "
    "it had been recorded; branchscore register mend moves it aside",
)
WHOLE = Phrase("没有没写完的行", "there is no unfinished line")
FOREIGN = Phrase(
    "这一行不是本程序写的，或被改过", "this line was not written by this program, or was changed"
)
BROKEN = Phrase(
    "这一行接不上第 {last} 行：第 {last} 行被改过，或者这里有行被删、插入或调换",
    "this line does not follow from line {last}: that one was changed, or a line was removed, "
    "inserted or moved here",
)
MISNUMBERED = Phrase("行号应为 {n}", "this line should have number {n}")
DISORDER = Phrase("这件事不会在这里发生：{why}", "this cannot have happened here: {why}")
ADVANCED = Phrase(
    "登记的时间早于前一行：写这两行之间，电脑的时钟调过",
    "the time is earlier than that of the line before: the clock was set in between",
)


AHEAD = Phrase("{day} 还没有到", "{day} is still to come")
MEANWHILE = Phrase(
    "登记簿刚才被别的程序改动了，什么也没有登记",
    "another program has just changed the register; nothing was recorded",
)


class Entry(NamedTuple):
    """One line, read."""

    n: int
    time: str
    event: Event


class Damage(NamedTuple):
    """What is wrong with a line (from 1); all that follows it proves nothing."""

    line: int
    why: Sentence


class Refused(Exception):  # noqa: N818 - the register is as it was
    """An event that cannot be recorded, in words."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why.say("en"))
        self.why = why


class Damaged(Exception):  # noqa: N818 - nobody's fault here
    """A register that is not written to, because its lines are not whole."""

    def __init__(self, path: Path, damage: Damage) -> None:
        super().__init__(f"{path}:{damage.line}")
        self.path, self.damage = path, damage


@dataclass(frozen=True, slots=True)
class Book:
    """A register as it was read: its sound lines, in the bytes that the tree is over, and what
    follows from them."""

    path: Path
    lines: tuple[bytes, ...]
    entries: tuple[Entry, ...]
    state: State
    damage: Damage | None

    @property
    def root(self) -> bytes:
        return tree.root(self.lines)

    def clock(self) -> list[Damage]:
        """Lines whose time goes back: told, and no damage, since no line was touched."""
        pairs = zip(self.entries, self.entries[1:], strict=False)
        return [Damage(b.n, Sentence(ADVANCED)) for a, b in pairs if b.time < a.time]


def now() -> str:
    return datetime.now(UTC).strftime(TIME)


def opened(home: Path) -> Book:
    """The register of a campaign; an empty one where there is none. Raises OSError."""
    path = home / REGISTER
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return book_of(path, b"")
    with os.fdopen(handle, "rb") as file:
        return book_of(path, file.read())


def book_of(path: Path, raw: bytes) -> Book:
    """A register in its bytes, read up to the first line that is not sound."""
    lines, entries, state = list[bytes](), list[Entry](), State()
    *whole, rest = raw.split(b"\n")
    damage: Damage | None = None
    before = START
    for n, line in enumerate(whole, 1):
        found = _entry(line, n, before, state)
        if isinstance(found, Sentence):
            damage = Damage(n, found)
            break
        state.add(found.event)
        entries.append(found)
        lines.append(line)
        before = sha256(line).hexdigest()
    if damage is None and rest:
        damage = Damage(len(whole) + 1, Sentence(TORN))
    return Book(path, tuple(lines), tuple(entries), state, damage)


def _entry(line: bytes, n: int, before: str, state: State) -> Entry | Sentence:
    try:
        written: dict[str, Any] = json.loads(line)
        if canonical(written) != line:
            return Sentence(FOREIGN)
        head = tuple(written.pop(key) for key in ("n", "time", "before"))
        event = event_of(written)
        _moment(head[1])
        if type(head[0]) is not int or canonical(_line(head, event)) != line:
            return Sentence(FOREIGN)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Sentence(FOREIGN)
    if head[2] != before:
        return Sentence(BROKEN, {"last": n - 1})
    if head[0] != n:
        return Sentence(MISNUMBERED, {"n": n})
    why = _ahead(event, head[1]) or refused(state, event)
    return Sentence(DISORDER, {"why": why}) if why else Entry(n, head[1], event)


def _moment(time: str) -> datetime:
    return datetime.strptime(time, TIME).replace(tzinfo=UTC)


def _ahead(event: Event, time: str) -> Sentence | None:
    """What has a day has happened; a notice alone may lie ahead. The day is that of the easternmost
    clocks, since the time is UTC."""
    day: date | None = getattr(event, "day", None)
    if day is None or day <= (_moment(time) + EAST).date():
        return None
    return Sentence(AHEAD, {"day": day})


def _line(head: tuple[int, str, str], event: Event) -> dict[str, Any]:
    n, time, before = head
    return {"n": n, "time": time, "before": before, **fields(event)}


def append(book: Book, events: Iterable[Event]) -> tuple[Book, Sequence[Entry]]:
    """Record events, all or none. Raises `Refused`, `Damaged`, OSError; then the register is as
    it was."""
    if book.damage:
        raise Damaged(book.path, book.damage)
    time = now()
    state, lines, entries = deepcopy(book.state), list(book.lines), list(book.entries)
    for n, event in enumerate(events, len(lines) + 1):
        why = _ahead(event, time) or refused(state, event)
        if why:
            raise Refused(why)
        state.add(event)
        before = sha256(lines[-1]).hexdigest() if lines else START
        lines.append(canonical(_line((n, time, before), event)))
        entries.append(Entry(n, time, event))
    added = entries[len(book.entries) :]
    if added:
        _write(book.path, joined(lines[len(book.lines) :]), len(joined(book.lines)))
    return Book(book.path, tuple(lines), tuple(entries), state, None), added


def joined(lines: Iterable[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _write(path: Path, raw: bytes, size: int) -> None:
    """Add bytes at the end and force them to disk. Where that fails, what was added is taken
    off again: nobody has been told of it."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(path, flags, 0o666)
    try:
        if os.fstat(handle).st_size != size:
            raise Refused(Sentence(MEANWHILE))
        try:
            left = memoryview(raw)
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)
        except BaseException:
            with suppress(OSError):
                os.ftruncate(handle, size)
                os.fsync(handle)
            raise
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        os.close(handle)
    if not size:
        _sync(path.parent)


def cut_torn(book: Book) -> Path:
    """Move an unfinished last line, of which nobody was told, to a file beside the register.
    Raises `Damaged` for any other damage, OSError."""
    if not book.damage or book.damage.why.wording is not TORN:
        raise Damaged(book.path, book.damage or Damage(0, Sentence(WHOLE)))
    size, aside = len(joined(book.lines)), book.path.with_suffix(f".torn-{len(book.lines) + 1}")
    with book.path.open("r+b") as file:
        file.seek(size)
        aside.write_bytes(file.read())
        file.truncate(size)
        os.fsync(file.fileno())
    return aside


def _sync(folder: Path) -> None:
    """Force to disk that the file is there."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
