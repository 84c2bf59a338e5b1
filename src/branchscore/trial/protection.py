"""Which mutants of a criteria file its cases notice."""

from collections.abc import Sequence
from dataclasses import dataclass

from branchscore.criteria.check import owner
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import criteria_of
from branchscore.scoring.scorecard import Scorer
from branchscore.text.diagnostics import Faulty, Span
from branchscore.text.source import Document
from branchscore.trial.model import STANDING, WHOLE, Case, Table
from branchscore.trial.mutants import Mutant, mutants
from branchscore.trial.reading import Cases, fits, one_by_one
from branchscore.trial.running import missed
from branchscore.trial.tree import At, changed


@dataclass(frozen=True, slots=True)
class Survivor:
    """A change that no case notices; `item` is the id of what it is in."""

    mutant: Mutant
    span: Span
    item: str


@dataclass(frozen=True, slots=True)
class Protection:
    """How many mutants there are, how many of them the checker refuses and how many a case
    notices, and those that nobody does."""

    by_checker: int
    by_cases: int
    survivors: tuple[Survivor, ...]

    @property
    def all(self) -> int:
        return self.by_checker + self.by_cases + len(self.survivors)


def protection(cases: Cases, passing: Sequence[Case]) -> Protection:
    """Try every mutant against the cases that hold of the table as it is."""
    document = cases.table.document
    by_checker = by_cases = 0
    survivors: list[Survivor] = []
    for mutant in mutants(document.root):
        tree = Document(document.path, document.raw, changed(document.root, mutant.puts))
        try:
            criteria = criteria_of(tree)
        except Faulty:
            by_checker += 1
            continue
        table = Table(criteria, tree, Scorer(criteria))
        concerned = [case for case in passing if concerns(cases.table, mutant.at, case)]
        if any(notices(table, case) for case in concerned):
            by_cases += 1
        else:
            span = document.span(mutant.at, key=mutant.key)
            survivors.append(
                Survivor(mutant, span, owner(cases.table.criteria, mutant.at) or str(mutant.at[0]))
            )
    survivors.sort(key=lambda survivor: survivor.span)
    return Protection(by_checker, by_cases, tuple(survivors))


def notices(table: Table, case: Case) -> bool:
    """Whether a case does not hold of a changed table, or states marks it refuses."""
    judged = dict(table.criteria.judged())
    for marks in case.judgements.values():
        for name, given in marks.items():
            if not all(fits(judgement, judged[name]) for judgement in one_by_one(given)):
                return True
    return next(missed(table, case), None) is not None


def concerns(table: Table, at: At, case: Case) -> bool:
    """Whether a case expects anything that can depend on what stands at a place."""
    names = _dependent(table.criteria, at)
    return names is None or not case.named.isdisjoint(names)


def _dependent(criteria: Criteria, at: At) -> set[str | None] | None:
    """What can depend on a place: on an item only that item, its section and the branch as a
    whole; None for everything."""
    match at:
        case ("dimensions" | "bonus" | "penalties", *_):
            return {*WHOLE, *(owner(criteria, at[:end]) for end in range(1, 5))}
        case ("vetoes", int(i), *_) if criteria.vetoes[i].effect == "zero":
            return None
        case ("gates" | "vetoes" | "grades" | "selection", *_):
            return {*STANDING, owner(criteria, at)}
        case ("at_most",):
            return {*WHOLE}
    return None
