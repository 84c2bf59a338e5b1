"""What the readers of all sheets share: the place of a cell, what is told of it, what it says."""

from typing import Any

from branchscore.criteria.fields import Asked, ElementsField
from branchscore.forms import sheet_layout as layout
from branchscore.forms.sheet_cells import Cell, Place
from branchscore.forms.sheet_grid import STEP, Grid
from branchscore.forms.sheet_values import Read, answer, word
from branchscore.text.diagnostics import Diagnostic, Span
from branchscore.text.phrase import Phrase, Value
from branchscore.text.source import Map, Mark, Placed, Seq

Told = tuple[Any, Mark]
"""A value of the tree and where it stands."""
THERE = {"there": layout.THERE, "yes": layout.YES, "tick": Phrase("√", "✓")}
NOT_THERE = {"not": layout.NOT_THERE, "none": Phrase("无", "none"), "no": layout.NO}


class Reader:
    """Reads the cells of one sheet."""

    def __init__(self, grid: Grid, path: str, since_1904: bool) -> None:
        self.grid, self.since_1904 = grid, since_1904
        self.path = f"{path}:{grid.sheet.name}"
        self.start = grid.index * STEP
        self.faults: list[Diagnostic] = []
        self.secret: set[Place] = set()
        self.told: set[str] = set()

    def mark(self, at: Place) -> Mark:
        return Placed(self.start + at[0] - 1, at[1] - 1, self.path)

    def span(self, at: Place) -> Span:
        return Span(self.path, self.start + at[0], at[1])

    def diagnostic(self, at: Place, code: str, **values: Value) -> Diagnostic:
        return Diagnostic(code, self.span(at), "", values)

    def fault(self, at: Place, code: str, **values: Value) -> None:
        self.faults.append(self.diagnostic(at, code, **values))

    def read(self, at: Place, cell: Cell, asked: Asked) -> Any:
        """What a cell says; None for nothing and for what is refused."""
        self.keep(at, asked)
        return self.take(at, answer(cell, asked, self.since_1904), cell)

    def keep(self, at: Place, asked: Asked) -> None:
        """Remember that nothing may be quoted from a cell that answers a secret field."""
        if asked.personal == "secret":
            self.secret.add(at)

    def take(self, at: Place, read: Read, cell: Cell) -> Any:
        if read.fault:
            self.fault(at, read.fault, **read.values)
        elif read.mended:
            self.fault(at, "X024", got=cell.text, used=str(read.value))
        if not isinstance(read.value, tuple):
            return read.value
        several = Seq()
        for one in read.value:
            append(several, one, self.mark(at))
        return several

    def element(self, into: dict[str, Told], mark: str, at: Place, cell: Cell) -> None:
        """One of several elements is there, or is said not to be."""
        name, _, inner = mark.partition("=")
        offered = layout.THERE, layout.NOT_THERE
        said = self.take(at, word(cell, {**THERE, **NOT_THERE}, offered), cell)
        if said is not None:
            several, _ = into.setdefault(name, (Seq(), self.mark(at)))
            if said in THERE:
                append(several, inner, self.mark(at))

    def unasked(self, at: Place, cell: Cell, mark: str) -> None:
        """An answer to what the table does not ask any more, told once for each column."""
        if mark not in self.told and (cell.formula or cell.text.strip()):
            self.told.add(mark)
            self.fault(at, "X010", got=self.grid.title(*at) or mark)


def put(into: Map, key: str, value: Any, mark: Mark) -> None:
    into[key] = value
    into.marks += (mark, mark)


def append(into: Seq, value: Any, mark: Mark) -> None:
    into.append(value)
    into.marks.append(mark)


def has(field: Asked, inner: str) -> bool:
    """Whether a field has an element, where one is meant."""
    return not inner or (isinstance(field, ElementsField) and inner in field.elements)
