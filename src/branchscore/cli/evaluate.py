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
    from branchscore.outputs.instead import Instead
    from branchscore.submission.repeats import Earlier
    from branchscore.text.folders import Found

KINDS = "json,csv,xlsx,html,summary,reports,certificates,large,plaques"


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
    "--decisions",
    multiple=True,
    type=click.Path(path_type=Path),
    help="评审委员会的决定，文件或文件夹 · what the commission decided (default: decisions/)",
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
@click.option(
    "--instead-of",
    "replaced",
    metavar="RUN",
    type=click.Path(path_type=Path),
    help="代替以前的哪次评估（异议复核等） · the earlier run that this one is instead of",
)
@click.option("--because", metavar="TEXT", help="为什么代替 · why it is instead of that one")
@click.option("--only", metavar="KIND,…", help=f"只输出其中几种 · only some of {KINDS}")
@language_option
def evaluate(
    submissions: Sequence[Path],
    criteria: Path | None,
    reviews: Sequence[Path],
    decisions: Sequence[Path],
    out: Path,
    last_year: Sequence[Path],
    replaced: Path | None,
    because: str | None,
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
    3    已评估，但没能登记 evaluated, but not recorded in the register
    74   未能写出结果，以前的结果没有改动 no results written, earlier ones are as they were
    75   另一次评估正在写同一处结果，什么都没有改动 another run is being written, nothing changed
    129, 130, 143  被中止，以前的结果没有改动 stopped, earlier results are as they were
    """
    from branchscore.cli.campaign import campaign  # noqa: PLC0415
    from branchscore.evaluation import no_collector  # noqa: PLC0415
    from branchscore.run import KINDS as ALL  # noqa: PLC0415
    from branchscore.run import USUAL  # noqa: PLC0415
    from branchscore.text.folders import found, readable  # noqa: PLC0415

    kinds = frozenset(only.split(",")) if only else frozenset(USUAL)
    if unknown := kinds - set(ALL):
        raise click.BadParameter(f"{', '.join(sorted(unknown))} ({KINDS})", param_hint="--only")
    named = list(map(near, submissions)) or [Path("submissions")]
    tables = [near(criteria)] if criteria else tables_in(Path("criteria"))
    sheets, decided = _or_folder(reviews, "reviews"), _or_folder(decisions, "decisions")
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
    instead = _instead(replaced, because, tables, language)
    with no_collector():
        # Sheets that nobody named may well judge more branches than were asked for.
        every = bool(reviews or decisions) or not submissions
        strict = (bool(reviews) or criteria is None, bool(decisions) or criteria is None)
        shares = _shared_out(tables, files, (found(sheets), found(decided)), strict)
        codes = [
            campaign(share, every, near(out), kinds, language, earlier, instead.get(share.table))
            for share in shares
        ]
    sys.exit(max(codes))


def _or_folder(named: Sequence[Path], folder: str) -> list[Path]:
    return list(map(near, named)) or [path for path in (Path(folder),) if path.is_dir()]


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


def _instead(
    run: Path | None, because: str | None, tables: Sequence[Path], language: Language
) -> "dict[Path, Instead]":
    """The run that this one is instead of, by the table that both are for."""
    from branchscore.evaluation import stated  # noqa: PLC0415
    from branchscore.outputs.instead import instead_of  # noqa: PLC0415
    from branchscore.outputs.opened import NoRun  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415

    if run is None and because is None:
        return {}
    if run is None or not (because or "").strip():
        raise click.UsageError(
            say(
                language,
                "--instead-of 和 --because 要一起写，并写明原因。",
                "--instead-of and --because stand together, with a reason.",
            )
        )
    try:
        earlier = instead_of(near(run), str(because).strip())
    except NoRun as nothing:
        click.echo(nothing.why.say(language), err=True)
        sys.exit(WRONG_CALL)
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        sys.exit(WRONG_CALL)
    name = earlier.results["criteria"]["id"]
    fitting = (name, "") if len(tables) == 1 else (name,)
    own = {table: earlier for table in tables if stated(table, "id") in fitting}
    if not own:
        click.echo(
            say(language, f"{run} 是评分表 {name} 的评估。", f"{run} is of the criteria {name}."),
            err=True,
        )
        sys.exit(WRONG_CALL)
    return own


def _shared_out(
    tables: list[Path],
    files: "Found",
    beside: "tuple[Found, Found]",
    strict: tuple[bool, bool],
) -> "list[Share]":
    """Which submissions, and which sheets and decisions (`beside`), belong to which table. With
    one table all submissions do, and are told if they do not; with several, a file goes to the
    table it names, and to the first if it names none. Where one table was asked for, `strict`
    says that all sheets, or all decisions, are its own; else those of other tables are left
    alone."""
    from branchscore.cli.campaign import Share  # noqa: PLC0415
    from branchscore.evaluation import stated  # noqa: PLC0415
    from branchscore.text.folders import Found  # noqa: PLC0415

    ids = {stated(table, "id"): table for table in tables}
    lost = tables[0] if len(tables) > 1 else None

    def own(some: Found, strict: bool) -> dict[Path, list[Path]]:
        if len(tables) == 1 and strict:
            return {tables[0]: some.files}
        owned: dict[Path, list[Path]] = {}
        for path in some.files:
            table = ids.get(stated(path, "criteria"), lost)
            if table:
                owned.setdefault(table, []).append(path)
        return owned

    sheets, decisions = map(own, beside, strict)
    shares: dict[Path, list[Path]] = {tables[0]: files.files} if len(tables) == 1 else {}
    for path in files.files if len(tables) > 1 else ():
        shares.setdefault(ids.get(stated(path, "criteria"), tables[0]), []).append(path)
    # What is ignored is of no table; the first accounts for it.
    ignored = [*files.ignored, *(path for some in beside for path in some.ignored)]
    return [
        Share(
            table,
            Found(mine, ignored if table == min(shares) else []),
            Found(sheets.get(table, []), []),
            Found(decisions.get(table, []), []),
        )
        for table, mine in sorted(shares.items())
    ]
