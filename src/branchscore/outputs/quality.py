"""What a commission asks of a campaign beside its ranking: the groups and their places, and how
sound the data are."""

from collections import Counter
from collections.abc import Iterator

from branchscore.criteria.selection import Group
from branchscore.evaluation import Evaluation
from branchscore.outputs.results_spread import GroupSaid, StateSaid
from branchscore.outputs.wordings import both
from branchscore.selection.contest import leaf_of
from branchscore.selection.standing import Outcome


def groups_said(evaluation: Evaluation) -> list[GroupSaid]:
    """Each group with its bounds for this campaign and how many of it are named."""
    selection = evaluation.criteria.selection
    if selection is None:
        return []
    ranked = [s for s in evaluation.standings if s.rank is not None]
    ways = [leaf_of(selection.groups, s.card) for s in ranked]
    named = [way for way, s in zip(ways, ranked, strict=True) if s.outcome is Outcome.NAMED]

    def walk(groups: tuple[Group, ...], above: tuple[int, ...]) -> Iterator[GroupSaid]:
        for i, group in enumerate(groups):
            way = (*above, i)
            number = sum(1 for one in ways if one[: len(way)] == way)
            yield {
                "id": group.id,
                "title": both(group.title),
                "depth": len(above),
                "ranked": number,
                "least": group.floor(number),
                "most": group.cap(number),
                "named": sum(1 for one in named if one[: len(way)] == way),
            }
            yield from walk(group.groups, way)

    return list(walk(selection.groups, ()))


def states_said(evaluation: Evaluation) -> list[StateSaid]:
    """How many items of how many branches ended in each state but the usual one."""
    items, branches = Counter[str](), Counter[str]()
    for standing in evaluation.standings:
        lines = [line for score in standing.card.sections for line in score.lines]
        states = [line.verdict.state.value for line in lines]
        items.update(states)
        branches.update(set(states))
    return [
        {"state": state, "items": items[state], "branches": branches[state]}
        for state in sorted(items, key=lambda state: (-items[state], state))
        if state != "scored"
    ]
