"""Points by band."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from pydantic import Field as Key

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.rules.base import Item, Payment, RuleBase, number, price_complaints
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.scalars import Number
from branchscore.text.typing import Strict

IN_BAND = Phrase(
    "{title}为 {value}，达到 {limit} 一档，计 {sum} 分",
    "{title}: {value}, in the band from {limit}: {sum} points",
)
BELOW = Phrase(
    "{title}为 {value}，不到最低一档 {limit}，计 {sum} 分",
    "{title}: {value}, below the lowest band at {limit}: {sum} points",
)
TERMS = Phrase("按档计分：{bands}；其余 {otherwise} 分", "by band: {bands}; else {otherwise}")
BAND = Phrase("≥{limit} 得 {points} 分", "≥{limit}: {points}")
GAIN = Phrase("达到 {limit} 可多得 {gain} 分", "{gain} points more for reaching {limit}")


class Band(Strict):
    """从 `at_least`（含）到上一档为止 · from `at_least`, included, up to the band above."""

    at_least: Number
    """从多少起（含） · from here, included"""
    at_most: Number | None = None
    """到多少止（含），只用于核对有无空档 · to here; only checked for gaps and overlaps"""
    points: Number
    """本档分数 · the points of this band"""


class Bands(RuleBase):
    """分档计分：达到哪一档的 `at_least` 就得哪一档的分，都没有达到得 `otherwise`。
    各档由高到低写，上一档
    的起点就是下一档的终点，所以没有空档也不会重叠。

    Points of the first band whose `at_least` is reached, `otherwise` below the last. Bands are
    written from the highest down, each begins where the one above it ends, so there are no
    gaps and no overlaps.

    Example: `{kind: bands, bands: [{at_least: 90%, points: 5}, {at_least: 80%, points: 3}],
    otherwise: 0}`
    """

    accepts: ClassVar = frozenset({Shape.NUMBER})
    kind: Literal["bands"]
    bands: tuple[Band, ...] = Key(min_length=1)
    """各档，由高到低 · the bands, from the highest down"""
    otherwise: Number
    """各档之外的分数 · the points below the last band"""

    @property
    def rising(self) -> bool | None:
        points = [*(band.points for band in self.bands), self.otherwise]
        if points == sorted(points, reverse=True):
            return True
        return False if points == sorted(points) else None

    def terms(self, item: Item) -> Sentence:
        bands = tuple(
            Sentence(BAND, {"limit": item.amount(band.at_least), "points": band.points})
            for band in self.bands
        )
        return Sentence(TERMS, {"bands": bands, "otherwise": self.otherwise})

    def pay(self, found: Found, item: Item) -> Payment:
        place = next(
            (i for i, band in enumerate(self.bands) if found.number >= band.at_least),
            len(self.bands),
        )
        reached = self.bands[place] if place < len(self.bands) else None
        points = reached.points if reached else self.otherwise
        values: dict[str, Value] = {
            "title": item.title,
            "value": number(found, item),
            "limit": item.amount((reached or self.bands[-1]).at_least),
            "sum": points,
        }
        why = Sentence(IN_BAND if reached else BELOW, values)
        if not place or self.bands[place - 1].points <= points:
            return Payment(points, why)
        better = self.bands[place - 1]
        more = {"limit": item.amount(better.at_least), "gain": better.points - points}
        return Payment(points, why, Sentence(GAIN, more))

    def complaints(self, item: Item) -> Iterator[Complaint]:
        for i, band in enumerate(self.bands):
            yield from price_complaints(band.points, item, "bands", i, "points")
        ends = [(band.at_least, band.at_most) for band in self.bands]
        yield from (c.under("bands") for c in ladder_complaints(ends, None if item.ratio else 1))
        yield from price_complaints(self.otherwise, item, "otherwise")


def ladder_complaints(
    ends: Sequence[tuple[Exact, Exact | None]], step: Exact | None
) -> Iterator[Complaint]:
    """Bands out of order (C004), and bands that by their stated ends leave a gap to the one
    above, or reach into it (C016). `step` is the smallest difference between two values; without
    it a band must end right where the next begins."""
    for i, (low, high) in enumerate(ends):
        above = ends[i - 1][0] if i else None
        if above is not None and low >= above:
            yield Complaint("C004", (i, "at_least"), {"value": low, "before": above})
            continue
        if above is None or high is None:
            continue
        if high > above or (high == above and step is not None) or high < above - (step or 0):
            yield Complaint("C016", (i, "at_most"), {"value": high, "before": above})
