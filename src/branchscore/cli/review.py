"""`branchscore review`: the form of a review sheet, and its way back."""

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
    tell_faults,
)
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.submission.reading import Submission


@click.group()
def review() -> None:
    """评审表：写出空白的，导入填好的。

    Review sheets: write blank ones, import filled ones.
    """


@review.command(name="new")
@click.argument("criteria", type=click.Path(path_type=Path))
@click.argument("submissions", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--reviewer", required=True, metavar="NAME", help="评委 · the reviewer")
@click.option(
    "--branches",
    metavar="CODE,…",
    help="只评这些支部 · only these branches (default: all that were handed in)",
)
@click.option(
    "--out",
    "-o",
    required=True,
    type=click.Path(path_type=Path),
    help="写到哪个文件，.xlsx 或 .yaml · file to write, .xlsx or .yaml",
)
@language_option
def review_new(
    criteria: Path,
    submissions: Sequence[Path],
    reviewer: str,
    branches: str | None,
    out: Path,
    language: Language,
) -> None:
    """写出一位评委的空白评审表。

    Write the blank review sheet of one reviewer: one row a branch, what each level stands for
    beside it, a sheet for strikes. It has nothing in it that other reviewers gave.

    \b
    退出码 · Exit codes
    0  已写出 written
    1  有的申报有错，没有列入 some submissions have errors and are not in it
    2  调用有误 wrong call
    """
    from branchscore.criteria.reading import read_criteria  # noqa: PLC0415
    from branchscore.forms.imported import digest_of  # noqa: PLC0415
    from branchscore.forms.review_book import review_book, review_text  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415

    if out.suffix not in (".xlsx", ".yaml"):
        raise click.BadParameter(f"{out} (.xlsx, .yaml)", param_hint="--out")
    if not reviewer.strip() or len(reviewer) > 200 or not reviewer.isprintable():
        raise click.BadParameter("一行文字 · one line of text", param_hint="--reviewer")
    try:
        table, document = read_criteria(criteria)
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        sys.exit(WRONG_CALL)
    all_sound, sound = _sound(criteria, submissions, language)
    chosen = _chosen(all_sound, branches)
    if out.suffix == ".xlsx":
        content = review_book(table, digest_of(document), reviewer, chosen, language)
    else:
        content = review_text(table, reviewer, chosen).encode()
    _write(out, content, language)
    click.echo(
        say(
            language,
            f"已写出 {out}，{len(chosen)} 个支部。",
            f"{out} is written, with {len(chosen)} branches.",
        )
    )
    sys.exit(DONE if sound else FAULTY)


def _sound(
    criteria: Path, submissions: Sequence[Path], language: Language
) -> "tuple[list[Submission], bool]":
    """The submissions without errors, by code, and whether that is all of them."""
    from branchscore.evaluation import check  # noqa: PLC0415
    from branchscore.text.folders import found  # noqa: PLC0415
    from branchscore.text.manual import is_error  # noqa: PLC0415

    sound: list[Submission] = []
    faults = check(
        found(submissions).files, [criteria], lambda submission, table: sound.append(submission)
    )
    errors = list(filter(is_error, faults))
    tell_faults(errors, language)
    return sorted(sound, key=lambda one: one.code), not errors


def _chosen(sound: "list[Submission]", branches: str | None) -> "list[Submission]":
    if branches is None:
        return sound
    wanted = [code.strip() for code in branches.split(",")]
    unknown = sorted(set(wanted) - {one.code for one in sound})
    if unknown:
        raise click.BadParameter(", ".join(unknown), param_hint="--branches")
    return [one for one in sound if one.code in wanted]


@review.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@criteria_option
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    help="写到哪个文件 · file to write (default: beside the workbook)",
)
@click.option("--replace", is_flag=True, help="覆盖已有的评审表 · write over a sheet that is there")
@language_option
def review_import(
    file: Path, criteria: Path | None, out: Path | None, replace: bool, language: Language
) -> None:
    """把填好的评审表（.xlsx）变成评审表（.yaml）。

    Turn a review workbook that was filled in into a review sheet. Faults are named by sheet and
    cell; a workbook with errors is not written.

    \b
    退出码 · Exit codes
    0  已写出 written
    1  有错，没有写出 it has errors and was not written
    2  调用有误 wrong call
    """
    from branchscore.cli.import_ import tables_of, write_over  # noqa: PLC0415
    from branchscore.forms.review_import import imported_review  # noqa: PLC0415
    from branchscore.text.manual import is_error  # noqa: PLC0415

    target = out or file.with_suffix(".yaml")
    done = imported_review(file, tables_of(criteria, language))
    tell_faults(done.diagnostics, language)
    if any(map(is_error, done.diagnostics)) or not write_over(target, done.text, replace, language):
        sys.exit(FAULTY)
    click.echo(say(language, f"已写出 {target}。", f"{target} is written."))


def _write(target: Path, content: bytes, language: Language) -> None:
    """Never over what is there."""
    from branchscore.text.system import refusal  # noqa: PLC0415

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(content)
    except OSError as error:
        told = refusal(error).say(language)
        click.echo(say(language, f"没有写出 {target}：{told}", f"{target}: {told}"), err=True)
        sys.exit(WRONG_CALL)
