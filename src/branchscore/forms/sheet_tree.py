"""The sheets of a form → the tree of a submission, in which every value has its place."""

from collections.abc import Callable
from typing import Any

from branchscore.criteria.fields import Asked, ElementsField
from branchscore.criteria.model import Criteria
from branchscore.forms import sheet_layout as layout
from branchscore.forms.sheet_cells import Cell, Place
from branchscore.forms.sheet_grid import Grid
from branchscore.forms.sheet_page import NUMBER, TEXT, YES_NO
from branchscore.forms.sheet_reading import Reader, Told, append, has, put
from branchscore.forms.sheet_records import Rows, rows_of
from branchscore.forms.sheet_values import word
from branchscore.text.diagnostics import Diagnostic, Span
from branchscore.text.phrase import Value
from branchscore.text.source import Map, Mark, Placed, Seq

STATUS = {"whole": layout.WHOLE, "part": layout.PART, "none": layout.NONE}
NEEDED = ("code", "branch")


class Tree:
    """Takes the sheets one by one, then makes the root."""

    def __init__(self, criteria: Criteria, path: str, since_1904: bool) -> None:
        self.criteria, self.path, self.since_1904 = criteria, path, since_1904
        self.items = {item.id for item in criteria.indicators()}
        self.faults: list[Diagnostic] = []
        self.values: dict[str, Told] = {}
        self.status: dict[str, tuple[str, Mark]] = {}
        self.rows: dict[str, Rows] = {}
        self.secret: set[Span] = set()

    def add(self, grid: Grid) -> None:
        reader = Reader(grid, self.path, self.since_1904)
        kind = grid.mark.kind
        if kind == layout.OPTIONS:
            return
        if kind == layout.ANSWERS:
            self._by_row(reader, self._answer)
            self._needed(reader)
        elif kind == layout.SCORES:
            self._by_row(reader, self._score)
        elif kind in (layout.RECORDS, layout.LEDGER):
            rows = rows_of(reader, self.criteria)
            if rows:
                self.rows[grid.mark.field or "evidence"] = rows
        grid.merged()
        for at, code, values in grid.faults:
            reader.fault(at, code, **values)
        hidden = [(row, column) for row, column, _ in grid.answers if grid.hidden(row, column)]
        if hidden:
            reader.fault(hidden[0], "X021", count=len(hidden))
        self.faults += reader.faults
        self.secret |= {reader.span(at) for at in reader.secret}

    # ── sheets with one answer a row ────────────────────────────────────────────────────────

    def _by_row(self, reader: Reader, read: Callable[[Reader, str, Place, Cell], None]) -> None:
        seen: dict[str, int] = {}
        for row, mark in sorted(reader.grid.rows.items()):
            if mark in seen and mark != layout.TEXT_ROW:
                column = reader.grid.corner[1] + 1
                title = reader.grid.title(seen[mark], column)
                reader.fault((row, column), "X011", what=title or mark)
            seen.setdefault(mark, row)
        for row, column, cell in reader.grid.answers:
            mark = reader.grid.rows[row]
            if seen[mark] == row:
                read(reader, mark, (row, column), cell)

    def _answer(self, reader: Reader, mark: str, at: Place, cell: Cell) -> None:
        name, _, inner = mark.partition("=")
        if mark.startswith(":") and mark[1:] in layout.FRAME_ROWS:
            asked = YES_NO if mark == ":fictional" else TEXT
            # A refused answer is no missing one.
            self.values[mark[1:]] = reader.read(at, cell, asked), reader.mark(at)
            return
        field = self.criteria.fields.get(name)
        if field is None or not has(field, inner):
            reader.unasked(at, cell, mark)
        elif inner:
            reader.keep(at, field)
            reader.element(self.values, mark, at, cell)
        elif field.type in layout.SHEETED or isinstance(field, ElementsField):
            status = reader.take(at, word(cell, STATUS), cell)
            if status:
                self.status[name] = status, reader.mark(at)
        elif (value := reader.read(at, cell, field)) is not None:
            self.values[name] = value, reader.mark(at)

    def _score(self, reader: Reader, mark: str, at: Place, cell: Cell) -> None:
        if mark not in self.items:
            reader.unasked(at, cell, mark)
        elif (value := reader.read(at, cell, NUMBER)) is not None:
            scores, _ = self.values.setdefault("self_scores", (Map(), reader.mark(at)))
            put(scores, mark, value, reader.mark(at))

    def _needed(self, reader: Reader) -> None:
        grid = reader.grid
        column = next((c for c, role in grid.columns.items() if role == "answer"), 1)
        rows = {mark: row for row, mark in grid.rows.items()}
        for name in NEEDED:
            value, mark = self.values.get(name, (None, None))
            refused = any(mark and f.span.line == mark.line + 1 for f in reader.faults)
            if value is None and not refused:
                at = rows.get(layout.framed(name), grid.corner[0] + 1), column
                reader.fault(at, "X017", title=layout.FRAME_ROWS[name])

    # ── the whole ───────────────────────────────────────────────────────────────────────────

    def root(self) -> Map:
        """The submission, in the order of the table."""
        root = Map()
        put(root, "criteria", self.criteria.id, Placed(-1, -1, self.path))
        for name in layout.FRAME_ROWS:
            self._put(root, name)
        for name, field in self.criteria.fields.items():
            self._field(root, name, field)
        if "evidence" in self.rows and self.rows["evidence"].count:
            put(root, "evidence", self.rows["evidence"].value, self.rows["evidence"].mark)
        self._put(root, "self_scores")
        partial = Seq()
        for name, (status, mark) in self.status.items():
            if status == "part":
                append(partial, name, mark)
        if partial:
            put(root, "partial", partial, partial.marks[0])
        for name, rows in self.rows.items():
            if name not in partial:
                self.faults += rows.blanks
        return root

    def _put(self, root: Map, name: str) -> None:
        value, mark = self.values.get(name, (None, None))
        if value is not None and mark is not None:
            put(root, name, value, mark)

    def _field(self, root: Map, name: str, field: Asked) -> None:
        count = 0
        if name in self.rows:
            rows = self.rows[name]
            count = rows.count
            if count:
                put(root, name, rows.value, rows.mark)
        elif name in self.values:
            self._put(root, name)
            count = len(root[name]) if isinstance(field, ElementsField) else 0
        status, mark = self.status.get(name, ("", None))
        if status != "none" or mark is None:
            return
        if count:
            values: dict[str, Value] = {"title": field.title, "count": count}
            span = Span(_path(mark), mark.line + 1, mark.column + 1)
            self.faults.append(Diagnostic("X018", span, "", values))
        elif name not in root:
            put(root, name, Seq(), mark)


def _path(mark: Any) -> str:
    return str(mark.path)
