"""Documents as files: by name, printed or as a page for a browser."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from branchscore.criteria.model import Criteria
from branchscore.documents.decision import decision
from branchscore.documents.form import form
from branchscore.documents.notice import notice
from branchscore.documents.pages import form_page, on_paper, on_screen
from branchscore.outputs.fonts import drawable, unprintable
from branchscore.outputs.press import Archived, press
from branchscore.outputs.public import Published
from branchscore.submission.reading import Submission

Pages = Sequence[tuple[str, str]]
"""Names without their ending, and the pages to be printed."""


def notice_pages(public: Published, number: str, register_root: str | None) -> Pages:
    """The public notice, for paper and for a browser. Raises `Unfit`."""
    made = notice(public, number=number, register_root=register_root)
    return [("notice.pdf", on_paper(made)), ("notice.html", on_screen(made))]


def decision_pages(public: Published, number: str) -> Pages:
    """The naming decision. Raises `Unfit`."""
    return [("decision.pdf", on_paper(decision(public, number=number)))]


def form_pages(criteria: Criteria, submissions: Iterable[Submission]) -> Pages:
    return [(f"form-{s.code}.pdf", form_page(form(criteria, s))) for s in submissions]


def printed(pages: Pages) -> Iterator[tuple[str, bytes]]:
    """The files. Raises `PaperError`."""
    paper = [(name, page) for name, page in pages if name.endswith(".pdf")]
    yield from press((name, Archived(drawable(page), ())) for name, page in paper)
    yield from ((name, page.encode()) for name, page in pages if not name.endswith(".pdf"))


def lacking(pages: Pages) -> str:
    """The characters that no font here has; 〓 is printed for each."""
    return "".join(unprintable(page for name, page in pages if name.endswith(".pdf")))


def written_over(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[Path]:
    """The files that are there already with other content."""
    there = [(folder / name, content) for name, content in files if (folder / name).exists()]
    return [path for path, content in there if path.read_bytes() != content]


def put(path: Path, content: bytes) -> None:
    """A file that is whole or as it was. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".unfinished-", delete=False) as file:
        aside = Path(file.name)
        try:
            file.write(content)
            file.flush()
            aside.chmod(0o644)
            aside.replace(path)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise
