"""Whether a criteria file makes sense as a whole: names, sums, kinds that fit together."""

from collections.abc import Iterator, Mapping
from typing import Any

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.condition import Condition
from branchscore.criteria.fields import IntegerField, ListField
from branchscore.criteria.found import Shape
from branchscore.criteria.indicator import Indicator, Leaf, Section
from branchscore.criteria.measures import Measure
from branchscore.criteria.model import Criteria
from branchscore.criteria.outcome import OTHERWISE, Gate, Source, Veto
from branchscore.criteria.rules.bands import ladder_complaints
from branchscore.criteria.titles import FRAME_TITLES, clashes
from branchscore.text.filling import unfilled
from branchscore.text.numbers import UNLIMITED, divided, total

TOLERABLE = frozenset({"C002", "C008", "C016"})
"""Faults that a table may really have: with `known_faults` they are kept and reported."""
IN_AWARD = ("branch", "year", "title", "grade", "n")
"""What the wording and the number of a certificate may name."""
IN_PAPERS = ("title", "year", "count")
"""What the text of an official document may name."""


def complaints(criteria: Criteria) -> Iterator[Complaint]:
    """Every fault of the file, each with the keys that lead to it."""
    yield from _header(criteria)
    yield from _papers(criteria)
    yield from _fields(criteria)
    yield from clashes(criteria)
    yield from _duplicates(criteria)
    for at, section in placed(criteria):
        yield from (c.under(*at) for c in _section(criteria, section, at[0] == "dimensions"))
    tested: tuple[tuple[str, tuple[Gate | Veto, ...]], ...] = (
        ("gates", criteria.gates),
        ("vetoes", criteria.vetoes),
    )
    for key, tests in tested:
        for i, test in enumerate(tests):
            yield from (c.under(key, i) for c in _tested(criteria, test.measure, test))
            yield from (c.under(key, i) for c in _source(criteria, test.source))
            if isinstance(test, Veto):
                yield from (c.under(key, i) for c in _effect(criteria, test))
    if criteria.panel:
        yield from (c.under("panel") for c in criteria.panel.complaints())
    yield from _grades(criteria)
    yield from _selection(criteria)


def placed(criteria: Criteria) -> Iterator[tuple[tuple[str | int, ...], Section]]:
    """The sections, each with the keys that lead to it."""
    for i, section in enumerate(criteria.dimensions):
        yield ("dimensions", i), section
    for key, group in (("bonus", criteria.bonus), ("penalties", criteria.penalties)):
        if group:
            yield (key,), group


def owner(criteria: Criteria, at: tuple[str | int, ...]) -> str | None:
    """The id of the innermost item or section that a place in the file belongs to."""
    node: Any = criteria
    found = None
    for step in at:
        node = node[step] if isinstance(step, int) else getattr(node, step, None)
        found = getattr(node, "id", found)
        if node is None or isinstance(node, Mapping):
            break
    return found


def acknowledged(criteria: Criteria, complaint: Complaint) -> bool:
    """Whether the file says that its original has this fault."""
    if complaint.code not in TOLERABLE:
        return False
    item = owner(criteria, complaint.at)
    return any(k.code == complaint.code and k.item == item for k in criteria.known_faults)


def unknown_faults(criteria: Criteria, found: list[Complaint]) -> Iterator[Complaint]:
    """Faults that the file says it has, and has not: somebody mended them, or mistyped."""
    there = {(c.code, owner(criteria, c.at)) for c in found if c.code in TOLERABLE}
    for i, known in enumerate(criteria.known_faults):
        if (known.code, known.item) not in there and known.code.startswith("C"):
            values = {"fault": known.code, "item": known.item or ""}
            yield Complaint("C019", ("known_faults", i), values)


def _header(criteria: Criteria) -> Iterator[Complaint]:
    spans: list[tuple[str, Any]] = [("period", criteria.period)]
    if criteria.notice:
        spans.append(("notice", criteria.notice))
        if criteria.notice.issued > criteria.notice.first:
            values = {"issued": criteria.notice.issued, "first": criteria.notice.first}
            yield Complaint("C018", ("notice", "issued"), values)
    for key, span in spans:
        if span.last < span.first:
            yield Complaint("C011", (key, "last"), {"first": span.first, "last": span.last})
    for i, source in enumerate(criteria.legal_basis):
        yield from (c.under("legal_basis", i) for c in _document(criteria, source))
    if criteria.award:
        for key, texts in (
            ("number", (criteria.award.number,)),
            ("wording", criteria.award.wording),
            ("plaque", criteria.award.plaque or ()),
        ):
            if any(unfilled(text, IN_AWARD) for text in texts):
                yield Complaint("C012", ("award", key), {"known": ", ".join(IN_AWARD)})


def _papers(criteria: Criteria) -> Iterator[Complaint]:
    papers = criteria.papers
    for key, paper in (("notice", papers.notice), ("decision", papers.decision)) if papers else ():
        if paper.text and unfilled(paper.text, IN_PAPERS):
            yield Complaint("C012", ("papers", key, "text"), {"known": ", ".join(IN_PAPERS)})


def _fields(criteria: Criteria) -> Iterator[Complaint]:
    for name, field in criteria.fields.items():
        if name in FRAME_TITLES:
            yield Complaint("C003", ("fields", name), {"name": name})
        yield from _above(name, field, criteria.fields, ("fields", name))
        if isinstance(field, ListField):
            for inner, asked in field.fields.items():
                at = ("fields", name, "fields", inner)
                if inner in ("any", "not"):
                    yield Complaint("C003", at, {"name": inner})
                yield from _above(inner, asked, field.fields, at)


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
    for at, section in placed(criteria):
        places.append(((*at, "id"), section.id))
        for i, indicator in enumerate(section.indicators):
            under = (*at, "indicators", i)
            places.append(((*under, "id"), indicator.id))
            places += [((*under, "parts", j, "id"), p.id) for j, p in enumerate(indicator.parts)]
    places += [(("gates", i, "id"), gate.id) for i, gate in enumerate(criteria.gates)]
    places += [(("vetoes", i, "id"), veto.id) for i, veto in enumerate(criteria.vetoes)]
    for at, name in places:
        if name in seen:
            yield Complaint("C003", at, {"name": name})
        seen.add(name)


def _section(criteria: Criteria, section: Section, summed: bool) -> Iterator[Complaint]:
    points = min(total(indicator.points for indicator in section.indicators), UNLIMITED)
    if summed and points != section.points:
        yield Complaint("C002", ("points",), {"sum": points, "points": section.points})
    for i, indicator in enumerate(section.indicators):
        yield from (c.under("indicators", i) for c in _indicator(criteria, indicator))
    names = [indicator.id for indicator in section.indicators]
    for i, cap in enumerate(section.caps):
        for j, name in enumerate(cap.items):
            if name not in names:
                values = {"name": name, "known": ", ".join(names)}
                yield Complaint("C001", ("caps", i, "items", j), values)


def _indicator(criteria: Criteria, indicator: Indicator) -> Iterator[Complaint]:
    yield from _source(criteria, indicator.source)
    for at, assessed in (
        ((), indicator),
        *((("parts", i), p) for i, p in enumerate(indicator.parts)),
    ):
        if assessed.points <= 0:
            yield Complaint("C010", (*at, "points"), {"value": assessed.points})
        for i, variant in enumerate(assessed.variants):
            if (variant.when is None) != (i == len(assessed.variants) - 1) and not variant.when:
                yield Complaint("C015", (*at, "variants", i), {"name": "when", "when": "variants"})
    for at, condition, measure in indicator.conditions():
        yield from (c.under(*at) for c in _tested(criteria, measure, condition))
    for leaf in indicator.leaves(False):
        yield from _leaf(criteria, leaf)


def _leaf(criteria: Criteria, leaf: Leaf) -> Iterator[Complaint]:
    names = [c.under(*leaf.measure_at) for c in leaf.measure.complaints(criteria.fields)]
    yield from names
    if names:
        return
    item, rule = leaf.item(criteria.fields), leaf.rule
    if item.shape not in rule.accepts:
        wanted = tuple(fitting.phrase for fitting in sorted(rule.accepts))
        values = {"shape": item.shape.phrase, "wanted": wanted}
        yield Complaint("C005", (*leaf.at, "rule", "kind"), values)
        return
    yield from (c.under(*leaf.at, "rule") for c in rule.complaints(item))


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


def _effect(criteria: Criteria, veto: Veto) -> Iterator[Complaint]:
    needed = {"not_above": "grade", "grade": "grade", "grades_down": "grades", "zero": "items"}
    key = needed.get(veto.effect, "")
    for name in ("grade", "grades", "items"):
        if bool(getattr(veto, name)) != (name == key):
            yield Complaint("C015", (), {"name": name, "when": f"effect: {veto.effect}"})
    if veto.grade:
        yield from _known(("grade",), veto.grade, [*_grade_ids(criteria), OTHERWISE])
    for i, name in enumerate(veto.items):
        yield from _known(("items", i), name, [x.id for x in criteria.indicators()])


def _grade_ids(criteria: Criteria) -> list[str]:
    return [band.id for band in criteria.grades.bands] if criteria.grades else []


def _known(at: tuple[str | int, ...], name: str, known: list[str]) -> Iterator[Complaint]:
    if name not in known:
        yield Complaint("C001", at, {"name": name, "known": ", ".join(known)})


def _grades(criteria: Criteria) -> Iterator[Complaint]:
    bands = criteria.grades.bands if criteria.grades else ()
    step = divided(1, 10**criteria.rounding.decimals)
    ends = [(band.at_least, band.at_most) for band in bands]
    yield from (c.under("grades", "bands") for c in ladder_complaints(ends, step))
    known = [s.id for s in criteria.sections()] + [i.id for i in criteria.indicators()]
    for i, band in enumerate(bands):
        for j, required in enumerate(band.requires):
            at = ("grades", "bands", i, "requires", j)
            if (required.points_of is None) == (required.measure is None):
                yield Complaint("C015", at, {"name": "points_of", "when": "requires"})
            if required.points_of:
                yield from _known((*at, "points_of"), required.points_of, known)
                faults = required.condition_complaints(Shape.NUMBER, {})
                yield from (c.under(*at) for c in faults)
            if required.measure:
                yield from (c.under(*at) for c in _tested(criteria, required.measure, required))


def _selection(criteria: Criteria) -> Iterator[Complaint]:
    selection = criteria.selection
    if selection is None:
        return
    if selection.minimum is not None:
        yield from _known(("selection", "minimum"), selection.minimum, _grade_ids(criteria))
    known = [s.id for s in criteria.sections()] + [i.id for i in criteria.indicators()]
    for i, name in enumerate(selection.ties):
        yield from _known(("selection", "ties", i), name, known)
    yield from (c.under("selection") for c in selection.complaints(criteria.fields))
