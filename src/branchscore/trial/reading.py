"""A case file and the criteria file beside it → `Table` and `Case`s."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from branchscore.criteria.found import Judged, Judgement, Marks
from branchscore.criteria.indicator import Leaf
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import read_criteria
from branchscore.review.sheet import Mark, misfit, wanted
from branchscore.scoring.scorecard import Scorer
from branchscore.selection.standing import Outcome
from branchscore.submission.form import Form
from branchscore.submission.reading import Submission, read_answers
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.folders import CASES
from branchscore.text.numbers import UNLIMITED, Exact, parse_number
from branchscore.text.source import Document, Map, read
from branchscore.text.typing import WORDS, typed
from branchscore.trial.model import (
    WHOLE,
    Case,
    CaseEntry,
    CaseFile,
    Entry,
    Expected,
    Given,
    ItemEntry,
    Table,
)

OWN = "case"
ADAPTER: TypeAdapter[CaseFile] = TypeAdapter(CaseFile)
KEYS = frozenset(
    {*CaseFile.model_fields, *CaseEntry.model_fields, *ItemEntry.model_fields, "partial"}
)
Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """A case file as read: its sound cases, and the faults of the others."""

    table: Table
    document: Document
    cases: tuple[Case, ...]
    faults: tuple[Diagnostic, ...]


def case_files(paths: list[Path]) -> list[Path]:
    """The case files that are named, lie in the named folders or beside the named criteria
    files; a criteria file without one has none."""
    found = dict[Path, None]()
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(path.rglob(f"*{CASES}"))))
        elif path.name.endswith(CASES):
            found[path] = None
        elif (beside := path.with_name(path.stem + CASES)).is_file():
            found[beside] = None
    return list(found)


def table_of(path: Path) -> Path:
    """The criteria file that a case file stands beside."""
    return path.with_name(path.name.removesuffix(CASES) + ".yaml")


def read_cases(path: Path, table: Path | None = None) -> Cases:
    """Read one case file and its criteria file, by default the one beside it.

    Raises `Faulty` where either cannot be used at all.
    """
    document = read(path)
    file = typed(ADAPTER, document, KEYS)
    place = table or table_of(path)
    if not place.is_file():
        raise Faulty([document.diagnose("K003", ("criteria",), got=file.criteria, file=place.name)])
    criteria, table_document = read_criteria(place)
    if criteria.id != file.criteria:
        names: dict[str, Any] = {"got": file.criteria, "file": place.name, "id": criteria.id}
        raise Faulty([document.diagnose("K004", ("criteria",), **names)])
    reader = _Reader(document, criteria)
    cases = [reader.case(i, entry) for i, entry in enumerate(file.cases)]
    faults = sorted(reader.faults, key=lambda fault: fault.key)
    sound = tuple(case for case in cases if case)
    return Cases(Table(criteria, table_document, Scorer(criteria)), document, sound, tuple(faults))


class _Reader:
    """Reads the cases of one file and collects their faults."""

    def __init__(self, document: Document, criteria: Criteria) -> None:
        self.document, self.form, self.faults = document, Form(criteria), list[Diagnostic]()
        self.judged = dict(criteria.judged())
        self.items = [indicator.id for indicator in criteria.indicators()]
        self.sections = [section.id for section in criteria.sections()]
        tests = [gate.id for gate in criteria.gates] + [veto.id for veto in criteria.vetoes]
        self.told = [*self.items, *self.sections, *tests, "outcome"]
        self.grades = [band.id for band in criteria.grades.bands] if criteria.grades else []
        self.names: dict[str, int] = {}

    def case(self, index: int, entry: CaseEntry) -> Case | None:
        """The case, or None where it has a fault."""
        at, before = ("cases", index), len(self.faults)
        self._name(index, entry.name)
        root: Map = self.document.root["cases"][index]
        own = root.get("answers") or Map()
        if "self_scores" in root:
            own = _with(own, "self_scores", root)
        branches = [self._branch(OWN, "本支部", own)]
        judgements = {OWN: self._judgements(entry.judged, (*at, "judged"))}
        for i, answers in enumerate(root.get("peers", ())):
            code = f"peer-{i + 1}"
            place = (*at, "peers", i, "judged")
            judged = "judged" in answers and "judged" not in self.form.criteria.fields
            marks = self._marks(answers["judged"], place) if judged else {}
            rest = _without(answers, "judged") if judged else answers
            branches.append(self._branch(code, f"其他支部{i + 1}", rest))
            judgements[code] = self._judgements(marks, place)
        expect = dict(self._expectations(entry, at))
        self._known(entry.says, (*at, "says"), self.told)
        if not entry.expect and not entry.says:
            self.fault("K005", (*at, "name"), got=entry.name)
        sound = [branch for branch in branches if branch]
        if len(self.faults) > before:
            return None
        return Case(index, entry.name, sound, judgements, expect, entry.says)

    def fault(self, code: str, at: Path_, *, key: bool = False, **values: Any) -> None:
        self.faults.append(self.document.diagnose(code, at, key=key, **values))

    def _name(self, index: int, name: str) -> None:
        at = ("cases", index, "name")
        if name in self.names:
            first = self.document.span(("cases", self.names[name], "name")).line
            self.fault("K002", at, got=name, first=first)
        self.names.setdefault(name, index)

    def _branch(self, code: str, name: str, answers: Map) -> Submission | None:
        within = Document(self.document.path, self.document.raw, answers)
        try:
            return read_answers(within, self.form, code, name)
        except Faulty as error:
            self.faults += error.diagnostics
            return None

    def _marks(self, marks: Any, at: Path_) -> Mapping[str, Given]:
        """What the panel gave a peer, which stands among its answers."""
        if isinstance(marks, Map) and all(map(_is_given, marks.values())):
            return marks
        self.fault("T003", at, wanted=WORDS["mapping"])
        return {}

    def _judgements(self, marks: Mapping[str, Given], at: Path_) -> dict[str, Judged]:
        self._known(marks, at, list(self.judged))
        made: dict[str, Judged] = {}
        for name in (name for name in marks if name in self.judged):
            given, leaf = marks[name], self.judged[name]
            several = not isinstance(given, str)
            if several and self.form.criteria.panel is None:
                self.fault("K008", (*at, name), got=name)
            made[name] = judged_as(given)
            for i, judgement in enumerate(one_by_one(made[name])):
                if not fits(judgement, leaf):
                    place = (*at, name, i) if several else (*at, name)
                    self.fault("R002", place, wanted=wanted(leaf))
        return made

    def _known(self, names: Mapping[str, Any], at: Path_, known: list[str]) -> None:
        for name in names:
            if name not in known:
                self.fault("K001", (*at, name), key=True, got=name, known=", ".join(known))

    def _expectations(self, entry: CaseEntry, at: Path_) -> Iterator[tuple[str, Expected]]:
        self._known(entry.expect, (*at, "expect"), [*self.items, *self.sections, *WHOLE])
        for name, value in entry.expect.items():
            expected = self._expected(name, value, (*at, "expect", name))
            if expected:
                yield name, expected

    def _expected(self, name: str, value: Entry, at: Path_) -> Expected | None:
        if name in ("outcome", "grade"):
            known = [o.value for o in Outcome] if name == "outcome" else [*self.grades, "otherwise"]
            if value not in known:
                got = value if isinstance(value, str) else name
                self.fault("T008", at, got=got, known=", ".join(known), near="")
            return Expected(word=str(value))
        if isinstance(value, ItemEntry):
            if value.state and name not in self.items:
                self.fault("K007", (*at, "state"), got=name)
            if value == ItemEntry():
                self.fault("K006", at, got=name)
            points = value.points
            span = None if points is None else self._span(points, (*at, "points"))
            return Expected(span, value.state)
        span = self._span(value, at)
        return Expected(span)

    def _span(self, text: str, at: Path_) -> tuple[Exact, Exact] | None:
        """`3`, `5/6`, `0..5`, `0..unlimited`."""
        first, dots, last = text.partition("..")
        ends = [_number(first), _number(last if dots else first)]
        if ends[0] is None or ends[1] is None or ends[0] > ends[1]:
            self.fault("K006", at, got=text)
            return None
        return ends[0], ends[1]


def _is_given(value: Any) -> bool:
    texts = value if isinstance(value, list) else [value]
    return all(isinstance(text, str) for text in texts)


def judged_as(given: Given) -> Judged:
    """What was agreed on, or what each of several reviewers gave."""
    if isinstance(given, str):
        return Judgement(_marked(given))
    return Marks(
        tuple(Judgement(_marked(text), reviewer=f"评委{i}") for i, text in enumerate(given, 1))
    )


def one_by_one(judged: Judged) -> tuple[Judgement, ...]:
    return judged.given if isinstance(judged, Marks) else (judged,)


def fits(judgement: Judgement, leaf: Leaf) -> bool:
    """Whether the panel may give this."""
    value = judgement.value
    word = value if isinstance(value, str) else None
    points = None if isinstance(value, str | tuple) else value
    return misfit(Mark.model_construct(level=word, points=points), leaf) is None


def _marked(text: str) -> str | Exact:
    number = parse_number(text)
    return text if number is None else number


def _number(text: str) -> Exact | None:
    return UNLIMITED if text.strip() == "unlimited" else parse_number(text.strip())


def _with(node: Map, key: str, source: Map) -> Map:
    """The mapping with one more key, taken from another with its places."""
    made = Map()
    made.update(node)
    made[key] = source[key]
    made.marks = [*node.marks, *source.places(key)]
    return made


def _without(node: Map, key: str) -> Map:
    made = Map()
    for name, value in node.items():
        if name != key:
            made[name] = value
            made.marks += node.places(name)
    return made
