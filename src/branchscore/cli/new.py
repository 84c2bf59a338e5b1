"""`branchscore new`: the form of a table, for a branch to fill in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import click

from branchscore.cli.common import (
    DONE,
    FAULTY,
    WRONG_CALL,
    language_option,
    say,
    tables_in,
    tell_faults,
)
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.criteria.model import Criteria
    from branchscore.forms.blank import Style
    from branchscore.forms.carried import Carried
    from branchscore.text.source import Document

BOM = "\ufeff"


class Wish(NamedTuple):
    """What somebody asked for: for whom, in which form, and where it is written."""

    code: str
    branch: str
    kind: str
    plain: bool
    out: Path | None
    style: "Style"


@click.command()
@click.argument("criteria", required=False, type=click.Path(path_type=Path))
@click.option("--code", default="", help="支部代码 · the branch's code")
@click.option("--branch", default="", metavar="NAME", help="支部名称 · the branch's name")
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    help="写到哪个文件 · file to write (default: submissions/CRITERIA/CODE.yaml)",
)
@click.option(
    "--from",
    "last",
    type=click.Path(path_type=Path),
    help="去年的申报，仍然有效的照抄 · last year's submission: what still holds is carried over",
)
@click.option(
    "--to",
    "kind",
    type=click.Choice(["yaml", "xlsx"]),
    default="yaml",
    show_default=True,
    help="文本，或 WPS、Excel 表格 · a text file or a workbook",
)
@click.option(
    "--keys",
    type=click.Choice(["title", "id"]),
    default="title",
    show_default=True,
    help="用中文名称还是代号填写 · Chinese titles or ids as keys",
)
@click.option(
    "--records",
    type=click.IntRange(1, 200),
    default=3,
    show_default=True,
    help="每个台账留几段空白 · blank records for each list",
)
@click.option(
    "--plain",
    is_flag=True,
    help="不带 BOM，换行用 LF · no byte order mark, lines end with LF (default: as Notepad does)",
)
@language_option
def new(
    criteria: Path | None,
    code: str,
    branch: str,
    out: Path | None,
    last: Path | None,
    kind: str,
    keys: str,
    records: int,
    plain: bool,
    language: Language,
) -> None:
    """给支部出一份空白申报表，注明每项问什么、怎样填、值多少分。

    Write a form for a branch: what each answer asks, how it is written, what it is worth.

    \b
    branchscore new --code JA-07 --branch 某某支部
    branchscore new criteria/x.yaml --code JA-07 --from last-year/JA-07.yaml

    \b
    退出码 · Exit codes
    0  已写出 written
    1  评分表或去年的申报有错 the criteria file or last year's submission has errors
    2  调用有误，或文件已经有了 wrong call, or the file is there already
    """
    from branchscore.criteria.reading import read_criteria  # noqa: PLC0415
    from branchscore.forms.blank import Style  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415

    _check_names(code, branch)
    path = criteria or _only_table(language)
    style = Style("id" if keys == "id" else "title", language, records)
    try:
        table, document = read_criteria(path)
        taken = _carried(last, table, path) if last else None
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        sys.exit(FAULTY)
    if taken:
        code, branch = code or taken.code, branch or taken.branch
    wish = Wish(code, branch, kind, plain, out, style)
    target = _write(_content(table, document, wish, taken), table.id, wish)
    _told(target, taken, language)
    sys.exit(DONE)


def _check_names(code: str, branch: str) -> None:
    from branchscore.text.scalars import CODE  # noqa: PLC0415

    if code and not CODE.fullmatch(code):
        raise click.BadParameter(
            "只用字母、数字、点和横线 · letters, digits, dots and dashes only", param_hint="--code"
        )
    if len(branch) > 200 or not (branch.isprintable() or not branch):
        raise click.BadParameter(
            "一行文字，不超过 200 字 · one line, at most 200 characters", param_hint="--branch"
        )


def _only_table(language: Language) -> Path:
    tables = tables_in(Path("criteria"))
    if len(tables) == 1:
        return tables[0]
    several = ", ".join(map(str, tables))
    none = say(language, "criteria/ 里没有评分表", "there is no criteria file in criteria/")
    which = say(language, f"写明用哪一份评分表：{several}", f"name one of the files: {several}")
    click.echo(which if tables else none, err=True)
    sys.exit(WRONG_CALL)


def _carried(last: Path, table: "Criteria", path: Path) -> "Carried":
    """Last year's answers; the table they were written for helps where it lies beside."""
    from contextlib import suppress  # noqa: PLC0415

    from branchscore.criteria.reading import read_criteria  # noqa: PLC0415
    from branchscore.evaluation import stated  # noqa: PLC0415
    from branchscore.forms.carried import carried  # noqa: PLC0415
    from branchscore.submission.form import Form  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415
    from branchscore.text.source import read  # noqa: PLC0415

    document = read(last)
    name, earlier = stated(last, "criteria"), None
    for other in {*tables_in(path.parent), *tables_in(Path("criteria"))} if name else ():
        if name != table.id and stated(other, "id") == name:
            with suppress(Faulty):
                earlier = Form(read_criteria(other)[0])
    return carried(document, Form(table), earlier)


def _content(table: "Criteria", document: "Document", wish: Wish, taken: "Carried | None") -> bytes:
    if wish.kind == "xlsx":
        from branchscore.forms.imported import digest_of  # noqa: PLC0415
        from branchscore.forms.sheet_layout import Filled  # noqa: PLC0415
        from branchscore.forms.workbook import workbook  # noqa: PLC0415

        typed = dict(taken.typed) if taken else {}
        filled = Filled(code=wish.code, branch=wish.branch, answers=typed)
        return workbook(table, digest_of(document), filled, wish.style.language)
    from branchscore.forms.blank import Known, form_text  # noqa: PLC0415

    known = Known(wish.code, wish.branch, taken.answers if taken else {})
    text = form_text(table, known, wish.style)
    # Without a mark the Notepad of Windows 7 takes the text for GBK, and shows it in one line.
    return text.encode() if wish.plain else (BOM + text.replace("\n", "\r\n")).encode()


def _write(content: bytes, criteria: str, wish: Wish) -> Path:
    """Never over what is there."""
    from branchscore.text.system import refusal  # noqa: PLC0415

    folder = Path("submissions") if Path("submissions").is_dir() and wish.code else Path()
    name = f"{wish.code or criteria}.{wish.kind}"
    target = wish.out or (folder / criteria / name if folder != Path() else Path(name))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            _fill(file, content, target)
    except OSError as error:
        language = wish.style.language
        told = refusal(error).say(language)
        click.echo(say(language, f"没有写出 {target}：{told}", f"{target}: {told}"), err=True)
        sys.exit(WRONG_CALL)
    return target


def _fill(file: BinaryIO, content: bytes, target: Path) -> None:
    """All of it or no file: half a form would be filled in by somebody."""
    try:
        file.write(content)
        file.flush()
    except OSError:
        target.unlink(missing_ok=True)
        raise


def _told(target: Path, taken: "Carried | None", language: Language) -> None:
    from branchscore.text.phrase import shown  # noqa: PLC0415

    if taken:
        n, old = len(taken.answers), shown(taken.yearly, language)
        click.echo(
            say(
                language,
                f"沿用去年填报 {n} 项，请逐项核对。",
                f"{n} answers were carried over from last year and are to be checked.",
            )
        )
        if taken.yearly:
            click.echo(say(language, f"当年的数据，请填今年的：{old}", f"To be stated anew: {old}"))
        for one in taken.left:
            click.echo(say(language, "没有沿用：", "Not carried over: ") + one.say(language))
    next_step = "import" if target.suffix == ".xlsx" else "check"
    click.echo(
        say(
            language,
            f"已写出 {target}。填好后运行：branchscore {next_step} {target}",
            f"{target} is written. When it is filled in run: branchscore {next_step} {target}",
        )
    )
