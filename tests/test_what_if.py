"""Runs compared, and a run as it would be under other criteria."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from branchscore import evaluate
from branchscore.criteria.found import Marks
from branchscore.criteria.reading import criteria_of
from branchscore.evaluation import Evaluation
from branchscore.outputs.facts import ADAPTER, encoded, facts_of
from branchscore.outputs.gather import gather, side
from branchscore.outputs.results import Branch
from branchscore.outputs.what_if import again, document_of
from branchscore.review.joined import Reviews
from branchscore.scoring.reviewed import score_reviewed
from branchscore.selection.ranking import rank
from branchscore.submission.repeats import Repeats
from branchscore.trial.model import Case, Table
from branchscore.trial.reading import one_by_one, read_cases
from campaign import PARTS, REVIEWS, SUBMISSIONS, call, copied
from case_files import dump, load
from conftest import ROOT
from runs import contents

EXPECTED = ROOT / "tests" / "compare"
HOME = Path("reports/jingan-2023")
ONCE = ("evaluate", SUBMISSIONS, "-c", PARTS[0], "-r", REVIEWS, "--only", "json,html")
BESIDE = ("places", "evidence", "strikes", "comments", "recused", "note", "file", "marks")
"""What of a branch's results comes from the files themselves."""


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three runs: the campaign as it is; with one lowered strike; and that with a place more."""
    folder = copied(tmp_path_factory.mktemp("campaign"))
    assert call(*ONCE, cwd=folder).returncode == 0
    sheet = load(folder / REVIEWS / "jingan-2023-2.yaml")
    sheet["strikes"]["JA-11"][0] |= {"to": "14", "reason": "复核后签到表上有 14 人"}
    dump(folder / REVIEWS / "jingan-2023-2.yaml", sheet)
    because = "JA-11 提出异议，复核了签到表；联系电话 13800138000"
    done = call(*ONCE, "--instead-of", HOME / "latest", "--because", because, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    (folder / "told.txt").write_text(done.stdout, encoding="utf-8")
    table = folder / PARTS[0]
    text = table.read_text("utf-8")
    table.write_text(text.replace("  quota: 8\n", "  quota: 9\n"), "utf-8")
    assert text != table.read_text("utf-8")
    assert call(*ONCE, cwd=folder).returncode == 0
    table.write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("strike", [HOME / "0001", HOME / "0002"]),
        ("quota", [HOME / "0002", HOME / "0003" / "results.json"]),
        ("what-if-quota", [HOME / "0002", "--set", "selection.quota=9"]),
        (
            "what-if-threshold",
            [
                HOME / "0001",
                "--set",
                "dimensions.organizational.indicators.O3.rule.required=5",
                "--set",
                "selection.minimum=excellent",
            ],
        ),
    ],
)
def test_what_is_said(
    campaign: Path, name: str, arguments: list[str | Path], language: str, matches
) -> None:
    before = contents(campaign / "reports")
    done = call("compare", *arguments, "--lang", language, cwd=campaign)
    assert (done.returncode, done.stderr) == (0, "")
    matches(done.stdout, EXPECTED / f"{name}.{language}.txt")
    assert contents(campaign / "reports") == before


def test_a_file_and_settings_say_the_same(campaign: Path) -> None:
    """A file that extends the table; it lies anywhere the table can be reached from."""
    changed = campaign / "criteria" / "changed.yaml"
    changed.write_text(f"extends: {PARTS[0].name}\nselection: {{quota: 9}}\n", "utf-8")
    by_file = compared(campaign, HOME / "0002", "--what-if", changed)
    by_setting = compared(campaign, HOME / "0002", "--set", "selection.quota=9")
    changed.unlink()
    assert by_file["what_if"]
    assert len(by_file["branches"]) == 1
    assert by_file == {**by_setting, "after": by_file["after"]}
    real = compared(campaign, HOME / "0002", HOME / "0003")
    assert real["branches"] == by_file["branches"]
    assert not real["what_if"]
    assert [change["status"] for change in real["inputs"]] == ["criteria"]


def compared(folder: Path, *arguments: str | Path) -> dict[str, Any]:
    done = call("compare", *arguments, "--format", "json", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_lines_add_up(campaign: Path) -> None:
    """What the items moved by is what the total moved by."""
    settings = ("--set", "dimensions.organizational.indicators.O3.rule.required=5")
    branches = compared(campaign, HOME / "0001", *settings)["branches"]
    moved = [b for b in branches if b["before"]["low"] != b["after"]["low"]]
    assert len(moved) > 5
    for branch in moved:
        lines = sum(cents(x["after"]["low"]) - cents(x["before"]["low"]) for x in branch["lines"])
        assert lines == cents(branch["after"]["low"]) - cents(branch["before"]["low"])


def cents(points: str) -> int:
    whole, _, decimals = points.partition(".")
    return int(whole + f"{decimals:0<2}")


def stripped(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: stripped(value) for key, value in node.items() if key not in BESIDE}
    return [stripped(value) for value in node] if isinstance(node, list) else node


def once_more(evaluation: Evaluation) -> list[Branch]:
    """The branches scored from the facts as they would be read back from the disk."""
    facts = ADAPTER.validate_python(json.loads(encoded(facts_of(evaluation))), strict=True)
    document = document_of(facts, Path("facts.json"))
    table = criteria_of(document)
    submissions = (standing.card.submission for standing in evaluation.standings)
    names = {one.code: one.branch for one in submissions}
    found = again(facts, table, table, document, names)
    assert (found.refused, found.pointless) == ((), ())
    return stripped(side(found.evaluation, "").branches)


def test_the_same_criteria_give_the_run_digit_for_digit(root: Path) -> None:
    """With strikes, panel, recusal and open items: every figure and every reason."""
    evaluation = evaluate(*PARTS)
    now = once_more(evaluation)
    assert now == stripped(gather(evaluation, "")["branches"])
    text = json.dumps(now, ensure_ascii=False)
    assert "核减" in text
    assert "位评委" in text


CASES = sorted((ROOT / "criteria").rglob("*.cases.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name.split(".")[0])
def test_every_table_scores_its_facts_like_its_cases(path: Path) -> None:
    cases = read_cases(path)
    for case in cases.cases:
        evaluation = as_evaluation(cases.table, case)
        assert once_more(evaluation) == stripped(side(evaluation, "").branches), case.name


def as_evaluation(table: Table, case: Case) -> Evaluation:
    criteria = table.criteria
    given = {
        code: {name: Marks(one_by_one(x)) if criteria.panel else x for name, x in marks.items()}
        for code, marks in case.judgements.items()
    }
    cards = score_reviewed(table.scorer, case.branches, given, {}).cards
    reviews = Reviews(given, {}, {}, {})
    return Evaluation(
        criteria, rank(criteria, cards), (), (), (), (), True, Repeats(()), reviews,
        document=table.document,
    )  # fmt: skip


def test_facts_hold_what_is_measured_and_no_more(campaign: Path) -> None:
    file = campaign / HOME / "0001" / "facts.json"
    text = file.read_text("utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
    facts = json.loads(text)
    visit = facts["branches"][0]["answers"]["home_visits"][0]
    assert visit["member"] == "t1"
    assert "content" not in visit
    answers = load(campaign / SUBMISSIONS / "JA-01.yaml")
    for hidden in (answers["branch"], answers["home_visits"][0]["member"]):
        assert hidden not in text
    floats = [n for n in numbers(facts) if isinstance(n, float)]
    assert not floats


def numbers(node: Any) -> Iterator[int | float]:
    if isinstance(node, dict | list):
        for value in node.values() if isinstance(node, dict) else node:
            yield from numbers(value)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield node


def test_the_order_of_files_changes_no_byte(root: Path) -> None:
    files, sheets = (sorted((root / part).glob("*.yaml")) for part in (SUBMISSIONS, REVIEWS))
    one = evaluate(PARTS[0], files, sheets)
    other = evaluate(PARTS[0], files[::-1], sheets[::-1])
    assert encoded(facts_of(one)) == encoded(facts_of(other))


def test_instead_of(campaign: Path, matches) -> None:
    """The new run names the old one and shows the difference; the old one is as it was."""
    old, new = campaign / HOME / "0001", campaign / HOME / "0002"
    results = json.loads((new / "results.json").read_bytes())
    said = results["instead_of"]
    assert said["run"] == str(HOME / "0001")
    assert said["sha256"] == contents(old)["manifest.json"]
    assert said["because"] == "JA-11 提出异议，复核了签到表；联系电话 " + "*" * 11
    assert results["changes"] == compared(campaign, HOME / "0001", HOME / "0002")["branches"]
    assert "JA-11" in [change["code"] for change in results["changes"]]
    page = (new / "index.html").read_text("utf-8")
    assert "代替以前的评估" in page
    assert "13800138000" not in page
    told = (campaign / "told.txt").read_text("utf-8")
    assert f"本次评估代替 {HOME / '0001'}" in told
    first = json.loads((old / "results.json").read_bytes())
    assert (first["instead_of"], first["changes"]) == (None, [])


def test_replay_knows_what_a_run_is_instead_of(campaign: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(campaign, tmp_path / "copy", symlinks=True)
    done = call("replay", HOME / "0002", cwd=copy)
    assert (done.returncode, done.stdout.splitlines()[-1][0]) == (0, "4"), done.stdout
    (copy / HOME / "0001" / "manifest.json").write_text("{}", "utf-8")
    done = call("replay", HOME / "0002", cwd=copy)
    assert done.returncode == 1
    assert f"输入 {HOME / '0001' / 'manifest.json'}：内容已改动" in done.stdout
    shutil.rmtree(copy / HOME / "0001")
    done = call("replay", HOME / "0002", cwd=copy)
    assert f"输入 {HOME / '0001' / 'manifest.json'}：已不在了" in done.stdout
    assert "重新评估：results.json 与当时不同" in done.stdout


def item(section: str, text: str) -> str:
    return f"dimensions: [{{id: {section}, indicators: [{{{text}}}]}}]\n"


FIELD = "fields: {extra: {title: 新项目, type: integer}}\n"
CONTENT = "id: S1, measure: {kind: count, list: home_visits, where: {content: 慰问}}"
MEMBER = "id: S1, measure: {kind: count, list: home_visits, where: {member: 党员03}}"
STEPS = "id: S10, rule: {kind: given, step: 1}"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (FIELD, None),
        (item("service", CONTENT), "“内容”，这次评估没有留存"),
        (item("service", MEMBER), "“党员编号”，这次评估没有留存"),
        (item("service", STEPS), "对“作用发挥实效”的评定不合改后的评分表"),
    ],
)
def test_what_is_not_held_is_not_guessed(campaign: Path, changed: str, said: str | None) -> None:
    file = campaign / "criteria" / "changed.yaml"
    file.write_text(f"extends: {PARTS[0].name}\n{changed}", "utf-8")
    done = call("compare", HOME / "0001", "--what-if", file, cwd=campaign)
    file.unlink()
    if said is None:
        assert (done.returncode, done.stderr) == (0, "")
        assert "没有变化 24 个" in done.stdout
    else:
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([HOME / "0001"], 2, "二者取一"),
        ([HOME / "0001", HOME / "0002", "--set", "a=1"], 2, "二者取一"),
        ([HOME / "0001", PARTS[0]], 2, "两份评分表"),
        ([PARTS[0], HOME / "0001"], 2, "两份评分表"),
        ([PARTS[0]], 2, "两份评分表"),
        ([PARTS[0], PARTS[0], "--format", "json"], 2, "只用于评估"),
        ([HOME / "0001", HOME / "0002", "-r", REVIEWS], 2, "只用于比较两份评分表"),
        ([HOME / "0001", "nowhere"], 2, "nowhere 不是一次评估"),
        (["criteria", HOME / "0001"], 2, "criteria 不是一次评估"),
        ([HOME / "0001", "--set", "selection.quota"], 2, "应写作 名称=内容"),
        ([HOME / "0001", "--set", "a=1", "--set", "a.b=2"], 2, "没有更深一层"),
        ([HOME / "0001", "--set", "selection.quota=many"], 1, "--set:3:10: 错误 T004"),
        ([HOME / "0001", "--set", "selection.quotas=9"], 1, "T001"),
        ([HOME / "0001", "--set", "dimensions.none.points=9"], 1, "--set:3:5: 错误 T002"),
        ([HOME / "0001", "--what-if", "nowhere.yaml"], 1, "Y001"),
    ],
)
def test_wrong_calls(campaign: Path, arguments: list[str | Path], code: int, said: str) -> None:
    done = call("compare", *arguments, cwd=campaign)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--instead-of", HOME / "0001"], "要一起写"),
        (["--because", "复核"], "要一起写"),
        (["--instead-of", HOME / "0001", "--because", " "], "要一起写"),
        (["--instead-of", "nowhere", "--because", "复核"], "nowhere"),
    ],
)
def test_wrong_calls_of_evaluate(campaign: Path, options: list[str | Path], said: str) -> None:
    before = contents(campaign / "reports")
    done = call(*ONCE, *options, cwd=campaign)
    assert (done.returncode, said in done.stderr) == (2, True)
    assert contents(campaign / "reports") == before


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda file: file.unlink(), "没有"),
        (lambda file: file.write_text("{}", "utf-8"), "评估之后被改动过"),
    ],
)
def test_damaged_facts(
    campaign: Path, tmp_path: Path, damage: Callable[[Path], Any], said: str
) -> None:
    copy = shutil.copytree(campaign / HOME / "0001", tmp_path / "run")
    damage(copy / "facts.json")
    done = call("compare", copy, "--set", "selection.quota=9", cwd=campaign)
    assert (done.returncode, done.stdout) == (1, "")
    assert "L024" in done.stderr
    assert said in done.stderr
