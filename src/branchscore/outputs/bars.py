"""How wide and high the bars of pictures are: all that pages compute."""

from collections.abc import Sequence
from typing import NamedTuple

from branchscore.outputs.results_spread import BandSaid, SpreadSaid
from branchscore.text.numbers import Exact, divided, plain, printed, rounded


class Strip(NamedTuple):
    """Where the peers lie on one line, in per cent of its points."""

    lowest: str
    lower: str
    median: str
    upper: str
    highest: str


class Column(NamedTuple):
    """One band of totals as a bar; `own` holds the total that was asked for."""

    height: str
    band: BandSaid
    own: bool


def bar(low: str, high: str, whole: Exact) -> dict[str, str]:
    """Widths in per cent: what is certain, and what is still possible beyond it."""
    certain = min(divided(max(printed(low), 0), whole), 1)
    possible = min(divided(max(printed(high), 0), whole), 1) - certain
    return {"low": percent(certain), "high": percent(possible)}


def percent(share: Exact) -> str:
    """A share as a width."""
    return plain(rounded(share * 100, 2, "half-up")) + "%"


def strip(line: SpreadSaid) -> Strip:
    """The peers on one line of the table."""
    whole = max(printed(line["points"]), 1)

    def at(points: str) -> str:
        return percent(min(max(divided(printed(points), whole), 0), 1))

    lower, median, upper = at(line["lower"]), at(line["median"]), at(line["upper"])
    return Strip(at(line["lowest"]), lower, median, upper, at(line["highest"]))


def columns(bands: Sequence[BandSaid], own: str | None = None) -> list[Column]:
    """The bands of totals; `own` is the total to be marked."""
    most = max((band["number"] for band in bands), default=1)
    return [
        Column(percent(divided(band["number"], most)), band, own is not None and _within(own, band))
        for band in bands
    ]


def _within(points: str, band: BandSaid) -> bool:
    return printed(band["low"]) <= printed(points) < printed(band["high"])
