"""What reviewers gave, struck and said of a branch, as plain data."""

from collections.abc import Iterator

from branchscore.criteria.found import Judged, Judgement, Marks
from branchscore.criteria.indicator import Indicator, Leaf
from branchscore.criteria.model import Criteria
from branchscore.criteria.panel import ORIGINS
from branchscore.outputs.results_reviews import Ends, MarkSaid, Remark, StrikeSaid
from branchscore.outputs.wordings import both
from branchscore.review.joined import Reviews, Said
from branchscore.review.strike import touched, what
from branchscore.scoring.panel import shown, worth
from branchscore.scoring.scorecard import Scorecard
from branchscore.scoring.verdict import Line
from branchscore.text.numbers import plain


class Reviewed:
    """The reviews of a campaign, by branch."""

    def __init__(self, criteria: Criteria, reviews: Reviews) -> None:
        self.criteria, self.reviews = criteria, reviews
        self.leaves = {
            indicator.id: _judged(indicator, section is criteria.penalties)
            for section in criteria.sections()
            for indicator in section.indicators
        }

    def marks(self, code: str, indicator: Indicator) -> list[MarkSaid]:
        """Every mark that was given to an item or its parts."""
        given = self.reviews.judgements.get(code)
        if not given:
            return []
        found: list[MarkSaid] = []
        for name, leaf in self.leaves[indicator.id].items():
            if name in given:
                found += (self._mark(leaf, one) for one in _each(given[name]))
        return found

    def _mark(self, leaf: Leaf, one: Judgement) -> MarkSaid:
        item = leaf.item(self.criteria.fields)
        points = worth(leaf, item, one)
        return {
            "of": leaf.id,
            "reviewer": one.reviewer,
            "source": both(ORIGINS[one.origin]),
            "given": both(shown(item, one, points)),
            "points": plain(-points if leaf.takes else points),
            "reason": one.reason,
        }

    def computed(self, card: Scorecard) -> dict[str, Ends]:
        """By item, what the rules gave before anybody struck anything; nothing of items that
        are judged."""
        old = card.unstruck or card
        return {
            line.indicator.id: ends(line)
            for score in old.sections
            for line in score.lines
            if not self.leaves[line.indicator.id]
        }

    def strikes(self, card: Scorecard) -> Iterator[StrikeSaid]:
        old = (card.unstruck or card).submission
        for strike in self.reviews.strikes.get(old.code, ()):
            read = touched(strike, old, self.criteria.fields)
            yield {
                "reviewer": strike.reviewer,
                "what": both(what(strike, old)),
                "reason": "" if strike.secret else strike.reason,
                "fields": sorted(read),
            }

    def comments(self, code: str) -> list[Remark]:
        return [_remark(said) for said in self.reviews.comments.get(code, ())]

    def recused(self, code: str) -> list[Remark]:
        return [_remark(said) for said in self.reviews.recused.get(code, ())]


def ends(line: Line) -> Ends:
    return {"low": plain(line.verdict.low), "high": plain(line.verdict.high)}


def totals(card: Scorecard) -> Ends:
    """The points of all items before anybody struck anything."""
    old = card.unstruck or card
    return {"low": plain(old.low), "high": plain(old.high)}


def _judged(indicator: Indicator, penalty: bool) -> dict[str, Leaf]:
    leaves = indicator.leaves(penalty)
    return {leaf.id: leaf for leaf in leaves if leaf.measure.kind == "judged"}


def _each(judged: Judged) -> tuple[Judgement, ...]:
    return judged.given if isinstance(judged, Marks) else (judged,)


def _remark(said: Said) -> Remark:
    return {"reviewer": said.reviewer, "text": said.text}
