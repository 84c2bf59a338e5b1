"""What comes after the points: conditions, vetoes, grades, places and the certificate."""

from typing import Literal, NamedTuple

from pydantic import Field as Key
from pydantic import PrivateAttr

from branchscore.criteria.condition import Condition
from branchscore.criteria.measures import Measure
from branchscore.text.numbers import Exact, rounded
from branchscore.text.scalars import Code, Day, Identifier, Line, Name, Number, Whole, Wording
from branchscore.text.typing import Strict

OTHERWISE = "otherwise"
"""What a veto calls the grade below the last."""


WholeRule = Literal["down", "up", "half-up"]


def whole(exact: Exact, rule: WholeRule) -> int:
    """A share of a number of branches, made whole as the table says."""
    if rule == "half-up":
        return rounded(exact, 0, "half-up").numerator
    down = exact.numerator // exact.denominator
    return down if rule == "down" or down == exact else down + 1


class Source(Strict):
    """出处：文件里的条款，或原文的一句 · a place in a document, or a sentence of it, or both."""

    document: Identifier
    """documents 里的代号 · which document"""
    article: Line | None = None
    """条款 · the article"""
    quote: Line | None = None
    """原文 · the sentence"""


class Gate(Condition):
    """申报条件：不满足就不参加评定 · what a branch must meet to be evaluated at all."""

    id: Code
    """编号 · its id"""
    title: Wording
    """名称 · its title"""
    source: Source | None = None
    """依据 · by what right it is asked"""
    measure: Measure
    """看什么 · what is measured"""


class Veto(Condition):
    """触及时不论得分：`exclude` 一票否决；`not_above` 等次不高于 `grade`（一票否优）；
    `grades_down` 降
    `grades` 个等次；`grade` 直接定为 `grade`；`zero` 所列 `items` 得零分。

    What overrides the points where its condition holds: `exclude` from the title; a grade
    `not_above` the one in `grade`; so many `grades_down`; directly this `grade`; or `zero` for
    the `items`.
    """

    id: Code
    """编号 · its id"""
    title: Wording
    """名称 · its title"""
    source: Source | None = None
    """依据 · by what right it holds"""
    measure: Measure
    """看什么 · what is measured"""
    effect: Literal["exclude", "not_above", "grades_down", "grade", "zero"]
    """触及的后果 · what happens where it holds"""
    grade: Identifier | None = None
    """哪个等次，各档之外写 otherwise · the grade of `not_above` and `grade`, or `otherwise`"""
    grades: Whole | None = Key(default=None, ge=1)
    """降几个等次 · how many grades down"""
    items: tuple[Code, ...] = ()
    """哪些项得零分 · the ids of items that get nothing"""


class Requirement(Condition):
    """等次的附加条件：某一项或某一部分的得分（`points_of`），或一个填报值（`measure`）达到要求。

    What a grade asks beside its points: the points of a section or item, or a measure.
    """

    title: Wording
    """名称 · its title"""
    points_of: Code | None = None
    """哪一部分、哪一项的得分 · the section or item whose points are held against the limit"""
    measure: Measure | None = None
    """看什么 · what is measured"""


class Share(Strict):
    """比例名额：`at_most` 是占参评支部的比例，`rounding` 名额不是整数时怎样取整。

    How many may have it: a share of the ranked branches, and how to make it whole.
    """

    at_most: Number
    """占参评支部的比例 · the share of the ranked branches"""
    rounding: WholeRule
    """怎样取整 · how it is made a whole number"""

    def of(self, number: int) -> int:
        return whole(self.at_most * number, self.rounding)


class GradeBand(Strict):
    """从 `at_least` 到上一等次为止的等次 · a grade from `at_least` up to the one above it."""

    id: Identifier
    """代号 · its id"""
    title: Wording
    """名称 · its title"""
    at_least: Number
    """从多少分起（含） · from so many points, included"""
    at_most: Number | None = None
    """到多少分止（含），只用于核对有无空档 · to here; only checked for gaps and overlaps"""
    requires: tuple[Requirement, ...] = ()
    """附加条件 · what it asks beside its points"""
    share: Share | None = None
    """比例名额 · how many may have it"""


class Grades(Strict):
    """等次，由高到低；`otherwise` 是各档之外，所以没有哪个总分没有等次。

    Grades from the highest down; `otherwise` is everything below the last, so that no total is
    without a grade."""

    bands: tuple[GradeBand, ...] = Key(min_length=1)
    """各等次，由高到低 · the grades, from the highest down"""
    otherwise: Wording
    """各等次之外 · what is below the last"""


BUILT_IN = ("landscape", "portrait")
"""Designs of certificates that come with the installation."""


class OwnDesign(NamedTuple):
    """A design in a file of its own."""

    path: str
    raw: bytes


class Award(Strict):
    """证书怎么写。`wording`、`number` 里可以用 `{branch}`、`{year}`、`{title}`、`{grade}`、
    `{n}`（序号，`{n:02}` 为两位）。

    What the certificate says. `wording` and `number` may use `{branch}`, `{year}`, `{title}`,
    `{grade}`, `{n}` (running number, `{n:02}` for two digits)."""

    title: Wording
    """称号 · the title that is given"""
    wording: Wording
    """正文 · the text"""
    number: Name
    """编号 · the certificate's number"""
    date: Day
    """日期 · its date"""
    valid_years: Whole | None = Key(default=None, ge=1)
    """有效几年 · for how many years it is valid"""
    design: Line = "landscape"
    """证书样式：landscape 横版，portrait 竖版，或评分表旁自己的模板文件（.html.j2） · the design:
    `landscape`, `portrait`, or a template of one's own beside the criteria file (.html.j2)"""
    plaque: Wording | None = None
    """奖牌上的文字，不写就是称号 · the text of the plaque; without it, the title"""
    _own: OwnDesign | None = PrivateAttr(default=None)

    @property
    def own(self) -> OwnDesign | None:
        """The template of one's own, once it is read."""
        return self._own

    def with_own(self, own: OwnDesign) -> "Award":
        copy = self.model_copy()
        copy._own = own
        return copy
