"""What libyaml lets pass and YAML does not: text that is dropped or read by accident."""

import re
from collections.abc import Iterator

import yaml

from branchscore.text.mishaps import Slip
from branchscore.text.tree import lines_of

BEFORE = b"\"']},|>-+0123456789"
HEADER = re.compile(r"[|>][-+0-9]*(#)")


def lax(raw: bytes, text: str) -> Iterator[Slip]:
    """Number signs that begin a comment without a blank before them; hardly a file has one
    behind any of the bytes that are looked for first."""
    if not any(_touching(raw)):
        return
    lines = lines_of(raw)
    for token in yaml.scan(text, yaml.CSafeLoader):
        end = token.end_mark
        if isinstance(token, yaml.ScalarToken):
            start = token.start_mark
            if token.style in ("|", ">"):
                header = HEADER.match(lines[start.line], start.column)
                if header:
                    yield Slip("Y045", start.line + 1, header.start(1) + 1)
                continue
            if token.plain:
                continue
        elif not isinstance(
            token, yaml.FlowEntryToken | yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken
        ):
            continue
        if lines[end.line][end.column : end.column + 1] == "#":
            yield Slip("Y045", end.line + 1, end.column + 1)


def _touching(raw: bytes) -> Iterator[bool]:
    at = raw.find(b"#")
    while at > 0:
        yield raw[at - 1] in BEFORE
        at = raw.find(b"#", at + 1)
