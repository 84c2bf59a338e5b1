"""What a table asks of a branch, field by field, in the words of a form: how each answer is
written, what it counts for, and where proof is needed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, NamedTuple

from branchscore.criteria.fields import (
    Asked,
    BooleanField,
    ChoiceField,
    DateField,
    DecimalField,
    ElementsField,
    EvidenceField,
    FiguresField,
    IntegerField,
    ListField,
    TextField,
    TextsField,
    options_of,
)
from branchscore.criteria.measures.base import ListMeasure, MeasureBase, Name
from branchscore.criteria.measures.value import Value as Stated
from branchscore.criteria.model import Criteria
from branchscore.criteria.terms import in_words
from branchscore.lint.walk import items
from branchscore.text.numbers import Exact, is_unlimited, plain
from branchscore.text.phrase import Phrase, Sentence, Value

Role = Literal["item", "penalty", "gate", "veto", "limit", "grade"]
NO_LIMIT = 100_000_000
"""From here on the most that a field takes is there for safety and no answer comes near it."""
WORTH: Mapping[Role, Phrase] = {
    "item": Phrase("{id} {title}（{points} 分）", "{id} {title} ({points} points)"),
    "penalty": Phrase(
        "扣分项 {id} {title}（最多扣 {points} 分）", "penalty {id} {title} (up to {points})"
    ),
    "gate": Phrase("申报条件 {id} {title}", "condition {id} {title}"),
    "veto": Phrase("一票否决 {id} {title}", "veto {id} {title}"),
    "limit": Phrase("限制等次或得分的 {id} {title}", "limit {id} {title}"),
    "grade": Phrase("等次“{title}”的条件", "condition of the grade “{title}”"),
}
OPEN = Phrase("不封顶", "unlimited")
COUNTS = Phrase("用于：{uses}", "counts for: {uses}")
PROVEN = Phrase("{items} 只计附有佐证的记录", "{items}: only records with evidence count")
SORTS: Mapping[type[Asked], Phrase] = {
    TextField: Phrase("文字", "text"),
    TextsField: Phrase("文字，每条写在一个“- ”后面", "texts, each after a dash"),
    FiguresField: Phrase("几个数，每行写“名称: 数”", "figures, each written “name: figure”"),
    BooleanField: Phrase("是或否", "yes or no"),
    DateField: Phrase("日期", "a day"),
    ChoiceField: Phrase("下面的选一个", "one of these"),
    ElementsField: Phrase("有哪些填哪些", "those that are there"),
    EvidenceField: Phrase("佐证编号", "numbers of evidence"),
    IntegerField: Phrase("整数", "a whole number"),
    DecimalField: Phrase("数，可以有小数", "a number, decimals allowed"),
    ListField: Phrase("台账", "a list of records"),
}


class Use(NamedTuple):
    """What an answer counts for. `terms` are the words of the table on how it is paid."""

    id: str
    title: Phrase
    role: Role
    points: Exact = 0
    terms: Sentence | None = None
    proven: bool = False

    def say(self) -> Sentence:
        points: Value = OPEN if is_unlimited(self.points) else self.points
        values: dict[str, Value] = {"id": self.id, "title": self.title, "points": points}
        return Sentence(WORTH[self.role], values)


@dataclass(frozen=True, slots=True)
class Question:
    """One field as a form asks it.

    sort      what sort of answer it takes
    limits    what the answer must keep to; None for nothing
    example   an answer that would be accepted, with options by their Chinese titles
    options   the words of a choice or of elements, by id
    uses      what it counts for; for an option of a record, see `uses_of`
    uses_of   by option, the items that count records with it
    inner     for a list, what is asked of each record
    """

    name: str
    field: Asked
    sort: Phrase
    limits: Phrase | None
    example: str
    options: Mapping[str, Phrase]
    uses: tuple[Use, ...]
    uses_of: Mapping[str, tuple[Use, ...]]
    inner: tuple["Question", ...] = ()

    @property
    def title(self) -> Phrase:
        return self.field.title

    @property
    def unit(self) -> Phrase | None:
        return getattr(self.field, "unit", None)

    @property
    def worth(self) -> Sentence | None:
        """用于 P1 三会一课（8 分）; None for what nothing counts."""
        if not self.uses:
            return None
        return Sentence(COUNTS, {"uses": tuple(use.say() for use in self.uses)})

    @property
    def proof(self) -> Sentence | None:
        """Which items need proof of each record; None where none does."""
        proven = tuple(use.id for use in self.uses if use.proven)
        return Sentence(PROVEN, {"items": proven}) if proven else None


def questions(criteria: Criteria) -> tuple[Question, ...]:
    """Everything that the table asks, in its order."""
    asker = _Asker(criteria)
    return tuple(asker.question((name,), field) for name, field in criteria.fields.items())


class _Asker:
    def __init__(self, criteria: Criteria) -> None:
        self.criteria = criteria
        self.uses: dict[Name, dict[str, Use]] = {}
        self.of_options: dict[tuple[Name, str], dict[str, Use]] = {}
        for use, measure in _measured(criteria):
            for part in measure.within():
                self.note(use, part)

    def note(self, use: Use, measure: MeasureBase) -> None:
        proven = isinstance(measure, ListMeasure) and measure.proven
        proven = proven or (isinstance(measure, Stated) and measure.proven_by is not None)
        for name in measure.reads():
            seen = self.uses.setdefault(name, {})
            earlier = seen.get(use.id)
            seen[use.id] = use._replace(proven=proven or bool(earlier and earlier.proven))
        if isinstance(measure, ListMeasure):
            for inner, words in measure.where.words.items():
                for word in words:
                    key = ((measure.list, inner), str(word))
                    self.of_options.setdefault(key, {})[use.id] = use

    def question(self, name: Name, field: Asked) -> Question:
        options = options_of(field) or {}
        uses = self.uses.get(name, {})
        of = {word: tuple(self.of_options.get((name, word), {}).values()) for word in options}
        inner = (
            tuple(self.question((*name, key), asked) for key, asked in field.fields.items())
            if isinstance(field, ListField)
            else ()
        )
        return Question(
            name[-1],
            field,
            SORTS[type(field)],
            self.limits(name, field),
            self.example(field),
            options,
            tuple(uses.values()),
            of,
            inner,
        )

    def limits(self, name: Name, field: Asked) -> Phrase | None:
        if isinstance(field, DateField) and field.within == "period":
            first, last = (day.isoformat() for day in self.criteria.days)
            return Phrase(f"{first} 至 {last}", f"{first} to {last}")
        if not isinstance(field, IntegerField | DecimalField | FiguresField):
            return None
        said = _ranged(field.min, field.max)
        if not isinstance(field, IntegerField) or not field.not_above:
            return said
        holder = self.criteria.fields.get(name[0])
        beside = holder.fields if isinstance(holder, ListField) else self.criteria.fields
        above = beside[field.not_above].title
        return Phrase(f"{said.zh}，不大于“{above.zh}”", f"{said.en}, not above “{above.en}”")

    def example(self, field: Asked) -> str:
        match field:
            case IntegerField() | DecimalField() | FiguresField():
                number = max(field.min, 12)
                return plain(number if field.max is None else min(number, field.max))
            case BooleanField():
                return "是"
            case DateField():
                first, last = self.criteria.days
                return min(first + timedelta(days=73), last).isoformat()
            case ChoiceField() | ElementsField():
                return next(iter((options_of(field) or {}).values())).zh
            case EvidenceField():
                return "E1"
            case _:
                return "……"


def _ranged(least: Exact, most: Exact | None) -> Phrase:
    if most is None or most >= NO_LIMIT:
        return Phrase(f"不小于 {plain(least)}", f"at least {plain(least)}")
    return Phrase(f"{plain(least)} 到 {plain(most)}", f"{plain(least)} to {plain(most)}")


def _measured(criteria: Criteria) -> Iterator[tuple[Use, MeasureBase]]:
    """Every measure of the table, with what it serves."""
    for gate in criteria.gates:
        yield Use(gate.id, gate.title, "gate"), gate.measure
    for veto in criteria.vetoes:
        role: Role = "veto" if veto.effect == "exclude" else "limit"
        yield Use(veto.id, veto.title, role), veto.measure
    for _, section, item in items(criteria):
        takes = section is criteria.penalties
        terms = in_words(item, criteria.fields, takes)
        use = Use(item.id, item.title, "penalty" if takes else "item", item.points, terms)
        yield from ((use, leaf.measure) for leaf in item.leaves(takes))
        yield from ((use, measure) for _, _, measure in item.conditions())
    for band in criteria.grades.bands if criteria.grades else ():
        for required in band.requires:
            if required.measure:
                yield Use(band.id, band.title, "grade"), required.measure
