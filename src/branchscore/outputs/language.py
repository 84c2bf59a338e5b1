"""Words of pages in the reader's language."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from branchscore.text.phrase import Language, Phrase
from branchscore.text.source import parse


@cache
def words() -> Mapping[str, Phrase]:
    raw = (files("branchscore.outputs") / "words.yaml").read_bytes()
    entries = parse(raw, "words.yaml").root
    return {name: Phrase(entry["zh"], entry["en"]) for name, entry in entries.items()}


def word(name: str, language: Language, **values: object) -> str:
    """One wording with its values; an unknown name is a KeyError, caught by the tests."""
    return words()[name].say(language).format_map(values)
