"""Which fields are secret, and which sentences would tell what stands in them."""

from collections.abc import Iterator, Mapping
from itertools import product

from branchscore.criteria.fields import Asked, EvidenceField, ListField, TextField
from branchscore.criteria.measures.base import MeasureBase, Name


def secrets(fields: Mapping[str, Asked]) -> Iterator[Name]:
    """The secret fields: ("income",), or ("visits", "member") in the records of a list."""
    for name, field in fields.items():
        if field.personal == "secret":
            yield (name,)
        if isinstance(field, ListField):
            for inner, asked in field.fields.items():
                if field.personal == "secret" or asked.personal == "secret":
                    yield name, inner


def keys(fields: Mapping[str, Asked], *, secret: bool) -> Iterator[Name]:
    """The keys of all fields, or of the secret ones, as a submission may write them: each step
    by its id or its Chinese title."""
    chosen = set(secrets(fields))
    for name, field in fields.items():
        ways = (name, field.title.zh)
        if not secret or (name,) in chosen:
            yield from ((way,) for way in ways)
        if isinstance(field, ListField):
            for inner, asked in field.fields.items():
                if not secret or (name, inner) in chosen:
                    yield from product(ways, (inner, asked.title.zh))


def told(measure: MeasureBase, fields: Mapping[str, Asked]) -> bool:
    """Whether what is measured tells a secret answer. How many different names stand in the
    records of a list, or how many have proof, tells none of them."""
    secret = set(secrets(fields))
    return any(name in secret and not _counted(name, fields) for name in measure.reads())


def _counted(name: Name, fields: Mapping[str, Asked]) -> bool:
    asked = fields[name[0]]
    if len(name) == 1 or not isinstance(asked, ListField) or asked.personal == "secret":
        return False
    return isinstance(asked.fields.get(name[1]), TextField | EvidenceField)
