"""The whole method of a table in words, as a report tells it: what is added up, what overrides
it, how marks are combined, and who is named."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from branchscore.criteria.model import Criteria
from branchscore.criteria.outcome import OTHERWISE, GradeBand, Veto
from branchscore.criteria.panel import ORIGINS, Panel
from branchscore.criteria.selection import Group, Portion, Selection
from branchscore.text.numbers import is_unlimited
from branchscore.text.phrase import Percent, Phrase, Sentence, Value


class Clause(NamedTuple):
    """One part of the method: its heading and its sentences."""

    title: Phrase
    said: tuple[Sentence, ...]


POINTS = Phrase("计分", "Points")
GATES = Phrase("申报条件", "Conditions")
VETOES = Phrase("一票否决等", "Vetoes")
PANEL = Phrase("评委评定", "The panel")
GRADES = Phrase("等次", "Grades")
PLACES = Phrase("命名", "Titles")

OF = Phrase("{title} {points} 分", "{title} {points}")
SUM = Phrase("总分 {total} 分，为{parts}之和", "{total} points are the sum of {parts}")
BONUS = Phrase("加分项另计，最多 {points} 分", "bonus points are added, at most {points}")
BONUS_OPEN = Phrase("加分项另计，不封顶", "bonus points are added without limit")
TAKEN = Phrase("扣分项最多扣 {points} 分", "at most {points} points are taken off")
AT_MOST = Phrase("合计最高 {points} 分", "all together at most {points} points")
GATED = Phrase("都符合的才参加排名：{tests}", "only who meets all of them is ranked: {tests}")
EFFECTS: Mapping[str, Phrase] = {
    "exclude": Phrase("触及“{title}”的不予命名", "“{title}” excludes from the title"),
    "not_above": Phrase("触及“{title}”的等次不高于{grade}", "“{title}”: no grade above {grade}"),
    "grade": Phrase("触及“{title}”的等次定为{grade}", "“{title}”: the grade is {grade}"),
    "grades_down": Phrase(
        "触及“{title}”的降 {grades} 个等次", "“{title}” takes the grade down by {grades}"
    ),
    "zero": Phrase("触及“{title}”的，{items} 不得分", "“{title}”: no points for {items}"),
}
COMBINED: Mapping[str, Phrase] = {
    "mean": Phrase("各位评委的评定取平均", "marks are averaged"),
    "median": Phrase("各位评委的评定取中位数", "the median of the marks counts"),
    "trimmed": Phrase(
        "各位评委的评定去掉一个最高分和一个最低分后平均",
        "marks are averaged without one highest and one lowest",
    ),
}
AT_LEAST = Phrase("至少 {n} 位评委评定才计分", "at least {n} reviewers must have judged")
DISPUTE = Phrase(
    "一项相差超过 {above} 分的增请评委，满 {n} 位为止",
    "where marks differ by more than {above} another reviewer is called for, up to {n}",
)
WEIGHED = Phrase("各来源的权重：{weights}", "the sources weigh {weights}")
WEIGHT = Phrase("{title} {share}", "{title} {share}")
CORRECTED = Phrase("评委的宽严按事先声明校正", "severity is corrected, as declared beforehand")
BAND = Phrase("{at_least} 分起为{title}{share}{more}", "{title} from {at_least}{share}{more}")
SHARE = Phrase("（不超过参评支部的 {share}）", " (at most {share} of the ranked)")
REQUIRES = Phrase("（并须：{titles}）", " (also needs: {titles})")
BELOW = Phrase("其余为{title}", "all others {title}")
QUOTA = Phrase("最多命名 {n} 个", "at most {n} are named")
QUOTA_SHARE = Phrase(
    "最多命名参评支部的 {share}（{rounding}）",
    "at most {share} of the ranked are named ({rounding})",
)
NO_QUOTA = Phrase("不设名额，成熟一个命名一个", "there is no quota: whoever reaches it is named")
MINIMUM = Phrase("等次不低于{title}", "the grade must be at least {title}")
TIES = Phrase("总分相同的依次比较{chain}", "equal totals are ordered by {chain}")
WITHIN = Phrase("相差不超过 {n} 分的按相同处理", "a difference of at most {n} counts as equal")
LEFT = Phrase("仍相同的由评审委员会决定", "what is still equal the commission decides")
DRAWN = Phrase("仍相同的公开抽签", "what is still equal a public draw decides")
GROUP = Phrase("“{title}”组{bounds}", "the group “{title}” {bounds}")
FLOOR = Phrase("最少 {n} 个", "at least {n}")
CAP = Phrase("最多 {n} 个", "at most {n}")
FLOOR_SHARE = Phrase("最少占组内参评的 {share}", "at least {share} of its ranked")
CAP_SHARE = Phrase("最多占组内参评的 {share}", "at most {share} of its ranked")
LAST_OUT = Phrase("排在末尾 {share} 的不予命名", "the last {share} get no title")
RESERVE = Phrase("备选 {n} 个", "{n} follow on the reserve list")
SLATE = Phrase(
    "按名额的 {share} 提名，由评审委员会从中决定",
    "{share} of the places are proposed for the commission to choose",
)
ROUNDINGS: Mapping[str, Phrase] = {
    "down": Phrase("不足一个的舍去", "rounded down"),
    "up": Phrase("不足一个的进为一个", "rounded up"),
    "half-up": Phrase("四舍五入取整", "rounded half up"),
}


def method(criteria: Criteria) -> Iterator[Clause]:
    """The clauses that the table has, in the order in which they take effect."""
    yield Clause(POINTS, tuple(_points(criteria)))
    if criteria.gates:
        tests: Value = tuple(gate.title for gate in criteria.gates)
        yield Clause(GATES, (Sentence(GATED, {"tests": tests}),))
    if criteria.vetoes:
        yield Clause(VETOES, tuple(_veto(criteria, veto) for veto in criteria.vetoes))
    if criteria.panel:
        yield Clause(PANEL, tuple(_panel(criteria.panel)))
    if criteria.grades:
        below = Sentence(BELOW, {"title": criteria.grades.otherwise})
        yield Clause(GRADES, (*map(_band, criteria.grades.bands), below))
    if criteria.selection:
        yield Clause(PLACES, tuple(_selection(criteria, criteria.selection)))


def _points(criteria: Criteria) -> Iterator[Sentence]:
    parts = tuple(Sentence(OF, {"title": s.title, "points": s.points}) for s in criteria.dimensions)
    yield Sentence(SUM, {"total": criteria.total, "parts": parts})
    if criteria.bonus:
        points = criteria.bonus.points
        yield Sentence(BONUS_OPEN if is_unlimited(points) else BONUS, {"points": points})
    if criteria.penalties:
        yield Sentence(TAKEN, {"points": criteria.penalties.points})
    if criteria.at_most is not None:
        yield Sentence(AT_MOST, {"points": criteria.at_most})


def _veto(criteria: Criteria, veto: Veto) -> Sentence:
    values: dict[str, Value] = {"title": veto.title, "items": veto.items}
    if veto.grade:
        values["grade"] = _grade(criteria, veto.grade)
    if veto.grades:
        values["grades"] = veto.grades
    return Sentence(EFFECTS[veto.effect], values)


def _grade(criteria: Criteria, name: str) -> Phrase:
    if criteria.grades is None or name == OTHERWISE:
        return criteria.grades.otherwise if criteria.grades else Phrase(name, name)
    return next(band.title for band in criteria.grades.bands if band.id == name)


def _panel(panel: Panel) -> Iterator[Sentence]:
    yield Sentence(COMBINED[panel.combine])
    yield Sentence(AT_LEAST, {"n": panel.at_least})
    if panel.dispute:
        yield Sentence(DISPUTE, {"above": panel.dispute.above, "n": panel.dispute.reviewers})
    if len(panel.weights) > 1:
        weights = tuple(
            Sentence(WEIGHT, {"title": ORIGINS[origin], "share": Percent(weight)})
            for origin, weight in panel.weights.items()
        )
        yield Sentence(WEIGHED, {"weights": weights})
    if panel.severity == "corrected":
        yield Sentence(CORRECTED)


def _band(band: GradeBand) -> Sentence:
    share: Value = Sentence(SHARE, {"share": Percent(band.share.at_most)}) if band.share else ""
    titles = tuple(requirement.title for requirement in band.requires)
    more: Value = Sentence(REQUIRES, {"titles": titles}) if titles else ""
    values = {"at_least": band.at_least, "title": band.title, "share": share, "more": more}
    return Sentence(BAND, values)


def _selection(criteria: Criteria, selection: Selection) -> Iterator[Sentence]:
    if selection.minimum:
        yield Sentence(MINIMUM, {"title": _grade(criteria, selection.minimum)})
    yield from _quota(selection)
    for group in selection.all_groups():
        yield Sentence(GROUP, {"title": group.title, "bounds": tuple(_bounds(group))})
    if selection.tie_within:
        yield Sentence(WITHIN, {"n": selection.tie_within})
    if selection.ties:
        yield Sentence(TIES, {"chain": tuple(_titled(criteria, selection.ties))})
    yield Sentence(DRAWN if selection.draw else LEFT)


def _quota(selection: Selection) -> Iterator[Sentence]:
    if selection.quota is not None:
        yield Sentence(QUOTA, {"n": selection.quota})
    if selection.quota_share:
        yield Sentence(QUOTA_SHARE, _portion(selection.quota_share))
    if selection.quota is None and selection.quota_share is None:
        yield Sentence(NO_QUOTA)
    if selection.last_out:
        yield Sentence(LAST_OUT, _portion(selection.last_out))
    if selection.slate:
        yield Sentence(SLATE, _portion(selection.slate))
    if selection.reserve:
        yield Sentence(RESERVE, {"n": selection.reserve})


def _portion(portion: Portion) -> dict[str, Value]:
    return {"share": Percent(portion.share), "rounding": ROUNDINGS[portion.rounding]}


def _bounds(group: Group) -> Iterator[Sentence]:
    if group.least:
        yield Sentence(FLOOR, {"n": group.least})
    if group.most is not None:
        yield Sentence(CAP, {"n": group.most})
    if group.least_share:
        yield Sentence(FLOOR_SHARE, _portion(group.least_share))
    if group.most_share:
        yield Sentence(CAP_SHARE, _portion(group.most_share))


def _titled(criteria: Criteria, names: Sequence[str]) -> Iterator[Phrase]:
    titles = {section.id: section.title for section in criteria.sections()}
    titles |= {indicator.id: indicator.title for indicator in criteria.indicators()}
    yield from (titles[name] for name in names)
