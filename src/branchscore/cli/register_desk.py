"""What the commands of the register share: finding it, holding it, telling what was recorded."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

import click

from branchscore.cli.common import (
    DAMAGED,
    FAULTY,
    LOCKED,
    UNWRITTEN,
    WRONG_CALL,
    language_option,
    near,
    say,
    tables_in,
    tell_faults,
)
from branchscore.text.phrase import Language, Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branchscore.criteria.model import Criteria
    from branchscore.register.book import Book, Damage, Entry
    from branchscore.register.event import Event

Command = TypeVar("Command", bound=Callable[..., object])
NO_REGISTER = Phrase(
    "{out} 里没有登记簿：请先冻结评分表（branchscore register criteria 评分表.yaml）",
    "there is no register in {out}: begin by freezing the criteria "
    "(branchscore register criteria FILE)",
)
SEVERAL = Phrase(
    "{out} 里有几本登记簿，请用 --campaign 写明：{names}",
    "there are several registers in {out}; name one with --campaign: {names}",
)
BROKEN = Phrase(
    "{path} 第 {line} 行：{why}\n登记簿已损坏，不再写入，什么也没有登记。请用 "
    "branchscore register verify 查看，并与备份核对。",
    "{path}, line {line}: {why}\nThe register is damaged and is not written to; nothing was "
    "recorded. See branchscore register verify, and compare it with a copy.",
)
BUSY = Phrase(
    "另一个命令正在写 {home}：请等它完成后再试。什么也没有登记。",
    "another command is writing in {home}: wait for it to end, then try again. Nothing was "
    "recorded.",
)
LOST = Phrase("没有登记成功：{why}", "nothing was recorded: {why}")
REFUSED = Phrase("不能登记：{why}", "refused: {why}")
NOT_FROZEN = Phrase(
    "找不到冻结的那份评分表（sha256 {sha256}…）：请用 --criteria 写明它在哪里；改过的文件不算",
    "the frozen criteria file (sha256 {sha256}…) was not found: name it with --criteria; a file "
    "that was changed is another one",
)


NO_RUN = Phrase(
    "第 {run} 次评估没有登记：请先运行 branchscore register scored {run}",
    "run {run} is not in the register: branchscore register scored {run} comes first",
)
out_option = click.option(
    "--out",
    "-o",
    default="reports",
    show_default=True,
    type=click.Path(path_type=Path),
    help="结果所在的文件夹 · where runs are kept",
)


class Desk(NamedTuple):
    """A register that is held: nobody else writes to it meanwhile."""

    home: Path
    book: "Book"
    language: Language

    def record(self, events: "Iterable[Event]") -> "tuple[Book, Sequence[Entry]]":
        """Append events and print a line for each."""
        from branchscore.register.book import append  # noqa: PLC0415

        book, entries = append(self.book, events)
        for entry in entries:
            click.echo(entry_text(entry, self.language))
        return book, entries


def campaign_options(command: Command) -> Command:
    """Where the register is."""
    campaign = click.option(
        "--campaign",
        metavar="ID",
        help="评分表代号，有几本登记簿时才要写 · id of the criteria, where there are several",
    )
    return out_option(campaign(language_option(command)))


def day_option(name: str, help_text: str) -> Callable[[Command], Command]:
    """A day as YYYY-MM-DD; there is no other way to write it, and none is taken for granted."""
    return click.option(name, required=True, metavar="YYYY-MM-DD", callback=to_day, help=help_text)


def to_day(_: click.Context, option: click.Parameter, text: str | None) -> "date | None":
    from datetime import date  # noqa: PLC0415

    from branchscore.text.scalars import DAY  # noqa: PLC0415

    if text is None:
        return None
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise click.BadParameter("日期写成 2026-11-24 · write days as 2026-11-24", param=option)


def home_of(out: Path, campaign: str | None, language: Language) -> Path:
    """The folder of the only register below `out`, or of the one that is named."""
    from branchscore.register import REGISTER  # noqa: PLC0415

    homes = sorted(path.parent for path in out.glob(f"*/{REGISTER}"))
    if campaign is not None:
        homes = [home for home in homes if home.name == campaign]
    if len(homes) != 1:
        names = ", ".join(home.name for home in homes)
        wording = SEVERAL if homes else NO_REGISTER
        leave(wording, language, WRONG_CALL, out=str(out), names=names)
    return near(homes[0])


@contextmanager
def held(home: Path, language: Language) -> Iterator[Desk]:
    """The register of a folder, locked. Whatever forbids to record ends the command, told."""
    from branchscore.outputs.opened import NoRun  # noqa: PLC0415
    from branchscore.register.book import Damaged, Refused, opened  # noqa: PLC0415
    from branchscore.run.lock import Busy, locked  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415
    from branchscore.text.system import told  # noqa: PLC0415

    try:
        with locked(home):
            book = opened(home)
            if book.damage:
                raise Damaged(book.path, book.damage)
            yield Desk(home, book, language)
    except Damaged as damaged:
        broken(damaged.path, damaged.damage, language)
    except Refused as refused:
        leave(REFUSED, language, FAULTY, why=refused.why.say(language))
    except NoRun as none:
        leave(REFUSED, language, WRONG_CALL, why=none.why.say(language))
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        sys.exit(FAULTY)
    except Busy as busy:
        leave(BUSY, language, LOCKED, home=str(busy.home))
    except OSError as error:
        leave(LOST, language, UNWRITTEN, why=told(error).say(language))


def broken(path: Path, damage: "Damage", language: Language) -> NoReturn:
    why = damage.why.say(language)
    leave(BROKEN, language, DAMAGED, path=str(path), line=str(damage.line), why=why)


def leave(wording: Phrase, language: Language, code: int, **values: str) -> NoReturn:
    """Say why on the error stream, and end."""
    from branchscore.outputs.terminal import visible  # noqa: PLC0415

    texts = {name: visible(text) for name, text in values.items()}
    click.echo(wording.say(language).format_map(texts), err=True)
    sys.exit(code)


def entry_text(entry: "Entry", language: Language) -> str:
    from branchscore.outputs.terminal import visible  # noqa: PLC0415
    from branchscore.register.told import said  # noqa: PLC0415

    return f"{entry.n:>4}  {entry.time}  {visible(said(entry.event).say(language))}"


def frozen(desk: Desk, named: Path | None) -> "Criteria":
    """The criteria file that the register froze, found by its hash."""
    from hashlib import sha256  # noqa: PLC0415

    from branchscore.criteria.inherit import resolve  # noqa: PLC0415
    from branchscore.criteria.reading import criteria_of  # noqa: PLC0415
    from branchscore.register.book import Refused  # noqa: PLC0415
    from branchscore.register.order import FIRST  # noqa: PLC0415
    from branchscore.text.files import read_bytes  # noqa: PLC0415
    from branchscore.text.phrase import Sentence  # noqa: PLC0415
    from branchscore.text.source import parse, read  # noqa: PLC0415

    if not desk.book.state.criteria:
        raise Refused(Sentence(FIRST))
    wanted = desk.book.state.criteria[-1].sha256
    for path in [named] if named else tables_in(Path("criteria")):
        raw = read_bytes(path)
        if sha256(raw).hexdigest() == wanted:
            return criteria_of(resolve(parse(raw, str(path)), read))
    raise Refused(Sentence(NOT_FROZEN, {"sha256": wanted[:16]}))


def run_of(desk: Desk, name: str) -> str:
    """The name of a run that is in the register; `latest` is the newest in it."""
    from branchscore.register.book import Refused  # noqa: PLC0415
    from branchscore.text.phrase import Sentence  # noqa: PLC0415

    known = list(desk.book.state.runs)
    if name == "latest" and known:
        return known[-1]
    if name not in known:
        raise Refused(Sentence(NO_RUN, {"run": name}))
    return name


def words(text: str, option: str) -> str:
    """Words for the register: on one line, without personal data that can be told by its form.
    Names cannot; that is said in the help."""
    import unicodedata  # noqa: PLC0415

    from branchscore.register.event import MOST_WORDS  # noqa: PLC0415
    from branchscore.text.personal import masked  # noqa: PLC0415

    try:
        text.encode()
    except UnicodeEncodeError:
        raise click.BadParameter("UTF-8", param_hint=option) from None
    kept = masked(unicodedata.normalize("NFC", " ".join(text.split())))
    if not kept or len(kept) > MOST_WORDS:
        raise click.BadParameter(f"1–{MOST_WORDS}", param_hint=option)
    return kept


def told_masked(before: str, after: str, language: Language) -> None:
    if "*" in after and "*" not in before:
        click.echo(
            say(
                language,
                "文字里像是个人信息的部分已用 * 代替后登记。",
                "What looks like personal data was recorded as *.",
            ),
            err=True,
        )
