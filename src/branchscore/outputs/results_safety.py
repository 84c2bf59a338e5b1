"""The parts of `results.json` about the panel as a whole and about the line between in and out."""

from typing import Literal

from typing_extensions import TypedDict

from branchscore.outputs.wordings import Both


class ReviewerSaid(TypedDict):
    """一位评委：评了几个支部（branches）、几项（marks），其中几项有别的评委也评过（shared）；
    `leaning` 是比别人多给（负数少给）本项分值的多少，`unsteady` 是此外起伏的大小（均方根）。

    One reviewer: how many branches and items, how many of these others judged as well; `leaning`:
    so great a share of an item's points more (or, negative, less) than the others give; `unsteady`:
    the root of the mean square of what is left beside it."""

    name: str
    branches: int
    marks: int
    shared: int
    leaning: str | None
    unsteady: str | None
    said: Both


class PanelSaid(TypedDict):
    """评委打分的质量：Krippendorff α（定距）、ICC(A,1) 与 ICC(A,k)、Kendall W（修正并列），
    算不出的为 null；`groups` 是由共同评过的支部相连的评委，只有一组才可以比较和校正宽严。

    What the marks are worth: Krippendorff's alpha (interval), ICC(A,1) and ICC(A,k), Kendall's W
    with ties, null where marks define none; `groups` of reviewers that are linked by branches
    judged in common: severity can be compared and corrected only in one."""

    alpha: str | None
    icc_one: str | None
    icc_mean: str | None
    concordance: str | None
    groups: list[list[str]]
    reviewers: list[ReviewerSaid]
    said: list[Both]


class NearSaid(TypedDict):
    """线附近的一个支部。`margin` 高出线几分（负数差几分），`single` 单独一项就能改变去留的项目，
    `fewest` 至少几项（都变也不够为 null），`chances` 各种推演中入选的次数。

    A branch near the line. `margin`: points above it (negative: below), `single`: items each of
    which alone could carry it across, `fewest`: at least so many (null: all would not), `chances`:
    in how many draws it is named."""

    code: str
    name: str
    rank: int
    given: bool
    open: bool
    points: str
    margin: str | None
    single: list[str]
    fewest: int | None
    chances: dict[str, int]


class SwapSaid(TypedDict):
    """去掉一项（item）或不计一位评委（reviewer）时，哪些支部进、哪些支部出 · who would come in and
    go out without an item or a reviewer's marks."""

    kind: Literal["item", "reviewer"]
    name: str
    title: Both
    comes: list[str]
    goes: list[str]


class SafetySaid(TypedDict):
    """命名线稳不稳：推演 `draws` 次，分值浮动 `varied`；`same` 各种推演中命名的支部完全不变的次数。

    How safe the line is: `draws` of each kind, items' points varied by `varied`; `same`: in how
    many just the same branches are named."""

    draws: int
    varied: str
    same: dict[str, int]
    near: list[NearSaid]
    swaps: list[SwapSaid]
    said: list[Both]
