"""`branchscore preview`: what a certificate or a plaque will look like."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from branchscore.cli.common import (
    DONE,
    FAULTY,
    UNWRITTEN,
    WRONG_CALL,
    criteria_option,
    language_option,
    near,
    say,
    tables_in,
    tell_faults,
)
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.criteria.model import Criteria


@click.command()
@click.argument("submission", required=False, type=click.Path(path_type=Path))
@criteria_option
@click.option(
    "--out",
    "-o",
    default="preview",
    show_default=True,
    type=click.Path(path_type=Path),
    help="写到哪个文件夹 · where the pages are written",
)
@language_option
def preview(submission: Path | None, criteria: Path | None, out: Path, language: Language) -> None:
    """证书和奖牌印出来的样子：PDF 和 PNG，都标明是样张。

    What the certificate and the plaque will look like, as PDF and PNG, all marked as samples.

    With a SUBMISSION its branch is named, else a branch that does not exist. Nothing is scored.

    \b
    退出码 · Exit codes
    0   完成 done
    1   评分表有错 the criteria file has errors
    2   调用有误，或者没有规定证书 wrong call, or no certificate is provided for
    74  未能写出 not written
    """
    from branchscore.criteria.reading import read_criteria  # noqa: PLC0415
    from branchscore.evaluation import stated  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415

    tables = [near(criteria)] if criteria else tables_in(Path("criteria"))
    if len(tables) != 1:
        _refuse(language, "请用 -c 写明一份评分表。", "Name one criteria file with -c.")
    name = stated(near(submission), "branch") if submission else ""
    if submission and not name:
        _refuse(language, f"{submission} 里没有支部名称。", f"{submission} names no branch.")
    try:
        table, _ = read_criteria(tables[0])
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        sys.exit(FAULTY)
    if table.award is None:
        _refuse(language, "评分表没有写 award（证书）。", "The criteria file has no award.")
    sys.exit(_shown(table, name, near(out), language))


def _refuse(language: Language, zh: str, en: str) -> NoReturn:
    click.echo(say(language, zh, en), err=True)
    sys.exit(WRONG_CALL)


def _shown(table: "Criteria", name: str, out: Path, language: Language) -> int:
    from branchscore.certificates.design import design_of  # noqa: PLC0415
    from branchscore.certificates.issue import page, plaque  # noqa: PLC0415
    from branchscore.certificates.sample import NAME, sample  # noqa: PLC0415
    from branchscore.outputs.fonts import unprintable  # noqa: PLC0415
    from branchscore.outputs.picture import pictures  # noqa: PLC0415
    from branchscore.outputs.press import PaperError, press  # noqa: PLC0415

    assert table.award is not None  # noqa: S101 - asked before
    certificate = sample(table, table.award, name or NAME)
    lacking = "".join(unprintable([certificate.branch]))
    if lacking:
        zh = f"没有字体能印出“{lacking}”，已用〓代替"
        click.echo(say(language, zh, f"no font has “{lacking}”; 〓 stands for it"), err=True)
    try:
        sheets = [
            ("certificate", page(certificate, language, design_of(table.award))),
            ("plaque", plaque(certificate, language)),
        ]
        out.mkdir(parents=True, exist_ok=True)
        for kind, pdf in press(sheets):
            (out / f"{kind}.pdf").write_bytes(pdf)
            for n, png in enumerate(pictures(pdf), 1):
                (out / (f"{kind}.png" if n == 1 else f"{kind}-{n}.png")).write_bytes(png)
            click.echo(out / f"{kind}.pdf")
    except PaperError as error:
        click.echo(error.why.say(language), err=True)
        return UNWRITTEN
    return DONE
