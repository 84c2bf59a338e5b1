"""An evaluation → a run: its files, built aside and shown together."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from branchscore import __version__
from branchscore.certificates.design import design_of
from branchscore.certificates.issue import issue, page, plaque
from branchscore.evaluation import Evaluation
from branchscore.outputs import dashboard, facts, fonts, public_file, sheets
from branchscore.outputs.enclosed import enclosing
from branchscore.outputs.evidence_sheet import as_evidence_csv
from branchscore.outputs.foretell import steps_said
from branchscore.outputs.gather import gather
from branchscore.outputs.instead import Instead
from branchscore.outputs.large_report import large_report
from branchscore.outputs.opened import FACTS, MANIFEST, RESULTS
from branchscore.outputs.press import Sheet, press
from branchscore.outputs.public import published
from branchscore.outputs.report import report
from branchscore.outputs.results import Results, encoded
from branchscore.outputs.summary import summary
from branchscore.run import manifest
from branchscore.run.disk import staging
from branchscore.run.lock import locked
from branchscore.text.phrase import Language

USUAL = ("json", "csv", "xlsx", "html", "summary", "reports", "certificates")
KINDS = (*USUAL, "large", "plaques")
PRIVATE = frozenset({FACTS})
"""Files that hold what no page shows."""


def write_run(
    evaluation: Evaluation,
    base: Path,
    language: Language,
    kinds: frozenset[str] = frozenset(USUAL),
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
    instead: Instead | None = None,
) -> Path:
    """`write_run` for who holds the lock of `home`; `instead` is the run that this one is instead
    of."""
    with staging(home) as new:
        data = gather(evaluation, __version__, instead)
        digests: dict[str, str] = {}
        with closing(files(evaluation, data, language, kinds, new.folder)) as made:
            for name, content in made:
                new.write(name, content, 0o600 if name in PRIVATE else 0o666)
                digests[name] = sha256(content).hexdigest()
                on_file()
        done = manifest.manifest(evaluation, data, language, kinds, digests)
        new.write(MANIFEST, manifest.encoded(done))
        return new.publish()


def file_count(evaluation: Evaluation, kinds: frozenset[str]) -> int:
    """How many files `write_run` will make, for a progress bar."""
    single = len(kinds & {"json", "csv", "xlsx", "html", "summary"}) + len(kinds & {"json", "csv"})
    single += "json" in kinds
    reports = len(evaluation.standings) * len(kinds & {"reports", "large"})
    papers = len(kinds & {"certificates", "plaques"})
    return single + reports + papers * (len(list(issue(evaluation))) if papers else 0)


def files(
    evaluation: Evaluation,
    data: Results,
    language: Language,
    kinds: frozenset[str],
    scratch: Path | None = None,
) -> Generator[tuple[str, bytes]]:
    """The files of a run, by name. `scratch` is where printing may store what it needs."""
    if "json" in kinds:
        yield RESULTS, encoded(data)
        yield FACTS, facts.encoded(facts.facts_of(evaluation))
        yield public_file.PUBLIC, public_file.encoded(published(evaluation))
    if "csv" in kinds:
        yield "evidence.csv", as_evidence_csv(data, language)
        yield "ranking.csv", sheets.as_csv(published(evaluation), language)
    if "xlsx" in kinds:
        yield "ranking.xlsx", sheets.as_xlsx(published(evaluation), language)
    if "html" in kinds:
        yield "index.html", dashboard.index(data, language).encode()
    yield from press(_paper(evaluation, data, language, kinds), scratch)


def _paper(
    evaluation: Evaluation, data: Results, language: Language, kinds: frozenset[str]
) -> Iterator[tuple[str, Sheet]]:
    if "summary" in kinds:
        yield "summary.pdf", summary(data, language)
    yield from _reports(evaluation, data, language, kinds & {"reports", "large"})
    yield from _certificates(evaluation, language, kinds & {"certificates", "plaques"})


def _certificates(
    evaluation: Evaluation, language: Language, kinds: frozenset[str]
) -> Iterator[tuple[str, str]]:
    award = evaluation.criteria.award
    if not kinds or award is None:
        return
    design = design_of(award)
    for certificate in issue(evaluation):
        if "certificates" in kinds:
            yield f"certificates/{certificate.code}.pdf", page(certificate, language, design)
        if "plaques" in kinds:
            yield f"plaques/{certificate.code}.pdf", plaque(certificate, language)


def _reports(
    evaluation: Evaluation, data: Results, language: Language, kinds: frozenset[str]
) -> Iterator[tuple[str, Sheet]]:
    if not kinds:
        return
    branches = {branch["code"]: branch for branch in data["branches"]}
    submissions = {s.card.submission.code: s.card.submission for s in evaluation.standings}
    for code, branch in sorted(branches.items()):
        steps = steps_said(evaluation.criteria, submissions[code])
        if "reports" in kinds:
            html = report(data, branch, steps, language)
            yield f"branches/{code}.pdf", enclosing(html, data, branch)
        if "large" in kinds:
            yield f"branches/{code}-large.pdf", large_report(data, branch, steps, language)


def missing_sorts(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """(submission file, characters) for names that no font here can print whole."""
    for standing in evaluation.standings:
        submission = standing.card.submission
        lacking = "".join(fonts.unprintable([submission.branch]))
        if lacking:
            yield submission.path, lacking
