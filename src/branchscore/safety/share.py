"""Shares of draws as they are read."""

from branchscore.text.numbers import divided, rounded


def share(number: int, draws: int) -> str:
    """A share of the draws in whole per cent; next to nothing and next to all are told apart
    from nothing and all."""
    if 0 < number * 200 < draws:
        return "<0.5%"
    if draws > number and number * 200 > draws * 199:
        return ">99.5%"
    return f"{rounded(divided(number * 100, draws), 0, 'half-up')}%"
