"""`branchscore lint`: where a table is faulty, before anyone is scored by it."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import DONE, FAULTY, WRONG_CALL, language_option, say, tell_faults
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.criteria.model import Criteria
    from branchscore.lint.findings import Linted
    from branchscore.lint.separation import Earned

CASES = (".cases.yaml", ".cases.yml")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    help="results.json：加查没有区分度的项 · what only results of branches show",
)
@click.option("--strict", is_flag=True, help="有警告也算不通过 · warnings fail, too")
@language_option
def lint(files: Sequence[Path], results: Path | None, strict: bool, language: Language) -> None:
    """评分之前找出评分表的毛病。

    Find what is wrong with criteria files before anyone is scored by them.

    FILES are criteria files or folders of them; without any, those in criteria/.

    \b
    退出码 · Exit codes
    0  没有错误 no errors
    1  有错误（--strict 时也含警告） errors, or with --strict warnings
    2  调用有误或没有可读的文件 wrong call, or nothing to read
    """
    from branchscore.lint.findings import lint as linted  # noqa: PLC0415
    from branchscore.outputs.terminal import fault_text  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415

    paths = _tables(files)
    if not paths:
        click.echo(say(language, "没有可读的文件。", "Nothing to read."), err=True)
        sys.exit(WRONG_CALL)
    try:
        given = _given(results)
        done = [linted(path, given) for path in paths]
        if results:
            _used(results, given, done)
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        sys.exit(FAULTY)
    counted: Counter[str] = Counter()
    told = set[object]()
    for one in done:
        # What a file has from the one that it extends may have been told there.
        new = [finding for finding in one.findings if finding.diagnostic.key not in told]
        told |= {finding.diagnostic.key for finding in new}
        for finding in new:
            click.echo(fault_text(finding.diagnostic, language, finding.reason))
        counted.update(finding.severity for finding in new)
        click.echo(_closing(one, language) + "\n")
    click.echo(_counts(len(paths), counted, language))
    sys.exit(FAULTY if counted["error"] or (strict and counted["warning"]) else DONE)


def _tables(files: Sequence[Path]) -> list[Path]:
    """The files that are named, or lie in named folders; cases, which stand beside them, aside."""
    from branchscore.text.folders import found  # noqa: PLC0415

    named = list(files) or ([Path("criteria")] if Path("criteria").is_dir() else [])
    return [path for path in found(named)[0] if not path.name.endswith(CASES)]


def _given(results: Path | None) -> "Callable[[Criteria], Earned | None]":
    """What the branches earned, for the table that the results are of."""
    if results is None:
        return lambda _: None
    from branchscore.outputs.stored import earned, stored  # noqa: PLC0415

    read = stored(results)
    points = earned(results, read)
    return lambda criteria: points if criteria.id == read["criteria"]["id"] else None


def _used(
    results: Path, given: "Callable[[Criteria], Earned | None]", done: list["Linted"]
) -> None:
    """Refuse results of a table that was not looked at: nobody would notice."""
    from branchscore.outputs.stored import unusable  # noqa: PLC0415
    from branchscore.text.phrase import Phrase  # noqa: PLC0415

    if not any(one.criteria and given(one.criteria) is not None for one in done):
        raise unusable(
            results,
            Phrase("不是所查评分表的结果", "they are of none of these criteria files"),
        )


def _closing(one: "Linted", language: Language) -> str:
    """How much the table asks, and how its points are decided."""
    if one.criteria is None:
        return say(
            language,
            f"{one.path}：先改正以上错误，其余才能检查。",
            f"{one.path}: mend these errors first; the rest can only be looked at then.",
        )
    from branchscore.lint.burden import burden, in_words  # noqa: PLC0415

    words = in_words(burden(one.criteria)).say(language)
    return f"{one.path}{say(language, '：', ': ')}{words}"


def _counts(files: int, counted: Counter[str], language: Language) -> str:
    errors, warnings, notes, known = (
        counted[name] for name in ("error", "warning", "note", "known")
    )
    return say(
        language,
        f"检查 {files} 个文件：{errors} 处错误，{warnings} 处警告，{notes} 处提示，"
        f"{known} 处原表已知。",
        f"files: {files}; errors: {errors}; warnings: {warnings}; notes: {notes}; "
        f"known faults of the original: {known}",
    )
