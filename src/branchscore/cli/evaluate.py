"""`branchscore evaluate`: the main job."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from branchscore.evaluation import Evaluation

KINDS = "json,csv,xlsx,html,summary,reports,certificates"


@click.command()
@click.argument("submissions", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--criteria",
    "-c",
    type=click.Path(path_type=Path),
    help="评分表 · criteria file (default: those in criteria/)",
)
@click.option(
    "--reviews",
    "-r",
    multiple=True,
    type=click.Path(path_type=Path),
    help="评审表文件或文件夹 · review sheets (default: reviews/)",
)
@click.option(
    "--out",
    "-o",
    default="reports",
    show_default=True,
    type=click.Path(path_type=Path),
    help="结果所在的文件夹 · where runs are kept",
)
@click.option("--only", metavar="KIND,…", help=f"只输出其中几种 · only some of {KINDS}")
@language_option
def evaluate(
    submissions: Sequence[Path],
    criteria: Path | None,
    reviews: Sequence[Path],
    out: Path,
    only: str | None,
    language: Language,
) -> None:
    """评估申报，写出排名、报告和证书。

    Evaluate submissions; write the ranking, reports and certificates.

    SUBMISSIONS are YAML files or folders of them; without any, submissions/ is evaluated.

    \b
    退出码 · Exit codes
    0  完成 done
    1  部分文件有错，其余已评估 some input has errors, everything sound is evaluated
    2  调用有误或没有可读的文件 wrong call, or nothing to read
    """
    from branchscore.evaluation import found, no_collector, readable  # noqa: PLC0415
    from branchscore.run import KINDS as ALL  # noqa: PLC0415

    kinds = frozenset(only.split(",")) if only else frozenset(ALL)
    if unknown := kinds - set(ALL):
        raise click.BadParameter(f"{', '.join(sorted(unknown))} ({KINDS})", param_hint="--only")
    named = list(submissions) or [Path("submissions")]
    tables = [criteria] if criteria else tables_in(Path("criteria"))
    sheets = list(reviews) or ([Path("reviews")] if Path("reviews").is_dir() else [])
    if not tables or not any(readable(p) for p in found(named)[0]):
        click.echo(
            say(
                language,
                "没有可读的文件：请在有 criteria/ 和 submissions/ 的文件夹里运行，或写明文件。",
                "Nothing to read: run where criteria/ and submissions/ are, or name files.",
            ),
            err=True,
        )
        sys.exit(WRONG_CALL)
    with no_collector():
        # Sheets that nobody named may well judge more branches than were asked for.
        every = bool(reviews) or not submissions
        strict = bool(reviews) or criteria is None
        shares = _shared_out(tables, named, sheets, strict)
        codes = _campaigns(shares, every, out, kinds, language)
    sys.exit(max(codes))


def _campaigns(
    shares: list[tuple[Path, list[Path], list[Path]]],
    every_branch: bool,
    out: Path,
    kinds: frozenset[str],
    language: Language,
) -> list[int]:
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415

    codes = [DONE]
    for table, files, sheets in shares:
        try:
            codes.append(_campaign(table, files, sheets, every_branch, out, kinds, language))
        except Faulty as error:
            tell_faults(error.diagnostics, language)
            codes.append(FAULTY)
    return codes


def _shared_out(
    tables: list[Path], named: list[Path], sheets: list[Path], strict: bool
) -> list[tuple[Path, list[Path], list[Path]]]:
    """Which submissions and sheets belong to which table. With one table all submissions do,
    and are told if they do not; with several, a file goes to the table it names, and to the
    first if it names none. Where one table was asked for, `strict` says that all sheets are
    its own; else those of other tables are left alone."""
    from branchscore.evaluation import found, stated  # noqa: PLC0415

    ids = {stated(table, "id"): table for table in tables}
    if len(tables) == 1 and strict:
        return [(tables[0], named, sheets)]
    lost = tables[0] if len(tables) > 1 else None
    own: dict[Path, list[Path]] = {}
    for sheet in found(sheets)[0]:
        table = ids.get(stated(sheet, "criteria"), lost)
        if table:
            own.setdefault(table, []).append(sheet)
    if len(tables) == 1:
        return [(tables[0], named, own.get(tables[0], []))]
    shares: dict[Path, list[Path]] = {}
    for path in found(named)[0]:
        shares.setdefault(ids.get(stated(path, "criteria"), tables[0]), []).append(path)
    return [(table, files, own.get(table, [])) for table, files in sorted(shares.items())]


def _campaign(
    table: Path,
    files: list[Path],
    sheets: list[Path],
    every_branch: bool,
    out: Path,
    kinds: frozenset[str],
    language: Language,
) -> int:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    from branchscore import evaluation as trip  # noqa: PLC0415
    from branchscore.outputs.press import PaperError  # noqa: PLC0415
    from branchscore.outputs.terminal import summary  # noqa: PLC0415
    from branchscore.run import file_count, missing_sorts, write_run  # noqa: PLC0415
    from branchscore.text.manual import is_error  # noqa: PLC0415

    console, errors = Console(), Console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        reading = progress.add_task(
            say(language, "读取申报", "reading"), total=len(trip.found(files)[0])
        )
        evaluation = trip.evaluate(
            table,
            files,
            sheets,
            every_branch=every_branch,
            on_read=lambda: progress.advance(reading),
        )
        writing = progress.add_task(
            say(language, "生成结果", "writing"), total=file_count(evaluation, kinds)
        )
        try:
            place = write_run(evaluation, out, language, kinds, lambda: progress.advance(writing))
        except (PaperError, OSError) as error:
            click.echo(f"{say(language, '未能写出结果', 'nothing was written')}: {error}", err=True)
            return FAULTY
    tell_faults(evaluation.diagnostics, language)
    for path, characters in missing_sorts(evaluation):
        click.echo(
            say(
                language,
                f"{path}: 没有字体能印出“{characters}”，已用〓代替",
                f"{path}: no font has “{characters}”; 〓 stands for it",
            ),
            err=True,
        )
    summary(evaluation, language, console)
    _closing(evaluation, place, language)
    return FAULTY if any(map(is_error, evaluation.diagnostics)) else DONE


def _closing(evaluation: "Evaluation", place: Path, language: Language) -> None:
    named = sum(1 for s in evaluation.standings if s.outcome.value == "named")
    refused = sum(1 for entry in evaluation.inputs if entry.status == "refused")
    click.echo(
        say(
            language,
            f"评估 {len(evaluation.standings)} 个支部，拟命名 {named} 个，退回 {refused} 份。"
            f"结果在 {place}",
            f"{len(evaluation.standings)} branches evaluated, {named} named, {refused} files "
            f"refused. Results: {place}",
        )
    )
