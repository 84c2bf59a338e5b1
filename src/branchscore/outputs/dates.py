"""Days as documents write them: no leading zeros (GB/T 9704-2012, 7.3.5.4)."""

from datetime import date

from branchscore.outputs.wordings import Both

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def dated(day: date) -> Both:
    """The day in words."""
    return {
        "zh": f"{day.year}年{day.month}月{day.day}日",
        "en": f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    }


def month(day: date) -> Both:
    """The month in words."""
    return {"zh": f"{day.year}年{day.month}月", "en": f"{MONTHS[day.month - 1]} {day.year}"}
