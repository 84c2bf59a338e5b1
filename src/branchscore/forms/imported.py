"""`imported`: a form that was filled in with a spreadsheet program → the submission it is.

The tree is built with the places of cells and checked by the reader of submissions itself, so
that a fault of any kind names sheet and cell.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from branchscore.criteria.model import Criteria
from branchscore.forms import sheet_layout as layout
from branchscore.forms.sheet_archive import MAX_FILE, UnreadableError
from branchscore.forms.sheet_cells import Book, cell_name, read_book
from branchscore.forms.sheet_grid import STEP, Grid, grid_of
from branchscore.forms.sheet_tree import Tree
from branchscore.forms.sheet_yaml import yaml_text
from branchscore.submission.form import Form
from branchscore.submission.reading import submission_of
from branchscore.text.diagnostics import Diagnostic, Faulty, Span
from branchscore.text.files import read_bytes
from branchscore.text.limits import Limits, limited
from branchscore.text.manual import is_error
from branchscore.text.phrase import Value
from branchscore.text.source import Document, Map

QUOTED = {"got": "***", "used": "***", "near": "", "what": "***"}
ONCE = (layout.ANSWERS, layout.SCORES, layout.LEDGER, layout.RECORDS)


@dataclass(frozen=True, slots=True)
class Imported:
    """One workbook: what it says as YAML, empty where it has errors, and all that is to be
    said of it, in the order of its sheets and cells."""

    text: str
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A criteria file that forms may have been written from."""

    form: Form
    digest: str


def digest_of(document: Document) -> str:
    """The digest of a criteria file and of all that it extends, as forms carry it."""
    raw = b"".join(one.raw for one in (document, *document.parents))
    return sha256(raw).hexdigest()[:16]


def imported(path: Path, target: Path, tables: Mapping[str, Table]) -> Imported:
    """Read a filled form. `target` is the submission that it becomes: its evidence is looked
    for beside that; `tables` are those known, by id."""
    try:
        with limited(Limits(size=MAX_FILE)):
            raw = read_bytes(path)
        book = read_book(raw)
    except Faulty as error:
        return Imported("", tuple(error.diagnostics))
    except UnreadableError as error:
        return Imported("", (Diagnostic(error.fault, Span(str(path)), "", error.values),))
    return _Import(path, target, book, tables).done()


class _Import:
    def __init__(self, path: Path, target: Path, book: Book, tables: Mapping[str, Table]) -> None:
        self.path, self.target, self.book, self.tables = path, target, book, tables
        self.faults: list[Diagnostic] = []
        self.grids: list[Grid] = []

    def fault(self, code: str, sheet: str = "", **values: Value) -> None:
        span = Span(f"{self.path}:{sheet}" if sheet else str(self.path))
        self.faults.append(Diagnostic(code, span, "", values))

    def done(self) -> Imported:
        for what in self.book.extras:
            self.fault("X022", what=what)
        self._sheets()
        table = self._table()
        if table is None:
            return Imported("", tuple(self.faults))
        criteria = table.form.criteria
        tree = Tree(criteria, str(self.path), self.book.since_1904)
        for grid in self._once(criteria):
            tree.add(grid)
        root = tree.root()
        text = yaml_text(root, criteria, self.path.name)
        told = [*tree.faults, *self._checked(root, text, table.form)]
        told.sort(key=lambda fault: (fault.span.line, fault.span.column, fault.code))
        self.faults += (self._placed(fault, tree.secret) for fault in told)
        errors = any(map(is_error, self.faults))
        return Imported("" if errors else text, tuple(self.faults))

    def _sheets(self) -> None:
        """The sheets of the form; others are named, so that nothing is lost unseen."""
        grids = [(sheet, grid_of(sheet, i)) for i, sheet in enumerate(self.book.sheets)]
        self.grids = [grid for _, grid in grids if grid]
        for sheet, grid in grids:
            if self.grids and grid is None and sheet.cells:
                self.fault("X020", sheet.name)

    def _table(self) -> Table | None:
        """The table that the form was written from."""
        marks = {grid.mark.criteria: grid.mark for grid in self.grids}
        if not any(grid.mark.kind == layout.ANSWERS for grid in self.grids):
            self.fault("X005")
            return None
        known = tuple(self.tables) or ""
        unknown = [name for name in marks if name not in self.tables]
        for name in unknown or list(marks)[1:]:
            self.fault("X006", got=name, known=known)
        if unknown or len(marks) > 1:
            return None
        ((name, mark),) = marks.items()
        if mark.digest != self.tables[name].digest:
            self.fault("X019", got=name)
        return self.tables[name]

    def _once(self, criteria: Criteria) -> Iterator[Grid]:
        """Every sheet of the form, where there are not two of it; lists without one are told."""
        first: dict[tuple[str, str], str] = {}
        for grid in self.grids:
            part = grid.mark.kind, grid.mark.field
            if part in first and grid.mark.kind in ONCE:
                self.fault("X011", grid.sheet.name, what=first[part])
                continue
            first[part] = grid.sheet.name
            yield grid
        for name, field in criteria.fields.items():
            if field.type in layout.SHEETED and (layout.RECORDS, name) not in first:
                self.fault("X023", what=field.title)

    def _checked(self, root: Map, text: str, form: Form) -> Iterable[Diagnostic]:
        """What the reader of submissions says; what is left blank was told by its cell."""
        document = Document(str(self.target), text.encode(), root)
        try:
            return submission_of(document, {form.criteria.id: form}).remarks
        except Faulty as error:
            return [fault for fault in error.diagnostics if fault.code != "T002"]

    def _placed(self, fault: Diagnostic, secret: set[Span]) -> Diagnostic:
        """With sheet and cell as its place, and nothing quoted from a secret answer."""
        span, values = fault.span, fault.values
        if not span.line:
            return replace(fault, span=Span(str(self.path)), excerpt="")
        if replace(span, length=1) in secret:
            values = {**values, **{name: QUOTED[name] for name in QUOTED if name in values}}
        place = Span(f"{span.path}!{cell_name(span.line % STEP, span.column)}")
        return replace(fault, span=place, excerpt="", values=values)
