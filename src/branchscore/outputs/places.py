"""Where the answers stand that were read."""

from collections.abc import Mapping, Sequence

from branchscore.outputs.results import Place
from branchscore.submission.reading import Submission


def places(
    submission: Submission,
    fields: tuple[str, ...],
    records: tuple[tuple[str, Sequence[int]], ...],
) -> list[Place]:
    """The places of the fields, and for lists those of the records that count."""
    chosen_in = _chosen(records)
    found: list[Place] = []
    for name in fields if len(fields) < 2 else dict.fromkeys(fields):
        line, column = submission.places.get(name, (0, 0))
        chosen = chosen_in.get(name)
        lines: list[int] = []
        if chosen:
            marks = submission.records[name]
            lines = [marks[i].line + 1 for i in chosen]
        found.append({"field": name, "line": line, "column": column, "records": lines})
    return found


def _chosen(records: tuple[tuple[str, Sequence[int]], ...]) -> Mapping[str, Sequence[int]]:
    """Per list, the records that count for any part of an item, each once."""
    if len(records) < 2:
        return dict(records)
    merged: dict[str, set[int]] = {}
    for name, indices in records:
        merged.setdefault(name, set()).update(indices)
    return {name: sorted(indices) for name, indices in merged.items()}
