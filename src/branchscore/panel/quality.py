"""What the marks of a panel are worth, in figures and in sentences that a commission can read."""

from collections.abc import Iterable, Iterator, Sequence
from math import isqrt
from typing import NamedTuple

from branchscore.panel.agreement import alpha, block, concordance, icc
from branchscore.panel.mark import Mark, cells
from branchscore.panel.severity import Reviewer, linked, loads, reviewers
from branchscore.text.numbers import Exact, divided, plain, rounded
from branchscore.text.phrase import Percent, Phrase, Sentence, Value

DECIMALS = 3
SLIGHT: Exact = divided(1, 100)
ALPHA = Phrase(
    "{n} 位评委打分一致的程度 α＝{figure}（1 为完全一致，0 与随意打分无异）：{grade}",
    "agreement of {n} reviewers: alpha = {figure} (1 is full agreement, 0 what chance gives): "
    "{grade}",
)
ICC = Phrase(
    "各位评委都评过的 {rows} 项上，一位评委的分数可信程度 ICC＝{one}（{first}），"
    "{n} 位平均以后 {several}（{then}）",
    "on the {rows} works that all judged, one reviewer's mark is reliable to ICC = {one} "
    "({first}), the mean of all {n} to {several} ({then})",
)
W = Phrase(
    "评委排出的先后一致的程度 W＝{figure}（1 为先后完全相同）",
    "reviewers' orders agree to W = {figure} (1 is the same order)",
)
NOT_ALL = Phrase(
    "没有两项是全体评委都评过的，ICC 和 W 无法计算",
    "not two works were judged by all reviewers, so ICC and W cannot be computed",
)
ALIKE = Phrase(
    "没有两位评委评过同一项，或者所有打分相同，无法比较是否一致",
    "no two reviewers judged the same, or all marks are equal: agreement cannot be told",
)
LINKED = Phrase(
    "评委之间由共同评过的支部连成一片，各自的宽严可以比较",
    "reviewers are linked by branches judged in common, so their leanings can be compared",
)
APART = Phrase(
    "评委分成互不相连的 {n} 组（{groups}），没有共同评过的支部："
    "不同组的分数不能直接比较，也没有校正宽严的依据",
    "reviewers fall into {n} groups ({groups}) that judged nothing in common: marks of different "
    "groups cannot be compared, and there is no ground for correcting their severity",
)
GROUP = Phrase("［{names}］", "[{names}]")
LOADS = Phrase(
    "每位评委评 {least}—{most} 个支部", "branches judged by each reviewer: {least} to {most}"
)
LOAD = Phrase("每位评委评 {most} 个支部", "branches judged by each reviewer: {most}")
LENIENT = Phrase(
    "比其他评委偏宽，平均每项多给本项分值的 {share}",
    "more lenient than the others: {share} of an item's points more",
)
SEVERE = Phrase(
    "比其他评委偏严，平均每项少给本项分值的 {share}",
    "more severe than the others: {share} of an item's points less",
)
EVEN = Phrase("宽严与其他评委相当", "as severe as the others")
UNKNOWN = Phrase("宽严无法比较", "severity cannot be compared")
UNSTEADY = Phrase(
    "{said}；此外上下起伏约 {share}", "{said}; beyond that it varies by about {share}"
)
LOW, FAIR, GOOD, HIGH = (
    Phrase("偏低，打分分歧较大，建议先复核分歧大的项目", "low: look into disputed items first"),
    Phrase("尚可，结论宜慎重", "fair: conclude with care"),
    Phrase("较好", "good"),
    Phrase("很好", "very good"),
)
ALPHA_GRADES = ((divided(4, 5), GOOD), (divided(2, 3), FAIR))
"""Krippendorff, Content Analysis, 4th ed., 12.3."""
POOR = Phrase("偏低", "poor")
MODERATE = Phrase("中等", "moderate")
ICC_GRADES = ((divided(9, 10), HIGH), (divided(3, 4), GOOD), (divided(1, 2), MODERATE))
"""Koo and Li 2016, J. Chiropr. Med. 15(2), 155-163."""


class Quality(NamedTuple):
    """`icc`: of one reviewer, and of the mean of all. `groups` of reviewers that are linked.
    `loads`: how many branches each judged. `rows`: how many works all of them judged."""

    alpha: Exact | None
    icc: tuple[Exact, Exact] | None
    concordance: Exact | None
    rows: int
    groups: tuple[frozenset[str], ...]
    reviewers: tuple[Reviewer, ...]
    loads: dict[str, int]

    @property
    def connected(self) -> bool:
        return len(self.groups) == 1

    def sentences(self) -> Iterator[Sentence]:
        """The panel as a whole."""
        number = len(self.reviewers)
        if self.alpha is None:
            yield Sentence(ALIKE)
        else:
            values = _figure(self.alpha, ALPHA_GRADES, LOW)
            yield Sentence(ALPHA, {"n": number, "figure": values[0], "grade": values[1]})
        if self.icc and self.concordance is not None:
            one, first = _figure(self.icc[0], ICC_GRADES, POOR)
            several, then = _figure(self.icc[1], ICC_GRADES, POOR)
            said: dict[str, Value] = {"rows": self.rows, "n": number, "one": one, "first": first}
            yield Sentence(ICC, {**said, "several": several, "then": then})
            yield Sentence(W, {"figure": _figure(self.concordance, (), POOR)[0]})
        elif self.rows < 2:
            yield Sentence(NOT_ALL)
        yield self._linked()
        least, most = min(self.loads.values()), max(self.loads.values())
        yield Sentence(LOADS if least < most else LOAD, {"least": least, "most": most})

    def _linked(self) -> Sentence:
        if self.connected:
            return Sentence(LINKED)
        groups = tuple(Sentence(GROUP, {"names": tuple(sorted(group))}) for group in self.groups)
        return Sentence(APART, {"n": len(groups), "groups": groups})


def quality(marks: Iterable[Mark]) -> Quality | None:
    """None where there are not two reviewers."""
    marks = list(marks)
    if len({mark.reviewer for mark in marks}) < 2:
        return None
    grid = cells(marks)
    rows = block(grid)
    return Quality(
        alpha(grid),
        icc(rows),
        concordance(rows),
        len(rows),
        tuple(linked(grid)),
        tuple(reviewers(grid)),
        loads((mark.reviewer, mark.branch) for mark in marks),
    )


def told(reviewer: Reviewer) -> Sentence:
    """One reviewer."""
    leaning = reviewer.leaning
    if leaning is None:
        said = Sentence(UNKNOWN)
    elif -SLIGHT < leaning < SLIGHT:
        said = Sentence(EVEN)
    else:
        share = Percent(rounded(max(leaning, -leaning), DECIMALS, "half-up"))
        said = Sentence(LENIENT if leaning > 0 else SEVERE, {"share": share})
    if leaning is None or reviewer.unsteady is None or not root(reviewer.unsteady):
        return said
    return Sentence(UNSTEADY, {"said": said, "share": Percent(root(reviewer.unsteady))})


def root(square: Exact) -> Exact:
    """The square root to three decimals."""
    return divided(isqrt(int(square * 10 ** (2 * DECIMALS))), 10**DECIMALS)


def _figure(
    value: Exact, grades: Sequence[tuple[Exact, Phrase]], otherwise: Phrase
) -> tuple[str, Phrase]:
    grade = next((phrase for least, phrase in grades if value >= least), otherwise)
    return plain(rounded(value, DECIMALS, "half-up"), DECIMALS), grade
