"""index.html as html.parser reads it."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """Rows of tables outside of details, and per branch those inside; a first cell is one line,
    so that an indicator's row begins with its number."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.details: dict[str, list[list[str]]] = {}
        self.attributes: list[tuple[str, str | None]] = []
        self._into, self._cell = self.rows, False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        if tag == "details":
            self._into = self.details.setdefault(str(dict(attrs)["id"]), [])
        elif tag == "tr":
            self._into.append([])
        elif tag in ("td", "th"):
            self._into[-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self._into = self.rows
        elif tag in ("td", "th"):
            self._cell = False

    def handle_data(self, data: str) -> None:
        if self._cell:
            self._into[-1][-1] += data
