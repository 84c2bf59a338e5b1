"""A sheet with one record a row → the list, ledger, texts or figures that it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from branchscore.criteria.fields import Asked, FiguresField, ListField, TextsField
from branchscore.criteria.model import Criteria
from branchscore.forms import sheet_layout as layout
from branchscore.forms.sheet_page import NUMBER, TEXT
from branchscore.forms.sheet_reading import Reader, Told, append, has, put
from branchscore.text.diagnostics import Diagnostic, Span
from branchscore.text.phrase import Phrase
from branchscore.text.source import Map, Mark, Seq

PROOF: Mapping[str, Asked] = {
    name: TEXT.model_copy(update={"title": title, "optional": name != "title"})
    for name, title in layout.LEDGER_COLUMNS.items()
}


@dataclass(slots=True)
class Rows:
    """What stands in a sheet: its value, how many rows have something, and what is left blank
    that each record must have unless its list is not whole."""

    value: Any
    mark: Mark
    count: int
    blanks: list[Diagnostic]


def rows_of(reader: Reader, criteria: Criteria) -> Rows | None:
    """The records of a sheet; None where the table does not ask for them."""
    grid = reader.grid
    name = grid.mark.field
    asked, holder = _asked(name, criteria), criteria.fields.get(name)
    if asked is None:
        for row, column, cell in grid.answers:
            reader.unasked((row, column), cell, name)
        return None
    _twice(reader)
    records: dict[int, dict[str, Told]] = {}
    refused: dict[int, set[str]] = {}
    for row, column, cell in grid.answers:
        mark, at = grid.columns[column], (row, column)
        inner, _, part = mark.partition("=")
        field, record = asked.get(inner), records.setdefault(row, {})
        before = len(reader.faults)
        if field and isinstance(holder, ListField) and holder.personal == "secret":
            reader.secret.add(at)
        if field is None or not has(field, part):
            reader.unasked(at, cell, mark)
        elif part:
            reader.keep(at, field)
            reader.element(record, mark, at, cell)
        elif (value := reader.read(at, cell, field)) is not None:
            record[inner] = value, reader.mark(at)
        if len(reader.faults) > before and inner not in record:
            refused.setdefault(row, set()).add(inner)
    taken = {row: r for row, r in sorted(records.items()) if r or row in refused}
    blanks = [
        reader.diagnostic((row, _column(reader, inner)), "X017", title=field.title)
        for row, record in taken.items()
        for inner, field in asked.items()
        if not field.optional and inner not in record and inner not in refused.get(row, ())
    ]
    start = grid.corner[0] + 1, grid.corner[1] + 1
    value = _made(taken, asked, holder, reader)
    return Rows(value, reader.mark(start), len(taken), blanks)


def _asked(name: str, criteria: Criteria) -> Mapping[str, Asked] | None:
    """What each column asks."""
    if not name:
        return PROOF
    match criteria.fields.get(name):
        case ListField(fields=fields):
            return fields
        case TextsField(title=title):
            return {"text": TEXT.model_copy(update={"title": title})}
        case FiguresField(title=title):
            names = TEXT.model_copy(update={"title": Phrase("名称", "Name")})
            return {"name": names, "figure": NUMBER.model_copy(update={"title": title})}
        case _:
            return None


def _twice(reader: Reader) -> None:
    """Two columns that ask the same: one was copied."""
    seen: set[str] = set()
    for column, mark in sorted(reader.grid.columns.items()):
        if mark in seen and mark != layout.TEXT_ROW:
            row = reader.grid.corner[0] + 1
            reader.fault((row, column), "X011", what=reader.grid.title(row, column) or mark)
        seen.add(mark)


def _column(reader: Reader, name: str) -> int:
    marks = reader.grid.columns.items()
    return next((c for c, m in marks if m.partition("=")[0] == name), reader.grid.corner[1] + 1)


def _made(
    taken: Mapping[int, dict[str, Told]],
    asked: Mapping[str, Asked],
    field: Asked | None,
    reader: Reader,
) -> Any:
    """Keys in the order in which they are asked, whatever the order of columns."""
    figures, rows = Map(), Seq()
    for row, record in taken.items():
        if isinstance(field, FiguresField):
            if len(record) == len(asked):
                _figure(figures, record, reader)
        elif isinstance(field, TextsField):
            for value, mark in record.values():
                append(rows, value, mark)
        else:
            made = Map()
            for name in asked:
                if name in record:
                    put(made, name, *record[name])
            append(rows, made, reader.mark((row, reader.grid.corner[1] + 1)))
    return figures if isinstance(field, FiguresField) else rows


def _figure(figures: Map, record: Mapping[str, Told], reader: Reader) -> None:
    name, mark = record["name"]
    if name in figures:
        span = Span(reader.path, mark.line + 1, mark.column + 1)
        reader.faults.append(Diagnostic("X011", span, "", {"what": name}))
    else:
        put(figures, name, *record["figure"])
