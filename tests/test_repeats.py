"""What was handed in twice, by two branches, or in an earlier year: told to reviewers."""

import csv
import json
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image

import paper
from campaign import SUBMISSIONS, call, copied
from case_files import dump, load
from drawn import KINDS as DRAWN
from drawn import jpeg, png, scaled

Files = dict[str, dict[str, bytes]]


def campaign(
    folder: Path, handed: Files, change: Callable[[Any], None] = lambda ledger: None
) -> Path:
    """The sample with its first branches, some of which hand in these files besides."""
    copied(folder, sorted(handed))
    for code, named in handed.items():
        path = folder / SUBMISSIONS / f"{code}.yaml"
        whole = load(path)
        for number, (name, content) in enumerate(named.items(), 1):
            (path.with_suffix("") / name).write_bytes(content)
            entry = {"id": f"Z{number}", "title": "虚构样例", "file": name}
            whole.setdefault("evidence", []).append(entry)
        change(whole)
        dump(path, whole)
    return folder


def evaluated(folder: Path, *arguments: str | Path) -> tuple[dict[str, Any], str, Path]:
    done = call("evaluate", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    run = (folder / "reports" / "jingan-2023" / "latest").resolve()
    return json.loads((run / "results.json").read_text(encoding="utf-8")), done.stderr, run


SCENE = DRAWN["scene"](Random("活动"))
TWICE: Files = {
    "JA-01": {
        "三月.jpg": jpeg(SCENE),
        "四月.jpg": jpeg(SCENE),
        "会议.txt": "虚构样例：一\n".encode(),
    },
    "JA-02": {"照片.jpg": jpeg(scaled(SCENE, 0.5), 60), "会议.txt": "虚构样例：二\n".encode()},
}


def test_what_came_twice_is_told_to_reviewers_everywhere(tmp_path: Path) -> None:
    results, told, run = evaluated(campaign(tmp_path, TWICE))
    groups = [
        (group["way"], [(one["branch"], one["id"], one["file"]) for one in group["entries"]])
        for group in results["evidence"]
    ]
    first = [("JA-01", "Z1", "三月.jpg"), ("JA-01", "Z2", "四月.jpg")]
    assert groups == [("file", first), ("picture", [*first, ("JA-02", "Z1", "照片.jpg")])]
    faults = [(f["code"], Path(f["file"]).stem, f["severity"]) for f in results["faults"]]
    twice = [("S036", code, "warning") for code in ("JA-01",) * 4 + ("JA-02",)]
    assert [fault for fault in faults if fault[0] == "S036"] == twice
    assert told.count("S036") == 5
    assert all(fault["line"] for fault in results["faults"] if fault["code"] == "S036")
    text = (run / "evidence.csv").read_text(encoding="utf-8-sig").splitlines()
    rows = {(row["编号"], row["佐证编号"]): row for row in csv.DictReader(text)}
    assert rows["JA-01", "Z1"]["重复组"] == "1、2"
    assert rows["JA-01", "Z1"]["重复"] == (
        "内容完全相同：本支部 Z2；同一张图片（另存或缩放过）：本支部 Z2、另 1 个支部"
    )
    assert rows["JA-01", "Z3"]["重复"] == ""
    assert rows["JA-01", "Z3"]["类型"] == "文本"
    assert "第 2 组" in (run / "index.html").read_text(encoding="utf-8")
    summary = paper.squeezed(paper.text(run / "summary.pdf"))
    assert paper.squeezed("JA-02 Z1 照片.jpg") in summary
    # A branch learns that there is another one, not which.
    report = paper.squeezed(paper.text(run / "branches" / "JA-02.pdf"))
    assert paper.squeezed("另 1 个支部") in report
    assert "JA-01" not in report


def test_one_entry_may_prove_many_things(tmp_path: Path) -> None:
    """What is entered once is no repetition, however many records refer to it."""
    results, _, _ = evaluated(campaign(tmp_path, {"JA-01": {}}), "--only", "json")
    (branch,) = results["branches"]
    assert max(sum(proof["used_in"].values()) for proof in branch["evidence"]) > 1
    assert results["evidence"] == []


def test_an_entry_that_names_the_file_of_another_is_one(tmp_path: Path) -> None:
    def named_again(whole: Any) -> None:
        whole["evidence"].append({"id": "Z9", "title": "虚构样例", "file": "会议.txt"})

    files = {"JA-01": {"会议.txt": "虚构样例\n".encode()}}
    results, _, _ = evaluated(campaign(tmp_path, files, named_again), "--only", "json")
    assert [fault["code"] for fault in results["faults"]] == ["S062"]
    (group,) = results["evidence"]
    assert [one["id"] for one in group["entries"]] == ["Z1", "Z9"]


def test_what_was_handed_in_last_year(tmp_path: Path) -> None:
    """Compared by the results of the earlier run alone: its files may be gone."""
    before, _, run = evaluated(campaign(tmp_path / "before", TWICE), "--only", "json")
    now = campaign(
        tmp_path / "now",
        {"JA-03": {"新.png": png(scaled(SCENE, 0.7)), "会议.txt": "虚构样例：二\n".encode()}},
    )
    assert before["evidence"]
    earlier = run.parent / "latest"
    for given in (earlier, run, run / "results.json"):
        results, told, again = evaluated(now, "--last-year", given, "--only", "json,csv")
        runs = [[one["run"] for one in group["entries"]] for group in results["evidence"]]
        assert runs == [[None, *["jingan-2023"] * 3], [None, "jingan-2023"]]
        assert told.count("S037") == 2
        assert [i["file"] for i in results["inputs"] if i["status"] == "earlier"] == [
            str(run / "results.json")
        ]
        assert "以前的评估 1 处" in (again / "evidence.csv").read_text(encoding="utf-8-sig")
    assert call("replay", again, cwd=now).returncode == 0
    (run / "results.json").unlink()
    gone = call("replay", again, cwd=now)
    assert gone.returncode == 1
    assert str(run / "results.json") in gone.stdout


@pytest.mark.parametrize("given", ["没有", "JA-01.yaml", "cut.json"])
def test_earlier_results_that_cannot_be_read_end_the_call(tmp_path: Path, given: str) -> None:
    """Nobody would miss what this year's evidence was not compared with."""
    folder = campaign(tmp_path, {"JA-01": {}})
    (folder / "cut.json").write_text("{", encoding="utf-8")
    done = call("evaluate", "--last-year", given, cwd=folder)
    assert (done.returncode, (folder / "reports").exists()) == (2, False)
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_the_day_of_a_copy_changes_nothing(tmp_path: Path) -> None:
    folder = campaign(tmp_path, TWICE)
    one, _, _ = evaluated(folder, "--only", "json")
    for path in (folder / SUBMISSIONS).rglob("*"):
        os.utime(path, (0, 0))
    assert evaluated(folder, "--only", "json")[0] == one


def test_results_hold_nothing_of_what_a_file_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-OF-SOMEBODY"
    exif.get_ifd(0x8825)[2] = (31.0, 13.0, 49.0)
    picture = BytesIO()
    SCENE.save(picture, "JPEG", exif=exif)
    inside = "WRITTEN-INSIDE-A-FILE"
    handed = {"JA-01": {"照片.jpg": picture.getvalue(), "会议.txt": inside.encode()}}
    _, _, run = evaluated(campaign(tmp_path, handed), "--only", "json,csv,html")
    for path in run.iterdir():
        text = path.read_text(encoding="utf-8-sig")
        assert not any(hidden in text for hidden in (inside, "CAMERA-OF-SOMEBODY", "31.0"))
