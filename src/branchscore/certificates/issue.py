"""Who gets which certificate: numbers, words and dates of the named branches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from branchscore.certificates.design import LANDSCAPE, Design
from branchscore.criteria.model import Criteria
from branchscore.criteria.outcome import Award
from branchscore.evaluation import Evaluation
from branchscore.outputs.dates import dated, month
from branchscore.outputs.faces import width
from branchscore.outputs.fitting import MM_PER_POINT, fitting
from branchscore.outputs.fonts import drawable
from branchscore.outputs.language import word
from branchscore.outputs.line_breaks import title_lines
from branchscore.outputs.pages import compiled, render, render_own
from branchscore.outputs.public import published
from branchscore.outputs.wordings import Both, both
from branchscore.text.filling import filled
from branchscore.text.phrase import Language, Phrase

Values = dict[str, str | int]

# Points of the templates.
TEXT_SIZES = (17, 15.5, 14, 12.5, 11, 10, 9, 8)
ISSUER_SIZES = (13.5, 12, 10.5, 9, 8)
WIDOW = 4
"""A last line of fewer characters looks lost."""
ONE_LINE = 10.5
"""No issuer is set smaller than this to stand on one line."""
PLAQUE = 240
"""Millimetres of text on a plaque 300 wide."""
PLAQUE_SIZES = (44, 38, 32, 28, 24, 20, 17, 14)
PLAQUE_ISSUERS = (19, 16, 13.5, 11)
ADDRESSED = 1.12
"""The name of the branch is set so much larger than the text."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one certificate says. `number` follows the order of branch codes, so that it does
    not give away the rank (排名不分先后)."""

    code: str
    branch: str
    number: str
    title: Both
    wording: Both
    plaque: Both
    issuers: tuple[Both, ...]
    day: date
    fictional: bool


def issue(evaluation: Evaluation) -> Iterator[Certificate]:
    """One certificate for each named branch, by code."""
    criteria = evaluation.criteria
    award = criteria.award
    if award is None:
        return
    named = [b for b in published(evaluation).branches if b.outcome == "named"]
    for n, branch in enumerate(sorted(named, key=lambda branch: branch.code), 1):
        yield filled_in(
            criteria, award, branch.code, branch.name, branch.grade, n, branch.fictional
        )


def filled_in(
    criteria: Criteria,
    award: Award,
    code: str,
    name: str,
    grade: Both,
    n: int,
    fictional: bool,
) -> Certificate:
    """The `n`th certificate: what the award's wording says of a branch of this name and grade."""

    def values(language: Language) -> Values:
        title = award.title.say(language)
        said: Values = {"branch": name, "title": title, "grade": grade[language]}
        return {**said, "year": criteria.year, "n": n}

    zh, en = values("zh"), values("en")
    return Certificate(
        code,
        name,
        filled(award.number, zh),
        both(award.title),
        _filled(award.wording, zh, en),
        _filled(award.plaque or award.title, zh, en),
        tuple(both(issuer) for issuer in criteria.issuers),
        award.date,
        fictional,
    )


def _filled(wording: Phrase, zh: Values, en: Values) -> Both:
    return {"zh": filled(wording.zh, zh), "en": filled(wording.en, en)}


def page(
    certificate: Certificate,
    language: Language,
    design: Design = LANDSCAPE,
    over: str | None = None,
    **more: object,
) -> str:
    """The certificate as HTML, with an empty place for each issuer's seal; a long text is set
    in a smaller size. `over` is a template on top of the design's, with the values `more`.
    Raises `PaperError` where a design of one's own cannot be used."""
    text = (certificate.branch + "　", certificate.wording[language], word("hereby", language))
    each = (design.beside if over else design.issuers) / len(certificate.issuers) - 4
    issuers = _issuer_size(certificate, language, each, design.seal, ISSUER_SIZES)
    size = _without_widow(
        certificate.wording[language],
        design.width,
        fitting(text, design.width, design.height, TEXT_SIZES, 1.9),
    )
    base = compiled(design.own, design.name) if design.own is not None else design.template
    html = render_own(
        design.name,
        over or base,
        language,
        base=base,
        stacked=design.beside == design.issuers,
        certificate=certificate,
        date=dated(certificate.day),
        addressee=title_lines(certificate.branch, design.width / (size * ADDRESSED * MM_PER_POINT)),
        size=size,
        issuers=_issuers(certificate, language, each, issuers),
        issuer_size=issuers,
        **more,
    )
    return drawable(html)


def _without_widow(text: str, wide: float, most: float) -> float:
    """The largest size, not much below `most`, at which no last line holds a word's rest only."""
    ems = width(text) + 2
    for size in (size for size in TEXT_SIZES if most * 0.8 <= size <= most):
        line = wide / (size * MM_PER_POINT)
        if ems <= line or ems % line >= WIDOW:
            return size
    return most


def _issuer_size(
    certificate: Certificate, language: Language, wide: float, high: float, sizes: Sequence[float]
) -> float:
    """One size for all issuers: on one line each where that is not too small."""
    names = [issuer[language] for issuer in certificate.issuers]
    for size in sizes:
        if size >= ONE_LINE and all(width(n) * size * MM_PER_POINT <= wide for n in names):
            return size
    return min(fitting([name], wide, high, sizes, 1.5) for name in names)


def _issuers(
    certificate: Certificate, language: Language, wide: float, size: float
) -> list[list[str]]:
    """The lines of each issuer."""
    most = wide / (size * MM_PER_POINT)
    return [title_lines(issuer[language], most) for issuer in certificate.issuers]


def plaque(certificate: Certificate, language: Language) -> str:
    """The text of the plaque as HTML, laid out in its proportions: name, title, issuers, month."""
    texts = (certificate.branch, certificate.plaque[language])
    each = PLAQUE / len(certificate.issuers) - 6
    issuers = _issuer_size(certificate, language, each, 16, PLAQUE_ISSUERS)
    sizes = [
        fitting([text], PLAQUE, high, PLAQUE_SIZES, 1.4)
        for text, high in zip(texts, (34, 62), strict=True)
    ]
    name, title = (
        title_lines(text, PLAQUE / (size * MM_PER_POINT))
        for text, size in zip(texts, sizes, strict=True)
    )
    html = render(
        "plaque.html.j2",
        language,
        certificate=certificate,
        month=month(certificate.day)[language],
        name=name,
        title=title,
        sizes=sizes,
        issuers=_issuers(certificate, language, each, issuers),
        issuer_size=issuers,
    )
    return drawable(html)
