"""What changed from one criteria file to another, as values; two equal tables have none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from branchscore.criteria.filter import Column, Other, Where
from branchscore.criteria.indicator import Indicator, Section
from branchscore.criteria.model import Criteria
from branchscore.criteria.terms import in_words
from branchscore.text.phrase import Phrase, Sentence

Group = Literal["header", "fields", "gates", "vetoes", "items", "grades", "selection", "award"]
State = Literal["added", "removed", "changed"]
Keys = tuple[str, ...]
SUBJECTS = frozenset(
    {"fields", "gates", "vetoes", "dimensions", "bonus", "penalties"}
    | {"grades", "selection", "award"}
)
"""What of the file is told by its parts, and not with the header."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs; `at` are the keys that lead to it, None is one that is not
    there. Beside the keys of the file there are `terms`, the rule in words, `section`, where
    an item stands, `kind`, what a section is, and `order`, that of entries."""

    at: Keys
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one part of the table. `id` and `title` are empty for parts that there
    is one of; of a part that was added or removed the changes are what describes it."""

    group: Group
    id: str
    title: Phrase
    state: State
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part as both tables have it: its id and title, what describes it, and all of it."""

    title: Phrase
    told: Mapping[str, Any]
    whole: Any


NOTHING = Phrase("", "")


def differences(before: Criteria, after: Criteria) -> Iterator[Difference]:
    """Every difference, in the order of the file."""
    header = tuple(_header(before, after))
    if header:
        yield Difference("header", "", NOTHING, "changed", header)
    parts: tuple[tuple[Group, Callable[[Criteria], dict[str, _Part]]], ...] = (
        ("fields", _fields),
        ("gates", lambda c: {g.id: _Part(g.title, stated(g), g) for g in c.gates}),
        ("vetoes", lambda c: {v.id: _Part(v.title, stated(v), v) for v in c.vetoes}),
        ("items", _items),
        ("grades", _grades),
        ("selection", lambda c: _single(c.selection)),
        ("award", lambda c: _single(c.award)),
    )
    for group, of in parts:
        yield from _between(group, of(before), of(after))


def _header(before: Criteria, after: Criteria) -> Iterator[Change]:
    for name in Criteria.model_fields:
        if name not in SUBJECTS:
            yield from changed(getattr(before, name), getattr(after, name), (name,))
    for name in ("gates", "vetoes", "dimensions"):
        old, new = (keyed(getattr(table, name)) or {} for table in (before, after))
        yield from _order(old, new, (name,))


def _fields(criteria: Criteria) -> dict[str, _Part]:
    return {n: _Part(f.title, {"type": f.type}, f) for n, f in criteria.fields.items()}


def _single(part: BaseModel | None) -> dict[str, _Part]:
    return {"": _Part(NOTHING, stated(part), part)} if part else {}


def stated(part: BaseModel) -> dict[str, Any]:
    """What a file says of a part beside its id, in the order of the language."""
    names = [name for name in type(part).model_fields if name in part.model_fields_set]
    return {name: getattr(part, name) for name in names if name != "id"}


def _grades(criteria: Criteria) -> dict[str, _Part]:
    if criteria.grades is None:
        return {}
    bands = criteria.grades.bands
    parts = {b.id: _Part(b.title, {"at_least": b.at_least}, b) for b in bands}
    rest = {"otherwise": criteria.grades.otherwise}
    return {**parts, "": _Part(NOTHING, rest, rest)}


def _items(criteria: Criteria) -> dict[str, _Part]:
    """Sections and items by id; a section is told without its items."""
    parts: dict[str, _Part] = {}
    for section in criteria.sections():
        kind = _kind(criteria, section)
        named = {indicator.id: indicator for indicator in section.indicators}
        own = {name: getattr(section, name) for name in ("title", "points", "caps")}
        own |= {"kind": kind, "order": named}
        parts[section.id] = _Part(section.title, {"kind": kind, "points": section.points}, own)
        for indicator in section.indicators:
            terms = in_words(indicator, criteria.fields, section is criteria.penalties)
            told = {"section": section.title, "points": indicator.points, "terms": terms}
            parts[indicator.id] = _Part(
                indicator.title, told, {"section": section, "terms": terms, "item": indicator}
            )
    return parts


def _kind(criteria: Criteria, section: Section) -> str:
    if section is criteria.penalties:
        return "penalties"
    return "bonus" if section is criteria.bonus else "dimension"


def _between(
    group: Group, before: Mapping[str, _Part], after: Mapping[str, _Part]
) -> Iterator[Difference]:
    for name, new in after.items():
        old = before.get(name)
        if old is None:
            changes = tuple(Change((key,), None, value) for key, value in new.told.items())
            yield Difference(group, name, new.title, "added", changes)
        elif changes := tuple(_within(old.whole, new.whole)):
            yield Difference(group, name, new.title, "changed", changes)
    for name, old in before.items():
        if name not in after:
            changes = tuple(Change((key,), value, None) for key, value in old.told.items())
            yield Difference(group, name, old.title, "removed", changes)


def _within(old: Any, new: Any) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict) and "item" in old and "item" in new:
        yield from _indicator(old, new)
    elif isinstance(old, dict) and isinstance(new, dict) and "order" in old and "order" in new:
        for name in ("kind", "title", "points", "caps"):
            yield from changed(old[name], new[name], (name,))
        yield from _order(old["order"], new["order"], ())
    else:
        yield from changed(old, new, ())


def _indicator(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Where it stands, its rule in words, and what differs beside: of rules only what their
    words do not say."""
    if old["section"].id != new["section"].id:
        yield Change(("section",), old["section"].title, new["section"].title)
    terms: tuple[Sentence, Sentence] = (old["terms"], new["terms"])
    reworded = terms[0].both() != terms[1].both()
    items: tuple[Indicator, Indicator] = (old["item"], new["item"])
    for change in changed(*items, ()):
        if not (reworded and "rule" in change.at):
            yield change
    if reworded:
        yield Change(("terms",), *terms)


def changed(before: Any, after: Any, at: Keys) -> Iterator[Change]:
    """The innermost values that differ. What is of another kind is told as a whole, but for
    a field, which keeps its other keys."""
    if before == after:
        return
    old, new = keyed(before), keyed(after)
    if () in (before, after):
        old, new = old if new is None else old or {}, new if old is None else new or {}
    if old is None or new is None or (at and type(before) is not type(after)):
        yield Change(at, before, after)
        return
    for name in (*old, *(name for name in new if name not in old)):
        yield from changed(old.get(name), new.get(name), (*at, name))
    if not isinstance(before, Mapping):
        yield from _order(old, new, at)


def _order(old: Mapping[str, Any], new: Mapping[str, Any], at: Keys) -> Iterator[Change]:
    """The order of entries that both have, where it differs."""
    orders = (tuple(n for n in old if n in new), tuple(n for n in new if n in old))
    if orders[0] != orders[1]:
        yield Change((*at, "order"), *orders)


def keyed(node: Any) -> Mapping[str, Any] | None:
    """A value that has parts, by their names; entries of a list by id, title or number."""
    match node:
        case Phrase():
            return None
        case BaseModel():
            return {name: getattr(node, name) for name in type(node).model_fields}
        case Where():
            return _filter(node)
        case Mapping():
            return {str(key): value for key, value in node.items()}
        case tuple() if node and all(isinstance(entry, BaseModel | Where) for entry in node):
            return dict(zip(_names(node), node, strict=True))
        case _:
            return None


def _names(entries: Sequence[Any]) -> list[str]:
    for name in ("id", "title"):
        names = [getattr(entry, name, "") for entry in entries]
        texts = [name.zh if isinstance(name, Phrase) else str(name) for name in names]
        if all(texts) and len(set(texts)) == len(texts):
            return texts
    return [str(number) for number, _ in enumerate(entries, 1)]


def _filter(where: Where) -> dict[str, Any]:
    made: dict[str, Any] = {name: frozenset(words) for name, words in where.words.items()}
    for name, comparison, limit in where.limits:
        shown = f"{{field: {limit.field}}}" if isinstance(limit, Other) else limit
        made[f"{name}.{comparison}"] = str(limit) if isinstance(limit, Column) else shown
    if where.anyof:
        made["any"] = where.anyof
    if where.never:
        made["not"] = where.never
    return made
