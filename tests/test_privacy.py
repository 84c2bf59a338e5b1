"""Personal data is pointed out, and reaches nothing that is written."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import paper
from branchscore import evaluate
from branchscore.evaluation import check
from branchscore.outputs.dashboard import index
from branchscore.outputs.gather import gather
from branchscore.outputs.machines import FORMATS
from branchscore.outputs.results import encoded
from branchscore.outputs.terminal import faults_text
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.manual import is_error
from campaign import call
from conftest import ROOT

HOSTILE = ROOT / "tests" / "hostile"
SECRET = re.compile("密名|7919")
PERSONAL = re.compile("11010519491231002|4405241880|13800138000|62000000|example.com|糖尿病|9岁")
INTERNAL = re.compile("7907|事事事|说明说明|密名|7919|张明|张小明")


def written(folder: Path) -> Iterator[tuple[str, str]]:
    """Everything in a run, as text."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = str(path.relative_to(folder))
        if path.suffix == ".pdf":
            yield name, paper.squeezed(paper.text(path)) + paper.title(path)
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                yield name, "".join(book.read(part).decode() for part in book.namelist())
        else:
            yield name, path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All that a run writes and says, by file and by stream."""
    out = tmp_path_factory.mktemp("private")
    copy = shutil.copytree(HOSTILE, out / "hostile")
    for code in ("H01", "H02", "H03", "H04", "H05", "H06", "H07", "H08", "H09"):
        (copy / "submissions" / f"{code}.yaml").unlink()
    done = call("evaluate", "hostile/submissions", "-c", "hostile/criteria.yaml", cwd=out)
    assert done.returncode == 0, done.stderr
    texts = dict(written(out / "reports" / "hostile" / "0001"))
    return {**texts, "stdout": done.stdout, "stderr": done.stderr}


def test_a_run_writes_nothing_secret_or_personal(outputs: dict[str, str]) -> None:
    assert {"results.json", "ranking.csv", "branches/H12.pdf", "certificates/H12.pdf"} <= set(
        outputs
    )
    for name, text in outputs.items():
        # Scoring needs the figure; the file is its owner's alone.
        measured = {"7919"} if name == "facts.json" else set()
        assert set(SECRET.findall(text)) <= measured, name
        assert not PERSONAL.search(text), name
    assert "P001" in outputs["stderr"]


def test_what_is_published_holds_nothing_internal(outputs: dict[str, str]) -> None:
    for name in (
        "public.json",
        "ranking.csv",
        "ranking.xlsx",
        "certificates/H10.pdf",
        "certificates/H12.pdf",
    ):
        assert not INTERNAL.search(outputs[name]), name
    assert "张*丰" in outputs["ranking.csv"]
    assert "患病" not in outputs["ranking.csv"]
    assert "不公开的条件，等次不高于" in outputs["ranking.csv"]
    assert "7907" in outputs["results.json"]


def test_a_secret_answer_is_paid_without_being_told(outputs: dict[str, str]) -> None:
    results = json.loads(outputs["results.json"])
    branch = next(b for b in results["branches"] if b["code"] == "H10")
    items = {item["id"]: item for part in branch["sections"] for item in part["items"]}
    assert items["W2"]["points"] == "3.17"
    assert items["W2"]["why"]["zh"] == "补助按不公开的填报内容计，得 3.17 分"
    assert (items["W2"]["measured"], items["W2"]["gain"]) == (None, None)
    gate = next(test for test in branch["tests"] if test["id"] == "G2")
    assert gate["why"]["zh"] == "补助：要求不少于 1 次，实为 （不公开） "


# A fault in each secret field, and one beside it: (from, to, place)
FAULTS = {
    "type": ("income: 7919.5", "income: 密名7919", (8, 9)),
    "near": ("income: 7919.5", "income: ７９１９", (8, 9)),
    "range": ("income: 7919.5", "income: -7919", (8, 9)),
    "choice": ("ill: false", "ill: 密名7919", (9, 6)),
    "beside": ("author: 密名乙, date: 2023-04-01", "author: 密名乙, date: 2023-13-01", (17, 36)),
    "misspelt": ("author: 密名乙", "autor: 密名乙", (17, 17)),
    "twice": ("author: 密名乙", "author: 密名乙, author: 密名丙", (17, 30)),
    "syntax": ("author: 密名乙", "author: [密名乙", None),
    "wide colon": ("author: 密名乙", "author：密名乙", (17, 17)),
    "no colon": ("author: 密名乙", "author密名乙", (17, 17)),
    "wide colon in a block": ("income: 7919.5", "income：密名7919", (8, 7)),
    "block": ("ill: false", "ill: false\nincomes: |\n  密名\n  7919", (10, 1)),
    "character": ("author: 密名乙", "author: 密名\u200b乙", (17, 27)),
    "title": ("author: 密名乙", "作者: [密名乙]", (17, 21)),
    "in a text": ("  - {title: 作品, author: 密名乙, date: 2023-04-01}", "  - 密名乙", (17, 5)),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_secret_field_shows_its_place_only(name: str, tmp_path: Path) -> None:
    path = broken(name, tmp_path)
    faults = check([path], [HOSTILE / "criteria.yaml"])
    assert [fault for fault in faults if is_error(fault)]
    told = {form: say(faults, (), "zh") for form, say in FORMATS.items()}
    told["text"] = faults_text(faults, "zh") + faults_text(faults, "en")
    evaluation = evaluate(HOSTILE / "criteria.yaml", path)
    results = gather(evaluation, "")
    told["results"] = encoded(results).decode()
    told["index"] = index(results, "zh")
    for form, text in told.items():
        assert not SECRET.search(text), form
    place = FAULTS[name][2]
    assert not place or place in {(fault.span.line, fault.span.column) for fault in faults}


def broken(name: str, folder: Path) -> Path:
    before, after, _ = FAULTS[name]
    good = (HOSTILE / "secret.yaml").read_text(encoding="utf-8")
    assert good.count(before) == 1
    path = folder / f"{name}.yaml"
    path.write_text(good.replace(before, after), encoding="utf-8")
    return path


def test_commands_tell_no_secret_of_faulty_files(tmp_path: Path) -> None:
    shutil.copy(HOSTILE / "criteria.yaml", tmp_path)
    (tmp_path / "in").mkdir()
    for name in FAULTS:
        broken(name, tmp_path / "in")
    for line in (
        "check in",
        "check in --format sarif",
        "check in --fix",
        "evaluate in --only json",
    ):
        done = call(*line.split(), "-c", "criteria.yaml", cwd=tmp_path)
        assert done.returncode == 1
        assert not SECRET.search(done.stdout + done.stderr), line
    for path, text in written(tmp_path / "reports"):
        assert not SECRET.search(text), path


def test_explaining_shows_lines_without_what_is_secret(tmp_path: Path) -> None:
    shutil.copy(HOSTILE / "criteria.yaml", tmp_path)
    shutil.copy(HOSTILE / "secret.yaml", tmp_path / "S1.yaml")
    call("evaluate", "S1.yaml", "-c", "criteria.yaml", "--only", "json", cwd=tmp_path)
    for item in ("W1", "W2", "G2"):
        done = call("explain", "S1", item, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert not SECRET.search(done.stdout)
        assert "S1.yaml:" in done.stdout
    assert (
        "{title: 作品, author: ***, date: 2023-04-01}"
        in call("explain", "S1", "W1", cwd=tmp_path).stdout
    )


def test_the_pre_check_shows_nothing_secret(tmp_path: Path) -> None:
    shutil.copy(HOSTILE / "criteria.yaml", tmp_path)
    shutil.copy(HOSTILE / "secret.yaml", tmp_path / "S1.yaml")
    for extra in ((), ("--format", "json"), ("--page", "page.html")):
        done = call("check", "S1.yaml", "-c", "criteria.yaml", *extra, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        page = tmp_path / "page.html"
        text = done.stdout + (page.read_text(encoding="utf-8") if page.exists() else "")
        assert "3.17" in text
        assert not SECRET.search(text + done.stderr)


def remarks(text: str, tmp_path: Path) -> list[Diagnostic]:
    path = tmp_path / "S1.yaml"
    path.write_text(text, encoding="utf-8")
    return check([path], [HOSTILE / "criteria.yaml"])


def test_each_kind_is_said_once_for_each_text(tmp_path: Path) -> None:
    text = (HOSTILE / "secret.yaml").read_text(encoding="utf-8")
    told = remarks(
        text + "story: 13800138000、13900139000，a@b.cn\nnote: 李四 13800138000\n", tmp_path
    )
    places = [(fault.code, fault.span.line, fault.span.column) for fault in told]
    assert places == [("P002", 18, 8), ("P004", 18, 8), ("P002", 19, 7)]


def test_what_is_asked_for_as_a_secret_is_not_pointed_out(tmp_path: Path) -> None:
    text = (HOSTILE / "secret.yaml").read_text(encoding="utf-8")
    assert not remarks(text.replace("密名甲", "11010519491231002X"), tmp_path)


def test_a_hospital_may_be_named_for_an_illness(tmp_path: Path) -> None:
    text = (HOSTILE / "secret.yaml").read_text(encoding="utf-8")
    text = text.replace("branch: 虚构支部", "branch: 虚构肿瘤医院支部")
    assert not remarks(text, tmp_path)
    (standing,) = evaluate(HOSTILE / "criteria.yaml", tmp_path / "S1.yaml").standings
    assert standing.card.submission.branch == "虚构肿瘤医院支部"


LEAK = """
from branchscore.outputs.public import Published

def writer(public: Published) -> object:
    return public.title, public.faults, public.reviewers, public.inputs, public.branches[0].note
"""


def test_a_public_writer_that_asks_for_more_is_a_fault_of_types(tmp_path: Path) -> None:
    file = tmp_path / "writer.py"
    file.write_text(LEAK, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", file],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    missing = re.findall(r'has no attribute "(\w+)"', done.stdout)
    assert missing == ["faults", "reviewers", "inputs", "note"]
