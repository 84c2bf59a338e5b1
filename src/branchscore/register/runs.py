"""The runs of a campaign, held against the register: which are there, and whether they are as
they were when they were recorded."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from branchscore.outputs.opened import MANIFEST, opened
from branchscore.register.event import Scored
from branchscore.register.state import State
from branchscore.text.phrase import Phrase, Sentence

LOST = Phrase("第 {run} 次评估不见了", "run {run} is gone")
OTHER = Phrase(
    "第 {run} 次评估的 manifest.json 与登记的不同",
    "manifest.json of run {run} is not the one that was recorded",
)
CHANGED = Phrase("第 {run} 次评估的 {file} 被改动过", "{file} of run {run} was changed")
MISSING = Phrase("第 {run} 次评估的 {file} 不见了", "{file} of run {run} is gone")
SWAPPED = Phrase(
    "第 {run} 次评估用的 {code} 的申报（{file}）不是收到的任何一份",
    "run {run} scored a submission of {code} ({file}) that was never received",
)
OLDER = Phrase(
    "第 {run} 次评估用的不是 {code} 最后交来的那份申报",
    "run {run} did not score what {code} handed in last",
)
NEVER = Phrase(
    "第 {run} 次评估用了 {code} 的申报，登记簿里没有收件",
    "run {run} scored {code}, of which nothing was received",
)
LEFT_OUT = Phrase(
    "收到过 {code} 的申报，第 {run} 次评估没有用它",
    "what {code} handed in was not scored in run {run}",
)
CRITERIA = Phrase(
    "第 {run} 次评估用的评分表不是登记冻结的任何一份",
    "run {run} went by a criteria file that was never frozen",
)
UNKNOWN = Phrase(
    "第 {run} 次评估没有登记（branchscore register scored {run}）",
    "run {run} is not in the register (branchscore register scored {run})",
)


@dataclass(frozen=True, slots=True)
class Held:
    """What was found: `wrong` speaks against somebody, `remarks` are to be known."""

    wrong: tuple[Sentence, ...]
    remarks: tuple[Sentence, ...]


def scored_of(folder: Path) -> Scored:
    """The event for a run on disk. Raises `NoRun`, `Faulty` or OSError for what is not a whole
    run."""
    results = opened(folder)
    table = next(i["sha256"] for i in results["inputs"] if i["status"] == "criteria")
    named = tuple(sorted(b["code"] for b in results["branches"] if b["outcome"] == "named"))
    digest = sha256((folder / MANIFEST).read_bytes()).hexdigest()
    return Scored(run=folder.name, manifest=digest, criteria=table, named=named)


def held(home: Path, state: State) -> Held:
    """The runs below a folder against what the register says of them."""
    wrong: list[Sentence] = []
    remarks: list[Sentence] = []
    for run, event in state.runs.items():
        faults = list(_changed(home / run, event))
        wrong += faults
        if not faults:
            found = list(_inputs(home / run, event, state))
            wrong += [s for s in found if s.wording is SWAPPED]
            # Of an old run it is history that branches handed in anew since.
            newest = run == next(reversed(state.runs))
            remarks += [s for s in found if s.wording is not SWAPPED and newest]
        if event.criteria not in [frozen.sha256 for frozen in state.criteria]:
            wrong.append(Sentence(CRITERIA, {"run": run}))
    there = sorted(p.parent.name for p in home.glob(f"*/{MANIFEST}") if not p.parent.is_symlink())
    unknown = [name for name in there if name.isdecimal() and name not in state.runs]
    remarks += [Sentence(UNKNOWN, {"run": name}) for name in unknown]
    return Held(tuple(wrong), tuple(remarks))


def _changed(folder: Path, event: Scored) -> Iterator[Sentence]:
    run = {"run": event.run}
    raw = _bytes(folder / MANIFEST)
    if raw is None:
        yield Sentence(LOST, run)
        return
    if sha256(raw).hexdigest() != event.manifest:
        yield Sentence(OTHER, run)
        return
    outputs: Mapping[str, str] = json.loads(raw)["outputs"]
    for name, digest in outputs.items():
        content = _bytes(folder / name)
        if content is None:
            yield Sentence(MISSING, {**run, "file": name})
        elif sha256(content).hexdigest() != digest:
            yield Sentence(CHANGED, {**run, "file": name})


def _inputs(folder: Path, event: Scored, state: State) -> Iterator[Sentence]:
    """What was scored against what was received; says nothing where nothing ever was."""
    if not state.received:
        return
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    hashes = {i["file"]: i["sha256"] for i in manifest["inputs"] if i["status"] == "scored"}
    codes = {r.sha256: code for code, several in state.received.items() for r in several}
    used = {codes[digest] for digest in hashes.values() if digest in codes}
    for file, code in sorted(_codes(folder, hashes).items()):
        digest, newest = hashes[file], state.handed_in(code)
        values = {"run": event.run, "code": code, "file": file}
        if newest is None:
            yield Sentence(NEVER, values)
        elif codes.get(digest) != code:
            yield Sentence(SWAPPED, values)
        elif digest != newest.sha256:
            yield Sentence(OLDER, values)
    stands = used | set(_codes(folder, hashes).values())
    for code in sorted(state.received.keys() - stands):
        yield Sentence(LEFT_OUT, {"run": event.run, "code": code})


def _codes(folder: Path, hashes: Mapping[str, str]) -> dict[str, str]:
    """The branch of each file that was scored, where the run has its data."""
    raw = _bytes(folder / "results.json")
    branches = json.loads(raw)["branches"] if raw is not None else []
    return {b["file"]: b["code"] for b in branches if b["file"] in hashes}


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
