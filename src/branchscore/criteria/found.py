"""What measuring gives: the interface between measures, rules and the scorecard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

from branchscore.criteria.fields import Asked
from branchscore.text.numbers import Exact, divided, total
from branchscore.text.phrase import Percent, Phrase, Sentence, Value


class Shape(StrEnum):
    """What sort of thing a measure yields and a rule takes."""

    NUMBER = "number"
    FLAG = "flag"
    WORD = "word"
    WORDS = "words"
    DAY = "day"
    POINTS = "points"

    @property
    def phrase(self) -> Phrase:
        chinese = {
            "number": "数量",
            "flag": "是否",
            "word": "等次或选项",
            "words": "一组等次",
            "day": "日期",
            "points": "评定的分数",
        }
        return Phrase(chinese[self.value], self.value)


Truth = Exact | bool | str | tuple[str, ...] | date


NO_WORDS: Mapping[str, Phrase] = MappingProxyType({})


class Found(NamedTuple):
    """A measured value and where it comes from.

    value     the truth the rule pays for, counting only what is proven where proof is asked
    claimed   the same with unproven records counted; None where it does not differ
    whole     how many there could be (12 months, 7 elements); None where nothing says
    missing   names of what is missing out of `whole`
    at_least  the list is not whole, so the truth may be more
    ratio     the value is a share, printed as a percentage
    basis     numerator and denominator of a share, as found
    words     the wordings of options and levels that `value` names
    fields    the fields that were read, for pointing at their places
    records   per list field, the indices of the records that count
    groups    the words of each matter, where only one of a matter's words may count
    told      the value as a sentence tells it, where the bare number would not be understood
    """

    value: Truth
    claimed: Truth | None = None
    whole: int | None = None
    missing: tuple[Phrase, ...] = ()
    at_least: bool = False
    ratio: bool = False
    basis: tuple[Exact, Exact] | None = None
    words: Mapping[str, Phrase] = NO_WORDS
    fields: tuple[str, ...] = ()
    records: tuple[tuple[str, Sequence[int]], ...] = ()
    groups: tuple[tuple[str, ...], ...] | None = None
    told: Sentence | None = None

    @property
    def number(self) -> Exact:
        """The value of a measure whose shape is NUMBER or POINTS."""
        if not isinstance(self.value, int | Fraction):
            raise TypeError(f"not a number: {self.value!r}")
        return self.value

    @property
    def key(self) -> tuple[object, ...]:
        """All that what is paid and said can depend on; not where it was found. A share is
        known by its basis, because hashing a fraction is slow."""
        return (
            type(self.value),
            self.value if self.basis is None else None,
            self.claimed,
            self.whole,
            self.missing,
            self.at_least,
            self.ratio,
            self.basis,
            self.groups,
            self.told and self.told.both(),
        )

    @property
    def claim(self) -> "Found":
        """What would be found if all that is claimed were proven."""
        if self.claimed is None:
            return self
        return self._replace(value=self.claimed, claimed=None, missing=(), groups=None)

    def shown(self) -> Value:
        """The value as a sentence prints it."""
        if self.told is not None:
            return self.told
        match self.value:
            case bool():
                return Phrase("是", "yes") if self.value else Phrase("否", "no")
            case str():
                return self.words.get(self.value, self.value)
            case tuple():
                return tuple(self.words.get(word, word) for word in self.value)
            case int() | Fraction():
                return Percent(self.value) if self.ratio else self.value
            case _:
                return self.value


@dataclass(frozen=True, slots=True)
class NotStated:
    """No answer was given to these fields, or (`partial`) not a whole one."""

    fields: tuple[str, ...]
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """A reviewer has still to judge; with `peers`, other branches' figures are not known yet."""

    peers: bool = False


Measured = Found | NotStated | Pending


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was given to one judged item of one branch: a level, points, or how many voted for
    each level. `origin` is the sort of people that gave it."""

    value: str | Exact | tuple[tuple[str, int], ...]
    reason: str | None = None
    reviewer: str = ""
    origin: str = "panel"


@dataclass(frozen=True, slots=True)
class Marks:
    """What several reviewers gave one judged item of one branch, to be combined as the table
    says. `leanings` are the reviewers', where they are to be taken out; None: not asked for."""

    given: tuple[Judgement, ...]
    leanings: Mapping[str, Exact] | None = None


Judged = Judgement | Marks
Judgements = Mapping[str, Judged]


Record = Mapping[str, Any]


class Peers(NamedTuple):
    """What all branches of a campaign measured on one measure: how a branch compares with
    them. `numbers` are in no order that counts."""

    numbers: tuple[Exact, ...]

    @property
    def mean(self) -> Exact:
        return divided(total(self.numbers), len(self.numbers))


class Facts:
    """The typed answers of one submission, as measures read them.

    fields       what the criteria file asks
    values       per field: int, Exact, bool, str, date, tuple of str, or a list of records
    partial      lists that the branch says are not whole: they give lower bounds only
    judgements   per indicator or part, what the panel gave
    period       first and last day of the campaign's period
    self_scores  per indicator, the branch's own points
    peers        by a measure's `peers_key`, what all branches measured; empty in the first pass
    alone        nothing is known of other branches: what is compared with them stays open
    """

    __slots__ = (
        "_groups",
        "alone",
        "fields",
        "judgements",
        "partial",
        "peers",
        "period",
        "self_scores",
        "values",
    )

    def __init__(
        self,
        fields: Mapping[str, Asked],
        values: Mapping[str, Any],
        partial: frozenset[str],
        judgements: Judgements,
        period: tuple[date, date],
        self_scores: Mapping[str, Exact] | None = None,
        peers: Mapping[object, Peers] | None = None,
        alone: bool = False,
    ) -> None:
        self.fields, self.values, self.partial = fields, values, partial
        self.judgements, self.period = judgements, period
        self.self_scores = self_scores or {}
        self.peers: Mapping[object, Peers] = peers or {}
        self.alone = alone
        self._groups: dict[tuple[str, str], dict[Any, list[int]]] = {}

    def grouped(self, name: str, by: str) -> dict[Any, list[int]]:
        """Indices of a list's records by the value of one field (None: not stated)."""
        groups = self._groups.get((name, by))
        if groups is None:
            groups = self._groups[name, by] = {}
            for index, record in enumerate(self.values[name]):
                groups.setdefault(record.get(by), []).append(index)
        return groups
