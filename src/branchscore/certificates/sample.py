"""A certificate of nobody, to see what a design does: every one of it is marked as fictional."""

from branchscore.certificates.issue import Certificate, filled_in
from branchscore.criteria.model import Criteria
from branchscore.criteria.outcome import Award
from branchscore.outputs.wordings import both
from branchscore.text.phrase import Phrase

NAME = "中国共产党示例区虚构街道离退休干部支部委员会"
NO_GRADE = Phrase("（等次）", "(grade)")


def sample(criteria: Criteria, award: Award, name: str = NAME) -> Certificate:
    """What the certificate of a branch of this name would say, with the highest grade."""
    grade = criteria.grades.bands[0].title if criteria.grades else NO_GRADE
    return filled_in(criteria, award, "sample", name, both(grade), 1, fictional=True)
