"""What `check` tells a branch: the same figures as `evaluate`, and no step that gains less than it
promises."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branchscore import __version__
from branchscore.advice.change import PROOF, Add, Changes, Prove, changed
from branchscore.advice.plan import _fewest
from branchscore.advice.precheck import PreCheck, precheck
from branchscore.advice.steps import Option, Step
from branchscore.advice.ways import Move
from branchscore.criteria.indicator import Indicator
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import read_criteria
from branchscore.evaluation import check as checked
from branchscore.evaluation import evaluate
from branchscore.outputs.foretell import told
from branchscore.outputs.gather import gather
from branchscore.outputs.large import page
from branchscore.outputs.telling import text
from branchscore.submission.reading import Submission
from branchscore.text.diagnostics import Diagnostic, Span
from branchscore.text.numbers import printed
from branchscore.text.phrase import Phrase, Sentence
from campaign import SUBMISSIONS, call, copied
from conftest import ROOT
from paper import poppler, squeezed, title
from paper import text as pdf_text
from strategies import submissions

HERE = ROOT / "tests" / "precheck"
TABLE = HERE / "table.yaml"
JINGAN = ROOT / "criteria" / "jingan-2023.yaml"
TABLES = [
    path
    for folder in ("criteria", "criteria/examples", "criteria/library")
    for path in sorted((ROOT / folder).glob("*.yaml"))
    if not path.name.endswith(".cases.yaml")
]
SAMPLES = sorted((ROOT / SUBMISSIONS).glob("*.yaml"))
DAY = date(2023, 10, 15)


def sound(paths: list[Path], table: Path) -> Iterator[tuple[Submission, Criteria]]:
    found: list[tuple[Submission, Criteria]] = []
    faults = checked(
        paths, [table], lambda submission, criteria: found.append((submission, criteria))
    )
    assert not faults
    yield from found


def one(path: Path, table: Path, on: date | None = None) -> PreCheck:
    ((submission, criteria),) = sound([path], table)
    return precheck(criteria, submission, on)


SAID = [
    ("sample-zh", ROOT / SUBMISSIONS / "JA-05.yaml", JINGAN, "zh", None),
    ("sample-en", ROOT / SUBMISSIONS / "JA-18.yaml", JINGAN, "en", None),
    ("open-zh", HERE / "open.yaml", TABLE, "zh", None),
    ("open-en", HERE / "open.yaml", TABLE, "en", None),
    ("running-zh", HERE / "open.yaml", TABLE, "zh", DAY),
    ("running-en", HERE / "open.yaml", TABLE, "en", DAY),
]


@pytest.mark.parametrize(("name", "path", "table", "language", "on"), SAID)
def test_what_is_told(name, path, table, language, on, matches) -> None:
    said = told(one(path, table, on))
    matches(text(said, language) + "\n", HERE / f"{name}.txt")


def test_english_is_english() -> None:
    said = text(told(one(HERE / "open.yaml", TABLE)), "en")
    assert not re.search("[一-鿿]", said.replace("虚构第一读书室", ""))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_figures_are_those_of_an_evaluation_without_sheets(language) -> None:
    results = gather(evaluate(JINGAN, SAMPLES, ()), __version__)
    branches = {branch["code"]: branch for branch in results["branches"]}
    assert len(branches) == 24
    for submission, criteria in sound(SAMPLES, JINGAN):
        said, branch = told(precheck(criteria, submission)), branches[submission.code]
        assert (said["low"], said["high"]) == (branch["low"], branch["high"])
        for section, part in zip(said["sections"], branch["sections"], strict=True):
            assert (section["low"], section["high"]) == (part["low"], part["high"])
            for item, scored in zip(section["items"], part["items"], strict=True):
                names = ("id", "low", "high", "state", "why", "gain")
                assert [item[name] for name in names] == [scored[name] for name in names]
        tests = [(test["id"], test["holds"], test["why"]) for test in said["tests"]]
        assert tests == [(test["id"], test["holds"], test["why"]) for test in branch["tests"]]
        if said["grade"]:
            sure, best = said["grade"]["sure"][language], said["grade"]["best"][language]
            assert branch["grade"][language] in (sure, f"{sure}—{best}", f"{sure} to {best}")


def written(submission: Submission, changes: Changes, code: str) -> dict[str, Any]:
    """A submission as its branch would write it after these changes."""
    numbers = [PROOF, *(entry["id"] for entry in submission.evidence)]
    frame = {
        "criteria": submission.criteria,
        "code": code,
        "branch": submission.branch,
        "evidence": [{"id": number, "title": "佐证", "place": "柜"} for number in numbers],
        "partial": sorted(submission.partial),
    }
    return {**frame, **{k: plain(v) for k, v in changed(submission.answers, changes).items()}}


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | str):
        return value
    return value if isinstance(value, int) else float(value)


def test_steps_of_the_samples_gain_what_they_promise_when_they_are_written_down(
    tmp_path: Path,
) -> None:
    """Through files and a whole evaluation, not through the functions that found the steps."""
    promised: dict[str, tuple[PreCheck, Step]] = {}
    for submission, criteria in sound(SAMPLES, JINGAN):
        check = precheck(criteria, submission)
        for number, step in enumerate(check.steps):
            code = f"{submission.code}-{number}"
            promised[code] = check, step
            made = written(submission, step.first.move.changes, code)
            path = tmp_path / f"{code}.yaml"
            path.write_text(yaml.safe_dump(made, allow_unicode=True), encoding="utf-8")
    assert len(promised) > 200
    evaluation = evaluate(JINGAN, [tmp_path / f"{code}.yaml" for code in promised], ())
    cards = {s.card.submission.code: s.card for s in evaluation.standings}
    for code, (check, step) in promised.items():
        before, after = check.now.card, cards[code]
        name = step.indicator.id
        assert after.points(name) - before.points(name) == step.first.gain, code
        assert after.low - before.low >= step.total > 0, code


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_every_step_and_plan_gains_what_it_promises(path: Path, data: st.DataObject) -> None:
    criteria = table(path)
    submission = data.draw(submissions(criteria))
    marks = {name: [SimpleNamespace(line=i) for i in range(40)] for name in submission.records}
    on = data.draw(st.sampled_from([None, criteria.days[0], criteria.days[1]]))
    check = precheck(criteria, _with(submission, marks), on)
    now = check.now
    for step in check.steps:
        for option in step.options:
            after = now.card_after(option.move.changes)
            name = step.indicator.id
            assert after.points(name) - now.card.points(name) == option.gain
        assert now.card_after(step.first.move.changes).low - now.card.low >= step.total > 0
    for target in check.reach.targets if check.reach else ():
        for plan in filter(None, (target.now, target.later)):
            assert now.card_after(plan.changes).low == plan.low >= target.band.at_least
    for name, option in check.helps.items():
        (gate,) = [g for g in now.card_after(option.move.changes).gates if g.test.id == name]
        assert gate.holds
    for language in ("zh", "en"):
        assert text(told(check), language)


def _with(submission: Submission, marks: Any) -> Submission:
    return replace(submission, records=marks)


READ: dict[Path, Criteria] = {}


def table(path: Path) -> Criteria:
    if path not in READ:
        READ[path] = read_criteria(path)[0]
    return READ[path]


def test_nothing_new_is_proposed_for_days_that_are_past() -> None:
    seen = 0
    for submission, criteria in sound(SAMPLES, JINGAN):
        for step in precheck(criteria, submission, DAY).steps:
            for change in step.first.move.changes:
                for record in change.records if isinstance(change, Add) else ():
                    assert record.get("date", DAY) >= DAY
                    seen += 1
    assert seen > 100


def test_after_the_period_only_proofs_can_be_done_now() -> None:
    for submission, criteria in sound(SAMPLES, JINGAN):
        check = precheck(criteria, submission, date(2024, 2, 1))
        assert check.now.on is None
        for step in check.steps:
            proofs = [isinstance(c, Prove) for o in step.options for c in o.move.changes]
            assert all(proofs) == step.now == any(proofs)


def step_of(name: str, options: list[tuple[int, int]]) -> Step:
    indicator = Indicator.model_construct(id=name)
    empty, title = Sentence(Phrase("", "")), Phrase(name, name)
    made = tuple(Option(Move((), effort, empty), gain) for effort, gain in options)
    return Step(indicator, title, name, False, made, 1)


@given(
    st.lists(
        st.lists(st.tuples(st.integers(1, 5), st.integers(1, 9)), min_size=1, max_size=3),
        max_size=4,
    ),
    st.integers(1, 20),
)
def test_a_plan_is_the_fewest_things_there_are(options: Any, need: int) -> None:
    steps = [step_of(f"A{i}", several) for i, several in enumerate(options)]
    every = product(*([(0, 0), *several] for several in options))
    enough = [sum(e for e, _ in way) for way in every if sum(g for _, g in way) >= need]
    picks = _fewest(steps, need)
    if not enough:
        assert picks is None
    else:
        assert picks is not None
        assert sum(o.move.effort for _, o in picks) == min(enough)
        assert sum(o.gain for _, o in picks) >= need


def test_the_panel_and_other_branches_are_left_open() -> None:
    said = told(one(HERE / "open.yaml", TABLE))
    items = {item["id"]: item for section in said["sections"] for item in section["items"]}
    assert items["B4"]["awaits"] == ["peers"]
    assert items["B5"]["awaits"] == ["panel"]
    for name in ("B4", "B5"):
        assert (items[name]["low"], items[name]["high"]) == ("0", "10")


def test_what_answers_are_worth_is_what_is_open() -> None:
    """Answered with the best there is, the total is what the pre-check said it could be."""
    check = one(HERE / "open.yaml", TABLE)
    worth = {gap.field: gap.worth for gap in check.gaps}
    more = {**check.now.submission.answers, "readers": 2}
    now = check.now
    after = now.scorer.score(_answered(now.submission, more), {}, alone=True)
    assert after.low - now.card.low == worth["readers"] == 10


def _answered(submission: Submission, answers: dict[str, Any]) -> Submission:
    return replace(submission, answers=answers)


# The command.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path)


SAMPLE = SUBMISSIONS / "JA-05.yaml"


def test_one_submission_is_told_and_several_are_counted(folder: Path) -> None:
    single = call("check", SAMPLE, cwd=folder)
    assert (single.returncode, single.stderr) == (0, "")
    assert single.stdout.startswith("申报自查 JA-05 ")
    assert "\x1b" not in single.stdout
    several = call("check", SUBMISSIONS, cwd=folder)
    assert several.stdout == "检查 24 个文件，0 处错误，0 处警告。\n"
    detailed = call("check", SUBMISSIONS, "--details", cwd=folder)
    assert detailed.stdout.count("申报自查 JA-") == 24
    quiet = call("check", SAMPLE, "--quiet", cwd=folder)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_json_carries_the_pre_check(folder: Path) -> None:
    told_ = json.loads(call("check", SAMPLE, "--format", "json", cwd=folder).stdout)
    assert told_["faults"] == []
    (said,) = told_["precheck"]
    assert said["format"] == "branchscore-precheck/1"
    assert (said["code"], said["fictional"]) == ("JA-05", True)
    assert printed(said["low"]) <= printed(said["high"])
    both = json.loads(call("check", SUBMISSIONS, "--format", "json", cwd=folder).stdout)
    assert both == {"faults": [], "precheck": []}


def test_a_faulty_submission_is_answered_without_points(folder: Path) -> None:
    broken = folder / SAMPLE
    broken.write_text(broken.read_text("utf-8").replace("\nmembers: ", "\nmembres: "), "utf-8")
    done = call("check", SAMPLE, "--page", "page.html", cwd=folder)
    assert done.returncode == 1
    assert "T001" in done.stderr
    assert "申报自查" not in done.stdout
    html = (folder / "page.html").read_text("utf-8")
    assert "要改的地方" in html
    assert "没有“membres”这一项" in html
    assert "改好以后再自查" in html


def test_a_wrong_call_for_a_page_is_told(folder: Path) -> None:
    for arguments in ([SAMPLE, "--page", "page.txt"], [SUBMISSIONS, "--page", "page.pdf"]):
        done = call("check", *arguments, cwd=folder)
        assert done.returncode == 2
        assert "--page" in done.stderr
    lost = call("check", SAMPLE, "--page", "nowhere/page.html", cwd=folder)
    assert lost.returncode == 74
    assert "未能写出" in lost.stderr


def test_the_page_is_large_black_and_the_same_each_time(folder: Path) -> None:
    for name in ("one.pdf", "two.pdf", "page.html"):
        done = call("check", SAMPLE, "--page", name, cwd=folder)
        assert (done.returncode, done.stderr) == (0, "")
    one_, two = folder / "one.pdf", folder / "two.pdf"
    assert one_.read_bytes() == two.read_bytes()
    html = (folder / "page.html").read_text("utf-8")
    sizes = [float(size) for size in re.findall(r"(?:font(?:-size)?:[^;]*?)([\d.]+)pt", html)]
    assert len(sizes) >= 4
    assert min(sizes) >= 16
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", html)) == {"#000", "#fff"}
    assert "虚构样例 · 不具效力" in html
    assert title(one_).startswith("申报自查 JA-05")
    assert "虚构样例" in pdf_text(one_)
    assert not re.search(r"Date", poppler("pdfinfo", one_))


def test_every_line_is_on_the_page(folder: Path) -> None:
    call("check", SAMPLE, "--page", "page.pdf", cwd=folder)
    shown = squeezed(
        re.sub(r"申报自查 JA-05\s+虚构样例 · 不具效力", "", pages(folder / "page.pdf"))
    )
    said = text(told(one(folder / SAMPLE, folder / "criteria" / "jingan-2023.yaml")), "zh")
    for line in said.splitlines():
        assert squeezed(line) in shown, line


def pages(pdf: Path) -> str:
    """The text without head and foot of each page."""
    return re.sub(r"\n *\d+ / \d+\s*\f", "\n", pdf_text(pdf, "-layout"))


def test_warnings_are_no_errors_and_stand_on_the_page() -> None:
    warnings = [Diagnostic("L014", Span("x.yaml", 3, 1), "", {"names": "a"})]
    html = page("x.yaml", warnings, told(one(HERE / "open.yaml", TABLE)), "zh")
    assert "请再看一眼（不算错误）" in html
    assert "要改的地方" not in html
    assert "第 3 行" in html


@pytest.mark.parametrize(("name", "language"), [("README.zh-CN.md", "zh"), ("README.md", "en")])
def test_the_readme_shows_what_is_told(name: str, language: Any) -> None:
    said = text(told(one(ROOT / SAMPLE, JINGAN)), language)
    readme = (ROOT / name).read_text("utf-8")
    heading = {"zh": "五、等次", "en": "5. Grade"}[language]
    (block,) = re.findall(rf"```\n({heading}\n.*?)```", readme, re.DOTALL)
    assert block in said


def test_a_hostile_name_steers_neither_terminal_nor_page() -> None:
    ((submission, criteria),) = sound([HERE / "open.yaml"], TABLE)
    hostile = replace(submission, branch="<script>x</script>\x1b[31m\u202e{{ 7*7 }}")
    said = told(precheck(criteria, hostile))
    shown = text(said, "zh")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    html = page("x.yaml", [], said, "zh")
    assert "<script" not in html
    assert "&lt;script&gt;x" in html
    assert "{{ 7*7 }}" in html
