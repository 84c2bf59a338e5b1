"""What all rules share: the question "what is that worth?", asked of one measured value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.found import Found, Shape
from branchscore.text.numbers import Exact, divided
from branchscore.text.phrase import Percent, Phrase, Sentence, Value
from branchscore.text.scalars import Number
from branchscore.text.typing import Strict

NOBODY = Phrase("{value}（应计数为 0）", "{value} (none to count)")
ONE = Phrase("1 {unit}", "unit ({unit})")
PRICE = Phrase("{word} {points} 分", "{word} {points}")


@dataclass(frozen=True, slots=True)
class Item:
    """What a rule needs to know of what it pays for: its words, its points, what its measure
    yields (`ratio`: a share), and whether it takes points off (`takes`)."""

    title: Phrase
    points: Exact
    unit: Phrase
    verb: Phrase
    shape: Shape
    words: Mapping[str, Phrase]
    ratio: bool = False
    takes: bool = False

    def amount(self, value: Exact) -> Value:
        """A limit as it is read: a percentage where the measure is a share."""
        return Percent(value) if self.ratio else value

    def counted(self, value: Exact) -> Value:
        """A number with its unit: `4 次`, `5%`."""
        if self.ratio:
            return Percent(value)
        return Sentence(Phrase("{n} {unit}", "{n} {unit}"), {"n": value, "unit": self.unit})


@dataclass(frozen=True, slots=True)
class Payment:
    """Points before the item's bounds, why, and what would earn more (None: nothing)."""

    points: Exact
    why: Sentence
    gain: Sentence | None = None


class RuleBase(Strict):
    """A kind of rule. `accepts` are the shapes of measure it can pay for."""

    accepts: ClassVar[frozenset[Shape]]
    states_points: ClassVar[bool] = True
    """Whether the rule's own sentence ends with the points it pays."""
    states_losses: ClassVar[bool] = False
    """Whether the rule's own sentence ends with the points it takes off."""

    @property
    def rising(self) -> bool | None:
        """Whether a larger measured value never earns less (True), never earns more (False),
        or either (None). It bounds the points of an answer that is known only in part."""
        return True

    def rises(self, takes: bool) -> bool | None:
        """`rising` of what is paid, or of what is taken off where the item takes points."""
        return self.rising

    def terms(self, item: Item) -> Sentence:
        """The rule in words, as it stands in the table."""
        raise NotImplementedError

    def pay(self, found: Found, item: Item) -> Payment:
        raise NotImplementedError

    def complaints(self, item: Item) -> Iterator[Complaint]:
        """Faults of this rule as an author wrote it."""
        yield from ()


class Stepped(RuleBase):
    """A rule with a price for each unit. `per` is the size of a unit that is not 1 (每低
    1%、每满 100 元); then `steps` must say whether parts of it count: `exact` in proportion,
    `full` only whole units (不满不计), `started` every unit begun (不满按一个计)."""

    each: Number
    """每个单位多少分 · the points for each unit"""
    per: Number | None = None
    """单位不是 1 时，多少算一个单位 · the size of a unit, where it is not 1"""
    steps: Literal["exact", "full", "started"] | None = None
    """不满一个单位怎样算 · how parts of a unit count"""

    def units(self, amount: Exact) -> Exact:
        """How many units an amount is."""
        if self.per is None:
            return amount
        units = divided(amount, self.per)
        if self.steps == "full":
            return units.numerator // units.denominator
        if self.steps == "started":
            return -(-units.numerator // units.denominator)
        return units

    def unit(self, item: Item) -> Value:
        """One unit in words: `1 次`, `1%`, `100 元`."""
        if self.per is None and not item.ratio:
            return Sentence(ONE, {"unit": item.unit})
        return item.counted(1 if self.per is None else self.per)

    def complaints(self, item: Item) -> Iterator[Complaint]:
        if self.each <= 0:
            yield Complaint("C010", ("each",), {"value": self.each})
        if self.per is not None and self.per <= 0:
            yield Complaint("C010", ("per",), {"value": self.per})
        if (self.per is None) != (self.steps is None):
            yield Complaint("C015", (), {"name": "steps", "when": "per"})
        yield from price_complaints(self.each, item, "each")


def words_complaints(points: Mapping[str, Exact], item: Item) -> Iterator[Complaint]:
    """Every word the measure can yield has a price, no other word has one, none is dearer
    than the item."""
    for word in sorted(set(item.words) - set(points)):
        yield Complaint("C007", ("points",), {"name": word})
    for word, price in points.items():
        if word not in item.words:
            known = ", ".join(item.words)
            yield Complaint("C001", ("points", word), {"name": word, "known": known})
        yield from price_complaints(price, item, "points", word)


def price_complaints(price: Exact, item: Item, *at: str | int) -> Iterator[Complaint]:
    """A single price above the item's points is most likely a lost dash or digit."""
    if max(price, -price) > item.points:
        yield Complaint("C008", at, {"price": price, "points": item.points})


def prices(points: Mapping[str, Exact], words: Mapping[str, Phrase]) -> tuple[Sentence, ...]:
    """The price list of a rule that pays by word."""
    return tuple(
        Sentence(PRICE, {"word": words.get(word, word), "points": price})
        for word, price in points.items()
    )


def many(found: Found) -> Sentence:
    """The measured number with its basis: `3`, or `84.62%（11/13）`."""
    values: dict[str, Value] = {"value": found.shown()}
    if found.basis is None:
        return Sentence(Phrase("{value}", "{value}"), values)
    part, whole = found.basis
    if not whole:
        return Sentence(NOBODY, values)
    return Sentence(
        Phrase("{value}（{part}/{whole}）", "{value} ({part}/{whole})"),
        {**values, "part": part, "whole": whole},
    )


def number(found: Found, item: Item) -> Value:
    """The measured number as a sentence has it: with its unit, or with a share's basis."""
    if found.told is not None:
        return found.told
    return many(found) if found.ratio else item.counted(found.number)
