"""The facts of a run scored again under another table: no file is read, none is written."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from branchscore.criteria.found import Judged, Judgement, Marks
from branchscore.criteria.indicator import Leaf
from branchscore.criteria.measures.judged import Judged as JudgedMeasure
from branchscore.criteria.model import Criteria
from branchscore.evaluation import Evaluation
from branchscore.outputs.facts import BranchHeld, DecisionHeld, Facts, MarkHeld, StrikeHeld
from branchscore.outputs.held import asked, lacking
from branchscore.review.decision import Decision
from branchscore.review.joined import Reviews
from branchscore.review.sheet import Mark, misfit
from branchscore.review.strike import Strike
from branchscore.scoring.reviewed import score_reviewed
from branchscore.scoring.scorecard import Scorer
from branchscore.selection.ranking import settle
from branchscore.submission.form import Form
from branchscore.submission.reading import Submission, read_answers
from branchscore.submission.repeats import Repeats
from branchscore.text.diagnostics import Diagnostic, Faulty
from branchscore.text.numbers import Exact, printed
from branchscore.text.phrase import Phrase, Sentence, Value
from branchscore.text.source import Document, Map, Placed, Seq, parse

NOT_HELD = Phrase(
    "“{title}”要看“{field}”，这次评估没有留存：请改用 branchscore evaluate 重新评估",
    "“{title}” reads “{field}”, which the run does not hold: use branchscore evaluate instead",
)
MARKED_OTHERWISE = Phrase(
    "{reviewer}对“{title}”的评定不合改后的评分表：请改用 branchscore evaluate 重新评估",
    "what {reviewer} gave for “{title}” does not fit the changed table: use branchscore evaluate "
    "instead",
)
SCORED_OTHERWISE = Phrase(
    "支部 {code} 对“{title}”的自评分超出改后的分值：请改用 branchscore evaluate 重新评估",
    "{code}'s own points for “{title}” exceed the changed ones: use branchscore evaluate instead",
)


class NotHeld(Exception):  # noqa: N818 - nothing has gone wrong yet
    """What the changed table asks cannot be told from the facts, in one sentence."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why.say("en"))
        self.why = why


class Again(NamedTuple):
    """The evaluation, the branches that the changed table refuses, and decisions of the commission
    that have lost their object."""

    evaluation: Evaluation
    refused: tuple[tuple[str, Diagnostic], ...]
    pointless: tuple[Decision, ...]


def document_of(facts: Facts, path: Path) -> Document:
    """The criteria file that the facts were scored by, with all that it extends."""
    text = json.dumps(facts["criteria"], ensure_ascii=False, indent=1)
    return parse(text.encode(), str(path))


def again(
    facts: Facts, before: Criteria, after: Criteria, document: Document, names: Mapping[str, str]
) -> Again:
    """The facts scored under `after`; `names` are the branches' by code. Raises `NotHeld` rather
    than guess."""
    if missing := lacking(before, after, facts["held"], facts["verbatim"]):
        raise NotHeld(Sentence(NOT_HELD, dict(zip(("title", "field"), missing, strict=True))))
    form, path = Form(after), document.path
    sound: list[Submission] = []
    refused: list[tuple[str, Diagnostic]] = []
    for branch in facts["branches"]:
        try:
            sound.append(_submission(branch, form, names.get(branch["code"], ""), path))
        except Faulty as error:
            refused.append((branch["code"], error.diagnostics[0]))
    strikes = {
        b["code"]: tuple(_strike(one, after, document) for one in b["strikes"])
        for b in facts["branches"]
        if b["strikes"]
    }
    judgements = {b["code"]: dict(_judgements(b, after)) for b in facts["branches"] if b["marks"]}
    cards = score_reviewed(Scorer(after), sound, judgements, strikes).cards
    decisions = [_decision(one) for one in facts["decisions"]]
    settled = settle(after, cards, decisions)
    evaluation = Evaluation(
        after,
        settled.standings,
        tuple(sorted({m["reviewer"] for m in _marks(facts)})),
        (),
        (),
        (),
        True,
        Repeats(()),
        Reviews(judgements, strikes, {}, {}),
        document=document,
    )
    return Again(evaluation, tuple(refused), tuple(one.decision for one in settled.refused))


def _marks(facts: Facts) -> Iterator[MarkHeld]:
    for branch in facts["branches"]:
        for several in branch["marks"].values():
            yield from several


def _tree(value: Any, mark: Placed) -> Any:
    """Plain data as if it had been read from a file."""
    if isinstance(value, dict):
        made = Map()
        made.update({name: _tree(part, mark) for name, part in value.items()})
        made.marks = [mark] * (2 * len(made))
        return made
    if isinstance(value, list):
        several = Seq()
        several += [_tree(part, mark) for part in value]
        several.marks = [mark] * len(several)
        return several
    return value


def _submission(branch: BranchHeld, form: Form, name: str, path: str) -> Submission:
    """Read like a submission, as the table asks. What its records need not hold stands in none of
    them, so that they are read as if their lists were not whole."""
    criteria, lists = form.criteria, [n for n in form.lists if n in branch["answers"]]
    known = {n: answer for n, answer in branch["answers"].items() if n in criteria.fields}
    data = {**({"partial": lists} if lists else {}), **known}
    document = Document(path, b"\n", _tree(data, Placed(0, 0, path)))
    read = read_answers(document, form, branch["code"], name)
    return replace(
        read,
        fictional=branch["fictional"],
        partial=frozenset(branch["partial"]),
        self_scores=dict(_self_scores(branch, criteria)),
    )


def _self_scores(branch: BranchHeld, criteria: Criteria) -> Iterator[tuple[str, Exact]]:
    for item in criteria.indicators():
        if item.id not in branch["self_scores"]:
            continue
        points = printed(branch["self_scores"][item.id])
        measured = any(leaf.measure.kind == "self_score" for leaf in item.leaves(False))
        if points <= item.points:
            yield item.id, points
        elif measured:
            values: dict[str, Value] = {"code": branch["code"], "title": item.title}
            raise NotHeld(Sentence(SCORED_OTHERWISE, values))


def _judgements(branch: BranchHeld, criteria: Criteria) -> Iterator[tuple[str, Judged]]:
    for name, leaf in criteria.judged():
        held = branch["marks"].get(name)
        if not held:
            continue
        given = tuple(_judgement(mark, leaf, criteria) for mark in held)
        if criteria.panel or isinstance(given[0].value, tuple):
            yield name, Marks(given)
        elif len(given) > 1:
            raise _otherwise(leaf, held[1])
        else:
            yield name, given[0]


def _judgement(mark: MarkHeld, leaf: Leaf, criteria: Criteria) -> Judgement:
    value = mark["value"]
    levels = (leaf.measure.levels if isinstance(leaf.measure, JudgedMeasure) else None) or {}
    if isinstance(value, dict):
        fits, read = value.keys() <= levels.keys(), tuple(value.items())
        made: str | Exact | tuple[tuple[str, int], ...] = read
    else:
        made = value if levels else _points(value, leaf, mark)
        one = Mark.model_construct(
            level=made if isinstance(made, str) else None,
            points=None if isinstance(made, str) else made,
        )
        fits = misfit(one, leaf) is None
    if criteria.panel and mark["origin"] not in criteria.panel.weights:
        fits = False
    if not fits:
        raise _otherwise(leaf, mark)
    return Judgement(made, None, mark["reviewer"], mark["origin"])


def _points(value: str, leaf: Leaf, mark: MarkHeld) -> Exact:
    try:
        return printed(value)
    except ValueError:
        raise _otherwise(leaf, mark) from None


def _otherwise(leaf: Leaf, mark: MarkHeld) -> NotHeld:
    values: dict[str, Value] = {"reviewer": mark["reviewer"], "title": leaf.title}
    return NotHeld(Sentence(MARKED_OTHERWISE, values))


def _strike(one: StrikeHeld, criteria: Criteria, document: Document) -> Strike:
    fields, name = criteria.fields, one["field"]
    held = fields.get(one["list"]) if one["list"] else None
    at = tuple(step for step in (one["list"], name) if step)
    lowered = asked(fields, at) if name else None
    to: Exact | bool | None = None
    if one["to"] is not None:
        to = False if one["to"] == "false" else printed(one["to"])
    without = tuple(one["without"])
    return Strike(
        one["reviewer"], one["reason"], one["list"], held, one["record"], name, lowered, to,
        without, one["evidence"], document, (),
    )  # fmt: skip


def _decision(one: DecisionHeld) -> Decision:
    votes: Sequence[int] | None = one["votes"]
    return Decision(
        frozenset(one["among"]),
        frozenset(one["named"]),
        Phrase(one["by"]["zh"], one["by"]["en"]),
        date.fromisoformat(one["day"]),
        one["reason"],
        one["seed"],
        None if votes is None else (votes[0], votes[1], votes[2]),
    )
