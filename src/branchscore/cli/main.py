"""argv in, exit code out. Commands import what they need only when they run, so that `--help`
and completion stay quick."""

import sys

import click

from branchscore import __version__
from branchscore.cli.check import check
from branchscore.cli.completion import completion
from branchscore.cli.evaluate import evaluate
from branchscore.cli.schema import schema


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="branchscore")
def cli() -> None:
    """示范党支部创建评分、排名、证书与报告。

    Score naming campaigns of Party branches: points with reasons, ranking, certificates,
    reports.

    \b
    branchscore evaluate                     评估 criteria/ 与 submissions/ 下的全部申报
    branchscore evaluate submissions/x -o /tmp/out --only json,csv
    branchscore check submissions/x/A1.yaml  只检查，不评分
    """


for command in (evaluate, check, schema, completion):
    cli.add_command(command)


def main() -> None:
    """The console script. A broken pipe or an interrupt ends quietly with its usual code."""
    try:
        cli()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
