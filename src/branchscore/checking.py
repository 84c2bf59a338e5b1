"""One file that is read → its faults, whichever of the sorts it is."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from branchscore.criteria.designs import with_design
from branchscore.criteria.inherit import resolve
from branchscore.criteria.model import Criteria
from branchscore.criteria.reading import criteria_of, read_criteria
from branchscore.review.decision import decision_of, is_decision
from branchscore.review.sheet import sheet_of
from branchscore.submission.form import Form
from branchscore.submission.reading import Submission, submission_of
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.source import Document, Map, read


class Checker:
    """Holds files against tables that are read once; a table that is not sound is no table.
    `on_sound` is called with each submission that has no errors, and its table."""

    def __init__(
        self,
        tables: Iterable[Path],
        on_sound: Callable[[Submission, Criteria], None] = lambda submission, table: None,
    ) -> None:
        self.on_sound = on_sound
        self.criteria: dict[str, Criteria] = {}
        for path in tables:
            with suppress(Faulty):
                table, _ = read_criteria(path)
                self.criteria[table.id] = table
        self.forms = {name: Form(table) for name, table in self.criteria.items()}

    def __call__(self, document: Document) -> Sequence[Diagnostic]:
        """The warnings of a criteria file, submission, review sheet or decision, told apart by
        their keys. Raises `Faulty` with every fault found."""
        keys: Iterable[str] = document.root if isinstance(document.root, Map) else ()
        if "format" in keys or "extends" in keys:
            resolved = resolve(document, read)
            with_design(criteria_of(resolved), resolved)
        elif is_decision(keys):
            return decision_of(document, self.criteria).remarks
        elif "reviewer" in keys or "marks" in keys:
            sheet_of(document, self.criteria)
        else:
            submission = submission_of(document, self.forms)
            self.on_sound(submission, self.criteria[submission.criteria])
            return submission.remarks
        return ()

    def faults(self, document: Document) -> tuple[Diagnostic, ...]:
        """The same warnings, or all the faults."""
        try:
            return tuple(self(document))
        except Faulty as error:
            return tuple(error.diagnostics)
