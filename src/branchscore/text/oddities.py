"""What deserves a second look in a text that can be read: warnings, never refusals.

Most files have nothing of the sort; for them a few looks at the bytes are all.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from branchscore.text.characters import named
from branchscore.text.diagnostics import Diagnostic, Span
from branchscore.text.suggest import LATIN
from branchscore.text.tree import Document, Map, Seq, diagnostic

At = tuple[str | int, ...]
Found = Iterator[tuple[str, int, dict[str, Any]]]
"""Codes, each with the place in a text and its values."""
HAN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]")
# A GBK character that is valid UTF-8 is one letter from here, and touches no plain letter.
GARBLED = re.compile("(?<![A-Za-z\u00a1-\u07ff])[\u00a1-\u07ff]+(?![A-Za-z])")
FORMS = re.compile("[\u2e80-\u2fd5\uf900-\ufad9\U0002f800-\U0002fa1d]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
WORDS = "A-Za-z0-9_\u0370-\u052f"
WORD = re.compile(f"(?<![{WORDS}])[{WORDS}]*[{''.join(LATIN)}][{WORDS}]*")
FOREIGN = re.compile("[\u0370-\u052f]")
PAIRS = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"))
LEFT = re.compile(
    r"[（(【<《]?请(?:填|在此|输入|补充|写明)\w{0,6}|(?:此处|这里)填\w{0,4}|待(?:填写?|补充?|完善|确认)(?!\w)|某某|[_＿]{3,}"
    r"|(?<![A-Za-z0-9])(?:TODO|TBD|FIXME|TBC)(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9Ｘｘ×*＊?？])(?:[XxＸｘ×]{2,}|[*＊]{2,}|[?？]{2,})(?=[\u3400-\u9fff])"
    r"|(?<=[\u3400-\u9fff])(?:[XxＸｘ×]{2,}|[*＊]{2,})(?![A-Za-z0-9])"
    r"|^(?:[XxＸｘ×]{2,}|[?？]{2,}|姓名|张三)$"
)
# Words of one letter after another: what is not there is seen ten times as fast as by `LEFT`.
CUES = re.compile(
    r"请填|请在此|请输入|请补充|请写明|处填|里填|待填|待补|待完|待确|某某|姓名|张三|__|＿＿|TODO|TBD|FIXME|TBC"
    r"|XX|Xx|xx|ＸＸ|ｘｘ|××|\*\*|＊＊|\?\?|？？"
)


def oddities(document: Document) -> Iterator[Callable[[], Diagnostic]]:
    """Warnings for a whole document, in the order of its texts; not yet in words."""
    looks = list(_worth(document))
    if not document.common and (garbled := _garbled(document)):
        yield lambda: garbled
    elif looks:
        for at, text, is_key in texts(document.root):
            for look in looks:
                for code, start, values in () if is_key and look is not _foreign else look(text):
                    yield partial(inside, document, code, at, text, start, is_key, **values)


def _worth(document: Document) -> Iterator[Callable[[str], Found]]:
    """The looks that may find anything in its texts."""
    text = document.raw.decode("utf-8-sig", "replace")
    if not document.common and (
        b"\\" in document.raw or any(p.search(text) for p in (FORMS, PRIVATE, FOREIGN))
    ):
        yield _foreign
    if CUES.search(text):
        yield _left
    if any((a in text or b in text) and text.count(a) != text.count(b) for a, b in PAIRS):
        yield _unpaired


def texts(node: Any, at: At = ()) -> Iterator[tuple[At, str, bool]]:
    """Every text of a document, names included, each with the keys that lead to it."""
    if isinstance(node, Map):
        for key, value in node.items():
            yield (*at, key), key, True
            yield from texts(value, (*at, key))
    elif isinstance(node, Seq):
        for i, value in enumerate(node):
            yield from texts(value, (*at, i))
    elif isinstance(node, str):
        yield at, node, False


def _foreign(text: str) -> Found:
    """Characters that look like others."""
    for hit in FORMS.finditer(text):
        near = unicodedata.normalize("NFKC", hit[0])
        if near != hit[0]:
            code = "Y038" if hit[0] < "\u3000" else "Y037"
            name = named(hit[0])
            yield code, hit.start(), {"what": hit[0], "character": name, "near": near}
    for hit in PRIVATE.finditer(text):
        yield "Y044", hit.start(), {"character": named(hit[0])}
    for hit in WORD.finditer(text):
        foreign = FOREIGN.findall(hit[0])
        if all(letter in LATIN for letter in foreign):
            near = "".join(LATIN.get(letter, letter) for letter in hit[0])
            name = named(foreign[0])
            yield "Y038", hit.start(), {"what": hit[0], "character": name, "near": near}


def _left(text: str) -> Found:
    hit = LEFT.search(text) if CUES.search(text) else None
    if hit:
        yield "Y042", hit.start(), {"what": hit[0]}


def _unpaired(text: str) -> Found:
    for opening, closing in PAIRS:
        # A single closing one may be an apostrophe.
        missing = text.count(opening) - text.count(closing)
        if missing > 0 or (missing < 0 and opening != "‘"):
            sign = opening if missing > 0 else closing
            yield "Y041", text.index(sign), {"what": sign}


def _garbled(document: Document) -> Diagnostic | None:
    text = "\n".join(document.lines)
    hit = GARBLED.search(text)
    if not hit or HAN.search(text):
        return None
    try:
        if not HAN.search(document.raw.decode("gb18030")):
            return None
    except UnicodeDecodeError:
        return None
    line = text.count("\n", 0, hit.start())
    column = hit.start() - (text.rfind("\n", 0, hit.start()) + 1)
    span = Span(document.path, line + 1, column + 1, len(hit[0]))
    return diagnostic(document.raw, "Y036", span, what=hit[0])


def inside(
    document: Document, code: str, at: At, text: str, start: int, key: bool, **values: Any
) -> Diagnostic:
    """A warning at a character of a text, where the text stands on one line as it is; else at
    its beginning."""
    span = document.span(at, key=key)
    line = document.lines[span.line - 1] if span.line else ""
    column = span.column - 1
    column += line[column : column + 1] in ("'", '"')
    if not line.startswith(text, column):
        return diagnostic(document.raw, code, span, **values)
    length = len(str(values.get("what", " ")))
    place = Span(span.path, span.line, column + start + 1, length)
    return diagnostic(document.raw, code, place, **values)
