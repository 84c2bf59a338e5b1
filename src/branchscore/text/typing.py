"""pydantic's view of a `Document`: every refusal becomes a `Diagnostic` at its place."""

from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.phrase import Value
from branchscore.text.source import Document, Map, Seq


Typed = TypeVar("Typed")


class Strict(BaseModel):
    """A part of a criteria file or a sheet: closed to unknown keys, unchangeable."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


SHAPES = {
    "string_type": "text",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "dataclass_type": "mapping",
    "list_type": "list",
    "tuple_type": "list",
    "frozen_set_type": "list",
    "set_type": "list",
}


def typed(adapter: TypeAdapter[Typed], document: Document, known: frozenset[str]) -> Typed:
    """Validate the document's root; raises `Faulty` with all faults at their places.

    `known` are the keys that may stand anywhere in such a file: they are what a misspelt
    key is compared with.
    """
    try:
        return adapter.validate_python(document.root)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        raise Faulty([diagnosed(document, detail, known) for detail in details]) from None


def diagnosed(document: Document, detail: ErrorDetails, known: frozenset[str]) -> Diagnostic:
    at = _places(document.root, detail["loc"])
    kind, got = detail["type"], detail.get("input")
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "extra_forbidden":
        near = get_close_matches(name, known, 1, 0.6)
        return document.diagnose("T001", at, key=True, got=name, near=near[0] if near else "")
    if kind == "missing":
        return document.diagnose("T002", at, name=name)
    if got is None:
        return document.diagnose("T009", at)
    if kind in SHAPES:
        return document.diagnose("T003", at, wanted=SHAPES[kind])
    context: dict[str, Any] = detail.get("ctx", {})
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        got = got.get("kind", got.get("type", "")) if isinstance(got, dict) else ""
        tag = next((k for k in ("kind", "type") if k in str(context)), "kind")
        return document.diagnose(
            "T012", (*at, tag), got=str(got), known=context.get("expected_tags", "")
        )
    if kind == "literal_error":
        return document.diagnose("T008", at, got=str(got), known=context["expected"])
    values: dict[str, Value] = {k: v for k, v in context.items() if k != "code"}
    if "code" in context:
        return document.diagnose(context["code"], at, **values)
    return document.diagnose("T010", at, why=detail["msg"])


def _places(root: Any, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """pydantic's location without the tags of unions, which are no keys of the file."""
    node, at = root, list[str | int]()
    for i, step in enumerate(loc):
        last = i == len(loc) - 1
        if isinstance(node, Map) and (step in node or last):
            at.append(step)
            node = node.get(step)
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            at.append(step)
            node = node[step]
    return tuple(at)
