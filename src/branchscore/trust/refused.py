"""What keys, notes and papers are refused for."""

from branchscore.text.phrase import Phrase


class Untrusted(Exception):  # noqa: N818 - the answer to a question, not a mishap
    """Something is not what it would have to be; `why` says so in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.why = Phrase(zh, en)
