"""Exact numbers: one grammar for what people write, one way to print and to round.

Points, prices and shares are `Exact` from the first character read to the last one
printed: an int where they are whole, else a `fractions.Fraction`. A float never occurs;
division goes through `divided`, because int / int would be one.
"""

import re
from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Literal

DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,6})?", re.ASCII)
RATIO = re.compile(r"(-?(?:0|[1-9][0-9]{0,8}))/([1-9][0-9]{0,8})", re.ASCII)

RoundingRule = Literal["half-up", "half-even"]
Exact = int | Fraction
UNLIMITED = 10**15
"""A bound that no points reach (上不封顶); whatever is near it is printed as ∞."""


def is_unlimited(points: Exact) -> bool:
    """Whether a bound, or a sum with one in it, is none."""
    return points > UNLIMITED // 2


def divided(value: Exact, by: Exact) -> Exact:
    """The exact quotient; an int where it is whole."""
    quotient = Fraction(value) / by
    return quotient.numerator if quotient.denominator == 1 else quotient


def total(numbers: Iterable[Exact]) -> Exact:
    """The exact sum; parts are added up by denominator, and only the sum is reduced."""
    whole, parts = 0, dict[int, int]()
    for number in numbers:
        if type(number) is int:
            whole += number
        else:
            by = number.denominator
            parts[by] = parts.get(by, 0) + number.numerator
    if not parts:
        return whole
    common = lcm(*parts)
    over = whole * common + sum([part * (common // by) for by, part in parts.items()])
    return divided(over, common)


def parse_decimal(text: str) -> Exact | None:
    """Read `3`, `-1.25` (at most 6 decimals, ASCII digits only); None if it is anything else."""
    if not DECIMAL.fullmatch(text):
        return None
    whole, point, decimals = text.partition(".")
    return divided(int(whole + decimals), 10 ** len(decimals)) if point else int(whole)


def parse_number(text: str) -> Exact | None:
    """Read a decimal, a fraction `5/30` or a percentage `92.5%`; None if it is anything else.

    Criteria files use this wider grammar, so that a unit price of a thirtieth of five
    points need not be written 0.167.
    """
    if text.endswith("%"):
        number = parse_decimal(text[:-1])
        return None if number is None else divided(number, 100)
    ratio = RATIO.fullmatch(text)
    if ratio:
        return divided(int(ratio[1]), int(ratio[2]))
    return parse_decimal(text)


def rounded(value: Exact, decimals: int, rule: RoundingRule) -> Exact:
    """Round to `decimals` places, half cases by `rule`.

    `half-up` (四舍五入) takes a half away from zero, as reckoned by hand;
    `half-even` takes it to the even neighbour (GB/T 8170-2008, 3.2).
    """
    scale = 10**decimals
    if scale % value.denominator == 0:
        return value
    scaled = value * scale
    if rule == "half-even":
        return divided(round(scaled), scale)
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return divided(whole if scaled >= 0 else -whole, scale)


def plain(value: Exact, decimals: int = 0) -> str:
    """Print exactly: `3.75` where the decimals end, `5/6` where they do not.

    `decimals` is the least number of places, for columns that should align.
    """
    if abs(value.numerator) > UNLIMITED // 2 and is_unlimited(max(value, -value)):
        return "∞" if value > 0 else "-∞"
    if value.denominator == 1 and not decimals:
        return str(value.numerator)
    rest, places = value.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest //= prime
            power += 1
        places = max(places, power)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(places, decimals)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def printed(text: str) -> Exact:
    """What `plain` printed, as a number again."""
    if text.endswith("∞"):
        return -UNLIMITED if text.startswith("-") else UNLIMITED
    return divided(Fraction(text), 1)


def percent(value: Exact) -> str:
    """Print a share for reading: `92.5%`, or `≈84.62%` where two decimals are not exact."""
    hundredfold = value * 100
    shown = rounded(hundredfold, 2, "half-up")
    return f"{'' if shown == hundredfold else '≈'}{plain(shown)}%"
