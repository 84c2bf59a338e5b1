"""A run on disk, opened for reading: only what was written by it, and whole."""

import json
from hashlib import sha256
from pathlib import Path

from branchscore.outputs.results import Results
from branchscore.outputs.stored import stored, unusable
from branchscore.text.phrase import Phrase

RESULTS, MANIFEST, LATEST = "results.json", "manifest.json", "latest"
FACTS = "facts.json"
NONE = Phrase(
    "{base} 里没有评估结果：请先运行 branchscore evaluate，或用 --run 写明",
    "there are no results in {base}: run branchscore evaluate first, or name a run with --run",
)
NOWHERE = Phrase(
    "没有 {path}：--run 应是一次评估的文件夹，或其中的 results.json",
    "there is no {path}: --run takes the folder of a run, or its results.json",
)
SEVERAL = Phrase(
    "{base} 里有几个评分表的结果，请用 --run 写明：{names}",
    "{base} holds results of several criteria; name one with --run: {names}",
)
CHANGED = Phrase("评估之后被改动过", "it was changed after the run")
UNFINISHED = Phrase(
    "所在的评估没有完成，或清单已损坏", "its run is unfinished, or its manifest damaged"
)
MISFIT = Phrase(
    "支部“{code}”的各项与评分表不一致", "the items of “{code}” are not those of the table"
)


class NoRun(Exception):  # noqa: N818 - nothing has gone wrong yet
    """Nothing to open, in words."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why.en)
        self.why = why


def latest(base: Path) -> Path:
    """The latest run of the only campaign below `base`; raises `NoRun`."""
    homes = sorted(path.parent for path in base.glob(f"*/{LATEST}"))
    if len(homes) == 1:
        return run_in(homes[0])
    names = ", ".join(str(home / LATEST) for home in homes)
    wording = SEVERAL if homes else NONE
    raise NoRun(Phrase(*(text.format(base=base, names=names) for text in wording)))


def run_in(folder: Path) -> Path:
    """The run that a folder is, or that the `latest` in it leads to."""
    pointer = folder if folder.name == LATEST else folder / LATEST
    try:
        if pointer.is_file():  # where the system has no links, it names the run
            return pointer.parent / pointer.read_text(encoding="utf-8").strip()
        return pointer if pointer.is_dir() else folder
    except (OSError, ValueError):
        return folder


def opened(run: Path) -> Results:
    """The results of a run, or in a file by itself. Raises `Faulty` (L024) for anything but
    what a run wrote, `NoRun` where there is none."""
    alone = run.suffix == ".json"
    path = run if alone else run_in(run) / RESULTS
    if not path.exists():
        raise NoRun(Phrase(*(text.format(path=path) for text in NOWHERE)))
    results = stored(path)
    if not alone:
        unchanged(path)
    asked = [[item["id"] for item in s["items"]] for s in results["criteria"]["sections"]]
    for branch in results["branches"]:
        if asked != [[item["id"] for item in part["items"]] for part in branch["sections"]]:
            code = branch["code"]
            raise unusable(path, Phrase(*(text.format(code=code) for text in MISFIT)))
    return results


def unchanged(path: Path) -> None:
    """Raises `Faulty` (L024) where a file is not as the manifest beside it says."""
    try:
        manifest = json.loads((path.parent / MANIFEST).read_bytes())
        known = manifest["outputs"][path.name]
    except (OSError, ValueError, KeyError, TypeError):
        raise unusable(path, UNFINISHED) from None
    if known != sha256(path.read_bytes()).hexdigest():
        raise unusable(path, CHANGED)
