"""The manual is read off the docstrings of the models: each says what it is in Chinese and in
English, and every example in it is one."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter

from branchscore.criteria.filter import Where, where_of
from branchscore.criteria.measures import Measure
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules import Rule
from branchscore.outputs import results
from branchscore.review.sheet import SheetFile
from branchscore.submission.form import Frame, Proof
from branchscore.text.docs import Doc, doc, reflowed, told_of
from branchscore.text.source import parse
from branchscore.trial.model import CaseFile


def models(annotation: Any, seen: set[type]) -> Iterator[type[BaseModel]]:
    """Every model in a type, each once."""
    model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    if model and annotation not in seen:
        seen.add(annotation)
        yield annotation
        for field in annotation.model_fields.values():
            yield from models(field.annotation, seen)
    for argument in get_args(annotation):
        yield from models(argument, seen)


def language() -> list[type[BaseModel]]:
    seen: set[type] = set()
    return [m for root in (Criteria, SheetFile, CaseFile) for m in models(root, seen)]


KINDS = [m for union in (Measure, Rule) for m in get_args(get_args(union)[0])]
EXAMPLES = [
    pytest.param(model, example, id=f"{model.__name__}-{i}")
    for model in language()
    for i, example in enumerate(doc(model.__doc__).examples)
]


@pytest.mark.parametrize("model", language(), ids=lambda m: m.__name__)
def test_every_key_says_what_it_is_in_both_languages(model: type[BaseModel]) -> None:
    assert all(doc(model.__doc__).text)
    said = told_of(model)
    for name in model.model_fields:
        if name not in ("kind", "type"):
            assert " · " in said[name], f"{model.__name__}.{name}"
            assert all(doc(said[name]).text)


@pytest.mark.parametrize("model", KINDS, ids=lambda m: m.__name__)
def test_every_kind_has_a_paragraph_in_each_language_and_an_example(model) -> None:
    told = doc(model.__doc__)
    assert told.long
    assert told.text.en[-1] in ".)"
    assert told.examples


RESULTS = [
    kind
    for kind in vars(results).values()
    if isinstance(kind, type) and kind.__module__ == results.__name__
]


@pytest.mark.parametrize("kind", [*RESULTS, Frame, Proof], ids=lambda k: k.__name__)
def test_every_class_of_results_and_submissions_says_what_it_is(kind: type) -> None:
    assert all(doc(kind.__doc__).text)


@pytest.mark.parametrize(("model", "example"), EXAMPLES)
def test_every_example_is_one(model: type[BaseModel], example: str) -> None:
    read = parse(example.encode(), "example").root
    made = TypeAdapter(model).validate_python(read)
    assert set(read) == made.model_fields_set


def test_the_examples_of_where_are_some() -> None:
    examples = doc(Where.__doc__).examples
    assert examples
    for example in examples:
        assert list(where_of(parse(example.encode(), "example").root).fields())


@pytest.mark.parametrize(
    ("docstring", "text"),
    [
        ("一行 · one line", ("一行", "one line")),
        ("第一\n    行。\n\n    One\n    line.", ("第一行。", "One line.")),
        ("应有 `a`\n  和 `b`，\n  共\n  2 次。\n\n  Two\n  of `b`.", None),
    ],
)
def test_lines_are_joined_as_they_are_read(docstring: str, text: tuple[str, str] | None) -> None:
    assert doc(docstring).text == (text or ("应有 `a` 和 `b`，共 2 次。", "Two of `b`."))


@pytest.mark.parametrize(
    "bad", ["只有中文", "only English", "one · two", "一 · 二", "一。\n\n二。", ""]
)
def test_a_docstring_in_one_language_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="not Chinese and then English"):
        doc(bad)


def test_the_first_clause_ends_outside_of_code() -> None:
    assert doc("写 `a: 1`，再写。完\n\nWrite `a: 1` in v1.2: done.").first == (
        "写 `a: 1`，再写",
        "Write `a: 1` in v1.2",
    )
    assert reflowed("a\nb") == "a b"
    assert Doc(doc("一 · one").text).both() == "一 · one"
