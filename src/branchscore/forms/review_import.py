"""A review workbook that was filled in → the sheet it is, checked by the reader of sheets."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from branchscore.criteria.measures.judged import Judged
from branchscore.criteria.model import Criteria
from branchscore.criteria.panel import ORIGINS
from branchscore.forms import review_words as said
from branchscore.forms import sheet_layout as layout
from branchscore.forms.imported import Imported, Table
from branchscore.forms.sheet_archive import MAX_FILE, UnreadableError
from branchscore.forms.sheet_cells import Book, Cell, Place, cell_name, read_book
from branchscore.forms.sheet_grid import STEP, Grid, grid_of
from branchscore.forms.sheet_page import NUMBER, TEXT
from branchscore.forms.sheet_reading import Reader, append, put
from branchscore.forms.sheet_values import SEPARATORS, word
from branchscore.forms.sheet_yaml import scalar
from branchscore.review.sheet import sheet_of
from branchscore.text.diagnostics import Diagnostic, Faulty, Span
from branchscore.text.files import read_bytes
from branchscore.text.limits import Limits, limited
from branchscore.text.manual import is_error
from branchscore.text.phrase import Phrase, Value
from branchscore.text.source import Document, Map, Seq

KINDS = (said.REVIEWER, said.MARKS, layout.STRIKES)
VOTES = "votes:"
NOS = {"false": Phrase("否", "no")}


def imported_review(path: Path, tables: Mapping[str, Table]) -> Imported:
    """Read a filled workbook; `tables` are those known, by id."""
    try:
        with limited(Limits(size=MAX_FILE)):
            raw = read_bytes(path)
        book = read_book(raw)
    except Faulty as error:
        return Imported("", tuple(error.diagnostics))
    except UnreadableError as error:
        return Imported("", (Diagnostic(error.fault, Span(str(path)), "", error.values),))
    return _Review(path, book, tables).done()


class _Review:
    def __init__(self, path: Path, book: Book, tables: Mapping[str, Table]) -> None:
        self.path, self.book, self.tables = path, book, tables
        self.faults: list[Diagnostic] = []
        self.told: list[Diagnostic] = []
        self.root, self.leaves = Map(), dict[str, Any]()

    def fault(self, code: str, sheet: str = "", **values: Value) -> None:
        span = Span(f"{self.path}:{sheet}" if sheet else str(self.path))
        self.faults.append(Diagnostic(code, span, "", values))

    def done(self) -> Imported:
        for extra in self.book.extras:
            self.fault("X022", what=extra)
        grids = list(self._grids())
        criteria = self._table(grids)
        if criteria is None:
            return Imported("", tuple(self.faults))
        self.leaves = dict(criteria.judged())
        first = Reader(grids[0], str(self.path), self.book.since_1904).mark(grids[0].corner)
        put(self.root, "criteria", criteria.id, first)
        for grid in sorted(grids, key=lambda grid: KINDS.index(grid.mark.kind)):
            self._read(grid)
        text = review_yaml(self.root, self.path.name)
        document = Document(str(self.path), text.encode(), self.root)
        try:
            sheet_of(document, {criteria.id: criteria})
        except Faulty as error:
            self.told += error.diagnostics
        self.told.sort(key=lambda fault: (fault.span.line, fault.span.column, fault.code))
        self.faults += map(self._placed, self.told)
        errors = any(map(is_error, self.faults))
        return Imported("" if errors else text, tuple(self.faults))

    def _grids(self) -> Iterator[Grid]:
        """The sheets of the workbook, each once; others are named, so that nothing is lost."""
        found: dict[str, Grid] = {}
        for i, sheet in enumerate(self.book.sheets):
            grid = grid_of(sheet, i)
            if grid is None:
                if sheet.cells:
                    self.fault("X020", sheet.name)
            elif grid.mark.kind in found:
                self.fault("X011", sheet.name, what=found[grid.mark.kind].sheet.name)
            elif grid.mark.kind in KINDS:
                found[grid.mark.kind] = grid
                yield grid

    def _table(self, grids: list[Grid]) -> Criteria | None:
        marks = {grid.mark.criteria: grid.mark for grid in grids}
        if not any(grid.mark.kind == said.MARKS for grid in grids):
            self.fault("X005")
            return None
        unknown = [name for name in marks if name not in self.tables] or list(marks)[1:]
        for name in unknown:
            self.fault("X006", got=name, known=tuple(self.tables) or "")
        if unknown:
            return None
        ((name, mark),) = marks.items()
        if mark.digest != self.tables[name].digest:
            self.fault("X019", got=name)
        return self.tables[name].form.criteria

    def _placed(self, fault: Diagnostic) -> Diagnostic:
        """With sheet and cell as its place."""
        span = fault.span
        if not span.line:
            return replace(fault, span=Span(str(self.path)), excerpt="")
        place = f"{span.path}!{cell_name(span.line % STEP, span.column)}"
        return replace(fault, span=Span(place), excerpt="")

    def _read(self, grid: Grid) -> None:
        reader = Reader(grid, str(self.path), self.book.since_1904)
        if grid.mark.kind == layout.STRIKES:
            self._strikes(reader)
        else:
            for row, column, cell in grid.answers:
                at, key = (row, column), grid.rows[row]
                if grid.mark.kind == said.REVIEWER:
                    self._reviewer(reader, key, at, cell)
                else:
                    self._mark(reader, key, at, cell)
        grid.merged()
        for at, code, values in grid.faults:
            reader.fault(at, code, **values)
        hidden = [(row, column) for row, column, _ in grid.answers if grid.hidden(row, column)]
        if hidden:
            reader.fault(hidden[0], "X021", count=len(hidden))
        self.told += reader.faults

    def _reviewer(self, reader: Reader, key: str, at: Place, cell: Cell) -> None:
        if key not in said.ROWS:
            reader.unasked(at, cell, key)
            return
        read = word(cell, ORIGINS) if key == "source" else None
        value = reader.take(at, read, cell) if read else reader.read(at, cell, TEXT)
        if value is not None and key not in self.root:
            put(self.root, key, value, reader.mark(at))

    def _mark(self, reader: Reader, code: str, at: Place, cell: Cell) -> None:
        name, _, part = reader.grid.columns[at[1]].partition("=")
        leaf = self.leaves.get(name)
        if name in (":comment", ":conflict"):
            value = reader.read(at, cell, TEXT)
            if value is not None:
                put(self._in(f"{name[1:]}s", reader, at), code, value, reader.mark(at))
        elif leaf is None:
            reader.unasked(at, cell, name)
        else:
            levels = leaf.measure.levels if isinstance(leaf.measure, Judged) else None
            if part.startswith(VOTES):
                self._votes(reader, (code, name), part.removeprefix(VOTES), at, cell)
                return
            key = part or ("level" if levels else "points")
            if key == "level":
                value = reader.take(at, word(cell, levels or {}), cell)
            else:
                value = reader.read(at, cell, NUMBER if key == "points" else TEXT)
            if value is not None:
                mark = self._in("marks", reader, at, code, name)
                if key in mark:
                    reader.fault(at, "X011", what=name)
                else:
                    put(mark, key, value, reader.mark(at))

    def _votes(
        self, reader: Reader, item: tuple[str, str], level: str, at: Place, cell: Cell
    ) -> None:
        value = reader.read(at, cell, NUMBER)
        if value is not None:
            put(self._in("counts", reader, at, *item), level, value, reader.mark(at))

    def _in(self, key: str, reader: Reader, at: Place, *inner: str) -> Map:
        """The mapping that these keys lead to, made where it is not there."""
        held = self.root
        for step in (key, *inner):
            if step not in held:
                put(held, step, Map(), reader.mark(at))
            held = held[step]
        return held

    def _strikes(self, reader: Reader) -> None:
        rows: dict[int, Map] = {}
        for row, column, cell in reader.grid.answers:
            at, key = (row, column), reader.grid.columns[column]
            if key not in said.COLUMNS:
                reader.unasked(at, cell, key)
                continue
            value = reader.read(at, cell, NUMBER if key == "record" else TEXT)
            if value is None:
                continue
            entry = rows.setdefault(row, Map())
            if key == "without":
                several = Seq()
                for one in filter(None, SEPARATORS.split(value)):
                    append(several, one, reader.mark(at))
                value = several
            elif key == "to" and value in NOS["false"]:
                value = "false"
            put(entry, key, value, reader.mark(at))
        for row, entry in sorted(rows.items()):
            self._strike(reader, row, entry)

    def _strike(self, reader: Reader, row: int, entry: Map) -> None:
        at = (row, reader.grid.corner[1] + 1)
        if "branch" not in entry:
            reader.fault(at, "X017", title=said.BRANCH)
            return
        kept = Map()
        for key, value in entry.items():
            if key != "branch":
                put(kept, key, value, entry.places(key)[1])
        strikes, code = self._in("strikes", reader, at), entry["branch"]
        if code not in strikes:
            put(strikes, code, Seq(), entry.places("branch")[1])
        append(strikes[code], kept, reader.mark(at))


def review_yaml(root: Map, source: str) -> str:
    """The sheet as a person would write it."""
    name = "".join(c if c.isprintable() else "?" for c in source)
    lines = [f"# 由 {name} 导入 · imported from {name}"]
    for key, value in root.items():
        if not isinstance(value, Map):
            lines.append(f"{key}: {scalar(value)}")
            continue
        lines.append(f"{key}:")
        for code, inner in value.items():
            if isinstance(inner, str):
                lines.append(f"  {scalar(code)}: {scalar(inner)}")
                continue
            lines.append(f"  {scalar(code)}:")
            if isinstance(inner, Seq):
                lines += (f"    - {_flow(one)}" for one in inner)
            else:
                lines += (f"    {scalar(item)}: {_flow(mark)}" for item, mark in inner.items())
    return "\n".join(lines) + "\n"


def _flow(value: Any) -> str:
    if isinstance(value, Map):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Seq):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return scalar(value)
