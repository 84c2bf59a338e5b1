"""Gates, vetoes and what grades require, held against submissions."""

from collections.abc import Mapping
from dataclasses import dataclass

from branchscore.criteria.condition import Condition
from branchscore.criteria.fields import Asked
from branchscore.criteria.found import Facts, Found
from branchscore.criteria.measures import Measure
from branchscore.criteria.outcome import Gate, Requirement, Veto
from branchscore.criteria.secrecy import told
from branchscore.scoring import words
from branchscore.scoring.paying import MOST_REMEMBERED, titles, unread
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase, Sentence, Value

Test = Gate | Veto | Requirement
POINTS = Phrase("分", "points")


@dataclass(frozen=True, slots=True)
class Tested:
    """A condition held against a submission; `holds` is None where it is not stated."""

    test: Test
    holds: bool | None
    why: Sentence
    fields: tuple[str, ...]


class Tester:
    """Holds one gate, veto or requirement; the same finding is worded once."""

    def __init__(self, fields: Mapping[str, Asked], test: Test, measure: Measure) -> None:
        self.test, self.measure, self.unit = test, measure, measure.unit_in(fields)
        self.secret = told(measure, fields)
        self.known: dict[tuple[object, ...], tuple[bool | None, Sentence]] = {}

    def held(self, facts: Facts) -> Tested:
        measured = self.measure.measure(facts, getattr(self.test, "id", ""))
        if not isinstance(measured, Found):
            missing = titles(unread(measured), facts.fields)
            wording = words.TEST_OPEN if missing else words.TEST_AWAITS
            why = Sentence(wording, {"title": self.test.title, "fields": missing})
            return Tested(self.test, None, why, unread(measured))
        known = self.known.get(measured.key)
        if known is None:
            why = said(self.test, measured, self.unit, self.secret)
            known = self.test.holds(measured), why
            if len(self.known) < MOST_REMEMBERED:
                self.known[measured.key] = known
        return Tested(self.test, *known, measured.fields)


def said(test: Test, found: Found, unit: Phrase, secret: bool = False) -> Sentence:
    values: dict[str, Value] = {
        "title": test.title,
        "wanted": test.wanted(found, unit),
        "value": words.NOT_SHOWN if secret else _shown(found),
        "unit": unit if test.counts(found) and not secret else "",
    }
    if not isinstance(test, Veto):
        return Sentence(words.GATE, values)
    return Sentence(words.VETO if test.effect == "exclude" else words.TOUCHED, values)


def _shown(found: Found) -> Value:
    """What is found, and what is claimed beyond it without proof."""
    if found.claimed is None:
        return found.shown()
    values: dict[str, Value] = {"value": found.shown(), "claimed": found.claim.shown()}
    return Sentence(words.CLAIMED, values)


def on_points(requirement: Requirement, low: Exact, high: Exact) -> Tested:
    """A requirement on points that may still be open between `low` and `high`."""
    ends = [Condition.holds(requirement, Found(points)) for points in (low, high)]
    holds = ends[0] if ends[0] == ends[1] else None
    return Tested(requirement, holds, said(requirement, Found(low), POINTS), ())
