"""The measures that read a submission directly and yield a number: operands of the others."""

from typing import Annotated

from pydantic import Field as Key

from branchscore.criteria.measures.count import Count
from branchscore.criteria.measures.elements import Elements
from branchscore.criteria.measures.periods import Periods
from branchscore.criteria.measures.total import Total
from branchscore.criteria.measures.value import Value

Plain = Annotated[Value | Count | Total | Periods | Elements, Key(discriminator="kind")]
