"""Sheets with one record a row: lists, the evidence ledger, several texts, figures by name."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from xlsxwriter.worksheet import Worksheet

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ChoiceField,
    DateField,
    ElementsField,
    EvidenceField,
    FiguresField,
    ListField,
    TextField,
)
from branchscore.forms import sheet_layout as layout
from branchscore.forms.asked import Question
from branchscore.forms.sheet_page import TEXT, Form, stated
from branchscore.forms.sheet_pen import LINE, lines
from branchscore.forms.sheet_words import ELEMENT_HINT, FIGURE, HEADS, LEDGER_HINTS, TITLES, joined
from branchscore.text.phrase import Phrase

ROWS = 24
"""Rows that are prepared, at least half as many below those that are filled."""
CHECKED = 2000
"""Rows in which what is typed is checked."""
NUMBERS = 6
WIDTHS: Mapping[type[Asked], int] = {
    TextField: 30,
    DateField: 14,
    EvidenceField: 11,
    BooleanField: 8,
    ElementsField: 8,
}


class Column(NamedTuple):
    """One column: its mark, its title, how it is filled in, and what is asked."""

    mark: str
    title: Phrase
    hint: Phrase
    asked: Asked
    limits: Phrase | None = None


def write_list(form: Form, sheet: Worksheet, name: str, field: Asked) -> None:
    """The sheet of a field that has one of its own."""
    value = form.filled.answers.get(name, ())
    match field:
        case ListField():
            records, columns = list(value), list(_columns(form, field, form.asks[name]))
        case FiguresField():
            question = form.asks[name]
            told = form.told(field, question, worth=False)
            figures = dict(value).items()
            records = [{"name": one, "figure": figure} for one, figure in figures]
            name_column = Column("name", FIGURE, Phrase("如第一党小组", "such as Group 1"), TEXT)
            figure = Column("figure", _with_unit(field), told, field, question.limits)
            columns = [name_column, figure]
        case _:
            records = [{"text": text} for text in value]
            columns = [Column("text", field.title, form.told(TEXT, None), TEXT)]
    _write(form, sheet, layout.RECORDS, name, field.title, columns, records)


def write_ledger(form: Form, sheet: Worksheet) -> None:
    """The sheet of the evidence ledger."""
    columns = [
        Column(name, title, LEDGER_HINTS[name], TEXT)
        for name, title in layout.LEDGER_COLUMNS.items()
    ]
    records = list(form.filled.evidence)
    _write(form, sheet, layout.LEDGER, "", TITLES["ledger"], columns, records)


def _columns(form: Form, field: ListField, question: Question) -> Iterator[Column]:
    inner = {one.name: one for one in question.inner}
    for name, asked in field.fields.items():
        if isinstance(asked, ElementsField):
            for one, title in asked.elements.items():
                yield Column(
                    layout.element(name, one), title, joined(asked.title, ELEMENT_HINT), asked
                )
        else:
            told = form.told(asked, inner[name], worth=False)
            yield Column(name, _with_unit(asked), told, asked, inner[name].limits)


def _with_unit(asked: Asked) -> Phrase:
    unit = getattr(asked, "unit", None)
    if not unit:
        return asked.title
    return Phrase(f"{asked.title.zh}（{unit.zh}）", f"{asked.title.en} ({unit.en})")


def _write(
    form: Form,
    sheet: Worksheet,
    kind: str,
    name: str,
    title: Phrase,
    columns: list[Column],
    records: list[Any],
) -> None:
    widths = [NUMBERS, *(_width(column, form.say(column.title)) for column in columns)]
    form.begin(sheet, kind, widths, name)
    sheet.write_row(0, 1, [layout.TEXT_ROW, *(column.mark for column in columns)])
    form.title(sheet, title, widths)
    hints = ["", *(form.say(column.hint) for column in columns)]
    heads = [form.say(HEADS["number"]), *(form.say(column.title) for column in columns)]
    for row, texts, style in ((2, hints, "label"), (3, heads, "head")):
        sheet.write_string(row, 0, layout.TEXT_ROW)
        tall = max(lines(text, width) for text, width in zip(texts, widths, strict=True))
        sheet.set_row(row, LINE * tall + 8)
        for c, text in enumerate(texts, 1):
            form.pen.text(sheet, row, c, text, style)
    for i in range(max(ROWS, len(records) + ROWS // 2)):
        _record(form, sheet, i, records[i] if i < len(records) else {}, columns, widths)
    for c, (column, width) in enumerate(zip(columns, widths[1:], strict=True), 2):
        # Below the prepared rows, too, a code stays text and a day a day.
        sheet.set_column(c, c, width, form.pen.style_of(column.asked, "plain"))
        form.check(sheet, (4, c, 4 + CHECKED, c), column.asked, column.limits)
    sheet.freeze_panes(4, 2)
    form.end(sheet, 3, protected=False)


def _record(
    form: Form,
    sheet: Worksheet,
    i: int,
    record: Mapping[str, Any],
    columns: list[Column],
    widths: list[int],
) -> None:
    """One row, tall enough for what it has."""
    row, tall = 4 + i, 1
    sheet.write_number(row, 1, i + 1, form.pen.format("number"))
    for c, (column, width) in enumerate(zip(columns, widths[1:], strict=True), 2):
        value = form.shown(stated(record, column.mark), column.asked)
        form.pen.answer(sheet, row, c, value, column.asked)
        tall = max(tall, lines(str(value), width))
    sheet.set_row(row, LINE * tall + 8)


def _width(column: Column, title: str) -> int:
    """Wide enough for answers of its sort and for a head of two lines."""
    asked = column.asked
    least = WIDTHS.get(type(asked), 10)
    if isinstance(asked, ChoiceField):
        longest = max(len(text.zh.encode("gb18030")) for text in asked.options.values())
        least = min(max(longest + 3, 8), 18)
    return max(least, min(len(title.encode("gb18030")) // 2 + 3, 14))
