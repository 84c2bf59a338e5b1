"""A run once more, from its manifest: the same bytes, or what has changed since."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from branchscore import __version__
from branchscore.evaluation import Evaluation, evaluate
from branchscore.outputs.earlier import earlier_in
from branchscore.outputs.gather import gather
from branchscore.outputs.instead import Instead, instead_of
from branchscore.outputs.opened import MANIFEST, NoRun
from branchscore.outputs.results import InputEntry
from branchscore.outputs.results_changes import InsteadOf
from branchscore.proofs.files import Folder
from branchscore.run.manifest import PAPER, Manifest, font_hashes, libraries
from branchscore.run.writing import files
from branchscore.submission.repeats import Earlier
from branchscore.text.diagnostics import Faulty
from branchscore.text.files import read_bytes
from branchscore.text.folders import Found
from branchscore.text.limits import limited, limits
from branchscore.text.phrase import Phrase, Sentence

GONE = Phrase("输入 {file}：已不在了", "input {file}: is not there any more")
CHANGED = Phrase("输入 {file}：内容已改动", "input {file}: was changed")
OTHER = Phrase("{what}：当时 {then}，现在 {now}", "{what}: then {then}, now {now}")
PROGRAM = Phrase("程序版本", "version of the program")
PYTHON = Phrase("Python", "Python")
NONE = Phrase("没有", "none")
FONT = Phrase("字体 {file}：与当时不同", "font {file}: is not the same")
LOST = Phrase("结果 {file}：已不在了", "output {file}: is not there any more")
TOUCHED = Phrase("结果 {file}：评估之后被改动过", "output {file}: was changed after the run")
DIFFERS = Phrase("重新评估：{file} 与当时不同", "evaluated again: {file} differs")
MISSED = Phrase("重新评估：没有再得到 {file}", "evaluated again: {file} is not made any more")
MORE = Phrase("重新评估：多出 {file}", "evaluated again: {file} is new")


@dataclass(frozen=True, slots=True)
class Replay:
    """What has changed since a run, by where to look: the program and what it stands on, the
    inputs, the files of the run as they lie there, and what comes out now. `same` counts the
    outputs that are equal in every byte."""

    program: tuple[Sentence, ...]
    inputs: tuple[Sentence, ...]
    stored: tuple[Sentence, ...]
    outputs: tuple[Sentence, ...]
    same: int

    @property
    def differs(self) -> bool:
        """Another version alone is no difference as long as it makes the same of the same."""
        return bool(self.inputs or self.stored or self.outputs)


def root_of(path: Path, known: Manifest) -> Path:
    """The folder that the paths in a manifest start from: the current one or one above the
    manifest, the first where the criteria file is what it was; else where there is one."""
    criteria = next(entry for entry in known["inputs"] if entry["status"] == "criteria")
    folders = [Path.cwd(), *path.resolve().parents]
    there = [folder for folder in folders if (folder / criteria["file"]).is_file()]
    equal = (f for f in there if _digest(f / criteria["file"]) == criteria["sha256"])
    return next(equal, next(iter(there), folders[0]))


def replay(folder: Path, known: Manifest, on_file: Callable[[], None] = lambda: None) -> Replay:
    """Evaluate again what the manifest of the run in `folder` names, from the current folder,
    and compare. Writes nothing. Raises `Faulty` where the criteria cannot be read any more,
    and `PaperError`."""
    with limited(replace(limits(), **known["options"]["limits"])):
        return _replayed(folder, known, on_file)


def _replayed(folder: Path, known: Manifest, on_file: Callable[[], None]) -> Replay:
    instead = known["options"]["instead_of"]
    inputs = (*_inputs(known["inputs"]), *_evidence(known["evidence"]), *_replaced(instead))
    stored = tuple(_stored(folder, known["outputs"]))
    evaluation = _again(known)
    kinds = frozenset(known["options"]["only"])
    data = gather(evaluation, __version__, _instead(instead))
    now: dict[str, str] = {}
    with closing(files(evaluation, data, known["options"]["lang"], kinds)) as made:
        for name, content in made:
            now[name] = sha256(content).hexdigest()
            on_file()
    same = sum(now.get(name) == digest for name, digest in known["outputs"].items())
    outputs = tuple(_outputs(known["outputs"], now))
    return Replay(tuple(_program(known, kinds)), inputs, stored, outputs, same)


def _again(known: Manifest) -> Evaluation:
    sheets, decisions = known["options"]["reviews"], known["options"]["decisions"]
    by: dict[str, list[Path]] = {}
    for entry in known["inputs"]:
        if entry["file"] not in (*sheets, *decisions):
            by.setdefault(entry["status"], []).append(Path(entry["file"]))
    submissions = sorted([*by.get("scored", []), *by.get("refused", [])], key=str)
    return evaluate(
        by["criteria"][0],
        Found(submissions, by.get("ignored", [])),
        Found(list(map(Path, sheets)), []),
        decisions=Found(list(map(Path, decisions)), []),
        every_branch=known["options"]["every_branch"],
        earlier=list(_earlier(by.get("earlier", []))),
    )


def _earlier(paths: Iterable[Path]) -> Iterator[Earlier]:
    """The results that evidence was held against; what is gone is told with the inputs."""
    for path in paths:
        with suppress(NoRun, Faulty):
            yield earlier_in(path)


def _instead(said: InsteadOf | None) -> Instead | None:
    """The run that this one was instead of; what is gone is told with the inputs."""
    with suppress(NoRun, Faulty, OSError):
        return instead_of(Path(said["run"]), said["because"]) if said else None
    return None


def _replaced(said: InsteadOf | None) -> Iterator[Sentence]:
    if said is not None:
        path = Path(said["run"]) / MANIFEST
        if _whole(path) != said["sha256"]:
            yield Sentence(CHANGED if path.is_file() else GONE, {"file": str(path)})


def _digest(path: Path) -> str:
    """The hash of a file; empty where it cannot be read."""
    try:
        return sha256(read_bytes(path)).hexdigest()
    except Faulty:
        return ""


def _whole(path: Path) -> str:
    """The hash of what may be larger than a text that is handed in."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _inputs(entries: Iterable[InputEntry]) -> Iterator[Sentence]:
    for entry in entries:
        path = Path(entry["file"])
        digest = _whole if entry["status"] == "earlier" else _digest
        if entry["status"] == "ignored" or digest(path) == entry["sha256"]:
            continue
        yield Sentence(CHANGED if path.is_file() else GONE, {"file": entry["file"]})


def _evidence(files: Mapping[str, str]) -> Iterator[Sentence]:
    for name, digest in files.items():
        path = Folder(Path(name).parent).find(Path(name).name)
        if path is None:
            yield Sentence(GONE, {"file": name})
        elif digest and _whole(path) != digest:
            yield Sentence(CHANGED, {"file": name})


def _program(known: Manifest, kinds: frozenset[str]) -> Iterator[Sentence]:
    python = ".".join(map(str, sys.version_info[:2]))
    then = {PROGRAM: known["version"], PYTHON: known["python"], **_named(known["libraries"])}
    now = {PROGRAM: __version__, PYTHON: python, **_named(libraries(bool(kinds & PAPER)))}
    for what in dict.fromkeys((*then, *now)):
        before, after = then.get(what, NONE), now.get(what, NONE)
        if before != after:
            yield Sentence(OTHER, {"what": what, "then": before, "now": after})
    fonts = font_hashes()
    for file in sorted({*known["fonts"], *fonts}):
        if known["fonts"].get(file) != fonts.get(file):
            yield Sentence(FONT, {"file": file})


def _named(versions: Mapping[str, str]) -> dict[Phrase, str]:
    return {Phrase(name, name): version for name, version in versions.items()}


def _stored(folder: Path, outputs: Mapping[str, str]) -> Iterator[Sentence]:
    """Whether the run itself is as it was written; a manifest that was kept without it is not
    held against what is not there."""
    there = {name: folder / name for name in outputs if (folder / name).is_file()}
    for name, digest in outputs.items() if there else ():
        if name not in there:
            yield Sentence(LOST, {"file": name})
        elif sha256(there[name].read_bytes()).hexdigest() != digest:
            yield Sentence(TOUCHED, {"file": name})


def _outputs(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Sentence]:
    for name, digest in then.items():
        if name not in now:
            yield Sentence(MISSED, {"file": name})
        elif now[name] != digest:
            yield Sentence(DIFFERS, {"file": name})
    for name in now:
        if name not in then:
            yield Sentence(MORE, {"file": name})


def evaluated_again(known: Manifest) -> Evaluation:
    """The evaluation that a manifest is of, from the current folder. Raises `Faulty`."""
    with limited(replace(limits(), **known["options"]["limits"])):
        return _again(known)
