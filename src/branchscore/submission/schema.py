"""The JSON Schema of submissions: in general, or of the answers that one table asks for."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ChoiceField,
    DateField,
    DecimalField,
    ElementsField,
    EvidenceField,
    FiguresField,
    IntegerField,
    ListField,
    TextField,
    TextsField,
    options_of,
)
from branchscore.criteria.model import Criteria
from branchscore.submission.form import Frame
from branchscore.submission.schema_titles import with_frame, with_titles
from branchscore.text.numbers import plain
from branchscore.text.phrase import Phrase
from branchscore.text.scalars import CODE, DAY, DECIMAL, MAX_NAME, MAX_TEXT, TEXT, WHOLE, whole
from branchscore.text.schema import Schema, bounded, framed, published, titled, words

TITLE = Phrase("申报", "submission")
IN_PERIOD = Phrase("须在考核期内", "within the period")
SORTS: Mapping[type[Asked], Phrase] = {
    IntegerField: Phrase("整数", "whole number"),
    DecimalField: Phrase("小数", "decimal"),
    BooleanField: Phrase("是否：true 或 false", "true or false"),
    DateField: Phrase("日期，写作 2023-07-01", "a day, written 2023-07-01"),
    ChoiceField: Phrase("单选", "one option"),
    ElementsField: Phrase("清单，有哪些填哪些", "those that are there"),
    EvidenceField: Phrase("佐证编号", "numbers in the evidence ledger"),
    TextsField: Phrase("若干条文字", "several texts"),
    FiguresField: Phrase("一组数，各写“名称: 数”", "figures by name"),
    ListField: Phrase("台账", "a list of records"),
}


def submission_schema(criteria: Criteria | None) -> Schema:
    """With a table, closed to anything that it does not ask."""
    schema = published(TypeAdapter(Frame), TITLE, "validation")
    if criteria is None:
        return {**with_frame(schema), "additionalProperties": True}
    properties = dict(schema["properties"])
    properties["criteria"] = {**properties["criteria"], "const": criteria.id}
    properties["partial"] = {**properties["partial"], "items": _partial(criteria)}
    properties["self_scores"] = {**properties["self_scores"], **_self_scores(criteria)}
    properties |= {name: _asked(field, criteria) for name, field in criteria.fields.items()}
    made = with_titles({**schema, "properties": properties}, criteria)
    return framed(made, Phrase(*(f"{t}：{c}" for t, c in zip(TITLE, criteria.title, strict=True))))


def _partial(criteria: Criteria) -> Schema:
    fields = criteria.fields.items()
    return words({n: f.title for n, f in fields if isinstance(f, ListField | ElementsField)})


def _self_scores(criteria: Criteria) -> Schema:
    items = {
        item.id: {**bounded(DECIMAL, 0, item.points), "title": titled(item.title)}
        for item in criteria.indicators()
    }
    return {"properties": items, "additionalProperties": False}


def _asked(field: Asked, criteria: Criteria) -> Schema:
    told = {"title": titled(field.title), "description": "\n\n".join(_about(field, criteria))}
    return {**_typed(field, criteria), **told}


def _about(field: Asked, criteria: Criteria) -> Iterator[str]:
    """What is to be answered: the field's own help, its sort, its unit and limits."""
    if field.help:
        yield titled(field.help)
    sort = SORTS.get(type(field), Phrase("文字", "text"))
    if isinstance(field, IntegerField | DecimalField | FiguresField):
        most = "" if field.max is None else plain(field.max)
        unit = field.unit or Phrase("", "")
        zh, en = (f"{plain(field.min)}—{most} {u}".rstrip() for u in unit)
        sort = Phrase(f"{sort.zh}，{zh}", f"{sort.en}, {en}")
    if isinstance(field, DateField) and field.within == "period":
        sort = Phrase(f"{sort.zh}，{IN_PERIOD.zh}", f"{sort.en}, {IN_PERIOD.en}")
    yield titled(sort)
    if isinstance(field, IntegerField) and field.not_above:
        above = criteria.fields.get(field.not_above)
        name = above.title if above else Phrase(field.not_above, field.not_above)
        yield f"不得大于“{name.zh}” · not above “{name.en}”"


def _typed(field: Asked, criteria: Criteria) -> Schema:  # noqa: C901 - one case a type
    match field:
        case IntegerField():
            return bounded(WHOLE, field.min, field.max)
        case DecimalField():
            return bounded(DECIMAL, field.min, field.max)
        case BooleanField():
            return {"type": "boolean"}
        case DateField():
            return {"type": "string", "format": "date", "pattern": whole(DAY)}
        case ChoiceField():
            return words(field.options)
        case ElementsField():
            return _several(words(options_of(field) or {}))
        case EvidenceField():
            return _several({"type": ["string", "number"], "pattern": whole(CODE)})
        case TextsField():
            return {"type": "array", "items": {**TEXT, "maxLength": MAX_TEXT}}
        case FiguresField():
            figure = bounded(DECIMAL, field.min, field.max)
            return {"type": "object", "additionalProperties": figure, "minProperties": 1}
        case ListField():
            inner = {name: _asked(asked, criteria) for name, asked in field.fields.items()}
            record: Schema = {"type": "object", "properties": inner, "additionalProperties": False}
            return {"type": "array", "items": record}
        case TextField(one_line=True):
            return {**TEXT, "maxLength": MAX_NAME, "pattern": r"^[^\n]+$"}
        case _:
            return {**TEXT, "maxLength": MAX_TEXT}


def _several(one: Schema) -> dict[str, Any]:
    """One, or a list in which none stands twice."""
    return {"anyOf": [{"type": "array", "items": one, "uniqueItems": True}, one]}
