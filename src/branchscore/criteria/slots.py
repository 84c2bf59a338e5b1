"""Months, quarters, half-years and years: the periods in which something is due."""

import re
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import PlainValidator, WithJsonSchema

from branchscore.text.phrase import Phrase
from branchscore.text.scalars import refuse, text_of, whole

Every = Literal["month", "quarter", "half_year", "year"]
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
Slot = tuple[int, int]
WRITTEN = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?", re.ASCII)


def slot(day: date, every: Every) -> Slot:
    """The period a day lies in: its year, and its number in that year from 0."""
    return day.year, (day.month - 1) // MONTHS[every]


@lru_cache(maxsize=64)
def slots(first: date, last: date, every: Every) -> dict[Slot, Phrase]:
    """All periods from `first` to `last`, in order, with their names."""
    several_years = first.year != last.year
    per_year = 12 // MONTHS[every]
    (year, number), end = slot(first, every), slot(last, every)
    named: dict[Slot, Phrase] = {}
    while (year, number) <= end:
        named[year, number] = _name(every, year, number, several_years)
        year, number = (year, number + 1) if number + 1 < per_year else (year + 1, 0)
    return named


def _name(every: Every, year: int, number: int, with_year: bool) -> Phrase:
    zh_year, en_year = (f"{year}年", f"{year}-") if with_year else ("", "")
    match every:
        case "month":
            return Phrase(f"{zh_year}{number + 1}月", f"{year}-{number + 1:02}")
        case "quarter":
            return Phrase(f"{zh_year}第{'一二三四'[number]}季度", f"{en_year}Q{number + 1}")
        case "half_year":
            return Phrase(f"{zh_year}{'上下'[number]}半年", f"{en_year}H{number + 1}")
        case "year":
            return Phrase(f"{year}年", str(year))


def written_of(value: Any) -> tuple[Every, Slot]:
    """`2023-07`, `2023-Q3`, `2023-H2` or `2023`: a period as written in a criteria file."""
    text = text_of(value)
    match = WRITTEN.fullmatch(text)
    if not match:
        refuse("T017", got=text)
    year, month, quarter, half = match.groups()
    if month:
        return "month", (int(year), int(month) - 1)
    if quarter:
        return "quarter", (int(year), int(quarter) - 1)
    return ("half_year", (int(year), int(half) - 1)) if half else ("year", (int(year), 0))


Written = Annotated[
    tuple[Every, Slot],
    PlainValidator(written_of),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": whole(WRITTEN),
            "examples": ["2023-07", "2023-Q3", "2023-H2"],
        }
    ),
]
