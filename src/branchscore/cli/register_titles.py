"""`branchscore register named`, `reviewed`, `withdrawn`: titles, from the first day to the last."""

from collections.abc import Sequence
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

NOBODY_LEFT = Phrase(
    "第 {run} 次评估拟命名的支部都已有称号", "all that run {run} proposes have the title already"
)


@click.command()
@click.argument("run")
@day_option("--day", "命名的日子 · the day")
@click.option(
    "--branch",
    "codes",
    multiple=True,
    metavar="CODE",
    help="只命名这些 · only these (default: all that the run proposes)",
)
@criteria_option
@campaign_options
def named(
    run: str,
    day: "date",
    codes: Sequence[str],
    criteria: Path | None,
    out: Path,
    campaign: str | None,
    language: Language,
) -> None:
    """登记命名：公示已结束，没有未结的异议；有效期按评分表。

    Record that the title was given: after the notice, with no objection open. How long it holds is
    what the criteria say.
    """
    from branchscore.register.book import Refused  # noqa: PLC0415
    from branchscore.register.event import Named  # noqa: PLC0415
    from branchscore.text.phrase import Sentence  # noqa: PLC0415

    with held(home_of(near(out), campaign, language), language) as desk:
        name, state = run_of(desk, run), desk.book.state
        holding = {code for code, title in state.titles.items() if title.holds(day)}
        left = tuple(codes) or tuple(c for c in state.runs[name].named if c not in holding)
        if not left:
            raise Refused(Sentence(NOBODY_LEFT, {"run": name}))
        years = _years(desk, criteria)
        desk.record([Named(run=name, codes=left, day=day, years=years)])


def _years(desk: Desk, criteria: Path | None) -> int | None:
    award = frozen(desk, criteria).award
    return award.valid_years if award else None


@click.command()
@click.argument("code")
@day_option("--day", "复核的日子 · the day")
@click.option(
    "--kept/--lost",
    required=True,
    default=None,
    help="保留称号，还是不再保留 · whether the title is kept",
)
@criteria_option
@campaign_options
def reviewed(
    code: str,
    day: "date",
    kept: bool,
    criteria: Path | None,
    out: Path,
    campaign: str | None,
    language: Language,
) -> None:
    """登记期满复核：保留的，从这天起再算一个有效期。

    Record the re-check of a title after its years; where it is kept, its years begin anew.
    """
    from branchscore.register.event import ReviewedAgain  # noqa: PLC0415

    with held(home_of(near(out), campaign, language), language) as desk:
        years = _years(desk, criteria) if kept else None
        outcome: Literal["kept", "lost"] = "kept" if kept else "lost"
        desk.record([ReviewedAgain(code=code, day=day, outcome=outcome, years=years)])


@click.command()
@click.argument("code")
@day_option("--day", "撤销的日子 · the day")
@click.option(
    "--reason",
    "text",
    required=True,
    metavar="TEXT",
    help="理由，不要写姓名 · why, without names",
)
@campaign_options
def withdrawn(
    code: str,
    day: "date",
    text: str,
    out: Path,
    campaign: str | None,
    language: Language,
) -> None:
    """登记撤销称号；已经登记的命名不会改动。

    Record that a title was withdrawn; what was recorded of its naming stays.
    """
    from branchscore.register.event import Withdrawn  # noqa: PLC0415

    kept = words(text, "--reason")
    with held(home_of(near(out), campaign, language), language) as desk:
        desk.record([Withdrawn(code=code, day=day, reason=kept)])
    told_masked(text, kept, language)
