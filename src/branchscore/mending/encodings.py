"""Bytes that are text in another encoding → that text."""

import re

from branchscore.text.decoding import Wrong, decoded

MARKED = {"UTF-16": "utf-16", "UTF-32": "utf-32"}
HAN = re.compile("[\u4e00-\u9fff]")
ENOUGH = 0.8


def text_of(raw: bytes) -> tuple[str, str] | None:
    """The text and what it was encoded in (empty for UTF-8); None where that is not certain."""
    text = decoded(raw)
    if not isinstance(text, Wrong):
        return text, ""
    if text.code == "Y014":
        return _wide(raw, text.what)
    return _gbk(raw) if text.code == "Y015" and text.what == "GBK" else None


def _wide(raw: bytes, name: str) -> tuple[str, str] | None:
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))
    low_first = raw[1:400:2].count(0) > raw[:400:2].count(0)
    encoding = MARKED[name] if marked else f"{MARKED[name]}-{'le' if low_first else 'be'}"
    try:
        return raw.decode(encoding), name
    except UnicodeDecodeError:
        return None


def _gbk(raw: bytes) -> tuple[str, str] | None:
    """Big5 and others also decode as GB18030, into characters that nobody uses; in a Chinese
    text nearly all are among the 6763 of GB 2312."""
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    han = HAN.findall(text)
    usual = sum(_in_gb2312(character) for character in han)
    return (text, "GBK") if usual >= ENOUGH * len(han) else None


def _in_gb2312(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False
