"""branchscore: criteria, submissions and reviews in; explained scores and paper out.

>>> import branchscore
>>> evaluation = branchscore.evaluate("criteria/x.yaml", "submissions/x")  # doctest: +SKIP
"""

from branchscore.evaluation import Evaluation, evaluate
from branchscore.text.diagnostics import Diagnostic, Faulty, Span

__version__ = "0.1.0"
__all__ = ["Diagnostic", "Evaluation", "Faulty", "Span", "__version__", "evaluate"]
