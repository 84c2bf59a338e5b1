"""Chinese names beside ids: what a submission may write as its keys, and which of them clash."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import Asked, ListField, options_of

if TYPE_CHECKING:
    from branchscore.criteria.model import Criteria

FRAME_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "criteria": "评分表",
        "code": "支部代码",
        "branch": "支部名称",
        "fictional": "虚构样例",
        "partial": "未填全",
        "evidence": "佐证",
        "self_scores": "自评分",
        "note": "说明",
    }
)
"""The keys that every submission has, by their ids."""
At = tuple[str | int, ...]


def clashes(criteria: "Criteria") -> Iterator[Complaint]:
    """Titles that do not tell which of two things beside each other is meant."""
    yield from _fields(criteria.fields, FRAME_TITLES, ("fields",))
    for name, field in criteria.fields.items():
        at = ("fields", name)
        yield from _options(field, at)
        if isinstance(field, ListField):
            yield from _fields(field.fields, {}, (*at, "fields"))
            for inner, asked in field.fields.items():
                yield from _options(asked, (*at, "fields", inner))


def _fields(fields: Mapping[str, Asked], taken: Mapping[str, str], at: At) -> Iterator[Complaint]:
    titles = {**taken, **{name: field.title.zh for name, field in fields.items()}}
    for name, other in _clashing(titles):
        if name in fields:
            values = {"title": titles[name], "name": name, "other": other}
            yield Complaint("C027", (*at, name, "title"), values)


def _options(field: Asked, at: At) -> Iterator[Complaint]:
    titles = {name: title.zh for name, title in (options_of(field) or {}).items()}
    key = "elements" if field.__class__.__name__ == "ElementsField" else "options"
    for name, other in _clashing(titles):
        values = {"title": titles[name], "name": name, "other": other}
        yield Complaint("C027", (*at, key, name), values)


def _clashing(titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each id whose title an earlier one has, or is the id of another; and that other one."""
    first: dict[str, str] = {}
    for name, title in titles.items():
        other = title if title in titles and title != name else first.setdefault(title, name)
        if other != name:
            yield name, other
