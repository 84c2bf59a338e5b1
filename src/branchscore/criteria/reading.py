"""A criteria file → `Criteria`: read, typed, checked as a whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter

from branchscore.criteria.check import acknowledged, complaints, unknown_faults
from branchscore.criteria.model import Criteria
from branchscore.text.diagnostics import Faulty
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


KEYS = frozenset(_keys(Criteria, set()))


def read_criteria(path: Path) -> tuple[Criteria, Document]:
    """Read and check one criteria file. Raises `Faulty` with every fault found."""
    document = read(path)
    criteria = typed(ADAPTER, document, KEYS)
    found = list(complaints(criteria))
    found += unknown_faults(criteria, found)
    faults = [
        document.diagnose(fault.code, fault.at, **fault.values)
        for fault in found
        if not acknowledged(criteria, fault)
    ]
    if faults:
        raise Faulty(faults)
    return criteria, document
