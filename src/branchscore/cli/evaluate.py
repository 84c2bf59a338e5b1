"""`branchscore evaluate`: the main job."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import (
    WRONG_CALL,
    criteria_option,
    language_option,
    near,
    say,
    tables_in,
    tell_faults,
)
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.cli.campaign import Share
    from branchscore.submission.repeats import Earlier
    from branchscore.text.folders import Found

KINDS = "json,csv,xlsx,html,summary,reports,certificates"


@click.command()
@click.argument("submissions", nargs=-1, type=click.Path(path_type=Path))
@criteria_option
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
@click.option(
    "--last-year",
    multiple=True,
    metavar="RUN",
    type=click.Path(path_type=Path),
    help="往年评估的文件夹或 results.json，比对佐证是否用过 · an earlier run, whose evidence this "
    "year's is compared with",
)
@click.option("--only", metavar="KIND,…", help=f"只输出其中几种 · only some of {KINDS}")
@language_option
def evaluate(
    submissions: Sequence[Path],
    criteria: Path | None,
    reviews: Sequence[Path],
    out: Path,
    last_year: Sequence[Path],
    only: str | None,
    language: Language,
) -> None:
    """评估申报，写出排名、报告和证书。

    Evaluate submissions; write the ranking, reports and certificates.

    SUBMISSIONS are YAML files or folders of them; without any, submissions/ is evaluated.

    \b
    退出码 · Exit codes
    0    完成 done
    1    部分文件有错，其余已评估 some input has errors, everything sound is evaluated
    2    调用有误或没有可读的文件 wrong call, or nothing to read
    74   未能写出结果，以前的结果没有改动 no results written, earlier ones are as they were
    75   另一次评估正在写同一处结果，什么都没有改动 another run is being written, nothing changed
    129, 130, 143  被中止，以前的结果没有改动 stopped, earlier results are as they were
    """
    from branchscore.cli.campaign import campaign  # noqa: PLC0415
    from branchscore.evaluation import no_collector  # noqa: PLC0415
    from branchscore.run import KINDS as ALL  # noqa: PLC0415
    from branchscore.text.folders import found, readable  # noqa: PLC0415

    kinds = frozenset(only.split(",")) if only else frozenset(ALL)
    if unknown := kinds - set(ALL):
        raise click.BadParameter(f"{', '.join(sorted(unknown))} ({KINDS})", param_hint="--only")
    named = list(map(near, submissions)) or [Path("submissions")]
    tables = [near(criteria)] if criteria else tables_in(Path("criteria"))
    sheets = list(map(near, reviews)) or ([Path("reviews")] if Path("reviews").is_dir() else [])
    files = found(named)
    if not tables or not any(map(readable, files.files)):
        click.echo(
            say(
                language,
                "没有可读的文件：请在有 criteria/ 和 submissions/ 的文件夹里运行，或写明文件。",
                "Nothing to read: run where criteria/ and submissions/ are, or name files.",
            ),
            err=True,
        )
        sys.exit(WRONG_CALL)
    earlier = _earlier(last_year, language)
    with no_collector():
        # Sheets that nobody named may well judge more branches than were asked for.
        every = bool(reviews) or not submissions
        strict = bool(reviews) or criteria is None
        shares = _shared_out(tables, files, found(sheets), strict)
        codes = [campaign(share, every, near(out), kinds, language, earlier) for share in shares]
    sys.exit(max(codes))


def _earlier(runs: Sequence[Path], language: Language) -> "list[Earlier]":
    """The evidence of earlier runs; one that cannot be read ends the call, because nobody would
    miss what it was not compared with."""
    from branchscore.outputs.earlier import earlier_in  # noqa: PLC0415
    from branchscore.outputs.opened import NoRun  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415

    try:
        return [earlier_in(near(run)) for run in runs]
    except NoRun as nothing:
        click.echo(nothing.why.say(language), err=True)
    except Faulty as error:
        tell_faults(error.diagnostics, language)
    sys.exit(WRONG_CALL)


def _shared_out(tables: list[Path], files: "Found", sheets: "Found", strict: bool) -> "list[Share]":
    """Which submissions and sheets belong to which table. With one table all submissions do,
    and are told if they do not; with several, a file goes to the table it names, and to the
    first if it names none. Where one table was asked for, `strict` says that all sheets are
    its own; else those of other tables are left alone."""
    from branchscore.cli.campaign import Share  # noqa: PLC0415
    from branchscore.evaluation import stated  # noqa: PLC0415
    from branchscore.text.folders import Found  # noqa: PLC0415

    ids = {stated(table, "id"): table for table in tables}
    if len(tables) == 1 and strict:
        return [Share(tables[0], files, sheets)]
    lost = tables[0] if len(tables) > 1 else None
    own: dict[Path, list[Path]] = {}
    for sheet in sheets.files:
        table = ids.get(stated(sheet, "criteria"), lost)
        if table:
            own.setdefault(table, []).append(sheet)
    if len(tables) == 1:
        return [Share(tables[0], files, Found(own.get(tables[0], []), []))]
    shares: dict[Path, list[Path]] = {}
    for path in files.files:
        shares.setdefault(ids.get(stated(path, "criteria"), tables[0]), []).append(path)
    # What is ignored is of no table; the first accounts for it.
    ignored = {min(shares): [*files.ignored, *sheets.ignored]}
    return [
        Share(table, Found(mine, ignored.get(table, [])), Found(own.get(table, []), []))
        for table, mine in sorted(shares.items())
    ]
