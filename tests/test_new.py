"""`branchscore new`: what a form asks and how, and that what is written into it counts."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from branchscore.criteria.fields import ListField
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import read_criteria
from branchscore.evaluation import check, evaluate
from branchscore.forms.asked import questions
from branchscore.forms.blank import Known, Style, form_text
from branchscore.submission.form import Form
from branchscore.submission.reading import read_submission
from branchscore.text.source import read
from campaign import SUBMISSIONS, call
from conftest import ROOT
from filling import filled, in_chinese
from test_titles import SAMPLES, TABLE, told

TABLES = [p for p in sorted((ROOT / "criteria").rglob("*.yaml")) if ".cases" not in p.name]
EXPECTED = ROOT / "tests" / "new"
NEUTRAL = EXPECTED / "criteria.yaml"
BRANCH = Known("JA-07", "虚构示例支部")


def table(path: Path) -> Criteria:
    return read_criteria(path)[0]


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("neutral.zh.yaml", Style("title", "zh", 2)),
        ("neutral.en.yaml", Style("id", "en", 2)),
    ],
)
def test_the_form_of_a_small_table(name: str, style: Style, matches) -> None:
    known = Known("A1", "虚构示例支部", {"systems": ["study"], "agreed": "true"})
    matches(form_text(table(NEUTRAL), known, style), EXPECTED / name)


@pytest.mark.parametrize("path", [NEUTRAL, *TABLES], ids=lambda p: p.stem)
@pytest.mark.parametrize("style", [Style(), Style("id", "en", 1)], ids=["titles", "ids"])
def test_a_blank_form_lacks_answers_and_nothing_else(path: Path, style: Style, tmp_path) -> None:
    form = tmp_path / "A1.yaml"
    form.write_text(form_text(table(path), Known("A1", "虚构示例支部"), style), encoding="utf-8")
    faults = check([form], [path])
    assert [fault.code for fault in faults] == ["S021"]
    sum_or_first = table(path).fields
    assert faults[0].span.line > 10
    if len(sum_or_first) > 5:
        assert f"{len(sum_or_first)} 项" in faults[0].values["what"].say("zh")


@pytest.mark.parametrize("path", [NEUTRAL, *TABLES], ids=lambda p: p.stem)
def test_every_example_would_be_accepted(path: Path, tmp_path: Path) -> None:
    """The answers of a form's own examples, written into it."""
    criteria = table(path)
    answers = {q.title.zh: example(q) for q in questions(criteria)}
    text = filled(form_text(criteria, Known("A1", "虚构示例支部"), Style()), answers)
    ledger = "佐证:\n  - 编号: E1\n    名称: 虚构\n    存放处: 虚构"
    form = tmp_path / "A1.yaml"
    form.write_text(
        text.replace("佐证:\n  - 编号: \n    名称: \n    文件: \n    存放处: ", ledger, 1)
    )
    assert check([form], [path]) == []


def example(question: Any) -> Any:
    kind = question.field.type
    if isinstance(question.field, ListField):
        return [{inner.title.zh: inner.example for inner in question.inner}]
    if kind == "elements":
        return {question.example: "是"}
    if kind == "figures":
        return {"第一组": question.example}
    return [question.example] if kind == "texts" else question.example


ODD = [
    ("title: 活动\n", "title: '- \"活\" {动}: #'\n"),
    ("title: 工作\n", 'title: "工\\n作: x"\n'),
    ("title: 学习\n", 'title: "学\\n习: x"\n'),
    ("title: 党员人数,", 'title: "党员\\n人数: x", help: "一\\n二: x",'),
    ("title: 学时,", 'title: "null",'),
    ("title: 已同意,", 'title: "是",'),
    ("{study: 学习, visit: 参观}", '{study: "- [学: 习", visit: "无"}'),
    ("study: 学习制度", 'study: "*学习制度: "'),
]


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A table whose words are all but plain."""
    text = NEUTRAL.read_text(encoding="utf-8")
    for old, new in ODD:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "odd.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_words_of_a_table_do_not_break_out_of_its_form(odd: Path, tmp_path: Path) -> None:
    for style in (Style(), Style("id", "en", 2)):
        test_a_blank_form_lacks_answers_and_nothing_else(odd, style, tmp_path)
    test_every_example_would_be_accepted(odd, tmp_path)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_a_form_filled_in_is_the_twin_of_its_sample(path: Path, tmp_path: Path) -> None:
    criteria, root = table(TABLE), read(path).root
    known = Known(root["code"], root["branch"])
    answers = in_chinese(root, criteria)
    text = "虚构样例: 是\n" + filled(form_text(criteria, known, Style()), answers)
    form = tmp_path / path.name
    form.write_bytes(("\ufeff" + text.replace("\n", "\r\n")).encode())
    if path.with_suffix("").is_dir():
        shutil.copytree(path.with_suffix(""), form.with_suffix(""))
    forms = {criteria.id: Form(criteria)}
    one, twin = read_submission(form, forms), read_submission(path, forms)
    unanswered = ["S021"] if set(criteria.fields) - set(root) else []
    assert told(one)[:2] == told(twin)[:2]
    assert [r.code for r in one.remarks] == unanswered + [r.code for r in twin.remarks]


def test_the_campaign_filled_in_scores_as_its_samples(tmp_path: Path) -> None:
    for path in SAMPLES:
        test_a_form_filled_in_is_the_twin_of_its_sample(path, tmp_path)
    ours = evaluate(TABLE, SAMPLES, ROOT / "reviews")
    theirs = evaluate(TABLE, tmp_path, ROOT / "reviews")
    said = [
        [(s.card.submission.code, s.card.low, s.card.high, s.outcome) for s in e.standings]
        for e in (ours, theirs)
    ]
    assert said[0] == said[1]
    assert len(said[0]) == len(SAMPLES)


def test_what_an_answer_is_worth() -> None:
    asked = {q.name: q for q in questions(table(TABLE))}
    assert asked["formal_members"].worth.say("zh") == (
        "用于：申报条件 G1 正式党员3人以上、O1 支部委员会设置（3 分）"
    )
    assert asked["late"].worth.say("en") == "counts for: penalty N2 Handed in late (up to 1)"
    assert asked["formal_members"].limits.say("zh") == "不小于 0，不大于“党员人数”"
    assert asked["activities"].proof.say("zh") == "P8、P9、O3、S3 只计附有佐证的记录"
    kind = next(q for q in asked["activities"].inner if q.name == "kind")
    assert [use.id for use in kind.uses_of["party_lecture"]] == ["P2", "P5", "P6"]


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    (tmp_path / "criteria").mkdir()
    (tmp_path / "submissions").mkdir()
    shutil.copy(TABLE, tmp_path / "criteria")
    return tmp_path


def test_a_form_for_a_branch(campaign: Path) -> None:
    done = call("new", "--code", "JA-25", "--branch", "虚构示例支部", cwd=campaign)
    path = campaign / "submissions" / "jingan-2023" / "JA-25.yaml"
    assert (done.returncode, done.stderr) == (0, "")
    assert "branchscore check submissions/jingan-2023/JA-25.yaml" in done.stdout
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf#")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert [fault.code for fault in check([path], [TABLE])] == ["S021"]
    again = call("new", "--code", "JA-25", "--branch", "另一个", cwd=campaign)
    assert (again.returncode, again.stdout) == (2, "")
    assert "没有写出 submissions/jingan-2023/JA-25.yaml：已有同名的文件" in again.stderr
    assert path.read_bytes() == content


def test_a_form_for_anybody(campaign: Path) -> None:
    done = call("new", "--plain", "--keys", "id", "--lang", "en", cwd=campaign)
    assert done.returncode == 0
    content = (campaign / "jingan-2023.yaml").read_bytes()
    assert b"\r" not in content
    assert content.startswith(b"# Jing'an district")
    faults = check([campaign / "jingan-2023.yaml"], [TABLE])
    assert [fault.code for fault in faults] == ["T009", "T009", "S021"]


def test_a_workbook(campaign: Path) -> None:
    done = call("new", "--to", "xlsx", "--code", "JA-25", "--branch", "虚构支部", cwd=campaign)
    path = campaign / "submissions" / "jingan-2023" / "JA-25.xlsx"
    assert (done.returncode, path.read_bytes()[:2]) == (0, b"PK")
    assert "branchscore import" in done.stdout


def test_wrong_calls(campaign: Path) -> None:
    for options in (("--code", "a/b"), ("--branch", "a\nb"), ("--records", "0")):
        assert call("new", *options, cwd=campaign).returncode == 2
    missing = call("new", "criteria/none.yaml", cwd=campaign)
    assert (missing.returncode, "Y001" in missing.stderr) == (1, True)
    shutil.copy(NEUTRAL, campaign / "criteria" / "neutral.yaml")
    several = call("new", cwd=campaign)
    assert several.returncode == 2
    assert "criteria/jingan-2023.yaml, criteria/neutral.yaml" in several.stderr
    shutil.rmtree(campaign / "criteria")
    assert call("new", cwd=campaign).returncode == 2
    assert [p.name for p in campaign.iterdir()] == ["submissions"]


def test_from_last_year(campaign: Path, matches) -> None:
    """What is lasting and fits is carried over, all else is named with its reason."""
    last = campaign / "last.yaml"
    shutil.copy(ROOT / SUBMISSIONS / "JA-07.yaml", last)
    text = last.read_text(encoding="utf-8") + "\nchoir: 12\n"
    last.write_text(text.replace("last_election: 2021-01-14", "最近一次换届日期: 2021年1月"))
    done = call("new", "--from", "last.yaml", cwd=campaign)
    assert (done.returncode, done.stderr) == (0, "")
    matches(done.stdout, EXPECTED / "from.txt")
    path = campaign / "submissions" / "jingan-2023" / "JA-07.yaml"
    form = path.read_text(encoding="utf-8-sig")
    assert form.count("# 去年填报，请核对\n") == 4
    one = read_submission(path, {"jingan-2023": Form(table(TABLE))})
    kept = {"founded", "has_committee", "systems", "infirm"}
    assert set(one.answers) == kept
    old = read_submission(ROOT / SUBMISSIONS / "JA-07.yaml", {"jingan-2023": Form(table(TABLE))})
    assert {name: one.answers[name] for name in kept} == {n: old.answers[n] for n in kept}
    assert (one.code, one.branch) == (old.code, old.branch)


def test_from_a_submission_to_another_table(campaign: Path) -> None:
    """By id and type; the titles of the other table are known where it lies beside."""
    other = NEUTRAL.read_text(encoding="utf-8")
    other = other.replace("systems: {title: 制度,", "systems: {title: 有的制度,")
    other = other.replace("elements: {study: 学习制度, visit: 送学制度}", "elements: {care: 关怀}")
    other = other.replace("founded: {title: 成立日期,", "founded: {title: 建立日期,")
    (campaign / "criteria" / "neutral.yaml").write_text(other, encoding="utf-8")
    last = "评分表: neutral\n支部代码: A1\n支部名称: 虚构\n学时: 3\n"
    last += "建立日期: 2001-07-01\n有的制度: [关怀]\n"
    (campaign / "last.yaml").write_text(last, encoding="utf-8")
    options = ("criteria/jingan-2023.yaml", "--from", "last.yaml", "--code", "JA-30")
    done = call("new", *options, cwd=campaign)
    assert done.returncode == 0
    assert "“学时”今年的评分表不问" in done.stdout
    assert "有的制度" not in done.stdout
    form = campaign / "submissions" / "jingan-2023" / "JA-30.yaml"
    one = read_submission(form, {"jingan-2023": Form(table(TABLE))})
    assert one.branch == "虚构"
    assert {name: str(value) for name, value in one.answers.items()} == {
        "founded": "2001-07-01",
        "systems": "('care',)",
    }


def test_last_year_that_cannot_be_read(campaign: Path) -> None:
    (campaign / "last.yaml").write_text("党员人数：12", encoding="utf-8")
    done = call("new", "--from", "last.yaml", "--code", "A1", cwd=campaign)
    assert done.returncode == 1
    assert "last.yaml:1:5: 错误 Y0" in done.stderr
    assert not list((campaign / "submissions").iterdir())
