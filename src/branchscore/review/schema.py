"""The JSON Schema of review sheets: in general, or for the judged items of one table."""

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from branchscore.criteria.indicator import Leaf
from branchscore.criteria.measures.judged import Judged
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules.given import Given
from branchscore.review.decision import DecisionFile
from branchscore.review.sheet import SheetFile
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import CODE, NUMBER, WHOLE, whole
from branchscore.text.schema import Schema, bounded, framed, published, titled, words

TITLE = Phrase("评审表", "review sheet")
DECISION = Phrase("决定", "decision")
COUNT = {**WHOLE, "minimum": 0}
COUNTED = Phrase("各等次的票数", "votes by level")


def review_schema(criteria: Criteria | None) -> Schema:
    """With a table, closed to items that the panel does not judge."""
    schema = published(TypeAdapter(SheetFile), TITLE, "validation")
    if criteria is None:
        return schema
    mark = schema["$defs"]["Mark"]["properties"]
    marks = {
        "type": "object",
        "properties": {name: _mark(leaf, criteria, mark) for name, leaf in criteria.judged()},
        "additionalProperties": False,
    }
    properties = dict(schema["properties"])
    properties["criteria"] = {**properties["criteria"], "const": criteria.id}
    properties["marks"] = {**properties["marks"], "patternProperties": {whole(CODE): marks}}
    counts = {
        "type": "object",
        "properties": dict(_counts(criteria)),
        "additionalProperties": False,
    }
    properties["counts"] = {**properties["counts"], "patternProperties": {whole(CODE): counts}}
    if criteria.panel:
        properties["source"] = {**properties["source"], "enum": list(criteria.panel.weights)}
    rest = {**schema, "$defs": {n: d for n, d in schema["$defs"].items() if n != "Mark"}}
    title = Phrase(*(f"{t}：{c}" for t, c in zip(TITLE, criteria.title, strict=True)))
    return framed({**rest, "properties": properties}, title)


def decision_schema() -> Schema:
    return published(TypeAdapter(DecisionFile), DECISION, "validation")


def _counts(criteria: Criteria) -> Iterator[tuple[str, Schema]]:
    """Votes for the levels of an item."""
    for name, leaf in criteria.judged():
        levels = leaf.measure.levels if isinstance(leaf.measure, Judged) else None
        if levels:
            votes = {word: {**COUNT, "description": titled(t)} for word, t in levels.items()}
            yield (
                name,
                {
                    "title": titled(leaf.title),
                    "description": titled(COUNTED),
                    "type": "object",
                    "properties": votes,
                    "additionalProperties": False,
                    "minProperties": 1,
                },
            )


def _mark(leaf: Leaf, criteria: Criteria, mark: dict[str, Any]) -> Schema:
    """A mark of one item: one of its levels, or so many points."""
    levels = leaf.measure.levels if isinstance(leaf.measure, Judged) else None
    if levels:
        key, value = "level", words(levels)
    else:
        least = leaf.rule.least if isinstance(leaf.rule, Given) and not leaf.takes else 0
        key, value = "points", bounded(NUMBER, least, leaf.points)
    strict = isinstance(leaf.measure, Judged) and leaf.measure.reason == "required"
    return {
        "title": titled(leaf.title),
        "description": titled(Phrase(*leaf.rule.terms(leaf.item(criteria.fields)).both())),
        "type": "object",
        "properties": {
            key: {**value, "description": mark[key]["description"]},
            "reason": mark["reason"],
        },
        "required": [key, "reason"] if strict else [key],
        "additionalProperties": False,
    }
