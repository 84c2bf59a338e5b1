"""An evaluation → a run: its files, built aside and shown together."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from branchscore import __version__
from branchscore.certificates.issue import issue, page
from branchscore.evaluation import Evaluation
from branchscore.outputs import fonts, pages, sheets
from branchscore.outputs.evidence_sheet import as_evidence_csv
from branchscore.outputs.gather import gather
from branchscore.outputs.opened import MANIFEST
from branchscore.outputs.press import press
from branchscore.outputs.public import published
from branchscore.outputs.results import Results, encoded
from branchscore.run import manifest
from branchscore.run.disk import staging
from branchscore.run.lock import locked
from branchscore.text.phrase import Language

KINDS = ("json", "csv", "xlsx", "html", "summary", "reports", "certificates")


def write_run(
    evaluation: Evaluation,
    base: Path,
    language: Language,
    kinds: frozenset[str] = frozenset(KINDS),
) -> Path:
    """Write the chosen `kinds` of output as a new run below `base`/<criteria id>/.

    Returns the run's folder; `latest` beside it leads there. Earlier runs are never touched.
    Raises `PaperError`, OSError, or `Busy` where another run is being written; then nothing of
    this one is left.
    """
    home = base / evaluation.criteria.id
    with locked(home):
        return write_into(home, evaluation, language, kinds)


def write_into(
    home: Path,
    evaluation: Evaluation,
    language: Language,
    kinds: frozenset[str],
    on_file: Callable[[], None] = lambda: None,
) -> Path:
    """`write_run` for who holds the lock of `home`."""
    with staging(home) as new:
        data = gather(evaluation, __version__)
        digests: dict[str, str] = {}
        with closing(files(evaluation, data, language, kinds, new.folder)) as made:
            for name, content in made:
                new.write(name, content)
                digests[name] = sha256(content).hexdigest()
                on_file()
        done = manifest.manifest(evaluation, data, language, kinds, digests)
        new.write(MANIFEST, manifest.encoded(done))
        return new.publish()


def file_count(evaluation: Evaluation, kinds: frozenset[str]) -> int:
    """How many files `write_run` will make, for a progress bar."""
    single = len(kinds & {"json", "csv", "xlsx", "html", "summary"}) + ("csv" in kinds)
    reports = len(evaluation.standings) if "reports" in kinds else 0
    return single + reports + (len(list(issue(evaluation))) if "certificates" in kinds else 0)


def files(
    evaluation: Evaluation,
    data: Results,
    language: Language,
    kinds: frozenset[str],
    scratch: Path | None = None,
) -> Generator[tuple[str, bytes]]:
    """The files of a run, by name. `scratch` is where printing may store what it needs."""
    if "json" in kinds:
        yield "results.json", encoded(data)
    if "csv" in kinds:
        yield "evidence.csv", as_evidence_csv(data, language)
        yield "ranking.csv", sheets.as_csv(published(evaluation), language)
    if "xlsx" in kinds:
        yield "ranking.xlsx", sheets.as_xlsx(published(evaluation), language)
    if "html" in kinds:
        yield "index.html", pages.index(data, language).encode()
    yield from press(_paper(evaluation, data, language, kinds), scratch)


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


def missing_sorts(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """(submission file, characters) for names that no font here can print whole."""
    for standing in evaluation.standings:
        submission = standing.card.submission
        lacking = "".join(fonts.unprintable([submission.branch]))
        if lacking:
            yield submission.path, lacking
