"""Who gets which certificate: numbers, words and dates of the named branches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from branchscore.criteria.model import Criteria
from branchscore.criteria.outcome import Award
from branchscore.evaluation import Evaluation
from branchscore.outputs.fonts import drawable
from branchscore.outputs.gather import both
from branchscore.outputs.pages import render
from branchscore.outputs.results import Both
from branchscore.selection.ranking import Outcome, Standing
from branchscore.text.phrase import Language

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
    named = [s for s in evaluation.standings if s.outcome is Outcome.NAMED]
    for n, standing in enumerate(sorted(named, key=lambda s: s.card.submission.code), 1):
        submission = standing.card.submission
        zh, en = (_values(criteria, award, standing, n, language) for language in ("zh", "en"))
        yield Certificate(
            submission.code,
            submission.branch,
            award.number.format(**zh),
            both(award.title),
            {"zh": award.wording.zh.format(**zh), "en": award.wording.en.format(**en)},
            tuple(both(issuer) for issuer in criteria.issuers),
            _dated(award.date),
            submission.fictional,
        )


def _values(
    criteria: Criteria, award: Award, standing: Standing, n: int, language: str
) -> dict[str, object]:
    """What the wording and the number of a certificate may name."""
    spoken: Language = "zh" if language == "zh" else "en"
    return {
        "branch": standing.card.submission.branch,
        "year": criteria.year,
        "title": award.title.say(spoken),
        "grade": standing.grade.say(spoken),
        "n": n,
    }


def _dated(day: date) -> Both:
    """A date as documents write it: no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return {
        "zh": f"{day.year}年{day.month}月{day.day}日",
        "en": f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    }


def page(certificate: Certificate, language: Language) -> str:
    """The certificate as HTML, with an empty place for each issuer's seal."""
    return drawable(render("certificate.html.j2", language, certificate=certificate))
