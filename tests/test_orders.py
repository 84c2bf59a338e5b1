"""The order of branches, sheets, marks and decisions, and what their files are called, changes no
byte of the results: with every sort of panel, strikes, groups, ties and what closes them."""

import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchscore import evaluate
from branchscore.evaluation import Evaluation
from branchscore.outputs.gather import gather
from branchscore.outputs.results import encoded
from case_files import dump, load
from conftest import ROOT

TABLE = load(ROOT / "tests" / "orders" / "table.yaml")
CODES = ("A1", "A2", "A3", "A4", "A5", "A6")
REVIEWERS = ("虚构评委甲", "虚构评委乙", "虚构评委丙", "虚构评委丁")
GROUPS = [
    {"id": "s", "title": "街道", "field": "kind", "one_of": ["street"], "most": "1"},
    {"id": "f", "title": "企业", "field": "kind", "one_of": ["firm"], "least": "1"},
]
PANELS: dict[str, dict[str, Any]] = {
    "mean": {"combine": "mean", "at_least": "1"},
    "median": {"combine": "median", "at_least": "2"},
    "trimmed": {"combine": "trimmed", "at_least": "3"},
    "severity": {"combine": "mean", "at_least": "1", "severity": "corrected"},
    "dispute": {"combine": "mean", "at_least": "2", "dispute": {"above": "4", "reviewers": "4"}},
}
SELECTIONS: tuple[dict[str, Any], ...] = (
    {"quota": "3", "ties": ["X"]},
    {"quota": "3", "ties": []},
    {"quota": "3", "ties": [], "draw": "true", "groups": GROUPS},
    {"quota": "3", "ties": ["X"], "tie_within": "1", "groups": GROUPS},
    {"quota": "2", "ties": [], "slate": {"share": "1.5", "rounding": "up"}},
    {"quota": "2", "ties": [], "reserve": "2"},
)
STRIKES = (
    {"field": "members", "to": "3", "reason": "虚构"},
    {"list": "activities", "record": "1", "reason": "虚构"},
    {"list": "criticisms", "record": "1", "reason": "虚构"},
)
MARK = st.fixed_dictionaries(
    {
        "X": st.sampled_from(["2", "5", "9.5"]).map(lambda p: {"points": p}),
        "L": st.sampled_from(["good", "fair", "poor"]).map(lambda w: {"level": w}),
    },
    optional={"N": st.sampled_from(["0", "1"]).map(lambda p: {"points": p})},
)
BRANCH = st.fixed_dictionaries(
    {"kind": st.sampled_from(["street", "office", "firm"]), "members": st.sampled_from(["5", "9"])}
)
CAMPAIGN = st.fixed_dictionaries(
    {
        "answers": st.fixed_dictionaries(dict.fromkeys(CODES, BRANCH)),
        "marks": st.fixed_dictionaries(
            {who: st.dictionaries(st.sampled_from(CODES), MARK, min_size=3) for who in REVIEWERS}
        ),
        "strikes": st.dictionaries(
            st.sampled_from(CODES), st.sampled_from(STRIKES).map(lambda one: [one]), max_size=3
        ),
        "same": st.booleans(),
        "selection": st.sampled_from(SELECTIONS),
    }
)
Files = dict[str, dict[str, Any]]


def table(folder: Path, panel: str, campaign: dict[str, Any]) -> Path:
    selection = {"minimum": "good", **campaign["selection"]}
    whole = {**TABLE, "panel": PANELS[panel], "selection": selection}
    return dump(folder / "table.yaml", whole)


def submissions(campaign: dict[str, Any]) -> Files:
    """`same`: all with the same answers but for the kind, so that many tie."""
    made: Files = {}
    for code, answers in campaign["answers"].items():
        own = {**campaign["answers"]["A1"], "kind": answers["kind"]}
        made[code] = {
            "criteria": "orders", "code": code, "branch": f"虚构支部{code}", "fictional": "true",
            "visited": "true", "systems": ["study"], "income": "3000",
            "activities": [{"date": "2023-03-01", "attended": "8"}],
            "criticisms": [{"date": "2023-06-01"}],
            **(own if campaign["same"] else answers),
        }  # fmt: skip
    return made


def sheets(campaign: dict[str, Any]) -> Files:
    """Two sheets of the first reviewer, one of each other; strikes in the last ones."""
    made: Files = {}
    shared = campaign["marks"][REVIEWERS[0]]
    same = dict.fromkeys(CODES, next(iter(shared.values())))
    for who, given_by in campaign["marks"].items():
        marks = same if campaign["same"] else given_by
        halves = [list(marks.items())]
        if who == REVIEWERS[0]:
            halves = [halves[0][:2], halves[0][2:]]
        for i, half in enumerate(halves):
            made[f"{who}{i}"] = {"criteria": "orders", "reviewer": who, "marks": dict(half)}
    last, other = made[f"{REVIEWERS[3]}0"], made[f"{REVIEWERS[1]}0"]
    last["strikes"] = campaign["strikes"]
    other["strikes"] = {code: [STRIKES[0]] for code in campaign["strikes"]}
    made[f"{REVIEWERS[0]}1"]["comments"] = dict.fromkeys(CODES, "虚构的意见")
    return made


def decisions(first: Evaluation) -> Files:
    """One for every question, by a rule that knows no order."""
    made: Files = {}
    for question in first.questions:
        among = sorted(question.among)
        how = {"draw": {"seed": "虚构彩票第2023138期"}} if question.draw else {}
        content = {
            "day": "2023-12-05", "by": "虚构评审委员会", "reason": "虚构的理由", "among": among,
            **(how or {"named": among[: question.places]}),
        }  # fmt: skip
        made["决定" + " ".join(among)] = {"criteria": "orders", "decision": content}
    return made


def turned(value: Any, dice: random.Random | None) -> Any:
    """Mappings of branches, items and reviewers, and lists of codes, in another order."""
    if dice is None or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        plain = all(isinstance(one, str) for one in value)
        return dice.sample(value, len(value)) if plain else value
    keys = dice.sample(list(value), len(value))
    return {key: turned(value[key], dice) for key in keys}


def written(folder: Path, files: Files, dice: random.Random | None) -> dict[str, str]:
    """The files under names in the order, or another one; by path, which one it is."""
    folder.mkdir(parents=True)
    names = [f"{n:02}" for n in range(len(files))]
    if dice:
        names = names[::-1] if len(names) == 2 else dice.sample(names, len(names))
    keep = folder.name == "submissions"  # its lines are quoted in the results
    files = json.loads(json.dumps(files))  # nothing shared, which YAML would write as an alias
    return {
        str(dump(folder / f"{name}.yaml", one if keep else turned(one, dice))): which
        for name, (which, one) in zip(names, files.items(), strict=True)
    }


def plain(done: Evaluation, names: Mapping[str, str]) -> str:
    """The results, with files called by what they are."""
    text = encoded(gather(done, "")).decode()
    for path, which in names.items():
        text = text.replace(path, which)
    data = json.loads(text)
    for fault in data["faults"]:
        fault["line"] = fault["column"] = 0
    for entry in data["inputs"]:
        entry["sha256"] = ""
    for listed in ("inputs", "faults"):
        data[listed].sort(key=json.dumps)
    return json.dumps(data, ensure_ascii=False, indent=1)


def results(campaign: dict[str, Any], panel: str, dice: random.Random | None) -> Iterator[str]:
    """Without and with decisions."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        criteria = table(folder, panel, campaign)
        names = {
            **written(folder / "submissions", submissions(campaign), dice),
            **written(folder / "reviews", sheets(campaign), dice),
            str(criteria): "table",
        }
        parts = (criteria, folder / "submissions", folder / "reviews")
        first = evaluate(*parts)
        yield plain(first, names)
        made: Files = {}
        done = first
        for place in ("first", "then"):  # who wins a tie may come onto the list
            made |= decisions(done)
            told = written(folder / place, made, dice)
            done = evaluate(*parts, decisions=folder / place)
            assert {d.code for d in done.diagnostics} <= {"R014", "R024"}
        yield plain(done, names | told)


@pytest.mark.parametrize("panel", PANELS)
def test_no_order_changes_any_byte(panel: str) -> None:
    seen = Counter[str]()

    @settings(max_examples=12, deadline=None, derandomize=True, database=None)
    @given(CAMPAIGN, st.integers(0, 10_000))
    def holds(campaign: dict[str, Any], seed: int) -> None:
        straight = list(results(campaign, panel, None))
        assert list(results(campaign, panel, random.Random(seed))) == straight
        before, after = map(json.loads, straight)
        seen["questions"] += bool(before["questions"])
        seen["decided"] += bool(after["decisions"])
        seen["twice"] += len(after["decisions"]) > 1
        seen["struck"] += any(branch["strikes"] for branch in after["branches"])

    holds()
    # What never came up would have proven nothing.
    assert min(seen[name] for name in ("questions", "decided", "twice", "struck")) > 0, seen
