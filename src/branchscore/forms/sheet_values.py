"""One cell → the text that a submission would have there.

The cell's field says what is wanted, so most habits need no guess: a day may be a serial number,
`2023年9月12日` or `2023.9.12`, a number may be text with full-width digits. What has two readings,
or shows something other than it holds, is refused.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ChoiceField,
    DateField,
    DecimalField,
    EvidenceField,
    FiguresField,
    IntegerField,
)
from branchscore.forms.sheet_cells import Cell
from branchscore.forms.sheet_layout import NO, YES
from branchscore.text.characters import REFUSED
from branchscore.text.numbers import parse_decimal
from branchscore.text.phrase import Phrase, Value
from branchscore.text.suggest import day_near, plain_signs

BLANKS = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\t]")
UNSEEN = re.compile("[\u200b\u2060\ufeff\xad]")
NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?", re.ASCII)
DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00:00(?:\.0+)?)?", re.ASCII)
COMPACT = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])", re.ASCII)
SEPARATORS = re.compile(r"[\s、，,;；]+")
EXACT = 10**15
"""Spreadsheets keep fifteen digits; of a longer number the others are gone."""
YEARS = range(1900, 2101)
SHOWN = {
    "date": Phrase("这一格的格式是日期或时间", "the cell has the format of a day or time"),
    "percent": Phrase("这一格的格式是百分数", "the cell has the format of a percentage"),
    "other": Phrase("这一格按别的格式显示", "the cell shows it in a format of its own"),
}
CUT = Phrase("超过 15 位，末几位已经丢了", "of more than 15 digits the last are lost")


class Read(NamedTuple):
    """What a cell says: a text, several for evidence, nothing, or a fault with its values;
    `mended` where it stood there in other signs."""

    value: str | tuple[str, ...] | None = None
    fault: str = ""
    values: Mapping[str, Value] = {}
    mended: bool = False


def refused(fault: str, **values: Value) -> Read:
    return Read(None, fault, values)


def answer(cell: Cell, asked: Asked, since_1904: bool) -> Read:
    """What one cell answers to what is asked."""
    text = cleaned(cell.text)
    if no := _unusable(cell, text):
        return no
    match asked:
        case DateField():
            return _day(cell, text, since_1904)
        case IntegerField() | DecimalField() | FiguresField():
            return _number(cell, text)
        case BooleanField():
            return _truth(cell) or _word(text, {"true": YES, "false": NO})
        case ChoiceField():
            return _text(cell, text, lambda word: _word(word, asked.options))
        case EvidenceField():
            return _text(cell, text, _numbers)
        case _:
            return _text(cell, text, Read)


def word(
    cell: Cell, words: Mapping[str, Phrase], offered: tuple[Phrase, ...] | None = None
) -> Read:
    """One of the form's own words; `offered` are those that its list has."""
    text = cleaned(cell.text)
    read = _unusable(cell, text) or _truth(cell) or _word(text, words)
    if offered and read.fault == "X014":
        return refused("X014", got=text, known=offered)
    return read


def _unusable(cell: Cell, text: str) -> Read | None:
    """What no cell may hold, and a cell that holds nothing."""
    if cell.formula:
        return refused("X007", got=cell.text)
    if cell.kind == "error":
        return refused("X008", got=cell.text)
    if hit := REFUSED.search(text):
        return refused("X015", character=f"U+{ord(hit[0]):04X}")
    return None if text else Read()


def _numbers(text: str) -> Read:
    return Read(tuple(name for name in SEPARATORS.split(text) if name))


def cleaned(text: str) -> str:
    """Without blanks around it and without what no eye sees and no meaning hangs on."""
    return UNSEEN.sub("", BLANKS.sub(" ", text)).strip()


def _text(cell: Cell, text: str, read: Callable[[str], Read]) -> Read:
    """A number may stand for a text only where it shows just what it holds."""
    if cell.kind != "number":
        return read(text)
    digits = number_text(text)
    if cell.shown != "plain":
        return refused("X013", got=digits, how=SHOWN[cell.shown])
    if len(digits.strip("-").partition(".")[0]) > 15:
        return refused(
            "X013", got=digits, how=Phrase("丢了末几位的长号码", "a long number cut short")
        )
    return read(digits)


def _number(cell: Cell, text: str) -> Read:
    if cell.kind == "number":
        digits = number_text(text)
        if cell.shown in ("date", "percent"):
            return refused("X013", got=digits, how=SHOWN[cell.shown])
        return Read(digits)
    plain = plain_signs(text)
    if plain != text and parse_decimal(plain) is not None:
        return Read(plain, mended=True)
    return Read(text)


def number_text(stored: str) -> str:
    """The shortest decimal for a stored number: `92.30000000000001` is 92.3, `1E-2` is 0.01."""
    if not NUMBER.fullmatch(stored):
        return stored
    text = format(Decimal(format(Decimal(stored), ".15g")), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _truth(cell: Cell) -> Read | None:
    if cell.kind != "boolean":
        return None
    return Read(cell.text.lower())


def _word(text: str, words: Mapping[str, Phrase]) -> Read:
    """The id of the option that is titled so, in either language."""
    wanted = plain_signs(text).lower()
    for name, title in words.items():
        if wanted in (name, *(plain_signs(one).lower() for one in title)):
            return Read(name)
    return refused("X014", got=text, known=tuple(words.values()))


def _day(cell: Cell, text: str, since_1904: bool) -> Read:
    if compact := COMPACT.fullmatch(plain_signs(text)):
        return _written("-".join(compact.groups()), text)
    if cell.kind == "number":
        return _counted(cell, number_text(text), since_1904)
    if found := DAY.fullmatch(text):
        return _written(found[1], found[1])
    near = day_near(text)
    return _written(near, text) if near else refused("X012", got=text)


def _written(day: str, text: str) -> Read:
    try:
        date.fromisoformat(day)
    except ValueError:
        return refused("X012", got=text)
    return Read(day, mended=day != text)


def _counted(cell: Cell, number: str, since_1904: bool) -> Read:
    """A day as spreadsheets count it. A number that is a year was typed as one."""
    whole = number.partition(".")[0]
    if not whole.isdecimal() or len(whole) > 7:
        return refused("X012", got=number)
    count = int(whole)
    if count in YEARS:
        return refused("X012", got=str(count))
    # 1900 had no 29 February, but day 60 of that count is one.
    start = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    if (count < 61 and not since_1904) or count > 2_900_000:
        return refused("X012", got=number)
    day = (start + timedelta(days=count)).isoformat()
    return Read(day, mended=cell.shown != "date" or whole != number)
