"""branchscore: criteria, submissions and reviews in; explained scores and paper out.

>>> import branchscore
>>> evaluation = branchscore.evaluate("criteria/x.yaml", "submissions/x")  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from branchscore.evaluation import Evaluation, evaluate
    from branchscore.text.diagnostics import Diagnostic, Faulty, Span

__version__ = "0.1.0"
__all__ = ["Diagnostic", "Evaluation", "Faulty", "Span", "__version__", "evaluate"]

# Read when first asked for: most commands need only some of it, and `--help` nothing.
HOMES = {
    "Diagnostic": "branchscore.text.diagnostics",
    "Evaluation": "branchscore.evaluation",
    "Faulty": "branchscore.text.diagnostics",
    "Span": "branchscore.text.diagnostics",
    "evaluate": "branchscore.evaluation",
}


def __getattr__(name: str) -> Any:
    home = HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
