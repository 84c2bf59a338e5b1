"""Scorecards → grades: bands, what they require, vetoes that touch them, shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from branchscore.criteria.model import Criteria
from branchscore.criteria.outcome import OTHERWISE, GradeBand, Veto
from branchscore.scoring.scorecard import Scorecard
from branchscore.text.numbers import Exact
from branchscore.text.phrase import Phrase, Sentence, Value

NOT_ABOVE = Phrase("{veto}，等次不高于“{grade}”", "{veto}; the grade is not above “{grade}”")
DOWN = Phrase("{veto}，降 {grades} 个等次", "{veto}; {grades} grades down")
SET = Phrase("{veto}，直接定为“{grade}”", "{veto}; the grade is “{grade}”")
REQUIRED = Phrase("未具备“{grade}”的条件：{tests}", "lacks what “{grade}” requires: {tests}")
SHARED = Phrase(
    "“{grade}”限 {places} 个，已满，列下一等次", "the {places} places of “{grade}” are taken"
)


@dataclass(frozen=True, slots=True)
class Grade:
    """`best` and `worst` are places in the ladder, 0 is the highest; they differ while points
    are open. `why` says what moved the grade from where the points alone would put it;
    `direct`: it was set whatever the points, and takes none of a share."""

    best: int
    worst: int
    title: Phrase
    why: tuple[Sentence, ...] = ()
    direct: bool = False


class Ladder:
    """The grades of one criteria file; without grades everybody stands on one step."""

    def __init__(self, criteria: Criteria) -> None:
        self.bands: tuple[GradeBand, ...] = criteria.grades.bands if criteria.grades else ()
        self.last = criteria.grades.otherwise if criteria.grades else Phrase("—", "—")
        places = [*(band.id for band in self.bands), OTHERWISE]
        self.places: Mapping[str, int] = {name: i for i, name in enumerate(places)}

    def title(self, place: int) -> Phrase:
        return self.bands[place].title if place < len(self.bands) else self.last

    def grade(self, card: Scorecard) -> Grade:
        why: list[Sentence] = []
        worst = self._by_points(card, card.low, why, certain=True)
        best = self._by_points(card, card.high, [], certain=False)
        for tested in card.vetoes:
            veto = tested.test
            if tested.holds and isinstance(veto, Veto):
                best, worst = self._touched(veto, best), self._touched(veto, worst)
                self._say(veto, why)
        direct = any(
            t.holds and isinstance(t.test, Veto) and t.test.effect == "grade" for t in card.vetoes
        )
        return self._made(min(best, worst), worst, tuple(why), direct)

    def _made(
        self, best: int, worst: int, why: tuple[Sentence, ...], direct: bool = False
    ) -> Grade:
        low, high = self.title(worst), self.title(best)
        title = low if best == worst else Phrase(f"{low.zh}—{high.zh}", f"{low.en} to {high.en}")
        return Grade(best, worst, title, why, direct)

    def _by_points(
        self, card: Scorecard, points: Exact, why: list[Sentence], *, certain: bool
    ) -> int:
        for place, band in enumerate(self.bands):
            if points < band.at_least:
                continue
            lacking = tuple(
                tested.why
                for tested in card.required.get(band.id, ())
                if not (tested.holds or (tested.holds is None and not certain))
            )
            if not lacking:
                return place
            why.append(Sentence(REQUIRED, {"grade": band.title, "tests": lacking}))
        return len(self.bands)

    def _touched(self, veto: Veto, place: int) -> int:
        match veto.effect:
            case "not_above":
                return max(place, self.places[veto.grade or ""])
            case "grade":
                return self.places[veto.grade or ""]
            case "grades_down":
                return min(place + (veto.grades or 0), len(self.bands))
            case _:
                return place

    def _say(self, veto: Veto, why: list[Sentence]) -> None:
        wordings = {"not_above": NOT_ABOVE, "grade": SET, "grades_down": DOWN}
        if veto.effect in wordings:
            grade = self.title(self.places.get(veto.grade or "", 0))
            values: dict[str, Value] = {
                "veto": veto.title,
                "grade": grade,
                "grades": veto.grades or 0,
            }
            why.append(Sentence(wordings[veto.effect], values))

    def shared_out(self, groups: Sequence[Sequence[Scorecard]]) -> dict[str, Grade]:
        """The grade of every ranked branch by code: a band with a share takes so many, in order
        of rank; equals that do not all fit stay together in the next band."""
        grades = {c.submission.code: self.grade(c) for group in groups for c in group}
        number = len(grades)
        for place, band in enumerate(self.bands):
            if band.share is None:
                continue
            left = places = band.share.of(number)
            for group in groups:
                codes = [c.submission.code for c in group]
                held = [c for c in codes if grades[c].worst == place and not grades[c].direct]
                if len(held) > left:
                    left = 0
                    for code in held:
                        why = Sentence(SHARED, {"grade": band.title, "places": places})
                        old = grades[code]
                        grades[code] = self._made(place + 1, place + 1, (*old.why, why))
                else:
                    left -= len(held)
        return grades
