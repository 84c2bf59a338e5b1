"""Pictures, decoded with Pillow as far as their looks and day need it."""

import re
import warnings
from datetime import date
from typing import IO, TYPE_CHECKING, NamedTuple

from branchscore.proofs.looks import GRID, Looks

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 64_000_000
# A JPEG is decoded no larger than it takes to have this many pixels on each side.
DECODED = 512
# Kinds that may be decoded, by Pillow's names, and what it must have been built with for them.
FORMATS = {
    "jpeg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "gif": ("GIF",),
    "bmp": ("BMP",),
    "tiff": ("TIFF",),
    "webp": ("WEBP",),
    "avif": ("AVIF",),
}
BUILT = {"tiff": "libtiff", "webp": "webp", "avif": "avif"}
DETAILS, TAKEN, SAVED = 0x8769, 0x9003, 0x0132
DAY = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)")


class Seen(NamedTuple):
    """`looks` are None where there is too little to see, or where nothing here decodes this
    kind; `taken` is the day that the camera wrote; `pixels` is what decoding cost."""

    looks: Looks | None = None
    taken: date | None = None
    pixels: int = 0


def seen_in(file: IO[bytes], kind: str, most_pixels: int) -> Seen:
    """Look at a picture file. Raises an exception of any kind for one that is damaged or too
    large."""
    from PIL import Image, ImageOps, features  # noqa: PLC0415 - only pictures need it

    if kind not in FORMATS or (kind in BUILT and not features.check(BUILT[kind])):
        return Seen()
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(file, formats=FORMATS[kind]) as picture:
            picture.draft("L", (DECODED, DECODED))
            pixels = picture.width * picture.height
            if pixels > min(MOST_PIXELS, most_pixels):
                raise ValueError(f"{pixels} pixels")
            looks = _looks(ImageOps.exif_transpose(picture))
            return Seen(looks if looks.detailed else None, _taken(picture), pixels)


def _looks(picture: "Image") -> Looks:
    from PIL import Image  # noqa: PLC0415

    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    grey = picture.convert("L").resize((GRID + 1, GRID), Image.Resampling.BILINEAR)
    return Looks.of(grey.tobytes())


def _taken(picture: "Image") -> date | None:
    exif = picture.getexif()
    text = exif.get_ifd(DETAILS).get(TAKEN) or exif.get(SAVED)
    found = DAY.match(text) if isinstance(text, str) else None
    return day_of(*map(int, found.groups())) if found else None


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
