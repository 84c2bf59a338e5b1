"""Types for text whose meaning the schema knows: numbers, dates, codes, wording.

Each is a pydantic type over the text that the reader kept. A refusal carries the code of
the manual (`T…`) and its values, so that it becomes a `Diagnostic` without translation.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Never

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from branchscore.text.numbers import UNLIMITED, Exact, parse_decimal, parse_number
from branchscore.text.phrase import Phrase
from branchscore.text.suggest import boolean_near, day_near, number_near

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
NAME = re.compile(r"[a-z][a-z0-9_-]{0,47}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MAX_TEXT = 4000


def refuse(code: str, **values: Any) -> Never:
    """Raise the pydantic error that stands for one entry of the manual."""
    raise PydanticCustomError(code, "{code}", {"code": code, **values})


def text_of(value: Any) -> str:
    """The scalar's text; an empty value or a list or mapping is refused (T009, T003)."""
    if isinstance(value, str):
        return value
    if value is None:
        refuse("T009")
    refuse("T003", wanted="text")


def line_of(value: Any) -> str:
    """Text of one or more lines, not blank, at most `MAX_TEXT` characters (T011)."""
    text = text_of(value).strip()
    if not text or len(text) > MAX_TEXT:
        refuse("T011", most=MAX_TEXT)
    return text


def name_of(value: Any) -> str:
    """Text on one line: names of branches and people, titles (T011)."""
    text = line_of(value)
    if "\n" in text or len(text) > 200:
        refuse("T011", most=200)
    return text


def decimal_of(value: Any) -> Exact:
    number = parse_decimal(text_of(value))
    if number is None:
        refuse("T004", got=value, near=number_near(str(value)))
    return number


def number_of(value: Any) -> Exact:
    number = parse_number(text_of(value))
    if number is None:
        refuse("T004", got=value, near=number_near(str(value)))
    return number


def points_of(value: Any) -> Exact:
    """A number, or `unlimited` where the table names no most (上不封顶)."""
    return UNLIMITED if value == "unlimited" else number_of(value)


def whole_of(value: Any) -> int:
    number = parse_decimal(text_of(value))
    if number is None:
        refuse("T004", got=value, near=number_near(str(value)))
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
    refuse("T006", got=text, near=day_near(text))


def code_of(value: Any) -> str:
    text = text_of(value)
    if not CODE.fullmatch(text):
        refuse("T013", got=text)
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
Name = Annotated[str, *_typed(name_of, {**TEXT, "maxLength": 200})]
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
