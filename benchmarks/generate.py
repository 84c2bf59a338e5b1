"""Make many submissions out of the samples: the same records under other branch codes."""

import re
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "submissions" / "jingan-2023"


def generate(folder: Path, number: int) -> list[Path]:
    """Write `number` sound submissions into `folder`.

    Evidence files are turned into references to paper, so that the benchmark reads
    submissions and not thousands of copies of the same attachment.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.yaml"))]
    paths = []
    for n in range(number):
        text = re.sub(r"^code: .*$", f"code: B{n:07}", texts[n % len(texts)], flags=re.MULTILINE)
        path = folder / f"B{n:07}.yaml"
        path.write_text(re.sub(r"\bfile: ", "place: ", text), encoding="utf-8")
        paths.append(path)
    return paths
