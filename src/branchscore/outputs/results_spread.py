"""The part of `results.json` about how points are distributed."""

from typing_extensions import TypedDict

from branchscore.outputs.wordings import Both


class SpreadSaid(TypedDict):
    """参加排名的支部在总分（total）、一部分或一项上的得分：最低、四分位（都是某个支部的实际得分）、
    最高；得满分、不得分的各几个；命名的比其余的平均高几分（四舍五入到两位小数，
    没有可比的为 null）。

    The ranked branches' points in all (`total`), in a section or on an item: the lowest, the
    quartiles (by nearest rank: each is some branch's points) and the highest; how many have all
    points and none; `apart`: how much more those named have on average (half-up to two decimals,
    null where there is nothing to compare)."""

    id: str
    points: str
    lowest: str
    lower: str
    median: str
    upper: str
    highest: str
    full: int
    none: int
    apart: str | None


class BandSaid(TypedDict):
    """总分在 `low`（含）到 `high`（不含）之间的支部有几个 · how many ranked branches have totals
    from `low` to below `high`."""

    low: str
    high: str
    number: int


class Spread(TypedDict):
    """参加排名的支部得分的分布 · how points of the ranked branches are distributed."""

    number: int
    lines: list[SpreadSaid]
    bands: list[BandSaid]


class GroupSaid(TypedDict):
    """一组支部的名额：参加排名的几个，最少、最多命名几个，命名了几个；`depth` 是第几层（从 0 起）。

    The places of a group: how many of it are ranked, how few and how many may be named, how
    many are; `depth` counts the groups around it."""

    id: str
    title: Both
    depth: int
    ranked: int
    least: int
    most: int
    named: int


class StateSaid(TypedDict):
    """有几项、涉及几个支部未填报（not_stated）、待评（pending）等 · how many items of how many
    branches are not stated, pending and so on."""

    state: str
    items: int
    branches: int


class ClauseSaid(TypedDict):
    """评分办法的一部分 · a part of the method in words."""

    title: Both
    said: list[Both]
