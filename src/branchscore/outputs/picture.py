"""A PDF → pictures of its pages, to be looked at."""

from collections.abc import Iterator
from io import BytesIO

DPI = 144


def pictures(pdf: bytes, dpi: int = DPI) -> Iterator[bytes]:
    """Each page as PNG."""
    import pypdfium2  # noqa: PLC0415 - only looking needs it

    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            out = BytesIO()
            page.render(scale=dpi / 72).to_pil().save(out, "PNG")
            yield out.getvalue()
