"""`branchscore check`: validation only."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from branchscore.cli.common import (
    DONE,
    FAULTY,
    WRONG_CALL,
    language_option,
    say,
    tables_in,
    tell_faults,
)
from branchscore.text.phrase import Language


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--criteria",
    "-c",
    type=click.Path(path_type=Path),
    help="评分表 · criteria file (default: those in criteria/)",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="输出格式 · how faults are written",
)
@language_option
def check(files: Sequence[Path], criteria: Path | None, form: str, language: Language) -> None:
    """检查评分表、申报或评审表，不评分。

    Check criteria files, submissions or review sheets without scoring them.
    """
    from branchscore.evaluation import check as checked  # noqa: PLC0415
    from branchscore.evaluation import found  # noqa: PLC0415
    from branchscore.text.manual import is_error  # noqa: PLC0415

    tables = [criteria] if criteria else tables_in(Path("criteria"))
    paths, _ = found(files)
    if not paths:
        click.echo(say(language, "没有可读的文件。", "Nothing to read."), err=True)
        sys.exit(WRONG_CALL)
    faults = checked(paths, tables)
    errors = sum(map(is_error, faults))
    if form != "text":
        from branchscore.outputs.machines import FORMATS  # noqa: PLC0415

        click.echo(FORMATS[form](faults, language))
        sys.exit(FAULTY if errors else DONE)
    tell_faults(faults, language)
    click.echo(
        say(
            language,
            f"检查 {len(paths)} 个文件，{errors} 处错误，{len(faults) - errors} 处提醒。",
            f"{len(paths)} files checked, {errors} errors, {len(faults) - errors} warnings.",
        )
    )
    sys.exit(FAULTY if errors else DONE)
