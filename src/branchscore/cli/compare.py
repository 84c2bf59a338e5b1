"""`branchscore compare`: what changed from one to another, told by what they are."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from branchscore.cli.common import (
    language_option,
    say,
)
from branchscore.text.phrase import Language

YAML = (".yaml", ".yml")
MIXED = (
    "A 和 B 应是两份评分表（.yaml），或两次评估（文件夹、latest、results.json）。",
    "A and B are two criteria files (.yaml), or two runs (folder, latest, results.json).",
)
OF_TABLES = (
    "--with 和 --reviews 只用于比较两份评分表。",
    "--with and --reviews are for comparing two criteria files.",
)
OF_RUNS = (
    "--what-if、--set 和 --format json 只用于评估。",
    "--what-if, --set and --format json are for runs.",
)
EITHER = (
    "写 B（另一次评估），或写 --what-if、--set（假设），二者取一。",
    "name B (another run), or --what-if or --set, one of both.",
)


@click.command()
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="[B]", required=False, type=click.Path(path_type=Path))
@click.argument("more", metavar="", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--with",
    "submissions",
    multiple=True,
    type=click.Path(path_type=Path),
    help="申报文件或文件夹，按两份评分表各评一次 · submissions to evaluate under both",
)
@click.option(
    "--reviews",
    "-r",
    multiple=True,
    type=click.Path(path_type=Path),
    help="评审表文件或文件夹 · review sheets",
)
@click.option(
    "--what-if",
    "table",
    metavar="CRITERIA",
    type=click.Path(path_type=Path),
    help="假设用这份评分表评 A，不写出结果 · as if A had been scored by this file",
)
@click.option(
    "--set",
    "settings",
    metavar="KEY=VALUE",
    multiple=True,
    help="假设评分表的这一处改成这样，如 selection.quota=9 · as if the criteria said this",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出格式，json 只用于评估 · json is for runs",
)
@language_option
def compare(
    before: Path,
    after: Path | None,
    more: Sequence[Path],
    submissions: Sequence[Path],
    reviews: Sequence[Path],
    table: Path | None,
    settings: Sequence[str],
    form: str,
    language: Language,
) -> None:
    """比较两份评分表，或两次评估；或假设改了评分表，与一次评估比较。

    Compare two criteria files, or two runs; or a run with what it would be under other criteria.

    \b
    branchscore compare old.yaml new.yaml --with submissions
    branchscore compare reports/jingan-2023/0001 reports/jingan-2023/latest
    branchscore compare latest --set selection.quota=9

    \b
    退出码 · Exit codes
    0  完成，不论有无不同 done, whether or not they differ
    1  文件有错 a file has errors
    2  调用有误，没有可读的文件，或评估没有留存所需的数据
       wrong call, nothing to read, or the run does not hold what is asked
    """
    from branchscore.cli.compared import runs, tables, what_if  # noqa: PLC0415

    supposed = table is not None or bool(settings)
    if before.suffix in YAML:
        if after is None or after.suffix not in YAML:
            raise click.UsageError(say(language, *MIXED))
        if supposed or form == "json":
            raise click.UsageError(say(language, *OF_RUNS))
        if more and not submissions:
            told = say(language, "多出来的文件：", "more than two files: ")
            raise click.UsageError(told + str(more[0]))
        # A shell writes out `--with submissions/*.yaml` as one option and further arguments.
        sys.exit(tables(before, after, (*submissions, *more), reviews, language))
    if submissions or reviews:
        raise click.UsageError(say(language, *OF_TABLES))
    if more or (after is not None and after.suffix in YAML):
        raise click.UsageError(say(language, *MIXED))
    if (after is None) != supposed:
        raise click.UsageError(say(language, *EITHER))
    if after is None:
        sys.exit(what_if(before, table, settings, form, language))
    sys.exit(runs(before, after, form, language))
