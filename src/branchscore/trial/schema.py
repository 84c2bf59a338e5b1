"""The JSON Schema of case files."""

from pydantic import TypeAdapter

from branchscore.text.phrase import Phrase
from branchscore.text.schema import Schema, published
from branchscore.trial.model import CaseFile

TITLE = Phrase("评分表的案例", "cases of a criteria file")


def cases_schema() -> Schema:
    """What is answered is not looked into: that differs from table to table."""
    return published(TypeAdapter(CaseFile), TITLE, "validation")
