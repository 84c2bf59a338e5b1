"""Points by band."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field as Key

from branchscore.criteria.found import Found, Shape
from branchscore.criteria.measures.base import Complaint
from branchscore.criteria.rules.base import Item, Payment, RuleBase, many, price_complaints
from branchscore.text.phrase import Phrase, Sentence, Share, Value
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
    """From `at_least` (included) up to the band above."""

    at_least: Number
    points: Number


class Bands(RuleBase):
    """Points of the first band whose `at_least` is reached, `otherwise` below the last
    (分档计分). Bands are written from the highest down, each begins where the one above it
    ends, so there are no gaps and no overlaps.

    Example: `{kind: bands, bands: [{at_least: 90%, points: 5}, {at_least: 80%, points: 3}],
    otherwise: 0}`
    """

    accepts: ClassVar = frozenset({Shape.NUMBER})
    kind: Literal["bands"]
    bands: tuple[Band, ...] = Key(min_length=1)
    otherwise: Number

    @property
    def rising(self) -> bool | None:
        points = [*(band.points for band in self.bands), self.otherwise]
        return True if points == sorted(points, reverse=True) else None

    def terms(self, item: Item) -> Sentence:
        ratio = self.bands[0].at_least <= 1
        bands = tuple(
            Sentence(BAND, {"limit": _limit(band, ratio), "points": band.points})
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
            "value": many(found),
            "limit": _limit(reached or self.bands[-1], found.ratio),
            "sum": points,
        }
        why = Sentence(IN_BAND if reached else BELOW, values)
        if not place or self.bands[place - 1].points <= points:
            return Payment(points, why)
        better = self.bands[place - 1]
        more = {"limit": _limit(better, found.ratio), "gain": better.points - points}
        return Payment(points, why, Sentence(GAIN, more))

    def complaints(self, item: Item) -> Iterator[Complaint]:
        for i, band in enumerate(self.bands):
            yield from price_complaints(band.points, item, "bands", i, "points")
            if i and band.at_least >= self.bands[i - 1].at_least:
                values = {"value": band.at_least, "before": self.bands[i - 1].at_least}
                yield Complaint("C004", ("bands", i, "at_least"), values)
        yield from price_complaints(self.otherwise, item, "otherwise")


def _limit(band: Band, ratio: bool) -> Value:
    return Share(band.at_least) if ratio else band.at_least
