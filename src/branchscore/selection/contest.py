"""One campaign's contest: order, classes of equals, places, and why each is in or out."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from branchscore.criteria.model import Criteria
from branchscore.criteria.selection import Group, Selection
from branchscore.scoring.scorecard import Scorecard
from branchscore.selection import wordings
from branchscore.selection.doubt import Doubt, Entry, pending_high
from branchscore.selection.grading import Grade, Ladder
from branchscore.selection.order import Order
from branchscore.selection.places import Leaf, Places, Turn
from branchscore.selection.standing import Outcome, Standing
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase, Sentence, Value

GIVEN = frozenset({Outcome.NAMED, Outcome.CANDIDATE})
DOUBTED = GIVEN | {Outcome.NOT_NAMED, Outcome.BELOW_MINIMUM, Outcome.RESERVE, Outcome.LAST_OUT}


def leaf_of(groups: Sequence[Group], card: Scorecard) -> Leaf:
    """The way to the innermost group that the branch belongs to."""
    for i, group in enumerate(groups):
        if card.submission.answers.get(group.field) in group.one_of:
            return (i, *leaf_of(group.groups, card))
    return ()


class Contest:
    """Ranks what is to be ranked, and hands out the places."""

    def __init__(
        self,
        criteria: Criteria,
        ladder: Ladder,
        cards: Sequence[Scorecard],
        judged: bool = False,
    ) -> None:
        self.criteria, self.ladder, self.cards = criteria, ladder, cards
        self.selection = selection = criteria.selection or Selection(ties=())
        self.order = Order(criteria, selection, cards)
        self.classes = self.order.classes(cards)
        self.grades = ladder.shared_out(self.classes)
        self.step = ladder.places[selection.minimum] if selection.minimum else len(ladder.bands)
        self.last_out = self._last_out()
        self.leaves = {c.submission.code: leaf_of(selection.groups, c) for c in cards}
        able = [c for c in cards if self._good(c)]
        size = selection.places(len(cards))
        if size is not None and selection.slate:
            size = selection.slate.of(size)
        counts = Counter(self.leaves.values())
        there = Counter(self._leaf(c) for c in able)
        self.places = Places(selection.groups, size, counts, there)
        self.doubt = Doubt(
            self.order,
            self.places,
            [
                Entry(c, self._leaf(c), self._good(c), self.grade(c).best <= self.step)
                for c in (() if judged else cards)
            ],
        )

    def _leaf(self, card: Scorecard) -> Leaf:
        return self.leaves[card.submission.code]

    def _last_out(self) -> frozenset[str]:
        """Those at the end of the ranking, as many as fit whole among the last."""
        portion = self.selection.last_out
        left = portion.of(len(self.cards)) if portion else 0
        out: list[str] = []
        for some in reversed(self.classes):
            if len(some) > left:
                break
            out += [card.submission.code for card in some]
            left -= len(some)
        return frozenset(out)

    def _good(self, card: Scorecard) -> bool:
        return self.grade(card).worst <= self.step and card.submission.code not in self.last_out

    def grade(self, card: Scorecard) -> Grade:
        return self.grades[card.submission.code]

    def standings(self) -> Iterator[Standing]:
        before, rank, reserved = Counter[Leaf](), 1, 0
        lows = dict[Leaf, Exact]()
        for some in self.classes:
            good = [card for card in some if self._good(card)]
            here = Counter(self._leaf(card) for card in good)
            turn = Turn(self.places, before, here)
            reserve = False
            for card in some:
                outcome = self._outcome(card, turn)
                if outcome is Outcome.NOT_NAMED and reserved < self.selection.reserve:
                    reserve, outcome = True, Outcome.RESERVE
                why = self._why(card, some, rank, outcome, turn, lows)
                if outcome is Outcome.RESERVE:
                    why = Sentence(wordings.RESERVE, {"why": why, "number": reserved + 1})
                yield self._standing(card, rank, outcome, why, turn)
            for card in good:
                if turn.certain(self._leaf(card)):
                    lows[self._leaf(card)] = card.low
            rank, before = rank + len(some), before + here
            reserved += sum(not turn.possible(self._leaf(c)) for c in good) if reserve else 0

    def together(self, codes: Collection[str]) -> bool:
        """Whether these of one class of equals can all have a place beside those above them and
        those of the class that are sure of one."""
        before = Counter[Leaf]()
        for some in self.classes:
            good = Counter(self._leaf(card) for card in some if self._good(card))
            if any(card.submission.code in codes for card in some):
                turn = Turn(self.places, before, good)
                before += Counter({x: n for x, n in good.items() if turn.certain(x)})
                break
            before += good
        more = before + Counter(self.leaves[code] for code in codes)
        return self.places.held(more) == self.places.held(before) + len(codes)

    def _standing(
        self, card: Scorecard, rank: int, outcome: Outcome, why: Sentence, turn: Turn
    ) -> Standing:
        grade = self.grade(card)
        if grade.why:
            why = Sentence(wordings.WITH_GRADE, {"why": why, "grade": grade.why})
        if outcome is Outcome.TIED:
            doubted = self.doubt.unsettles(card)
        else:
            doubted = outcome in DOUBTED and self.doubt.changes(card, outcome in GIVEN)
        if doubted:
            low, high = card.low, pending_high(card)
            outcome = Outcome.OPEN
            why = Sentence(wordings.OPEN, {"why": why, "low": low, "high": high})
        left = turn.left if outcome is Outcome.TIED else 0
        if outcome is Outcome.CANDIDATE:
            left = min(self.selection.places(len(self.cards)) or 0, self.places.size)
        return Standing(card, rank, grade.title, outcome, why, left)

    def _outcome(self, card: Scorecard, turn: Turn) -> Outcome:
        if self.criteria.selection is None:
            return Outcome.RANKED
        if card.submission.code in self.last_out:
            return Outcome.LAST_OUT
        if not self._good(card):
            return Outcome.BELOW_MINIMUM
        if turn.certain(self._leaf(card)):
            return Outcome.CANDIDATE if self.selection.slate else Outcome.NAMED
        return Outcome.TIED if self._tied(card, turn) else Outcome.NOT_NAMED

    def _tied(self, card: Scorecard, turn: Turn) -> bool:
        leaf = self._leaf(card)
        return self._good(card) and turn.possible(leaf) and not turn.certain(leaf)

    def _why(
        self,
        card: Scorecard,
        some: Sequence[Scorecard],
        rank: int,
        outcome: Outcome,
        turn: Turn,
        lows: Mapping[Leaf, Exact],
    ) -> Sentence:
        minimum = self.ladder.bands[self.step] if self.step < len(self.ladder.bands) else None
        rivals = some if outcome is not Outcome.TIED else [c for c in some if self._tied(c, turn)]
        values: dict[str, Value] = {
            "total": card.low,
            "rank": rank,
            "places": self.places.size,
            "still": self._still(),
            "minimum": minimum.title if minimum else "",
            "limit": minimum.at_least if minimum else 0,
            "tie": self._tie(card),
            "others": _others([c.submission.branch for c in rivals], card),
            "left": turn.left,
            "bound": len(self.last_out),
        }
        wording = self._wording(card, outcome, turn, lows, values)
        return Sentence(wording, values)

    def _wording(
        self,
        card: Scorecard,
        outcome: Outcome,
        turn: Turn,
        lows: Mapping[Leaf, Exact],
        values: dict[str, Value],
    ) -> Phrase:
        selection, leaf = self.selection, self._leaf(card)
        match outcome:
            case Outcome.NAMED:
                return self._named(turn, leaf, values)
            case Outcome.NOT_NAMED | Outcome.RESERVE:
                return self._left_out(card, turn, lows, values)
            case Outcome.TIED:
                return wordings.TIED_DRAW if selection.draw else wordings.TIED
            case Outcome.BELOW_MINIMUM:
                return wordings.BELOW
            case Outcome.CANDIDATE:
                return wordings.CANDIDATE
            case Outcome.LAST_OUT:
                return wordings.LAST_OUT
        return wordings.RANKED

    def _named(self, turn: Turn, leaf: Leaf, values: dict[str, Value]) -> Phrase:
        for depth in range(len(leaf), 0, -1):
            node = self.places.way(leaf)[depth]
            if node.group and self.places.owes(turn.before, leaf, depth):
                if not self.places.fits(turn.all_but(leaf), leaf, floors=False):
                    values |= {"group": node.group.title, "bound": node.floor}
                    return wordings.FLOOR
                break
        unlimited = self.selection.places(len(self.cards)) is None
        return wordings.REACHED if unlimited else wordings.NAMED

    def _left_out(
        self, card: Scorecard, turn: Turn, lows: Mapping[Leaf, Exact], values: dict[str, Value]
    ) -> Phrase:
        node, depth = self.places.full(turn.all_but(self._leaf(card)), self._leaf(card))
        way = self._leaf(card)[:depth]
        last = min((low for leaf, low in lows.items() if leaf[:depth] == way), default=card.low)
        gap = last - card.low if self.order.level[last] > self.order.level[card.low] else 0
        values["gap"] = gap
        kept = tuple(group.title for group in self.places.owed(turn.before))
        if node.group:
            values |= {"group": node.group.title, "bound": node.cap}
            return wordings.GROUP_FULL if gap else wordings.GROUP_LOST
        if kept:
            values["kept"] = kept
            return wordings.KEPT
        return wordings.NOT_NAMED if gap else wordings.LOST_TIE

    def _still(self) -> Value:
        chain = self.order.chain
        return Sentence(wordings.STILL, {"chain": chain}) if chain else wordings.NO_TIE

    def _tie(self, card: Scorecard) -> Value:
        """Names the branches with the same total, which only the tie chain kept apart."""
        beside = self.order.parted(card)
        if not beside or not self.order.chain:
            return wordings.NO_TIE
        values: dict[str, Value] = {
            "others": _others([c.submission.branch for c in beside], card),
            "chain": self.order.chain,
            "within": self.order.within,
        }
        return Sentence(wordings.TIE_CLOSE if self.order.within else wordings.TIE_BROKEN, values)


def _others(branches: Sequence[str], card: Scorecard) -> Value:
    """The branches beside this one, by name as long as that can be read."""
    others = tuple(branch for branch in branches if branch != card.submission.branch)
    if len(others) > wordings.MOST_NAMED:
        return Sentence(wordings.MANY, {"number": len(others)})
    return others
