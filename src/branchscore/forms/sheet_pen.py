"""Writes cells of a workbook: large type, borders, checks on what is typed, pages that print.

Text is always written as text, with a format that stays text when it is typed over: what begins
with `=` is never a formula, `00123` stays a code.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from branchscore.criteria.fields import Asked, DateField, DecimalField, FiguresField, IntegerField
from branchscore.forms.sheet_words import WRONG
from branchscore.text.numbers import plain
from branchscore.text.phrase import Language, Phrase

EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day keeps the workbook's bytes the same
DIGITS = 15
"""Spreadsheets keep so many digits of a number; one that has more is written as text."""
FIRST_DAY, LAST_DAY = date(1910, 1, 1), date(2100, 12, 31)
"""A year typed where a day is asked is taken for a day of 1905, and refused by this bound."""
FACE = {"font_name": "宋体", "font_size": 14, "valign": "vcenter", "text_wrap": True}
FRAMED = {"border": 1, "border_color": "#808080"}
STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_size": 20, "bold": True},
    "plain": {},
    "head": {**FRAMED, "bold": True, "bg_color": "#E7E6E6"},
    "label": {**FRAMED, "bg_color": "#F2F2F2"},
    "number": {**FRAMED, "bg_color": "#F2F2F2", "align": "center"},
    "answer": {**FRAMED, "bg_color": "#FFFBE6", "locked": False, "align": "left"},
}
LINE = 21
"""Points of height that one line of this type takes."""


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows begin with the height they are given and grow with what is typed: the
    library would fix them."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        if tag == "row":
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class Pen:
    """One workbook being written, in one language."""

    def __init__(self, language: Language, title: str) -> None:
        self.file, self.language = BytesIO(), language
        self.book = xlsxwriter.Workbook(
            self.file, {"in_memory": True, "default_format_properties": dict(FACE)}
        )
        self.book.set_properties({"created": EPOCH, "title": title})
        self.formats: dict[tuple[Any, ...], Format] = {}
        self.names: set[str] = set()

    def close(self) -> bytes:
        self.book.close()
        return self.file.getvalue()

    def say(self, phrase: Phrase) -> str:
        return phrase.say(self.language)

    def format(self, style: str, **more: Any) -> Format:
        properties = {**FACE, **STYLES[style], **more}
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    def sheet(self, name: str) -> Worksheet:
        """A sheet of that name, as far as names of sheets go: 31 characters, none of `[]:*?/\\`,
        each once."""
        clean = "".join("_" if c in "[]:*?/\\'" else c for c in name).strip()[:31] or "_"
        number, unique = 2, clean
        while unique.lower() in self.names:
            unique = f"{clean[:27]} {number}"
            number += 1
        self.names.add(unique.lower())
        return self.book.add_worksheet(unique, worksheet_class=Sheet)

    def text(self, sheet: Worksheet, row: int, column: int, text: str, style: str) -> None:
        sheet.write_string(row, column, text, self.format(style))

    def across(self, sheet: Worksheet, row: int, last: int, text: str, style: str) -> None:
        """Text over the columns from the second to the last."""
        if last > 1:
            sheet.merge_range(row, 1, row, last, "", self.format(style))
        sheet.write_string(row, 1, text, self.format(style))

    def style_of(self, asked: Asked, style: str = "answer") -> Format:
        """How an answer is shown and kept."""
        match asked:
            case DateField():
                return self.format(style, num_format="yyyy-mm-dd")
            case IntegerField():
                return self.format(style, num_format="0")
            case DecimalField() | FiguresField():
                return self.format(style)
            case _:
                return self.format(style, num_format="@")

    def answer(self, sheet: Worksheet, row: int, column: int, value: Any, asked: Asked) -> None:
        """What is known already, or an empty cell."""
        style = self.style_of(asked)
        if value is None:
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, style)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, style)
        else:
            digits = plain(value)
            if len(digits.strip("-0.").replace(".", "")) > DIGITS:
                sheet.write_string(row, column, digits, style)
            else:
                sheet.write_number(row, column, Decimal(digits), style)

    def check(
        self,
        sheet: Worksheet,
        area: tuple[int, int, int, int],
        asked: Asked,
        days: tuple[date, date],
        told: str,
    ) -> None:
        """Let the program refuse what the reader would refuse, and say what it takes."""
        rule: dict[str, Any] = {}
        match asked:
            case IntegerField():
                rule = {"validate": "integer", **_between(asked.min, asked.max)}
            case DecimalField() | FiguresField():
                rule = {"validate": "decimal", **_between(asked.min, asked.max)}
            case DateField():
                ends = days if asked.within == "period" else (FIRST_DAY, LAST_DAY)
                rule = {"validate": "date", **_between(*ends)}
        if rule:
            sheet.data_validation(
                *area, {**rule, "error_title": self.say(WRONG), "error_message": told[:255]}
            )

    def choose(self, sheet: Worksheet, area: tuple[int, int, int, int], source: Any) -> None:
        """Let one of some words be chosen."""
        told = self.say(Phrase("请点格子右边的箭头选一个", "choose from the arrow beside the cell"))
        rule = {"validate": "list", "source": source, "error_title": self.say(WRONG)}
        sheet.data_validation(*area, {**rule, "error_message": told})

    def page(self, sheet: Worksheet, left: str, right: str, head: int) -> None:
        """A4 across, as wide as the sheet, the head on every page, whose it is at the foot."""
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, head)
        number = self.say(Phrase("第 &P 页，共 &N 页", "page &P of &N"))
        texts = (text.replace("&", "&&")[:80] for text in (left, right))
        sheet.set_footer(f"&L{next(texts)}&C{number}&R{next(texts)}")


def _between(least: Any, most: Any) -> dict[str, Any]:
    if most is None:
        return {"criteria": ">=", "value": _bound(least)}
    return {"criteria": "between", "minimum": _bound(least), "maximum": _bound(most)}


def _bound(value: Any) -> Any:
    """A fraction is written as the division it is."""
    return value if isinstance(value, int | date) else f"={plain(value)}"


def lines(text: str, width: int) -> int:
    """How many lines a text takes in a column so many Latin letters wide."""
    return sum(
        max(1, -(-len(line.encode("gb18030")) // max(1, width - 1))) for line in text.split("\n")
    )
