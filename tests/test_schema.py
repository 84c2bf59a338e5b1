"""The published schemas: sound files pass, slips do not, and everything is said twice."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from branchscore.criteria.measures import Measure
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import read_criteria
from branchscore.criteria.rules import Rule
from branchscore.criteria.schema import criteria_schema
from branchscore.outputs.results import schema as results_schema
from branchscore.review.schema import decision_schema, review_schema
from branchscore.submission.schema import submission_schema
from branchscore.text.schema import Schema
from branchscore.trial.schema import cases_schema
from campaign import SUBMISSIONS, call, copied
from conftest import ROOT
from test_cases import kinds

TABLE = ROOT / "criteria" / "jingan-2023.yaml"
BAD = ROOT / "tests" / "bad"
TABLES = [p for p in sorted((ROOT / "criteria").rglob("*.yaml")) if ".cases" not in p.name]
CASES = sorted((ROOT / "criteria").rglob("*.cases.yaml"))
INHERITED = [ROOT / "tests" / "inherit" / f"{name}.yaml" for name in ("2022", "2023", "district")]
UNSEEN = {"T020"}
"""Slips that no schema can see: decimals of what an editor takes for a number."""


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema: what an editor makes of scalars."""


CORE = {
    "bool": ("true|True|TRUE|false|False|FALSE", "tTfF"),
    "null": ("~|null|Null|NULL|", ["~", "n", "N", ""]),
    "int": ("[-+]?[0-9]+", "-+0123456789"),
    "float": (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
}
Core.yaml_implicit_resolvers = {}
for tag, (pattern, first) in CORE.items():
    Core.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


def load(path: Path) -> Any:
    def named(node: Any) -> Any:
        if isinstance(node, dict):
            return {str(key): named(value) for key, value in node.items()}
        return [named(value) for value in node] if isinstance(node, list) else node

    return named(yaml.load(path.read_text(encoding="utf-8"), Core))


def faults(schema: Schema, path: Path) -> list[str]:
    errors = jsonschema.Draft202012Validator(schema).iter_errors(load(path))
    return [f"{'.'.join(map(str, e.absolute_path))}: {e.message}" for e in errors]


@cache
def schemas() -> dict[str, Schema]:
    table, small = (read_criteria(path)[0] for path in (TABLE, BAD / "criteria.yaml"))
    return {
        "criteria": criteria_schema(),
        "cases": cases_schema(),
        "results": results_schema(),
        "submission": submission_schema(None),
        "submission to jingan": submission_schema(table),
        "submission to neutral": submission_schema(small),
        "review": review_schema(None),
        "review by jingan": review_schema(table),
        "decision": decision_schema(),
    }


@pytest.mark.parametrize("name", schemas())
def test_it_is_a_schema_of_the_draft_it_names(name: str) -> None:
    schema = schemas()[name]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)
    assert re.search("[\u4e00-\u9fff].* · .*[a-z]", schema["title"])


@pytest.mark.parametrize("path", [*TABLES, *INHERITED], ids=lambda p: p.stem)
def test_tables_pass(path: Path) -> None:
    assert faults(schemas()["criteria"], path) == []


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_cases_pass(path: Path) -> None:
    assert faults(schemas()["cases"], path) == []


@pytest.mark.parametrize("path", sorted((ROOT / SUBMISSIONS).glob("*.yaml")), ids=lambda p: p.stem)
def test_submissions_pass(path: Path) -> None:
    assert faults(schemas()["submission to jingan"], path) == []
    assert faults(schemas()["submission"], path) == []


def test_review_sheets_pass() -> None:
    sheets = sorted((ROOT / "reviews").glob("jingan*.yaml"))
    assert sheets
    for path in sheets:
        assert faults(schemas()["review by jingan"], path) == []
        assert faults(schemas()["review"], path) == []


@pytest.mark.parametrize("path", sorted(BAD.glob("T*.yaml")), ids=lambda p: p.stem)
def test_slips_do_not_pass(path: Path) -> None:
    of_a_branch = "criteria" in load(path)
    found = faults(schemas()["submission to neutral" if of_a_branch else "criteria"], path)
    assert bool(found) == (path.stem.partition("-")[0] not in UNSEEN)


@pytest.mark.parametrize(
    ("mark", "passes"),
    [
        ({"level": "good"}, True),
        ({"level": "goood"}, False),
        ({"points": 2}, False),
        ({"level": "good", "reason": "好"}, True),
        ({"reason": "好"}, False),
    ],
    ids=str,
)
def test_marks_of_a_table(mark: dict, passes: bool) -> None:
    schema = review_schema(read_criteria(BAD / "criteria.yaml")[0])
    sheet = {"criteria": "neutral", "reviewer": "评审组", "marks": {"A1": {"W2": mark}}}
    assert jsonschema.Draft202012Validator(schema).is_valid(sheet) == passes


@pytest.mark.parametrize(
    ("answers", "passes"),
    [
        ({"members": 27}, True),
        ({"members": "27"}, True),
        ({"members": 1001}, False),
        ({"activities": [{"date": "2023-03-01"}]}, False),
        ({"partial": ["activities"], "activities": [{"date": "2023-03-01"}]}, True),
        ({"partial": ["activities"], "activities": [{"day": "2023-03-01"}]}, False),
        ({"systems": "study"}, True),
        ({"systems": ["study", "visit"]}, True),
        ({"systems": ["study", "vist"]}, False),
        ({"self_scores": {"W1": 3}}, True),
        ({"self_scores": {"W9": 3}}, False),
        ({"criteria": "jingan-2023"}, False),
    ],
    ids=str,
)
def test_answers_to_a_table(answers: dict, passes: bool) -> None:
    schema = schemas()["submission to neutral"]
    whole = {"criteria": "neutral", "code": "A1", "branch": "虚构支部", **answers}
    assert jsonschema.Draft202012Validator(schema).is_valid(whole) == passes


def unions(schema: Any) -> Iterator[list[Schema]]:
    if isinstance(schema, dict):
        if "oneOf" in schema:
            yield schema["oneOf"]
        for value in schema.values():
            yield from unions(value)
    if isinstance(schema, list):
        for value in schema:
            yield from unions(value)


def test_each_kind_is_one_closed_branch_with_its_manual() -> None:
    schema = schemas()["criteria"]
    found: set[str] = set()
    for union in unions(schema):
        for branch in union:
            model = schema["$defs"][branch["$ref"].rpartition("/")[2]]
            tag = model["properties"].get("kind") or model["properties"]["type"]
            assert model["additionalProperties"] is False
            assert tag["description"] == model["description"]
            assert "kind" in model["required"] or "type" in model["required"]
            found.add(tag["const"])
    assert kinds(Rule) | kinds(Measure) <= found
    assert {"integer", "list", "choice"} <= found


def described(schema: Any, at: str = "") -> Iterator[tuple[str, str | None]]:
    """Every key with what is said about it."""
    if isinstance(schema, dict):
        for name, inner in schema.get("properties", {}).items():
            if isinstance(inner, dict):
                yield f"{at}.{name}", inner.get("description")
        for key, inner in schema.items():
            yield from described(inner, f"{at}.{key}")
    if isinstance(schema, list):
        for i, inner in enumerate(schema):
            yield from described(inner, f"{at}.{i}")


@pytest.mark.parametrize("name", ["criteria", "cases", "submission", "review", "review by jingan"])
def test_every_key_is_described_in_both_languages(name: str) -> None:
    told = [(at, text) for at, text in described(schemas()[name]) if ".if." not in at]
    told = [(at, text) for at, text in told if "Removed" not in at and ".Special." not in at]
    assert len(told) > 5
    for at, text in told:
        assert text, at
        assert re.search("[\u4e00-\u9fff]", text), at
        assert re.search("[a-z]{2}", text), at


def test_results_pass_what_is_published_of_them(tmp_path: Path) -> None:
    done = call("evaluate", "--only", "json", cwd=copied(tmp_path, ("JA-18", "JA-20")))
    assert done.returncode == 0
    file = tmp_path / "reports" / "jingan-2023" / "latest" / "results.json"
    results = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.validate(results, schemas()["results"], jsonschema.Draft202012Validator)
    del results["branches"][0]["sections"][0]["items"][0]["why"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(results, schemas()["results"], jsonschema.Draft202012Validator)


def test_a_table_that_cannot_be_read_is_answered() -> None:
    done = call("schema", "submission", "-c", "tests/bad/T012.yaml", cwd=ROOT)
    assert (done.returncode, done.stdout) == (1, "")
    assert "T012 unknown-kind" in done.stderr
    assert call("schema", "results", "-c", str(TABLE), cwd=ROOT).returncode == 2


def test_all_of_them_are_printed() -> None:
    for name in ("criteria", "submission", "review", "results", "cases"):
        done = call("schema", name, cwd=ROOT)
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout) == schemas()[name]
    assert set(Criteria.model_fields) <= set(
        schemas()["criteria"]["$defs"]["Criteria"]["properties"]
    )
