"""The JSON Schema of criteria files, with what `extends` and `since` make of them."""

from typing import Any

from pydantic import TypeAdapter

from branchscore.criteria.model import Criteria
from branchscore.text.phrase import Phrase
from branchscore.text.schema import TOLD, Schema, framed, published

TITLE = Phrase("评分表", "criteria")
EXTENDS: Schema = {
    "type": "string",
    "pattern": r"\.ya?ml$",
    "description": "以另一份评分表为底本，这里只写改动 · another criteria file that this one"
    " changes; only what differs is written here",
}
HISTORY: Schema = {
    "description": "按日期取值：考核期第一天已经生效的最后一个 · a value with a history: the latest"
    " that holds on the first day of the period",
    "type": "object",
    "patternProperties": {"^since +[0-9]{4}-[0-9]{2}-[0-9]{2}$": True},
    "additionalProperties": False,
    "minProperties": 1,
}
REMOVED: Schema = {
    "description": "取消底本里的这一项 · takes this out of what is extended",
    "type": "object",
    "properties": {"id": True, "remove": {"const": True}},
    "required": ["remove"],
    "additionalProperties": False,
}
SPECIAL: Schema = {"History": HISTORY, "Special": {"anyOf": [HISTORY, REMOVED]}}
UNDATED = frozenset({"period", "extends"})


def criteria_schema() -> Schema:
    """A whole table, or one that says only what it changes of another: there nothing is
    required, and anything can be removed."""
    plain = published(TypeAdapter(Criteria), TITLE, "validation")
    defs = plain.pop("$defs")
    root = {key: value for key, value in plain.items() if key not in ("$schema", "title")}
    root["properties"] = {"extends": EXTENDS, **root["properties"]}
    models = {**defs, "Criteria": root}
    made: Schema = {name: _Table(False).of(model) for name, model in models.items()}
    made |= {f"{name}Changed": _Table(True).of(model) for name, model in models.items()}
    choice = {
        "if": {"required": ["extends"]},
        "then": {"$ref": "#/$defs/CriteriaChanged"},
        "else": {"$ref": "#/$defs/Criteria"},
    }
    return framed({**choice, "$defs": {**made, **SPECIAL}}, TITLE)


class _Table:
    """Goes through a schema; `changed` is for a file that extends another."""

    def __init__(self, changed: bool) -> None:
        self.changed = changed

    def of(self, schema: Any) -> Any:
        """The schema of one value or model with all the values in it made open."""
        if not isinstance(schema, dict):
            return schema
        made = _loosened(schema) if self.changed else dict(schema)
        for key in ("properties", "patternProperties"):
            if key in made:
                made[key] = {name: self.value(name, v) for name, v in made[key].items()}
        for key in ("items", "additionalProperties"):
            if key in made:
                made[key] = self.value("", made[key])
        for key in ("anyOf", "oneOf"):
            if key in made:
                made[key] = [self.of(one) for one in made[key]]
        return made

    def value(self, name: str, schema: Any) -> Any:
        """A value that may also have a history, or be taken out."""
        if not isinstance(schema, dict) or name in UNDATED:
            return schema
        made = self.of(schema)
        if "const" in made:
            return made
        told = {key: made.pop(key) for key in TOLD if key in made}
        special = "Special" if self.changed else "History"
        return {**told, "anyOf": [made, {"$ref": f"#/$defs/{special}"}]}


def _loosened(schema: Schema) -> Schema:
    """Nothing is required of a change; without its kind, that of a rule fits any kind."""
    made = {key: value for key, value in schema.items() if key not in ("required", "oneOf")}
    if "oneOf" in schema:
        made["anyOf"] = schema["oneOf"]
    if "$ref" in schema:
        made["$ref"] = f"{schema['$ref']}Changed"
    return made
