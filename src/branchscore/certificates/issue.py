"""Who gets which certificate: numbers, words and dates of the named branches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from branchscore.criteria.model import Criteria
from branchscore.criteria.outcome import Award
from branchscore.evaluation import Evaluation
from branchscore.outputs.fitting import fitting
from branchscore.outputs.fonts import drawable
from branchscore.outputs.language import word
from branchscore.outputs.pages import render
from branchscore.outputs.public import PublicBranch, published
from branchscore.outputs.wordings import Both, both
from branchscore.text.filling import filled
from branchscore.text.phrase import Language

LANGUAGES: tuple[Language, Language] = ("zh", "en")

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# Millimetres and points of the template.
WIDTH, TEXT_HEIGHT, SEAL_HEIGHT = 217, 76, 30
TEXT_SIZES = (17, 15.5, 14, 12.5, 11, 10, 9, 8)
ISSUER_SIZES = (13.5, 12, 10.5, 9, 8)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one certificate says. `number` follows the order of branch codes, so that it does
    not give away the rank (排名不分先后)."""

    code: str
    branch: str
    number: str
    title: Both
    wording: Both
    issuers: tuple[Both, ...]
    date: Both
    fictional: bool


def issue(evaluation: Evaluation) -> Iterator[Certificate]:
    """One certificate for each named branch, by code."""
    criteria = evaluation.criteria
    award = criteria.award
    if award is None:
        return
    named = [b for b in published(evaluation).branches if b.outcome == "named"]
    for n, branch in enumerate(sorted(named, key=lambda branch: branch.code), 1):
        zh, en = (_values(criteria, award, branch, n, language) for language in LANGUAGES)
        yield Certificate(
            branch.code,
            branch.name,
            filled(award.number, zh),
            both(award.title),
            {"zh": filled(award.wording.zh, zh), "en": filled(award.wording.en, en)},
            tuple(both(issuer) for issuer in criteria.issuers),
            _dated(award.date),
            branch.fictional,
        )


def _values(
    criteria: Criteria, award: Award, branch: PublicBranch, n: int, language: Language
) -> dict[str, str | int]:
    """What the wording and the number of a certificate may name."""
    return {
        "branch": branch.name,
        "year": criteria.year,
        "title": award.title.say(language),
        "grade": branch.grade[language],
        "n": n,
    }


def _dated(day: date) -> Both:
    """A date as documents write it: no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return {
        "zh": f"{day.year}年{day.month}月{day.day}日",
        "en": f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    }


def page(certificate: Certificate, language: Language) -> str:
    """The certificate as HTML, with an empty place for each issuer's seal; a long text is set
    in a smaller size."""
    text = (certificate.branch + "　", certificate.wording[language], word("hereby", language))
    # Side by side, each as high as the highest.
    wide = WIDTH / len(certificate.issuers) - 4
    issuers = [
        fitting([x[language]], wide, SEAL_HEIGHT, ISSUER_SIZES, 1.5) for x in certificate.issuers
    ]
    html = render(
        "certificate.html.j2",
        language,
        certificate=certificate,
        size=fitting(text, WIDTH, TEXT_HEIGHT, TEXT_SIZES, 1.9),
        issuer_size=min(issuers),
    )
    return drawable(html)
