"""How more of what a measure finds could be had: changes of the answers, the smallest first.

Only what more doing can bring is a way. What cannot be undone, what others decide (votes, the
panel, peers) and what is as it is (a date, an age) has none, and no step is made up for it.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from branchscore.advice.change import PROOF, Add, Also, Change, Changes, Prove, Set
from branchscore.advice.records import MOST, Record, by_slot, counting, further
from branchscore.advice.situation import Situation
from branchscore.advice.words import (
    ADD_RECORDS,
    ADD_TEXTS,
    BY_PERIOD,
    CHOOSE,
    DO,
    HAVE,
    PROVE,
    PROVE_ANSWER,
    RAISE,
    TOTAL_MORE,
    described,
)
from branchscore.criteria.condition import Condition
from branchscore.criteria.fields import (
    BooleanField,
    ChoiceField,
    DecimalField,
    EvidenceField,
    IntegerField,
    ListField,
    TextsField,
    options_of,
)
from branchscore.criteria.found import Found, Shape
from branchscore.criteria.measures.base import ListMeasure, MeasureBase
from branchscore.criteria.measures.change import Change as Changed
from branchscore.criteria.measures.conditions import Conditions
from branchscore.criteria.measures.count import Count
from branchscore.criteria.measures.difference import Difference
from branchscore.criteria.measures.each import Each
from branchscore.criteria.measures.elements import Elements
from branchscore.criteria.measures.listed import Listed
from branchscore.criteria.measures.periods import Periods
from branchscore.criteria.measures.share import Share
from branchscore.criteria.measures.total import Total
from branchscore.criteria.measures.value import Value as Stated
from branchscore.text.phrase import Phrase, Sentence, Value


class Move(NamedTuple):
    """A change, how many things there are to do for it, and what they are."""

    changes: Changes
    effort: int
    said: Sentence


class Way(NamedTuple):
    """`at(n)` is the n-th move of this way, from 1 up to `most`, larger or merely another than
    those before it; None where there are no more. `now`: it can be gone after the period."""

    at: Callable[[int], Move | None]
    most: int
    now: bool = False


def ways(measure: MeasureBase, now: Situation) -> Iterator[Way]:
    """All ways to more of it."""
    match measure:
        case Stated():
            yield from _attached(measure, now)
            yield from _value(measure, now)
        case Elements() | Listed():
            yield from _elements(measure, now)
        case ListMeasure():
            yield from _listed(measure, now)
        case Share():
            if not _both_in_one(measure):
                yield from ways(measure.part, now)
        case Difference() | Changed():
            yield from ways(measure.of, now)
        case Conditions():
            for one in measure.of:
                found = one.measure.measure(now.facts, "")
                if isinstance(found, Found) and Condition.holds(one, found) is False:
                    yield from ways(one.measure, now)


def _listed(measure: ListMeasure, now: Situation) -> Iterator[Way]:
    match measure:
        case Periods():
            moves = list(_periods(measure, now))
            yield Way(lambda n: moves[n - 1], len(moves))
        case Each():
            yield from _levels(measure, now)
        case Total():
            yield from _total(measure, now)
        case Count():
            records = list(islice(further(measure, now), MOST))
            yield Way(lambda n: _records(measure, records[:n], now), len(records))


def _both_in_one(measure: Share) -> bool:
    """Whether more of the part is also more of the whole: how much of it then depends on how the
    new records turn out."""
    part = {name[0] for name in measure.part.reads()}
    return isinstance(measure.part, Total) and not part.isdisjoint(
        name[0] for name in measure.whole.reads()
    )


def proofs(measure: MeasureBase, now: Situation) -> Iterator[tuple[ListMeasure, list[int]]]:
    """The records that a measure would count if they were proven."""
    for inner in measure.within():
        if isinstance(inner, ListMeasure) and inner.proven:
            chosen = inner.chosen(now.facts)
            if isinstance(chosen, tuple):
                proven, claimed, _ = chosen
                bare = sorted(set(claimed) - set(proven))
                if bare:
                    yield inner, bare


def proving(measure: ListMeasure, indices: Sequence[int], now: Situation) -> Move:
    """The move that proves these records."""
    marks = now.submission.records.get(measure.list, ())
    lines = tuple(str(marks[i].line + 1) for i in indices)
    values: dict[str, Value] = {
        "list": now.criteria.fields[measure.list].title,
        "lines": lines,
    }
    return Move((Prove(measure.list, tuple(indices)),), len(indices), Sentence(PROVE, values))


def _only(move: Move) -> Way:
    return Way(lambda n: move, 1)


def _value(measure: Stated, now: Situation) -> Iterator[Way]:
    name, field = measure.field, now.criteria.fields[measure.field]
    held, title = now.facts.values.get(name), field.title
    if field.personal == "secret":
        return
    proof = _proof(measure, now)
    match field:
        case IntegerField() | DecimalField() if held is not None:
            most = _room(name, field, now)

            def more(n: int) -> Move:
                unit = field.unit or Phrase("", "")
                values = {"title": title, "from": held, "to": held + n, "unit": unit}
                return Move((Set(name, held + n), *proof), n, Sentence(RAISE, values))

            yield Way(more, most)
        case BooleanField() if held is False:
            yield _only(Move((Set(name, True), *proof), 1, Sentence(DO, {"title": title})))
        case ChoiceField() if held is not None:
            for key, option in field.options.items():
                if key != held:
                    said = Sentence(CHOOSE, {"title": title, "to": option})
                    yield _only(Move((Set(name, key),), 1, said))
        case TextsField() | EvidenceField() if held is not None:

            def longer(n: int) -> Move:
                new = (*held, *(f"{PROOF}-{k}" for k in range(n)))
                return Move((Set(name, new),), n, Sentence(ADD_TEXTS, {"title": title, "n": n}))

            yield Way(longer, MOST, now=isinstance(field, EvidenceField))


def _attached(measure: Stated, now: Situation) -> Iterator[Way]:
    """An answer that is there and lacks its proof."""
    fields, proof = now.criteria.fields, _proof(measure, now)
    if proof and now.facts.values.get(measure.field):
        values: dict[str, Value] = {
            "title": fields[measure.field].title,
            "proof": fields[proof[0].field].title,
        }
        move = Move(proof, 1, Sentence(PROVE_ANSWER, values))
        yield Way(lambda n: move, 1, now=True)


def _proof(measure: Stated, now: Situation) -> tuple[Set, ...]:
    """The proof without which the answer does not count, where it is not there yet."""
    field = measure.proven_by
    if not field or now.facts.values.get(field):
        return ()
    return (Set(field, (f"{PROOF}-0",)),)


def _room(name: str, field: IntegerField | DecimalField, now: Situation) -> int:
    """By how many whole units a number could grow."""
    held = now.facts.values[name]
    limits = [] if field.max is None else [field.max]
    if isinstance(field, IntegerField) and field.not_above:
        above = now.facts.values.get(field.not_above)
        limits += [] if above is None else [above]
    room = min([limit - held for limit in limits], default=10**6)
    return max(room.numerator // room.denominator, 0)


def _elements(measure: Elements | Listed, now: Situation) -> Iterator[Way]:
    held = now.facts.values.get(measure.field)
    if held is None:
        return
    field = now.criteria.fields[measure.field]
    known = options_of(field) or {}
    lacking = [name for name in known if name not in held]

    def more(n: int) -> Move:
        names = tuple(lacking[:n])
        shown: tuple[Value, ...] = tuple(known[name] for name in names)
        values: dict[str, Value] = {"title": field.title, "names": shown}
        return Move((Also(measure.field, names),), n, Sentence(HAVE, values))

    yield Way(more, len(lacking))


def _periods(measure: Periods, now: Situation) -> Iterator[Move]:
    named: list[Phrase] = []
    records: list[Record] = []
    for name, filling in by_slot(measure, now):
        named.append(name)
        records += filling
        values = {**described(measure, now), "periods": tuple(named), "n": len(records)}
        said = Sentence(BY_PERIOD, values)
        yield Move((Add(measure.list, tuple(records)),), len(records), said)


def _records(measure: ListMeasure, records: Sequence[Record], now: Situation) -> Move:
    values = {**described(measure, now), "n": len(records)}
    change: Change = Add(measure.list, tuple(records))
    return Move((change,), len(records), Sentence(ADD_RECORDS, values))


def _levels(measure: Each, now: Situation) -> Iterator[Way]:
    """One record of each level, then several of it: the rule says which is the least that
    gains anything."""
    for level, title in measure.words(now.criteria.fields).items():
        record = counting(measure, now, {measure.field: level})
        if record is None:
            continue

        def several(n: int, record: Record = record, title: Phrase = title) -> Move:
            values = {**described(measure, now, title), "n": n}
            said = Sentence(ADD_RECORDS, values)
            return Move((Add(measure.list, (record,) * n),), n, said)

        yield Way(several, 1 if measure.once_per else 12)


def _total(measure: Total, now: Situation) -> Iterator[Way]:
    asked = now.criteria.fields[measure.list]
    field = asked.fields.get(measure.field) if isinstance(asked, ListField) else None
    if field is None or measure.shape(now.criteria.fields) is not Shape.NUMBER:
        return

    def more(n: int) -> Move | None:
        record = counting(measure, now, {measure.field: n})
        values = {**described(measure, now), "field": field.title, "n": n}
        said = Sentence(TOTAL_MORE, values)
        return Move((Add(measure.list, (record,)),), n, said) if record else None

    yield Way(more, MOST)
