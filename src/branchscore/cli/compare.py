"""`branchscore compare`: what changed from one to another."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from branchscore.cli.common import DONE, FAULTY, WRONG_CALL, language_option, say, tell_faults
from branchscore.text.phrase import Language


@click.group()
def compare() -> None:
    """比较两份评分表。

    Compare two criteria files.
    """


@compare.command()
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path))
@click.argument("more", metavar="", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--with",
    "submissions",
    multiple=True,
    type=click.Path(path_type=Path),
    help="申报文件或文件夹，按两份各评一次 · submissions to evaluate under both",
)
@click.option(
    "--reviews",
    "-r",
    multiple=True,
    type=click.Path(path_type=Path),
    help="评审表文件或文件夹 · review sheets",
)
@language_option
def criteria(
    before: Path,
    after: Path,
    more: Sequence[Path],
    submissions: Sequence[Path],
    reviews: Sequence[Path],
    language: Language,
) -> None:
    """从评分表 A 到 B 改了什么；加 --with 还看谁的名次、得分、结果变了。

    What changed from criteria file A to B; --with shows whose rank, points and outcome moved.

    \b
    退出码 · Exit codes
    0  完成，不论有无不同 done, whether or not they differ
    1  文件有错 a file has errors
    2  调用有误或没有可读的文件 wrong call, or nothing to read
    """
    from branchscore.criteria.difference import differences  # noqa: PLC0415
    from branchscore.criteria.reading import read_criteria  # noqa: PLC0415
    from branchscore.outputs.difference import difference_text  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415
    from branchscore.text.folders import found, readable  # noqa: PLC0415

    if more and not submissions:
        raise click.UsageError(
            say(language, "多出来的文件：", "more than two files: ") + str(more[0])
        )
    # A shell writes out `--with submissions/*.yaml` as one option and further arguments.
    submissions = (*submissions, *more)
    if submissions and not any(readable(path) for path in found(submissions)[0]):
        click.echo(say(language, "没有可读的申报。", "No submissions to read."), err=True)
        sys.exit(WRONG_CALL)
    tables = []
    for path in (before, after):
        try:
            tables.append(read_criteria(path)[0])
        except Faulty as error:
            tell_faults(error.diagnostics, language)
    if len(tables) < 2:
        sys.exit(FAULTY)
    colon = say(language, "：", ": ")
    for name, path, table in zip("AB", (before, after), tables, strict=True):
        click.echo(f"{name}{colon}{path} ({table.id})")
    click.echo()
    click.echo(difference_text(list(differences(*tables)), language), nl=False)
    ids = tuple(table.id for table in tables)
    done = _tried(before, after, ids, submissions, reviews, language) if submissions else DONE
    sys.exit(done)


def _tried(
    before: Path,
    after: Path,
    ids: tuple[str, ...],
    submissions: Sequence[Path],
    reviews: Sequence[Path],
    language: Language,
) -> int:
    """Evaluate under both and tell who moved; a file that neither takes has errors."""
    from branchscore.evaluation import evaluate  # noqa: PLC0415
    from branchscore.outputs.moves import moves_text  # noqa: PLC0415

    old, new = (
        evaluate(table, submissions, reviews, every_branch=False, also_for=ids)
        for table in (before, after)
    )
    click.echo()
    click.echo(moves_text(old, new, language), nl=False)
    refused = [{i.path for i in e.inputs if i.status == "refused"} for e in (old, new)]
    others = {
        fault.key: fault
        for e, paths in zip((old, new), refused, strict=True)
        for fault in e.diagnostics
        if fault.span.path not in paths
    }
    tell_faults(others.values(), language)
    return FAULTY if others or refused[0] & refused[1] else DONE
