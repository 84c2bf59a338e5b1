"""`branchscore register notice …`: from the public notice to the title, and what becomes of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from branchscore.cli.common import criteria_option, near
from branchscore.cli.register_desk import (
    Desk,
    campaign_options,
    day_option,
    frozen,
    held,
    home_of,
    run_of,
    told_masked,
    words,
)
from branchscore.text.phrase import Language, Phrase

if TYPE_CHECKING:
    from datetime import date

    from branchscore.criteria.workdays import Calendar

UNKNOWN = Phrase(
    "{year} 年的放假调休安排还不知道，数不出工作日：请在评分表的 notice 下写 calendars，或用 "
    "--calendar 给出",
    "the days off of {year} are not known, so working days cannot be counted: state them under "
    "`calendars` of the notice in the criteria, or with --calendar",
)
NO_COUNT = Phrase(
    "评分表没有写公示几个工作日：请用 --working-days 写明",
    "the criteria do not say for how many working days: use --working-days",
)
FEWER = Phrase(
    "评分表要求至少 {least} 个工作日，{count} 个不够",
    "the criteria demand at least {least} working days; {count} are too few",
)
UNHEARD = Phrase(
    "没有收到过支部 {code} 的申报，评估里也没有它", "{code} is no branch of this campaign"
)


@click.command()
@click.argument("run")
@day_option("--from", "公示第一天 · the first day")
@click.option(
    "--working-days",
    "count",
    type=click.IntRange(1, 60),
    metavar="N",
    help="几个工作日 · for how many (default: what the criteria say)",
)
@click.option(
    "--calendar",
    type=click.Path(path_type=Path),
    help="某年的放假调休安排 · a file with the days off of a year (year, holidays, workdays)",
)
@criteria_option
@campaign_options
def notice(
    run: str,
    count: int | None,
    calendar: Path | None,
    criteria: Path | None,
    out: Path,
    campaign: str | None,
    language: Language,
    **days: "date",
) -> None:
    """登记公示：从哪天起、几个工作日；最后一天按国家放假调休安排算出来。

    Record the public notice of a run. Its last day is counted by the official calendar.
    """
    from branchscore.criteria.workdays import UnknownYear, last_of  # noqa: PLC0415
    from branchscore.register.book import Refused  # noqa: PLC0415
    from branchscore.register.event import Noticed  # noqa: PLC0415
    from branchscore.text.phrase import Sentence  # noqa: PLC0415

    first = days["from"]
    with held(home_of(near(out), campaign, language), language) as desk:
        name = run_of(desk, run)
        wanted = frozen(desk, criteria).notice
        calendars = (*_calendars(calendar), *(wanted.calendars if wanted else ()))
        least = wanted.working_days if wanted else None
        number = count or least
        if number is None:
            raise Refused(Sentence(NO_COUNT))
        if least is not None and number < least:
            raise Refused(Sentence(FEWER, {"least": least, "count": number}))
        try:
            last = last_of(first, number, calendars)
        except UnknownYear as unknown:
            raise Refused(Sentence(UNKNOWN, {"year": str(unknown.year)})) from None
        desk.record([Noticed(run=name, first=first, last=last, working_days=number)])


def _calendars(path: Path | None) -> "tuple[Calendar, ...]":
    from pydantic import TypeAdapter  # noqa: PLC0415

    from branchscore.criteria.workdays import Calendar  # noqa: PLC0415
    from branchscore.text.source import read  # noqa: PLC0415
    from branchscore.text.typing import typed  # noqa: PLC0415

    if path is None:
        return ()
    return (typed(TypeAdapter(Calendar), read(near(path)), frozenset(Calendar.model_fields)),)


@click.command()
@click.option(
    "--about",
    required=True,
    metavar="CODE|general",
    help="关于哪个支部，或 general（整个活动） · which branch, or `general`",
)
@click.option(
    "--by",
    "party",
    required=True,
    type=click.Choice(["unit", "person"]),
    help="单位（盖章）还是个人（实名）；姓名不登记 · a unit or a person by real name; names are "
    "never recorded",
)
@day_option("--day", "哪一天收到 · the day it came in")
@click.option(
    "--words",
    "text",
    required=True,
    metavar="TEXT",
    help="说了什么，不要写姓名；号码等会自动遮盖 · what is said, without names; numbers of persons "
    "are hidden",
)
@campaign_options
def objection(
    about: str,
    party: Literal["unit", "person"],
    day: "date",
    text: str,
    out: Path,
    campaign: str | None,
    language: Language,
) -> None:
    """登记一件异议，编号依次排下去。

    Record an objection; it gets the next number.
    """
    from branchscore.register.event import Objected  # noqa: PLC0415

    kept = words(text, "--words")
    with held(home_of(near(out), campaign, language), language) as desk:
        _known(desk, about)
        number = len(desk.book.state.objections) + 1
        desk.record([Objected(number=number, about=about, day=day, words=kept, by=party)])
    told_masked(text, kept, language)


def _known(desk: Desk, code: str) -> None:
    """Raise `Refused` for a code that nobody here has."""
    from branchscore.outputs.opened import opened  # noqa: PLC0415
    from branchscore.register.book import Refused  # noqa: PLC0415
    from branchscore.register.told import GENERAL  # noqa: PLC0415
    from branchscore.text.phrase import Sentence  # noqa: PLC0415

    state = desk.book.state
    if code == GENERAL or code in state.received:
        return
    if any(code in run.named for run in state.runs.values()):
        return
    for name in reversed(state.runs):
        if code in [branch["code"] for branch in opened(desk.home / name)["branches"]]:
            return
    raise Refused(Sentence(UNHEARD, {"code": code}))


@click.command()
@click.option("--objection", "number", type=int, metavar="N", help="异议编号 · its number")
@click.option("--branch", "code", metavar="CODE", help="或哪个支部 · or which branch")
@click.option(
    "--outcome",
    required=True,
    type=click.Choice(["upheld", "partly", "dismissed"]),
    help="成立、部分成立、不成立 · what came of it",
)
@click.option("--run", metavar="RUN", help="因此重新评估的结果 · the new run that it led to")
@campaign_options
def rechecked(
    number: int | None,
    code: str | None,
    outcome: Literal["upheld", "partly", "dismissed"],
    run: str | None,
    out: Path,
    campaign: str | None,
    language: Language,
) -> None:
    """登记复核的结论。异议成立的，先重新评估，再写明新的结果。

    Record what came of a re-check. Where an objection is upheld, evaluate again first and name
    the new run.
    """
    from branchscore.register.event import Rechecked  # noqa: PLC0415

    with held(home_of(near(out), campaign, language), language) as desk:
        if code is not None:
            _known(desk, code)
        newer = run_of(desk, run) if run else None
        desk.record([Rechecked(objection=number, code=code, outcome=outcome, run=newer)])
