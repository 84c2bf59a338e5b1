"""`branchscore lint --results`: what only the results of branches show."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from campaign import call, copied
from case_files import dump
from test_lint import LINT, marked


def campaign(folder: Path, branches: list[tuple[int | None, bool]]) -> Path:
    """A run under tests/lint/results.yaml: meetings and a plan by branch; results.json of it."""
    (folder / "submissions").mkdir()
    shutil.copy(LINT / "results.yaml", folder)
    for i, (meetings, plan) in enumerate(branches):
        answers = {"meetings": meetings, "visits": meetings, "plan": plan}
        stated = {name: answer for name, answer in answers.items() if answer is not None}
        whole = {"criteria": "results", "code": f"A{i}", "branch": f"虚构支部{i}", **stated}
        dump(folder / "submissions" / f"A{i}.yaml", whole)
    done = call("evaluate", "-c", "results.yaml", "--only", "json", cwd=folder)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("reports/results/*/results.json"))


ALIKE = [(0, True), (1, True), (2, True), (3, True), (12, True)]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return campaign(tmp_path_factory.mktemp("run"), ALIKE)


def test_what_only_results_show(tmp_path: Path, matches) -> None:
    results = campaign(tmp_path, ALIKE)
    told = []
    for language in ("zh", "en"):
        arguments = ("results.yaml", "--results", results, "--lang", language)
        done = call("lint", *arguments, cwd=tmp_path)
        assert done.returncode == 0
        told.append(done.stdout)
    matches("\n".join(told), LINT / "results-with.txt")
    found = re.findall(r"yaml:(\d+):\d+: \S+ (L\d+)", told[0])
    assert [(int(line), code) for line, code in found] == marked("results")


@pytest.mark.parametrize(
    ("branches", "gone"),
    [
        (ALIKE[:4], {"L021", "L022", "L023"}),
        ([*ALIKE[:4], (12, False)], {"L021"}),
        ([*ALIKE[:4], (13, True)], set()),
        ([*ALIKE[:4], (14, True)], {"L023"}),
        ([*ALIKE, (None, True)], {"L022"}),
    ],
    ids=[
        "too few branches",
        "one is apart",
        "one is right at the cap",
        "the cap holds one back",
        "one is open",
    ],
)
def test_what_results_do_not_show(branches, gone, tmp_path: Path) -> None:
    results = campaign(tmp_path, branches)
    out = call("lint", "results.yaml", "--results", results, cwd=tmp_path).stdout
    assert set(re.findall(r"L02[1-3]", out)) == {"L021", "L022", "L023"} - gone


def test_results_of_another_table_are_refused(sound: Path, tmp_path: Path) -> None:
    done = call("lint", LINT / "L001.yaml", "--results", sound, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "L024" in done.stderr


def changed(key: str, value: Any) -> Callable[[bytes], bytes]:
    def change(raw: bytes) -> bytes:
        data = json.loads(raw)
        *path, last = key.split(".")
        node = data
        for step in path:
            node = node[int(step) if step.isdigit() else step]
        node[last] = value
        return json.dumps(data).encode()

    return change


ITEM = "branches.0.sections.0.items.0"
DAMAGE = {
    "cut off": lambda raw: raw[: len(raw) // 2],
    "empty": lambda _: b"",
    "no text": lambda _: b"\xff\xfe\x00",
    "another file": lambda _: b"[]",
    "nested": lambda _: b"[" * 100_000,
    "another format": changed("format", "branchscore-results/2"),
    "points as a number": changed(f"{ITEM}.points", 3.5),
    "points that are none": changed(f"{ITEM}.points", "三分"),
    "points over nothing": changed(f"{ITEM}.points", "1/0"),
    "twice": lambda raw: json.dumps(
        (data := json.loads(raw)) | {"branches": data["branches"] * 2}
    ).encode(),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_damaged_results_get_an_answer(damage, sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_bytes(damage(sound.read_bytes()))
    done = call("lint", LINT / "results.yaml", "--results", path, cwd=tmp_path)
    assert done.returncode == 1
    assert "L024 not-results" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_results_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    done = call("lint", LINT / "results.yaml", "--results", name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{name}: 错误 L024")


def test_the_sample_campaign_with_its_results(tmp_path: Path) -> None:
    copied(tmp_path)
    call("evaluate", "--only", "json", cwd=tmp_path)
    results = next(tmp_path.glob("reports/*/*/results.json"))
    done = call("lint", "--results", results, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
