"""pydantic's view of a `Document`: every refusal becomes a `Diagnostic` at its place."""

from dataclasses import replace
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.limits import limits
from branchscore.text.mishaps import in_text
from branchscore.text.phrase import Phrase
from branchscore.text.source import Document, Map, Seq, diagnostic
from branchscore.text.tree import capped
from branchscore.text.twins import folded

Typed = TypeVar("Typed")


class Strict(BaseModel):
    """A part of a criteria file or a sheet: closed to unknown keys, unchangeable."""

    # Docstrings of keys are read when asked for: pydantic would parse every module's source at
    # each start. Schemas are built when first needed, and those of parts with the whole.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


COMMAS = ("，", "、", "；")
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
        most = limits().faults
        faults = [diagnosed(document, detail, known) for detail in told[:most]]
        raise Faulty(capped(faults, max(len(told) - most, 0))) from None


def diagnosed(  # noqa: C901 - one case a sort of refusal
    document: Document, detail: ErrorDetails, known: frozenset[str]
) -> Diagnostic:
    at = _places(document.root, detail["loc"])
    kind, got = detail["type"], detail.get("input")
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "extra_forbidden":
        near = _near(name, document.value(at[:-1]), known)
        return document.diagnose("T001", at, key=True, got=name, near=near)
    if kind == "missing":
        return document.diagnose("T002", at, **_named(document.root, at))
    context: dict[str, Any] = detail.get("ctx", {})
    if "told" in context:
        code, values = context["told"]()
        context = {"code": code, **values}
    if got is None or context.get("code") == "T009":
        return document.diagnose("T009", at, **_named(document.root, at))
    if kind in SHAPES:
        return shapeless(document, at, SHAPES[kind], got)
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
    values = {k: v for k, v in context.items() if k != "code"}
    if "code" in context:
        comma = _joining(document, at, values) if context["code"] in ("T008", "T013") else ""
        if comma:
            return document.diagnose("Y031", at, what=comma)
        return document.diagnose(context["code"], at, **values)
    return document.diagnose("T016", at, why=_why(kind, context, detail["msg"]))


def _joining(document: Document, at: tuple[str | int, ...], values: dict[str, Any]) -> str:
    """The sign that made one entry of several in a list."""
    if not isinstance(document.value(at), Seq) and not isinstance(at[-1], int):
        return ""
    return next((sign for sign in COMMAS if sign in values["got"]), "")


def shapeless(
    document: Document, at: tuple[str | int, ...], wanted: str, got: object
) -> Diagnostic:
    """Text where names or a list should be is often the work of one wrong character."""
    slip = in_text(got) if isinstance(got, str) and wanted != "text" else None
    if slip is None and not at:
        return diagnostic(document.raw, "T003", document.first(), wanted=WORDS[wanted])
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


def _near(name: str, holder: Any, known: frozenset[str]) -> str:
    """The nearest of the keys that may stand in this mapping, or else anywhere."""
    beside: frozenset[str] = holder.beside() if isinstance(holder, Map) else frozenset()
    for keys in (beside, known):
        for near in get_close_matches(folded(name), keys - {name}, 1, 0.6):
            return near
    return ""


def _named(root: Any, at: tuple[str | int, ...]) -> dict[str, Any]:
    """What a sentence calls the last key on a path."""
    named: dict[str, Any] = {"name": ""}
    for step in at:
        if isinstance(root, Map):
            named = root.named(str(step))
            root = root.get(str(step))
        else:
            root = root[step]
    return named


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
