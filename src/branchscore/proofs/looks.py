"""How a picture looks: a sketch that survives saving again and resizing, to tell the same
picture from another. `tests/test_looks.py` measures how well.

A grid of 32 × 32 places; at each, whether the picture gets darker or lighter to the right, and
how strongly for this picture: not, slightly, strongly. Saving again moves a place by one step;
two pictures contradict each other where one gets strongly darker and the other does not at all.
So forms that differ only in what is filled in are told apart, though they look alike from afar.
"""

from base64 import b64decode, b64encode
from statistics import pstdev
from typing import NamedTuple

GRID = 32
CELLS = GRID * GRID
PLANE = CELLS // 8
# Steps of brightness to the right, as parts of the picture's own contrast (its standard
# deviation, of which a blank sheet has none).
SLIGHT, STRONG, LEAST_CONTRAST = 0.1, 0.3, 4.0
# With fewer strong places there is too little to compare: a title on a white page.
LEAST_DETAIL = 40
MOST_CONTRADICTIONS = 4


def _places(*columns: int) -> int:
    return sum(1 << row * GRID + column for row in range(0, GRID, 2) for column in columns)


MASKS = [_places(x, x + GRID // 2) for x in range(GRID // 2)]


class Looks(NamedTuple):
    """Places as bits: where the picture gets darker, where lighter, and where strongly so."""

    darker: int
    lighter: int
    strong: int

    @classmethod
    def of(cls, grey: bytes) -> "Looks":
        """Of the brightness in `GRID` rows of `GRID + 1`."""
        contrast = max(pstdev(grey), LEAST_CONTRAST)
        slight, strong = SLIGHT * contrast, STRONG * contrast
        planes, place = [0, 0, 0], 1
        for row in range(0, len(grey), GRID + 1):
            for x in range(row, row + GRID):
                change = grey[x] - grey[x + 1]
                if abs(change) > slight:
                    planes[change < 0] |= place
                    planes[2] |= place if abs(change) > strong else 0
                place <<= 1
        return cls(*planes)

    def like(self, other: "Looks") -> bool:
        """Whether the two can be the same picture."""
        contradictions = (
            (self.darker & self.strong & ~other.darker).bit_count()
            + (self.lighter & self.strong & ~other.lighter).bit_count()
            + (other.darker & other.strong & ~self.darker).bit_count()
            + (other.lighter & other.strong & ~self.lighter).bit_count()
        )
        return contradictions <= MOST_CONTRADICTIONS

    def outline(self) -> tuple[int, int]:
        """Where it gets darker and lighter, two rows taken together, so that a single step
        decides nothing. Under some of the `MASKS` a picture that was saved again has the same,
        and two pictures seldom."""
        darker, lighter, strong = self
        below_d, below_l, below_s = (plane >> GRID for plane in self)
        down = darker & below_d | darker & strong & ~below_l | below_d & below_s & ~lighter
        up = lighter & below_l | lighter & strong & ~below_d | below_l & below_s & ~darker
        return down, up

    @property
    def detailed(self) -> bool:
        return self.strong.bit_count() >= LEAST_DETAIL

    def text(self) -> str:
        """For `results.json`."""
        return b64encode(b"".join(plane.to_bytes(PLANE, "big") for plane in self)).decode()

    @classmethod
    def read(cls, text: str) -> "Looks":
        """What `text` wrote; raises ValueError for anything else."""
        raw = b64decode(text, validate=True)
        if len(raw) != 3 * PLANE:
            raise ValueError(text)
        planes = (raw[i * PLANE : (i + 1) * PLANE] for i in range(3))
        return cls(*(int.from_bytes(plane, "big") for plane in planes))
