"""Criteria files on trial: their cases, what these reach, and which changes they notice."""

import shutil
from pathlib import Path

import pytest

from branchscore.cli.common import tables_in
from branchscore.criteria.reading import criteria_of
from branchscore.text.diagnostics import Faulty
from branchscore.text.folders import found
from branchscore.text.source import Document, Map, parse, read
from branchscore.trial.coverage import unreached
from branchscore.trial.mutants import Mutant, mutants
from branchscore.trial.protection import protection
from branchscore.trial.reading import Cases, case_files, read_cases
from branchscore.trial.running import missed
from branchscore.trial.tree import changed
from campaign import call
from case_files import dump, load
from conftest import ROOT

TRIAL = ROOT / "tests" / "trial"
REAL = case_files([ROOT / "criteria"])


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    shutil.copy(TRIAL / "table.yaml", tmp_path / "failing.yaml")
    shutil.copy(TRIAL / "failing.cases.yaml", tmp_path)
    return tmp_path


def told(folder: Path, *arguments: str) -> str:
    """What the command writes in both languages, after its exit code."""
    texts = []
    for language in ("zh", "en"):
        done = call("test", *arguments, "--lang", language, cwd=folder)
        texts.append(f"{done.returncode}\n{done.stdout}{done.stderr}")
    return "\n".join(texts)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name.removesuffix(".cases.yaml"))
def test_every_criteria_file_holds_its_cases(path: Path) -> None:
    cases = read_cases(path)
    assert not cases.faults
    assert [one for case in cases.cases for one in missed(cases.table, case)] == []


def test_no_number_of_the_sample_table_is_unprotected() -> None:
    done = call("test", "criteria/jingan-2023.yaml", "--coverage", "--mutate", cwd=ROOT)
    assert done.returncode == 0
    assert "criteria/jingan-2023.yaml: 0 处没有案例考到" in done.stdout
    assert "没有发现 0 处" in done.stdout


@pytest.mark.parametrize("options", [(), ("--coverage",), ("--mutate",)], ids=str)
@pytest.mark.parametrize("name", ["table", "wide"])
def test_a_table_and_its_cases(name: str, options: tuple[str, ...], matches) -> None:
    file = "-".join([name, *(option.strip("-") for option in options)])
    matches(told(TRIAL, f"{name}.yaml", *options), TRIAL / f"{file}.txt")


def test_failing_and_faulty_cases_are_told(failing: Path, matches) -> None:
    matches(told(failing, "failing.cases.yaml"), TRIAL / "failing.txt")


def test_failing_cases_protect_and_reach_nothing(failing: Path) -> None:
    done = call("test", "--mutate", "--coverage", "failing.yaml", cwd=failing)
    assert "命名算错" in done.stdout
    assert "good 没有案例评为本等次" in done.stdout
    assert "selection quota: 1 → 2" in done.stdout


def test_one_faulty_file_does_not_stop_the_others(failing: Path) -> None:
    shutil.copy(TRIAL / "table.yaml", failing / "zz.yaml")
    shutil.copy(TRIAL / "table.cases.yaml", failing / "zz.cases.yaml")
    (failing / "failing.cases.yaml").write_text("criteria: table\n", encoding="utf-8")
    done = call("test", ".", cwd=failing)
    assert (done.returncode, "T002" in done.stderr) == (1, True)
    assert "通过 8 个，未通过 0 个；1 处错误" in done.stdout


@pytest.mark.parametrize("files", [(), (".",), ("failing.yaml",)])
def test_nothing_to_test(failing: Path, files: tuple[str, ...]) -> None:
    (failing / "failing.cases.yaml").unlink()
    done = call("test", *files, cwd=failing)
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有案例" in done.stderr


def test_a_file_without_cases_is_nothing_to_test(failing: Path) -> None:
    (failing / "failing.cases.yaml").write_text("criteria: table\ncases: []\n", encoding="utf-8")
    assert call("test", "failing.yaml", cwd=failing).returncode == 2


def test_what_has_no_cases_is_told(failing: Path) -> None:
    shutil.copy(TRIAL / "table.yaml", failing / "untried.yaml")
    done = call("test", "failing.yaml", "untried.yaml", "nowhere.yaml", cwd=failing)
    assert "untried.yaml: 没有案例\nnowhere.yaml: 没有案例\n" in done.stderr
    assert "通过 1 个，未通过 2 个" in done.stdout


def test_a_change_of_what_is_inherited_stands_where_it_is_written(failing: Path) -> None:
    child = {"extends": "failing.yaml", "id": "child", "at_most": "9"}
    case = {"name": "四次", "because": "满分", "answers": {"meetings": "4"}, "expect": {"A1": "5"}}
    dump(failing / "child.yaml", child)
    dump(failing / "child.cases.yaml", {"criteria": "child", "cases": [case]})
    done = call("test", "child.yaml", "--mutate", cwd=failing)
    assert "\nfailing.yaml:42:48: A2 at_least: 90 → 91\n" in done.stdout
    assert "child.yaml:3:10: at_most: 9 → 10\n" in done.stdout
    assert "A1 required: 4 → 3" in done.stdout
    assert "A1 required: 4 → 5" not in done.stdout


def test_a_named_file_that_is_not_there_is_told(failing: Path) -> None:
    done = call("test", "other.cases.yaml", cwd=failing)
    assert (done.returncode, "Y001" in done.stderr) == (1, True)


def test_all_case_files_below_criteria_are_the_default(failing: Path) -> None:
    library = failing / "criteria" / "library"
    library.mkdir(parents=True)
    for name in ("table.yaml", "table.cases.yaml"):
        shutil.copy(TRIAL / name, library / name)
    done = call("test", cwd=failing)
    assert (done.returncode, done.stdout) == (0, "案例 8 个：通过 8 个，未通过 0 个；0 处错误。\n")


def test_cases_are_neither_tables_nor_submissions(failing: Path) -> None:
    assert tables_in(failing) == [failing / "failing.yaml"]
    assert found(failing) == ([failing / "failing.yaml"], [failing / "failing.cases.yaml"])


def test_without_cases_everything_is_out_of_reach(matches) -> None:
    table = read_cases(TRIAL / "wide.cases.yaml").table
    lines = [
        f"{table.document.span(spot.at).line}: {spot.item} {spot.what.say('zh')}"
        for spot in unreached(table, ())
    ]
    matches("\n".join(lines) + "\n", TRIAL / "wide-nothing.txt")


def test_what_a_case_does_not_hold_it_does_not_reach() -> None:
    cases = read_cases(TRIAL / "wide.cases.yaml")
    ship = [case for case in cases.cases if case.name == "船上八十分"]
    tagged = [(spot.at[-2:], spot.item) for spot in unreached(cases.table, ship)]
    assert (("bands", 0), "A3") in tagged
    assert (("bands", 1), "A3") not in tagged
    assert (("indicators", 0), "A1") in tagged  # asked about A3 only


def shown(mutant: Mutant, document: Document, verdict: str) -> str:
    span = document.span(mutant.at, key=mutant.key)
    change = f"{mutant.name}: {mutant.was} → {mutant.now}"
    return f"{span.line}:{span.column} {change}{verdict}"


def test_every_change_that_is_tried(matches) -> None:
    document, lines = read(TRIAL / "wide.yaml"), []
    for mutant in mutants(document.root):
        refused = ""
        try:
            criteria_of(Document("", document.raw, changed(document.root, mutant.puts)))
        except Faulty as error:
            refused = " refused: " + " ".join(fault.code for fault in error.diagnostics)
        lines.append(shown(mutant, document, refused))
    matches("\n".join(lines) + "\n", TRIAL / "wide-changes.txt")


@pytest.mark.parametrize("path", [TRIAL / "wide.yaml", *tables_in(ROOT / "criteria")])
def test_a_change_is_what_an_editor_would_make(path: Path) -> None:
    document = read(path)
    before, text = repr(document.root), document.raw.decode().splitlines(keepends=True)
    edited = 0
    for mutant in mutants(document.root):
        tree = changed(document.root, mutant.puts)
        assert tree != document.root
        assert marks(tree) or mutant.now is None
        if len(mutant.puts) == 1 and mutant.now is not None:
            span, lines = document.span(mutant.at, key=mutant.key), list(text)
            line, start = lines[span.line - 1], span.column - 1
            if line[start : start + len(mutant.was)] == mutant.was:
                lines[span.line - 1] = line[:start] + mutant.now + line[start + len(mutant.was) :]
                assert parse("".join(lines).encode(), "").root == tree
                edited += 1
    assert edited > 20
    assert repr(document.root) == before


def marks(node: Map) -> bool:
    return len(node.marks) == 2 * len(node)


def survivors(cases: Cases) -> set[str]:
    found = protection(cases, cases.cases).survivors
    return {f"{one.mutant.name}: {one.mutant.was} → {one.mutant.now}" for one in found}


def test_a_case_at_the_limit_protects_it(tmp_path: Path) -> None:
    shutil.copy(TRIAL / "table.yaml", tmp_path)
    file = load(TRIAL / "table.cases.yaml")
    for name, attendance, points in (("刚到", 80, 1), ("差一点", 79, 0)):
        case = {"name": name, "because": "80 起1分", "answers": {"attendance": attendance}}
        file["cases"].append({**case, "expect": {"A2": points}})
    after = survivors(read_cases(dump(tmp_path / "table.cases.yaml", file)))
    killed = survivors(read_cases(TRIAL / "table.cases.yaml")) - after
    assert killed == {
        "at_least: 80 → 81",
        "at_least: 80 → 79",
        "points: 1 → 2",
        "points: 1 → 0",
        "otherwise: 0 → 1",
    }
    assert "at_least: 90 → 89" in after
