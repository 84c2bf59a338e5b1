"""What `check` tells of a sound submission beside its faults."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import UNWRITTEN, say
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.criteria.model import Criteria
    from branchscore.outputs.precheck import PreCheckSaid
    from branchscore.submission.reading import Submission
    from branchscore.text.diagnostics import Diagnostic

SUFFIXES = (".html", ".pdf")


def fitting(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """The name of a page says what it is to be."""
    if value is not None and value.suffix.lower() not in SUFFIXES:
        raise click.BadParameter(f"{value} ({', '.join(SUFFIXES)})")
    return value


def prechecked(
    sound: "Sequence[tuple[Submission, Criteria]]", on: date | None
) -> "list[PreCheckSaid]":
    from branchscore.advice.precheck import precheck  # noqa: PLC0415
    from branchscore.outputs.foretell import told  # noqa: PLC0415

    return [told(precheck(table, submission, on)) for submission, table in sound]


def write_page(
    path: Path,
    file: Path,
    faults: "Sequence[Diagnostic]",
    said: "PreCheckSaid | None",
    language: Language,
) -> None:
    """Write the page in large type, or say why not and end."""
    from branchscore.outputs.large import page  # noqa: PLC0415

    html = page(str(file), faults, said, language)
    try:
        path.write_bytes(html.encode() if path.suffix.lower() == ".html" else _pdf(html, language))
    except OSError as error:
        why = error.strerror or str(error)
        click.echo(f"{path}: {say(language, '未能写出', 'not written')}: {why}", err=True)
        sys.exit(UNWRITTEN)


def _pdf(html: str, language: Language) -> bytes:
    from branchscore.outputs.press import PaperError, press  # noqa: PLC0415

    try:
        return next(press([("page", html)]))[1]
    except PaperError as error:
        raise OSError(error.why.say(language)) from None
