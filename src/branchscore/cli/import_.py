"""`branchscore import`: a form that was filled in with WPS or Excel becomes a submission."""

import sys
from collections.abc import Sequence
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
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.forms.imported import Table


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@criteria_option
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    help="写到哪个文件或文件夹 · file or folder to write (default: beside each workbook)",
)
@click.option(
    "--replace", is_flag=True, help="覆盖已有的申报 · write over a submission that is there"
)
@language_option
def import_command(
    files: Sequence[Path],
    criteria: Path | None,
    out: Path | None,
    replace: bool,
    language: Language,
) -> None:
    """把填好的申报表（.xlsx）变成申报。

    Turn forms that were filled in with a spreadsheet program into submissions. Faults are named
    by sheet and cell; a workbook with errors is not written.

    \b
    退出码 · Exit codes
    0  全部写出 all were written
    1  有的没有写出 some were not written
    2  调用有误 wrong call
    """
    from branchscore.forms.imported import imported  # noqa: PLC0415
    from branchscore.text.manual import is_error  # noqa: PLC0415

    tables = tables_of(criteria, language)
    written = 0
    for path, target in zip(files, _targets(files, out), strict=True):
        done = imported(path, target, tables)
        tell_faults(done.diagnostics, language)
        if not any(map(is_error, done.diagnostics)):
            written += write_over(target, done.text, replace, language)
    click.echo(
        say(
            language,
            f"{len(files)} 份申报表，写出 {written} 份申报。",
            f"{written} of {len(files)} forms were written as submissions.",
        )
    )
    sys.exit(DONE if written == len(files) else FAULTY)


def tables_of(criteria: Path | None, language: Language) -> "dict[str, Table]":
    """The sound ones of the criteria files, by id."""
    from branchscore.criteria.reading import read_criteria  # noqa: PLC0415
    from branchscore.forms.imported import Table, digest_of  # noqa: PLC0415
    from branchscore.submission.form import Form  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415

    tables: dict[str, Table] = {}
    for path in [criteria] if criteria else tables_in(Path("criteria")):
        try:
            table, document = read_criteria(path)
        except Faulty as error:
            tell_faults(error.diagnostics, language)
        else:
            tables[table.id] = Table(Form(table), digest_of(document))
    if not tables:
        click.echo(
            say(language, "没有可用的评分表。", "There is no sound criteria file."), err=True
        )
        sys.exit(WRONG_CALL)
    return tables


def _targets(files: Sequence[Path], out: Path | None) -> list[Path]:
    """Where each submission is written: under the name of its workbook."""
    if out is None:
        targets = [path.with_suffix(".yaml") for path in files]
    elif out.is_dir() or len(files) > 1:
        targets = [out / f"{path.stem}.yaml" for path in files]
    else:
        targets = [out]
    if len(set(targets)) < len(targets):
        raise click.BadParameter("两份申报表同名 · two forms of one name", param_hint="FILES")
    if out and len(files) > 1 and not out.is_dir():
        raise click.BadParameter(f"{out}: 不是文件夹 · not a folder", param_hint="--out")
    return targets


def write_over(target: Path, text: str, replace: bool, language: Language) -> bool:
    """Whole or not at all, and never over another submission unless that is asked for."""
    content = text.encode()
    if target.exists() and not replace and target.read_bytes() != content:
        told = say(
            language,
            f"{target} 已经有了，没有改动。要覆盖请加 --replace。",
            f"{target} is there already and was left as it is. --replace writes over it.",
        )
        click.echo(told, err=True)
        return False
    aside = target.with_name(f".unfinished-{target.name}")
    try:
        aside.write_bytes(content)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    return True
