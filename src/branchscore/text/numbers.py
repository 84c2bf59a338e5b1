"""Exact numbers: one grammar for what people write, one way to print and to round.

Points, prices and shares are `fractions.Fraction` from the first character read to
the last one printed; a float never occurs.
"""

import re
from fractions import Fraction
from typing import Literal

DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,6})?", re.ASCII)
RATIO = re.compile(r"(-?(?:0|[1-9][0-9]{0,8}))/([1-9][0-9]{0,8})", re.ASCII)

RoundingRule = Literal["half-up", "half-even"]


def parse_decimal(text: str) -> Fraction | None:
    """Read `3`, `-1.25` (at most 6 decimals, ASCII digits only); None if it is anything else."""
    return Fraction(text) if DECIMAL.fullmatch(text) else None


def parse_number(text: str) -> Fraction | None:
    """Read a decimal, a fraction `5/30` or a percentage `92.5%`; None if it is anything else.

    Criteria files use this wider grammar, so that a unit price of a thirtieth of five
    points need not be written 0.167.
    """
    if text.endswith("%"):
        number = parse_decimal(text[:-1])
        return None if number is None else number / 100
    ratio = RATIO.fullmatch(text)
    if ratio:
        return Fraction(int(ratio[1]), int(ratio[2]))
    return parse_decimal(text)


def rounded(value: Fraction, decimals: int, rule: RoundingRule) -> Fraction:
    """Round to `decimals` places, half cases by `rule`.

    `half-up` (四舍五入) takes a half away from zero, as reckoned by hand;
    `half-even` takes it to the even neighbour (GB/T 8170-2008, 3.2).
    """
    scale = 10**decimals
    scaled = value * scale
    if scaled.denominator == 1:
        return value
    if rule == "half-even":
        return Fraction(round(scaled), scale)
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if scaled >= 0 else -whole, scale)


def plain(value: Fraction | int, decimals: int = 0) -> str:
    """Print exactly: `3.75` where the decimals end, `5/6` where they do not.

    `decimals` is the least number of places, for columns that should align.
    """
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


def percent(value: Fraction) -> str:
    """Print a share for reading: `92.5%`, or `≈84.62%` where two decimals are not exact."""
    hundredfold = value * 100
    shown = rounded(hundredfold, 2, "half-up")
    return f"{'' if shown == hundredfold else '≈'}{plain(shown)}%"
