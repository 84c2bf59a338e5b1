"""What the commission, or a public draw, decides where the points leave it open."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import NamedTuple

from branchscore.review.decision import Decision
from branchscore.selection import wordings
from branchscore.selection.contest import Contest
from branchscore.selection.standing import Outcome, Standing
from branchscore.text.personal import masked
from branchscore.text.phrase import Sentence, Value


@dataclass(frozen=True, slots=True)
class Question:
    """What is left to be decided: `places` for the branches `among` (codes); of a list of
    candidates (`listed`) at most so many. `draw`: by a public draw."""

    among: frozenset[str]
    places: int
    listed: bool
    draw: bool


class Refused(NamedTuple):
    """A decision that changes nothing: the code of the manual that says why, where in the
    decision, and with what values."""

    decision: Decision
    fault: str
    at: str
    values: Mapping[str, Value]


class Settled(NamedTuple):
    """The standings with what was decided, and the questions that are still open."""

    standings: tuple[Standing, ...]
    refused: tuple[Refused, ...]
    questions: tuple[Question, ...]


def drawn(
    seed: str,
    codes: Iterable[str],
    number: int,
    fits: Callable[[Collection[str]], bool] = lambda chosen: True,
) -> frozenset[str]:
    """The public draw: so many of the codes, in the order of SHA-256 over the seed, a line break
    and the code (UTF-8), each that still fits beside those before it. Anybody can do it again."""
    chosen: list[str] = []
    for code in sorted(codes, key=lambda code: sha256(f"{seed}\n{code}".encode()).hexdigest()):
        if len(chosen) < number and fits([*chosen, code]):
            chosen.append(code)
    return frozenset(chosen)


def settled(
    contest: Contest, standings: Sequence[Standing], decisions: Iterable[Decision]
) -> Settled:
    """The ties first: who wins one may come onto the list of candidates."""
    standings, refused = list(standings), list[Refused]()
    rest = sorted(decisions, key=Decision.order)
    for listed in (False, True):
        for question in [q for q in open_questions(contest, standings) if q.listed is listed]:
            found = [decision for decision in rest if decision.among == question.among]
            rest = [decision for decision in rest if decision.among != question.among]
            faults = [Refused(d, "R023", "among", {}) for d in found if len(found) > 1]
            faults = faults or [f for d in found for f in _misfits(contest, question, d)]
            refused += faults
            if found and not faults:
                standings = list(_decided(contest, question, found[0], standings))
    questions = tuple(open_questions(contest, standings))
    known = {standing.card.submission.code for standing in standings}
    refused += (fault for d in rest for fault in _astray(d, known, questions))
    return Settled(tuple(standings), tuple(refused), questions)


def open_questions(contest: Contest, standings: Sequence[Standing]) -> Iterator[Question]:
    """A list of candidates is no question before everybody on it is known."""
    ties: dict[int, list[Standing]] = {}
    for standing in standings:
        if standing.outcome is Outcome.TIED and standing.rank is not None:
            ties.setdefault(standing.rank, []).append(standing)
    for some in ties.values():
        yield Question(_codes(some), some[0].left, listed=False, draw=contest.selection.draw)
    listed = [s for s in standings if s.outcome is Outcome.CANDIDATE]
    waits = any(s.outcome is Outcome.OPEN for s in standings)
    if listed and not ties and not waits:
        yield Question(_codes(listed), listed[0].left, listed=True, draw=False)


def _codes(standings: Iterable[Standing]) -> frozenset[str]:
    return frozenset(standing.card.submission.code for standing in standings)


def _misfits(contest: Contest, question: Question, decision: Decision) -> Iterator[Refused]:
    """Why a decision on this question does not answer it."""
    places, number = question.places, len(decision.named)
    if question.draw != (decision.seed is not None):
        fault = "R019" if question.draw else "R018"
        yield Refused(decision, fault, "named" if question.draw else "draw", {})
    elif question.draw:
        return
    elif number > places or (number < places and not question.listed):
        values: dict[str, Value] = {"got": number, "places": places}
        yield Refused(decision, "R022", "named", values)
    elif not question.listed and not contest.together(decision.named):
        groups = tuple(group.title for group in contest.selection.all_groups())
        yield Refused(decision, "R024", "named", {"groups": groups})


def _astray(
    decision: Decision, known: Collection[str], questions: Sequence[Question]
) -> Iterator[Refused]:
    """A decision on what is no open question."""
    among = decision.among
    unknown = sorted(among - set(known))
    for code in unknown:
        yield Refused(decision, "R016", "among", {"got": code})
    if not unknown:
        there = tuple(
            Sentence(wordings.BETWEEN, {"codes": tuple(sorted(q.among))}) for q in questions
        )
        yield Refused(decision, "R021", "among", {"known": there or wordings.NO_QUESTION})


def _decided(
    contest: Contest, question: Question, decision: Decision, standings: Sequence[Standing]
) -> Iterator[Standing]:
    named = decision.named
    if decision.seed is not None:
        named = drawn(decision.seed, question.among, question.places, contest.together)
    slate = contest.selection.slate is not None and not question.listed
    listed = sum(s.outcome is Outcome.CANDIDATE for s in standings) + len(named)
    places = min(contest.selection.places(len(contest.cards)) or 0, listed) if slate else 0
    won = Outcome.CANDIDATE if slate else Outcome.NAMED
    for standing in standings:
        code = standing.card.submission.code
        if code not in question.among:
            # The list is only now as long as it will be.
            moved = slate and standing.outcome is Outcome.CANDIDATE
            yield replace(standing, left=places) if moved else standing
            continue
        inside = code in named
        outcome = won if inside else Outcome.NOT_NAMED
        why, left = _why(standing, decision, slate, inside), places if inside else 0
        yield replace(standing, outcome=outcome, why=why, left=left, decision=decision)


def _why(standing: Standing, decision: Decision, slate: bool, inside: bool) -> Sentence:
    values: dict[str, Value] = {
        "why": standing.why,
        "date": decision.day,
        "by": decision.by,
        "reason": decision.reason,
        "how": wordings.DECIDED,
        "what": (wordings.ON_LIST if slate else wordings.IN)[0 if inside else 1],
        "votes": wordings.NO_VOTES,
    }
    if decision.seed is not None:
        values["how"] = Sentence(wordings.DRAWN, {"seed": masked(decision.seed)})
    if decision.votes is not None:
        names = ("ayes", "noes", "abstained")
        values["votes"] = Sentence(wordings.VOTES, dict(zip(names, decision.votes, strict=True)))
    return Sentence(wordings.SETTLED, values)
