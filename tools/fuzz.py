"""Reads, evaluates and writes damaged files until something other than an answer comes out.

    python tools/fuzz.py --seconds 600 --processes 0
    python tools/fuzz.py --again 1:0:4711

The files are those of this repository, damaged by a fixed seed: bytes, lines and values are
lost, doubled, swapped, or replaced by what people and attackers write. Whatever is read must be
accepted, evaluated and written, or refused with faults that can be told in both languages.
Anything else, and whatever takes longer than five seconds, is a failure that is printed with
its input. Exit code 1 if there was one. `--again` repeats the one input of that name.
"""

import argparse
import multiprocessing
import os
import random
import re
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

import yaml
from damage import Damage, nodes

from branchscore.checking import Checker
from branchscore.criteria.reading import read_criteria
from branchscore.evaluation import evaluate
from branchscore.lint.findings import lint
from branchscore.outputs.foretell import steps_said
from branchscore.outputs.gather import gather
from branchscore.outputs.report import report
from branchscore.outputs.summary import summary
from branchscore.outputs.terminal import faults_text
from branchscore.run.writing import files
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.phrase import Language
from branchscore.text.source import parse

ROOT = Path(__file__).resolve().parent.parent
# What is sound goes further than what is refused as soon as it is read; of each group as many.
GROUPS = (
    ("criteria",),
    ("submissions", "tests/hostile/submissions"),
    ("reviews",),
    ("tests/bad", "tests/badinput", "tests/lint", "tests/inherit", "tests/hostile"),
)
LANGUAGES: tuple[Language, ...] = ("zh", "en")
TABLES = frozenset({"json", "csv", "xlsx", "html"})
SLOW = 5
SHOWN = 3000


class Slow(Exception):  # noqa: N818 - what it is
    """An input took longer than any input may."""


class Target:
    """Everything that a file goes through. `seen` counts what became of the files."""

    def __init__(self, folder: Path, known: Iterable[Path]) -> None:
        self.folder = folder
        self.tables: dict[str, Path] = {}
        self.submissions: dict[str, list[Path]] = {}
        self.seen: Counter[str] = Counter()
        for path in known:
            with suppress(Faulty):
                root = parse(path.read_bytes(), "").root
                if sort(root) == "criteria":
                    self.tables.setdefault(read_criteria(path)[0].id, path)
                elif sort(root) == "submission" and "submissions" in path.parts:
                    self.submissions.setdefault(named(root), []).append(path)
        self.look = Checker(self.tables.values())

    def __call__(self, raw: bytes) -> None:
        kind = "text"
        try:
            document = parse(raw, "fuzz.yaml")
            kind = sort(document.root)
            tell(self.look(document))
            self.evaluated(kind, raw, document.root)
            self.seen[f"{kind} evaluated"] += 1
        except Faulty as error:
            tell(error.diagnostics)
            self.seen[f"{kind} refused"] += 1

    def evaluated(self, kind: str, raw: bytes, root: Any) -> None:
        path = self.folder / "fuzz.yaml"
        path.write_bytes(raw)
        name = named(root)
        own = self.submissions.get(name, [])[:2]
        if kind == "criteria":
            tell(finding.diagnostic for finding in lint(path).findings)
            evaluation = evaluate(path, own)
        elif kind == "review":
            evaluation = evaluate(self.tables[name], own, [path])
        else:
            evaluation = evaluate(self.tables[name], [path, *own])
        tell(evaluation.diagnostics)
        data = gather(evaluation, "")
        for language in LANGUAGES:
            for _ in files(evaluation, data, language, TABLES):
                pass
            summary(data, language)
            for standing, branch in zip(evaluation.standings, data["branches"], strict=True):
                steps = steps_said(evaluation.criteria, standing.card.submission)
                report(data, branch, steps, language)


def sort(root: Any) -> str:
    keys = root if isinstance(root, dict) else {}
    if "format" in keys or "extends" in keys:
        return "criteria"
    return "review" if "marks" in keys else "submission"


def named(root: Any) -> str:
    """The criteria that a file is or is for."""
    keys = ("id",) if sort(root) == "criteria" else ("criteria", "评分表")
    return next((str(root[key]) for key in keys if key in root), "")


def tell(diagnostics: Iterable[Diagnostic]) -> None:
    found = list(diagnostics)
    for language in LANGUAGES:
        faults_text(found, language)


@contextmanager
def hurried() -> Iterator[None]:
    def late(*_: object) -> NoReturn:
        raise Slow

    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SLOW)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def found(folders: Iterable[str]) -> list[Path]:
    """The files to damage: those that are small enough to be read often."""
    paths = (path for name in folders for path in (ROOT / name).rglob("*.y*ml"))
    return sorted(p for p in paths if p.is_file() and p.stat().st_size < 20_000)


class Fuzzer:
    """One process's share: input n of process p is the same wherever it is made."""

    def __init__(self, folder: Path) -> None:
        groups = [found(folders) for folders in GROUPS]
        # No evidence lies where the damaged file does: it is on paper.
        self.groups = [
            [re.sub(rb"\bfile: ", b"place: ", path.read_bytes()) for path in group]
            for group in groups
        ]
        self.texts = [text for group in self.groups for text in group]
        self.parts: list[Any] = []
        for text in self.texts:
            with suppress(yaml.YAMLError, RecursionError):
                self.parts += nodes(yaml.load(text, yaml.CBaseLoader))  # noqa: S506 - texts only
        self.target = Target(folder, chain.from_iterable(groups))

    def input(self, seed: int, process: int, n: int) -> bytes:
        dice = random.Random(f"{seed}:{process}:{n}")  # noqa: S311 - chance, not secrets
        text = dice.choice(dice.choice(self.groups))
        return Damage(dice, self.texts, self.parts).done_to(text)

    def failed(self, seed: int, process: int, n: int) -> bool:
        raw = self.input(seed, process, n)
        try:
            with hurried():
                self.target(raw)
        except Exception:
            shown = raw[:SHOWN].decode("utf-8", "backslashreplace")
            print(f"== {seed}:{process}:{n}, {len(raw)} bytes\n{shown}\n{traceback.format_exc()}")
            return True
        return False


def work(seed: int, process: int, seconds: float, cases: int) -> tuple[int, int, Counter[str]]:
    end = time.monotonic() + seconds
    n = failures = 0
    with tempfile.TemporaryDirectory() as folder:
        fuzzer = Fuzzer(Path(folder))
        while n < cases and time.monotonic() < end:
            failures += fuzzer.failed(seed, process, n)
            n += 1
    return n, failures, fuzzer.target.seen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--cases", type=int, default=sys.maxsize, help="inputs of each process")
    parser.add_argument("--processes", type=int, default=1, help="0: one for each core")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", metavar="SEED:PROCESS:N", help="the input of that name only")
    asked = parser.parse_args()
    if asked.again:
        with tempfile.TemporaryDirectory() as folder:
            return int(Fuzzer(Path(folder)).failed(*map(int, asked.again.split(":"))))
    count = asked.processes or os.cpu_count() or 1
    shares = [(asked.seed, process, asked.seconds, asked.cases) for process in range(count)]
    with multiprocessing.get_context("spawn").Pool(count) as pool:
        done = pool.starmap(work, shares)
    failures = sum(failures for _, failures, _ in done)
    seen = sum((seen for _, _, seen in done), Counter[str]())
    print(f"{sum(n for n, _, _ in done)} inputs, {failures} failures")
    for what, number in sorted(seen.items()):
        print(f"{number:9} {what}")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
