"""Every kind of measure, in one closed union: what is true?"""

from typing import Annotated

from pydantic import Field as Key

from branchscore.criteria.measures.change import Change
from branchscore.criteria.measures.conditions import Conditions
from branchscore.criteria.measures.count import Count
from branchscore.criteria.measures.days import Days
from branchscore.criteria.measures.difference import Difference
from branchscore.criteria.measures.each import Each
from branchscore.criteria.measures.elements import Elements
from branchscore.criteria.measures.judged import Judged
from branchscore.criteria.measures.listed import Listed
from branchscore.criteria.measures.peers import AmongPeers
from branchscore.criteria.measures.periods import Periods
from branchscore.criteria.measures.self_score import SelfScore
from branchscore.criteria.measures.share import Share
from branchscore.criteria.measures.total import Total
from branchscore.criteria.measures.value import Value
from branchscore.criteria.measures.votes import Votes

Measure = Annotated[
    Value
    | Count
    | Total
    | Periods
    | Elements
    | Each
    | Listed
    | Judged
    | Difference
    | Share
    | Change
    | Days
    | Votes
    | AmongPeers
    | SelfScore
    | Conditions,
    Key(discriminator="kind"),
]
