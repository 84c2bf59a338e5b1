"""What went into a run and what came out, by hash: enough to repeat it, and to tell whether
anything was changed."""

import json
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from branchscore import __version__
from branchscore.evaluation import Evaluation
from branchscore.outputs import fonts
from branchscore.outputs.results import InputEntry, Results
from branchscore.outputs.results_changes import InsteadOf
from branchscore.outputs.wordings import written
from branchscore.submission.evidence import folder_of
from branchscore.text.limits import limits
from branchscore.text.phrase import Language

FORMAT: Literal["branchscore-manifest/1"] = "branchscore-manifest/1"
PAPER = frozenset({"summary", "reports", "certificates", "large", "plaques"})
# Those that the bytes of an output depend on.
LIBRARIES = (
    "PyYAML",
    "cssselect2",
    "fonttools",
    "jinja2",
    "markupsafe",
    "pillow",
    "pydantic-core",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
    "xlsxwriter",
)


class Options(TypedDict):
    """What the command was asked for; `reviews` and `decisions` are the files taken for such."""

    lang: Language
    only: list[str]
    reviews: list[str]
    decisions: list[str]
    every_branch: bool
    instead_of: InsteadOf | None
    limits: dict[str, int]


class Manifest(TypedDict):
    """`manifest.json`. Paths are those that the command was given; `evidence` are the files of
    the branches that were scored."""

    format: Literal["branchscore-manifest/1"]
    version: str
    python: str
    libraries: dict[str, str]
    fonts: dict[str, str]
    options: Options
    inputs: list[InputEntry]
    evidence: dict[str, str]
    outputs: dict[str, str]


ADAPTER: TypeAdapter[Manifest] = TypeAdapter(Manifest)


def manifest(
    evaluation: Evaluation,
    data: Results,
    language: Language,
    kinds: frozenset[str],
    outputs: dict[str, str],
) -> Manifest:
    """The manifest of a run whose files have these hashes."""
    return {
        "format": FORMAT,
        "version": __version__,
        "python": ".".join(map(str, sys.version_info[:2])),
        "libraries": libraries(bool(kinds & PAPER)),
        "fonts": font_hashes(),
        "options": {
            "lang": language,
            "only": sorted(kinds),
            "reviews": [written(path) for path in evaluation.sheets],
            "decisions": [written(path) for path in evaluation.decision_files],
            "every_branch": evaluation.every_branch,
            "instead_of": data["instead_of"],
            "limits": asdict(limits()),
        },
        "inputs": data["inputs"],
        "evidence": dict(sorted(_evidence(evaluation))),
        "outputs": dict(sorted(outputs.items())),
    }


def _evidence(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    for standing in evaluation.standings:
        submission = standing.card.submission
        folder = folder_of(Path(submission.path))
        for proof in submission.proofs:
            yield written(str(folder / proof.file)), proof.contents.digest


def encoded(content: Manifest) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def read_manifest(path: Path) -> Manifest | None:
    """The manifest in a file; None where it is none. Raises OSError."""
    try:
        found = ADAPTER.validate_json(path.read_bytes(), strict=True)
    except ValidationError:
        return None
    whole = any(entry["status"] == "criteria" for entry in found["inputs"])
    known = asdict(limits()).keys() >= found["options"]["limits"].keys()
    return found if whole and known else None


def font_hashes() -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in fonts.paths()}


def libraries(paper: bool) -> dict[str, str]:
    """The versions of what outputs are made with; for `paper` also of the system's part of it."""
    found = {name: version(name) for name in LIBRARIES} | {"zlib": zlib.ZLIB_RUNTIME_VERSION}
    if paper:
        from weasyprint.text import ffi  # noqa: PLC0415 - 0.3 s, and only paper needs it

        found["pango"] = _dotted(ffi.pango.pango_version())
        found["harfbuzz"] = _asked(ffi.harfbuzz.hb_version_atleast)
    return found


def _dotted(number: int) -> str:
    """The version that Pango writes as `15012`."""
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"


def _asked(at_least: Callable[[int, int, int], bool]) -> str:
    """The version of a library that only says whether it is at least some version."""
    found = [0, 0, 0]
    for place in range(3):
        while at_least(*(n + (i == place) for i, n in enumerate(found))):
            found[place] += 1
    return ".".join(map(str, found))
