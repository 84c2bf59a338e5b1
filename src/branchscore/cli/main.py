"""argv in, exit code out. Commands import what they need only when they run, so that `--help`
and completion stay quick."""

import os
import sys
from contextlib import suppress
from dataclasses import asdict
from io import TextIOWrapper

import click

from branchscore import __version__
from branchscore.cli.assign import assign
from branchscore.cli.certify import certify, revoke
from branchscore.cli.check import check
from branchscore.cli.common import UNWRITTEN
from branchscore.cli.compare import compare
from branchscore.cli.completion import completion
from branchscore.cli.evaluate import evaluate
from branchscore.cli.explain import explain
from branchscore.cli.import_ import import_command
from branchscore.cli.keys import keys
from branchscore.cli.lint import lint
from branchscore.cli.new import new
from branchscore.cli.preview import preview
from branchscore.cli.publish import publish
from branchscore.cli.register import register
from branchscore.cli.replay import replay
from branchscore.cli.review import review
from branchscore.cli.schema import schema
from branchscore.cli.stopping import SAID, Stopped, heed
from branchscore.cli.test import test_command
from branchscore.cli.verify import verify
from branchscore.text.limits import DEFAULT, limited, limits_of
from branchscore.text.system import told

IN_FORCE = tuple(f"{name}={number}" for name, number in asdict(DEFAULT).items())


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="branchscore")
@click.option(
    "--limit",
    "settings",
    multiple=True,
    metavar="NAME=N",
    help=f"一个文件的上限 · what one file may have: {', '.join(IN_FORCE)}",
)
@click.pass_context
def cli(context: click.Context, settings: tuple[str, ...]) -> None:
    """示范党支部创建评分、排名、证书与报告。

    Score naming campaigns of Party branches: points with reasons, ranking, certificates,
    reports.

    \b
    branchscore evaluate                     评估 criteria/ 与 submissions/ 下的全部申报
    branchscore evaluate submissions/x -o /tmp/out --only json,csv
    branchscore check submissions/x/A1.yaml  只检查，不评分
    branchscore --limit size=4MiB evaluate   收较大的文件
    """
    try:
        context.with_resource(limited(limits_of(settings)))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--limit") from None


COMMANDS = (
    new,
    import_command,
    review,
    evaluate,
    preview,
    replay,
    register,
    check,
    compare,
    publish,
    lint,
    test_command,
    explain,
    keys,
    certify,
    revoke,
    verify,
    schema,
    completion,
)
for command in COMMANDS:
    cli.add_command(command)
review.add_command(assign)


def main() -> None:
    """The console script. A broken pipe ends quietly with its usual code; characters that a
    terminal's encoding lacks are written as escapes."""
    heed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            cli()
        finally:
            sys.stdout.flush()
    except Stopped as stopped:
        _last_words(SAID)
        os._exit(stopped.code)
    except BrokenPipeError:
        os._exit(141)
    except OSError as error:
        why = told(error)
        _last_words(f"branchscore: {why.zh} · {why.en}\n")
        os._exit(UNWRITTEN)


def _last_words(text: str) -> None:
    """Written where that is still possible; the streams may be what failed."""
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()
