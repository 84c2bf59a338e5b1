"""The whole reasoning of one line of a run: what stands in `results.json`, and in the file that
was evaluated, if that is still what it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from branchscore.outputs.language import word
from branchscore.outputs.results import (
    Adjustment,
    Branch,
    Item,
    ItemTerms,
    Part,
    Place,
    Results,
    Test,
)
from branchscore.outputs.results_reviews import Ends
from branchscore.outputs.terminal import visible
from branchscore.submission.privacy import Veil
from branchscore.text.diagnostics import Faulty
from branchscore.text.phrase import Language, Phrase
from branchscore.text.source import parse
from branchscore.text.tree import lines_of

RULE = Phrase("办法", "Rule")
SOURCE = Phrase("依据", "Source")
MEASURED = Phrase("查得", "Found")
STATE = Phrase("状态", "State")
POINTS = Phrase("得分", "Points")
BEFORE = Phrase("封顶保底、修约前", "before bounds and rounding")
WHY = Phrase("理由", "Reason")
GAIN = Phrase("可多得", "More for")
SELF = Phrase("自评", "Self")
COMPUTED = Phrase("申报计分", "As stated")
MARK = Phrase("评定", "Mark")
RECORDS = Phrase("材料", "Records")
NOTHING = Phrase("申报里没有相应内容", "nothing in the submission")
GROUPS = {
    "dimension": Phrase("评分部分", "a dimension"),
    "bonus": Phrase("加分项", "the bonus group"),
    "penalties": Phrase("扣分项", "the penalty group"),
}
WIDTH = 76


@dataclass(frozen=True, slots=True)
class Told:
    """One branch of one run, told in one language."""

    results: Results
    branch: Branch
    language: Language

    def line(self, name: str) -> str | None:
        """Everything about an item, a section, a gate or a veto; None if there is none such."""
        for part, terms in zip(
            self.branch["sections"], self.results["criteria"]["sections"], strict=True
        ):
            if name == part["id"]:
                return "\n".join(self.section(part))
            for item, asked in zip(part["items"], terms["items"], strict=True):
                if name == item["id"]:
                    return "\n".join([*self.head(asked), *self.item(item, asked)])
        for test in self.branch["tests"]:
            if name == test["id"]:
                return "\n".join(self.test(test))
        return None

    def names(self) -> list[str]:
        """What can be asked for."""
        parts = self.branch["sections"]
        items = [item["id"] for part in parts for item in part["items"]]
        return [*items, *(part["id"] for part in parts), *(t["id"] for t in self.branch["tests"])]

    def overview(self) -> str:
        """The branch's result, and each line of its points."""
        branch = self.branch
        lines = [f"{branch['code']} {visible(branch['name'])}", branch["why"][self.language], ""]
        for part, terms in zip(
            branch["sections"], self.results["criteria"]["sections"], strict=True
        ):
            lines.append(f"{part['id']}  {terms['title'][self.language]}  {_span(part)}")
            for item, asked in zip(part["items"], terms["items"], strict=True):
                title = asked["title"][self.language]
                of = f"{_span(item)}/{asked['points']}"
                lines.append(f"  {item['id']}  {title}  {of}  {word(item['state'], self.language)}")
        for test in branch["tests"]:
            lines.append(f"{test['id']}  {test['title'][self.language]}  {self.held(test)}")
        return "\n".join(lines)

    def head(self, asked: ItemTerms) -> Iterator[str]:
        branch, language = self.branch, self.language
        unit = word("points", language)
        yield f"{branch['code']} {visible(branch['name'])}"
        yield f"{asked['id']} {asked['title'][language]} ({asked['points']} {unit})"
        yield ""
        yield self.row(RULE, asked["terms"][language])
        if source := asked["source"]:
            quote = f"“{source['quote']}”" if source["quote"] else ""
            parts = (source["document"][language], source["article"] or "", quote)
            yield self.row(SOURCE, " ".join(filter(None, parts)))

    def item(self, item: Item, asked: ItemTerms) -> Iterator[str]:
        language = self.language
        if item["measured"]:
            yield self.row(MEASURED, item["measured"][language])
        points = f"{_span(item)}/{asked['points']}"
        if item["before"] not in (None, item["points"]):
            points += f" ({BEFORE.say(language)} {item['before']})"
        yield self.row(POINTS, points)
        yield self.row(STATE, word(item["state"], language))
        yield self.row(WHY, item["why"][language])
        if item["gain"]:
            yield self.row(GAIN, item["gain"][language])
        if item["self"] is not None:
            yield self.row(SELF, item["self"])
        if item["state"] == "struck" and item["computed"]:
            yield self.row(COMPUTED, _span(item["computed"]))
        for mark in item["marks"]:
            said = (mark["reviewer"], mark["given"][language], mark["reason"] or "")
            yield self.row(MARK, " · ".join(filter(None, said)))
        yield from self.records(item["places"])

    def section(self, part: Part) -> Iterator[str]:
        terms = next(s for s in self.results["criteria"]["sections"] if s["id"] == part["id"])
        language = self.language
        yield f"{self.branch['code']} {visible(self.branch['name'])}"
        kind = GROUPS[terms["kind"]].say(language)
        yield f"{part['id']} {terms['title'][language]} ({kind})"
        yield ""
        for item, asked in zip(part["items"], terms["items"], strict=True):
            yield f"{item['id']}  {asked['title'][language]}  {_span(item)}/{asked['points']}"
        for adjustment in part["adjustments"]:
            yield f"{adjustment['why'][language]}  {_span(adjustment)}"
        yield self.row(POINTS, f"{_span(part)}/{terms['points']}")

    def test(self, test: Test) -> Iterator[str]:
        language = self.language
        yield f"{self.branch['code']} {visible(self.branch['name'])}"
        yield f"{test['id']} {test['title'][language]} ({word(test['kind'], language)})"
        yield ""
        yield self.row(STATE, self.held(test))
        yield self.row(WHY, test["why"][language])
        yield from self.records(test["places"])

    def held(self, test: Test) -> str:
        if test["holds"] is None:
            return word("to_confirm", self.language)
        return word(f"{'holds' if test['holds'] else 'fails'}_{test['kind']}", self.language)

    def row(self, label: Phrase, text: str) -> str:
        return f"{label.say(self.language)}: {visible(text)}"

    def records(self, places: Sequence[Place]) -> Iterator[str]:
        """Each record or answer that was read, as a place that editors and terminals open."""
        titles, language = self.results["criteria"]["fields"], self.language
        lines = self.lines()
        for place in places:
            title = titles.get(place["field"])
            name = title[language] if title else place["field"]
            numbers = place["records"] or ([place["line"]] if place["line"] else [])
            yield self.row(RECORDS, name if numbers else f"{name}: {NOTHING.say(language)}")
            for number in numbers:
                text = lines[number - 1].strip() if number <= len(lines) else ""
                shown = visible(text[:WIDTH]) + ("…" if len(text) > WIDTH else "")
                yield f"  {visible(self.branch['file'])}:{number}  {shown}".rstrip()

    def lines(self) -> list[str]:
        """The submission's lines; none if it is no longer the file that was evaluated."""
        name = self.branch["file"]
        known = [e["sha256"] for e in self.results["inputs"] if e["file"] == name]
        try:
            raw = Path(name).read_bytes()
        except (OSError, ValueError):
            return []
        return self.shown(raw) if sha256(raw).hexdigest() in known else []

    def shown(self, raw: bytes) -> list[str]:
        """The lines without what is secret or personal."""
        try:
            root = parse(raw, self.branch["file"]).root
        except Faulty:
            return []
        veil = Veil(root, map(tuple, self.results["criteria"]["secret"]))
        return [veil.line(number, line) for number, line in enumerate(lines_of(raw), 1)]


def _span(said: Item | Part | Adjustment | Ends) -> str:
    """Points as they stand: one number, or from what to what."""
    low, high = said["low"], said["high"]
    return low if low == high else f"{low}—{high}"
