"""What became of a branch's application."""

from dataclasses import dataclass
from enum import StrEnum

from branchscore.review.decision import Decision
from branchscore.scoring.scorecard import Scorecard
from branchscore.text.phrase import Phrase, Sentence


class Outcome(StrEnum):
    """What became of a branch's application. `OPEN`: points that the panel has not yet given
    decide; `TIED` and `CANDIDATE`: the commission does."""

    NAMED = "named"
    CANDIDATE = "candidate"
    NOT_NAMED = "not_named"
    RESERVE = "reserve"
    TIED = "tied"
    OPEN = "open"
    BELOW_MINIMUM = "below_minimum"
    LAST_OUT = "last_out"
    RANKED = "ranked"
    UNDETERMINED = "undetermined"
    INELIGIBLE = "ineligible"
    VETOED = "vetoed"


@dataclass(frozen=True, slots=True)
class Standing:
    """One branch's place. `rank` is 1-based, equal for equals (1, 2, 2, 4); None for branches
    that are not ranked. `left`: of the tied or the candidates, so many will be named; `decision` is
    what closed that."""

    card: Scorecard
    rank: int | None
    grade: Phrase
    outcome: Outcome
    why: Sentence
    left: int = 0
    decision: Decision | None = None
