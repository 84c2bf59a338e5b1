"""`branchscore replay`: whether a run can be had again."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import (
    DONE,
    FAULTY,
    UNWRITTEN,
    WRONG_CALL,
    language_option,
    say,
    tell_faults,
)
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.run.manifest import Manifest
    from branchscore.run.replay import Replay


@click.command()
@click.argument("manifest", required=False, type=click.Path(path_type=Path))
@click.option(
    "--from",
    "root",
    type=click.Path(path_type=Path, file_okay=False),
    help="清单中的路径从哪个文件夹算起 · the folder that the paths in the manifest start from "
    "(default: found by the criteria file)",
)
@language_option
def replay(manifest: Path | None, root: Path | None, language: Language) -> None:
    """按清单重新评估，逐字节核对；有不同时写明改了什么。

    Evaluate again what a manifest names and compare every byte; say what changed.

    MANIFEST is manifest.json of a run, or the run's folder; without it, the latest run in
    reports/. Nothing is written.

    \b
    退出码 · Exit codes
    0    相同 the same
    1    有不同 something differs
    2    调用有误，或不是清单 wrong call, or no manifest
    74   不能重新生成 it could not be made again
    """
    from contextlib import chdir  # noqa: PLC0415

    from branchscore.outputs.opened import LATEST, MANIFEST, NoRun, latest, run_in  # noqa: PLC0415
    from branchscore.outputs.press import PaperError  # noqa: PLC0415
    from branchscore.run.replay import root_of  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415

    try:
        path = manifest or latest(Path("reports"))
    except NoRun as none:
        click.echo(none.why.say(language), err=True)
        sys.exit(WRONG_CALL)
    if path.is_dir() or path.name == LATEST:
        path = run_in(path) / MANIFEST
    known = _known(path, language)
    folder = path.resolve().parent
    try:
        with chdir(root or root_of(path, known)):
            done = _replayed(folder, known, language)
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        sys.exit(FAULTY)
    except PaperError as error:
        click.echo(error.why.say(language), err=True)
        sys.exit(UNWRITTEN)
    _tell(done, language)
    sys.exit(FAULTY if done.differs else DONE)


def _known(path: Path, language: Language) -> "Manifest":
    from branchscore.run.manifest import read_manifest  # noqa: PLC0415
    from branchscore.text.system import told  # noqa: PLC0415

    try:
        known = read_manifest(path)
    except OSError as error:
        click.echo(told(error).say(language), err=True)
        sys.exit(WRONG_CALL)
    if known is None:
        click.echo(
            say(
                language,
                f"{path} 不是本程序的清单，或已损坏。",
                f"{path} is no manifest of this program, or damaged.",
            ),
            err=True,
        )
        sys.exit(WRONG_CALL)
    return known


def _replayed(folder: Path, known: "Manifest", language: Language) -> "Replay":
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    from branchscore.run.replay import replay as again  # noqa: PLC0415

    errors = Console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        making = progress.add_task(
            say(language, "重新生成", "making again"), total=len(known["outputs"])
        )
        return again(folder, known, lambda: progress.advance(making))


def _tell(done: "Replay", language: Language) -> None:
    from branchscore.outputs.terminal import visible  # noqa: PLC0415

    changes = (*done.program, *done.inputs, *done.stored, *done.outputs)
    for change in changes:
        click.echo(visible(change.say(language)))
    if done.outputs and not (done.program or done.inputs):
        click.echo(
            say(
                language,
                "输入、版本和字体都没有变，结果却不同：这是程序的问题，请报告。",
                "Inputs, versions and fonts are the same and yet the results differ: this is a "
                "fault of the program; please report it.",
            )
        )
    differing = len(done.outputs)
    click.echo(
        say(
            language,
            f"{done.same} 个文件逐字节相同，{differing} 个不同。",
            f"{done.same} files are the same in every byte, {differing} differ.",
        )
    )
