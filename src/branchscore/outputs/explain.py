"""Pages of the manual as text: kinds, parts and keys of the criteria language, and codes."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from branchscore.criteria import manual as language_manual
from branchscore.criteria.manual import Key, Page
from branchscore.outputs.terminal import SEVERITY
from branchscore.text.docs import BETWEEN
from branchscore.text.manual import Entry, manual
from branchscore.text.phrase import Language, Phrase

Languages = Sequence[Language]
KEYS = Phrase("写法", "Keys")
EXAMPLES = Phrase("例", "Examples")
NEEDED = Phrase("必填", "required")
CAUSE = Phrase("原因", "Cause")
MEND = Phrase("改法", "Help")
AS_A_KEY = Phrase("作为一项写在", "As a key of")
CODES = Phrase("错误代码", "Codes")
CONTENTS = Phrase(
    "可以查阅：branchscore explain 词或代码；branchscore explain 支部 项目",
    "branchscore explain WORD or CODE; branchscore explain BRANCH ITEM",
)
PLACES = re.compile(r"\{[^}]*\}")


def said(phrase: Phrase, languages: Languages, between: str = BETWEEN) -> str:
    return between.join(dict.fromkeys(phrase.say(language) for language in languages))


def found(word: str, languages: Languages) -> str | None:
    """All that the manual says under a word or code, or None."""
    entries = {code: e for code, e in manual().items() if word.upper() == code or word == e.name}
    parts = [code_text(code, entry, languages) for code, entry in entries.items()]
    parts += [page_text(page, languages) for page in language_manual.pages().get(word, ())]
    uses = language_manual.uses(word)
    if uses:
        head = f"{word}{BETWEEN}{said(AS_A_KEY, languages)}"
        lines = [f"  {', '.join(at)}: {said(text, languages)}" for text, at in uses.items()]
        parts.append("\n".join([head, *lines]))
    return "\n\n".join(parts) or None


def words() -> list[str]:
    """All words and codes that can be looked up."""
    entries = manual()
    names = {entry.name for entry in entries.values()}
    return sorted({*language_manual.names(), *entries, *names})


def page_text(page: Page, languages: Languages) -> str:
    parts = [
        f"{page.word}{BETWEEN}{said(page.sort, languages)}",
        said(page.doc.text, languages, "\n\n" if page.doc.long else BETWEEN),
    ]
    if page.keys:
        parts.append("\n".join([f"{said(KEYS, languages)}:", *_keys(page.keys, languages)]))
    if page.doc.examples:
        examples = [f"  {example}" for example in page.doc.examples]
        parts.append("\n".join([f"{said(EXAMPLES, languages)}:", *examples]))
    return "\n\n".join(parts)


def _keys(keys: Sequence[Key], languages: Languages) -> Iterator[str]:
    width = max(len(key.name) for key in keys)
    needed = said(NEEDED, languages)
    for key in keys:
        words = f"[{' | '.join(key.words)}] " if len(key.words) > 1 else ""
        mark = f"({needed}) " if key.needed else ""
        told = key.words[0] if len(key.words) == 1 else said(key.text, languages)
        yield f"  {key.name:{width}}  {mark}{words}{told}"


def code_text(code: str, entry: Entry, languages: Languages) -> str:
    severity = said(SEVERITY[entry.severity], languages)
    lines = [f"{code} {entry.name}{BETWEEN}{severity}", "", said(entry.page, languages, "\n\n"), ""]
    lines.append(f"{said(CAUSE, languages)}: {_open(said(entry.cause, languages))}")
    lines += [f"{said(MEND, languages)}: {_open(said(mend, languages))}" for mend in entry.mend]
    return "\n".join(lines)


def _open(wording: str) -> str:
    """A wording whose values are not known."""
    return PLACES.sub("…", wording)


def contents(languages: Languages) -> str:
    """Everything that can be explained."""
    parts = [said(CONTENTS, languages, "\n")]
    for sort, pages in language_manual.sorts():
        width = max(len(page.word) for page in pages)
        lines = [f"  {p.word:{width}}  {said(p.doc.first, languages)}" for p in pages]
        parts.append("\n".join([f"{said(sort, languages)}:", *lines]))
    lines = [f"{said(CODES, languages)}:"]
    for _, entries in groupby(manual().items(), lambda item: item[0][0]):
        lines += [f"  {code}  {entry.name}" for code, entry in entries]
    parts.append("\n".join(lines))
    return "\n\n".join(parts)
