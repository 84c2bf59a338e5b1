"""The panel as a whole and the line between in and out, as plain data and as a picture."""

from typing import TYPE_CHECKING

from branchscore.evaluation import Evaluation
from branchscore.outputs.results_safety import (
    NearSaid,
    PanelSaid,
    ReviewerSaid,
    SafetySaid,
    SwapSaid,
)
from branchscore.outputs.wordings import Both, both
from branchscore.panel.quality import Quality, quality, root, told
from branchscore.panel.severity import Reviewer
from branchscore.scoring.panel import marks_of
from branchscore.text.numbers import Exact, divided, plain, printed, rounded

if TYPE_CHECKING:
    from branchscore.safety.outlook import Swap

DECIMALS = 4
REACH: Exact = 45
"""So many per cent of the picture's width lie between the line and the branch farthest from it."""


def panel_said(evaluation: Evaluation) -> PanelSaid | None:
    """None where there are not two reviewers who each gave marks of their own."""
    found = quality(marks_of(evaluation.criteria, evaluation.reviews.judgements))
    if found is None:
        return None
    one, several = found.icc or (None, None)
    return {
        "alpha": _short(found.alpha),
        "icc_one": _short(one),
        "icc_mean": _short(several),
        "concordance": _short(found.concordance),
        "groups": [sorted(group) for group in found.groups],
        "reviewers": [_reviewer(one, found) for one in found.reviewers],
        "said": [both(sentence) for sentence in found.sentences()],
    }


def _reviewer(one: Reviewer, found: Quality) -> ReviewerSaid:
    return {
        "name": one.name,
        "branches": found.loads[one.name],
        "marks": one.marks,
        "shared": one.shared,
        "leaning": _short(one.leaning),
        "unsteady": None if one.unsteady is None else plain(root(one.unsteady)),
        "said": both(told(one)),
    }


def _short(figure: Exact | None) -> str | None:
    return None if figure is None else plain(rounded(figure, DECIMALS, "half-up"))


def safety_said(evaluation: Evaluation) -> SafetySaid | None:
    """None where there is no line, or where it cannot be told from totals who is named."""
    criteria = evaluation.criteria
    if criteria.selection is None:
        return None
    # numpy is for evaluations only: it takes longer to import than most commands to run.
    from branchscore.safety.outlook import outlook  # noqa: PLC0415
    from branchscore.safety.told import sentences  # noqa: PLC0415

    bound = criteria.selection.safety.weights
    found = outlook(criteria, evaluation.standings, evaluation.reviews.judgements, bound)
    if found is None:
        return None
    titles = {indicator.id: both(indicator.title) for indicator in criteria.indicators()}
    near: list[NearSaid] = [
        {
            "code": one.card.submission.code,
            "name": one.card.submission.branch,
            "rank": one.rank,
            "given": one.given,
            "open": one.open,
            "points": plain(one.card.low),
            "margin": None if one.margin.points is None else plain(one.margin.points),
            "single": list(one.margin.single),
            "fewest": one.margin.fewest,
            "chances": dict(one.chances),
        }
        for one in found.near
    ]
    return {
        "draws": found.draws,
        "varied": plain(found.varied),
        "same": dict(found.same),
        "near": near,
        "swaps": [_swap(swap, titles.get(swap.name)) for swap in found.swaps],
        "said": [both(sentence) for sentence in sentences(found)],
    }


def _swap(swap: "Swap", title: Both | None) -> SwapSaid:
    return {
        "kind": swap.kind,
        "name": swap.name,
        "title": title or Both(zh=swap.name, en=swap.name),
        "comes": list(swap.comes),
        "goes": list(swap.goes),
    }


def dots(safety: SafetySaid | None) -> dict[str, str]:
    """Where each branch near the line stands in the picture, in per cent of its width."""
    if safety is None:
        return {}
    margins = {
        one["code"]: printed(one["margin"]) for one in safety["near"] if one["margin"] is not None
    }
    most = max([1, *margins.values(), *(-margin for margin in margins.values())])
    return {
        code: plain(rounded(50 + divided(margin * REACH, most), 2, "half-up"))
        for code, margin in margins.items()
    }
