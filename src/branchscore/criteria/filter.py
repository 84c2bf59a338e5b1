"""`where`: which records of a list count. Three-valued: an unstated field is not a no."""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from branchscore.criteria.found import Facts, Record
from branchscore.text.numbers import Exact, parse_number
from branchscore.text.scalars import DAY, NAME, day_of, refuse, text_of

Plain = str | bool | Exact | date
COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Other:
    """Another field of the same record, as a limit: handed in no later than it was due."""

    field: str


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the records of another list: only visits to members who stand in it count."""

    list: str
    field: str

    def has(self, value: Plain, facts: Facts) -> bool | None:
        """Whether some record of that list has the value; None where the list is not whole."""
        if self.list not in facts.values:
            return None
        if value in facts.grouped(self.list, self.field):
            return True
        return None if self.list in facts.partial else False

    def __str__(self) -> str:
        return f"{self.list}.{self.field}"


Limit = Plain | Other | Column


@dataclass(frozen=True, slots=True)
class Where:
    """哪些记录计入，各条都要符合：某一项是这个（这几个之一）；`at_least`、`at_most`、`more_than`、
    `less_than` 与一个数、一个日期比，或与同一条记录的另一项（`field`）比；`in` 必须出现在
    另一个台账的某一项里；`any` 符合其中之一即可；`not` 不得符合。没有填的不当作不符合。

    Which records count; all must hold: a field is this word or one of these; it is compared by
    `at_least`, `at_most`, `more_than`, `less_than` with a number, a day or another `field` of
    the same record; it stands `in` a field of another list; `any` needs one of several; `not`
    must not hold. What is not stated is not a no.

    Example: `{kind: [party_lecture, theory_study], attended: {at_least: 10}}` or
    `{sent_on: {at_most: {field: due_on}}, not: {level: district}}`
    """

    words: Mapping[str, frozenset[Plain]]
    limits: tuple[tuple[str, str, Limit], ...] = ()
    anyof: tuple["Where", ...] = ()
    never: "Where | None" = None

    @property
    def single(self) -> tuple[str, frozenset[Plain]] | None:
        """The field and words of a filter that asks nothing else."""
        if len(self.words) != 1 or self.limits or self.anyof or self.never:
            return None
        return next(iter(self.words.items()))

    def fields(self) -> Iterator[str]:
        """The names of the record's fields that are read."""
        yield from self.words
        for name, _, limit in self.limits:
            yield name
            if isinstance(limit, Other):
                yield limit.field
        for inner in self.inner():
            yield from inner.fields()

    def inner(self) -> Iterator["Where"]:
        yield from self.anyof
        if self.never:
            yield self.never

    def columns(self) -> Iterator[Column]:
        """The fields of other lists that are read."""
        yield from (limit for _, _, limit in self.limits if isinstance(limit, Column))
        for inner in self.inner():
            yield from inner.columns()

    def holds(self, record: Record, facts: Facts) -> bool | None:
        """Whether the record counts; None where a field that decides is not stated."""
        unknown = False
        for truth in self._truths(record, facts):
            if truth is False:
                return False
            unknown = unknown or truth is None
        return None if unknown else True

    def _truths(self, record: Record, facts: Facts) -> Iterator[bool | None]:
        for name, wanted in self.words.items():
            value = record.get(name)
            if isinstance(value, tuple):
                yield not wanted.isdisjoint(value)
            else:
                yield None if value is None else value in wanted
        for name, comparison, limit in self.limits:
            value = record.get(name)
            if isinstance(limit, Column):
                yield None if value is None else limit.has(value, facts)
                continue
            against = record.get(limit.field) if isinstance(limit, Other) else limit
            known = value is not None and against is not None
            yield COMPARED[comparison](value, against) if known else None
        if self.anyof:
            yield either([inner.holds(record, facts) for inner in self.anyof])
        if self.never:
            truth = self.never.holds(record, facts)
            yield None if truth is None else not truth

    def choose(self, facts: Facts, name: str) -> tuple[list[int], bool]:
        """Indices of the records that count, and whether unstated fields leave doubt. Records
        are found by groups of one field where that is enough, else looked at one by one."""
        records = facts.values[name]
        candidates: Iterable[int] = range(len(records))
        first = next(iter(self.words.items()), None)
        if first:
            groups, words = facts.grouped(name, first[0]), first[1]
            simple = self.single is not None and None not in groups
            if simple and len(words) == 1 and (hit := groups.get(next(iter(words)))):
                return hit, False
            if not any(type(value) is tuple for value in groups):
                candidates = sorted(i for word in (*words, None) for i in groups.get(word, ()))
                if simple:
                    return candidates, False
        certain, doubt = list[int](), False
        for index in candidates:
            truth = self.holds(records[index], facts)
            if truth:
                certain.append(index)
            doubt = doubt or truth is None
        return certain, doubt


EVERYTHING = Where({})


def either(truths: list[bool | None]) -> bool | None:
    """Kleene's or: true if one is, else unknown if one is."""
    if True in truths:
        return True
    return None if None in truths else False


def plain_of(value: Any) -> Plain:
    """A word, `true`/`false`, a number or a day, told apart by how it is written."""
    text = text_of(value)
    if text in ("true", "false"):
        return text == "true"
    if DAY.fullmatch(text):
        return day_of(text)
    number = parse_number(text)
    return text if number is None else number


def where_of(value: Any) -> Where:
    """`{kind: [a, b], attended: {at_least: 10}, done: {at_most: {field: due}}}`, with
    `any: [{…}, {…}]` and `not: {…}` for what a list of conditions cannot say."""
    words: dict[str, frozenset[Plain]] = {}
    limits: list[tuple[str, str, Limit]] = []
    anyof: tuple[Where, ...] = ()
    never: Where | None = None
    for name, wanted in _mapping(value).items():
        if name == "any":
            if not isinstance(wanted, list) or len(wanted) < 2:
                refuse("T003", wanted="list")
            anyof = tuple(where_of(one) for one in wanted)
        elif name == "not":
            never = where_of(wanted)
        elif not NAME.fullmatch(name):
            refuse("T014", got=name)
        elif isinstance(wanted, dict):
            known = (*COMPARED, "in")
            if unknown := set(wanted) - set(known):
                refuse("T001", got=min(unknown), known=", ".join(known))
            limits += [(name, end, _limit_of(end, limit)) for end, limit in wanted.items()]
        else:
            several = wanted if isinstance(wanted, list) else [wanted]
            words[name] = frozenset(plain_of(text) for text in several)
    return Where(words, tuple(limits), anyof, never)


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        refuse("T003", wanted="mapping")
    return value


def _limit_of(end: str, value: Any) -> Limit:
    if end == "in":
        name, _, field = text_of(value).partition(".")
        return Column(name, field)
    if not isinstance(value, dict):
        return plain_of(value)
    if set(value) != {"field"}:
        refuse("T001", got=min(set(value) - {"field"}, default=""), known="field")
    return Other(text_of(value["field"]))


_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_OTHER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "field": {
            "type": "string",
            "description": "同一条记录的另一项 · another field of the record",
        }
    },
    "required": ["field"],
    "additionalProperties": False,
}
_SAID = {
    "at_least": "不少于、不早于 · at least, the limit included",
    "at_most": "不多于、不晚于 · at most, the limit included",
    "more_than": "多于、晚于 · more than, the limit not included",
    "less_than": "少于、早于 · less than, the limit not included",
}
_ENDS: dict[str, Any] = {
    "type": "object",
    "properties": {
        **{name: {"anyOf": [_SCALAR, _OTHER], "description": _SAID[name]} for name in COMPARED},
        "in": {
            "type": "string",
            "description": "出现在另一个台账里：台账.项 · stands in another list: list.field",
        },
    },
    "additionalProperties": False,
}


def _schema(inner: dict[str, Any]) -> dict[str, Any]:
    some, none = "其中之一符合即可 · one of several must hold", "不得符合 · must not hold"
    return {
        "type": "object",
        "properties": {
            "any": {"type": "array", "minItems": 2, "items": inner, "description": some},
            "not": {**inner, "description": none},
        },
        "additionalProperties": {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}, _ENDS]},
    }


# As deep as anybody nests them; what is deeper is not looked into.
Filter = Annotated[
    Where, PlainValidator(where_of), WithJsonSchema(_schema(_schema({"type": "object"})))
]
