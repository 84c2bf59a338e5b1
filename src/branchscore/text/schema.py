"""JSON Schemas as editors read them: closed, bilingual, without what only pydantic needs."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from branchscore.text.docs import BETWEEN, doc, told_of
from branchscore.text.numbers import UNLIMITED, Exact
from branchscore.text.phrase import Phrase

Schema = dict[str, Any]
MARKS = re.compile("[`_]")
BOUNDS = {"ge": "minimum", "le": "maximum"}
TOLD = ("description", "markdownDescription", "default")
"""What differs from place to place where the same is asked."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Published(GenerateJsonSchema):
    """Titles and descriptions come from the bilingual docstrings. In what people write, an
    optional key is left out, not empty: an editor points at a key that was not finished."""

    schema_dialect = DIALECT

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        written = self.mode == "validation"
        return self.generate_inner(schema["schema"]) if written else super().nullable_schema(schema)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        default = schema.get("default")
        if not isinstance(default, str | int):
            return inner
        return {**inner, "default": default}

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        made = super().tagged_union_schema(schema)
        made.pop("discriminator", None)
        return made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        made = super().dict_schema(schema)
        if "patternProperties" in made:
            made["additionalProperties"] = False
        return made

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        said = told_of(schema["cls"])
        for name, field in schema["cls"].model_fields.items():
            if name in said:
                made["properties"][field.alias or name]["description"] = said[name]
            for limit in field.metadata:  # what a type of its own takes no notice of
                ends = {BOUNDS[end]: getattr(limit, end) for end in BOUNDS if hasattr(limit, end)}
                key = field.alias or name
                made["properties"][key] = {**made["properties"][key], **ends}
        return told(made, schema["cls"])

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchemaValue:
        made = super().typed_dict_schema(schema)
        return told(made, schema["cls"]) if "cls" in schema else made


def told(schema: JsonSchemaValue, kind: type) -> JsonSchemaValue:
    """The schema of a class with what its docstring says; a discriminator says it too."""
    manual = doc(kind.__doc__)
    title, description = BETWEEN.join(manual.first), manual.both()
    for name in ("kind", "type"):
        tag = schema.get("properties", {}).get(name, {})
        if "const" in tag:
            title = tag["const"]
            tag["description"] = description
    return {**schema, "title": title, "description": description}


def published(adapter: TypeAdapter[Any], title: Phrase, mode: JsonSchemaMode) -> Schema:
    """The whole schema of a kind of file, in the words of its title."""
    schema = adapter.json_schema(schema_generator=Published, mode=mode)
    return framed(shared(schema), title)


def shared(schema: Schema) -> Schema:
    """The same schema with every choice that it repeats written once."""
    seen = Counter(map(_text, _choices(schema)))
    names: dict[str, str] = {}
    defs: Schema = {}

    def once(node: Any, bare: bool = False) -> Any:
        if isinstance(node, list):
            return [once(one) for one in node]
        if not isinstance(node, dict):
            return node
        text = _text(node)
        if bare or seen[text] < 2:
            return {key: once(value) for key, value in node.items()}
        if text not in names:
            name = names[text] = f"Choice{len(names) + 1}"
            defs[name] = once(_bare(node), bare=True)
        told = {key: value for key, value in node.items() if key in TOLD}
        return {"$ref": f"#/$defs/{names[text]}", **told}

    made = once(schema)
    return {**made, "$defs": {**made.get("$defs", {}), **defs}} if defs else dict(made)


def _choices(node: Any) -> Iterator[Schema]:
    if isinstance(node, list):
        node = dict(enumerate(node))
    if isinstance(node, dict):
        if "oneOf" in node or "anyOf" in node or isinstance(node.get("additionalProperties"), dict):
            yield node
        for value in node.values():
            yield from _choices(value)


def _bare(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key not in TOLD}


def _text(schema: Schema) -> str:
    return json.dumps(_bare(schema), sort_keys=True)


def framed(schema: Schema, title: Phrase) -> Schema:
    """A whole schema: its dialect and title first."""
    rest = {name: value for name, value in schema.items() if name not in ("$schema", "title")}
    return {"$schema": DIALECT, "title": BETWEEN.join(title), **marked(rest)}


def marked(node: Any) -> Any:
    """Descriptions that are written with marks, also under the name by which editors know
    that these are marks."""
    if isinstance(node, list):
        return [marked(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: marked(value) for key, value in node.items()}
    description = made.get("description")
    if isinstance(description, str) and MARKS.search(description):
        made["markdownDescription"] = description
    return made


def titled(phrase: Phrase) -> str:
    """Both languages, or the one wording that serves for both."""
    return BETWEEN.join(dict.fromkeys(phrase))


def words(options: Mapping[str, Phrase]) -> Schema:
    """A closed set of words, each with what it stands for."""
    return {"enum": list(options), "enumDescriptions": [titled(p) for p in options.values()]}


def bounded(number: Schema, least: Exact, most: Exact | None) -> Schema:
    """A number within bounds, which an editor compares as floats."""
    schema: Schema = {**number, "minimum": _bound(least)}
    if most is not None and most < UNLIMITED:
        schema["maximum"] = _bound(most)
    return schema


def _bound(value: Exact) -> int | float:
    return value if isinstance(value, int) else float(value)
