"""A criteria file as its author writes it: 评分表.

The model says which keys there are; `check.py` says whether the table as a whole makes
sense. Nothing here knows any campaign: names, weights, words and quotas are the file's.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from pydantic import Field as Key

from branchscore.criteria.fields import Field
from branchscore.criteria.indicator import Indicator, Leaf, Section
from branchscore.criteria.outcome import Award, Gate, Grades, Source, Veto
from branchscore.criteria.panel import Panel
from branchscore.criteria.papers import Papers
from branchscore.criteria.selection import Selection
from branchscore.criteria.workdays import Calendar
from branchscore.text.numbers import Exact, total
from branchscore.text.scalars import Code, Day, Identifier, Line, Name, Points, Whole, Wording
from branchscore.text.typing import Strict


class Period(Strict):
    """考核期，首尾两天都在内 · the time that is evaluated, both days included."""

    first: Day
    """第一天 · the first day"""
    last: Day
    """最后一天 · the last day"""


class Rounding(Strict):
    """在哪里、怎样修约。`item` 每项得分修约，总分是各项之和；`total` 各项不修约，只修约总分。
    `half-up` 四舍五入；`half-even` 按 GB/T 8170 四舍六入五成双。

    Where and how to round. At `item`, totals are exact sums of printed numbers; at `total`,
    items are printed exactly (as fractions where decimals do not end) and only the total is
    rounded. `half-up` is 四舍五入; `half-even` is GB/T 8170-2008."""

    at: Literal["item", "total"]
    """每项修约，还是只修约总分 · at each item, or only the total"""
    decimals: Whole = Key(ge=0, le=4)
    """保留几位小数 · how many decimals"""
    rule: Literal["half-up", "half-even"]
    """修约规则 · how halves are rounded"""


class Work(Strict):
    """依据的文件：报道、法规、通知 · a document that criteria rest on."""

    title: Wording
    """名称 · its title"""
    publisher: Name | None = None
    """发布单位 · who published it"""
    date: Day | None = None
    """发布日期 · when"""


class Notice(Strict):
    """公示：落款日期、公示期，公示到什么程度。支部名称和结果总是公示的；`shows` 是另外公示的内容。

    The public notice: its date, the days it is up, and how much it tells. Names and outcomes are
    always told; `shows` is what is told beside them."""

    issued: Day
    """落款日期 · the date it bears"""
    first: Day
    """公示第一天 · the first day it is up"""
    last: Day
    """公示最后一天 · the last"""
    working_days: Whole | None = Key(default=None, ge=1)
    """至少几个工作日 · at least so many working days"""
    calendars: tuple[Calendar, ...] = ()
    """放假调休安排，程序还不知道的年份才需要写 · days off and make-up workdays of years that the
    program does not know yet"""
    shows: tuple[Literal["rank", "grade", "points", "sections", "items"], ...] = ()
    """还公示什么：名次、等次、总分、各部分、各项得分 · what is told beside names and outcomes"""
    contact: Wording | None = None
    """意见反映给谁、怎么联系 · who takes objections, and how they are reached"""


class KnownFault(Strict):
    """原表就有、照录不改的毛病：`lint` 仍然列出，但不再阻止评分。

    A fault that the table itself has and that is kept as it is: `lint` still lists it, but it
    no longer keeps the file from being used.
    """

    code: Line
    """毛病的代码 · its code"""
    item: Code | None = None
    """在哪一项 · the id of the item or section it is in"""
    reason: Line
    """原表怎么写的 · what the table says"""


class Criteria(Strict):
    """一次创建命名活动的评分表 · a scoring table for one naming campaign."""

    format: Literal["branchscore/1"]
    """固定写 branchscore/1 · the version of this language"""
    id: Identifier
    """评分表代号，申报里的 criteria 就写它 · the name submissions refer to"""
    title: Wording
    """名称 · its title"""
    year: Whole
    """年度 · the year"""
    batch: Wording
    """批次 · the batch"""
    period: Period
    """考核期 · the time that is evaluated"""
    issuers: tuple[Wording, ...] = Key(min_length=1)
    """发文（命名）单位，按顺序 · who issues it, in order"""
    legal_basis: tuple[Source, ...] = Key(min_length=1)
    """开展活动的依据 · by what right it is held"""
    documents: Mapping[Identifier, Work]
    """引用的文件 · the documents that are cited"""
    note: Wording | None = None
    """说明，印在汇总上 · a note for readers"""
    rounding: Rounding
    """在哪里、怎样修约 · where and how to round"""
    notice: Notice | None = None
    """公示 · the public notice"""
    fields: Mapping[Identifier, Field]
    """填报内容：每个数据只报一次 · what a branch is asked, once each"""
    gates: tuple[Gate, ...] = ()
    """申报条件 · what a branch must meet to be evaluated"""
    vetoes: tuple[Veto, ...] = ()
    """一票否决等 · what overrides points"""
    dimensions: tuple[Section, ...] = Key(min_length=1)
    """评分的各部分 · the parts of the table"""
    bonus: Section | None = None
    """加分项 · the bonus group, outside the total"""
    penalties: Section | None = None
    """扣分项 · the penalty group"""
    at_most: Points | None = None
    """总分（含加分）最高多少 · the most that all points together may be"""
    panel: Panel | None = None
    """几位评委的评定怎样合成 · how the marks of several reviewers are combined"""
    grades: Grades | None = None
    """等次 · the grades"""
    selection: Selection | None = None
    """命名谁 · who is named"""
    award: Award | None = None
    """证书怎么写 · what the certificate says"""
    papers: Papers | None = None
    """公示和命名决定的文号、主送、抄送、印发 · what official documents say beside the results"""
    known_faults: tuple[KnownFault, ...] = ()
    """原表就有、照录不改的毛病 · faults of the original table, kept as they are"""

    @property
    def days(self) -> tuple[date, date]:
        return self.period.first, self.period.last

    @property
    def total(self) -> Exact:
        """The points of all dimensions, without the bonus."""
        return total(section.points for section in self.dimensions)

    def sections(self) -> Iterator[Section]:
        """Dimensions, then the bonus group, then the penalties."""
        yield from self.dimensions
        yield from (section for section in (self.bonus, self.penalties) if section)

    def indicators(self) -> Iterator[Indicator]:
        for section in self.sections():
            yield from section.indicators

    def judged(self) -> Iterator[tuple[str, Leaf]]:
        """What only the panel can answer: the id that marks go by, and what is judged."""
        for section in self.sections():
            for indicator in section.indicators:
                for leaf in indicator.leaves(section is self.penalties):
                    if leaf.measure.kind == "judged":
                        yield leaf.id, leaf
