"""Pictures drawn for tests: fictional, the same on every machine, and as alike as real ones are
(one room at several meetings, one form filled in by several branches)."""

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from branchscore.outputs import fonts

WORDS = (
    "虚构示例支部党员大会学习记录签到活动主题志愿服务走访慰问"
    "研讨发言材料通知意见建议办理情况汇报总结计划安排"
)
Draw = Callable[[Random], Image.Image]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(sorted(fonts.paths())[0], size)


def _words(r: Random, least: int, most: int) -> str:
    return "".join(r.choice(WORDS) for _ in range(r.randint(least, most)))


def _colour(r: Random) -> tuple[int, int, int]:
    return r.randrange(256), r.randrange(256), r.randrange(256)


def _grained(picture: Image.Image, r: Random) -> Image.Image:
    """As a sensor sees it."""
    size = (picture.width // 4, picture.height // 4)
    grain = Image.frombytes("L", size, r.randbytes(size[0] * size[1])).resize(picture.size)
    return Image.blend(picture, grain.convert("RGB"), 0.04)


def scene(r: Random) -> Image.Image:
    """Something seen outdoors."""
    blurred = Image.frombytes("RGB", (6, 5), r.randbytes(90))
    picture = blurred.resize((800, 600), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(r.randint(8, 30)):
        x, y = r.randrange(800), r.randrange(600)
        shape = draw.ellipse if r.random() < 0.5 else draw.rectangle
        shape((x, y, x + r.randrange(20, 200), y + r.randrange(20, 200)), fill=_colour(r))
    return _grained(picture, r)


def room(r: Random) -> Image.Image:
    """One meeting room, taken from one place, with others in it each time."""
    picture = Image.new("RGB", (800, 600), (200, 190, 175))
    draw = ImageDraw.Draw(picture)
    for box, fill in (
        ((0, 400, 800, 600), (120, 90, 60)),
        ((200, 53, 600, 106), (190, 30, 30)),
        ((233, 133, 566, 280), (235, 235, 240)),
        ((66, 373, 733, 426), (90, 60, 40)),
    ):
        draw.rectangle(box, fill=fill)
    for _ in range(r.randint(6, 14)):
        x, y, s = r.randrange(33, 733), r.randrange(287, 480), r.randrange(23, 40)
        draw.ellipse((x - s // 2, y - s, x + s // 2, y), fill=(r.randrange(170, 230), 170, 140))
        draw.rectangle((x - s, y, x + s, y + 3 * s), fill=_colour(r))
    return _grained(picture, r)


def _paper(width: int = 827, height: int = 1170) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (width, height), (250, 250, 250))
    return picture, ImageDraw.Draw(picture)


def page(r: Random) -> Image.Image:
    """A page of text."""
    picture, draw = _paper()
    draw.text((413, 100), _words(r, 6, 13), font=_font(29), fill="black", anchor="mm")
    for y in range(160, 1037 - r.randrange(333), 29):
        indent = 37 if r.random() < 0.3 else 0
        text = _words(r, 36, 36) if r.random() < 0.75 else _words(r, 8, 35)
        draw.text((80 + indent, y), text, font=_font(18), fill=(20, 20, 20))
    return picture


def note(r: Random) -> Image.Image:
    """A page with little on it."""
    picture, draw = _paper()
    draw.text((413, 100), "通知", font=_font(32), fill="black", anchor="mm")
    for line in range(r.randint(2, 4)):
        draw.text((80, 173 + line * 33), _words(r, 18, 35), font=_font(18), fill=(20, 20, 20))
    return picture


def form(r: Random) -> Image.Image:
    """One printed sign-in sheet, filled in by others each time."""
    picture, draw = _paper()
    draw.text((413, 87), "支部活动签到表（虚构）", font=_font(32), fill="black", anchor="mm")
    draw.text((80, 137), f"活动：{_words(r, 5, 13)}", font=_font(20), fill=(60, 60, 60))
    day = f"日期：2023年{r.randint(1, 12)}月{r.randint(1, 28)}日"
    draw.text((480, 137), day, font=_font(20), fill=(60, 60, 60))
    for row in range(21):
        draw.line((73, 180 + row * 44, 753, 180 + row * 44), fill=(30, 30, 30), width=2)
    for x in (73, 133, 300, 413, 473, 640, 753):
        draw.line((x, 180, x, 1060), fill=(30, 30, 30), width=2)
    signed = r.randint(10, 40)
    for i in range(40):
        x, y = (73, 413)[i % 2], 180 + i // 2 * 44
        draw.text((x + 20, y + 12), str(i + 1), font=_font(17), fill=(20, 20, 20))
        if i < signed:
            at = (x + 70 + r.randint(-5, 20), y + 5 + r.randint(-3, 5))
            ink = (r.randint(40, 110),) * 3
            draw.text(at, _words(r, 2, 3), font=_font(r.randint(23, 30)), fill=ink)
    return picture


def honour(r: Random) -> Image.Image:
    """One printed certificate, given to others each time. There is no seal on it."""
    picture = Image.new("RGB", (1067, 753), (253, 246, 227))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((27, 27, 1040, 727), outline=(180, 30, 30), width=9)
    draw.text((533, 167), "荣誉证书（虚构）", font=_font(60), fill=(180, 30, 30), anchor="mm")
    for line in range(3):
        at = (147, 293 + line * 60)
        draw.text(at, _words(r, 14, 21), font=_font(32), fill=(20, 20, 20))
    return picture


def chat(r: Random) -> Image.Image:
    """A screenshot of messages."""
    picture = Image.new("RGB", (540, 1170), (237, 237, 237))
    draw = ImageDraw.Draw(picture)
    draw.text((270, 60), "支部群（虚构）", font=_font(25), fill="black", anchor="mm")
    y = 120
    while y < 1030:
        letters, mine = r.randint(3, 29), r.random() < 0.3
        lines, width = (letters + 12) // 13, min(letters, 13) * 26 + 20
        x = 450 - width if mine else 90
        face = (460 if mine else 20, y)
        draw.rectangle((*face, face[0] + 55, face[1] + 55), fill=_colour(r))
        box = (x, y, x + width, y + lines * 31 + 20)
        draw.rectangle(box, fill=(149, 236, 105) if mine else (255, 255, 255))
        for line in range(lines):
            text = _words(r, *(min(13, letters - 13 * line),) * 2)
            draw.text((x + 10, y + 10 + line * 31), text, font=_font(25), fill="black")
        y += lines * 31 + 40 + r.randrange(5, 30)
    return picture


KINDS: Mapping[str, Draw] = {f.__name__: f for f in (scene, room, page, note, form, honour, chat)}


def jpeg(picture: Image.Image, quality: int = 90) -> bytes:
    file = BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=quality)
    return file.getvalue()


def png(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def scaled(picture: Image.Image, by: float) -> Image.Image:
    return picture.resize((int(picture.width * by), int(picture.height * by)))


def cropped(picture: Image.Image, by: float) -> Image.Image:
    w, h = picture.size
    return picture.crop((int(w * by), int(h * by), int(w * (1 - by)), int(h * (1 - by))))


CHANGES: Mapping[str, Callable[[Image.Image], bytes]] = {
    "quality 60": lambda p: jpeg(p, 60),
    "quality 30": lambda p: jpeg(p, 30),
    "half the size": lambda p: jpeg(scaled(p, 0.5), 80),
    "a quarter": lambda p: jpeg(scaled(p, 0.25), 70),
    "twice the size": lambda p: jpeg(scaled(p, 2), 80),
    "as PNG": png,
    "10% lighter": lambda p: jpeg(ImageEnhance.Brightness(p).enhance(1.1), 85),
    "20% darker": lambda p: jpeg(ImageEnhance.Brightness(p).enhance(0.8), 85),
    "more contrast": lambda p: jpeg(ImageEnhance.Contrast(p).enhance(1.2), 85),
    "grey": lambda p: jpeg(p.convert("L"), 85),
    "sharpened": lambda p: jpeg(p.filter(ImageFilter.SHARPEN), 85),
}
# What makes another picture of it, as far as anybody promises.
BEYOND: Mapping[str, Callable[[Image.Image], bytes]] = {
    "1% cropped": lambda p: jpeg(cropped(p, 0.01)),
    "5% cropped": lambda p: jpeg(cropped(p, 0.05)),
    "turned": lambda p: jpeg(p.transpose(Image.Transpose.ROTATE_90)),
}
