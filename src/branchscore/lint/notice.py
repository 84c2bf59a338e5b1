"""Whether the public notice is up as long as the table itself demands."""

from collections.abc import Iterator

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.model import Criteria
from branchscore.criteria.workdays import UnknownYear, counted
from branchscore.text.phrase import Phrase


def short_notice(criteria: Criteria) -> Iterator[Complaint]:
    """A notice of fewer working days than `working_days`, or of days that cannot be counted."""
    notice = criteria.notice
    if notice is None or notice.working_days is None:
        return
    try:
        days = counted(notice.first, notice.last, notice.calendars)
    except UnknownYear as unknown:
        year = str(unknown.year)
        why = Phrase(
            f"{year} 年的放假调休安排还不知道，数不出工作日",
            f"the days off of {year} are not known, so working days cannot be counted",
        )
        yield Complaint("L026", ("notice", "last"), {"why": why})
        return
    if days < notice.working_days:
        why = Phrase(
            f"公示期只有 {days} 个工作日，少于 {notice.working_days} 个",
            f"the notice is up for {days} working days, fewer than {notice.working_days}",
        )
        yield Complaint("L026", ("notice", "last"), {"why": why})
