"""The designs of certificates: their templates, and how much room they have."""

from collections.abc import Mapping
from typing import NamedTuple

from branchscore.criteria.outcome import Award


class Design(NamedTuple):
    """A template and its room in millimetres: for the text, for the issuers side by side and for
    their seals; `beside` is the room for issuers where a code to check stands by. `own` is the
    text of a template that did not come with the installation."""

    name: str
    template: str
    width: int
    height: int
    seal: int
    issuers: int
    beside: int
    own: str | None = None


LANDSCAPE = Design("landscape", "certificate.html.j2", 217, 76, 30, 217, 140)
PORTRAIT = Design("portrait", "certificate-portrait.html.j2", 140, 104, 40, 156, 156)
DESIGNS: Mapping[str, Design] = {design.name: design for design in (LANDSCAPE, PORTRAIT)}


def design_of(award: Award) -> Design:
    """The design that the criteria chose; one of its own has the room of the landscape one."""
    if award.own is None:
        return DESIGNS[award.design]
    return LANDSCAPE._replace(name=award.design, own=award.own.raw.decode("utf-8"))
