"""Who moved between two evaluations of the same submissions, and by which items."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from branchscore.scoring.scorecard import Scorecard
from branchscore.selection.standing import Standing
from branchscore.text.numbers import Exact, total
from branchscore.text.phrase import Phrase

Span = tuple[Exact, Exact]
NOTHING: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Share:
    """Points of an item, certain and possible. With `beside`, of a section beside its items
    (caps, scaling up), or of the total beside its sections, where `id` is empty."""

    id: str
    title: Phrase
    span: Span
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """An item whose points differ; None where one table does not have it."""

    share: Share
    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True)
class Move:
    """One branch before and after. The shifts add up to the difference of the totals."""

    before: Standing
    after: Standing
    shifts: tuple[Shift, ...]

    @property
    def any(self) -> bool:
        """Whether anything differs that a reader of both rankings would see."""
        return bool(self.shifts) or _seen(self.before) != _seen(self.after)


def moves(before: Sequence[Standing], after: Sequence[Standing]) -> Iterator[Move]:
    """The branches that both evaluations have, in the order of the second."""
    old = {standing.card.submission.code: standing for standing in before}
    for standing in after:
        code = standing.card.submission.code
        if code in old:
            shifts = _shifts(old[code].card, standing.card)
            yield Move(old[code], standing, tuple(shifts))


def _seen(standing: Standing) -> tuple[object, ...]:
    return standing.rank, standing.outcome, standing.grade, standing.card.low, standing.card.high


def _shifts(before: Scorecard, after: Scorecard) -> Iterator[Shift]:
    old, new = ({(s.id, s.beside): s for s in _shares(card)} for card in (before, after))
    for key in dict.fromkeys((*new, *old)):
        ends = [side[key].span if key in side else None for side in (old, new)]
        if ends[0] != ends[1]:
            share = new[key] if key in new else old[key]
            yield Shift(share, ends[0], ends[1])


def _shares(card: Scorecard) -> Iterator[Share]:
    """The total by its items, and by what came on top of them."""
    sections: list[Span] = []
    for score in card.sections:
        lines = [(line.verdict.low, line.verdict.high) for line in score.lines]
        for line, span in zip(score.lines, lines, strict=True):
            yield Share(line.indicator.id, line.indicator.title, span)
        sections.append((score.low, score.high))
        if (rest := _rest(sections[-1], lines)) != NOTHING:
            yield Share(score.section.id, score.section.title, rest, beside=True)
    if (rest := _rest((card.low, card.high), sections)) != NOTHING:
        yield Share("", Phrase("总分", "Total"), rest, beside=True)


def _rest(whole: Span, parts: Sequence[Span]) -> Span:
    low, high = (whole[i] - total([part[i] for part in parts]) for i in (0, 1))
    return low, high
