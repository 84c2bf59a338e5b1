"""The sentences that every line may end with, whatever its rule."""

from collections.abc import Mapping

from branchscore.criteria.condition import Condition
from branchscore.criteria.fields import Asked
from branchscore.criteria.found import Found
from branchscore.criteria.indicator import Indicator
from branchscore.criteria.measures import Measure
from branchscore.criteria.rules.base import Item
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase, Sentence, Value

POINTS = Phrase("得 {points} 分", "{points} points")
CAPPED = Phrase("以 {points} 分为限，得 {points} 分", "capped: {points} points")
FLOORED = Phrase("扣完为止，得 {points} 分", "nothing left: {points} points")
ROUNDED = Phrase("修约后得 {points} 分", "rounded: {points} points")
TAKEN = Phrase("扣 {points} 分", "{points} points taken off")
TAKEN_CAPPED = Phrase("以 {points} 分为限，扣 {points} 分", "capped: {points} points taken off")

EXEMPT = Phrase(
    "{title}不适用（{subject}要求{wanted}，实为 {value}），按 {points} 分计",
    "{title}: not applicable ({subject}: {wanted} required, {value} found); {points} points",
)
DROPPED = Phrase(
    "{title}不适用（{subject}要求{wanted}，实为 {value}），不计，其余各项按比例折算",
    "{title}: not applicable ({subject}: {wanted} required, {value} found); left out, the rest "
    "of the section is scaled up",
)
PEER_MEAN = Phrase(
    "为其余 {number} 个支部的平均分", "the mean of the {number} branches it is asked of"
)
NO_VARIANT = Phrase(
    "{title}：不属于评分表列出的任何一种情形，不计分",
    "{title}: none of the cases of the table; no points",
)
BY_VARIANT = Phrase("按“{variant}”计", "as “{variant}”")
BASE = Phrase("{title}基础分 {points} 分", "{title}: {points} points to begin with")
SUM = Phrase("合计得 {points} 分", "together {points} points")
SUM_TAKEN = Phrase("合计扣 {points} 分", "together {points} points taken off")
SUM_CAPPED = Phrase(
    "合计 {before} 分，以 {points} 分为限，得 {points} 分",
    "together {before}, capped: {points} points",
)
SUM_FLOORED = Phrase(
    "合计 {before} 分，扣完为止，得 {points} 分", "together {before}, nothing left: {points} points"
)
SUM_OPEN = Phrase("合计暂计 {low}—{high} 分", "together {low} to {high} points for now")
WITHHELD = Phrase(
    "{title}按不公开的填报内容计", "{title}: by an answer that is not shown to anybody"
)
NOT_SHOWN = Phrase("（不公开）", "(not shown)")
ZEROED = Phrase("因“{veto}”，本项得零分", "nothing for this item because of “{veto}”")
SELF_SCORE = Phrase("自评分", "self-score")
NOT_STATED = Phrase(
    "{title}未填报（缺：{fields}），暂{verb} {low}—{high} 分",
    "{title}: not stated (missing: {fields}); {low} to {high} points{off} for now",
)
PENDING = Phrase(
    "{title}待评审组评定，暂{verb} {low}—{high} 分",
    "{title}: the panel has not judged yet; {low} to {high} points{off} for now",
)
AWAITS_PEERS = Phrase(
    "{title}须与其他支部比较后才能确定，暂{verb} {low}—{high} 分",
    "{title}: not known before it is compared with other branches; {low} to {high} points{off} "
    "for now",
)
INCOMPLETE = Phrase(
    "{title}所依据的{fields}未填全，暂{verb} {low}—{high} 分",
    "{title}: {fields} not complete; {low} to {high} points{off} for now",
)
SHARED = Phrase("{title}合并最多 {points} 分", "{title}: {points} points together at most")
SCALED = Phrase(
    "不适用 {dropped} 分，其余按 {rest}/{points} 折算",
    "{dropped} points not applicable, the rest scaled from {rest} to {points}",
)
NOTHING_LEFT = Phrase("各项均不适用，不计分", "nothing here applies; no points")
AT_LEAST = Phrase(
    "{title}已知有 {value} {unit}，台账未填全或记录缺项，暂{verb} {low}—{high} 分",
    "{title}: {value} known, the records are not complete; {low} to {high} points{off} for now",
)
UNPROVEN = Phrase(
    "填报 {claimed}，未附佐证的不计",
    "{claimed} claimed, what has no evidence does not count",
)
CLAIMED = Phrase(
    "{value}（填报 {claimed}，未附佐证的不计）",
    "{value} ({claimed} claimed, what has no evidence does not count)",
)
GATE = Phrase(
    "{title}：要求{wanted}，实为 {value} {unit}", "{title}: {wanted} required, {value} found"
)
VETO = Phrase(
    "{title}：实为 {value} {unit}（{wanted}即否决）", "{title}: {value} found ({wanted} excludes)"
)
TOUCHED = Phrase(
    "{title}：实为 {value} {unit}（{wanted}即触及）", "{title}: {value} found ({wanted} applies)"
)
TEST_OPEN = Phrase("{title}：未填报（缺：{fields}）", "{title}: not stated (missing: {fields})")
TEST_AWAITS = Phrase(
    "{title}：待评审组评定或与其他支部比较后确定",
    "{title}: known when the panel has judged, or other branches are compared",
)


def withheld(title: Phrase, low: Exact, high: Exact, penalty: bool) -> tuple[Sentence, ...]:
    """What is said where the reason would tell a secret: no more than the points."""
    ends: dict[str, Value] = {"low": low, "high": high, "points": abs(low)}
    points = SUM_OPEN if low != high else TAKEN if penalty else POINTS
    return Sentence(WITHHELD, {"title": title}), Sentence(points, ends)


def claimed(claim: Found, item: Item) -> Value:
    """A claim in words; only what was counted has a unit."""
    shown = claim.shown()
    if not Condition.counts(claim):
        return shown
    return Sentence(Phrase("{n} {unit}", "{n}"), {"n": shown, "unit": item.unit})


def sign(penalty: bool) -> dict[str, Value]:
    """Whether points still open would be added or taken off."""
    if penalty:
        return {"verb": "扣", "off": Phrase("", " off")}
    return {"verb": "计", "off": ""}


def at_least(item: Item, found: Found, low: Exact, high: Exact) -> Sentence:
    """What is known of a list that is not whole: neither praise nor blame, only bounds."""
    value: Value = len(found.value) if isinstance(found.value, tuple) else found.shown()
    values: dict[str, Value] = {
        "title": item.title,
        "value": value,
        "unit": "" if found.ratio else item.unit,
        "low": low,
        "high": high,
        **sign(item.takes),
    }
    return Sentence(AT_LEAST, values)


def closing(before: Exact, points: Exact, most: Exact, penalty: bool) -> Sentence:
    """What the rule's points became within the item's bounds."""
    values: dict[str, Value] = {"points": points}
    if penalty:
        return Sentence(TAKEN_CAPPED if before > most else TAKEN, values)
    if before > most:
        return Sentence(CAPPED, values)
    if before < 0:
        return Sentence(FLOORED, values)
    return Sentence(POINTS if before == points else ROUNDED, values)


def summed(before: Exact, points: Exact, indicator: Indicator, penalty: bool) -> Sentence:
    """What the parts became together, within the item's bounds."""
    values: dict[str, Value] = {"before": before, "points": points}
    if penalty:
        return Sentence(SUM_TAKEN, {"points": -points})
    if before > indicator.points:
        return Sentence(SUM_CAPPED, values)
    return Sentence(SUM_FLOORED if before < indicator.floor else SUM, values)


def subject(measure: Measure, fields: Mapping[str, Asked]) -> Value:
    """What a condition is about: the title of the field it reads."""
    name = str(getattr(measure, "field", "") or getattr(measure, "list", ""))
    return fields[name].title if name in fields else Phrase("条件", "condition")
