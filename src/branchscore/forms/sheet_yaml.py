"""The tree of a submission → YAML in Chinese that a person can read and go on with."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ChoiceField,
    ElementsField,
    ListField,
    options_of,
)
from branchscore.criteria.model import Criteria
from branchscore.criteria.titles import FRAME_TITLES
from branchscore.forms.sheet_layout import LEDGER_COLUMNS
from branchscore.text.phrase import Phrase

# What begins like this and holds nothing of YAML's own needs no quotes, inside brackets either.
PLAIN = re.compile(r"[A-Za-z0-9\u4e00-\u9fff《（“【][^\x00-\x1f,\[\]{}#:\"'|>&*!%@`\\]*")
WORDS = frozenset(("null", "Null", "NULL"))
DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
TRUTHS = {"true": "是", "false": "否"}
HEAD = Phrase("由 {name} 导入", "imported from {name}")


def yaml_text(root: Mapping[str, Any], criteria: Criteria, source: str) -> str:
    """Keys and options by their Chinese titles, one record a line."""
    lines = [f"# {HEAD.zh} · {HEAD.en}".format(name=_visible(source))]
    for name, value in root.items():
        lines += _entry(name, value, criteria)
    return "\n".join(lines) + "\n"


def _visible(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)


def _entry(name: str, value: Any, criteria: Criteria) -> Iterator[str]:
    if name in FRAME_TITLES:
        yield from _framed(name, value, criteria)
        return
    field = criteria.fields[name]
    key = scalar(field.title.zh)
    if isinstance(field, ListField):
        titles = {inner: asked.title for inner, asked in field.fields.items()}
        yield from _records(key, value, titles, field.fields)
    elif isinstance(value, list | dict) and not value:
        yield f"{key}: []"
    elif isinstance(value, list):
        yield f"{key}:"
        yield from (f"  - {_said(one, field)}" for one in value)
    elif isinstance(value, dict):
        yield f"{key}:"
        yield from (f"  {scalar(one)}: {scalar(figure)}" for one, figure in value.items())
    else:
        yield f"{key}: {_said(value, field)}"


def _framed(name: str, value: Any, criteria: Criteria) -> Iterator[str]:
    key = FRAME_TITLES[name]
    if name == "evidence":
        yield from _records(key, value, LEDGER_COLUMNS, {})
    elif name == "partial":
        titles = (scalar(criteria.fields[one].title.zh) for one in value)
        yield f"{key}: [{', '.join(titles)}]"
    elif name == "self_scores":
        yield f"{key}:"
        yield from (f"  {scalar(item)}: {scalar(points)}" for item, points in value.items())
    else:
        yield f"{key}: {TRUTHS.get(value, '') if name == 'fictional' else scalar(value)}"


def _records(
    key: str, records: Any, titles: Mapping[str, Phrase], fields: Mapping[str, Asked]
) -> Iterator[str]:
    yield f"{key}: []" if not records else f"{key}:"
    for record in records:
        parts = (
            f"{scalar(titles[name].zh)}: {_said(value, fields.get(name))}"
            for name, value in record.items()
        )
        yield f"  - {{{', '.join(parts)}}}"


def _said(value: Any, asked: Asked | None) -> str:
    """A value, by its title where it is one of several options."""
    if isinstance(value, list):
        return f"[{', '.join(_said(one, asked) for one in value)}]"
    if isinstance(asked, BooleanField):
        return TRUTHS.get(value, scalar(value))
    options = options_of(asked) if isinstance(asked, ChoiceField | ElementsField) else None
    return scalar(options[value].zh if options and value in options else value)


def scalar(text: str) -> str:
    """Text as a YAML scalar that is read back as it is, within brackets too."""
    plain = PLAIN.fullmatch(text) and text not in WORDS and not text.endswith(" ")
    if plain or DIGITS.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
