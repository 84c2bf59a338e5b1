"""A criteria file → `Criteria`: read, typed, checked as a whole."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter

from branchscore.criteria import blame
from branchscore.criteria.check import acknowledged, complaints, unknown_faults
from branchscore.criteria.complaint import Complaint
from branchscore.criteria.designs import with_design
from branchscore.criteria.inherit import resolve
from branchscore.criteria.model import Criteria
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.source import Document, read
from branchscore.text.typing import typed

ADAPTER: TypeAdapter[Criteria] = TypeAdapter(Criteria)


def _keys(annotation: Any, seen: set[type]) -> Iterator[str]:
    if (
        isinstance(annotation, type)
        and issubclass(annotation, BaseModel)
        and annotation not in seen
    ):
        seen.add(annotation)
        for name, field in annotation.model_fields.items():
            yield name
            yield from _keys(field.annotation, seen)
    for argument in get_args(annotation):
        yield from _keys(argument, seen)


KEYS = frozenset(_keys(Criteria, set())) | {"extends", "remove"}


def read_criteria(path: Path) -> tuple[Criteria, Document]:
    """Read and check one criteria file, with what it extends. Raises `Faulty` with every fault
    found."""
    document = resolve(read(path), read)
    return with_design(criteria_of(document), document), document


def criteria_of(document: Document) -> Criteria:
    """Type and check a criteria file that is already read and resolved. Raises `Faulty`
    likewise."""
    criteria = typed(ADAPTER, document, KEYS)
    faults = [
        diagnostic
        for fault, diagnostic in told(criteria, document, _faults)
        if not acknowledged(criteria, fault)
    ]
    if faults:
        raise Faulty(faults)
    return criteria


def told(
    criteria: Criteria, document: Document, look: Callable[[Criteria], Iterable[Complaint]]
) -> list[tuple[Complaint, Diagnostic]]:
    """What `look` finds in a table, each told in the file that is to blame."""
    found = list(look(criteria))
    earlier = _of_parent(document, look) if found and document.parents else {}
    return [(fault, blame.told(document, fault, earlier)) for fault in found]


def _faults(criteria: Criteria) -> list[Complaint]:
    found = list(complaints(criteria))
    return [*found, *unknown_faults(criteria, found)]


def _of_parent(document: Document, look: Callable[[Criteria], Iterable[Complaint]]) -> blame.Told:
    """The faults that what is extended has by itself; none where it is no whole table."""
    try:
        parent = blame.alone(document)
        criteria = typed(ADAPTER, parent, KEYS)
    except Faulty:
        return {}
    found = told(criteria, parent, look)
    return {blame.known_as(parent, fault): diagnostic for fault, diagnostic in found}
