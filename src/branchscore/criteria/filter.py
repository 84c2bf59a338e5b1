"""`where`: which records of a list count. Three-valued: an unstated field is not a no."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from branchscore.criteria.found import Facts, Record
from branchscore.text.numbers import Exact, parse_number
from branchscore.text.scalars import DAY, NAME, day_of, refuse, text_of

Plain = str | bool | Exact | date


@dataclass(frozen=True, slots=True)
class Limits:
    """`{at_least: 10}`, `{at_most: 2023-06-30}` or both; limits themselves are inside."""

    at_least: Plain | None
    at_most: Plain | None

    def admit(self, value: Any) -> bool:
        return (self.at_least is None or value >= self.at_least) and (
            self.at_most is None or value <= self.at_most
        )


@dataclass(frozen=True, slots=True)
class Where:
    """All conditions must hold; `words` admit the values they name, `limits` a range."""

    words: Mapping[str, frozenset[Plain]]
    limits: Mapping[str, Limits]

    def holds(self, record: Record) -> bool | None:
        """Whether the record counts; None where a field that decides is not stated."""
        unknown = False
        for name, wanted in self.words.items():
            value = record.get(name)
            if value is None:
                unknown = True
            elif value not in wanted:
                return False
        for name, limits in self.limits.items():
            value = record.get(name)
            if value is None:
                unknown = True
            elif not limits.admit(value):
                return False
        return None if unknown else True

    def choose(self, facts: Facts, name: str) -> tuple[list[int], bool]:
        """Indices of the records that count, and whether unstated fields leave doubt."""
        records = facts.values[name]
        candidates: list[int] | range = range(len(records))
        if self.words:
            field, wanted = next(iter(self.words.items()))
            groups = facts.grouped(name, field)
            simple = len(self.words) == 1 and not self.limits and None not in groups
            if simple and len(wanted) == 1:
                return groups.get(next(iter(wanted)), []), False
            candidates = sorted(i for word in (*wanted, None) for i in groups.get(word, ()))
            if simple:
                return candidates, False
        certain, doubt = list[int](), False
        for index in candidates:
            truth = self.holds(records[index])
            if truth:
                certain.append(index)
            doubt = doubt or truth is None
        return certain, doubt


EVERYTHING = Where({}, {})


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
    if not isinstance(value, dict):
        refuse("T003", wanted="mapping")
    words: dict[str, frozenset[Plain]] = {}
    limits: dict[str, Limits] = {}
    for name, wanted in value.items():
        if not NAME.fullmatch(name):
            refuse("T014", got=name)
        if isinstance(wanted, dict):
            if unknown := set(wanted) - {"at_least", "at_most"}:
                refuse("T001", got=min(unknown), known="at_least, at_most")
            ends = {end: plain_of(text) for end, text in wanted.items()}
            limits[name] = Limits(ends.get("at_least"), ends.get("at_most"))
        else:
            several = wanted if isinstance(wanted, list) else [wanted]
            words[name] = frozenset(plain_of(text) for text in several)
    return Where(words, limits)


_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_ENDS: dict[str, Any] = {
    "type": "object",
    "properties": {"at_least": _SCALAR, "at_most": _SCALAR},
    "additionalProperties": False,
}
Filter = Annotated[
    Where,
    PlainValidator(where_of),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {
                "anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}, _ENDS]
            },
        }
    ),
]
