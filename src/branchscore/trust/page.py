"""The facts of a certificate → its page. From the facts alone, so that who has them can have the
page again and compare."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from branchscore.certificates.design import DESIGNS
from branchscore.certificates.issue import Certificate, page
from branchscore.outputs.dates import dated
from branchscore.outputs.fonts import paths
from branchscore.outputs.language import word
from branchscore.outputs.wordings import Both
from branchscore.trust import qr
from branchscore.trust.facts import Facts, digest
from branchscore.trust.issuer import Trust

SHORT = 16


def html(facts: Facts, note: str, trust: Trust) -> str:
    """The page, with the note as a QR code."""
    dark = qr.modules(note)
    return page(
        _certificate(facts),
        facts["language"],
        DESIGNS[facts["design"]],
        "certified.html.j2",
        facts=facts,
        figures=_figures(facts),
        short=digest(facts)[:SHORT],
        fingerprint=trust.fingerprint,
        modules=qr.width(dark),
        code=qr.path(dark),
    )


def _certificate(facts: Facts) -> Certificate:
    return Certificate(
        facts["code"],
        facts["branch"],
        facts["number"],
        facts["title"],
        facts["wording"],
        facts["title"],
        tuple(facts["issuers"]),
        date.fromisoformat(facts["date"]),
        facts["fictional"],
    )


def _dated(day: str) -> Both:
    return dated(date.fromisoformat(day))


def _figures(facts: Facts) -> str:
    """Grade, points and rank, those that everybody may know."""
    language = facts["language"]
    parts = [facts["grade"][language]] if "grade" in facts else []
    if "points" in facts:
        parts.append(word("points_of", language, points=facts["points"]))
    if "rank" in facts:
        ranked = facts.get("ranked", "")
        parts.append(word("rank_of", language, rank=facts["rank"], ranked=ranked))
    return " · ".join(parts)


def parts(facts: Facts, trust: Trust) -> Iterator[str]:
    """What the page must say, each in one piece."""
    language = facts["language"]
    yield from (facts["branch"], facts["wording"][language], facts["number"], facts["id"])
    yield from (issuer[language] for issuer in facts["issuers"])
    yield from (_dated(facts["date"])[language], digest(facts)[:SHORT], trust.fingerprint)
    if "grade" in facts:
        yield facts["grade"][language]
    # Not with the words around them, which may be others one day.
    yield from (facts.get("points", ""), facts.get("rank", ""))


def printed(text: str) -> str:
    return "".join(text.split())


def alike(text: str) -> str:
    """The text with one character for all that our fonts draw with the same glyph."""
    return text.translate(_twins())


@cache
def _twins() -> dict[int, int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - 0.1 s, and hardly ever needed

    maps = []
    for path in paths():
        with TTFont(path, lazy=True) as font:
            maps.append(font.getBestCmap())
    first: dict[str, int] = {}
    both: dict[int, int] = {}
    for letters in maps:
        for letter, glyph in sorted(letters.items()):
            same = first.setdefault(f"{id(letters)} {glyph}", letter)
            both[letter] = min(both.get(letter, letter), same)
    return both
