"""A test of one measured value: the limit of an item, a gate, a veto."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.filter import COMPARED, Plain, plain_of
from branchscore.criteria.found import Found, Shape
from branchscore.text.phrase import Percent, Phrase, Sentence, Value
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
UPPER = ("at_most", "less_than")
WORDINGS = {
    "at_least": Phrase("不少于 {at_least} {unit}", "at least {at_least} {unit}"),
    "at_most": Phrase("不多于 {at_most} {unit}", "at most {at_most} {unit}"),
    "more_than": Phrase("多于 {more_than} {unit}", "more than {more_than} {unit}"),
    "less_than": Phrase("少于 {less_than} {unit}", "less than {less_than} {unit}"),
}
DAYS = {
    "at_least": Phrase("不早于 {at_least}", "not before {at_least}"),
    "at_most": Phrase("不晚于 {at_most}", "not after {at_most}"),
    "more_than": Phrase("晚于 {more_than}", "after {more_than}"),
    "less_than": Phrase("早于 {less_than}", "before {less_than}"),
}
EQUALS = Phrase("为“{equals}”", "to be “{equals}”")
ONE_OF = Phrase("为“{one_of}”之一", "to be one of “{one_of}”")


class Condition(Strict):
    """条件：`at_least`、`at_most`（含本数）和 `more_than`、`less_than`（不含本数）比较数、比例和
    日期；`equals` 比较是否或选项，`one_of` 是几个选项之一。与未经修约的数比较。

    A condition: `at_least` and `at_most` (limits included), `more_than` and `less_than` (limits
    not included) compare numbers, shares and days; `equals` compares a yes or no, or a word;
    `one_of` several words. A limit is compared with the exact measured value.

    Example: `{at_least: 60%}`, `{equals: true}` or `{one_of: [municipal, national]}`
    """

    at_least: Limit | None = None
    """不少于 · at least, the limit included"""
    at_most: Limit | None = None
    """不多于 · at most, the limit included"""
    more_than: Limit | None = None
    """多于 · more than, the limit not included"""
    less_than: Limit | None = None
    """少于 · less than, the limit not included"""
    equals: Limit | None = None
    """等于 · equal to"""
    one_of: tuple[Limit, ...] = ()
    """为其中之一 · equal to one of these"""

    def ends(self) -> dict[str, Plain]:
        """The limits that are compared by size."""
        ends = {name: getattr(self, name) for name in COMPARED}
        return {name: limit for name, limit in ends.items() if limit is not None}

    def holds(self, found: Found) -> bool | None:
        """None where the list is not whole and more records could change the answer."""
        value: Any = found.value
        if self.equals is not None:
            doubt = found.at_least and value <= self.equals
            return None if doubt else bool(value == self.equals)
        if self.one_of:
            return value in self.one_of
        truths = {name: COMPARED[name](value, limit) for name, limit in self.ends().items()}
        if not found.at_least:
            return all(truths.values())
        if not all(truths.get(name, True) for name in UPPER):
            return False
        return True if all(truths.values()) and not truths.keys() & set(UPPER) else None

    @property
    def rising(self) -> bool | None:
        """Whether more of what is measured makes it true (True), false (False), or either."""
        if self.equals is not None or self.one_of:
            return None
        upper = {name in UPPER for name in self.ends()}
        return None if len(upper) != 1 else not upper.pop()

    @staticmethod
    def counts(found: Found) -> bool:
        """Whether the finding is a number of something, and not a share, a word or a day."""
        number = isinstance(found.value, int | Fraction) and not isinstance(found.value, bool)
        return number and not found.ratio

    def wanted(self, found: Found, unit: Phrase) -> Sentence:
        """The limit in words, with the unit that the measure counts in."""
        wordings = DAYS if isinstance(found.value, date) else WORDINGS
        values: dict[str, Value] = {"unit": unit if self.counts(found) else ""}
        said: list[Phrase] = []
        for name, limit in self.ends().items():
            values[name] = _shown(limit, found)
            said.append(wordings[name])
        if self.equals is not None:
            values["equals"] = _shown(self.equals, found)
            said.append(EQUALS)
        if self.one_of:
            values["one_of"] = tuple(_shown(limit, found) for limit in self.one_of)
            said.append(ONE_OF)
        zh, en = "、".join(p.zh for p in said), " and ".join(p.en for p in said)
        return Sentence(Phrase(zh, en), values)

    def condition_complaints(
        self, shape: Shape, words: Mapping[str, Phrase]
    ) -> Iterator[Complaint]:
        """Limits that cannot be compared with what is measured."""
        ends = self.ends()
        kinds = (bool(ends), self.equals is not None, bool(self.one_of))
        if sum(kinds) != 1:
            yield Complaint("C009", (), {})
        given: list[tuple[str, Plain]] = list(ends.items())
        given += [("equals", self.equals)] if self.equals is not None else []
        given += [("one_of", limit) for limit in self.one_of]
        for name, limit in given:
            ordered = shape in (Shape.NUMBER, Shape.POINTS, Shape.DAY)
            flag = isinstance(limit, bool) != (shape is Shape.FLAG)
            fits = isinstance(limit, TYPES.get(shape, ())) and not flag
            fits = fits and (name not in COMPARED or ordered)
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
            return Percent(limit) if found.ratio else limit
        case _:
            return limit
