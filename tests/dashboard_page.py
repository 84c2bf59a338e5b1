"""The sample's `index.html`, open in a browser."""

from collections.abc import Iterator
from functools import cache

import pytest

from branchscore import evaluate
from branchscore.outputs.dashboard import index
from branchscore.outputs.gather import gather
from branchscore.outputs.results import Results
from browser import Browser, browser
from campaign import PARTS as SAMPLE
from conftest import ROOT


@cache
def results() -> Results:
    return gather(evaluate(*(ROOT / part for part in SAMPLE)), "")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_text(index(results(), "zh"), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Browser]:
    """The page as it opens; whatever it did, nothing went wrong and nothing was asked for."""
    chromium.size(1280, 1000)
    chromium.open(address)
    yield chromium
    assert chromium.complaints() == []
    assert chromium.requests() == [address]


def codes(page: Browser) -> list[str]:
    """The branches that the ranking shows."""
    return page.run("[...document.querySelectorAll('#rows tbody .code')].map(c => c.textContent)")


def cells_of(page: Browser, rows: str) -> list[list[str]]:
    """The texts of the cells of some rows."""
    every = f"[...document.querySelectorAll({rows!r})]"
    return page.run(f"{every}.map((row) => [...row.cells].map((cell) => cell.innerText))")


def goes(page: Browser, address: str) -> str:
    """Go to a view of the page; its text."""
    page.run(f"""new Promise((there) => {{
        addEventListener("hashchange", () => setTimeout(there), {{ once: true }});
        location.hash = {address!r};
    }})""")
    return text(page)


def text(page: Browser, of: str = "main") -> str:
    return page.run(f"document.querySelector({of!r}).innerText")


def asks(page: Browser, field: str, value: str) -> list[str]:
    """Fill in a field of the filter; the branches that are shown then."""
    page.run(f"""(() => {{
        const field = document.getElementById({field!r});
        field.value = {value!r};
        field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input"));
    }})()""")
    return codes(page)


def settled(page: Browser) -> None:
    page.run("new Promise((there) => setTimeout(there, 100))")
