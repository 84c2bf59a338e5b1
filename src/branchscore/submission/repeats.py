"""Evidence of several submissions, and of earlier evaluations, held against each other."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from branchscore.proofs.repeats import Handed, Repeat, repeats_among
from branchscore.submission.evidence import Proof
from branchscore.submission.reading import Submission
from branchscore.text.diagnostics import Diagnostic
from branchscore.text.phrase import Phrase, Sentence, Value

WAYS = {
    "file": Phrase("内容完全相同", "has the same content"),
    "picture": Phrase(
        "是同一张图片（另存或缩放过）", "shows the same picture (saved again or resized)"
    ),
}
SHOWN = 3
HERE = Phrase("本申报的{number}“{file}”", "{number} “{file}” of this submission")
THERE = Phrase("支部 {branch} 的{number}“{file}”", "{number} “{file}” of {branch}")
BEFORE = Phrase("{run} 中 {branch} 的{number}“{file}”", "{number} “{file}” of {branch} in {run}")
MORE = Phrase("{others}等 {number} 处", "{others} and others, {number} in all,")


class Earlier(NamedTuple):
    """The evidence of an earlier evaluation, from a file with its results."""

    path: str
    digest: str
    handed: tuple[Handed, ...]


class Repeats:
    """`handed` is every file of the submissions in order, then those of earlier evaluations;
    `groups` those that are the same."""

    def __init__(self, submissions: Iterable[Submission], earlier: Sequence[Earlier] = ()) -> None:
        self.proofs = [(s.code, proof) for s in submissions for proof in s.proofs]
        self.handed = [handed(code, proof) for code, proof in self.proofs]
        self.handed += (one for run in earlier for one in run.handed)
        self.groups = repeats_among(self.handed)

    def remarks(self) -> Iterator[Diagnostic]:
        """For every file what it repeats: one warning about this evaluation, one about earlier
        ones."""
        for group in self.groups:
            for i in group.entries:
                if i < len(self.proofs):
                    yield from self._of(i, group)

    def _of(self, i: int, group: Repeat) -> Iterator[Diagnostic]:
        own = self.handed[i]
        others = [self.handed[j] for j in group.entries if j != i]
        # One file under two numbers is told where the ledger itself is read (S062).
        one = (own.branch, own.file, "")
        others = [other for other in others if (other.branch, other.file, other.run) != one]
        if group.way == "picture":
            others = [other for other in others if other.digest != own.digest]
        for code, several in (
            ("S036", [other for other in others if not other.run]),
            ("S037", [other for other in others if other.run]),
        ):
            if several:
                yield self._said(code, i, group, several)

    def _said(self, code: str, i: int, group: Repeat, others: Sequence[Handed]) -> Diagnostic:
        own, proof = self.handed[i], self.proofs[i][1]
        shown = tuple(_named(other, own.branch) for other in others[:SHOWN])
        told: Value = shown
        if len(others) > SHOWN:
            told = Sentence(MORE, {"others": shown, "number": len(others)})
        values: dict[str, Value] = {"got": proof.file, "others": told, "way": WAYS[group.way]}
        return Diagnostic(code, proof.span, proof.excerpt, values)


def handed(code: str, proof: Proof) -> Handed:
    contents = proof.contents
    return Handed(code, proof.number, proof.file, contents.digest, contents.looks)


def _named(other: Handed, branch: str) -> Sentence:
    values: dict[str, Value] = {
        "run": other.run,
        "branch": other.branch,
        "number": other.number,
        "file": other.file,
    }
    if other.run:
        return Sentence(BEFORE, values)
    return Sentence(HERE if other.branch == branch else THERE, values)
