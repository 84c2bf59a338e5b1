"""`branchscore review assign`: who judges which branch."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from branchscore.cli.common import FAULTY, WRONG_CALL, language_option, say
from branchscore.text.phrase import Language


@click.command(name="assign")
@click.argument("submissions", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--reviewer",
    "-r",
    "reviewers",
    multiple=True,
    required=True,
    metavar="NAME[=CODE,…]",
    help="评委，以及要回避的支部（所在支部、利害关系） · a reviewer, and the branches to keep "
    "away from: their own, and those they have a stake in",
)
@click.option(
    "--each",
    default=3,
    show_default=True,
    type=click.IntRange(min=1),
    help="每个支部几位评委 · reviewers for each branch",
)
@language_option
def assign(
    submissions: Sequence[Path], reviewers: Sequence[str], each: int, language: Language
) -> None:
    """建议哪位评委评哪些支部：负担均衡、各自回避、由共同评过的支部连成一片。

    Suggest who judges which branch: loads as even as they can be, nobody where they should be kept
    away, and all reviewers linked by branches judged in common, so that their severity can be
    compared. One line for each: name, number of branches, codes as `review new --branches` takes
    them.

    \b
    退出码 · Exit codes
    0  已排出 done
    1  按这些条件排不出来 no assignment meets all of this
    2  调用有误 wrong call
    """
    from branchscore.evaluation import stated  # noqa: PLC0415
    from branchscore.panel.assign import assigned  # noqa: PLC0415
    from branchscore.text.folders import found  # noqa: PLC0415

    away = dict(map(_split, reviewers))
    codes = {stated(path, "code") for path in found(submissions).files} - {""}
    if len(away) < len(reviewers):
        raise click.BadParameter("同名 · the same name twice", param_hint="--reviewer")
    unknown = sorted({code for some in away.values() for code in some} - codes)
    if unknown:
        raise click.BadParameter(", ".join(unknown), param_hint="--reviewer")
    if not codes:
        click.echo(say(language, "没有可读的申报。", "There is no submission to read."), err=True)
        sys.exit(WRONG_CALL)
    pairs = {(name, code) for name, some in away.items() for code in some}
    plan = assigned(away, codes, each, pairs)
    for why in plan.why:
        click.echo(why.say(language), err=True)
    if plan.why:
        sys.exit(FAULTY)
    for name in sorted(away):
        mine = sorted(code for reviewer, code in plan.pairs if reviewer == name)
        click.echo(f"{name}\t{len(mine)}\t{','.join(mine)}")


def _split(text: str) -> tuple[str, frozenset[str]]:
    name, _, codes = text.partition("=")
    return name.strip(), frozenset(code.strip() for code in codes.split(",") if code.strip())
