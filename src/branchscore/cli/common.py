"""What several commands share: the language option, and telling faults."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.text.diagnostics import Diagnostic

DONE, FAULTY, WRONG_CALL, DAMAGED = 0, 1, 2, 3
UNWRITTEN, LOCKED = 74, 75
"""As in sysexits.h: an error of input or output; try again later."""

criteria_option = click.option(
    "--criteria",
    "-c",
    type=click.Path(path_type=Path),
    help="评分表 · criteria file (default: those in criteria/)",
)

language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="输出语言 · language of what is written",
)


def tables_in(folder: Path) -> list[Path]:
    """The criteria files of a folder; their cases stand beside them."""
    return sorted(
        p for p in folder.glob("*.yaml") if p.is_file() and not p.name.endswith(".cases.yaml")
    )


def near(path: Path) -> Path:
    """A path in the current folder, without what lies above: what is written must not tell of
    this machine, and holds on another."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def say(language: Language, zh: str, en: str) -> str:
    return zh if language == "zh" else en


def tell_faults(diagnostics: Iterable["Diagnostic"], language: str) -> None:
    """Print faults to the error stream."""
    from branchscore.outputs.terminal import faults_text  # noqa: PLC0415

    text = faults_text(diagnostics, cast("Language", language))
    if text:
        sys.stderr.write(text + "\n")
