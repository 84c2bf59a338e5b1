"""The JSON Schema of submissions with Chinese titles as keys, beside the one with ids.

An editor offers both; which of them a file must have goes by its first key: with 评分表 it needs
the other keys of the frame in Chinese too, and a list under its title has records in Chinese.
"""

from collections.abc import Iterator, Mapping

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ElementsField,
    ListField,
    options_of,
)
from branchscore.criteria.model import Criteria
from branchscore.criteria.titles import FRAME_TITLES
from branchscore.submission.titles import NONE, PROOF_TITLES, YES_OR_NO, Titles
from branchscore.text.phrase import Phrase
from branchscore.text.schema import Schema, titled, words

NEEDED = ("criteria", "code", "branch")
PARTS = (ListField, ElementsField)


def with_frame(schema: Schema) -> Schema:
    """The keys of the frame by their titles too."""
    properties: Schema = schema["properties"]
    named = {title: properties[name] for name, title in FRAME_TITLES.items()}
    ledger = properties["evidence"]
    if "$ref" in ledger["items"]:
        proof = schema["$defs"][ledger["items"]["$ref"].rpartition("/")[2]]
    else:
        proof = ledger["items"]
    named[FRAME_TITLES["evidence"]] = {**ledger, "items": _renamed(proof, PROOF_TITLES)}
    partial = {**properties["partial"], "items": {"type": "string"}}
    named[FRAME_TITLES["partial"]] = partial
    named[FRAME_TITLES["fictional"]] = _worded(properties["fictional"], [True, False, *YES_OR_NO])
    chinese = [FRAME_TITLES[name] for name in NEEDED]
    rest = {key: value for key, value in schema.items() if key != "required"}
    either = {
        "if": {"required": chinese[:1]},
        "then": {"required": chinese},
        "else": {"required": list(NEEDED)},
    }
    return {**rest, "properties": {**properties, **named}, **either}


def with_titles(schema: Schema, criteria: Criteria) -> Schema:
    """The keys of one table by their titles too."""
    schema, titles = with_frame(schema), Titles(criteria)
    properties: Schema = schema["properties"]
    named: Schema = {}
    for name, field in criteria.fields.items():
        named[field.title.zh] = _in_chinese(properties[name], field)
    parts = {n: f.title for n, f in criteria.fields.items() if isinstance(f, PARTS)}
    partial = {**properties["partial"], "items": _words(parts)}
    scores = _renamed(properties["self_scores"], titles.items.titles)
    named |= {FRAME_TITLES["partial"]: partial, FRAME_TITLES["self_scores"]: scores}
    lists = {n: f for n, f in criteria.fields.items() if isinstance(f, ListField)}
    whole = [part for name, field in lists.items() for part in _whole(name, field)]
    made = {**schema, "properties": {**properties, **named}}
    return {**made, "allOf": whole} if whole else made


def _in_chinese(schema: Schema, field: Asked) -> Schema:
    told: Schema = {key: schema[key] for key in ("title", "description") if key in schema}
    options = options_of(field)
    if isinstance(field, BooleanField):
        return _worded(schema, [True, False, *YES_OR_NO])
    if isinstance(field, ElementsField):
        tick = {"enum": [True, False, *YES_OR_NO]}
        ticks = {p.zh: {**tick, "title": titled(p)} for p in field.elements.values()}
        one = {"enum": [*_words(field.elements)["enum"], *NONE]}
        several = {"type": "array", "items": _words(field.elements), "uniqueItems": True}
        each = {"type": "object", "properties": ticks, "additionalProperties": False}
        return {"anyOf": [each, several, one], **told}
    if options:
        return {**_words(options), **told}
    if isinstance(field, ListField):
        record = schema["items"]
        inner = {
            asked.title.zh: _in_chinese(record["properties"][name], asked)
            for name, asked in field.fields.items()
        }
        none = {"type": ["array", "string"], "pattern": "^(?:无)$"}
        return {**schema, **none, "items": {**record, "properties": inner}}
    return schema


def _words(options: Mapping[str, Phrase]) -> Schema:
    """Options by their titles, each with its English wording."""
    return words({title.zh: title for title in options.values()})


def _worded(schema: Schema, values: list[str | bool]) -> Schema:
    rest = {key: value for key, value in schema.items() if key != "type"}
    return {**rest, "enum": values}


def _renamed(schema: Schema, titles: Mapping[str, str]) -> Schema:
    """The schema of a mapping with titles as its keys."""
    inner = {titles[name]: value for name, value in schema["properties"].items()}
    made = {**schema, "properties": inner}
    if "required" in schema:
        made["required"] = [titles[name] for name in schema["required"]]
    return made


def _whole(name: str, field: ListField) -> Iterator[Schema]:
    """Records lack nothing that is asked, except where the list is said not to be whole."""
    said = [
        {"properties": {key: {"contains": {"enum": [name, field.title.zh]}}}, "required": [key]}
        for key in ("partial", FRAME_TITLES["partial"])
    ]
    asked = {inner: one.title.zh for inner, one in field.fields.items() if not one.optional}
    for key, needed in ((name, list(asked)), (field.title.zh, list(asked.values()))):
        yield {
            "if": {"anyOf": said},
            "else": {"properties": {key: {"items": {"required": needed}}}},
        }
