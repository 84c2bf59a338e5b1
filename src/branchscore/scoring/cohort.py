"""The first pass: what all branches of a campaign measure, before any of them is paid."""

from collections.abc import Iterable, Iterator, Sequence

from branchscore.criteria.found import Facts, Found, Peers
from branchscore.criteria.measures.peers import AmongPeers
from branchscore.criteria.model import Criteria
from branchscore.scoring.paying import IndicatorPayer
from branchscore.scoring.verdict import State
from branchscore.text.numbers import Exact

Figures = dict[object, Peers]


def compared(criteria: Criteria) -> list[AmongPeers]:
    """The measures that need all branches."""
    return [m for measure in _measures(criteria) for m in measure if isinstance(m, AmongPeers)]


def _measures(criteria: Criteria) -> Iterator[Iterator[object]]:
    for section in criteria.sections():
        for indicator in section.indicators:
            for leaf in indicator.leaves(False):
                yield leaf.measure.within()
            yield from (measure.within() for _, _, measure in indicator.conditions())
    yield from (gate.measure.within() for gate in criteria.gates)
    yield from (veto.measure.within() for veto in criteria.vetoes)
    for band in criteria.grades.bands if criteria.grades else ():
        for requirement in band.requires:
            if requirement.measure:
                yield requirement.measure.within()


def figures(measures: Iterable[AmongPeers], all_facts: Sequence[Facts]) -> Figures:
    """Per comparing measure (and group), the numbers of all branches that stated them."""
    gathered: dict[object, list[Exact]] = {}
    for measure in measures:
        for facts in all_facts:
            found = measure.of.measure(facts, "")
            if isinstance(found, Found) and not found.at_least:
                gathered.setdefault(measure.peers_key(facts), []).append(found.number)
    return {key: Peers(tuple(sorted(numbers))) for key, numbers in gathered.items()}


def means(payers: Iterable[IndicatorPayer], all_facts: Sequence[Facts]) -> Figures:
    """For items that earn the peers' mean where they are not asked: the points of all
    branches that they are asked of and that are decided."""
    gathered: dict[object, list[Exact]] = {}
    for payer in payers:
        for facts in all_facts:
            verdict = payer.line(facts).verdict
            if verdict.low == verdict.high and verdict.state is not State.NOT_APPLICABLE:
                gathered.setdefault(("points", payer.indicator.id), []).append(verdict.low)
    return {key: Peers(tuple(sorted(numbers))) for key, numbers in gathered.items()}
