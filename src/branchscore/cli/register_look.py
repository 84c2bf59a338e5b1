"""`branchscore register show`, `verify`: what the register says, and whether it can be believed."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import DAMAGED, DONE, near, say
from branchscore.cli.register_desk import (
    campaign_options,
    entry_text,
    home_of,
    leave,
    to_day,
)
from branchscore.text.phrase import Language, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from branchscore.register.book import Book, Damage
    from branchscore.text.phrase import Sentence

WAS = Phrase("请写成 行数:根，如 12:5dc9…（64 位）", "SIZE:ROOT, such as 12:5dc9… (64 hex digits)")
FORKED = Phrase(
    "前 {size} 行的根不是 {root}：登记簿在那以后被改写过",
    "the root of the first {size} lines is not {root}: the register was rewritten since",
)
SHORTER = Phrase(
    "登记簿只有 {have} 行，当时有 {size} 行：末尾的行被删去了",
    "the register has {have} lines, and had {size}: lines were cut off its end",
)
SOUND = Phrase(
    "登记簿完好：{size} 行，根 {size}:{root}",
    "the register is sound: {size} lines, root {size}:{root}",
)
AT_ODDS = Phrase(
    "登记簿行行相接，但与上面所列不符：{size} 行，根 {size}:{root}",
    "its lines follow from each other, but see above: {size} lines, root {size}:{root}",
)
BROKEN = Phrase(
    "登记簿已损坏，只有前 {size} 行可信，根 {size}:{root}",
    "the register is damaged; only the first {size} lines hold, root {size}:{root}",
)
LINE = Phrase("第 {line} 行：{why}", "line {line}: {why}")


@click.command()
@click.option(
    "--on",
    "day",
    metavar="YYYY-MM-DD",
    callback=to_day,
    help="称号和进度看哪一天的 · the day that titles and progress are told for (default: today)",
)
@campaign_options
def show(day: "date | None", out: Path, campaign: str | None, language: Language) -> None:
    """发生过什么，哪些称号有效、到期、该复核，哪些异议未结，现在到哪一步。

    What happened; which titles are in force, ending or due; which objections are open; where the
    campaign stands and what comes next.
    """
    from datetime import datetime  # noqa: PLC0415

    home = home_of(near(out), campaign, language)
    book = _opened(home, language)
    on = day or datetime.now().astimezone().date()
    for line in _shown(book, on, language):
        click.echo(line)
    if book.damage:
        _tell_damage(book.path, book.damage, language)
        sys.exit(DAMAGED)


def _opened(home: Path, language: Language) -> "Book":
    from branchscore.cli.common import UNWRITTEN  # noqa: PLC0415
    from branchscore.register.book import opened  # noqa: PLC0415
    from branchscore.text.system import told  # noqa: PLC0415

    try:
        return opened(home)
    except OSError as error:
        leave(Phrase("{why}", "{why}"), language, UNWRITTEN, why=told(error).say(language))


def _shown(book: "Book", day: "date", language: Language) -> "Iterable[str]":
    from branchscore.outputs.terminal import visible  # noqa: PLC0415
    from branchscore.register.ahead import ahead  # noqa: PLC0415
    from branchscore.register.told import said, title_said  # noqa: PLC0415

    state = book.state
    yield say(
        language, f"{book.path}，{len(book.lines)} 行", f"{book.path}, {len(book.lines)} lines"
    )
    for entry in book.entries:
        yield entry_text(entry, language)
    if state.titles:
        yield say(language, f"\n称号（{day}）", f"\nTitles ({day})")
        for _, title in sorted(state.titles.items()):
            yield f"  {title_said(title, day).say(language)}"
    if waiting := state.open_objections():
        yield say(language, "\n未结的异议", "\nOpen objections")
        yield from (f"  {visible(said(one).say(language))}" for one in waiting)
    yield say(language, f"\n现在到哪一步（{day}）", f"\nWhere it stands ({day})")
    yield from (f"  {step.say(language)}" for step in ahead(state, day))


@click.command()
@click.option(
    "--was",
    metavar="SIZE:ROOT",
    help="公布或回执上的行数和根，核对是不是接着它写的 · lines and root of an earlier day, from a "
    "notice or a receipt",
)
@campaign_options
def verify(was: str | None, out: Path, campaign: str | None, language: Language) -> None:
    """核对登记簿：行行相接，没有改动；登记的评估都在，一字未改；缺什么。

    Check the register: every line follows from the one before, the runs in it are there and
    unchanged, and what is missing. Prints the root that stands for all lines.

    \b
    退出码 · Exit codes
    0  完好 sound
    3  损坏、被改过，或与评估结果不符 damaged, changed, or not in keeping with the runs
    """
    from branchscore.register.runs import held  # noqa: PLC0415

    home = home_of(near(out), campaign, language)
    before = _before(was, language)
    book = _opened(home, language)
    wrong = list(_rewritten(book, before)) if before else []
    runs = held(home, book.state)
    wrong += runs.wrong
    if book.damage:
        _tell_damage(book.path, book.damage, language)
    # What is not in the lines that can be read may well stand in those that cannot.
    remarks = [*(_sentence(d) for d in book.clock()), *(() if book.damage else runs.remarks)]
    for sentences, mark in ((wrong, Phrase("错误", "error")), (remarks, Phrase("提示", "note"))):
        for sentence in sentences:
            _tell(f"{mark.say(language)}: {sentence.say(language)}")
    verdict = BROKEN if book.damage else AT_ODDS if wrong else SOUND
    size, root = str(len(book.lines)), book.root.hex()
    click.echo(verdict.say(language).format(size=size, root=root))
    sys.exit(DONE if verdict is SOUND else DAMAGED)


def _before(was: str | None, language: Language) -> tuple[int, str] | None:
    if was is None:
        return None
    size, _, root = was.partition(":")
    known = size.isascii() and size.isdecimal() and len(size) < 10 and len(root) == 64
    if not known or set(root) - set("0123456789abcdef"):
        raise click.BadParameter(WAS.say(language), param_hint="--was")
    return int(size), root


def _rewritten(book: "Book", before: tuple[int, str]) -> "Iterable[Sentence]":
    from branchscore.register import tree  # noqa: PLC0415
    from branchscore.text.phrase import Sentence  # noqa: PLC0415

    size, root = before
    if size > len(book.lines):
        yield Sentence(SHORTER, {"have": len(book.lines), "size": size})
    elif tree.root(book.lines[:size]).hex() != root:
        yield Sentence(FORKED, {"size": size, "root": root})


def _sentence(damage: "Damage") -> "Sentence":
    from branchscore.text.phrase import Sentence  # noqa: PLC0415

    return Sentence(LINE, {"line": damage.line, "why": damage.why})


def _tell_damage(path: Path, damage: "Damage", language: Language) -> None:
    _tell(f"{path}: {_sentence(damage).say(language)}")


def _tell(text: str) -> None:
    from branchscore.outputs.terminal import visible  # noqa: PLC0415

    click.echo(visible(text), err=True)
