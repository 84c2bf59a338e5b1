"""Values as results hold them: wordings in both languages, names of files as text."""

from typing_extensions import TypedDict

from branchscore.text.phrase import NEUTRAL, Sentence, Value, shown


class Both(TypedDict):
    """一句话的中文和英文 · one wording in Chinese and English."""

    zh: str
    en: str


def both(value: Value) -> Both:
    if isinstance(value, Sentence):
        zh, en = value.both()
    elif type(value) in NEUTRAL:
        zh = en = shown(value, "zh")
    else:
        zh, en = shown(value, "zh"), shown(value, "en")
    return {"zh": zh, "en": en}


def written(path: str) -> str:
    """A file's name as text, whatever its bytes: what is not UTF-8 is written as `\\xff`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
