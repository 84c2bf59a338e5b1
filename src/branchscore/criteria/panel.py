"""How the marks of several reviewers become the points of an item: declared before scoring."""

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field as Key

from branchscore.criteria.complaint import Complaint
from branchscore.text.numbers import total
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import Number, Whole
from branchscore.text.typing import Strict

Origin = Literal["panel", "self", "peers", "superiors", "masses"]
ORIGINS: Mapping[str, Phrase] = {
    "panel": Phrase("评审组", "the panel"),
    "self": Phrase("自评", "the branch itself"),
    "peers": Phrase("互评", "peers"),
    "superiors": Phrase("上级评价", "superiors"),
    "masses": Phrase("群众测评", "the masses"),
}
TRIMMED_FROM = 3


class Dispute(Strict):
    """一项各位评委的评定相差超过 `above` 分，而评委不满 `reviewers` 位的，待再请评委评定，不计分。

    Where marks of an item differ by more than `above` points and fewer than `reviewers` gave one,
    it stays pending: another reviewer is called for.
    """

    above: Number = Key(ge=0)
    """最高与最低相差超过几分 · a difference of more than so many points"""
    reviewers: Whole = Key(ge=2)
    """满几位评委就不再增请 · with so many reviewers none more is called for"""


class Panel(Strict):
    """几位评委各自评定时怎样合成：`mean` 平均，`median` 中位数，`trimmed` 去掉一个最高分和一个
    最低分后平均。先按本项的办法把每个评定折成分数，再合成，最后按本项修约。不写 `panel` 就是合议，
    一个支部的一项只有一个评定。

    How marks of several reviewers are combined: the `mean`, the `median`, or `trimmed`, the mean
    without one highest and one lowest. Each mark is turned into points by the item's rule, then
    these are combined and rounded as the item is. Without `panel` there is one agreed mark for each
    item of a branch.

    Example: `{combine: trimmed, at_least: 5, dispute: {above: 1, reviewers: 7}}`
    """

    combine: Literal["mean", "median", "trimmed"]
    """怎样合成 · how they are combined"""
    at_least: Whole = Key(ge=1)
    """至少几位评委评定才计分，不够的待评 · so many marks of the panel are needed, else pending"""
    dispute: Dispute | None = None
    """分歧过大怎么办 · what happens where marks differ widely"""
    weights: Mapping[Origin, Number] = Key(default={"panel": 1})
    """各来源的权重，合计为 1 · the weight of each source; together they are 1"""
    severity: Literal["as_given", "corrected"] = "as_given"
    """`corrected` 校正各位评委的宽严，评委之间要有共同评过的支部相连；两种结果都列出 · with
    `corrected` the severity of reviewers is taken out where they are linked by work judged in
    common; both results are told"""

    def complaints(self) -> Iterator[Complaint]:
        """What cannot be so."""
        weights = total(self.weights.values())
        if weights != 1 or min(self.weights.values()) <= 0:
            yield Complaint("C044", ("weights",), {"sum": weights})
        if self.combine == "trimmed" and self.at_least < TRIMMED_FROM:
            yield Complaint("C045", ("at_least",), {"least": TRIMMED_FROM})
        if self.dispute and self.dispute.reviewers <= self.at_least:
            yield Complaint("C045", ("dispute", "reviewers"), {"least": self.at_least + 1})
