"""The manual of the criteria language, read off its own types: kinds, fields, parts, keys."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from branchscore.criteria.fields import Asked
from branchscore.criteria.filter import Where
from branchscore.criteria.measures.base import MeasureBase
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules.base import RuleBase
from branchscore.text.docs import Doc, doc, told_of
from branchscore.text.phrase import Phrase

SORTS: Mapping[type, Phrase] = {
    RuleBase: Phrase("计分办法 rule: kind", "a kind of rule"),
    MeasureBase: Phrase("考核内容 measure: kind", "a kind of measure"),
    Asked: Phrase("填报内容 fields: type", "a type of field"),
    object: Phrase("评分表的内容", "a part of a criteria file"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """A key that may be written, whether it must, and the words that it takes if not any."""

    name: str
    text: Phrase
    needed: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the manual says under one word."""

    word: str
    sort: Phrase
    doc: Doc
    keys: tuple[Key, ...]


@cache
def pages() -> Mapping[str, tuple[Page, ...]]:
    """By the words that lead to them: a kind or type, a part's name, a key that holds it."""
    found: dict[str, dict[Page, None]] = {}
    for model, key in _models("", Criteria, set()):
        page = page_of(model)
        for word in (page.word, key if _tag(model) is None else ""):
            if word:
                found.setdefault(word, {})[page] = None
    where = Page("where", SORTS[object], doc(Where.__doc__), ())
    found["where"] = {where: None}
    return {word: tuple(several) for word, several in found.items()}


def sorts() -> Iterator[tuple[Phrase, list[Page]]]:
    """All pages, each once, by what they are of."""
    every = list(dict.fromkeys(page for several in pages().values() for page in several))
    for sort in SORTS.values():
        yield sort, [page for page in every if page.sort == sort]


def uses(name: str) -> Mapping[Phrase, list[str]]:
    """What a key means, and where it means that."""
    found: dict[Phrase, list[str]] = {}
    for _, several in sorts():
        for page in several:
            for key in page.keys:
                if key.name == name and key.text != page.doc.text:
                    found.setdefault(key.text, []).append(page.word)
    return found


def names() -> frozenset[str]:
    """All words that the manual knows."""
    keys = {key.name for several in pages().values() for page in several for key in page.keys}
    return frozenset(keys | set(pages()))


def page_of(model: type[BaseModel]) -> Page:
    manual, tag = doc(model.__doc__), _tag(model)
    sort = next(said for base, said in SORTS.items() if issubclass(model, base))
    keys = [_key(model, name, manual) for name in model.model_fields]
    keys.sort(key=lambda key: (key.name not in ("kind", "type"), not key.needed))
    return Page(tag or _snake(model.__name__), sort, manual, tuple(keys))


def _key(model: type[BaseModel], name: str, manual: Doc) -> Key:
    field = model.model_fields[name]
    words = tuple(_words(field.annotation))
    tells = name in ("kind", "type") and len(words) == 1
    text = manual.first if tells else doc(told_of(model).get(name)).text
    return Key(name, text, field.is_required(), words)


def _words(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif annotation is bool:
        yield from ("true", "false")
    elif type(None) in get_args(annotation):
        for argument in get_args(annotation):
            yield from _words(argument)


def _tag(model: type[BaseModel]) -> str | None:
    """The word by which it is told apart from the others of its union."""
    for name in ("kind", "type"):
        if name in model.model_fields:
            return "".join(_words(model.model_fields[name].annotation))
    return None


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _models(
    key: str, annotation: Any, seen: set[tuple[type, str]]
) -> Iterator[tuple[type[BaseModel], str]]:
    """Every model of the language with each key that leads to it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if (annotation, key) in seen:
            return
        seen.add((annotation, key))
        yield annotation, key
        for name, field in annotation.model_fields.items():
            yield from _models(name, field.annotation, seen)
    for argument in get_args(annotation):
        yield from _models(key, argument, seen)
