"""Criteria files that extend others, and values that have a history."""

import json
import shutil
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from branchscore import evaluate
from branchscore.criteria.inherit import MOST_LEVELS, NAMED, NAMING, resolve
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import read_criteria
from branchscore.evaluation import Evaluation
from branchscore.run import write_run
from branchscore.scoring.scorecard import Scorer
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.numbers import plain
from branchscore.text.source import read
from conftest import ROOT
from strategies import judgements, submissions

INHERIT = ROOT / "tests" / "inherit"
JINGAN = ROOT / "criteria" / "jingan-2023.yaml"
TABLE, _ = read_criteria(JINGAN)
SUBMISSION = """criteria: city-2022
code: A1
branch: 虚构支部
members: 10
meetings: 5
hours: 40
volunteers: 6
articles: []
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The example files, to be changed."""
    for file in INHERIT.glob("*.yaml"):
        shutil.copy(file, tmp_path)
    (tmp_path / "A1.yaml").write_text(SUBMISSION, encoding="utf-8")
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def faults(path: Path) -> list[Diagnostic]:
    with pytest.raises(Faulty) as faulty:
        read_criteria(path)
    return faulty.value.diagnostics


def points(evaluation: Evaluation) -> dict[str, str]:
    assert not evaluation.diagnostics
    (standing,) = evaluation.standings
    scores = standing.card.sections
    lines = {x.indicator.id: plain(x.verdict.low) for score in scores for x in score.lines}
    return {**lines, "total": plain(standing.card.low), "grade": standing.grade.zh}


# What holds in which year


def test_each_year_is_scored_under_its_own_values(files: Path) -> None:
    # 2022: five of four meetings, 40 of 40 hours. 2023: one of six meetings short, 5 × 40/56.
    assert points(evaluate(files / "2022.yaml", files / "A1.yaml")) == {
        "W1": "5", "W2": "5", "S1": "3", "S2": "0", "total": "13", "grade": "良好",
    }  # fmt: skip
    this_year = evaluate(files / "2023.yaml", files / "A1.yaml", also_for=["city-2022"])
    assert points(this_year) == {
        "W1": "5", "W2": "3.57", "S1": "3", "S2": "0", "total": "11.57", "grade": "一般",
    }  # fmt: skip


def test_later_values_change_nothing_of_earlier_years(files: Path) -> None:
    before = {year: read_criteria(files / f"{year}.yaml")[0] for year in (2022, 2023)}
    scored = points(evaluate(files / "2022.yaml", files / "A1.yaml"))
    change(
        files / "base.yaml", "since 2023-01-01: 56}", "since 2023-01-01: 56, since 2024-01-01: 60}"
    )
    change(
        files / "base.yaml", "zero_at: 0,", "zero_at: {since 2022-01-01: 0, since 2023-06-01: 8},"
    )
    title = "{zh: 书记培训, en: Training of the secretary}"
    dated = f"{{since 2024-01-01: 书记学习, since 2000-01-01: {title}}}"
    change(files / "base.yaml", f"title: {title}", f"title: {dated}")
    assert {year: read_criteria(files / f"{year}.yaml")[0] for year in (2022, 2023)} == before
    assert points(evaluate(files / "2022.yaml", files / "A1.yaml")) == scored
    change(files / "2023.yaml", "2023-01-01, last: 2023-12-31", "2024-01-01, last: 2024-12-31")
    next_year = read_criteria(files / "2023.yaml")[0]
    (item,) = [i for i in next_year.indicators() if i.id == "W2"]
    assert (item.title.zh, item.rule.zero_at, item.rule.full_at) == ("书记学习", 8, 60)


@pytest.mark.parametrize(("first", "points"), [("2022-12-31", 5), ("2023-01-01", 6)])
def test_the_first_day_of_the_period_decides(files: Path, first: str, points: int) -> None:
    change(
        files / "2022.yaml",
        "first: 2022-01-01, last: 2022-12-31",
        f"first: {first}, last: 2023-12-31",
    )
    assert next(read_criteria(files / "2022.yaml")[0].indicators()).points == points


def test_a_file_may_have_a_history_without_extending_another(tmp_path: Path) -> None:
    text = JINGAN.read_text(encoding="utf-8")
    dated = text.replace("  quota: 8", "  quota: {since 2022-01-01: 9, since 2023-01-01: 8}")
    (tmp_path / "a.yaml").write_text(dated, encoding="utf-8")
    assert dated != text
    assert read_criteria(tmp_path / "a.yaml")[0] == TABLE


# What is merged


def test_a_district_changes_what_it_names_and_nothing_else(files: Path) -> None:
    city, district = (read_criteria(files / f"{n}.yaml")[0] for n in ("2023", "district"))
    assert [i.id for i in district.indicators()] == ["W1", "S1", "S2", "S3"]
    assert set(city.fields) - set(district.fields) == {"hours"}
    assert district.dimensions[0].indicators[0] == city.dimensions[0].indicators[0]
    volunteering = district.dimensions[1].indicators[0]
    assert (volunteering.title.zh, volunteering.points, volunteering.rule.each) == (
        "志愿服务",
        6,
        1,
    )
    assert [b.at_least for b in district.grades.bands] == [15, 12]
    assert district.period == city.period


@pytest.mark.parametrize(
    ("there", "here", "merged"),
    [
        ("rule: {kind: per_unit, each: 1}", "rule: {each: 2}", {"kind": "per_unit", "each": "2"}),
        ("rule: {kind: x, each: 1}", "rule: {kind: y, step: 1}", {"kind": "y", "step": "1"}),
        ("title: {zh: 甲, en: A}", "title: {zh: 乙}", {"zh": "乙"}),
        ("title: {zh: 甲, en: A}", "title: {en: B}", {"zh": "甲", "en": "B"}),
        ("where: {kind: a, level: b}", "where: {level: c}", {"level": "c"}),
        ("fields: {kind: x, b: y}", "fields: {kind: z}", {"kind": "z", "b": "y"}),
        ("options: {remove: 移, b: 乙}", "options: {remove: 除}", {"remove": "除", "b": "乙"}),
        ("options: {a: 甲, b: 乙}", "options: {a: {remove: true}}", {"b": "乙"}),
        ("ties: [a, b]", "ties: [c]", ["c"]),
        ("ties: [a, b]", "ties: {remove: true}", None),
        ("caps: [{title: 甲, points: 1}]", "caps: [{title: 乙}]", [{"title": "乙"}]),
        ("gates: [{id: A, x: 1}, {id: B, x: 2}]", "gates: [{id: C}, {id: B, y: 3}]",
         [{"id": "A", "x": "1"}, {"id": "B", "x": "2", "y": "3"}, {"id": "C"}]),
        ("gates: [{id: A}, {id: B}]", "gates: [{id: A, remove: true}]", [{"id": "B"}]),
        ("quota: 3", "quota: {since 2022-01-01: 1, since 2023-01-01: 2}", "2"),
        ("quota: {since 2022-01-01: 1}", "quota: {since 2023-01-01: 2}", "2"),
        ("quota: {since 2022-01-01: 1}", "quota: 4", "4"),
        ("quota: 3", "quota:", None),
    ],
)  # fmt: skip
def test_merging(there: str, here: str, merged: Any, tmp_path: Path) -> None:
    base, child = tmp_path / "base.yaml", tmp_path / "child.yaml"
    base.write_text(f"period: {{first: 2023-01-01}}\n{there}\n", encoding="utf-8")
    child.write_text(f"extends: base.yaml\n{here}\n", encoding="utf-8")
    document = resolve(read(child), read)
    key = there.partition(":")[0]
    assert document.root.get(key) == merged
    assert next(iter(document.root)) == "period"
    assert len(document.root.marks) == 2 * len(document.root)


@given(submissions(TABLE), judgements(TABLE))
@settings(deadline=None, max_examples=50)
def test_a_file_that_only_extends_scores_the_same(submission: Any, judged: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(JINGAN, folder)
        child = Path(folder) / "child.yaml"
        child.write_text(f"extends: {JINGAN.name}\n", encoding="utf-8")
        table, document = read_criteria(child)
    assert [Path(parent.path).name for parent in document.parents] == [JINGAN.name]
    assert Scorer(table).score(submission, judged) == Scorer(TABLE).score(submission, judged)


def some(node: Any, name: str, draw: st.DrawFn) -> Any:
    """Any part of a tree that says again what the whole says."""
    if isinstance(node, dict) and not (name not in NAMED and set(NAMING) & set(node)):
        kept = [key for key in node if key in ("id", "zh") or draw(st.booleans())]
        return node if name == "where" else {k: some(node[k], k, draw) for k in kept}
    if isinstance(node, list) and any(isinstance(entry, dict) and "id" in entry for entry in node):
        return [some(entry, "", draw) for entry in node if draw(st.booleans())]
    return node


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_saying_again_what_is_extended_changes_nothing(data: st.DataObject) -> None:
    whole = yaml.load(JINGAN.read_text(encoding="utf-8"), yaml.CBaseLoader)
    again = data.draw(st.composite(lambda draw: some(whole, "", draw))())
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(JINGAN, folder)
        child = Path(folder) / "child.yaml"
        text = yaml.dump({"extends": JINGAN.name, **again}, allow_unicode=True)
        child.write_text(text, encoding="utf-8")
        assert read_criteria(child)[0] == TABLE


def named_mappings(annotation: Any, seen: set[Any]) -> set[str]:
    """The keys of the language whose values have keys that authors choose."""
    found: set[str] = set()
    if (
        isinstance(annotation, type)
        and issubclass(annotation, BaseModel)
        and annotation not in seen
    ):
        seen.add(annotation)
        for name, field in annotation.model_fields.items():
            parts = (field.annotation, *get_args(field.annotation))
            if any(get_origin(part) is Mapping for part in parts):
                found.add(name)
            found |= named_mappings(field.annotation, seen)
    for argument in get_args(annotation):
        found |= named_mappings(argument, seen)
    return found


def test_keys_that_authors_choose_say_nothing_about_a_mapping() -> None:
    assert named_mappings(Criteria, set()) == NAMED


# Where faults are told


def at(path: Path, text: str) -> str:
    """FILE:LINE of the only line with this text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    (number,) = [i for i, line in enumerate(lines, 1) if text in line]
    return f"{path.name}:{number}"


def told(path: Path) -> list[tuple[str, str]]:
    found = faults(path)
    for fault in found:
        line = Path(fault.span.path).read_text(encoding="utf-8").splitlines()[fault.span.line - 1]
        assert fault.excerpt == line
    return [(fault.code, f"{Path(fault.span.path).name}:{fault.span.line}") for fault in found]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("required: {since 2022-01-01: 4, since 2023-01-01: 6}", "required: many", "T004"),
        ("          each: 1\n", "          each: 7\n", "C008"),
        ("field: meetings}", "field: meeting}", "C001"),
        ("not_above: members", "not_over: members", "T001"),
        ("points: 5\n        measure: {kind: value, field: volunteers}",
         "points: 4\n        measure: {kind: value, field: volunteers}", "C002"),
    ],
)  # fmt: skip
def test_a_fault_of_the_extended_file_is_told_there(files, old, new, code) -> None:
    change(files / "base.yaml", old, new)
    # Of the last: the sum is wrong where it stands, which is in the base.
    where = at(files / "base.yaml", "points: 9" if code == "C002" else new.strip())
    assert told(files / "2023.yaml") == [(code, where)]
    change(files / "2023.yaml", "batch:", "dimensions: [{id: service, title: 作用}]\nbatch:")
    assert told(files / "2023.yaml") == [(code, where)]


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("rule: {each: 1}\n", "rule: {each: x}\n", "T004", "{each: x}"),
        ("rule: {each: 1}\n", "rule: {per: 2}\n", "C015", "rule: {per: 2}"),
        ("    points: 6\n    ind", "    ind", "C002", "- id: work"),
        ("      - {id: W2, remove: true}", "      - {id: W1, point: 6}", "T001", "point: 6"),
        ("where: {level: city}", "where: {level: town}", "C001", "level: town"),
        ("  hours: {", "  members: {remove: true}\n  hours: {", "C001", "members: {remove"),
        ("at_least: 15", "at_least: 11", "C004", "at_least: 11"),
        ("extends: 2023.yaml", "extends: 2022.yaml\nvetoes: [{id: G1}]", "T002", "{id: G1}"),
    ],
)
def test_a_fault_of_the_extending_file_is_told_there(files, old, new, code, where) -> None:
    change(files / "district.yaml", old, new)
    places = told(files / "district.yaml")
    assert (code, at(files / "district.yaml", where)) in places
    assert {place.partition(":")[0] for _, place in places} == {"district.yaml"}


def test_a_fault_in_between_is_told_in_between(files: Path) -> None:
    change(files / "2023.yaml", "batch:", "fields: {hours: {remove: true}}\nbatch:")
    (files / "last.yaml").write_text("extends: 2023.yaml\nid: last\n", encoding="utf-8")
    assert told(files / "last.yaml") == [("C001", at(files / "2023.yaml", "hours: {remove"))]


# Which files may be extended


def test_a_link_is_refused_wherever_it_is_on_the_way(files: Path) -> None:
    (files / "real").mkdir()
    shutil.copy(files / "base.yaml", files / "real" / "base.yaml")
    (files / "linked").symlink_to(files / "real", target_is_directory=True)
    (files / "link.yaml").symlink_to(files / "base.yaml")
    for name in ("linked/base.yaml", "link.yaml"):
        (files / "child.yaml").write_text(f"extends: {name}\n", encoding="utf-8")
        (fault,) = faults(files / "child.yaml")
        assert (fault.code, fault.values["why"].en) == ("C020", "there is a link on the way to it")
    for name in ("real/base.yaml", f"../{files.name}/real/base.yaml", "./base.yaml"):
        text = (files / "2022.yaml").read_text(encoding="utf-8")
        (files / "child.yaml").write_text(text.replace("base.yaml", name), encoding="utf-8")
        assert read_criteria(files / "child.yaml")[0].id == "city-2022"


@pytest.mark.parametrize(
    "name",
    ["/base.yaml", "../../base.yaml", "a/../../base.yaml", "..\\base.yaml", "C:base.yaml",
     "base", "''", "../base.txt", "x" * 300 + ".yaml"],
)  # fmt: skip
def test_what_lies_elsewhere_is_refused(files: Path, name: str) -> None:
    (files / "child.yaml").write_text(f"extends: {name}\n", encoding="utf-8")
    assert [fault.code for fault in faults(files / "child.yaml")] == ["C020"]


def test_circles_and_long_chains_end(files: Path) -> None:
    change(files / "base.yaml", "format:", "extends: district.yaml\nformat:")
    assert [fault.code for fault in faults(files / "2022.yaml")] == ["C021"]
    for i in range(MOST_LEVELS + 1):
        (files / f"c{i}.yaml").write_text(f"extends: c{i + 1}.yaml\n", encoding="utf-8")
    (files / f"c{MOST_LEVELS}.yaml").write_text(
        JINGAN.read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert read_criteria(files / "c0.yaml")[0] == TABLE
    (files / "c.yaml").write_text("extends: c0.yaml\n", encoding="utf-8")
    assert [fault.code for fault in faults(files / "c.yaml")] == ["C020"]


# What a run says it was made from


def test_a_run_names_every_file_that_it_rests_on(files: Path) -> None:
    (files / "A1.yaml").write_text(
        SUBMISSION.replace("city-2022", "district-2023").replace("hours: 40\n", ""), "utf-8"
    )
    evaluation = evaluate(files / "district.yaml", files / "A1.yaml")
    place = write_run(evaluation, files / "out", "zh", frozenset({"json"}))
    inputs = {
        (Path(entry["file"]).name, entry["status"]): entry["sha256"]
        for entry in json.loads((place / "manifest.json").read_text("utf-8"))["inputs"]
    }
    statuses = {"district.yaml": "criteria", "2023.yaml": "extended", "base.yaml": "extended"}
    statuses["A1.yaml"] = "scored"
    assert inputs == {
        (name, status): sha256((files / name).read_bytes()).hexdigest()
        for name, status in statuses.items()
    }
