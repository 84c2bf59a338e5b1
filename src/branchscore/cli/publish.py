"""`branchscore publish`: official documents on paper."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import (
    FAULTY,
    UNWRITTEN,
    WRONG_CALL,
    criteria_option,
    language_option,
    say,
    tables_in,
    tell_faults,
)
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.criteria.model import Criteria
    from branchscore.documents.files import Pages
    from branchscore.outputs.public import Published
    from branchscore.submission.reading import Submission

out_option = click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help="写到哪个文件夹 · folder to write to (default: published/CRITERIA)",
)
replace_option = click.option(
    "--replace",
    is_flag=True,
    help="覆盖内容不同的旧文件 · write over files that differ",
)
number_option = click.option(
    "--number",
    default="",
    metavar="TEXT",
    help="发文字号，代替评分表里写的 · the document's number, instead of the criteria's",
)
run_argument = click.argument("run", required=False, type=click.Path(path_type=Path))


@click.group()
def publish() -> None:
    """写出公示、命名决定、呈报表（GB/T 9704-2012 版式，中文）。

    Write official documents in the layout of GB/T 9704-2012, in Chinese: the public notice, the
    naming decision, a branch's application and approval form.
    """


@publish.command("notice")
@run_argument
@number_option
@click.option(
    "--root",
    metavar="TEXT",
    help="登记簿的校验值，印在公示上；不写用这次评估旁的登记簿 · the root of the register, printed "
    "on the notice; without it, that of the register beside the run",
)
@out_option
@replace_option
@language_option
def notice_command(
    run: Path | None,
    number: str,
    root: str | None,
    out: Path | None,
    replace: bool,
    language: Language,
) -> None:
    """公示：PDF 和网页。还有并列或待定的支部时不写。

    The public notice, as PDF and as a page for a browser; not while the outcome of any branch
    is tied or open.

    RUN is the folder of a run; without it, the latest in reports/.

    \b
    退出码 · Exit codes
    0    已写出 written
    1    还不能发布，或文件有错 not to be published yet, or a file has errors
    2    调用有误或没有评估结果 wrong call, or no run
    3    登记簿被改动 the register was changed
    74   未能写出 not written
    """
    from branchscore.documents.files import notice_pages  # noqa: PLC0415

    public = _public(run, language)
    root = root or _root(run, language)
    pages = _fit(lambda: notice_pages(public, number, root), language)
    _write(pages, out or Path("published") / public.criteria, replace, language)


@publish.command("decision")
@run_argument
@number_option
@out_option
@replace_option
@language_option
def decision_command(
    run: Path | None, number: str, out: Path | None, replace: bool, language: Language
) -> None:
    """命名决定，附命名支部名单。还有并列或待定的支部时不写。

    The naming decision with the list of the named; not while the outcome of any branch is tied
    or open.

    RUN is the folder of a run; without it, the latest in reports/. Exit codes as for `notice`.
    """
    from branchscore.documents.files import decision_pages  # noqa: PLC0415

    public = _public(run, language)
    pages = _fit(lambda: decision_pages(public, number), language)
    _write(pages, out or Path("published") / public.criteria, replace, language)


@publish.command("form")
@click.argument("submissions", nargs=-1, required=True, type=click.Path(path_type=Path))
@criteria_option
@out_option
@replace_option
@language_option
def form_command(
    submissions: Sequence[Path],
    criteria: Path | None,
    out: Path | None,
    replace: bool,
    language: Language,
) -> None:
    """呈报表：按申报填好，三级意见留空。

    The application and approval form, filled from submissions; the opinions of three levels are
    left empty. Exit codes as for `notice`.
    """
    from branchscore.documents.files import form_pages  # noqa: PLC0415

    for table, sound in _handed_in(submissions, criteria, language):
        folder = out or Path("published") / table.id
        _write(form_pages(table, sound), folder, replace, language)


def _public(run: Path | None, language: Language) -> "Published":
    from branchscore.outputs.opened import NoRun, latest  # noqa: PLC0415
    from branchscore.outputs.public_file import public_of  # noqa: PLC0415
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415

    try:
        return public_of(run or latest(Path("reports")))
    except NoRun as nothing:
        click.echo(nothing.why.say(language), err=True)
        sys.exit(WRONG_CALL)
    except Faulty as error:
        tell_faults(error.diagnostics, language)
        sys.exit(FAULTY)


def _root(run: Path | None, language: Language) -> str | None:
    """The size and root of the register beside the run, if there is one; a damaged one ends the
    call."""
    from branchscore.cli.register_desk import broken  # noqa: PLC0415
    from branchscore.outputs.opened import latest, run_in  # noqa: PLC0415
    from branchscore.register.book import opened  # noqa: PLC0415

    book = opened(run_in(run or latest(Path("reports"))).resolve().parent)
    if book.damage:
        broken(book.path, book.damage, language)
    return f"{len(book.lines)}:{book.root.hex()}" if book.lines else None


def _fit(make: "Callable[[], Pages]", language: Language) -> "Pages":
    from branchscore.documents.naming import Unfit  # noqa: PLC0415
    from branchscore.outputs.terminal import visible  # noqa: PLC0415

    try:
        return make()
    except Unfit as unfit:
        click.echo(visible(unfit.why.say(language)), err=True)
        sys.exit(FAULTY)


def _handed_in(
    paths: Sequence[Path], criteria: Path | None, language: Language
) -> "list[tuple[Criteria, list[Submission]]]":
    """The sound submissions by table; a faulty one ends the call, since nobody would miss it."""
    from branchscore.evaluation import check  # noqa: PLC0415
    from branchscore.text.folders import found  # noqa: PLC0415
    from branchscore.text.manual import is_error  # noqa: PLC0415

    files, _ = found(paths)
    by: dict[str, tuple[Criteria, list[Submission]]] = {}
    tables = [criteria] if criteria else tables_in(Path("criteria"))
    faults = check(
        files, tables, lambda one, table: by.setdefault(table.id, (table, []))[1].append(one)
    )
    tell_faults(filter(is_error, faults), language)
    if any(map(is_error, faults)):
        sys.exit(FAULTY)
    if not by:
        click.echo(say(language, "没有可读的申报。", "No submissions to read."), err=True)
        sys.exit(WRONG_CALL)
    return list(by.values())


def _write(pages: "Pages", folder: Path, replace: bool, language: Language) -> None:
    """All files of one call, or none: what was published is not changed by accident."""
    from branchscore.documents.files import lacking, printed, put, written_over  # noqa: PLC0415
    from branchscore.outputs.press import PaperError  # noqa: PLC0415
    from branchscore.outputs.terminal import visible  # noqa: PLC0415
    from branchscore.text.system import told  # noqa: PLC0415

    if missing := visible(lacking(pages)):
        zh = f"没有字体能印出“{missing}”，已用〓代替"
        click.echo(say(language, zh, f"no font has “{missing}”; 〓 stands for it"), err=True)
    try:
        files = list(printed(pages))
        differing = [] if replace else written_over(folder, files)
        for path in differing:
            zh = f"{path} 已经有了，内容不同：没有改动；要覆盖请加 --replace"
            en = f"{path} is there and differs: left as it is; --replace writes over it"
            click.echo(say(language, zh, en), err=True)
        if differing:
            sys.exit(FAULTY)
        for name, content in files:
            put(folder / name, content)
            click.echo(say(language, f"已写出 {folder / name}。", f"{folder / name} is written."))
    except (PaperError, OSError) as error:
        why = told(error) if isinstance(error, OSError) else error.why
        click.echo(visible(why.say(language)), err=True)
        sys.exit(UNWRITTEN)
