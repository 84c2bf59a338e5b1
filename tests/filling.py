"""Fills in a form as a person does in Notepad: writes after colons, copies blank records."""

import json
from collections.abc import Iterator
from typing import Any

from branchscore.criteria.fields import Asked, BooleanField, ElementsField, ListField, options_of
from branchscore.criteria.model import Criteria
from branchscore.criteria.titles import FRAME_TITLES
from branchscore.forms.sheet_yaml import scalar
from branchscore.submission.titles import PROOF_TITLES

YES_NO = {"true": "是", "false": "否"}


def in_chinese(root: dict[str, Any], criteria: Criteria) -> dict[str, Any]:
    """A submission by ids, with titles instead."""
    items = {item.id: item.title.zh for item in criteria.indicators()}
    made: dict[str, Any] = {}
    for name, value in root.items():
        if name in criteria.fields:
            field = criteria.fields[name]
            made[field.title.zh] = _said(value, field)
        elif name == "evidence":
            made[FRAME_TITLES[name]] = [
                {PROOF_TITLES[key]: text for key, text in entry.items()} for entry in value
            ]
        elif name == "self_scores":
            made[FRAME_TITLES[name]] = {items[item]: points for item, points in value.items()}
        elif name == "partial":
            made[FRAME_TITLES[name]] = [criteria.fields[one].title.zh for one in value]
        else:
            made[FRAME_TITLES[name]] = YES_NO.get(value, value) if name == "fictional" else value
    return made


def _said(value: Any, field: Asked) -> Any:
    if isinstance(field, ListField):
        return [
            {
                field.fields[key].title.zh: _said(one, field.fields[key])
                for key, one in entry.items()
            }
            for entry in value
        ] or "无"
    if isinstance(field, BooleanField):
        return YES_NO[value]
    if isinstance(field, ElementsField):
        there = {value} if isinstance(value, str) else set(value)
        return {p.zh: "是" if name in there else "否" for name, p in field.elements.items()}
    options = options_of(field)
    return options[value].zh if options else value


def as_yaml(root: dict[str, Any]) -> str:
    """JSON is YAML too."""
    return json.dumps(root, ensure_ascii=False, indent=1)


def filled(form: str, answers: dict[str, Any]) -> str:
    """The form with answers by title: text, elements with 是 or 否, or a list of records."""
    lines, rest = list[str](), form.split("\n")
    while rest:
        line = rest.pop(0)
        key = _key(line)
        value = answers.get(key) if key and not line.startswith(" ") else None
        block = [rest.pop(0) for _ in range(_length(rest))] if key else []
        if value is None:
            lines += [line, *block]
        elif isinstance(value, list) and block and not isinstance(value[0], dict):
            lines += [line, *(f"  - {scalar(text)}" for text in value)]
        elif isinstance(value, list) and block:
            record = block[: next((i for i, b in enumerate(block) if i and b[2] == "-"), None)]
            lines += [line, *(filled_in for one in value for filled_in in _filled(record, one))]
        elif value == "无":
            lines += [line, block[0] + value, *block[1:]]
        elif isinstance(value, dict) and not block:
            lines += [
                line,
                *(f"  {scalar(name)}: {scalar(figure)}" for name, figure in value.items()),
            ]
        elif isinstance(value, dict):
            lines += [line, *_filled(block, value)]
        else:
            lines.append(line + _text(value))
    return "\n".join(lines)


def _length(rest: list[str]) -> int:
    return next((i for i, line in enumerate(rest) if not line.startswith("  ")), len(rest))


def _filled(block: list[str], values: dict[str, Any]) -> Iterator[str]:
    for line in block:
        value = values.get(_key(line) or "")
        yield line if value is None else line + _text(value)


def _text(value: Any) -> str:
    several = isinstance(value, list)
    return f"[{', '.join(map(scalar, value))}]" if several else scalar(value)


def _key(line: str) -> str | None:
    if line.startswith("#") or line.rstrip()[-1:] != ":":
        return None
    key = line.strip().removeprefix("- ").rstrip().removesuffix(":")
    return json.loads(key) if key.startswith('"') else key
