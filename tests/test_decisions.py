"""What the commission decided, from files: read, applied, told, replayed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from branchscore import evaluate
from branchscore.criteria.reading import read_criteria
from branchscore.evaluation import Evaluation
from branchscore.outputs.gather import gather
from branchscore.review.decision import Decision, decision_of
from branchscore.review.schema import decision_schema
from branchscore.text.source import parse
from campaign import call
from case_files import dump, load
from conftest import ROOT
from test_docs import blocks

TABLE, _ = read_criteria(ROOT / "criteria" / "jingan-2023.yaml")
BAD = ROOT / "tests" / "bad" / "R022"
CHECK = Draft202012Validator(decision_schema())
CHINESE = """
评分表: jingan-2023
虚构样例: 是
决定:
  日期: 2023-12-20
  决定者: {zh: 虚构评审委员会, en: the fictional commission}
  理由: 近三年持续结对帮扶，会议纪要第 3 号
  范围: [JA-21, JA-09]
  命名: [JA-21]
  票数: {赞成: 5, 反对: 1, 弃权: 1}
"""


def sample() -> str:
    (block,) = [text for text in blocks("criteria.md") if "\ndecision:" in text]
    return block


def read(text: str) -> Decision:
    return decision_of(parse(text.encode(), "x.yaml"), {TABLE.id: TABLE})


def test_the_sample_in_the_guide_is_sound_and_reads_the_same_in_chinese() -> None:
    english = read(sample())
    assert read(CHINESE) == english
    assert (english.named, english.votes) == (frozenset({"JA-21"}), (5, 1, 1))
    assert list(CHECK.iter_errors(edited())) == []


def edited() -> Any:
    """The sample as an editor reads it; it knows days as texts."""
    content = yaml.safe_load(sample())
    content["decision"]["day"] = content["decision"]["day"].isoformat()
    return content


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    content = edited()
    for key in ("by", "among"):
        fewer = {k: v for k, v in content["decision"].items() if k != key}
        found = CHECK.iter_errors({**content, "decision": fewer})
        assert [error.validator for error in found] == ["required"]


def test_personal_data_in_a_reason_is_never_told() -> None:
    number = "13800138000"
    one = read(sample().replace("会议纪要第 3 号", f"电话 {number}").replace("虚构评审", number))
    assert number not in one.reason + one.by.zh
    assert "*" * len(number) in one.reason


# ── a campaign in which two branches tie for the only place ─────────────────────────────────────


def campaign(folder: Path, **decision: Any) -> Path:
    """R022 without its decision, or with one of its own."""
    for part in ("submissions", "reviews"):
        (folder / part).mkdir(parents=True)
        for path in (BAD / part).iterdir():
            dump(folder / part / path.name, load(path))
    whole = {**load(BAD.parent / "criteria.yaml"), **load(BAD / "criteria.yaml")}
    del whole["extends"]
    (folder / "criteria").mkdir()
    dump(folder / "criteria" / "neutral.yaml", whole)
    if decision:
        decide(folder, **decision)
    return folder


def decide(folder: Path, **decision: Any) -> None:
    content = load(BAD / "decisions" / "1.yaml")
    content["decision"] |= decision
    (folder / "decisions").mkdir(exist_ok=True)
    dump(folder / "decisions" / "vote.yaml", content)


def evaluated(folder: Path) -> Evaluation:
    parts = ("criteria/neutral.yaml", "submissions", "reviews")
    decisions = [folder / "decisions"] if (folder / "decisions").exists() else []
    return evaluate(*(folder / part for part in parts), decisions=decisions)


def results(folder: Path) -> dict[str, Any]:
    run = max(p for p in (folder / "reports" / "neutral").iterdir() if p.name != "latest")
    return json.loads((run / "results.json").read_bytes())  # type: ignore[no-any-return]


def test_the_terminal_says_what_is_due_and_the_file_closes_it(tmp_path: Path, matches) -> None:
    folder = campaign(tmp_path)
    told = []
    for step in ("open", "decided"):
        if step == "decided":
            decide(folder, named=["A2"], votes={"for": "3"})
            assert call("check", "decisions/vote.yaml", cwd=folder).returncode == 0
        done = call("evaluate", "--only", "json", cwd=folder)
        assert (done.returncode, done.stderr) == (0, "")
        told += [f"# {step}", done.stdout]
        found = results(folder)
        told += [f"{b['code']} {b['outcome']}: {b['why']['zh']}" for b in found["branches"]]
        told += [f"{q['said'][language]}" for q in found["questions"] for language in ("zh", "en")]
        told += [json.dumps(one, ensure_ascii=False) for one in found["decisions"]]
        statuses = [(e["file"], e["status"]) for e in found["inputs"]]
        assert (("decisions/vote.yaml", "decision") in statuses) is (step == "decided")
        again = call("replay", cwd=folder)
        assert (again.returncode, again.stdout) == (0, "3 个文件逐字节相同，0 个不同。\n")
    matches(re.sub(r" +\n", "\n", "\n".join(told)) + "\n", ROOT / "tests" / "decisions.txt")


def test_a_decision_that_does_not_fit_is_an_error_and_changes_nothing(tmp_path: Path) -> None:
    folder = campaign(tmp_path)
    before = gather(evaluated(folder), "")["branches"]
    decide(folder, among=["A1"], named=["A1"])
    done = call("evaluate", "--only", "json", "--decisions", "decisions/vote.yaml", cwd=folder)
    assert done.returncode == 1
    assert "R021 no-such-question" in done.stderr
    found = results(folder)
    assert [b["outcome"] for b in found["branches"]] == [b["outcome"] for b in before]
    (entry,) = [e for e in found["inputs"] if e["file"] == "decisions/vote.yaml"]
    assert (entry["status"], entry["why"]) == ("refused", ["R021"])
    assert call("replay", cwd=folder).returncode == 0
    # Of a few branches it is not known what is open between all of them.
    some = call("evaluate", "submissions/A1.yaml", "--only", "json", cwd=folder)
    assert "R021" not in some.stderr


@pytest.mark.parametrize("winner", ["A1", "A2"])
def test_safety_says_that_a_decision_parted_equals(tmp_path: Path, winner: str) -> None:
    safety = gather(evaluated(campaign(tmp_path, named=[winner])), "")["safety"]
    assert safety is not None
    assert "由评审委员会决定或公开抽签分出" in safety["said"][0]["zh"]
    assert {one["code"]: one["given"] for one in safety["near"]} == {
        code: code == winner for code in ("A1", "A2")
    }
    assert "上下 10% 以内浮动" in safety["said"][1]["zh"]


def test_how_far_weights_vary_is_what_the_criteria_say(tmp_path: Path) -> None:
    folder = campaign(tmp_path)
    path = folder / "criteria" / "neutral.yaml"
    whole = load(path)
    dump(path, {**whole, "selection": {**whole["selection"], "safety": {"weights": "5%"}}})
    safety = gather(evaluated(folder), "")["safety"]
    assert safety is not None
    assert safety["varied"] == "0.05"
    assert any("上下 5% 以内浮动" in sentence["zh"] for sentence in safety["said"])


def test_a_precheck_never_shows_figures_of_other_branches(tmp_path: Path) -> None:
    """By its output: it is the same, whatever the others handed in and whoever judged them."""
    folder = campaign(tmp_path)
    own = call("check", "submissions/A1.yaml", cwd=folder).stdout
    other = load(folder / "submissions" / "A2.yaml")
    dump(folder / "submissions" / "A2.yaml", {**other, "members": "777", "branch": "别的支部"})
    for path in (folder / "reviews").iterdir():
        path.unlink()
    assert call("check", "submissions/A1.yaml", cwd=folder).stdout == own
    several = call("check", "--details", "submissions", cwd=folder).stdout
    first, second = re.split(r"(?=申报自查 A2)", several)
    assert "申报自查 A1" in first
    assert "别的支部" in second
    assert "别的支部" not in first
    assert "777" not in first
