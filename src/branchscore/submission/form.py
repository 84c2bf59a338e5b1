"""What a criteria file asks → the type that a submission must have."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Annotated, Any, NotRequired

from pydantic import AfterValidator, ConfigDict, PlainValidator, TypeAdapter, with_config
from typing_extensions import TypedDict

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ChoiceField,
    DateField,
    DecimalField,
    ElementsField,
    EvidenceField,
    IntegerField,
    ListField,
)
from branchscore.criteria.model import Criteria
from branchscore.text.scalars import (
    Boolean,
    Code,
    Identifier,
    Line,
    Name,
    boolean_of,
    code_of,
    day_of,
    decimal_of,
    line_of,
    refuse,
    text_of,
    whole_of,
)

CLOSED = ConfigDict(extra="forbid")


class Proof(TypedDict):
    """One entry of the evidence ledger (佐证台账): a file beside the submission, or the place
    of a paper."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    id: NotRequired[Code]
    title: Name
    file: NotRequired[Name]
    place: NotRequired[Name]


FRAME: dict[str, Any] = {
    "criteria": Identifier,
    "code": Code,
    "branch": Name,
    "fictional": NotRequired[Boolean],
    "partial": NotRequired[list[Identifier]],
    "evidence": NotRequired[list[Proof]],
    "self_scores": NotRequired[dict[str, Annotated[Any, PlainValidator(decimal_of)]]],
    "note": NotRequired[Line],
}


class Form:
    """The answers that one criteria file asks for, as pydantic types."""

    def __init__(self, criteria: Criteria) -> None:
        self.criteria = criteria
        names = set(FRAME) | set(criteria.fields) | {"id", "title", "file", "place"}
        for field in criteria.fields.values():
            if isinstance(field, ListField):
                names |= set(field.fields)
        self.keys = frozenset(names)
        self.lists = {n: f for n, f in criteria.fields.items() if isinstance(f, ListField)}
        self.bounded = bounded(criteria.fields)
        self.bounded_in = {name: bounded(field.fields) for name, field in self.lists.items()}
        self.proofs_in = {
            name: [n for n, inner in field.fields.items() if isinstance(inner, EvidenceField)]
            for name, field in self.lists.items()
        }
        self.adapter = lru_cache(maxsize=256)(self._adapter)

    def _adapter(self, partial: frozenset[str]) -> TypeAdapter[dict[str, Any]]:
        """The type of a whole submission; records of lists in `partial` may lack fields."""
        asked = {
            name: NotRequired[self._type(field, name in partial)]
            for name, field in self.criteria.fields.items()
        }
        return TypeAdapter(_closed("Submission", {**FRAME, **asked}))

    def _type(self, field: Asked, open_records: bool = False) -> Any:
        if isinstance(field, ListField):
            record = {
                name: NotRequired[self._type(inner)]
                if inner.optional or open_records
                else self._type(inner)
                for name, inner in field.fields.items()
            }
            return list[_closed("Record", record)]  # type: ignore[misc]
        read = self._reader(field)
        if isinstance(field, ElementsField | EvidenceField):
            return Annotated[Any, PlainValidator(read)]
        # Dates, counts and choices repeat from record to record: the same text is read once.
        # A refusal raises and is not remembered.
        return Annotated[str, AfterValidator(lru_cache(maxsize=4096)(read))]

    def _reader(self, field: Asked) -> Callable[[Any], Any]:
        match field:
            case IntegerField():
                return _ranged(whole_of, field.min, field.max)
            case DecimalField():
                return _ranged(decimal_of, field.min, field.max)
            case BooleanField():
                return boolean_of
            case DateField():
                return self._day if field.within == "period" else day_of
            case ChoiceField():
                return _one_of(field.options)
            case ElementsField():
                return _several(_one_of(field.elements))
            case EvidenceField():
                return _several(code_of)
            case _:
                return line_of

    def _day(self, value: Any) -> Any:
        day = day_of(value)
        first, last = self.criteria.days
        if not first <= day <= last:
            refuse("S002", got=day, first=first, last=last)
        return day


def bounded(fields: Mapping[str, Asked]) -> list[tuple[str, str]]:
    """Pairs of fields of which the first may not be above the second."""
    return [
        (name, field.not_above)
        for name, field in fields.items()
        if isinstance(field, IntegerField) and field.not_above
    ]


def _closed(name: str, keys: dict[str, Any]) -> Any:
    made: Any = TypedDict(name, keys)  # type: ignore[misc]
    return with_config(CLOSED)(made)


def _ranged(read: Callable[[Any], Any], least: Any, most: Any) -> Callable[[Any], Any]:
    def ranged(value: Any) -> Any:
        number = read(value)
        if number < least or (most is not None and number > most):
            refuse("T010", got=number, least=least, most="" if most is None else most)
        return number

    return ranged


def _one_of(options: Mapping[str, Any]) -> Callable[[Any], str]:
    def one(value: Any) -> str:
        word = text_of(value)
        if word not in options:
            near = get_close_matches(word, options, 1, 0.6)
            refuse("T008", got=word, known=", ".join(options), near=near[0] if near else "")
        return word

    return one


def _several(read: Callable[[Any], str]) -> Callable[[Any], tuple[str, ...]]:
    one = lru_cache(maxsize=4096)(lambda text: (read(text),))

    def several(value: Any) -> tuple[str, ...]:
        if isinstance(value, str):
            return one(value)
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
            return one(value[0])
        words = tuple(read(v) for v in (value if isinstance(value, list) else [value]))
        for i, word in enumerate(words):
            if word in words[:i]:
                refuse("T015", got=word)
        return words

    return several
