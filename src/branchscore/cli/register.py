"""`branchscore register`: the campaign's register, from the frozen criteria to the last title."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import (
    FAULTY,
    LOCKED,
    language_option,
    near,
    say,
    tables_in,
    tell_faults,
)
from branchscore.cli.register_desk import (
    BUSY,
    broken,
    campaign_options,
    held,
    home_of,
    leave,
    out_option,
    to_day,
)
from branchscore.cli.register_intake import checked, received
from branchscore.cli.register_look import show, verify
from branchscore.cli.register_notice import notice, objection, rechecked
from branchscore.cli.register_titles import named, reviewed, withdrawn
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from datetime import date


@click.group()
def register() -> None:
    """命名登记簿：收件、评估、公示、异议、命名、复核、撤销，只增不改。

    The campaign's register: what was received, scored, announced, objected to, named, re-checked
    and withdrawn. Lines are only added, and any change of one is found.

    \b
    退出码 · Exit codes
    0   完成 done
    1   不能登记，或文件有错 refused, or a file has errors
    2   调用有误 wrong call
    3   登记簿损坏，或与评估结果不符 the register is damaged, or does not fit the runs
    74  没有写成 it could not be written
    75  另一个命令正在写 another command is writing
    """


@register.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@out_option
@language_option
def criteria(file: Path | None, out: Path, language: Language) -> None:
    """冻结评分表，登记簿从这里开始；以后改了再冻结一次，两次都留着。

    Freeze a criteria file: the register begins with it. Of a later change the old and the new
    file both stay on record.
    """
    from hashlib import sha256  # noqa: PLC0415

    from branchscore.criteria.reading import read_criteria  # noqa: PLC0415
    from branchscore.register.event import CriteriaFrozen  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415
    from branchscore.text.personal import masked  # noqa: PLC0415

    tables = [near(file)] if file else tables_in(Path("criteria"))
    if len(tables) != 1:
        raise click.UsageError(say(language, "请写明评分表", "name the criteria file"))
    try:
        table, document = read_criteria(tables[0])
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        sys.exit(FAULTY)
    frozen = CriteriaFrozen(
        campaign=table.id,
        file=masked(tables[0].name),
        sha256=sha256(document.raw).hexdigest(),
    )
    with held(near(out) / table.id, language) as desk:
        desk.record([frozen])


@register.command()
@click.argument("run")
@campaign_options
def scored(run: str, out: Path, campaign: str | None, language: Language) -> None:
    """登记一次评估（evaluate 在有登记簿时自己登记）。RUN 如 0003 或 latest。

    Record a run; where there is a register, `evaluate` does it by itself. RUN is 0003 or latest.
    """
    from branchscore.outputs.opened import run_in  # noqa: PLC0415
    from branchscore.register.runs import scored_of  # noqa: PLC0415

    with held(home_of(near(out), campaign, language), language) as desk:
        folder = desk.home / run
        desk.record([scored_of(run_in(folder).resolve() if run == "latest" else folder)])


@register.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--day",
    metavar="YYYY-MM-DD",
    callback=to_day,
    help="哪一天决定的 · day of the decision (default: the newest in the file)",
)
@campaign_options
def decided(
    file: Path, day: "date | None", out: Path, campaign: str | None, language: Language
) -> None:
    """登记评审委员会的决定（decisions/ 里的文件）。

    Record a decision of the commission (a file of decisions/).
    """
    from hashlib import sha256  # noqa: PLC0415

    from branchscore.register.event import Decided  # noqa: PLC0415
    from branchscore.text.personal import masked  # noqa: PLC0415
    from branchscore.text.source import read  # noqa: PLC0415

    with held(home_of(near(out), campaign, language), language) as desk:
        document = read(near(file))
        on = day or max(_days(document.root), default=None)
        if on is None:
            raise click.UsageError(say(language, "请写明 --day", "say the --day"))
        digest = sha256(document.raw).hexdigest()
        desk.record([Decided(file=masked(file.name), sha256=digest, day=on)])


def _days(value: object) -> "list[date]":
    """The days that a file states under `day` or 日期, however deep."""
    from datetime import date  # noqa: PLC0415

    if isinstance(value, list):
        return [day for inner in value for day in _days(inner)]
    found = list["date"]()
    for key, inner in value.items() if isinstance(value, dict) else ():
        if key in ("day", "日期") and isinstance(inner, str):
            with suppress(ValueError):
                found.append(date.fromisoformat(inner))
        found += _days(inner)
    return found


@register.command()
@campaign_options
def mend(out: Path, campaign: str | None, language: Language) -> None:
    """断电留下的半行：移到旁边的文件里，登记簿才能继续写。别的损坏不能这样修。

    Move a half line that a power cut left to a file beside the register, so that it can be
    written to again. No other damage can be mended.
    """
    from branchscore.register.book import Damaged, cut_torn, opened  # noqa: PLC0415
    from branchscore.run.lock import Busy, locked  # noqa: PLC0415

    home = home_of(near(out), campaign, language)
    try:
        with locked(home):
            aside = cut_torn(opened(home))
    except Damaged as damaged:
        if damaged.damage.line:
            broken(damaged.path, damaged.damage, language)
        click.echo(damaged.damage.why.say(language))
    except Busy as busy:
        leave(BUSY, language, LOCKED, home=str(busy.home))
    else:
        click.echo(say(language, f"已移到 {aside}", f"moved to {aside}"))


for command in (
    received,
    checked,
    notice,
    objection,
    rechecked,
    named,
    reviewed,
    withdrawn,
    show,
    verify,
):
    register.add_command(command)
