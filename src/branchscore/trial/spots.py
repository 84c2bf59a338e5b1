"""What the cases of a criteria file should reach: every line, band, word and answer of it."""

from collections.abc import Iterator
from typing import NamedTuple

from branchscore.criteria.check import placed
from branchscore.criteria.indicator import Assessed, Indicator, Leaf, Section
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules.all_or_nothing import AllOrNothing
from branchscore.criteria.rules.bands import Bands
from branchscore.criteria.rules.base import Item
from branchscore.criteria.rules.levels import Levels
from branchscore.criteria.rules.marginal import Marginal
from branchscore.criteria.rules.places import Places
from branchscore.criteria.rules.tiers import Tiers
from branchscore.text.numbers import UNLIMITED
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.trial.tree import At

ITEM = Phrase("没有案例考到", "no case measures it")
PART = Phrase("“{part}”没有案例考到", "no case measures the part “{part}”")
VARIANT = Phrase("“{case}”的情形没有案例", "no case is of the kind “{case}”")
ASKED = Phrase("没有案例要考本项", "no case is asked for it")
EXEMPT = Phrase("没有案例不考本项", "no case is exempt from it")
BAND = Phrase("没有案例落在 {limit} 一档", "no case is in the band from {limit}")
BELOW = Phrase("没有案例落在各档之外", "no case is outside all bands")
SEGMENT = Phrase("没有案例到第 {number} 段", "no case reaches segment {number}")
PLACE = Phrase("没有案例列第 {number} 名", "no case is in place {number}")
OTHER_PLACE = Phrase("没有案例列在各名次之后", "no case is after all places")
WORD = Phrase("没有案例为“{word}”", "no case has “{word}”")
MET = Phrase("没有案例达到要求", "no case meets it")
UNMET = Phrase("没有案例未达到要求", "no case fails to meet it")
HELD = Phrase("没有案例符合", "no case is so")
NOT_HELD = Phrase("没有案例不符合", "no case is not so")
GRADE = Phrase("没有案例评为本等次", "no case gets this grade")
OTHERWISE = Phrase("没有案例评为“{grade}”", "no case gets the grade “{grade}”")
CAP = Phrase("没有案例超过“{title}”的封顶", "no case goes over the cap “{title}”")
MOST = Phrase("没有案例超过最多 {points} 分", "no case goes over the most, {points} points")


class Spot(NamedTuple):
    """A place that a case should reach; `tag` tells several at one place apart, `item` is the
    id it is reported under."""

    at: At
    tag: str
    item: str
    what: Sentence


def spots(criteria: Criteria) -> Iterator[Spot]:
    """Everything there is to reach."""
    tested: list[tuple[At, str]] = []
    tested += [(("gates", i), gate.id) for i, gate in enumerate(criteria.gates)]
    tested += [(("vetoes", i), veto.id) for i, veto in enumerate(criteria.vetoes)]
    for at, name in tested:
        yield from _both_ways(at, name, HELD, NOT_HELD)
    for at, section in placed(criteria):
        for i, indicator in enumerate(section.indicators):
            yield from _indicator(criteria, indicator, (*at, "indicators", i), at[0] == "penalties")
        yield from _caps(section, at)
    if criteria.at_most is not None:
        yield Spot(("at_most",), "", "total", Sentence(MOST, {"points": criteria.at_most}))
    yield from _grades(criteria)


def _both_ways(at: At, item: str, held: Phrase, not_held: Phrase) -> Iterator[Spot]:
    yield Spot(at, "true", item, Sentence(held))
    yield Spot(at, "false", item, Sentence(not_held))


def assessed(indicator: Indicator) -> Iterator[tuple[At, Assessed]]:
    """The indicator and its parts, each with the keys that lead to it."""
    yield (), indicator
    yield from ((("parts", i), part) for i, part in enumerate(indicator.parts))


def _indicator(criteria: Criteria, indicator: Indicator, at: At, takes: bool) -> Iterator[Spot]:
    leaves = {leaf.at: leaf for leaf in indicator.leaves(takes)}
    for under, one in assessed(indicator):
        here = (*at, *under)
        what = Sentence(PART, {"part": one.title}) if under else Sentence(ITEM)
        yield Spot(here, "", indicator.id, what)
        if one.applies:
            yield from _both_ways((*here, "applies"), indicator.id, ASKED, EXEMPT)
        for i, variant in enumerate(one.variants):
            what = Sentence(VARIANT, {"case": variant.title})
            yield Spot((*here, "variants", i), "", indicator.id, what)
            yield from _rule(criteria, leaves[*under, "variants", i], at, indicator.id)
        if under in leaves:
            yield from _rule(criteria, leaves[under], at, indicator.id)


def _rule(criteria: Criteria, leaf: Leaf, at: At, item: str) -> Iterator[Spot]:
    here = (*at, *leaf.at, "rule")
    for tag, under, what in outcomes(leaf, leaf.item(criteria.fields)):
        yield Spot((*here, *under), tag, item, what)


def outcomes(leaf: Leaf, item: Item) -> Iterator[tuple[str, At, Sentence]]:
    """What a rule tells apart: a tag, the keys that lead to it, and how it is missed."""
    match leaf.rule:
        case AllOrNothing():
            yield "true", (), Sentence(MET)
            yield "false", (), Sentence(UNMET)
        case Bands(bands=bands):
            for i, band in enumerate(bands):
                limit: Value = item.amount(band.at_least)
                yield str(i), ("bands", i), Sentence(BAND, {"limit": limit})
            yield str(len(bands)), ("otherwise",), Sentence(BELOW)
        case Marginal(segments=segments):
            for i in range(len(segments)):
                yield str(i), ("segments", i), Sentence(SEGMENT, {"number": i + 1})
        case Places(points=points):
            for i in range(len(points)):
                yield str(i), ("points", i), Sentence(PLACE, {"number": i + 1})
            yield str(len(points)), ("otherwise",), Sentence(OTHER_PLACE)
        case Levels(points=prices) | Tiers(points=prices):
            for word in prices:
                shown = item.words.get(word, word)
                yield word, ("points", word), Sentence(WORD, {"word": shown})


def _caps(section: Section, at: At) -> Iterator[Spot]:
    for i, cap in enumerate(section.caps):
        yield Spot((*at, "caps", i), "", section.id, Sentence(CAP, {"title": cap.title}))
    if at[0] in ("bonus", "penalties") and section.points < UNLIMITED:
        most = Sentence(MOST, {"points": section.points})
        yield Spot((*at, "points"), "", section.id, most)


def _grades(criteria: Criteria) -> Iterator[Spot]:
    if criteria.grades is None:
        return
    for i, band in enumerate(criteria.grades.bands):
        at = ("grades", "bands", i)
        yield Spot(at, "", band.id, Sentence(GRADE))
        for j in range(len(band.requires)):
            yield from _both_ways((*at, "requires", j), band.id, HELD, NOT_HELD)
    below = Sentence(OTHERWISE, {"grade": criteria.grades.otherwise})
    yield Spot(("grades", "otherwise"), "", "grades", below)
