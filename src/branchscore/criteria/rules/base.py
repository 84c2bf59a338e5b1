"""What all rules share: the question "what is that worth?", asked of one measured value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from branchscore.criteria.found import Found, Shape
from branchscore.criteria.measures.base import Complaint
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.typing import Strict

NOBODY = Phrase("{value}（应计数为 0）", "{value} (none to count)")
PRICE = Phrase("{word} {points} 分", "{word} {points}")


@dataclass(frozen=True, slots=True)
class Item:
    """What a rule needs to know of the indicator it pays for: its words, its
    points, and what its measure yields."""

    title: Phrase
    points: Exact
    unit: Phrase
    verb: Phrase
    shape: Shape
    words: Mapping[str, Phrase]


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

    @property
    def rising(self) -> bool | None:
        """Whether a larger measured value never earns less (True), never earns more (False),
        or either (None). It bounds the points of an answer that is known only in part."""
        return True

    def terms(self, item: Item) -> Sentence:
        """The rule in words, as it stands in the table."""
        raise NotImplementedError

    def pay(self, found: Found, item: Item) -> Payment:
        raise NotImplementedError

    def complaints(self, item: Item) -> Iterator[Complaint]:
        """Faults of this rule as an author wrote it."""
        yield from ()


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
