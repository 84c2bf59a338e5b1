"""HTML → PDF, in processes of their own.

A process that has once laid out text with other fonts cannot forget them, so pages are made
only in children that start with our font configuration. They fetch nothing: the pages are
whole in themselves.
"""

import gc
import logging
import multiprocessing
import os
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NoReturn

from branchscore.outputs.fonts import write_config

SHEETS_PER_WORKER = 4


class PaperError(Exception):
    """A page could not be made as it should be; the message says why."""


class Loud(logging.Handler):
    """WeasyPrint only logs a missing glyph or a dropped image; here that is a failure."""

    def emit(self, record: logging.LogRecord) -> NoReturn:
        raise PaperError(record.getMessage())


def press(pages: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Print (name, HTML) pairs; yields (name, PDF) in the same order.

    Raises `PaperError` where a page cannot be made, or the text libraries are missing.
    """
    sheets = list(pages)
    if not sheets:
        return
    workers = max(1, min(os.cpu_count() or 1, len(sheets) // SHEETS_PER_WORKER))
    with tempfile.TemporaryDirectory(prefix="branchscore-") as folder:
        config = write_config(Path(folder))
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, context, _start, (str(config),)) as pool:
            names = [name for name, _ in sheets]
            yield from zip(names, pool.map(_print, [html for _, html in sheets]), strict=True)


def _start(config: str) -> None:
    os.environ["FONTCONFIG_FILE"] = config
    gc.set_threshold(200_000, 50, 50)  # a page is a million small objects that die together
    logging.getLogger("weasyprint").addHandler(Loud())


def _print(html: str) -> bytes:
    try:
        import weasyprint  # noqa: PLC0415 - 0.3 s, and only with our fonts set
        from weasyprint.text import ffi  # noqa: PLC0415
    except OSError as error:
        raise PaperError(f"Pango is missing: {error}") from None
    if ffi.harfbuzz_subset is None:
        raise PaperError("the library harfbuzz-subset is missing (Debian: libharfbuzz-subset0)")
    pdf: Any = weasyprint.HTML(string=html, url_fetcher=_fetcher()).write_pdf()
    return bytes(pdf)


def _fetcher() -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # noqa: PLC0415

    class Nothing(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> NoReturn:
            raise FatalURLFetchingError(f"a page asked for {url[:80]}")

    return Nothing()
