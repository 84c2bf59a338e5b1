"""One run on disk: built aside, completed by a manifest, put in place by one rename."""

import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from branchscore import __version__
from branchscore.certificates.issue import issue, page
from branchscore.evaluation import Evaluation
from branchscore.outputs import fonts, pages, sheets
from branchscore.outputs.gather import gather
from branchscore.outputs.press import press
from branchscore.outputs.results import Results, encoded
from branchscore.text.phrase import Language

KINDS = ("json", "csv", "xlsx", "html", "summary", "reports", "certificates")
MANIFEST = "manifest.json"
LATEST = "latest"


def write_run(
    evaluation: Evaluation,
    base: Path,
    language: Language,
    kinds: frozenset[str] = frozenset(KINDS),
    on_file: Callable[[], None] = lambda: None,
) -> Path:
    """Write the chosen `kinds` of output as a new run below `base`/<criteria id>/.

    Earlier runs are never touched. Returns the run's folder; `latest` beside it leads there.
    Raises `PaperError` or OSError; then nothing but the unfinished folder has been written,
    and that is removed.
    """
    home = base / evaluation.criteria.id
    home.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=home))
    try:
        data = gather(evaluation, __version__)
        digests: dict[str, str] = {}
        for name, content in _files(evaluation, data, language, kinds):
            file = staging / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content)
            digests[name] = sha256(content).hexdigest()
            on_file()
        manifest = _manifest(data, digests, language, kinds)
        (staging / MANIFEST).write_bytes(manifest)
        staging.chmod(0o755)
        place = _put(staging, home)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    _point(home, place.name)
    return place


def file_count(evaluation: Evaluation, kinds: frozenset[str]) -> int:
    """How many files `write_run` will make, for a progress bar."""
    single = len(kinds & {"json", "csv", "xlsx", "html", "summary"})
    reports = len(evaluation.standings) if "reports" in kinds else 0
    return single + reports + (len(list(issue(evaluation))) if "certificates" in kinds else 0)


def _files(
    evaluation: Evaluation, data: Results, language: Language, kinds: frozenset[str]
) -> Iterator[tuple[str, bytes]]:
    if "json" in kinds:
        yield "results.json", encoded(data)
    if "csv" in kinds:
        yield "ranking.csv", sheets.as_csv(data, language)
    if "xlsx" in kinds:
        yield "ranking.xlsx", sheets.as_xlsx(data, language)
    if "html" in kinds:
        yield "index.html", pages.index(data, language).encode()
    yield from press(_paper(evaluation, data, language, kinds))


def _paper(
    evaluation: Evaluation, data: Results, language: Language, kinds: frozenset[str]
) -> Iterator[tuple[str, str]]:
    if "summary" in kinds:
        yield "summary.pdf", pages.summary(data, language)
    if "reports" in kinds:
        for branch in sorted(data["branches"], key=lambda branch: branch["code"]):
            yield f"branches/{branch['code']}.pdf", pages.report(data, branch, language)
    if "certificates" in kinds:
        for certificate in issue(evaluation):
            yield f"certificates/{certificate.code}.pdf", page(certificate, language)


def _manifest(
    data: Results, digests: dict[str, str], language: Language, kinds: frozenset[str]
) -> bytes:
    """What went in and what came out, by hash: enough to tell whether a run was changed."""
    manifest = {
        "format": "branchscore-manifest/1",
        "version": __version__,
        "python": ".".join(map(str, sys.version_info[:2])),
        "options": {"lang": language, "only": sorted(kinds)},
        "inputs": data["inputs"],
        "fonts": {p.name: sha256(p.read_bytes()).hexdigest() for p in fonts.paths()},
        "outputs": dict(sorted(digests.items())),
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"


def _put(staging: Path, home: Path) -> Path:
    """Rename to the next free number; a run that took it first makes us take the one after."""
    number = max((int(p.name) for p in home.iterdir() if p.name.isdecimal()), default=0)
    while True:
        number += 1
        place = home / f"{number:04}"
        try:
            staging.rename(place)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
                raise
        else:
            return place


def _point(home: Path, name: str) -> None:
    """Let `latest` lead to the run: a link where the system has them, else a file naming it."""
    latest, aside = home / LATEST, home / f".{LATEST}-{os.getpid()}"
    try:
        aside.symlink_to(name, target_is_directory=True)
    except OSError:
        aside.write_text(name + "\n", encoding="utf-8")
    aside.replace(latest)


def missing_sorts(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """(submission file, characters) for names that no font here can print whole."""
    for standing in evaluation.standings:
        submission = standing.card.submission
        lacking = "".join(fonts.unprintable([submission.branch]))
        if lacking:
            yield submission.path, lacking
