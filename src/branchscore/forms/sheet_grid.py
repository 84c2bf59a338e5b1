"""A sheet of the form → its answer cells, each with the marks of its row and its column."""

from dataclasses import dataclass, field

from branchscore.forms import sheet_layout as layout
from branchscore.forms.sheet_cells import Cell, Place, Sheet
from branchscore.forms.sheet_layout import Mark
from branchscore.forms.sheet_values import cleaned
from branchscore.text.phrase import Value

STEP = 1 << 21
"""More rows than a sheet may have: the line of a cell is its row, so many further on in each
sheet, so that places of different sheets have an order and are never the same."""
SEARCHED = 10
"""The mark stands in the first cell, unless rows or columns were put before it."""
TABLES = (layout.RECORDS, layout.LEDGER, layout.STRIKES)


@dataclass(slots=True)
class Grid:
    """One sheet of the form. `rows` and `columns` are the marks of its first column and row,
    `answers` the cells that answer something, by row and column; `faults` what is wrong with
    the sheet as such: place, code, values. `index` tells the sheets of a workbook apart."""

    sheet: Sheet
    mark: Mark
    corner: Place
    index: int
    rows: dict[int, str] = field(default_factory=dict)
    columns: dict[int, str] = field(default_factory=dict)
    answers: list[tuple[int, int, Cell]] = field(default_factory=list)
    faults: list[tuple[Place, str, dict[str, Value]]] = field(default_factory=list)

    def sort(self) -> None:
        """Marks first; then every cell is an answer, text of the form, or out of place."""
        top, left = self.corner
        for (row, column), cell in self.sheet.cells.items():
            if row == top and column > left:
                self.columns[column] = cell.text.strip()
            elif column == left and row > top:
                self.rows[row] = cell.text.strip()
        for (row, column), cell in sorted(self.sheet.cells.items()):
            key, role = self.rows.get(row, ""), self.columns.get(column, "")
            if row == top or column == left or key == layout.TEXT_ROW:
                continue
            if self._answer(key, role):
                self.answers.append((row, column, cell))
            elif not self._label(cell, key, role) and (cell.formula or cleaned(cell.text)):
                self.fault((row, column), "X009", got=cell.text[:40])

    def _answer(self, key: str, role: str) -> bool:
        return role not in ("", layout.TEXT_ROW) and (bool(key) or self.mark.kind in TABLES)

    def _label(self, cell: Cell, key: str, role: str) -> bool:
        """Text of the form beside an answer, or the number of a row."""
        if role != layout.TEXT_ROW:
            return False
        number = cell.text.strip()
        return bool(key) or (self.mark.kind in TABLES and number.isdecimal() and len(number) < 6)

    def title(self, row: int, column: int) -> str:
        """What the form calls an answer: beside it, or above its column."""
        at = row, self.corner[1] + 1
        if self.mark.kind in TABLES:
            heads = [r for r, key in self.rows.items() if key == layout.TEXT_ROW]
            at = max(heads, default=row), column
        cell = self.sheet.cells.get(at)
        return cell.text.strip() if cell else ""

    def fault(self, at: Place, fault: str, **values: Value) -> None:
        self.faults.append((at, fault, values))

    def hidden(self, row: int, column: int) -> bool:
        """Whether nobody sees a cell."""
        return (
            self.sheet.hidden
            or row in self.sheet.hidden_rows
            or any(first <= column <= last for first, last in self.sheet.hidden_columns)
        )

    def merged(self) -> None:
        """One value over several answers belongs to nobody knows which."""
        answers = {(row, column) for row, column, _ in self.answers}
        for first, left, last, right in self.sheet.merged:
            if (first, left) in answers:
                roles = [r for c, r in self.columns.items() if left <= c <= right]
                if last > first or sum(role != layout.TEXT_ROW for role in roles) > 1:
                    self.fault((first, left), "X016")


def grid_of(sheet: Sheet, index: int) -> Grid | None:
    """The sheet with its marks; None where it is no sheet of a form."""
    for (row, column), cell in sorted(sheet.cells.items()):
        if row > SEARCHED:
            break
        mark = Mark.read(cell.text) if column <= SEARCHED and cell.kind == "text" else None
        if mark:
            grid = Grid(sheet, mark, (row, column), index)
            grid.sort()
            return grid
    return None
