"""In which file a fault is told, where a table is made of several.

What does not fit in the whole may stand in one file and come from another: the parts of a
section no longer add up because the file that extends it has one more. Such a fault is told
where the change stands, if the change has a place; a fault that what is extended has by
itself is told there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.inherit import removal, resolve
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.source import Document, Map, Mark, Placed, Seq, parse

At = tuple[str | int, ...]
Told = Mapping[tuple[str, At], Diagnostic]


def told(document: Document, fault: Complaint, earlier: Told) -> Diagnostic:
    """The fault at its place; `earlier` are those that what is extended has by itself."""
    marks = [mark for _, mark in _along(document.root, fault.at)]
    if not marks or not isinstance(marks[-1], Placed):
        return _at(document, fault, fault.at)
    known = earlier.get(known_as(document, fault))
    return known or _changed(document, fault, marks) or _at(document, fault, fault.at)


def known_as(document: Document, fault: Complaint) -> tuple[str, At]:
    """The fault by ids instead of numbers of entries, which differ from file to file."""
    nodes = _along(document.root, fault.at)
    named = [
        node["id"] if isinstance(node, Map) and isinstance(step, int) and "id" in node else step
        for step, (node, _) in zip(fault.at, nodes, strict=False)
    ]
    return fault.code, (*named, *fault.at[len(named) :])


def _changed(document: Document, fault: Complaint, marks: Sequence[Mark]) -> Diagnostic | None:
    """A fault that shows in text that was not changed, at the change that made it."""
    own = Document(document.path, document.raw, parse(document.raw, document.path).root)
    for name, at in _removals(own.root, ()):
        if name == fault.values.get("name"):
            return _at(own, fault, at)
    changed = [i for i, mark in enumerate(marks) if not isinstance(mark, Placed)]
    # A whole part of the file, such as all dimensions, is too large to be called a change.
    deepest = changed[-1] + 1 if changed else 0
    return _at(document, fault, fault.at[:deepest]) if deepest > 1 else None


def _at(document: Document, fault: Complaint, at: At) -> Diagnostic:
    return document.diagnose(fault.code, at, **fault.values)


def _along(node: Any, at: At) -> Iterator[tuple[Any, Mark]]:
    """Every value on a path, and where it stands."""
    for step in at:
        if isinstance(node, Map) and isinstance(step, str) and step in node:
            mark, node = node.places(step)[1], node[step]
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            mark, node = node.marks[step], node[step]
        else:
            return
        yield node, mark


def alone(document: Document) -> Document:
    """What a document extends, without what it changes there; what it adds to make a whole
    table of it, such as the period, is kept."""
    nearest, *above = document.parents
    stated = [parent.root for parent in document.parents]
    made = Map()
    for node in (nearest.root, document.root):
        for key, value in node.items():
            if node is nearest.root or not any(key in root for root in stated):
                made[key] = value
                made.marks += node.places(key)
    known = {Path(other.path): other for other in above}
    return resolve(replace(nearest, root=made), known.__getitem__)


def _removals(node: Any, at: At) -> Iterator[tuple[str, At]]:
    """What a file takes out of what it extends, by name."""
    if at and removal(node, at):
        yield str(node.get("id") or at[-1]), at
    elif isinstance(node, Map | Seq):
        for step, value in node.items() if isinstance(node, Map) else enumerate(node):
            yield from _removals(value, (*at, step))
