"""An item in words: how it is paid, as it stands in the table."""

from collections.abc import Mapping

from branchscore.criteria.fields import Field
from branchscore.criteria.indicator import Indicator, Part
from branchscore.text.phrase import Phrase, Sentence, Value

BASE = Phrase("基础分 {points} 分", "{points} points to begin with")
TITLED = Phrase("{title}：{terms}", "{title}: {terms}")
IN_CASE = Phrase("{case}的，{terms}", "{case}: {terms}")


def in_words(indicator: Indicator, fields: Mapping[str, Field], takes: bool) -> Sentence:
    """The rule, or its cases, or its parts, one after the other; `takes` for penalties."""
    said: list[Value] = []
    if indicator.base:
        said.append(Sentence(BASE, {"points": indicator.base}))
    named = {part.id: part for part in indicator.parts}
    for leaf in indicator.leaves(takes):
        terms = leaf.rule.terms(leaf.item(fields))
        place = leaf.at[-1] if leaf.at else None
        assessed = named.get(leaf.id, indicator)
        if assessed.variants and isinstance(place, int):
            case = assessed.variants[place].title
            terms = Sentence(IN_CASE, {"case": case, "terms": terms})
        if isinstance(assessed, Part):
            terms = Sentence(TITLED, {"title": leaf.title, "terms": terms})
        said.append(terms)
    return joined(said)


def joined(said: list[Value]) -> Sentence:
    """Several clauses as one sentence."""
    names = [f"s{i}" for i in range(len(said))]
    zh, en = (mark.join(f"{{{name}}}" for name in names) for mark in ("；", "; "))
    return Sentence(Phrase(zh, en), dict(zip(names, said, strict=True)))
