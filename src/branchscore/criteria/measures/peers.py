"""A branch among all branches of its campaign."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field as Key

from branchscore.criteria.complaint import Complaint
from branchscore.criteria.fields import ChoiceField
from branchscore.criteria.found import Facts, Found, Measured, NotStated, Peers, Pending, Shape
from branchscore.criteria.measures.base import Fields, MeasureBase, Name, operand_complaints
from branchscore.criteria.measures.change import Change
from branchscore.criteria.measures.days import Days
from branchscore.criteria.measures.difference import Difference
from branchscore.criteria.measures.plain import Plain
from branchscore.criteria.measures.share import Share
from branchscore.criteria.measures.votes import Votes
from branchscore.text.numbers import Exact, divided
from branchscore.text.phrase import Percent, Phrase, Sentence, Value, readable
from branchscore.text.scalars import Identifier

Compared = Annotated[Plain | Difference | Share | Change | Days | Votes, Key(discriminator="kind")]
HIGHER, LOWER = Phrase("高", "above"), Phrase("低", "below")
ABOVE = Phrase(
    "{own} {unit}，比平均 {against} {unit}{side} {value} {unit}",
    "{own} {unit}, {value} {unit} {side} the mean of {against}",
)
EQUAL = Phrase("{own} {unit}，与平均相同", "{own} {unit}, the same as the mean")
OF_MEAN = Phrase(
    "{own} {unit}，是平均 {against} {unit}的 {value}",
    "{own} {unit}, {value} of the mean of {against}",
)
OF_BEST = Phrase(
    "{own} {unit}，是最好者 {against} {unit}的 {value}",
    "{own} {unit}, {value} of the best, {against}",
)
PLACES = Phrase("名", "place")


class AmongPeers(MeasureBase):
    """与本次全部申报支部相比：`rank` 第几名；`above_mean` 比平均数高多少（低则为负）；`of_mean`
    是平均数的百分之几；`of_best` 是最好者的百分之几。没有填报的支部不计在内。`better` 写明多好还是
    少好；`among` 只与同类支部比。

    A branch among all branches of the campaign that stated the number: its `rank` (1 is best,
    equals share a place), how far `above_mean` it is, or what share `of_mean` or `of_best`.
    `better` says whether more or less is better; `among` compares only branches that chose
    the same option of that field. Figures are taken in a first pass over all submissions.

    Example: `{kind: peers, of: {kind: value, field: mean_age}, figure: above_mean, better: less}`
    """

    kind: Literal["peers"]
    of: Compared
    """比什么 · the number that is compared"""
    figure: Literal["rank", "above_mean", "of_mean", "of_best"]
    """怎样比 · how it is compared"""
    better: Literal["more", "less"]
    """多好还是少好 · which is better"""
    among: Identifier | None = None
    """只与这一项相同的支部比 · compare only branches equal in this choice"""

    def peers_key(self, facts: Facts) -> tuple[int, object]:
        """Under which the numbers of this branch and its peers are gathered."""
        return id(self), facts.values.get(self.among) if self.among else None

    def measure(self, facts: Facts, item: str) -> Measured:
        found = self.of.measure(facts, item)
        if not isinstance(found, Found):
            return found
        if found.at_least:
            return NotStated(found.fields, partial=True)
        if self.among and facts.values.get(self.among) is None:
            return NotStated((self.among,))
        if facts.alone:
            return Pending(peers=True)
        peers = facts.peers.get(self.peers_key(facts)) or Peers((found.number,))
        value = self._compared(found.number, peers)
        return Found(
            value,
            ratio=self.ratio,
            fields=found.fields,
            records=found.records,
            told=self._told(found, value, peers, facts),
        )

    def _compared(self, number: Exact, peers: Peers) -> Exact:
        mean, more = peers.mean, self.better == "more"
        match self.figure:
            case "rank":
                return 1 + sum(1 for n in peers.numbers if n != number and (n > number) == more)
            case "above_mean":
                return number - mean
            case "of_mean":
                return divided(number, mean) if mean else int(bool(number))
        best = max(peers.numbers) if more else min(peers.numbers)
        part, whole = (number, best) if more else (best, number)
        return divided(part, whole) if whole else 1

    def _told(self, found: Found, value: Exact, peers: Peers, facts: Facts) -> Sentence | None:
        if self.figure == "rank":
            return None
        more = self.better == "more"
        against = peers.mean
        if self.figure == "of_best":
            against = max(peers.numbers) if more else min(peers.numbers)
        unit = self.of.unit_in(facts.fields)
        values: dict[str, Value] = {
            "own": Percent(found.number) if found.ratio else found.number,
            "against": Percent(against) if found.ratio else readable(against),
            "unit": "" if found.ratio else unit,
            "value": Percent(value) if self.ratio else readable(abs(value)),
            "side": HIGHER if value > 0 else LOWER,
        }
        if self.figure == "above_mean":
            values["value"] = Percent(abs(value)) if self.ratio else readable(abs(value))
            return Sentence(ABOVE if value else EQUAL, values)
        return Sentence(OF_BEST if self.figure == "of_best" else OF_MEAN, values)

    def shape(self, fields: Fields) -> Shape:
        return Shape.NUMBER

    @property
    def ratio(self) -> bool:
        return self.figure in ("of_mean", "of_best") or (
            self.figure == "above_mean" and self.of.ratio
        )

    def unit_in(self, fields: Fields) -> Phrase:
        return self.unit or (PLACES if self.figure == "rank" else self.of.unit_in(fields))

    def operands(self) -> Iterator[MeasureBase]:
        yield self.of

    def reads(self) -> Iterator[Name]:
        yield from self.of.reads()
        if self.among:
            yield (self.among,)

    def complaints(self, fields: Fields) -> Iterator[Complaint]:
        yield from operand_complaints(self.of, "of", fields)
        if self.among and not isinstance(fields.get(self.among), ChoiceField):
            known = ", ".join(n for n, field in fields.items() if isinstance(field, ChoiceField))
            yield Complaint("C001", ("among",), {"name": self.among, "known": known})
