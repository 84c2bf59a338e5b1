"""How well the same picture is told from another: measured, printed and held."""

import time
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from itertools import combinations
from random import Random

import pytest
from PIL import Image

from branchscore.proofs.looks import CELLS, GRID, MOST_CONTRADICTIONS, Looks
from branchscore.proofs.pictures import seen_in
from branchscore.proofs.repeats import clusters
from drawn import BEYOND, CHANGES, KINDS, jpeg

EACH, CHANGED = 20, 4


def looks(data: bytes, kind: str = "") -> Looks | None:
    kind = kind or ("png" if data.startswith(b"\x89PNG") else "jpeg")
    return seen_in(BytesIO(data), kind, 10**9).looks


@cache
def pictures() -> Mapping[str, list[Image.Image]]:
    return {
        name: [draw(Random(f"{name} {i}")) for i in range(EACH)] for name, draw in KINDS.items()
    }


@cache
def originals() -> Mapping[str, list[Looks | None]]:
    return {name: [looks(jpeg(p, 92)) for p in several] for name, several in pictures().items()}


def test_no_two_pictures_are_taken_for_one() -> None:
    """All pairs of 140 pictures, above all those of one room and of one form."""
    every = [(name, one) for name, several in originals().items() for one in several if one]
    pairs = list(combinations(every, 2))
    wrong = [(a, b) for (a, x), (b, y) in pairs if x.like(y)]
    print(f"{len(every)} pictures, {len(pairs)} pairs, taken for one: {len(wrong)}")
    assert len(every) >= 130
    assert wrong == []


@cache
def copies() -> list[tuple[str, str, Looks, Looks]]:
    """Sort of picture, change, and the looks before and after it, where there is enough to see."""
    return [
        (name, label, one, again)
        for name, several in pictures().items()
        for picture, one in zip(several[:CHANGED], originals()[name], strict=False)
        for label, change in {**CHANGES, **BEYOND}.items()
        if one and (again := looks(change(picture)))
    ]


def test_copies_are_found() -> None:
    """All but those whose lightest greys became white, and each by the stripes, too."""
    found: dict[str, list[bool]] = {}
    for _, label, one, again in copies():
        found.setdefault(label, []).append(clusters([one, again]) == [[0, 1]])
    for label, several in found.items():
        print(f"{label:15} {sum(several):2} of {len(several)} found")
    promised = [one for label in CHANGES for one in found[label]]
    assert len(promised) >= 280
    assert sum(promised) >= 0.98 * len(promised)
    assert all(found["quality 60"])
    assert all(found["half the size"])
    assert not any(found["turned"])


def test_the_margin_is_what_the_threshold_claims() -> None:
    """The two different pictures of a sort that are most alike contradict each other in many
    more places than is allowed."""
    for name, several in originals().items():
        seen = [one for one in several if one]
        nearest = min(contradictions(a, b) for a, b in combinations(seen, 2))
        made = [(one, again) for n, label, one, again in copies() if n == name and label in CHANGES]
        farthest = sorted(contradictions(one, again) for one, again in made)
        print(f"{name:7} others from {nearest:3} on, copies up to {farthest[-1]}")
        assert nearest >= 4 * MOST_CONTRADICTIONS
        assert farthest[len(made) * 9 // 10] <= MOST_CONTRADICTIONS


def contradictions(a: Looks, b: Looks) -> int:
    """Counted place by place, from the definition."""
    count = 0
    for place in range(CELLS):
        one, other = (step(look, place) for look in (a, b))
        count += (one == 2 and other <= 0) + (other == 2 and one <= 0)
        count += (one == -2 and other >= 0) + (other == -2 and one >= 0)
    return count


def step(look: Looks, place: int) -> int:
    darker, lighter, strong = (plane >> place & 1 for plane in look)
    return (darker - lighter) * (1 + strong)


@pytest.mark.parametrize("changed", [0, 1, MOST_CONTRADICTIONS, MOST_CONTRADICTIONS + 1])
def test_like_is_what_it_is_said_to_be(changed: int) -> None:
    every = (1 << CELLS) - 1
    one = Looks(every, 0, every)
    other = Looks(every >> changed, 0, every)
    assert contradictions(one, other) == changed
    assert one.like(other) is other.like(one) is (changed <= MOST_CONTRADICTIONS)


def test_what_is_written_is_read_again() -> None:
    for several in originals().values():
        for one in several:
            assert one is None or Looks.read(one.text()) == one
    for text in ("", "x", "AAAA", "é", Looks(1, 2, 3).text() + "AAAA"):
        with pytest.raises(ValueError):  # noqa: PT011 - of any kind
            Looks.read(text)


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_there_is_nothing_to_see_on_a_blank_sheet(shade: int) -> None:
    assert looks(jpeg(Image.new("L", (900, 1200), shade))) is None


def test_a_camera_that_was_held_upright() -> None:
    """The same picture, turned by a mark in the file or really turned."""
    picture = KINDS["scene"](Random(1))
    marked = BytesIO()
    turned = picture.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned.save(marked, "JPEG", exif=exif)
    one, other = looks(marked.getvalue()), looks(jpeg(picture))
    assert one
    assert other
    assert one.like(other)


def test_100_000_pictures_take_seconds() -> None:
    """Random ones, with 5,000 changed copies among them: all are found and nothing else is."""
    r = Random(7)
    ones = [random_looks(r) for _ in range(95_000)]
    copies = [shaken(ones[i], r) for i in range(5_000)]
    start = time.perf_counter()
    found = clusters([*ones, *copies])
    took = time.perf_counter() - start
    print(f"100,000 pictures compared in {took:.1f} s")
    assert found == [[i, 95_000 + i] for i in range(5_000)]
    assert took < 30


def test_copies_are_found_among_copies_of_one_form() -> None:
    """2,000 sheets of one form, each filled in otherwise, ten of them handed in twice."""
    r, printed = Random(8), random_looks(Random(9))
    sheets = [filled(printed, r) for _ in range(2_000)]
    copies = [shaken(sheets[i * 100], r) for i in range(10)]
    found = clusters([*sheets, *copies])
    assert found == [[i * 100, 2_000 + i] for i in range(10)]


def random_looks(r: Random) -> Looks:
    darker = r.getrandbits(CELLS)
    lighter = r.getrandbits(CELLS) & ~darker
    strong = r.getrandbits(CELLS) & r.getrandbits(CELLS) & (darker | lighter)
    return Looks(darker, lighter, strong)


def shaken(look: Looks, r: Random) -> Looks:
    """Saved again: 30 places a step up or down."""
    darker, lighter, strong = look
    for _ in range(30):
        place = 1 << r.randrange(CELLS)
        if (darker | lighter) & place:
            strong ^= place
        else:
            darker |= place
    return Looks(darker, lighter, strong)


def filled(look: Looks, r: Random) -> Looks:
    """A form with other writing in 60 of its places."""
    darker, lighter, strong = look
    for _ in range(60):
        place = 1 << r.randrange(GRID, CELLS)
        darker, lighter = (darker | place, lighter & ~place)
        if r.random() < 0.5:
            darker, lighter = darker & ~place, lighter | place
        strong |= place
    return Looks(darker, lighter, strong)
