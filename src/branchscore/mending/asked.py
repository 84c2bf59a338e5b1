"""What is asked of a file at a place: which names are known, which field a value answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from branchscore.checking import Checker
from branchscore.criteria.fields import Asked as Field
from branchscore.criteria.fields import ListField
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import KEYS as CRITERIA_KEYS
from branchscore.criteria.titles import FRAME_TITLES
from branchscore.review.sheet import KEYS as SHEET_KEYS
from branchscore.submission.titles import stated
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.source import Document, Map, Mark, Seq

Path = tuple[str | int, ...]
FRAME = frozenset(FRAME_TITLES) | frozenset(FRAME_TITLES.values())


@dataclass(frozen=True)
class Asked:
    """`names` may stand as keys somewhere in the file; `criteria` is the table that a
    submission answers, None for a file of another sort; `document` is what was read, None for
    a text that cannot be parsed; `lost` is a submission that names no table there is."""

    names: frozenset[str]
    criteria: Criteria | None
    document: Document | None
    lost: bool = False

    def field(self, fault: Diagnostic) -> Field | None:
        """The field whose answer the fault is in."""
        if self.criteria is None:
            return None
        path, _ = self.places.get(_at(fault), ((), None))
        return _along(self.criteria, path)

    def got(self, fault: Diagnostic) -> str:
        """The text that the fault points at; what a fault itself quotes may be cut or hidden."""
        _, value = self.places.get(_at(fault), ((), None))
        return value if isinstance(value, str) else str(fault.values.get("got", ""))

    @cached_property
    def places(self) -> Mapping[tuple[int, int], tuple[Path, Any]]:
        """By 0-based line and column, the values and the paths that lead to them."""
        root = self.document.root if self.document else None
        return dict(_values(root)) if isinstance(root, Map | Seq) else {}


def asked_of(document: Document | None, checker: Checker) -> Asked:
    """What is asked of a document; of a text that cannot be read, all that might be."""
    root = document.root if document else None
    keys = root if isinstance(root, Map) else ()
    if "format" in keys or "extends" in keys:
        return Asked(CRITERIA_KEYS, None, document)
    if "marks" in keys:
        return Asked(SHEET_KEYS, None, document)
    _, name = stated(root, "criteria") if isinstance(root, Map) else ("", "")
    form = checker.forms.get(str(name))
    if form is None:
        return Asked(FRAME | SHEET_KEYS, None, document, lost=document is not None)
    return Asked(form.keys, form.criteria, document)


def _along(criteria: Criteria, path: Path) -> Field | None:
    """The field at the end of a path through a submission."""
    found: Field | None = None
    fields: Any = criteria.fields
    for step in path:
        if isinstance(step, int):
            continue
        below = fields.get(step) or next((f for f in fields.values() if f.title.zh == step), None)
        if below is None:
            return found
        found, fields = below, below.fields if isinstance(below, ListField) else {}
    return found


def _at(fault: Diagnostic) -> tuple[int, int]:
    return fault.span.line - 1, fault.span.column - 1


def _values(node: Any, path: Path = ()) -> Iterator[tuple[tuple[int, int], tuple[Path, Any]]]:
    """Every value below a node, with its place and path; of a list and its first item, which
    begin at the same place, the item."""
    steps: list[str | int] = list(node) if isinstance(node, Map) else list(range(len(node)))
    for i, step in enumerate(steps):
        mark: Mark = node.marks[2 * i + 1] if isinstance(node, Map) else node.marks[i]
        yield (mark.line, mark.column), ((*path, step), node[step])
        if isinstance(node[step], Map | Seq):
            yield from _values(node[step], (*path, step))
