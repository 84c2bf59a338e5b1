"""What the commission, or a public draw, decides where the points leave it open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from branchscore.selection import wordings
from branchscore.selection.standing import Outcome, Standing
from branchscore.text.phrase import Phrase, Sentence, Value

UNDECIDED = frozenset({Outcome.TIED, Outcome.CANDIDATE})


@dataclass(frozen=True, slots=True)
class Decision:
    """`named` of the branches `among` get the title; both by code. Of a draw `named` follows
    from its seed (`drawn`)."""

    among: frozenset[str]
    named: frozenset[str]
    by: Phrase
    day: date
    reason: str


def drawn(seed: str, codes: Sequence[str], number: int) -> frozenset[str]:
    """The public draw: so many of the codes, in the order of SHA-256 over the seed, a line break
    and the code (UTF-8). Anybody can do it again."""
    order = sorted(codes, key=lambda code: sha256(f"{seed}\n{code}".encode()).hexdigest())
    return frozenset(order[:number])


def decided(standings: Sequence[Standing], decisions: Sequence[Decision]) -> Iterator[Standing]:
    """The standings with what was decided; a decision about anything that is not open, or about
    more places than there are, changes nothing."""
    for standing in standings:
        code = standing.card.submission.code
        found = [d for d in decisions if code in d.among and fits(standings, d)]
        if standing.outcome not in UNDECIDED or len(found) != 1:
            yield standing
            continue
        decision = found[0]
        inside = code in decision.named
        wording = wordings.DECIDED_IN if inside else wordings.DECIDED_OUT
        values: dict[str, Value] = {
            "why": standing.why,
            "date": decision.day,
            "by": decision.by,
            "reason": decision.reason,
        }
        outcome = Outcome.NAMED if inside else Outcome.NOT_NAMED
        yield replace(standing, outcome=outcome, why=Sentence(wording, values), left=0)


def open_with(standings: Sequence[Standing], code: str) -> list[Standing]:
    """The branches between which it is open whether this one is named; empty if it is not."""
    own = next((s for s in standings if s.card.submission.code == code), None)
    if own is None or own.outcome not in UNDECIDED:
        return []
    tied = own.outcome is Outcome.TIED
    return [s for s in standings if s.outcome is own.outcome and (not tied or s.rank == own.rank)]


def fits(standings: Sequence[Standing], decision: Decision) -> bool:
    """Whether the decision is about all branches of one open question, and names as many as
    there are places (of a list of candidates: at most as many)."""
    question = open_with(standings, min(decision.among))
    if {s.card.submission.code for s in question} != decision.among:
        return False
    places, number = question[0].left, len(decision.named)
    exact = question[0].outcome is Outcome.TIED
    return decision.named <= decision.among and (number == places if exact else number <= places)
