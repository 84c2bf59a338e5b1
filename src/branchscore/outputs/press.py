"""HTML → PDF, in processes of their own.

A process that has once laid out text with other fonts cannot forget them, so pages are made
only in children that start with our font configuration. They fetch nothing: the pages are
whole in themselves. What a page may cost is limited: one that hangs is an answer, not a hang.
"""

import gc
import logging
import os
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from branchscore.outputs.fonts import write_config
from branchscore.outputs.limits import allow
from branchscore.outputs.workers import Died, Team
from branchscore.text.phrase import Phrase

SHEETS_PER_WORKER = 4
TOO_BIG = Phrase("需要的内存超出限制", "it needs more memory than allowed")
TOO_SLOW = Phrase("排版时间超出限制", "laying it out takes longer than allowed")


# An attached file has a date; this one stands for none, so that bytes are the same.
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside a PDF; `relation` is what it is to the page (ISO 19005-3)."""

    name: str
    content: bytes
    relation: str


@dataclass(frozen=True, slots=True)
class Archived:
    """A page with the data that it was made from inside it."""

    html: str
    attached: tuple[Attached, ...]


Sheet = str | Archived


class PaperError(Exception):
    """A page could not be made as it should be; `why` says so in both languages."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why)
        self.why = why


class Loud(logging.Handler):
    """WeasyPrint only logs a missing glyph or a dropped image; here that is a failure."""

    def emit(self, record: logging.LogRecord) -> NoReturn:
        raise PaperError(_said(record.getMessage()))


def press(
    pages: Iterable[tuple[str, Sheet]], scratch: Path | None = None
) -> Iterator[tuple[str, bytes]]:
    """Print (name, page) pairs, a page being HTML; yields (name, PDF) in the same order. What
    printing needs to store for a while is stored below `scratch`.

    Raises `PaperError` where a page cannot be made, or the text libraries are missing.
    """
    sheets = list(pages)
    if not sheets:
        return
    workers = max(1, min(os.cpu_count() or 1, len(sheets) // SHEETS_PER_WORKER))
    with tempfile.TemporaryDirectory(prefix=".branchscore-", dir=scratch) as folder:
        config = write_config(Path(folder).resolve())
        names = [name for name, _ in sheets]
        with closing(_Press(workers, _start, str(config))) as team:
            yield from zip(names, _printed(team, sheets), strict=True)


_Press = Team[Sheet, bytes | PaperError]


def _printed(team: _Press, sheets: list[tuple[str, Sheet]]) -> Iterator[bytes]:
    names = (name for name, _ in sheets)
    try:
        for name, answer in zip(names, team.answers([sheet for _, sheet in sheets]), strict=True):
            if isinstance(answer, PaperError):
                raise _named(name, answer.why)
            yield answer
    except Died as death:
        raise _named(sheets[death.task][0], _cause(death.code)) from None


def _named(page: str, why: Phrase) -> PaperError:
    return PaperError(Phrase(f"{page}：{why.zh}", f"{page}: {why.en}"))


def _cause(code: int) -> Phrase:
    """What ended a process, by its exit code."""
    if code == -signal.SIGXCPU:
        return TOO_SLOW
    what = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return Phrase(
        f"排版进程中断（{what}），可能是内存不足",
        f"printing it broke off ({what}); memory may be short",
    )


def _start(config: str) -> Callable[[Sheet], bytes | PaperError]:
    os.environ["FONTCONFIG_FILE"] = config
    gc.set_threshold(200_000, 50, 50)  # a page is a million small objects that die together
    logging.getLogger("weasyprint").addHandler(Loud())
    return _answer


def _answer(sheet: Sheet) -> bytes | PaperError:
    """The PDF, or why there is none: an exception must not get past the page that it is of."""
    allow(sheet if isinstance(sheet, str) else sheet.html)
    try:
        return _print(sheet)
    except PaperError as error:
        return error
    except MemoryError:
        return PaperError(TOO_BIG)
    except Exception as error:
        return PaperError(_said(f"{type(error).__name__}: {error}"))


def _said(text: str) -> Phrase:
    """What the printing library says, which speaks English only."""
    return Phrase(f"排版出错：{text}", f"printing failed: {text}")


def _print(sheet: Sheet) -> bytes:
    try:
        import weasyprint  # noqa: PLC0415 - 0.3 s, and only with our fonts set
        from weasyprint.text import ffi  # noqa: PLC0415
    except OSError as error:
        raise PaperError(Phrase(f"缺少 Pango：{error}", f"Pango is missing: {error}")) from None
    if ffi.harfbuzz_subset is None:
        raise PaperError(
            Phrase(
                "缺少 harfbuzz-subset（Debian：libharfbuzz-subset0）",
                "the library harfbuzz-subset is missing (Debian: libharfbuzz-subset0)",
            )
        )
    asked: list[str] = []
    try:
        html = sheet if isinstance(sheet, str) else sheet.html
        page = weasyprint.HTML(string=html, url_fetcher=_fetcher(asked))
        attached = () if isinstance(sheet, str) else sheet.attached
        pdf: Any = page.write_pdf(**_archiving(attached))
    finally:
        if asked:  # whatever became of it: inside an SVG the refusal is swallowed
            raise PaperError(_fetching(asked[0]))
    return bytes(pdf)


def _archiving(attached: Sequence[Attached]) -> dict[str, Any]:
    """For keeping: PDF/A-3b, tagged."""
    from weasyprint import Attachment  # noqa: PLC0415 - as above

    files = [
        Attachment(
            string=one.content,
            name=one.name,
            created=UNDATED,
            modified=UNDATED,
            relationship=one.relation,
        )
        for one in attached
    ]
    return {"pdf_variant": "pdf/a-3b", "pdf_tags": True, "attachments": files}


def _fetching(url: str) -> Phrase:
    shown = url.encode("unicode_escape").decode()[:80]
    return Phrase(f"页面要从别处取 {shown}", f"the page asks for {shown}")


def _fetcher(asked: list[str]) -> Any:
    """Fetches nothing, and keeps what it was asked for."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415

    class Nothing(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> NoReturn:
            asked.append(url)
            raise FatalURLFetchingError(_fetching(url).en)

    return Nothing()
