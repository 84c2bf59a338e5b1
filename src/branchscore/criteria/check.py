"""Whether a criteria file makes sense as a whole: names, sums, kinds that fit together."""

from collections.abc import Iterator, Mapping
from typing import Any

from branchscore.criteria.condition import Condition
from branchscore.criteria.fields import IntegerField, ListField
from branchscore.criteria.measures import Measure
from branchscore.criteria.measures.base import Complaint
from branchscore.criteria.model import Criteria, Gate, Indicator, Section, Source, Veto


def complaints(criteria: Criteria) -> Iterator[Complaint]:
    """Every fault of the file, each with the keys that lead to it."""
    yield from _header(criteria)
    yield from _fields(criteria)
    yield from _duplicates(criteria)
    for at, section in _placed(criteria):
        if at[0] == "dimensions":
            yield from (c.under(*at) for c in _sum(section))
        for i, indicator in enumerate(section.indicators):
            under = (*at, "indicators", i)
            yield from (c.under(*under) for c in _indicator(criteria, indicator))
    tested: tuple[tuple[str, tuple[Gate | Veto, ...]], ...] = (
        ("gates", criteria.gates),
        ("vetoes", criteria.vetoes),
    )
    for key, tests in tested:
        for i, test in enumerate(tests):
            yield from (c.under(key, i) for c in _tested(criteria, test.measure, test))
            yield from (c.under(key, i) for c in _source(criteria, test.source))
    yield from _outcome(criteria)


def _placed(criteria: Criteria) -> Iterator[tuple[tuple[str | int, ...], Section]]:
    for i, section in enumerate(criteria.dimensions):
        yield ("dimensions", i), section
    for key, group in (("bonus", criteria.bonus), ("penalties", criteria.penalties)):
        if group:
            yield (key,), group


def _header(criteria: Criteria) -> Iterator[Complaint]:
    first, last = criteria.days
    if last < first:
        yield Complaint("C011", ("period", "last"), {"first": first, "last": last})
    for i, source in enumerate(criteria.legal_basis):
        yield from (c.under("legal_basis", i) for c in _document(criteria, source))
    names = {"branch": "", "year": 0, "title": "", "n": 1}
    for key, text in (("number", criteria.award.number), ("wording", criteria.award.wording.zh)):
        try:
            text.format(**names)
        except (KeyError, ValueError, IndexError, AttributeError):
            yield Complaint("C012", ("award", key), {"known": ", ".join(names)})


def _fields(criteria: Criteria) -> Iterator[Complaint]:
    for name, field in criteria.fields.items():
        if name in RESERVED:
            yield Complaint("C003", ("fields", name), {"name": name})
        beside = criteria.fields
        yield from _above(name, field, beside, ("fields", name))
        if isinstance(field, ListField):
            for inner, asked in field.fields.items():
                at = ("fields", name, "fields", inner)
                yield from _above(inner, asked, field.fields, at)


RESERVED = frozenset(
    {"criteria", "code", "branch", "fictional", "partial", "evidence", "self_scores", "note"}
)


def _above(
    name: str, field: object, beside: Mapping[str, object], at: tuple[str, ...]
) -> Iterator[Complaint]:
    if isinstance(field, IntegerField) and field.not_above is not None:
        known = [n for n, f in beside.items() if isinstance(f, IntegerField) and n != name]
        if field.not_above not in known:
            values = {"name": field.not_above, "known": ", ".join(known)}
            yield Complaint("C001", (*at, "not_above"), values)


def _duplicates(criteria: Criteria) -> Iterator[Complaint]:
    seen: set[str] = set()
    places: list[tuple[tuple[str | int, ...], str]] = []
    for at, section in _placed(criteria):
        places.append(((*at, "id"), section.id))
        places += [((*at, "indicators", i, "id"), x.id) for i, x in enumerate(section.indicators)]
    places += [(("gates", i, "id"), gate.id) for i, gate in enumerate(criteria.gates)]
    places += [(("vetoes", i, "id"), veto.id) for i, veto in enumerate(criteria.vetoes)]
    for at, name in places:
        if name in seen:
            yield Complaint("C003", at, {"name": name})
        seen.add(name)


def _sum(section: Section) -> Iterator[Complaint]:
    points = sum((indicator.points for indicator in section.indicators), 0)
    if points != section.points:
        yield Complaint("C002", ("points",), {"sum": points, "points": section.points})


def _indicator(criteria: Criteria, indicator: Indicator) -> Iterator[Complaint]:
    yield from _source(criteria, indicator.source)
    if indicator.points <= 0:
        yield Complaint("C010", ("points",), {"value": indicator.points})
    if indicator.applies:
        applies = indicator.applies
        yield from (c.under("applies") for c in _tested(criteria, applies.measure, applies))
    measure, rule = indicator.measure, indicator.rule
    names = [complaint.under("measure") for complaint in measure.complaints(criteria.fields)]
    yield from names
    if names:
        return
    item = indicator.item(criteria.fields)
    if item.shape not in rule.accepts:
        wanted = tuple(fitting.phrase for fitting in sorted(rule.accepts))
        yield Complaint("C005", ("rule", "kind"), {"shape": item.shape.phrase, "wanted": wanted})
        return
    yield from (c.under("rule") for c in rule.complaints(item))


def _tested(criteria: Criteria, measure: Measure, condition: Condition) -> Iterator[Complaint]:
    names = [complaint.under("measure") for complaint in measure.complaints(criteria.fields)]
    yield from names
    if not names:
        shape, words = measure.shape(criteria.fields), measure.words(criteria.fields)
        yield from condition.condition_complaints(shape, words)


def _source(criteria: Criteria, source: Source | None) -> Iterator[Complaint]:
    if source:
        yield from (c.under("source") for c in _document(criteria, source))


def _document(criteria: Criteria, source: Source) -> Iterator[Complaint]:
    if source.document not in criteria.documents:
        values = {"name": source.document, "known": ", ".join(criteria.documents)}
        yield Complaint("C001", ("document",), values)


def _outcome(criteria: Criteria) -> Iterator[Complaint]:
    bands = criteria.grades.bands
    for i, band in enumerate(bands[1:], 1):
        if band.at_least >= bands[i - 1].at_least:
            values: dict[str, Any] = {"value": band.at_least, "before": bands[i - 1].at_least}
            yield Complaint("C004", ("grades", "bands", i, "at_least"), values)
    grades = [band.id for band in bands]
    if criteria.selection.minimum not in grades:
        names = {"name": criteria.selection.minimum, "known": ", ".join(grades)}
        yield Complaint("C001", ("selection", "minimum"), names)
    known = [s.id for s in criteria.sections()] + [i.id for i in criteria.indicators()]
    for i, name in enumerate(criteria.selection.ties):
        if name not in known:
            names = {"name": name, "known": ", ".join(known)}
            yield Complaint("C001", ("selection", "ties", i), names)
