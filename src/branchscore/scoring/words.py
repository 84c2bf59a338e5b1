"""The sentences that every line may end with, whatever its rule."""

from collections.abc import Mapping

from branchscore.criteria.fields import Asked
from branchscore.criteria.found import Found
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
NOT_STATED = Phrase(
    "{title}未填报（缺：{fields}），暂{verb} 0—{high} 分",
    "{title}: not stated (missing: {fields}); 0 to {high} points{off} for now",
)
PENDING = Phrase(
    "{title}待评审组评定，暂{verb} 0—{high} 分",
    "{title}: the panel has not judged yet; 0 to {high} points{off} for now",
)
INCOMPLETE = Phrase(
    "{title}所依据的{fields}未填全，暂{verb} 0—{high} 分",
    "{title}: {fields} not complete; 0 to {high} points{off} for now",
)
AT_LEAST = Phrase(
    "{title}已知有 {value} {unit}，台账未填全或记录缺项，暂{verb} {low}—{high} 分",
    "{title}: {value} known, the records are not complete; {low} to {high} points{off} for now",
)
UNPROVEN = Phrase(
    "填报 {claimed} {unit}，未附佐证的不计",
    "{claimed} claimed, what has no evidence does not count",
)
GATE = Phrase(
    "{title}：要求{wanted}，实为 {value} {unit}", "{title}: {wanted} required, {value} found"
)
VETO = Phrase(
    "{title}：实为 {value} {unit}（{wanted}即否决）", "{title}: {value} found ({wanted} excludes)"
)
TEST_OPEN = Phrase("{title}：未填报（缺：{fields}）", "{title}: not stated (missing: {fields})")


def sign(penalty: bool) -> dict[str, Value]:
    """Whether points still open would be added or taken off."""
    if penalty:
        return {"verb": "扣", "off": Phrase("", " off")}
    return {"verb": "计", "off": ""}


def at_least(item: Item, found: Found, low: Exact, high: Exact, penalty: bool) -> Sentence:
    """What is known of a list that is not whole: neither praise nor blame, only bounds."""
    value: Value = len(found.value) if isinstance(found.value, tuple) else found.shown()
    values: dict[str, Value] = {
        "title": item.title,
        "value": value,
        "unit": "" if found.ratio else item.unit,
        "low": low,
        "high": high,
        **sign(penalty),
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


def subject(measure: Measure, fields: Mapping[str, Asked]) -> Value:
    """What a condition is about: the title of the field it reads."""
    name = str(getattr(measure, "field", "") or getattr(measure, "list", ""))
    return fields[name].title if name in fields else Phrase("条件", "condition")
