"""Titles broken at sense, into lines that make a trapezoid or a rhombus (GB/T 9704, 7.3.1)."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import ceil

from branchscore.outputs.faces import width

MOST = 19
"""Characters of 22 pt to a line: 20 fill it, and a title keeps clear of its ends."""
MOST_LINES = 3
WORDS = (
    "离退休干部|离退休|老干部局|老干部|干部局|组织部|党工委|工作委员会|支部委员会|委员会|党支部|示范|先进|"
    "创建|命名|年度|评分|公示|决定|通知|通报|呈报表|呈报|标杆|星级|五星|五好|六好|人员|基层|党组织|"
    "有限责任公司|有限公司|公司|集团|国有|资产|经营|管理|投资|控股|建设|发展|机关|街道|社区|企业|事业|单位|"
    "服务|中心|学院|学校|大学|医院|研究院|研究所|所属|直属|联合|第[一二三四五六七八九十]{1,3}"
)
PLACE = "[一-龥]{2,3}[省市县区旗州]"
UNIT = re.compile(rf"[!-~]+年?度?|{PLACE}|《[^》]{{1,9}}》|“[^”]{{1,9}}”|{WORDS}|关于拟?|.")
CLINGS = frozenset("的等、，：》”）〕和与及")
"""A line may not begin with these."""


def title_lines(text: str, most: float = MOST) -> list[str]:
    """As its author broke it, else so that each line is a sensible part."""
    if "\n" in text:
        return [line.strip() for line in text.splitlines() if line.strip()]
    count = ceil(width(text) / most)
    if count <= 1:
        return [text]
    units = UNIT.findall(text)
    tried = (count, count + 1) if count <= MOST_LINES else ()
    found = [rows for n in tried for rows in _cuts(units, n, most)]
    return min(found, key=_cost) if found else _plain(text, int(most))


def _cuts(units: Sequence[str], count: int, most: float) -> Iterator[list[str]]:
    ends = [i for i in range(1, len(units)) if units[i][0] not in CLINGS]
    for chosen in combinations(ends, count - 1):
        places = (0, *chosen, len(units))
        rows = ["".join(units[a:b]) for a, b in pairwise(places)]
        if all(width(row) <= most for row in rows):
            yield rows


def _cost(rows: list[str]) -> tuple[float, str]:
    """Worse the more lines there are and the less they make one of the shapes: steps of one to
    four characters, all in one direction, or out and in again."""
    wide = [width(row) for row in rows]
    steps = [b - a for a, b in pairwise(wide)]
    cost = 6.0 * len(rows)
    cost += sum(abs(abs(step) - 2.5) for step in steps)
    if any(a < 0 < b for a, b in pairwise(steps)):
        cost += 20  # an hourglass
    cost += 3 * sum(row[-1] in "的和与及等" for row in rows[:-1])
    cost += 4 * any(row.startswith(("党支部", "支部", "年度", "决定")) for row in rows[1:])
    return cost, "".join(rows[0])


def _plain(text: str, most: int) -> list[str]:
    return [text[i : i + most] for i in range(0, len(text), most)]
