"""A run → signed certificates of the branches that were named, each in the register.

First the register, then the paper: one that exists is always recorded. What was recorded and
never put on paper, because something broke off, is put on paper by the next call.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from branchscore.certificates.issue import Certificate, issue
from branchscore.evaluation import Evaluation
from branchscore.outputs.press import Archived, Attached, press
from branchscore.outputs.public import PublicBranch, published
from branchscore.outputs.wordings import both
from branchscore.register.book import Book, append, now, opened
from branchscore.register.event import Event, Issued, Revoked
from branchscore.run.disk import staging
from branchscore.text.phrase import Language
from branchscore.trust import page, qr
from branchscore.trust.checkpoint import proof, read_checkpoint, signed_checkpoint
from branchscore.trust.facts import FORMAT, Facts, canonical, digest
from branchscore.trust.folder import CERTIFIED, Signed, beside, issued_papers, written
from branchscore.trust.issuer import Issuer, Trust
from branchscore.trust.note import signed
from branchscore.trust.refused import Untrusted
from branchscore.trust.sealing import Sealer
from branchscore.trust.status import read_status, signed_status
from branchscore.trust.verify import PROOF, RESULT, Checking, Known


@dataclass(frozen=True, slots=True)
class Source:
    """The run that certificates are made from."""

    evaluation: Evaluation
    run: str
    manifest: str
    criteria: str


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: the folder, who got a certificate, who has one already, who has no title in
    the register."""

    folder: Path | None
    made: tuple[Facts, ...]
    have: tuple[str, ...]
    untitled: tuple[str, ...]


def certify(home: Path, source: Source, issuer: Issuer, language: Language) -> Done:
    """For who holds the lock of `home`. Raises `PaperError`, OSError, and what the register
    raises."""
    book = opened(home)
    papers = issued_papers(home)
    certificates = {c.code: c for c in issue(source.evaluation)}
    titles = book.state.titles.items()
    titled = {code for code, t in titles if t.run == source.run and t.ended is None}
    untitled = sorted(certificates.keys() - titled)
    facts, events, have = list[Facts](), list[Event](), list[str]()
    number = len(book.state.certificates)
    shown = {b.code: b for b in published(source.evaluation).branches}
    for code in sorted(certificates.keys() & titled):
        known = [c for c in book.state.certificates.values() if c.code == code]
        live = [c for c in known if c.certificate not in book.state.revoked]
        if live and live[-1].certificate in papers:
            have.append(code)
            continue
        gone = [c.certificate for c in known if c.certificate in papers]
        make = _maker(source, certificates[code], shown[code], gone[-1:], language)
        if live and digest(again := make(live[-1].certificate)) == live[-1].sha256:
            facts.append(again)
            continue
        events += [Revoked(certificate=c.certificate, sha256=c.sha256) for c in live]
        number += 1
        new = make(f"{source.evaluation.criteria.id}-{number:04}")
        facts.append(new)
        events.append(Issued(certificate=new["id"], code=code, sha256=digest(new)))
    if not facts:
        return Done(None, (), tuple(have), tuple(untitled))
    book, _ = append(book, events)
    folder = _publish(home, book, issuer, facts)
    return Done(folder, tuple(facts), tuple(have), tuple(untitled))


def revoke(home: Path, certificate: str, reason: str, issuer: Issuer) -> Path:
    """Record that a certificate no longer counts, and publish the new list. For who holds the
    lock of `home`."""
    book = opened(home)
    issued = book.state.certificates.get(certificate)
    known = issued.sha256 if issued else "0" * 64
    book, _ = append(book, [Revoked(certificate=certificate, sha256=known, reason=reason)])
    return _publish(home, book, issuer, [])


def _maker(
    source: Source,
    certificate: Certificate,
    branch: PublicBranch,
    before: Sequence[str],
    language: Language,
) -> Callable[[str], Facts]:
    """The facts of a branch's certificate but for its id; `before` is what it replaces."""
    criteria = source.evaluation.criteria
    award, notice = criteria.award, criteria.notice
    assert award is not None  # noqa: S101 - it has certificates
    shows = notice.shows if notice else ()
    ranked = sum(1 for s in source.evaluation.standings if s.rank is not None)

    def facts(certificate_id: str) -> Facts:
        made: Facts = {
            "format": FORMAT,
            "id": certificate_id,
            "language": language,
            "design": "portrait" if award.design == "portrait" else "landscape",
            "campaign": criteria.id,
            "campaign_title": both(criteria.title),
            "code": certificate.code,
            "branch": certificate.branch,
            "fictional": certificate.fictional,
            "number": certificate.number,
            "title": certificate.title,
            "wording": certificate.wording,
            "issuers": list(certificate.issuers),
            "date": award.date.isoformat(),
            "run": source.run,
            "manifest": source.manifest,
            "criteria": source.criteria,
        }
        if award.valid_years is not None:
            made["valid_years"] = str(award.valid_years)
        if "grade" in shows:
            made["grade"] = branch.grade
        if "points" in shows and branch.low == branch.high:
            made["points"] = branch.low
        if "rank" in shows and branch.rank is not None:
            made["rank"], made["ranked"] = str(branch.rank), str(ranked)
        if before:
            made["replaces"] = before[0]
        return made

    return facts


def _publish(home: Path, book: Book, issuer: Issuer, facts: Sequence[Facts]) -> Path:
    """The new papers and the register's state as of now, shown by one rename."""
    name, key = issuer.trust.notes.name, issuer.note_key
    checkpoint = signed_checkpoint(book.lines, name, key)
    at = read_checkpoint(checkpoint, issuer.trust.notes)
    time = now()
    status = signed_status(time, at, book.state.revoked, name, key)
    base = home / CERTIFIED
    base.mkdir(exist_ok=True)
    with staging(base) as new:
        digests: dict[str, str] = {}

        def write(file: str, content: bytes) -> None:
            new.write(file, content)
            digests[file] = sha256(content).hexdigest()

        for file, content in _papers(book, checkpoint, status, issuer, facts, new.folder):
            write(file, content)
        for file, content in beside(
            home, book, Signed(time, checkpoint, status), issuer.trust, facts
        ):
            write(file, content)
        new.write("manifest.json", written(digests, facts))
        return new.publish()


def _papers(
    book: Book,
    checkpoint: str,
    status: str,
    issuer: Issuer,
    facts: Iterable[Facts],
    scratch: Path,
) -> Iterator[tuple[str, bytes]]:
    """Each certificate, printed, signed and checked."""
    lines = {e.event.certificate: e.n for e in book.entries if isinstance(e.event, Issued)}
    sealer, trust = Sealer(issuer), issuer.trust
    known = Known(read_status(status, trust.notes), book)

    def sheet(one: Facts) -> Archived:
        note = signed(qr.claim(one), trust.notes.name, issuer.note_key)
        index = lines[one["id"]] - 1
        extra = book.lines[index].decode() + "\n" + note
        proved = proof(book.lines, index, checkpoint, extra)
        return archived(one, note, proved, trust)

    sheets = [(f"{one['code']}.pdf", sheet(one)) for one in facts]
    for file, pdf in press(sheets, scratch):
        sealed = sealer.sealed(pdf)
        steps = list(Checking(trust, known).steps(sealed, None))
        if not all(step.good for step in steps):
            why = steps[-1].told
            raise Untrusted(
                f"{file} 签名后没有通过核验（{why.say('zh')}），没有出证",
                f"{file} did not pass the check after it was signed ({why.say('en')})",
            )
        yield file, sealed


def archived(facts: Facts, note: str, proved: bytes, trust: Trust) -> Archived:
    files = (Attached(RESULT, canonical(facts), "Data"), Attached(PROOF, proved, "Supplement"))
    return Archived(page.html(facts, note, trust), files)


def same_again(trust: Trust) -> Callable[[bytes, Facts, str, bytes], bool]:
    """Lays a certificate out again and compares: the file begins with just these bytes."""

    def same(raw: bytes, facts: Facts, note: str, proved: bytes) -> bool:
        ((_, pdf),) = press([(facts["id"], archived(facts, note, proved, trust))])
        return raw.startswith(pdf)

    return same
