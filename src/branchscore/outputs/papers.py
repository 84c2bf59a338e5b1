"""What the criteria say of official documents, as it stands in `public.json`. Official documents
are written in Chinese only (GB/T 9704), so their words are, too."""

from dataclasses import dataclass
from datetime import date

from branchscore.criteria.model import Criteria, Notice
from branchscore.criteria.outcome import Award
from branchscore.criteria.papers import Paper, Papers


@dataclass(frozen=True, slots=True)
class PublicPaper:
    """The elements of one document; what is not asked for is empty."""

    number: str
    title: str
    text: str
    to: str
    copies: str
    printer: str
    printed: date | None


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """When the public notice is up, how much it tells, and who takes objections."""

    issued: date
    first: date
    last: date
    working_days: int | None
    shows: tuple[str, ...]
    contact: str


@dataclass(frozen=True, slots=True)
class PublicAward:
    """The title, from which day on, and for how many years."""

    title: str
    date: date
    valid_years: int | None


@dataclass(frozen=True, slots=True)
class PublicPapers:
    """Who issues what by what right. None: the criteria do not say."""

    year: int
    issuers: tuple[str, ...]
    basis: str
    notice: PublicNotice | None
    award: PublicAward | None
    on_notice: PublicPaper
    on_decision: PublicPaper


def papers_of(criteria: Criteria) -> PublicPapers:
    papers = criteria.papers or Papers()
    return PublicPapers(
        criteria.year,
        tuple(issuer.zh for issuer in criteria.issuers),
        criteria.documents[criteria.legal_basis[0].document].title.zh,
        _notice(criteria.notice) if criteria.notice else None,
        _award(criteria.award) if criteria.award else None,
        _paper(papers.notice),
        _paper(papers.decision),
    )


def _notice(notice: Notice) -> PublicNotice:
    return PublicNotice(
        notice.issued,
        notice.first,
        notice.last,
        notice.working_days,
        tuple(notice.shows),
        notice.contact.zh if notice.contact else "",
    )


def _award(award: Award) -> PublicAward:
    return PublicAward(award.title.zh, award.date, award.valid_years)


def _paper(paper: Paper) -> PublicPaper:
    return PublicPaper(
        paper.number or "",
        paper.title or "",
        paper.text or "",
        paper.to or "",
        paper.copies or "",
        paper.printer or "",
        paper.printed,
    )
