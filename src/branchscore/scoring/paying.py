"""Measures and rules at work: facts → points with reasons, for one indicator.

The same finding earns the same whoever's it is, so each is paid and worded once.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from branchscore.criteria.fields import Asked
from branchscore.criteria.found import Facts, Found, Marks, Measured, NotStated, Pending
from branchscore.criteria.indicator import Applies, Assessed, Indicator, Leaf, Variant
from branchscore.criteria.model import Criteria
from branchscore.criteria.rules.base import Payment
from branchscore.criteria.secrecy import told
from branchscore.scoring import words
from branchscore.scoring.panel import PanelPayer
from branchscore.scoring.verdict import Line, Paid, State, Verdict
from branchscore.text.numbers import Exact, rounded, total
from branchscore.text.phrase import Phrase, Sentence, Value

ZERO: Exact = 0
MOST_REMEMBERED = 20_000


class LeafPayer:
    """Pays for one measure by one rule; `floor` is the least, `last` rounds where items are."""

    def __init__(self, criteria: Criteria, leaf: Leaf, floor: Exact, last: bool) -> None:
        self.leaf, self.floor, self.fields = leaf, floor, criteria.fields
        self.item = leaf.item(criteria.fields)
        self.rounding = criteria.rounding if last and criteria.rounding.at == "item" else None
        self.secret = told(leaf.measure, criteria.fields)
        self.paid: dict[tuple[object, ...], Verdict] = {}
        self.panel = PanelPayer(criteria, leaf, self.item)

    def pay(self, facts: Facts) -> Paid:
        measured = self.leaf.measure.measure(facts, self.leaf.id)
        if not isinstance(measured, Found):
            marks = facts.judgements.get(self.leaf.id)
            return self._panelled(marks) if isinstance(marks, Marks) else self.open(measured, facts)
        verdict = self.paid.get(measured.key)
        if verdict is None:
            verdict = self._hushed(self._verdict(measured), self.secret)
            if len(self.paid) < MOST_REMEMBERED:
                self.paid[measured.key] = verdict
        return Paid(verdict, measured.fields, measured.records)

    def _panelled(self, marks: Marks) -> Paid:
        """What several reviewers gave."""
        verdict = self.panel.pay(marks, self.floor, self._within)
        return Paid(self._hushed(self._signed(verdict), self.secret))

    def open(self, measured: Measured, facts: Facts) -> Paid:
        """What nobody has answered, or judged, yet."""
        state, wording = State.NOT_STATED, words.NOT_STATED
        if isinstance(measured, Pending):
            state = State.PENDING
            wording = words.AWAITS_PEERS if measured.peers else words.PENDING
        elif isinstance(measured, NotStated) and measured.partial:
            wording = words.INCOMPLETE
        fields = unread(measured)
        values: dict[str, Value] = {
            "title": self.item.title,
            "fields": titles(fields, facts.fields) or words.SELF_SCORE,
            "low": self.floor,
            "high": self.item.points,
            **words.sign(self.item.takes),
        }
        why = (Sentence(wording, values),)
        verdict = Verdict(state, None, self.floor, self.item.points, why)
        return Paid(self._signed(verdict), fields)

    def exempt(self, applies: Applies, measured: Found, facts: Facts) -> Paid:
        """What is not asked of this branch."""
        if applies.otherwise == "peer_mean" and facts.alone:
            return self.open(Pending(peers=True), facts)
        points, peers = ZERO, facts.peers.get(("points", self.leaf.id))
        if applies.otherwise == "full":
            points = self.item.points
        elif applies.otherwise == "peer_mean":
            points = self._rounded(peers.mean) if peers else self.item.points
        wording = words.DROPPED if applies.otherwise == "drop" else words.EXEMPT
        values: dict[str, Value] = {
            "title": self.item.title,
            "wanted": applies.wanted(measured, applies.measure.unit_in(self.fields)),
            "subject": words.subject(applies.measure, self.fields),
            "value": measured.shown(),
            "points": points,
        }
        why = [Sentence(wording, values)]
        if applies.otherwise == "peer_mean" and peers:
            why.append(Sentence(words.PEER_MEAN, {"number": len(peers.numbers)}))
        points = -points if self.item.takes else points
        dropped = applies.otherwise == "drop"
        verdict = Verdict(
            State.NOT_APPLICABLE,
            points,
            points,
            points,
            tuple(why),
            measured=measured.shown(),
            dropped=dropped,
        )
        return Paid(self._hushed(verdict, told(applies.measure, self.fields)), measured.fields)

    def _hushed(self, verdict: Verdict, secret: bool) -> Verdict:
        """Without what would tell a secret answer."""
        if not secret:
            return verdict
        why = words.withheld(self.item.title, verdict.low, verdict.high, self.item.takes)
        return replace(verdict, why=why, gain=None, measured=None)

    def _verdict(self, found: Found) -> Verdict:
        rule, item = self.leaf.rule, self.item
        payment = rule.pay(found, item)
        points = self.bounded(payment)
        if found.at_least:
            rises = rule.rises(item.takes)
            low = points if rises is True else self.floor
            high = points if rises is False else item.points
            if low != high:
                known = (words.at_least(item, found, low, high),)
                shown = found.shown()
                return self._signed(
                    Verdict(State.NOT_STATED, None, low, high, known, measured=shown)
                )
        state, why = State.SCORED, [payment.why]
        if found.claimed is not None:
            claim = found.claim
            if self.bounded(rule.pay(claim, item)) != points:
                state = State.NOT_PROVEN
                why.append(Sentence(words.UNPROVEN, {"claimed": words.claimed(claim, item)}))
        stated = payment.points == points
        stated = stated and (rule.states_losses if item.takes else rule.states_points)
        if not stated and (payment.points or not item.takes):
            why.append(words.closing(payment.points, points, item.points, item.takes))
        gain = payment.gain if points < item.points else None
        verdict = Verdict(state, payment.points, points, points, tuple(why), gain, found.shown())
        return self._signed(verdict)

    def bounded(self, payment: Payment) -> Exact:
        return self._within(payment.points)

    def _within(self, points: Exact) -> Exact:
        return self._rounded(min(max(points, self.floor), self.item.points))

    def _rounded(self, points: Exact) -> Exact:
        if self.rounding is None:
            return points
        return rounded(points, self.rounding.decimals, self.rounding.rule)

    def _signed(self, verdict: Verdict) -> Verdict:
        """Points that are taken off are negative, and there is nothing to be gained there."""
        if not self.item.takes:
            return verdict
        before = None if verdict.before is None else -verdict.before
        return replace(verdict, before=before, low=-verdict.high, high=-verdict.low, gain=None)


class AssessedPayer:
    """Pays for an indicator without parts, or a part: whether it applies, and by which variant."""

    def __init__(
        self, criteria: Criteria, assessed: Assessed, takes: bool, floor: Exact, last: bool
    ) -> None:
        self.assessed, self.fields = assessed, criteria.fields
        self.payers = [
            LeafPayer(criteria, leaf, floor, last) for leaf in assessed.own_leaves(takes)
        ]

    def pay(self, facts: Facts) -> Paid:
        applies, first = self.assessed.applies, self.payers[0]
        if applies is not None:
            measured = applies.measure.measure(facts, self.assessed.id)
            if not isinstance(measured, Found):
                return first.open(measured, facts)
            if applies.holds(measured) is False:
                return first.exempt(applies, measured, facts)
        if not self.assessed.variants:
            return first.pay(facts)
        return self._chosen(facts)

    def _chosen(self, facts: Facts) -> Paid:
        for variant, payer in zip(self.assessed.variants, self.payers, strict=True):
            if variant.when is None:
                return self._named(variant, payer.pay(facts), ())
            measured = variant.when.measure.measure(facts, self.assessed.id)
            if not isinstance(measured, Found):
                return self.payers[0].open(measured, facts)
            if variant.when.holds(measured) is not False:
                return self._named(variant, payer.pay(facts), measured.fields)
        return self._no_variant(facts)

    def _named(self, variant: Variant, paid: Paid, fields: tuple[str, ...]) -> Paid:
        if variant.when and told(variant.when.measure, self.fields):
            return Paid(paid.verdict, (*paid.fields, *fields), paid.records)
        why = (Sentence(words.BY_VARIANT, {"variant": variant.title}), *paid.verdict.why)
        return Paid(replace(paid.verdict, why=why), (*paid.fields, *fields), paid.records)

    def _no_variant(self, facts: Facts) -> Paid:
        leaf, when = self.payers[0].leaf, self.assessed.variants[-1].when
        why = (Sentence(words.NO_VARIANT, {"title": leaf.title}),)
        fields = tuple(name[0] for name in when.measure.reads()) if when else ()
        return Paid(Verdict(State.NOT_APPLICABLE, ZERO, ZERO, ZERO, why), fields)


class IndicatorPayer:
    """Pays for one line of the table."""

    def __init__(self, criteria: Criteria, indicator: Indicator, penalty: bool) -> None:
        self.indicator, self.penalty, self.rounding = indicator, penalty, criteria.rounding
        self.parts = [
            AssessedPayer(criteria, part, part.takes or penalty, ZERO, last=False)
            for part in indicator.parts
        ]
        self.pay: Callable[[Facts], Paid] = self._sum
        if not indicator.parts:
            whole = AssessedPayer(criteria, indicator, penalty, indicator.floor, last=True)
            plain = not indicator.applies and not indicator.variants
            self.pay = whole.payers[0].pay if plain else whole.pay
        self.applies = self._applying(criteria) if indicator.parts and indicator.applies else None

    def _applying(self, criteria: Criteria) -> LeafPayer:
        """Stands for the item as a whole, to say that it is not asked."""
        leaf = next(self.indicator.leaves(self.penalty))
        item = self.indicator
        whole = replace(leaf, id=item.id, title=item.title, points=item.points, takes=self.penalty)
        return LeafPayer(criteria, whole, self.indicator.floor, last=True)

    def line(self, facts: Facts) -> Line:
        return Line(self.indicator, *self.pay(facts))

    def _sum(self, facts: Facts) -> Paid:
        applies = self.indicator.applies
        if self.applies and applies:
            measured = applies.measure.measure(facts, self.indicator.id)
            if not isinstance(measured, Found):
                return self.applies.open(measured, facts)
            if applies.holds(measured) is False:
                return self.applies.exempt(applies, measured, facts)
        paid = [payer.pay(facts) for payer in self.parts]
        verdicts = [one.verdict for one in paid]
        return Paid(
            self._added(verdicts),
            tuple(name for one in paid for name in one.fields),
            tuple(records for one in paid for records in one.records),
        )

    def _added(self, verdicts: list[Verdict]) -> Verdict:
        base = self.indicator.base
        least = base + total([v.low for v in verdicts])
        most = base + total([v.high for v in verdicts])
        low, high = self._bounded(least), self._bounded(most)
        why = [sentence for v in verdicts for sentence in v.why]
        if base:
            why.insert(0, Sentence(words.BASE, {"title": self.indicator.title, "points": base}))
        if low == high:
            why.append(words.summed(least, low, self.indicator, self.penalty))
        else:
            why.append(Sentence(words.SUM_OPEN, {"low": low, "high": high}))
        full = low >= self.indicator.points
        gains = () if full else tuple(v.gain for v in verdicts if v.gain)
        return Verdict(
            self._state(verdicts, low == high),
            least if low == high else None,
            low,
            high,
            tuple(why),
            Sentence(Phrase("{gains}", "{gains}"), {"gains": gains}) if gains else None,
        )

    def _bounded(self, points: Exact) -> Exact:
        most = self.indicator.points
        bottom, top = (-most, ZERO) if self.penalty else (self.indicator.floor, most)
        points = min(max(points, bottom), top)
        if self.rounding.at != "item":
            return points
        return rounded(points, self.rounding.decimals, self.rounding.rule)

    @staticmethod
    def _state(verdicts: list[Verdict], decided: bool) -> State:
        states = [verdict.state for verdict in verdicts]
        order = (State.PENDING, State.NOT_STATED) if not decided else (State.NOT_PROVEN,)
        for state in order:
            if state in states:
                return state
        if all(state is State.NOT_APPLICABLE for state in states):
            return State.NOT_APPLICABLE
        return State.SCORED


def unread(measured: Measured) -> tuple[str, ...]:
    return getattr(measured, "fields", ())


def titles(names: tuple[str, ...], fields: Mapping[str, Asked]) -> tuple[Phrase, ...]:
    return tuple(fields[name].title for name in names)
