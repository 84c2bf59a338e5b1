"""Points by tier of each record."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.rules.base import Item, Payment, RuleBase, prices, words_complaints
from branchscore.text.numbers import total
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.scalars import Identifier, Number

NONE = Phrase("{title}：无", "{title}: none")
MATTERS = Phrase(
    "{title}有{found}，同一事项只计最高一项，累计 {sum} 分",
    "{title}: {found}; the best of each matter counts, together {sum} points",
)
HIGHEST = Phrase(
    "{title}有{found}，取最高一项计 {sum} 分", "{title}: {found}; the highest counts: {sum} points"
)
SUM = Phrase("{title}有{found}，累计 {sum} 分", "{title}: {found}; together {sum} points")
ONE = Phrase("{level} {times} 项", "{times} × {level}")
TERMS_HIGHEST = Phrase("取最高一项：{prices}", "the highest counts: {prices}")
TERMS_SUM = Phrase("逐项累计：{prices}", "each counts: {prices}")


class Tiers(RuleBase):
    """按级别计分（国家级、市级、区级）：`count: highest` 只取最高一项（就高不就低，不重复计分），
    `count: sum` 逐项累计到本项分值。同一事项只计最高一项的，在 `each` 里写 `once_per`。

    The points of each record's tier: `count: highest` takes the best one only, `count: sum`
    adds them up to the item's points. Where only the best of each matter counts, the measure
    `each` says so with `once_per`.

    Example: `{kind: tiers, points: {national: 4, municipal: 3, district: 2},
    count: highest}`
    """

    accepts: ClassVar = frozenset({Shape.WORDS})
    kind: Literal["tiers"]
    points: Mapping[Identifier, Number]
    """每个级别的分数 · the points of each tier"""
    count: Literal["highest", "sum"]
    """只取最高，还是逐项累计 · the best one only, or all added up"""

    def terms(self, item: Item) -> Sentence:
        wording = TERMS_HIGHEST if self.count == "highest" else TERMS_SUM
        return Sentence(wording, {"prices": prices(self.points, item.words)})

    def pay(self, found: Found, item: Item) -> Payment:
        tiers = found.value if isinstance(found.value, tuple) else ()
        if not tiers:
            return Payment(0, Sentence(NONE, {"title": item.title}))
        groups = [(tier,) for tier in tiers] if found.groups is None else found.groups
        paid = [max(self.points[tier] for tier in group) for group in groups if group]
        highest = self.count == "highest"
        points = max(paid) if highest else total(paid)
        listed = tuple(
            Sentence(ONE, {"level": found.words.get(tier, tier), "times": tiers.count(tier)})
            for tier in self.points
            if tier in tiers
        )
        values: dict[str, Value] = {"title": item.title, "found": listed, "sum": points}
        matters = len(paid) < len(tiers)
        wording = HIGHEST if highest else MATTERS if matters else SUM
        return Payment(points, Sentence(wording, values))

    def complaints(self, item: Item) -> Iterator[Complaint]:
        yield from words_complaints(self.points, item)
