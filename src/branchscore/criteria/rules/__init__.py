"""Every kind of rule, in one closed union: what is it worth?"""

from typing import Annotated

from pydantic import Field as Key

from branchscore.criteria.rules.all_or_nothing import AllOrNothing
from branchscore.criteria.rules.bands import Bands
from branchscore.criteria.rules.excess import Excess
from branchscore.criteria.rules.given import Given
from branchscore.criteria.rules.levels import Levels
from branchscore.criteria.rules.linear import Linear
from branchscore.criteria.rules.marginal import Marginal
from branchscore.criteria.rules.per_unit import PerUnit
from branchscore.criteria.rules.places import Places
from branchscore.criteria.rules.shortfall import Shortfall
from branchscore.criteria.rules.tiers import Tiers

Rule = Annotated[
    AllOrNothing
    | Shortfall
    | Excess
    | PerUnit
    | Marginal
    | Linear
    | Bands
    | Places
    | Levels
    | Tiers
    | Given,
    Key(discriminator="kind"),
]
