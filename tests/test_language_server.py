"""Completion, hover and faults in an editor: the printed schemas in the real YAML server."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from branchscore.criteria.measures import Measure
from branchscore.criteria.rules import Rule
from campaign import SUBMISSIONS, call, copied
from conftest import ROOT
from language_server import Editor, editor
from test_cases import kinds

BASE = (ROOT / "tests" / "bad" / "criteria.yaml").read_text(encoding="utf-8")
RULE = "rule: {kind: shortfall, each: 0.5}"
MEASURE = "measure: {kind: periods, list: activities, where: {kind: study}, every: month}"
MODELINE = "# yaml-language-server: $schema=criteria.schema.json\n"
BRANCH = "# yaml-language-server: $schema=submission.schema.json\n"


GUIDE = (ROOT / "docs" / "editor.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE))


@pytest.fixture(scope="module")
def open_editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    folder = tmp_path_factory.mktemp("editor")
    table = ("-c", "tests/bad/criteria.yaml")
    for name, options in (("criteria", ()), ("submission", table), ("review", table)):
        done = call("schema", name, *options, cwd=ROOT)
        (folder / f"{name}.schema.json").write_text(done.stdout, encoding="utf-8")
    with editor(folder) as one:
        yield one


def criteria(old: str, new: str) -> str:
    """A criteria file with a modeline and one change, in which the cursor stands."""
    assert BASE.count(old) == 1
    return MODELINE + BASE.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "union"),
    [
        (RULE, "rule: {kind: ‸}", Rule),
        (RULE, "rule:\n          kind: ‸", Rule),
        (MEASURE, "measure: {kind: ‸}", Measure),
        (MEASURE, "measure:\n          kind: ‸", Measure),
    ],
    ids=["rule", "rule in a block", "measure", "measure in a block"],
)
def test_all_kinds_are_offered_with_their_manual(open_editor, old, new, union) -> None:
    offered = open_editor.completions("kinds.yaml", criteria(old, new))
    assert set(offered) == kinds(union)
    for kind, manual in offered.items():
        assert re.search("[\u4e00-\u9fff].*\n\n[A-Z`].*\n\n例 Example: `", manual, re.DOTALL), kind


def test_keys_of_the_chosen_kind_are_offered(open_editor) -> None:
    text = criteria(RULE, "rule:\n          kind: shortfall\n          ‸")
    offered = open_editor.completions("keys.yaml", text)
    assert {"each", "required", "per", "steps", "at_most"} <= set(offered)
    assert not {"allowed", "zero_at", "bands", "segments"} & set(offered)
    assert offered["required"] == "应有多少 · how much is required"


def test_types_of_fields_are_offered(open_editor) -> None:
    offered = open_editor.completions("types.yaml", criteria("type: boolean", "type: ‸"))
    every = "text texts integer decimal figures boolean date choice elements evidence list"
    assert set(offered) == set(every.split())


@pytest.mark.parametrize(
    ("old", "new", "zh", "en"),
    [
        (RULE, "rule: {kind: short‸fall, each: 0.5}", "少一次扣几分", "The item's points less"),
        (RULE, "ru‸le: {kind: shortfall, each: 0.5}", "少一次扣几分", "The item's points less"),
        (RULE, "rule: {kind: shortfall, ea‸ch: 0.5}", "每个单位多少分", "the points for each unit"),
        (MEASURE, MEASURE.replace("every", "ev‸ery"), "每月、每季", "month, quarter"),
        ("rounding:", "round‸ing:", "四舍六入五成双", "Where and how to round"),
    ],
    ids=["kind", "rule", "key", "key of a measure", "part"],
)
def test_hover_shows_the_manual(open_editor, old, new, zh, en) -> None:
    shown = open_editor.hover("hover.yaml", criteria(old, new))
    assert zh in shown
    assert en in shown


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            RULE,
            "rule: {kind: shortfall, each: 0.5, requird: 4}",
            "Property requird is not allowed.",
        ),
        ("  points: 10", "  points: 10\n    poinst: 3", "Property poinst is not allowed."),
        (RULE, "rule: {kind: shortfal, each: 0.5}", 'Value must be "shortfall"'),
        (RULE, "rule: {kind: shortfall}", 'Missing property "each".'),
        ("year: 2023", "yaer: 2023", "Property yaer is not allowed."),
    ],
    ids=["key of a rule", "key of a section", "kind", "missing key", "key at the top"],
)
def test_a_slip_is_pointed_at(open_editor, old, new, message) -> None:
    text = criteria(old, new)
    faults = open_editor.faults_of("slip.yaml", text)
    assert any(told.startswith(message) for _, told in faults), faults
    changed = {i for i, line in enumerate(text.splitlines(), 1) if line not in BASE.splitlines()}
    named = {line for line, told in faults if told.startswith(message)}
    assert named <= changed


SOUND = [
    path
    for folder in ("criteria", "criteria/examples", "criteria/library")
    for path in sorted((ROOT / folder).glob("*.yaml"))
    if not path.name.endswith(".cases.yaml")
]


@pytest.mark.parametrize(
    "path", [*SOUND[:3], ROOT / "tests/inherit/district.yaml"], ids=lambda p: p.stem
)
def test_nothing_is_wrong_with_a_sound_table(open_editor, path: Path) -> None:
    text = MODELINE + path.read_text(encoding="utf-8")
    assert open_editor.faults_of("sound.yaml", text) == []


def test_a_value_with_a_history_and_what_is_taken_out_are_no_slips(open_editor) -> None:
    history = criteria("  points: 10", "  points: {since 2022-01-01: 8, since 2023-01-01: 10}")
    assert open_editor.faults_of("history.yaml", history) == []
    changes = "extends: x.yaml\nid: y\ndimensions:\n  - {id: work, remove: true}\n"
    assert open_editor.faults_of("changes.yaml", MODELINE + changes) == []
    slip = MODELINE + changes.replace("remove", "remov")
    assert {line for line, _ in open_editor.faults_of("slip.yaml", slip)} == {5}


def test_a_workspace_set_up_by_the_guide(tmp_path: Path) -> None:
    copied(tmp_path)
    for command in BLOCKS["sh"].splitlines():
        arguments, name = command.removeprefix("branchscore ").split(" > ")
        done = call(*arguments.split(), cwd=tmp_path)
        assert done.returncode == 0, command
        (tmp_path / name).write_text(done.stdout, encoding="utf-8")
    text = criteria(RULE, "rule: {kind: ‸}").removeprefix(MODELINE)
    case = "criteria: neutral\ncases:\n  - name: 一\n    because: 二\n    expct: {W1: 3}\n"
    sheet = next((tmp_path / "reviews").glob("*.yaml"))
    with editor(tmp_path, schemas=json.loads(BLOCKS["json"])["yaml.schemas"]) as one:
        assert set(one.completions("criteria/one.yaml", text)) == kinds(Rule)
        assert one.completions("elsewhere/one.yaml", text) == {}
        told = one.faults_of("criteria/one.cases.yaml", case)
        assert told == [(5, "Property expct is not allowed.")]
        for path in (tmp_path / SUBMISSIONS / "JA-07.yaml", sheet):
            text = path.read_text(encoding="utf-8")
            name = str(path.relative_to(tmp_path))
            assert one.faults_of(name, text) == []
            assert one.faults_of(name, f"{text}\nrubbish: 1\n") != []


def test_the_modeline_of_the_guide_is_one(open_editor) -> None:
    line = BLOCKS["yaml"].splitlines()[0] + "\n"
    assert line == MODELINE.replace("=", "=../")
    text = criteria(RULE, "rule: {kind: ‸}").replace(MODELINE, line)
    assert set(open_editor.completions("criteria/one.yaml", text)) == kinds(Rule)


def test_answers_of_a_branch(open_editor) -> None:
    head = BRANCH + "criteria: neutral\ncode: A1\nbranch: 虚构示例支部\n"
    offered = open_editor.completions("a.yaml", f"{head}kind: ‸\n")
    assert set(offered) == {"single", "joint"}
    shown = open_editor.hover("a.yaml", f"{head}mem‸bers: 27\n")
    assert "党员人数" in shown
    faults = open_editor.faults_of("a.yaml", f"{head}membrs: 27\n")
    assert faults == [(5, "Property membrs is not allowed.")]


def test_the_lock_names_no_host() -> None:
    lock = json.loads((ROOT / "tests" / "lsp" / "package-lock.json").read_text(encoding="utf-8"))
    assert all("resolved" not in package for package in lock["packages"].values())
    pins = json.loads((ROOT / "tests" / "lsp" / "package.json").read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"[0-9.]+", v) for v in pins["devDependencies"].values())
