"""`branchscore test`: criteria files against their cases."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from branchscore.cli.common import DONE, FAULTY, WRONG_CALL, language_option, say, tell_faults
from branchscore.text.phrase import Language

if TYPE_CHECKING:
    from branchscore.text.diagnostics import Span
    from branchscore.trial.model import Case
    from branchscore.trial.reading import Cases
    from branchscore.trial.running import Missed


@click.command("test")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--coverage",
    is_flag=True,
    help="列出没有案例考到的指标、档次、条件、等次 · what no case reaches",
)
@click.option(
    "--mutate",
    is_flag=True,
    help="逐一改动评分表的数和条件，列出案例发现不了的改动 · changes that no case notices",
)
@language_option
def test_command(files: Sequence[Path], coverage: bool, mutate: bool, language: Language) -> None:
    """用案例检验评分表：每个案例的结果是否与手算的一致。

    Hold criteria files against their cases, whose figures were worked out by hand.

    FILES are criteria files, case files (X.cases.yaml beside X.yaml) or folders; without any,
    all case files under criteria/.

    --mutate 每次只改评分表的一处（一个数加减一个末位，“不少于”改为“多于”，否决条件删去……），
    看有没有案例不再成立。列出的改动没有案例发现：要么补一个案例（多在边界上，如 90% 与 89%），
    要么这一改动本来就影响不了结果（如人数的下限 0 改为 -1），可以不管。检查程序就会退回的改动另计。
    指标的分值只在封顶和未填报的范围（0..5）里看得出来。评审组不能评的分数写不进案例，
    所以评定的范围只往窄里改。

    --mutate changes one thing of the table at a time (a number by one of its last digit, “at
    least” to “more than”, a veto left out) and looks whether a case then fails. A change that
    is listed was noticed by none: add a case, mostly one right at a limit (90% and 89%), or see
    that the change cannot alter any result (a least number of people of 0 made -1) and leave
    it. Changes that the checker refuses are counted apart. The points of an item show only where
    it is capped, or in its range while not stated (0..5). Marks that the panel may not give
    cannot stand in a case, so what it may give is only made narrower.

    \b
    退出码 · Exit codes
    0  案例全部通过 all cases pass (whatever --coverage and --mutate list)
    1  有案例未通过，或文件有错 some case fails, or a file is faulty
    2  没有案例 nothing to test
    """
    from branchscore.text.diagnostics import Faulty  # noqa: PLC0415
    from branchscore.trial.reading import case_files, read_cases  # noqa: PLC0415

    paths = case_files(list(files) or [Path("criteria")])
    if not paths:
        wanted = "没有案例：评分表 X.yaml 的案例写在旁边的 X.cases.yaml 里。"
        click.echo(say(language, wanted, "No cases: those of X.yaml are X.cases.yaml."), err=True)
        sys.exit(WRONG_CALL)
    for path in files:
        if not case_files([path]):
            _tell(f"{path}: {say(language, '没有案例', 'no cases')}", err=True)
    passed = failed = faults = 0
    for path in paths:
        try:
            cases = read_cases(path)
        except Faulty as error:
            tell_faults(error.diagnostics, language)
            faults += len(error.diagnostics)
            continue
        tell_faults(cases.faults, language)
        passing = _passing(cases, language)
        if coverage:
            _tell_unreached(cases, passing, language)
        if mutate:
            _tell_survivors(cases, passing, language)
        passed, failed = passed + len(passing), failed + len(cases.cases) - len(passing)
        faults += len(cases.faults)
    _tell_counts(passed, failed, faults, language)
    nothing = WRONG_CALL if not passed else DONE
    sys.exit(FAULTY if failed or faults else nothing)


def _tell_counts(passed: int, failed: int, faults: int, language: Language) -> None:
    click.echo(
        say(
            language,
            f"案例 {passed + failed} 个：通过 {passed} 个，未通过 {failed} 个；{faults} 处错误。",
            f"{passed + failed} cases: {passed} passed, {failed} failed; {faults} errors.",
        )
    )


def _passing(cases: "Cases", language: Language) -> "list[Case]":
    """The cases that hold; what the others miss is printed."""
    from branchscore.trial.running import missed  # noqa: PLC0415

    passing = []
    for case in cases.cases:
        several = list(missed(cases.table, case))
        if not several:
            passing.append(case)
        for one in several:
            _tell_missed(cases, one, language)
    return passing


def _tell_missed(cases: "Cases", one: "Missed", language: Language) -> None:
    from branchscore.text.phrase import shown  # noqa: PLC0415

    wanted, got = shown(one.expected, language), shown(one.got, language)
    told = say(language, f"应为 {wanted}，实为 {got}", f"expected {wanted}, got {got}")
    at = ("cases", one.case.index, one.key, one.item)
    span = cases.document.span(at, key=True)
    _tell(f"{span.path}:{span.line}: {one.case.name}: {one.item} {told}")
    for sentence in one.why:
        _tell(f"    {sentence.say(language)}")


def _tell_unreached(cases: "Cases", passing: "list[Case]", language: Language) -> None:
    from branchscore.trial.coverage import unreached  # noqa: PLC0415

    missed = unreached(cases.table, passing)
    for spot in missed:
        span = cases.table.document.span(spot.at)
        _tell(f"{span.path}:{span.line}: {spot.item} {spot.what.say(language)}")
    path = cases.table.document.path
    zh, en = f"{len(missed)} 处没有案例考到", f"{len(missed)} places that no case reaches"
    _tell(f"{path}: {say(language, zh, en)}")


def _tell_survivors(cases: "Cases", passing: "list[Case]", language: Language) -> None:
    from branchscore.trial.protection import protection  # noqa: PLC0415

    tried = protection(cases, passing)
    for survivor in tried.survivors:
        mutant, place = survivor.mutant, _place(survivor.span)
        nothing = say(language, "（删去）", "(left out)")
        item = "" if survivor.item == mutant.name else f"{survivor.item} "
        _tell(f"{place}: {item}{mutant.name}: {mutant.was} → {mutant.now or nothing}")
    left = len(tried.survivors)
    zh = f"改动 {tried.all} 处：案例发现 {tried.by_cases} 处，检查退回 {tried.by_checker} 处，"
    en = f"{tried.all} changes: {tried.by_cases} noticed by cases, {tried.by_checker} refused by "
    told = say(language, f"{zh}没有发现 {left} 处", f"{en}the checker, {left} not noticed")
    _tell(f"{cases.table.document.path}: {told}")


def _place(span: "Span") -> str:
    return f"{span.path}:{span.line}:{span.column}"


def _tell(text: str, err: bool = False) -> None:
    from branchscore.outputs.terminal import visible  # noqa: PLC0415

    click.echo(visible(text), err=err)
