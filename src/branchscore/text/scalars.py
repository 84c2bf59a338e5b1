"""Types for text whose meaning the schema knows: numbers, dates, codes, wording.

Each is a pydantic type over the text that the reader kept. A refusal carries the code of
the manual (`T…`) and its values, so that it becomes a `Diagnostic` without translation.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Any, Never

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from branchscore.text.numbers import UNLIMITED, Exact, parse_decimal, parse_number
from branchscore.text.phrase import Phrase
from branchscore.text.suggest import (
    QUOTES,
    boolean_near,
    code_near,
    day_near,
    days_in,
    number_near,
    plain_signs,
)

CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?", re.ASCII)
# Names that Windows keeps to itself, whatever follows after a dot; a code becomes a file name.
DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.ASCII | re.IGNORECASE)
NAME = re.compile(r"[a-z][a-z0-9_-]{0,47}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
LONG = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?", re.ASCII)
MEASURED = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?\s*(?:[%％‰]|[^\W0-9_]{1,4})")
MOST = 10**18
MAX_TEXT, MAX_NAME = 10_000, 200


def refuse(code: str, **values: Any) -> Never:
    """Raise the pydantic error that stands for one entry of the manual."""
    raise PydanticCustomError(code, "{code}", {"code": code, **values})


def explain(code: str, told: Callable[[], tuple[str, dict[str, Any]]]) -> Never:
    """Refuse likewise, with words that take a while to find: of thousands of faults in one file
    only the first are ever told."""
    raise PydanticCustomError(code, "{code}", {"code": code, "told": told})


def text_of(value: Any) -> str:
    """The scalar's text; an empty value or a list or mapping is refused (T009, T003)."""
    if isinstance(value, str):
        return value
    if value is None:
        refuse("T009")
    refuse("T003", wanted="text")


def line_of(value: Any) -> str:
    """Text of one or more lines, not blank (T009), at most `MAX_TEXT` characters (T011); as
    it was written, but with every letter composed in one way."""
    text = text_of(value).strip()
    if not text:
        refuse("T009")
    if len(text) > MAX_TEXT:
        refuse("T011", most=MAX_TEXT)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def name_of(value: Any) -> str:
    """Text on one line (T021): names of branches and people, titles."""
    text = line_of(value)
    if "\n" in text:
        refuse("T021")
    if len(text) > MAX_NAME:
        refuse("T011", most=MAX_NAME)
    return text


def branch_of(value: Any) -> str:
    """A name that nobody can take for a path (T022)."""
    text = name_of(value)
    for sign in "/\\":
        if sign in text:
            refuse("T022", what=sign)
    return text


def decimal_of(value: Any) -> Exact:
    number = parse_decimal(text_of(value))
    if number is None:
        _no_number(value)
    return number


def number_of(value: Any) -> Exact:
    number = parse_number(text_of(value))
    if number is None:
        _no_number(value, percent=True)
    return number


def _no_number(text: str, *, percent: bool = False) -> Never:
    """Why a text is no number, as exactly as can be told."""
    if match := LONG.fullmatch(text):
        if match[1] and len(match[1]) > 6:
            refuse("T020", got=text, most=6)
        refuse("T010", got=text, least=-MOST, most=MOST)
    explain("T004", partial(_sort_of_number, text, percent))


def _sort_of_number(text: str, percent: bool) -> tuple[str, dict[str, Any]]:
    near = number_near(text, percent=percent)
    values = {"got": text, "near": near}
    if near and plain_signs(text).strip(QUOTES) != text.strip(" "):
        return "T018", values
    return "T019" if MEASURED.fullmatch(text) else "T004", values


def points_of(value: Any) -> Exact:
    """A number, or `unlimited` where the table names no most (上不封顶)."""
    return UNLIMITED if value == "unlimited" else number_of(value)


def whole_of(value: Any) -> int:
    number = decimal_of(value)
    if number.denominator != 1:
        refuse("T005", got=value)
    return number.numerator


def boolean_of(value: Any) -> bool:
    text = text_of(value)
    if text not in ("true", "false"):
        refuse("T007", got=text, near=boolean_near(text))
    return text == "true"


def day_of(value: Any) -> date:
    text = text_of(value)
    if DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    explain("T006", lambda: ("T006", {"got": text, "near": day_near(text), **days_in(text)}))


def code_of(value: Any) -> str:
    text = text_of(value)
    if not CODE.fullmatch(text) or DEVICE.fullmatch(text):
        near = code_near(text)
        refuse("T013", got=text, near=near if near != text and CODE.fullmatch(near) else "")
    return text


def identifier_of(value: Any) -> str:
    text = text_of(value)
    if not NAME.fullmatch(text):
        refuse("T014", got=text)
    return text


def phrase_of(value: Any) -> Phrase:
    """`title: 党员大会` or `title: {zh: 党员大会, en: General meeting}`."""
    if not isinstance(value, dict):
        text = line_of(value)
        return Phrase(text, text)
    if unknown := set(value) - {"zh", "en"}:
        refuse("T001", got=min(unknown), known="zh, en")
    if "zh" not in value:
        refuse("T002", name="zh")
    chinese = line_of(value["zh"])
    return Phrase(chinese, line_of(value.get("en", chinese)))


def _typed(read: Callable[[Any], Any], schema: dict[str, Any]) -> Any:
    return (PlainValidator(read), WithJsonSchema(schema))


def whole(pattern: re.Pattern[str]) -> str:
    """A pattern that must match all of a text, as JSON Schema writes it."""
    return f"^(?:{pattern.pattern})$"


# An editor has made numbers and truth values of what looks like them; here they are text.
TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"], "minLength": 1}
NUMBER: dict[str, Any] = {"type": ["number", "string"], "pattern": r"^-?[0-9]+([./][0-9]+)?%?$"}
DECIMAL: dict[str, Any] = {"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
WHOLE: dict[str, Any] = {"type": ["integer", "string"], "pattern": "^-?[0-9]+$"}
Line = Annotated[str, *_typed(line_of, {**TEXT, "maxLength": MAX_TEXT})]
Name = Annotated[str, *_typed(name_of, {**TEXT, "maxLength": MAX_NAME})]
BranchName = Annotated[
    str, *_typed(branch_of, {**TEXT, "maxLength": MAX_NAME, "pattern": r"^[^/\\]+$"})
]
Number = Annotated[Exact, *_typed(number_of, NUMBER)]
Points = Annotated[Exact, *_typed(points_of, {"anyOf": [NUMBER, {"const": "unlimited"}]})]
# A plain validator would drop the bounds that a field gives; this one hands on what it read.
Whole = Annotated[int, BeforeValidator(whole_of), WithJsonSchema(WHOLE)]
Boolean = Annotated[bool, *_typed(boolean_of, {"type": "boolean"})]
Day = Annotated[date, *_typed(day_of, {"type": "string", "format": "date"})]
Code = Annotated[str, *_typed(code_of, {"type": ["string", "number"], "pattern": whole(CODE)})]
Identifier = Annotated[str, *_typed(identifier_of, {"type": "string", "pattern": whole(NAME)})]
Wording = Annotated[
    Phrase,
    *_typed(
        phrase_of,
        {
            "anyOf": [
                TEXT,
                {
                    "type": "object",
                    "properties": {
                        "zh": {**TEXT, "description": "中文 · Chinese"},
                        "en": {**TEXT, "description": "英文 · English"},
                    },
                    "required": ["zh"],
                    "additionalProperties": False,
                },
            ]
        },
    ),
]
