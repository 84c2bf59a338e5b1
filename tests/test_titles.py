"""Chinese names as keys: a submission in Chinese is its twin by ids, and faults speak Chinese."""

import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from branchscore.criteria.reading import read_criteria
from branchscore.criteria.titles import FRAME_TITLES
from branchscore.evaluation import check, evaluate, stated
from branchscore.submission.form import FRAME, Form, Proof
from branchscore.submission.reading import Submission, read_answers, read_submission
from branchscore.submission.schema import submission_schema
from branchscore.submission.titles import PROOF_TITLES, in_ids
from branchscore.text.diagnostics import Faulty
from branchscore.text.source import parse, read
from campaign import SUBMISSIONS
from conftest import ROOT
from filling import as_yaml, in_chinese
from test_schema import load

TABLE = ROOT / "criteria" / "jingan-2023.yaml"
NEUTRAL = ROOT / "tests" / "bad" / "criteria.yaml"
SAMPLES = sorted((ROOT / SUBMISSIONS).glob("*.yaml"))
HEAD = "评分表: neutral\n支部代码: A1\n支部名称: 虚构示例支部\n"


def told(one: Submission) -> Any:
    """All that a submission says, without places."""
    return (
        (one.criteria, one.code, one.branch, one.fictional, one.note, one.partial),
        (one.answers, one.evidence, one.self_scores),
        [remark.code for remark in one.remarks],
    )


def answers(text: str) -> dict[str, Any]:
    form = Form(read_criteria(NEUTRAL)[0])
    return dict(read_answers(parse(text.encode(), "a.yaml"), form, "A1", "虚构示例支部").answers)


def neutral(tmp_path: Path, text: str) -> Submission:
    path = tmp_path / "A1.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return read_submission(path, {"neutral": Form(read_criteria(NEUTRAL)[0])})


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample campaign in Chinese."""
    folder, table = tmp_path_factory.mktemp("chinese"), read_criteria(TABLE)[0]
    for path in SAMPLES:
        text = as_yaml(in_chinese(read(path).root, table))
        (folder / path.name).write_text(text, encoding="utf-8")
        if path.with_suffix("").is_dir():
            shutil.copytree(path.with_suffix(""), folder / path.stem)
    return folder


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_a_sample_in_chinese_is_its_twin(path: Path, chinese: Path) -> None:
    forms = {"jingan-2023": Form(read_criteria(TABLE)[0])}
    twin = chinese / path.name
    assert "members" not in twin.read_text(encoding="utf-8")
    assert told(read_submission(twin, forms)) == told(read_submission(path, forms))


def test_the_schema_takes_chinese(chinese: Path) -> None:
    schema = submission_schema(read_criteria(TABLE)[0])
    for path in sorted(chinese.glob("*.yaml")):
        jsonschema.validate(load(path), schema, jsonschema.Draft202012Validator)
        jsonschema.validate(load(path), submission_schema(None), jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("answer", "passes"),
    [
        ({"党员人数": 27}, True),
        ({"党员人": 27}, False),
        ({"党员人数": 1001}, False),
        ({"已同意": "是"}, True),
        ({"已同意": "同意"}, False),
        ({"类型": "联合组建"}, True),
        ({"类型": "联合"}, False),
        ({"制度": {"学习制度": "是"}}, True),
        ({"制度": {"学习": "是"}}, False),
        ({"活动": "无"}, True),
        ({"活动": "没有"}, False),
        ({"活动": [{"日期": "2023-03-01", "类别": "学习"}]}, True),
        ({"活动": [{"日期": "2023-03-01"}]}, False),
        ({"活动": [{"日期": "2023-03-01"}], "未填全": ["活动"]}, True),
        ({"未填全": ["党员人数"]}, False),
        ({"自评分": {"学习": 3}}, True),
        ({"自评分": {"学": 3}}, False),
        ({"佐证": [{"编号": "E1", "名称": "记录", "存放处": "柜"}]}, True),
        ({"佐证": [{"编号": "E1"}]}, False),
        ({"支部代码": "A 1"}, False),
    ],
    ids=str,
)
def test_the_schema_is_closed_in_chinese(answer: dict[str, Any], passes: bool) -> None:
    schema = submission_schema(read_criteria(NEUTRAL)[0])
    whole = {"评分表": "neutral", "支部代码": "A1", "支部名称": "虚构示例支部", **answer}
    assert jsonschema.Draft202012Validator(schema).is_valid(whole) == passes


def test_the_frame_has_a_title_for_every_key() -> None:
    assert set(FRAME_TITLES) == set(FRAME)
    assert set(PROOF_TITLES) == set(Proof.__annotations__)


def test_ids_are_left_as_they_are() -> None:
    form = Form(read_criteria(TABLE)[0])
    for path in SAMPLES:
        document = read(path)
        assert in_ids(document, form.titles)[0] is document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("党员人数: 27\nhours: 3.5\n", {"members": 27, "hours": 3.5}),
        ("已同意: 否\n", {"agreed": False}),
        ("已同意: 有\n", {"agreed": True}),
        ("制度: 无\n", {"systems": ()}),
        ("制度: {学习制度: 有, 送学制度: }\n", {"systems": ("study",)}),
        ("制度: {学习制度: 否, 送学制度: 无}\n", {"systems": ()}),
        ("制度: {visit: 是}\n", {"systems": ("visit",)}),
        ("制度: [送学制度, study]\n", {"systems": ("visit", "study")}),
        ("活动: 无\n", {"activities": []}),
        ("事迹: 无\n", {"summary": "无"}),
        ("类型: joint\n", {"kind": "joint"}),
        ("kind: 联合组建\n", {"kind": "joint"}),
    ],
)
def test_words(text: str, expected: dict[str, Any]) -> None:
    assert answers(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("agreed: 是\n", "T007"),
        ("systems: 无\n", "T008"),
        ("systems: {study: true}\n", "T003"),
        ("activities: 无\n", "T003"),
        ("类型: 无\n", "T008"),
        ("党员人数: 无\n", "T004"),
    ],
)
def test_words_that_mean_nothing_here(text: str, code: str) -> None:
    with pytest.raises(Faulty) as caught:
        answers(text)
    assert [fault.code for fault in caught.value.diagnostics] == [code]


BLANKS = [
    ("党员人数:\n", {}, "“党员人数”还没有填"),
    ("制度:\n  学习制度: \n  送学制度:\n", {}, "“制度”还没有填"),
    ("活动:\n  - 日期: \n    类别: \n", {}, "“活动”还没有填"),
    ("活动:\n  - 日期: 无\n    类别: \n    佐证: \n", {"activities": []}, ""),
    (
        "活动:\n  - 日期: 2023-03-01\n    类别: 学习\n    佐证: \n  - 日期:\n    类别:\n",
        {"activities": [{"date": "2023-03-01", "kind": "study"}]},
        "",
    ),
    ("未填全:\n  - \n自评分:\n  学习:\n说明:\n佐证:\n  - 编号:\n    名称:\n", {}, ""),
]


@pytest.mark.parametrize(("text", "expected", "said"), BLANKS)
def test_blanks(text: str, expected: dict[str, Any], said: str, tmp_path: Path) -> None:
    one = neutral(tmp_path, text)
    for record in one.answers.get("activities", ()):
        record["date"] = record["date"].isoformat()
    assert one.answers == expected
    assert [str(r.values["what"].say("zh")) + "还没有填" for r in one.remarks] == [said][
        : len(said)
    ]


def test_a_blank_that_must_be_filled_in_is_a_fault(tmp_path: Path) -> None:
    for text in ("活动:\n  - 日期: 2023-03-01\n    类别: \n", "党员人数: ~\n", "党员人: \n"):
        with pytest.raises(Faulty):
            neutral(tmp_path, text)


def test_a_file_in_chinese_goes_to_its_table(chinese: Path) -> None:
    assert stated(chinese / "JA-07.yaml", "criteria") == "jingan-2023"
    assert stated(SAMPLES[0], "criteria") == "jingan-2023"


def test_marks_and_peers_know_the_records(tmp_path: Path) -> None:
    """Reasons point at lines: those of what was written, after blanks were left out."""
    text = "活动:\n  - 日期:\n    类别:\n  - 日期: 2023-03-01\n    类别: 学习\n党员人数: 27\n"
    one = neutral(tmp_path, text)
    assert [mark.line + 1 for mark in one.records["activities"]] == [7]
    assert one.places["members"] == (9, 7)


def test_both_languages_of_the_campaign_score_the_same(chinese: Path) -> None:
    ours = evaluate(TABLE, SAMPLES, ROOT / "reviews")
    theirs = evaluate(TABLE, chinese, ROOT / "reviews")
    assert len(ours.standings) == len(SAMPLES)
    assert [s.card.low for s in ours.standings] == [s.card.low for s in theirs.standings]


def test_one_in_chinese_and_one_by_ids_are_one_branch_too_many(tmp_path: Path) -> None:
    ids = "criteria: neutral\ncode: A1\nbranch: 虚构示例支部\n"
    for name, text in (("a", HEAD), ("b", ids)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert {f.code for f in evaluate(NEUTRAL, tmp_path).diagnostics} == {"S007"}
    assert check([tmp_path / "a.yaml"], [NEUTRAL]) == []
