"""Texts beside the tests: `pytest --update` rewrites them, the diff is read by a person."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the expected texts")


@pytest.fixture
def matches(request: pytest.FixtureRequest):
    """Compare a text with the file that holds what is expected, or rewrite that file."""

    def compare(text: str, expected: Path) -> None:
        if request.config.getoption("--update"):
            expected.write_text(text, encoding="utf-8")
        assert text == expected.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repository, as the current folder: places in faults are relative to it."""
    monkeypatch.chdir(ROOT)
    return ROOT
