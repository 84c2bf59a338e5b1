"""What a criteria file asks → the type that a submission must have."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache, partial
from typing import Annotated, Any, NotRequired

from pydantic import (
    AfterValidator,
    ConfigDict,
    PlainValidator,
    TypeAdapter,
    WithJsonSchema,
    with_config,
)
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ChoiceField,
    DateField,
    DecimalField,
    ElementsField,
    EvidenceField,
    FiguresField,
    IntegerField,
    ListField,
    TextField,
    TextsField,
)
from branchscore.criteria.model import Criteria
from branchscore.submission.titles import Titles
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import (
    DECIMAL,
    Boolean,
    BranchName,
    Code,
    Identifier,
    Line,
    Name,
    boolean_of,
    code_of,
    day_of,
    decimal_of,
    explain,
    line_of,
    name_of,
    refuse,
    text_of,
    whole_of,
)
from branchscore.text.source import Map, Seq

CLOSED = ConfigDict(extra="forbid")
TOLD = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Proof(TypedDict):
    """佐证台账的一条：申报旁边的文件，或纸质材料的存放处 · an entry of the evidence ledger: a file
    beside the submission, or the place of a paper."""

    __pydantic_config__ = TOLD  # type: ignore[misc]
    id: NotRequired[Code]
    """佐证编号，记录里的 evidence 引用它 · the number that records refer to"""
    title: Name
    """名称 · what it is"""
    file: NotRequired[Name]
    """文件，在与申报同名的文件夹里 · its file, in the folder named like the submission"""
    place: NotRequired[Name]
    """纸质材料的存放处 · where the paper is kept"""


class Frame(TypedDict):
    """申报：支部情况和各项填报内容 · a submission: the branch, and its answers."""

    __pydantic_config__ = TOLD  # type: ignore[misc]
    criteria: Identifier
    """评分表代号 · the id of the criteria"""
    code: Code
    """支部代码 · the branch's code"""
    branch: BranchName
    """支部名称 · the branch's name"""
    fictional: NotRequired[Boolean]
    """虚构的示例支部 · a branch made up as an example"""
    partial: NotRequired[list[Identifier]]
    """没有填全的台账和清单 · the lists that are not whole"""
    evidence: NotRequired[list[Proof]]
    """佐证台账 · the evidence ledger"""
    self_scores: NotRequired[
        dict[str, Annotated[Any, PlainValidator(decimal_of), WithJsonSchema(DECIMAL)]]
    ]
    """自评分：项目编号和分数 · the branch's own points, by item id"""
    note: NotRequired[Line]
    """说明 · a note"""


FRAME: dict[str, Any] = dict(Frame.__annotations__)
UNFRAMED = {name: FRAME[name] for name in ("partial", "self_scores")}


class Form:
    """The answers that one criteria file asks for, as pydantic types, within a `frame`."""

    def __init__(self, criteria: Criteria, frame: Mapping[str, Any] = FRAME) -> None:
        self.criteria, self.frame = criteria, frame
        names = set(frame) | set(criteria.fields) | {"id", "title", "file", "place"}
        for field in criteria.fields.values():
            if isinstance(field, ListField):
                names |= set(field.fields)
        self.titles = Titles(criteria)
        self.keys = frozenset(names) | self.titles.written
        self.lists = {n: f for n, f in criteria.fields.items() if isinstance(f, ListField)}
        self.parts = {
            name: field.title
            for name, field in criteria.fields.items()
            if isinstance(field, ListField | ElementsField)
        }
        self.bounded = bounded(criteria.fields)
        self.bounded_in = {name: bounded(field.fields) for name, field in self.lists.items()}
        self.proofs_in = {
            name: [n for n, inner in field.fields.items() if isinstance(inner, EvidenceField)]
            for name, field in self.lists.items()
        }
        self.undated = _anytime(criteria.fields)
        self.undated_in = [(n, i) for n, f in self.lists.items() for i in _anytime(f.fields)]
        self.adapter = lru_cache(maxsize=256)(self._adapter)

    def partial(self, root: Map) -> frozenset[str]:
        """The lists that a submission says are not whole."""
        said, ids = root.get("partial"), {title.zh: name for name, title in self.parts.items()}
        names = said if isinstance(said, Seq) else []
        return frozenset(ids.get(name, name) for name in names if isinstance(name, str))

    def _adapter(self, partial: frozenset[str], framed: bool = True) -> TypeAdapter[dict[str, Any]]:
        """The type of a whole submission, or of its answers without the frame around them;
        records of lists in `partial` may lack fields."""
        asked = {
            name: NotRequired[self._type(field, name in partial)]
            for name, field in self.criteria.fields.items()
        }
        frame = dict(self.frame if framed else UNFRAMED)
        if "partial" in frame:
            part = Annotated[Any, PlainValidator(_one_of(self.parts))]
            frame["partial"] = NotRequired[list[part]]
        return TypeAdapter(_closed("Submission", {**frame, **asked}))

    def _type(self, field: Asked, open_records: bool = False) -> Any:
        if isinstance(field, ListField):
            record = {
                name: NotRequired[self._type(inner)]
                if inner.optional or open_records
                else self._type(inner)
                for name, inner in field.fields.items()
            }
            return list[_closed("Record", record)]  # type: ignore[misc]
        if isinstance(field, TextsField):
            return tuple[Annotated[str, AfterValidator(line_of)], ...]
        read = self._reader(field)
        if isinstance(field, FiguresField):
            name, figure = (Annotated[str, AfterValidator(r)] for r in (name_of, read))
            return Annotated[dict[name, figure], AfterValidator(_some)]  # type: ignore[valid-type]
        if isinstance(field, ElementsField | EvidenceField):
            return Annotated[Any, PlainValidator(read)]
        # Dates, counts and choices repeat from record to record: the same text is read once.
        # A refusal raises and is not remembered.
        return Annotated[str, AfterValidator(lru_cache(maxsize=4096)(read))]

    def _reader(self, field: Asked) -> Callable[[Any], Any]:
        match field:
            case IntegerField():
                return _ranged(whole_of, field.min, field.max)
            case DecimalField() | FiguresField():
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
            case TextField():
                return name_of if field.one_line else line_of
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


def _anytime(fields: Mapping[str, Asked]) -> list[str]:
    """The days that may lie outside the period."""
    dated = ((name, field) for name, field in fields.items() if isinstance(field, DateField))
    return [name for name, field in dated if field.within == "anytime"]


def _closed(name: str, keys: dict[str, Any]) -> Any:
    made: Any = TypedDict(name, keys)  # type: ignore[misc]
    return with_config(CLOSED)(made)


def _ranged(read: Callable[[Any], Any], least: Any, most: Any) -> Callable[[Any], Any]:
    bounds = {"least": least, "most": "" if most is None else most}

    def ranged(value: Any) -> Any:
        try:
            number = read(value)
        except PydanticCustomError as error:  # more digits than any number has here
            if error.type != "T010":
                raise
            refuse("T010", got=value, **bounds)
        if number < least or (most is not None and number > most):
            refuse("T010", got=number, **bounds)
        return number

    return ranged


def _some(figures: dict[str, Any]) -> dict[str, Any]:
    return figures or refuse("T009")


def _one_of(options: Mapping[str, Phrase]) -> Callable[[Any], str]:
    ids = {title.zh: name for name, title in options.items()}

    def one(value: Any) -> str:
        word = text_of(value)
        if word in options:
            return word
        if word not in ids:
            explain("T008", partial(unknown, word))
        return ids[word]

    def unknown(word: str) -> tuple[str, dict[str, Any]]:
        near = get_close_matches(word, [*options, *ids], 1, 0.6)
        known = ", ".join(options) if word.isascii() else "、".join(ids)
        return "T008", {"got": word, "known": known, "near": near[0] if near else ""}

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
                refuse("T015", got=str(value[i]))
        return words

    return several
