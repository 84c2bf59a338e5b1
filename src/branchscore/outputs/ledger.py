"""The evidence of an evaluation as plain data: what each branch handed in, and what came twice."""

from collections.abc import Iterator, Mapping
from typing import Any

from branchscore.criteria.fields import Asked, EvidenceField, ListField
from branchscore.evaluation import Evaluation
from branchscore.outputs.results_evidence import Contents, Proof, Repeat, Repeated, RepeatEntry
from branchscore.proofs.kinds import KINDS
from branchscore.proofs.repeats import Handed
from branchscore.submission import evidence
from branchscore.submission.reading import Submission


class Ledgers:
    """The ledgers of all branches. Which of their files are the same is known once for all."""

    def __init__(self, evaluation: Evaluation) -> None:
        found = evaluation.repeats
        self.handed, self.groups = found.handed, found.groups
        self.fields = dict(_evidence_in(evaluation.criteria.fields))
        self.number = {id(proof): i for i, (_, proof) in enumerate(found.proofs)}
        self.groups_of: dict[int, list[int]] = {}
        for g, group in enumerate(self.groups):
            for i in group.entries:
                self.groups_of.setdefault(i, []).append(g)
        members = [[self.handed[i] for i in group.entries] for group in self.groups]
        self.earlier = [sum(1 for one in group if one.run) for group in members]
        self.branches = [{one.branch for one in group if not one.run} for group in members]

    def repeats(self) -> list[Repeat]:
        return [
            {"way": group.way, "entries": [_entry(self.handed[i]) for i in group.entries]}
            for group in self.groups
        ]

    def of(self, submission: Submission) -> Iterator[Proof]:
        """The ledger of one branch, as it is written."""
        used = self._used(submission)
        files = {proof.entry: proof for proof in submission.proofs}
        for n, entry in enumerate(submission.evidence):
            found, number = files.get(n), str(entry.get("id", ""))
            yield {
                "id": number,
                "title": entry["title"],
                "file": entry.get("file"),
                "place": entry.get("place"),
                "contents": _contents(found) if found else None,
                "used_in": used.get(number, {}),
                "repeats": list(self._repeated(found)) if found else [],
            }

    def _repeated(self, proof: evidence.Proof) -> Iterator[Repeated]:
        number = self.number[id(proof)]
        branch = self.handed[number].branch
        for g in self.groups_of.get(number, ()):
            others = (self.handed[i] for i in self.groups[g].entries if i != number)
            yield {
                "group": g + 1,
                "way": self.groups[g].way,
                "own": [o.number or o.file for o in others if o.branch == branch and not o.run],
                "branches": len(self.branches[g] - {branch}),
                "earlier": self.earlier[g],
            }

    def _used(self, submission: Submission) -> dict[str, dict[str, int]]:
        """Per number of an entry, the fields that refer to it, and how often."""
        used: dict[str, dict[str, int]] = {}
        for name, inner in self.fields.items():
            answer: Any = submission.answers.get(name) or ()
            several = [record.get(i) or () for record in answer for i in inner]
            for numbers in several if inner else [answer]:
                for number in numbers:
                    counts = used.setdefault(number, {})
                    counts[name] = counts.get(name, 0) + 1
        return used


def _evidence_in(fields: Mapping[str, Asked]) -> Iterator[tuple[str, list[str]]]:
    """Fields that refer to evidence, and for lists by which fields of a record."""
    for name, field in fields.items():
        if isinstance(field, EvidenceField):
            yield name, []
        elif isinstance(field, ListField):
            inner = [n for n, asked in field.fields.items() if isinstance(asked, EvidenceField)]
            if inner:
                yield name, inner


def _entry(handed: Handed) -> RepeatEntry:
    run = handed.run or None
    return {"branch": handed.branch, "id": handed.number, "file": handed.file, "run": run}


def _contents(proof: evidence.Proof) -> Contents:
    contents = proof.contents
    title = KINDS[contents.kind].title
    return {
        "size": contents.size,
        "sha256": contents.digest or None,
        "kind": contents.kind,
        "name": {"zh": title.zh, "en": title.en},
        "dated": contents.dated.isoformat() if contents.dated else None,
        "looks": contents.looks.text() if contents.looks else None,
    }
