"""pydantic's view of a `Document`: every refusal becomes a `Diagnostic` at its place."""

from dataclasses import replace
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.mishaps import in_text
from branchscore.text.phrase import Phrase
from branchscore.text.source import Document, Map, Seq, diagnostic

Typed = TypeVar("Typed")


class Strict(BaseModel):
    """A part of a criteria file or a sheet: closed to unknown keys, unchangeable."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, use_attribute_docstrings=True
    )


WORDS = {
    "text": Phrase("一段文字或一个数", "text"),
    "mapping": Phrase("若干“名称: 内容”", "mapping"),
    "list": Phrase("若干以“- ”开头的条目", "list"),
}
SHAPES = {
    "string_type": "text",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "list_type": "list",
    "tuple_type": "list",
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
        # A list whose entries were all refused is not also told that it is too short.
        refused = {
            detail["loc"][: i + 1] for detail in details for i in range(len(detail["loc"]) - 1)
        }
        told = [d for d in details if d["type"] != "too_short" or d["loc"] not in refused]
        raise Faulty([diagnosed(document, detail, known) for detail in told]) from None


def diagnosed(document: Document, detail: ErrorDetails, known: frozenset[str]) -> Diagnostic:
    at = _places(document.root, detail["loc"])
    kind, got = detail["type"], detail.get("input")
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "extra_forbidden":
        near = get_close_matches(name, known - {name}, 1, 0.6)
        return document.diagnose("T001", at, key=True, got=name, near=near[0] if near else "")
    if kind == "missing":
        return document.diagnose("T002", at, name=name)
    if got is None:
        return document.diagnose("T009", at)
    if kind in SHAPES:
        return shapeless(document, at, SHAPES[kind], got)
    context: dict[str, Any] = detail.get("ctx", {})
    if context.get("code") == "T003":
        return document.diagnose("T003", at, wanted=WORDS[context["wanted"]])
    tag = next((k for k in ("kind", "type") if k in str(context.get("discriminator"))), "kind")
    if kind == "union_tag_not_found":
        return document.diagnose("T002", at, name=tag)
    if kind == "union_tag_invalid":
        got = got.get(tag, "") if isinstance(got, dict) else ""
        known_tags = str(context.get("expected_tags", "")).replace("'", "")
        return document.diagnose("T012", (*at, tag), got=str(got), known=known_tags)
    if kind == "literal_error":
        return document.diagnose("T008", at, got=str(got), known=context["expected"])
    values: dict[str, Any] = {k: v for k, v in context.items() if k != "code"}
    if "code" in context:
        return document.diagnose(context["code"], at, **values)
    return document.diagnose("T016", at, why=_why(kind, context, detail["msg"]))


def shapeless(
    document: Document, at: tuple[str | int, ...], wanted: str, got: object
) -> Diagnostic:
    """Text where names or a list should be is often the work of one wrong character."""
    slip = in_text(got) if isinstance(got, str) and wanted != "text" else None
    if slip is None:
        return document.diagnose("T003", at, wanted=WORDS[wanted])
    code, offset, what = slip
    if not at:
        return diagnostic(document.raw, code, document.first(offset), what=what)
    fault = document.diagnose(code, at, what=what)
    span = replace(fault.span, column=fault.span.column + offset, length=1)
    return replace(fault, span=span)


def _why(kind: str, context: dict[str, Any], message: str) -> Phrase:
    """The bounds that pydantic itself checks; its own words for anything else."""
    if kind == "too_short":
        least = context["min_length"]
        return Phrase(f"至少要有 {least} 项", f"at least {least} entries")
    bounds = {"greater_than_equal": ("ge", "不小于", "at least")}
    bounds["less_than_equal"] = ("le", "不大于", "at most")
    if kind in bounds:
        name, zh, en = bounds[kind]
        return Phrase(f"应{zh} {context[name]}", f"{en} {context[name]}")
    return Phrase(message, message)


def _places(root: Any, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """pydantic's location without the tags of unions, which are no keys of the file."""
    node, at = root, list[str | int]()
    for i, step in enumerate(loc):
        last = i == len(loc) - 1
        if isinstance(node, Map) and (step in node or last):
            at.append(step)
            node = node.get(str(step))
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            at.append(step)
            node = node[step]
    return tuple(at)
