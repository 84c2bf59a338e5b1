"""Docstrings that users read: Chinese and English, and examples that can be tried."""

import ast
import re
import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import cleandoc, getsource
from itertools import pairwise
from textwrap import dedent

from branchscore.text.phrase import Phrase

BETWEEN = " · "
EXAMPLE = "Example:"
CODE = re.compile(r"`([^`]+)`")
CLAUSE = re.compile(r"(?:`[^`]*`|[^`。：；.:;]|[.:;](?! |$))*")


@dataclass(frozen=True, slots=True)
class Doc:
    """What a docstring says in both languages, and its examples as they would be typed."""

    text: Phrase
    examples: tuple[str, ...] = ()

    @property
    def long(self) -> bool:
        """Whether it is paragraphs and not a line."""
        return self.text.zh.endswith("。")

    @property
    def first(self) -> Phrase:
        """The first clause, for a title."""
        return Phrase(*(text[: match.end()] for text in self.text if (match := CLAUSE.match(text))))

    def both(self) -> str:
        """All of it, as an editor shows it."""
        text = ("\n\n" if self.long else BETWEEN).join(self.text)
        shown = " / ".join(f"`{example}`" for example in self.examples)
        return f"{text}\n\n例 {EXAMPLE} {shown}" if shown else text


def told_of(cls: type) -> Mapping[str, str]:
    """The docstrings below the keys of a class and of those it is of, by name."""
    found: dict[str, str] = {}
    for one in reversed(cls.__mro__):
        if one.__module__.partition(".")[0] == __name__.partition(".")[0]:
            found |= _own(one)
    return found


@cache
def _own(cls: Hashable) -> Mapping[str, str]:
    assert isinstance(cls, type)  # noqa: S101 - which mypy does not know to be hashable
    return dict(_below(ast.parse(dedent(getsource(cls))).body[0]))


def _below(tree: ast.stmt) -> Iterator[tuple[str, str]]:
    assert isinstance(tree, ast.ClassDef)  # noqa: S101 - the source of a class
    for key, below in pairwise(tree.body):
        if isinstance(key, ast.AnnAssign) and isinstance(key.target, ast.Name):
            match below:
                case ast.Expr(ast.Constant(str() as text)):
                    yield key.target.id, cleandoc(text)


def doc(docstring: str | None) -> Doc:
    """Take a docstring apart: `中文 · English`, or a paragraph each; then `Example: …`.
    Raises ValueError where it is written in any other way."""
    paragraphs = [reflowed(p) for p in re.split(r"\n\s*\n", cleandoc(docstring or ""))]
    examples: tuple[str, ...] = ()
    if paragraphs[-1].startswith(EXAMPLE):
        examples = tuple(CODE.findall(paragraphs.pop()))
    texts = paragraphs[0].split(BETWEEN, 1) if len(paragraphs) == 1 else paragraphs
    if len(texts) != 2 or not _chinese(texts[0]) or _chinese(texts[1]) > 0.5:
        raise ValueError(f"not Chinese and then English: {docstring}")
    return Doc(Phrase(*texts), examples)


def _chinese(text: str) -> float:
    """How many of its letters are; either language may quote words of the other."""
    letters = [character for character in CODE.sub("", text) if character.isalpha()]
    return sum("\u4e00" <= character <= "\u9fff" for character in letters) / max(len(letters), 1)


def reflowed(paragraph: str) -> str:
    """Its lines as one; a line break between Chinese characters is not a space."""
    whole = ""
    for line in map(str.strip, paragraph.splitlines()):
        whole += _gap(whole[-1:], line[:1]) + line
    return whole


def _gap(before: str, after: str) -> str:
    if not before or not after:
        return ""
    wide = [unicodedata.east_asian_width(character) in "WF" for character in (before, after)]
    marks = [unicodedata.category(character)[0] == "P" for character in (before, after)]
    touching = all(wide) or any(w and m for w, m in zip(wide, marks, strict=True))
    return "" if touching else " "
