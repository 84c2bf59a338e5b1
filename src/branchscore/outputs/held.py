"""Which answers a table reads, and what of it a run does not hold."""

from collections.abc import Iterable, Iterator, Mapping

from branchscore.criteria.fields import Asked, ListField, TextField
from branchscore.criteria.filter import Where
from branchscore.criteria.measures.base import ListMeasure, MeasureBase
from branchscore.criteria.model import Criteria
from branchscore.lint.walk import rows, tests
from branchscore.text.phrase import Phrase

NAMES = tuple[str, ...]


def dotted(name: NAMES) -> str:
    return ".".join(name)


def measured(criteria: Criteria) -> Iterator[tuple[Phrase, MeasureBase]]:
    """Every measure, with the title of what it serves."""
    for row in rows(criteria):
        for leaf in row.leaves:
            yield row.assessed.title, leaf.measure
    yield from ((test.title, test.measure) for test in tests(criteria))


def reads(criteria: Criteria) -> Iterator[tuple[Phrase, NAMES]]:
    """Every field that is read, and by what."""
    for title, measure in measured(criteria):
        yield from ((title, name) for name in measure.reads())
    for group in criteria.selection.all_groups() if criteria.selection else ():
        yield group.title, (group.field,)


def named(criteria: Criteria) -> set[NAMES]:
    return {name for _, name in reads(criteria)}


def worded(criteria: Criteria) -> Iterator[NAMES]:
    """Texts that are compared with a word of the table, and not only with each other."""
    for _, measure in measured(criteria):
        for one in measure.within():
            if isinstance(one, ListMeasure):
                for name in _worded(one.where):
                    if isinstance(asked(criteria.fields, (one.list, name)), TextField):
                        yield one.list, name


def _worded(where: Where) -> Iterator[str]:
    yield from where.words
    for inner in where.inner():
        yield from _worded(inner)


def asked(fields: Mapping[str, Asked], name: NAMES) -> Asked | None:
    field = fields.get(name[0])
    if len(name) == 1:
        return field
    return field.fields.get(name[1]) if isinstance(field, ListField) else None


def lacking(
    before: Criteria, after: Criteria, held: Iterable[str], verbatim: Iterable[str]
) -> tuple[Phrase, Phrase] | None:
    """The first of what `after` reads that is not held: by what, and the field's title. An answer
    to another type of question is none."""
    there, whole = frozenset(held), frozenset(verbatim)
    for title, name in reads(after):
        old, new = (asked(table.fields, name) for table in (before, after))
        same = old is not None and getattr(old, "type", "") == getattr(new, "type", "")
        if new is not None and (not same or dotted(name) not in there):
            return title, new.title
    for name in worded(after):
        field = asked(after.fields, name)
        if field is not None and dotted(name) not in whole:
            return field.title, field.title
    return None
