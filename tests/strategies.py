"""Random sound answers to whatever a criteria file asks."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from branchscore.criteria.fields import (
    BooleanField,
    ChoiceField,
    DateField,
    DecimalField,
    ElementsField,
    EvidenceField,
    FiguresField,
    IntegerField,
    ListField,
    TextsField,
)
from branchscore.criteria.found import Judgement
from branchscore.criteria.measures.judged import Judged
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules.given import Given
from branchscore.submission.reading import Submission


def answer(criteria: Criteria, field: Any) -> st.SearchStrategy[Any]:  # noqa: C901 - one case a type
    first, last = criteria.days
    days = st.integers(0, (last - first).days).map(lambda n: first + timedelta(n))
    match field:
        case IntegerField():
            return st.integers(field.min, min(field.max, field.min + 60))
        case DecimalField():
            return st.integers(0, 800).map(lambda n: Fraction(n, 10))
        case BooleanField():
            return st.booleans()
        case DateField():
            anytime = st.dates(date(2015, 1, 1), date(2023, 12, 31))
            return days if field.within == "period" else anytime
        case ChoiceField():
            return st.sampled_from(sorted(field.options))
        case ElementsField():
            return st.sets(st.sampled_from(sorted(field.elements))).map(lambda s: tuple(sorted(s)))
        case EvidenceField():
            return st.sampled_from([(), ("E1",)])
        case TextsField():
            return st.lists(st.sampled_from(["甲", "乙"]), max_size=4).map(tuple)
        case FiguresField():
            numbers = st.integers(field.min, min(field.max or 60, field.min + 60))
            return st.dictionaries(st.sampled_from(["甲", "乙"]), numbers, max_size=2)
        case ListField():
            record = st.fixed_dictionaries(
                {n: answer(criteria, f) for n, f in field.fields.items() if not f.optional},
                optional={n: answer(criteria, f) for n, f in field.fields.items() if f.optional},
            )
            return st.lists(record, max_size=14)
        case _:
            return st.sampled_from(["党员01", "党员02", "党员03"])


@st.composite
def submissions(draw: st.DrawFn, criteria: Criteria, code: str = "A1") -> Submission:
    """A submission with any of the answers missing and any of the lists not whole."""
    fields = criteria.fields
    answers = draw(
        st.fixed_dictionaries({}, optional={n: answer(criteria, f) for n, f in fields.items()})
    )
    lists = [name for name, field in fields.items() if isinstance(field, ListField)]
    some = st.frozensets(st.sampled_from(lists), max_size=3) if lists else st.just(frozenset())
    return made(code, answers, draw(some))


def made(code: str, answers: dict[str, Any], partial: frozenset[str] = frozenset()) -> Submission:
    return Submission(
        path=f"{code}.yaml",
        digest="",
        criteria="x",
        code=code,
        branch=f"虚构支部{code}",
        fictional=True,
        answers=answers,
        partial=partial,
        evidence=(),
        self_scores={},
        note=None,
        places={},
        records=dict.fromkeys(answers, ((1, 1),) * 40),
    )


def judgements(criteria: Criteria) -> st.SearchStrategy[dict[str, Judgement]]:
    values: dict[str, st.SearchStrategy[Any]] = {}
    for name, leaf in criteria.judged():
        measure, rule = leaf.measure, leaf.rule
        if isinstance(measure, Judged) and measure.levels:
            values[name] = st.sampled_from(sorted(measure.levels))
        elif isinstance(rule, Given):
            steps = int(leaf.points / rule.step)
            values[name] = st.integers(0, steps).map(lambda n, s=rule.step: n * s)
    return st.fixed_dictionaries(
        {}, optional={name: value.map(Judgement) for name, value in values.items()}
    )
