"""Working days (工作日) by China's official calendar, with its days off and make-up workdays.

The State Council announces a year's holidays late in the year before. Of a year that is not
announced nothing is guessed: it is unknown until somebody states it.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from branchscore.text.scalars import Day, Whole
from branchscore.text.typing import Strict

ANNOUNCED = 10
"""A year of fewer days off is not announced yet: its first days were only part of the last's."""
DAY = timedelta(days=1)
SATURDAY = 5


class Calendar(Strict):
    """某一年的放假调休安排，照国务院办公厅的通知写；写了就以此为准。

    The days off and make-up workdays of a year, as the State Council announced them; what stands
    here goes before what the program knows."""

    year: Whole
    """哪一年 · the year"""
    holidays: tuple[Day, ...] = ()
    """放假的日子（周六、周日不必写） · days off; weekends need not be listed"""
    workdays: tuple[Day, ...] = ()
    """调休上班的周六、周日 · Saturdays and Sundays that are worked"""


class UnknownYear(Exception):  # noqa: N818 - a year is unknown; nothing has gone wrong
    """A year whose days off are neither known nor stated."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


def working(day: date, calendars: Iterable[Calendar] = ()) -> bool:
    """Whether a day is worked. Raises `UnknownYear`."""
    for calendar in calendars:
        if calendar.year == day.year:
            return day in calendar.workdays or (
                day.weekday() < SATURDAY and day not in calendar.holidays
            )
    from chinese_calendar.constants import holidays, workdays  # noqa: PLC0415 - 20 years of days

    if sum(known.year == day.year for known in holidays) < ANNOUNCED:
        raise UnknownYear(day.year)
    return day in workdays or (day.weekday() < SATURDAY and day not in holidays)


def counted(first: date, last: date, calendars: Iterable[Calendar] = ()) -> int:
    """The working days from `first` to `last`, both included. Raises `UnknownYear`."""
    stated = tuple(calendars)
    span = (first + DAY * n for n in range((last - first).days + 1))
    return sum(working(day, stated) for day in span)


def last_of(first: date, count: int, calendars: Iterable[Calendar] = ()) -> date:
    """The last of `count` working days from `first` on. Raises `UnknownYear`."""
    stated, day = tuple(calendars), first
    left = count - working(day, stated)
    while left > 0:
        day += DAY
        left -= working(day, stated)
    return day
