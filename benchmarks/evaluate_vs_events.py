"""Evaluating submissions to JSON, against libyaml's own time for the events of the same files.

    python benchmarks/evaluate_vs_events.py [NUMBER]

Both run in this process, in turn, five times after a warm-up; medians of CPU time. The garbage
collector is held for both, as `branchscore evaluate` holds it.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

import branchscore
from branchscore.outputs.gather import gather
from branchscore.outputs.results import encoded
from generate import generate

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5


def cpu(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return time.process_time() - start


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        paths = generate(Path(folder), number)
        size = sum(path.stat().st_size for path in paths)

        def events() -> None:
            for path in paths:
                for _ in yaml.parse(path.read_bytes(), yaml.CSafeLoader):
                    pass

        def evaluate() -> int:
            evaluation = branchscore.evaluate(ROOT / "criteria" / "jingan-2023.yaml", paths)
            if len(evaluation.standings) != number:
                raise SystemExit("not every generated submission was evaluated")
            return len(encoded(gather(evaluation, branchscore.__version__)))

        gc.disable()
        evaluate()
        times = [(cpu(events), cpu(evaluate)) for _ in range(ROUNDS)]
    floor, whole = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(b / a for a, b in times)
    print(f"{number} submissions, {size / number / 1000:.1f} kB each, PyYAML {yaml.__version__}")
    print(f"libyaml events   {floor / number * 1e6:8.0f} µs a submission")
    print(f"evaluate to JSON {whole / number * 1e6:8.0f} µs a submission")
    print(f"ratio            {ratio:8.2f}   (target: at most 3)")


if __name__ == "__main__":
    main()
