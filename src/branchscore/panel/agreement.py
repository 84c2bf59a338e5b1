"""How far reviewers agree. All figures are exact; None where the marks do not define one."""

from collections import Counter
from collections.abc import Mapping, Sequence

from branchscore.panel.mark import Cell, mean
from branchscore.text.numbers import Exact, divided, total

Cells = Mapping[Cell, Mapping[str, Exact]]
Block = list[list[Exact]]
"""Rows are what was judged, columns are reviewers; no gaps."""


def alpha(cells: Cells) -> Exact | None:
    """Krippendorff's alpha for interval data, gaps allowed: 1 is full agreement, 0 what chance
    gives. Krippendorff, Content Analysis, 4th ed., 12.2.3."""
    units = [list(given.values()) for given in cells.values() if len(given) > 1]
    values = [value for unit in units for value in unit]
    if not values:
        return None
    within = total([divided(_spread(unit), len(unit) - 1) for unit in units])
    among = divided(_spread(values), len(values) - 1)
    return 1 - divided(within, among) if among else None


def _spread(values: Sequence[Exact]) -> Exact:
    """The squared differences of all ordered pairs, added up."""
    squares = total([value * value for value in values])
    whole = total(values)
    return 2 * (len(values) * squares - whole * whole)


def block(cells: Cells) -> Block:
    """The rows that all reviewers judged, or empty where there are not two of each."""
    reviewers = sorted({name for given in cells.values() for name in given})
    rows = [[g[r] for r in reviewers] for g in cells.values() if len(g) == len(reviewers)]
    return rows if len(rows) > 1 and len(reviewers) > 1 else []


def icc(block: Block) -> tuple[Exact, Exact] | None:
    """ICC(A,1) and ICC(A,k): absolute agreement of one reviewer, and of the mean of all, in a
    two-way random model. McGraw and Wong 1996, table 4."""
    if not block:
        return None
    n, k = len(block), len(block[0])
    middle = mean([value for row in block for value in row])
    rows = divided(k * total([(mean(row) - middle) ** 2 for row in block]), n - 1)
    columns = [[row[j] for row in block] for j in range(k)]
    between = divided(n * total([(mean(column) - middle) ** 2 for column in columns]), k - 1)
    whole = total([(value - middle) ** 2 for row in block for value in row])
    error = divided(whole - rows * (n - 1) - between * (k - 1), (n - 1) * (k - 1))
    one = rows + (k - 1) * error + divided(k * (between - error), n)
    several = rows + divided(between - error, n)
    if not one or not several:
        return None
    return divided(rows - error, one), divided(rows - error, several)


def concordance(block: Block) -> Exact | None:
    """Kendall's W with the correction for ties: 1 where all reviewers rank alike, 0 where their
    ranks cancel out. Kendall and Gibbons, Rank Correlation Methods, ch. 6."""
    if not block:
        return None
    n, m = len(block), len(block[0])
    columns = [ranks([row[j] for row in block]) for j in range(m)]
    sums = [total([column[i] for column in columns]) for i in range(n)]
    middle = mean(sums)
    spread = total([(value - middle) ** 2 for value in sums])
    ties = total([_ties(column) for column in columns])
    most = m * m * (n**3 - n) - m * ties
    return divided(12 * spread, most) if most else None


def ranks(values: Sequence[Exact]) -> list[Exact]:
    """1-based ranks from the lowest up; equals share the mean of theirs."""
    first = {value: i for i, value in reversed(list(enumerate(sorted(values))))}
    number = Counter(values)
    return [divided(2 * first[value] + number[value] + 1, 2) for value in values]


def _ties(column: Sequence[Exact]) -> int:
    return sum(number**3 - number for number in Counter(column).values())
