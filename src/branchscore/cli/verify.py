"""`branchscore verify`: whether a certificate is genuine, without any server."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import DONE, WRONG_CALL, language_option, say
from branchscore.text.phrase import Language, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branchscore.trust.facts import Facts
    from branchscore.trust.issuer import Trust
    from branchscore.trust.verify import Known, Step

NOT_GENUINE = 3


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--qr", "text", help="二维码的文字，- 从标准输入读 · text of a code; - reads it")
@click.option(
    "--trust",
    "trusted",
    type=click.Path(path_type=Path, dir_okay=False),
    help="信任谁 · whom to trust (default: keys/trust.json)",
)
@click.option(
    "--status",
    "listed",
    type=click.Path(path_type=Path, dir_okay=False),
    help="撤销名单 · list of what was revoked (default: status.note beside trust.json)",
)
@click.option(
    "--register",
    "home",
    type=click.Path(path_type=Path, file_okay=False),
    help="登记簿所在的文件夹 · folder of the register, to look in it as well",
)
@click.option(
    "--rebuild", is_flag=True, help="重新排版，逐字节比较 · lay it out again, compare every byte"
)
@language_option
def verify(
    file: Path | None,
    text: str | None,
    trusted: Path | None,
    listed: Path | None,
    home: Path | None,
    rebuild: bool,
    language: Language,
) -> None:
    """核验证书的 PDF，或二维码的文字；逐步写明查了什么、是谁的证书。

    Check the PDF of a certificate, or the text of its code; says each step and whose it is.

    A scan or a photo proves nothing: there only the code can be checked.

    \b
    退出码 · Exit codes
    0  是真的 genuine
    2  调用有误 wrong call
    3  不能相信 not to be believed
    """
    from branchscore.text.system import told  # noqa: PLC0415
    from branchscore.trust.refused import Untrusted  # noqa: PLC0415
    from branchscore.trust.verify import check_code  # noqa: PLC0415

    if (file is None) == (text is None):
        raise click.UsageError(
            say(language, "请给出一个 PDF，或 --qr。", "Name one PDF, or give --qr.")
        )
    try:
        trust, known = _basis(trusted or Path("keys/trust.json"), listed, home)
        raw = file.read_bytes() if file else b""
    except Untrusted as refused:
        click.echo(refused.why.say(language), err=True)
        sys.exit(NOT_GENUINE)
    except OSError as error:
        click.echo(told(error).say(language), err=True)
        sys.exit(WRONG_CALL)
    if file is not None:
        sys.exit(_file(raw, trust, known, rebuild, language))
    words = sys.stdin.read() if text == "-" else text or ""
    lines, steps = check_code(words, trust, known)
    _tell(steps, language)
    sys.exit(_code_end(lines, steps, language))


def _basis(trusted: Path, listed: Path | None, home: Path | None) -> "tuple[Trust, Known]":
    """Whom to trust, and what is known beside the paper."""
    from branchscore.register.book import opened  # noqa: PLC0415
    from branchscore.trust.folder import STATUS  # noqa: PLC0415
    from branchscore.trust.issuer import read_trust  # noqa: PLC0415
    from branchscore.trust.status import read_status  # noqa: PLC0415
    from branchscore.trust.verify import Known  # noqa: PLC0415

    trust = read_trust(trusted)
    usual = trusted.parent / STATUS
    place = listed or (usual if usual.is_file() else None)
    note = place.read_bytes().decode(errors="replace") if place else None
    status = None if note is None else read_status(note, trust.notes)
    return trust, Known(status, opened(home) if home else None)


def _file(raw: bytes, trust: "Trust", known: "Known", rebuild: bool, language: Language) -> int:
    from branchscore.outputs.press import PaperError  # noqa: PLC0415
    from branchscore.trust.certify import same_again  # noqa: PLC0415
    from branchscore.trust.verify import GENUINE, Checking  # noqa: PLC0415

    checking = Checking(trust, known)
    try:
        steps = list(checking.steps(raw, same_again(trust) if rebuild else None))
    except PaperError as error:
        click.echo(error.why.say(language), err=True)
        return NOT_GENUINE
    _tell(steps, language)
    if not all(step.good for step in steps):
        return _refused(language)
    if checking.facts is not None:
        _tell_facts(checking.facts, language)
    click.echo(GENUINE.say(language) + say(language, "。", "."))
    return DONE


def _code_end(lines: list[str], steps: "list[Step]", language: Language) -> int:
    from branchscore.outputs.terminal import visible  # noqa: PLC0415
    from branchscore.trust.verify import FACTS_ONLY  # noqa: PLC0415

    if not lines or not all(step.good for step in steps):
        return _refused(language)
    for line in lines[1:]:
        click.echo("  " + visible(line))
    click.echo(FACTS_ONLY.say(language) + say(language, "。", "."))
    return DONE


def _refused(language: Language) -> int:
    click.echo(say(language, "不能相信这张证书。", "Do not believe this certificate."))
    return NOT_GENUINE


def _tell(steps: "Iterable[Step]", language: Language) -> None:
    from branchscore.outputs.terminal import visible  # noqa: PLC0415

    for step in steps:
        click.echo(("✓ " if step.good else "✗ ") + visible(step.told.say(language)))


def _tell_facts(facts: "Facts", language: Language) -> None:
    from branchscore.outputs.terminal import visible  # noqa: PLC0415

    rank = f"{facts.get('rank')} / {facts.get('ranked')}" if "rank" in facts else ""
    grade = facts["grade"][language] if "grade" in facts else ""
    told = (
        (Phrase("证书", "certificate"), facts["id"]),
        (Phrase("支部", "branch"), f"{facts['branch']} ({facts['code']})"),
        (Phrase("称号", "title"), facts["title"][language]),
        (Phrase("等次", "grade"), grade),
        (Phrase("得分", "points"), facts.get("points", "")),
        (Phrase("名次", "rank"), rank),
        (Phrase("编号", "number"), facts["number"]),
        (Phrase("日期", "date"), facts["date"]),
        (Phrase("代替", "replaces"), facts.get("replaces", "")),
    )
    for name, value in told:
        if value:
            click.echo(visible(f"  {name.say(language)}{say(language, '：', ': ')}{value}"))
    if facts["fictional"]:
        click.echo(say(language, "  虚构样例，不具效力", "  fictional sample, no validity"))
