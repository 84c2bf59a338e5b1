"""`branchscore check --fix`: mend what needs no guess, and tell what was mended."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import say
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.checking import Checker
    from branchscore.mending.rounds import Result
    from branchscore.text.diagnostics import Diagnostic

COLOURS = {"-": "red", "+": "green", "@": "cyan"}


def mend_files(
    paths: Sequence[Path], tables: Sequence[Path], language: Language, dry_run: bool, aside: bool
) -> "list[Diagnostic] | None":
    """Mend files in place, or with `dry_run` only show how and return the faults that would
    remain. `aside` keeps what is told off the standard output."""
    from branchscore.checking import Checker  # noqa: PLC0415
    from branchscore.mending.rounds import mended  # noqa: PLC0415
    from branchscore.text.diagnostics import Diagnostic, Faulty  # noqa: PLC0415
    from branchscore.text.files import read_bytes  # noqa: PLC0415

    checker, count, left = Checker(tables), 0, list[Diagnostic]()
    for path in paths:
        try:
            result = mended(path, read_bytes(path), checker)
        except Faulty as error:
            left += error.diagnostics
            continue
        left += result.faults
        kept = None
        if result.changed and not dry_run:
            kept = _written(result, language)
        if kept or (result.changed and dry_run):
            count += 1
            for line in _told(result, kept, checker, language):
                click.secho(line, fg=COLOURS.get(line[:1]), err=aside)
    zh = f"可以改正 {count} 个文件，没有写入。" if dry_run else f"改正了 {count} 个文件。"
    en = (
        f"{count} files can be mended; nothing was written."
        if dry_run
        else f"{count} files mended."
    )
    click.echo(say(language, zh, en), err=aside)
    return sorted(left, key=lambda fault: fault.key) if dry_run else None


def _told(
    result: "Result", kept: Path | None, checker: "Checker", language: Language
) -> Iterator[str]:
    """The mends of one file, line by line, and the diff."""
    from branchscore.mending.shown import diff  # noqa: PLC0415
    from branchscore.outputs.terminal import visible  # noqa: PLC0415

    yield from map(visible, _mends(result, language))
    yield from map(visible, diff(result, str(kept or result.path), checker))
    if kept:
        yield visible(say(language, f"原件保存在 {kept}", f"the original is kept in {kept}"))


def _written(result: "Result", language: Language) -> Path | None:
    from branchscore.mending.keeping import ChangedMeanwhile, replaced  # noqa: PLC0415
    from branchscore.text.system import refusal  # noqa: PLC0415

    try:
        return replaced(result.path, result.raw, result.after)
    except ChangedMeanwhile:
        why = say(language, "文件刚被别人改过", "somebody has just changed it")
    except OSError as error:
        why = refusal(error).say(language)
    unwritten = say(language, "没有改动", "not changed")
    click.echo(f"{result.path}: {unwritten}: {why}", err=True)
    return None


def _mends(result: "Result", language: Language) -> Iterator[str]:
    from branchscore.text.manual import cause  # noqa: PLC0415

    said = say(language, "改正", "mended")
    if result.encoding:
        yield f"{result.path}: {said} {result.encoding} → UTF-8"
    for mend in sorted(result.mends, key=lambda mend: mend.line):
        first = mend.fault.span.line
        same = say(language, f"同第 {first} 行", f"as in line {first}")
        why = cause(mend.fault, language) if mend.line == first or not first else same
        yield f"{result.path}:{mend.line}: {said} {mend.fault.code} {why}"
