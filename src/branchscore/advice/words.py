"""What advice says, in both languages."""

from collections.abc import Iterator, Mapping
from datetime import date

from branchscore.advice.situation import Situation
from branchscore.criteria.fields import Asked, ListField, options_of
from branchscore.criteria.filter import Column, Other, Where
from branchscore.criteria.measures.base import ListMeasure
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase, Sentence, Value

RAISE = Phrase("“{title}”由 {from} {unit}增加到 {to} {unit}", "raise “{title}” from {from} to {to}")
DO = Phrase("做到“{title}”", "achieve “{title}”")
CHOOSE = Phrase("“{title}”达到“{to}”", "bring “{title}” to “{to}”")
HAVE = Phrase("“{title}”再有：{names}", "have also, of “{title}”: {names}")
ADD_TEXTS = Phrase("“{title}”再有 {n} 条", "{n} more of “{title}”")
ADD_RECORDS = Phrase("“{list}”再有 {n} 条{which}", "{n} more in “{list}”{which}")
BY_PERIOD = Phrase(
    "“{list}”在 {periods} 再有 {n} 条{which}", "{n} more in “{list}” in {periods}{which}"
)
TOTAL_MORE = Phrase(
    "“{list}”{which}的“{field}”合计再多 {n}", "{n} more of “{field}” in “{list}”{which}"
)
PROVE_ANSWER = Phrase("给“{title}”附上佐证（{proof}）", "attach proof of “{title}” ({proof})")
PROVE = Phrase("给“{list}”第 {lines} 行附上佐证", "attach proof to “{list}”, line {lines}")

WHICH = Phrase("（{tests}）", " ({tests})")
WORD = Phrase("{title}“{words}”", "{title} “{words}”")
OR = Phrase("{title}“{words}”之一", "{title} one of “{words}”")
YES, NO = Phrase("{title}", "{title}"), Phrase("非“{title}”", "not “{title}”")
IN = Phrase("{title}须在“{list}”中", "{title} from “{list}”")
PROVEN = Phrase("附佐证", "with proof")
LIMITS = {
    "at_least": Phrase("{title}不少于 {limit}", "{title} at least {limit}"),
    "at_most": Phrase("{title}不多于 {limit}", "{title} at most {limit}"),
    "more_than": Phrase("{title}多于 {limit}", "{title} more than {limit}"),
    "less_than": Phrase("{title}少于 {limit}", "{title} less than {limit}"),
}
DAY_LIMITS = {
    "at_least": Phrase("{title}不早于 {limit}", "{title} not before {limit}"),
    "at_most": Phrase("{title}不晚于 {limit}", "{title} not after {limit}"),
    "more_than": Phrase("{title}晚于 {limit}", "{title} after {limit}"),
    "less_than": Phrase("{title}早于 {limit}", "{title} before {limit}"),
}
NOTHING = Phrase("", "")


def described(
    measure: ListMeasure, now: Situation, level: Phrase | None = None
) -> dict[str, Value]:
    """The list, and in brackets what its records must be like to count."""
    asked = now.criteria.fields[measure.list]
    inner = asked.fields if isinstance(asked, ListField) else {}
    tests: list[Value] = list(_tests(measure.where, inner, now))
    name = str(getattr(measure, "field", ""))
    if level is not None and name in inner:
        tests.append(Sentence(WORD, {"title": inner[name].title, "words": level}))
    if measure.proven:
        tests.append(PROVEN)
    which: Value = Sentence(WHICH, {"tests": tuple(tests)}) if tests else NOTHING
    return {"list": asked.title, "which": which}


def _tests(where: Where, inner: Mapping[str, Asked], now: Situation) -> Iterator[Sentence]:
    for name, wanted in where.words.items():
        title = inner[name].title
        if wanted <= {True, False}:
            yield Sentence(YES if True in wanted else NO, {"title": title})
            continue
        known = options_of(inner[name]) or {}
        words: tuple[Value, ...] = tuple(known[word] for word in known if word in wanted)
        words = words or tuple(sorted(map(str, wanted)))
        yield Sentence(OR if len(words) > 1 else WORD, {"title": title, "words": words})
    for name, comparison, limit in where.limits:
        title = inner[name].title
        if isinstance(limit, Column):
            listed = now.criteria.fields[limit.list].title
            yield Sentence(IN, {"title": title, "list": listed})
            continue
        said: Value = inner[limit.field].title if isinstance(limit, Other) else _plain(limit)
        wordings = DAY_LIMITS if isinstance(limit, date) else LIMITS
        yield Sentence(wordings[comparison], {"title": title, "limit": said})


def _plain(limit: str | bool | Exact | date) -> Value:
    return str(limit) if isinstance(limit, bool) else limit
