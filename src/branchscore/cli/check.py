"""`branchscore check`: what is wrong with files, and what a submission would come to."""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import (
    DONE,
    FAULTY,
    WRONG_CALL,
    criteria_option,
    language_option,
    say,
    tables_in,
    tell_faults,
)
from branchscore.cli.fix import mend_files
from branchscore.cli.precheck import fitting, prechecked, write_page
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.criteria.model import Criteria
    from branchscore.outputs.precheck import PreCheckSaid
    from branchscore.submission.reading import Submission


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@criteria_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="输出格式 · how faults are written",
)
@click.option(
    "--details",
    is_flag=True,
    help="几份申报也逐份自查 · a pre-check of each submission, also of several",
)
@click.option("--quiet", "-q", is_flag=True, help="只说错误和提醒 · only faults and warnings")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="以这一天为准还能做什么（不写则考核期算已结束） · the day it is asked on; without it the "
    "period counts as over",
)
@click.option(
    "--page",
    type=click.Path(path_type=Path),
    callback=fitting,
    help="把一份申报的自查写成大字页，.html 或 .pdf · the pre-check in large type",
)
@click.option(
    "--fix",
    is_flag=True,
    help="改正不用猜就能改的（编码、全角符号、日期写法等），原件另存 · mend what needs no guess "
    "(encoding, full-width signs, forms of dates …); the original is kept",
)
@click.option(
    "--dry-run", is_flag=True, help="只显示 --fix 会怎样改 · only show what --fix would change"
)
@language_option
def check(
    files: Sequence[Path],
    criteria: Path | None,
    form: str,
    details: bool,
    quiet: bool,
    on: datetime | None,
    page: Path | None,
    fix: bool,
    dry_run: bool,
    language: Language,
) -> None:
    """检查评分表、申报或评审表；只有一份申报时，还说明缺什么、能得多少分、怎样多得。

    Check criteria files, submissions or review sheets; of a single submission also say what is
    missing, what it would come to, and how it could earn more.
    """
    from branchscore.evaluation import check as checked  # noqa: PLC0415
    from branchscore.text.folders import found  # noqa: PLC0415
    from branchscore.text.manual import is_error  # noqa: PLC0415

    tables = [criteria] if criteria else tables_in(Path("criteria"))
    paths, _ = found(files)
    if not paths:
        click.echo(say(language, "没有可读的文件。", "Nothing to read."), err=True)
        sys.exit(WRONG_CALL)
    if page and len(paths) != 1:
        raise click.BadParameter(
            say(language, "请只写一份申报", "name one submission"), param_hint="--page"
        )
    sound: list[tuple[Submission, Criteria]] = []
    faults = None
    if fix or dry_run:
        faults = mend_files(paths, tables, language, dry_run, aside=form != "text")
    if faults is None:
        faults = checked(paths, tables, lambda submission, table: sound.append((submission, table)))
    errors = sum(map(is_error, faults))
    looked = not quiet and (details or (len(sound) == 1 and not errors))
    day: date | None = on.date() if on else None
    said = prechecked(sound, day) if looked or page else []
    if page:
        write_page(page, paths[0], faults, said[0] if said else None, language)
    shown = said if looked else []
    if form != "text":
        from branchscore.outputs.machines import FORMATS  # noqa: PLC0415

        click.echo(FORMATS[form](faults, shown, language))
        sys.exit(FAULTY if errors else DONE)
    tell_faults(faults, language)
    if not quiet:
        _tell(shown, len(paths), errors, len(faults) - errors, language)
    if page:
        click.echo(say(language, f"已写出 {page}。", f"{page} is written."))
    sys.exit(FAULTY if errors else DONE)


def _tell(
    shown: "Sequence[PreCheckSaid]", files: int, errors: int, warnings: int, language: Language
) -> None:
    if shown:
        from branchscore.outputs.telling import text  # noqa: PLC0415

        for said in shown:
            click.echo(text(said, language) + "\n")
    click.echo(
        say(
            language,
            f"检查 {files} 个文件，{errors} 处错误，{warnings} 处警告。",
            f"{files} files checked, {errors} errors, {warnings} warnings.",
        )
    )
