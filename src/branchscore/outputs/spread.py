"""How the ranked branches lie apart, in all and on each line of the table: what a branch may know
of its peers without their names, and what a commission asks of its table."""

from collections.abc import Callable, Iterator, Sequence

from branchscore.criteria.model import Criteria
from branchscore.evaluation import Evaluation
from branchscore.outputs.results_spread import BandSaid, Spread, SpreadSaid
from branchscore.scoring.scorecard import Scorecard
from branchscore.selection.standing import Outcome
from branchscore.text.numbers import Exact, divided, is_unlimited, plain, rounded, total

TOTAL = "total"
BANDS = 20
DECIMALS = 2


def spread_said(evaluation: Evaluation) -> Spread | None:
    """By certain points; None where fewer than two branches are ranked."""
    ranked = [s for s in evaluation.standings if s.rank is not None]
    if len(ranked) < 2:
        return None
    cards = [s.card for s in ranked]
    named = [s.outcome is Outcome.NAMED for s in ranked]
    lines = [_line(*line, cards, named) for line in _lines(evaluation.criteria)]
    totals = [card.low for card in cards]
    return {"number": len(ranked), "lines": lines, "bands": list(bands(totals))}


def _lines(criteria: Criteria) -> Iterator[tuple[str, Exact, Callable[[Scorecard], Exact]]]:
    """Every line that has points: its id, how many, and what a branch has of them."""
    yield TOTAL, criteria.total, lambda card: card.low
    for place, section in enumerate(criteria.sections()):
        yield section.id, section.points, lambda card, i=place: card.sections[i].low  # type: ignore[misc]
        for nth, item in enumerate(section.indicators):
            yield (
                item.id,
                item.points,
                lambda card, i=place, j=nth: card.sections[i].lines[j].verdict.low,  # type: ignore[misc]
            )


def _line(
    name: str,
    points: Exact,
    of: Callable[[Scorecard], Exact],
    cards: Sequence[Scorecard],
    named: Sequence[bool],
) -> SpreadSaid:
    have = [of(card) for card in cards]
    rising = sorted(have)
    lower, median, upper = (plain(_quantile(rising, quarter)) for quarter in (1, 2, 3))
    return {
        "id": name,
        "points": plain(points),
        "lowest": plain(rising[0]),
        "lower": lower,
        "median": median,
        "upper": upper,
        "highest": plain(rising[-1]),
        "full": sum(1 for x in have if max(x, -x) >= points),
        "none": sum(1 for x in have if x == 0),
        "apart": _apart(have, named),
    }


def _quantile(rising: Sequence[Exact], quarter: int) -> Exact:
    """The least value that at least so many quarters of all do not exceed."""
    return rising[-(-len(rising) * quarter // 4) - 1]


def _apart(have: Sequence[Exact], named: Sequence[bool]) -> str | None:
    inside = [x for x, is_in in zip(have, named, strict=True) if is_in]
    outside = [x for x, is_in in zip(have, named, strict=True) if not is_in]
    if not inside or not outside:
        return None
    gap = divided(total(inside), len(inside)) - divided(total(outside), len(outside))
    return plain(rounded(gap, DECIMALS, "half-up"))


def bands(totals: Sequence[Exact]) -> Iterator[BandSaid]:
    """At most `BANDS` bands of 1, 2 or 5 points, or of tens of these."""
    low, high = min(totals), max(totals)
    if is_unlimited(high - low):
        return
    width = next(w for w in _widths() if high // w - low // w < BANDS)
    for n in range(int(low // width), int(high // width) + 1):
        inside = sum(1 for x in totals if n * width <= x < (n + 1) * width)
        yield {"low": plain(n * width), "high": plain((n + 1) * width), "number": inside}


def _widths() -> Iterator[int]:
    scale = 1
    while True:
        yield from (scale, 2 * scale, 5 * scale)
        scale *= 10
