"""10,000 draws of the weights × 1,000 branches × 30 items: CPU time of who is named in each draw,
beside the least that plain Python needs for the sums alone (over a hundredth of the draws, times a
hundred; it neither rounds nor ranks).

    python benchmarks/weights.py
"""

import random
import time
from collections.abc import Callable
from fractions import Fraction

from branchscore.criteria.found import Judgement
from branchscore.criteria.reading import criteria_of
from branchscore.safety.award import winners
from branchscore.safety.draws import weights
from branchscore.safety.grid import Grid, grid_of
from branchscore.scoring.scorecard import Scorer
from branchscore.submission.reading import Submission
from branchscore.text.source import parse

DRAWS, BRANCHES, ITEMS, PLACES, ROUNDS = 10_000, 1_000, 30, 300, 5
HEAD = """
format: branchscore/1
id: weights
title: 权重
year: 2023
batch: 2023年度
period: {first: 2023-01-01, last: 2023-12-31}
issuers: [虚构区委组织部]
documents: {notice: {title: 虚构通知}}
legal_basis: [{document: notice}]
rounding: {at: total, decimals: 2, rule: half-up}
fields: {}
selection: {quota: 300, ties: [I00, I01]}
dimensions:
  - id: work
    title: 工作
    points: 300
    indicators:
"""
ITEM = (
    "      - {id: I%02d, title: 第%d项, points: 10, measure: {kind: judged}, "
    "rule: {kind: given, step: 0.5}}\n"
)


def campaign() -> Grid:
    """Branches that are judged at random."""
    dice = random.Random(2023)
    table = criteria_of(parse((HEAD + "".join(ITEM % (i, i) for i in range(ITEMS))).encode(), "t"))
    scorer = Scorer(table)
    cards = []
    for i in range(BRANCHES):
        marks = {f"I{n:02}": Judgement(Fraction(dice.randrange(21), 2)) for n in range(ITEMS)}
        code = f"B{i:04}"
        one = Submission(
            code, "", table.id, code, code, True, {}, frozenset(), (), {}, None, {}, {}
        )
        cards.append(scorer.score(one, marks))
    grid = grid_of(table, cards)
    assert grid is not None
    return grid


def cpu(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start


def main() -> None:
    grid = campaign()

    def ours() -> None:
        won = winners(grid, weights(grid, DRAWS, Fraction(1, 10)))
        assert (won.sum(axis=1) == PLACES).all()

    earned = grid.earned.tolist()
    dice = random.Random(2023)
    drawn = [[1 + dice.uniform(-0.1, 0.1) for _ in range(ITEMS)] for _ in range(DRAWS // 100)]

    def floor() -> None:
        for some in drawn:
            for row in earned:
                sum([w * e for w, e in zip(some, row, strict=True)])

    ours()
    took = min(cpu(ours) for _ in range(ROUNDS))
    least = 100 * min(cpu(floor) for _ in range(2))
    print(f"{DRAWS:,} draws × {BRANCHES:,} branches × {ITEMS} items")
    print(f"draws, totals, ties and places: {took:.2f} s of CPU")
    print(f"sums alone in plain Python: {least:.1f} s, {least / took:.0f} times as long")
    assert took < 1, took


if __name__ == "__main__":
    main()
