"""What was decided, and what file closes what is not, as plain data."""

from branchscore.evaluation import Evaluation
from branchscore.outputs.results_decisions import DecisionSaid, QuestionSaid, VotesSaid
from branchscore.outputs.wordings import both, written
from branchscore.review.decision import Decision
from branchscore.selection.decision import Question
from branchscore.selection.standing import Outcome
from branchscore.text.personal import masked
from branchscore.text.phrase import Phrase, Sentence, Value

BRANCH = Phrase("{code}“{name}”", "{code} “{name}”")
TIED = Phrase(
    "{branches}余 {places} 个名额，由评审委员会决定后，写成 decisions 文件夹里的一份文件"
    "（among: [{codes}]，named 写其中 {places} 个）",
    "{places} places are left between {branches}; once the commission has decided, record it in "
    "a file of the folder decisions (among: [{codes}], named: {places} of them)",
)
DRAWN = Phrase(
    "{branches}余 {places} 个名额，公开抽签后，写成 decisions 文件夹里的一份文件"
    "（among: [{codes}]，draw 写抽签所用的 seed）",
    "{places} places are left between {branches}; once lots are drawn in public, record it in "
    "a file of the folder decisions (among: [{codes}], draw: its seed)",
)
ONTO_LIST = Phrase(
    "{branches}总分相同，差额名单还余 {places} 个位置，由评审委员会决定后，写成 decisions 文件夹"
    "里的一份文件（among: [{codes}]，named 写其中列入名单的 {places} 个）",
    "{branches} are equal, and the list of candidates has {places} places left; once the "
    "commission has decided, record it in a file of the folder decisions (among: [{codes}], "
    "named: the {places} of them on the list)",
)
LISTED = Phrase(
    "差额名单上的{branches}中最多命名 {places} 个，由评审委员会决定后，写成 decisions 文件夹里的"
    "一份文件（among: [{codes}]，named 写其中命名的）",
    "out of the list of {branches} at most {places} are named; once the commission has decided, "
    "record it in a file of the folder decisions (among: [{codes}], named: those it named)",
)
WON = frozenset({Outcome.NAMED, Outcome.CANDIDATE})


def due(evaluation: Evaluation, question: Question) -> Sentence:
    """What is to be decided, and the file that says it was."""
    names = {s.card.submission.code: s.card.submission.branch for s in evaluation.standings}
    codes = sorted(question.among)
    branches = tuple(Sentence(BRANCH, {"code": code, "name": names[code]}) for code in codes)
    values: dict[str, Value] = {
        "branches": branches,
        "places": question.places,
        "codes": ", ".join(codes),
    }
    selection = evaluation.criteria.selection
    tied = ONTO_LIST if selection and selection.slate else TIED
    wording = LISTED if question.listed else DRAWN if question.draw else tied
    return Sentence(wording, values)


def questions_said(evaluation: Evaluation) -> list[QuestionSaid]:
    return [
        {
            "among": sorted(question.among),
            "places": question.places,
            "listed": question.listed,
            "draw": question.draw,
            "said": both(due(evaluation, question)),
        }
        for question in evaluation.questions
    ]


def decisions_said(evaluation: Evaluation) -> list[DecisionSaid]:
    return [_said(evaluation, decision) for decision in evaluation.decisions]


def _said(evaluation: Evaluation, decision: Decision) -> DecisionSaid:
    named = decision.named
    if decision.seed is not None:
        drawn = (s for s in evaluation.standings if s.decision == decision and s.outcome in WON)
        named = frozenset(s.card.submission.code for s in drawn)
    votes = decision.votes
    return {
        "file": written(decision.path),
        "day": decision.day.isoformat(),
        "by": both(decision.by),
        "reason": decision.reason,
        "among": sorted(decision.among),
        "named": sorted(named),
        "seed": None if decision.seed is None else masked(decision.seed),
        "votes": VotesSaid(ayes=votes[0], noes=votes[1], abstained=votes[2]) if votes else None,
    }
