"""What one page may cost a process, where the system can hold it to that."""

import resource
from contextlib import suppress

START_BYTES = 1 << 30
"""Of address space: Python, the text libraries and fonts need a third of it."""
BYTES_PER_CHARACTER = 1500
START_SECONDS = 30
CHARACTERS_PER_SECOND = 10_000


def allow(html: str) -> None:
    """Set what this process may use for the page. An honest page costs in proportion to its
    length, so a long one may cost more."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    seconds = START_SECONDS + len(html) // CHARACTERS_PER_SECOND
    _lower(resource.RLIMIT_CPU, int(spent.ru_utime + spent.ru_stime) + seconds)
    _lower(resource.RLIMIT_AS, START_BYTES + BYTES_PER_CHARACTER * len(html))
    _lower(resource.RLIMIT_CORE, 0)


def _lower(kind: int, wanted: int) -> None:
    """The soft limit only, which may rise again for the next page."""
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    with suppress(ValueError, OSError):  # not every system knows every limit
        resource.setrlimit(kind, (wanted, most))
