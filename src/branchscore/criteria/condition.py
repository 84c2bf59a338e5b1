"""A test of one measured value: the limit of an item, a gate, a veto."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from branchscore.criteria.filter import Plain, plain_of
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.measures.base import Complaint
from branchscore.text.phrase import Phrase, Sentence, Share, Value
from branchscore.text.typing import Strict

Limit = Annotated[
    Plain, PlainValidator(plain_of), WithJsonSchema({"type": ["string", "number", "boolean"]})
]
TYPES: dict[Shape, tuple[type, ...]] = {
    Shape.NUMBER: (int, Fraction),
    Shape.POINTS: (int, Fraction),
    Shape.DAY: (date,),
    Shape.FLAG: (bool,),
    Shape.WORD: (str,),
}
YES, NO = Phrase("是", "yes"), Phrase("否", "no")


class Condition(Strict):
    """`at_least` and `at_most` compare numbers, shares and days, limits included; `equals`
    compares a yes or no, or a word. A limit is compared with the exact measured value."""

    at_least: Limit | None = None
    at_most: Limit | None = None
    equals: Limit | None = None

    def holds(self, found: Found) -> bool | None:
        """None where the list is not whole and more records could change the answer."""
        value: Any = found.value
        if self.equals is not None:
            doubt = found.at_least and value <= self.equals
            return None if doubt else bool(value == self.equals)
        low = self.at_least is None or value >= self.at_least
        high = self.at_most is None or value <= self.at_most
        if found.at_least and high and not (low and self.at_most is None):
            return None
        return bool(low and high)

    @staticmethod
    def counts(found: Found) -> bool:
        """Whether the finding is a number of something, and not a share, a word or a day."""
        number = isinstance(found.value, int | Fraction) and not isinstance(found.value, bool)
        return number and not found.ratio

    def wanted(self, found: Found, unit: Phrase) -> Sentence:
        """The limit in words, with the unit that the measure counts in."""
        suffix: Value = unit if self.counts(found) else ""
        parts = {
            "at_least": Phrase("不少于 {at_least} {unit}", "at least {at_least} {unit}"),
            "at_most": Phrase("不多于 {at_most} {unit}", "at most {at_most} {unit}"),
            "equals": Phrase("为“{equals}”", "to be “{equals}”"),
        }
        if isinstance(found.value, date):
            parts["at_least"] = Phrase("不早于 {at_least}", "not before {at_least}")
            parts["at_most"] = Phrase("不晚于 {at_most}", "not after {at_most}")
        limits = {name: getattr(self, name) for name in parts}
        given = {name: limit for name, limit in limits.items() if limit is not None}
        zh = "、".join(parts[name].zh for name in given)
        en = " and ".join(parts[name].en for name in given)
        values = {name: _shown(limit, found) for name, limit in given.items()}
        return Sentence(Phrase(zh, en), {**values, "unit": suffix})

    def condition_complaints(
        self, shape: Shape, words: Mapping[str, Phrase]
    ) -> Iterator[Complaint]:
        """Limits that cannot be compared with what is measured."""
        limits = {n: getattr(self, n) for n in ("at_least", "at_most", "equals")}
        given = {name: limit for name, limit in limits.items() if limit is not None}
        if not given or ("equals" in given and len(given) > 1):
            yield Complaint("C009", (), {})
        for name, limit in given.items():
            ordered = shape in (Shape.NUMBER, Shape.POINTS, Shape.DAY)
            flag = isinstance(limit, bool) != (shape is Shape.FLAG)
            fits = isinstance(limit, TYPES.get(shape, ())) and not flag
            fits = fits and (name == "equals" or ordered)
            if not fits:
                yield Complaint("C005", (name,), {"shape": shape.phrase, "wanted": name})
            elif shape is Shape.WORD and limit not in words:
                known = ", ".join(words)
                yield Complaint("C001", (name,), {"name": str(limit), "known": known})


def _shown(limit: Plain, found: Found) -> Value:
    match limit:
        case bool():
            return YES if limit else NO
        case str():
            return found.words.get(limit, limit)
        case int() | Fraction():
            return Share(limit) if found.ratio else limit
        case _:
            return limit
