"""Files damaged by dice, as tools/fuzz.py needs them."""

import json
import random
import re
from collections.abc import Sequence
from typing import Any

import yaml

MOST = 1 << 16
WORDS = """
0 -1 1 100 0.1 1e400 1E3 9999999999999999999999 -0 00123 0x1F .5 5. 1_000 1/3 1,000 nan .inf 1e-9
１２ 二 ½ ≈1 8万 50% 2023-02-30 2023-12-31 0000-00-00 9999-12-31 2023年5月1日 2023.5.1 12:30
true yes null ~ '' [] {} [[]] &a *a <<: !!int !!python/object:os.system |- > % @ ` ? ： ， “ ” 是 无
members kind of points measure rule criteria code id title fields evidence file count value share
{x} {0} %s {{7*7}} =1+1 <b> ../../x C:\\x party-day 𬍛
"""
TOKENS = (
    *WORDS.split(),
    *("\x00", "\x1b[31m", "\u2028", "\u202e", "\u3000", "\ufeff", "\ud83d", "e\u0301"),
    *("\t", "\r", "\n", "\n\n- ", ": ", " #", '"', "{a: {b: [", "a: " * 40),
    *("长" * 300, "9" * 5000),
)
DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Damage:
    """Damages one file after the other. `others` and `parts` are texts and YAML values that may
    come in from elsewhere."""

    def __init__(self, dice: random.Random, others: Sequence[bytes], parts: Sequence[Any]) -> None:
        self.dice, self.others, self.parts = dice, others, parts
        self.ways = (self.noise, self.lines, self.token, self.splice)

    def done_to(self, raw: bytes) -> bytes:
        """The file after one or a few slips; most of them keep it well formed."""
        for _ in range(self.dice.choice((1, 1, 1, 1, 2, 5))):
            way = self.tree if self.dice.random() < 0.75 else self.dice.choice(self.ways)
            raw = way(raw)
        return raw[:MOST]

    def cut(self, raw: bytes) -> tuple[int, int]:
        start = self.dice.randrange(len(raw) + 1)
        return start, min(len(raw), start + self.dice.choice((0, 1, 1, 2, 4, 16, 200)))

    def noise(self, raw: bytes) -> bytes:
        start, end = self.cut(raw)
        return raw[:start] + self.dice.randbytes(self.dice.choice((0, 1, 1, 3))) + raw[end:]

    def token(self, raw: bytes) -> bytes:
        start, end = self.cut(raw)
        token = self.dice.choice(TOKENS).encode("utf-8", "surrogatepass")
        return raw[:start] + token * self.dice.choice((1, 1, 1, 40)) + raw[end:]

    def lines(self, raw: bytes) -> bytes:
        rows = raw.splitlines(keepends=True) or [b""]
        i, j = (self.dice.randrange(len(rows)) for _ in range(2))
        match self.dice.randrange(4):
            case 0:
                del rows[i]
            case 1:
                rows[i], rows[j] = rows[j], rows[i]
            case 2:
                rows.insert(i, rows[j])
            case _:
                rows[i] = b" " * self.dice.randrange(5) + rows[i].lstrip()
        return b"".join(rows)

    def splice(self, raw: bytes) -> bytes:
        other = self.dice.choice(self.others)
        (start, end), (first, last) = self.cut(raw), self.cut(other)
        return raw[:start] + other[first:last] + raw[end:]

    def tree(self, raw: bytes) -> bytes:
        """The same file with another value, key or item somewhere."""
        try:
            root = yaml.load(raw, yaml.CBaseLoader)  # noqa: S506 - makes nothing but texts
            holders = [n for n in nodes(root) if isinstance(n, dict | list) and n]
            for _ in range(self.dice.choice((1, 1, 2, 4)) if holders else 0):
                self.change(self.dice.choice(holders))
            if self.dice.random() < 0.2:
                return yaml.dump(root, Dumper=yaml.CSafeDumper, allow_unicode=True).encode()
            return json.dumps(root, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
        except (yaml.YAMLError, TypeError, ValueError, RecursionError):
            return raw

    def change(self, holder: Any) -> None:
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        if not keys:
            return
        at = self.dice.choice(keys)
        match self.dice.randrange(12):
            case 0:
                del holder[at]
            case 1 if isinstance(holder, dict):
                holder[self.dice.choice(TOKENS)] = holder.pop(at)
            case 2:
                holder[at] = holder[self.dice.choice(keys)]
            case 3:
                holder[at] = self.dice.choice(self.parts)
            case _:
                holder[at] = self.like(holder[at])

    def like(self, value: Any) -> Any:
        """Another value of the same form, which may well be right."""
        if self.dice.random() < 0.1:
            return self.dice.choice(TOKENS)
        if not isinstance(value, str):
            return value
        if DATE.fullmatch(value):
            return f"{self.dice.randint(2010, 2024)}-{self.dice.randint(1, 12):02}-15"
        if value.isdecimal() and value.isascii():
            return self.dice.choice(("0", "1", "2", "5", "12", "60", "99.5", "1000"))
        return {"true": "false", "false": "true"}.get(value) or value + self.dice.choice("1长 ")


def nodes(root: Any) -> list[Any]:
    """A value and everything in it."""
    found, left = [], [root]
    while left:
        node = left.pop()
        found.append(node)
        left += node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return found
