"""Limits of grades that are finer than the totals they are held against."""

from collections.abc import Iterator
from math import ceil

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.model import Criteria
from branchscore.text.numbers import divided


def finer(criteria: Criteria) -> Iterator[Complaint]:
    rounding = criteria.rounding
    for i, band in enumerate(criteria.grades.bands if criteria.grades else ()):
        scale = 10**rounding.decimals
        shown = divided(ceil(band.at_least * scale), scale)
        if shown != band.at_least:
            values = {"limit": band.at_least, "decimals": rounding.decimals, "shown": shown}
            yield Complaint("L025", ("grades", "bands", i, "at_least"), values)
