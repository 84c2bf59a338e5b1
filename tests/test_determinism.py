"""The same campaign gives the same bytes, whoever evaluates it, where and in what order."""

from pathlib import Path

import pytest

from campaign import CODES, SUBMISSIONS, call, copied

# Named, tied in total (two), undetermined, in need of rare characters and with open points.
FEW = ("JA-03", "JA-07", "JA-13", "JA-14", "JA-19")
TABLES = "json,csv,xlsx,html"


def evaluated(folder: Path, *arguments: str | Path, **env: str) -> dict[str, bytes]:
    """All files of the run, as bytes by name."""
    done = call("evaluate", *arguments, cwd=folder, env=env)
    assert done.returncode == 0, done.stderr
    run = folder / "reports" / "jingan-2023" / "0001"
    return {p.relative_to(run).as_posix(): p.read_bytes() for p in run.rglob("*") if p.is_file()}


@pytest.mark.parametrize("codes", [FEW, CODES], ids=["on paper", "in tables"])
def test_runs_are_the_same_in_every_byte(codes, tmp_path: Path) -> None:
    only = () if codes == FEW else ("--only", TABLES)
    files = [SUBMISSIONS / f"{code}.yaml" for code in codes]
    here = evaluated(
        copied(tmp_path / "here", codes),
        *files,
        *only,
        PYTHONHASHSEED="1",
        LC_ALL="C",
        TZ="Asia/Shanghai",
    )
    there = evaluated(
        copied(tmp_path / "somewhere else", codes),
        *only,
        *reversed(files),
        PYTHONHASHSEED="4294967295",
        LC_ALL="zh_CN.UTF-8",
        TZ="America/New_York",
    )
    papers = sum(name.endswith(".pdf") for name in here)
    assert (len(here), papers) == ((17, 9) if codes == FEW else (8, 0))
    assert set(here) == set(there)
    assert [name for name, content in here.items() if content != there[name]] == []


def test_a_folder_is_the_same_as_its_files(tmp_path: Path) -> None:
    copied(tmp_path / "a")
    copied(tmp_path / "b")
    files = [SUBMISSIONS / f"{code}.yaml" for code in CODES]
    whole = evaluated(tmp_path / "a", "--only", "json")
    named = evaluated(tmp_path / "b", "--only", "json", *files)
    # Only with a folder is it known that there are no other branches.
    stated = whole["manifest.json"].replace(b'"every_branch": true', b'"every_branch": false')
    assert stated != whole["manifest.json"]
    assert {**whole, "manifest.json": stated} == named
