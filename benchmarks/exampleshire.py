"""How long Exampleshire takes to write, and how much memory: canonical CSV of a million children.

python benchmarks/exampleshire.py [--children 1000000] [--answer-key]
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from pathlib import Path

import goldenthread


def main() -> None:
    """Write once and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=1_000_000)
    parser.add_argument("--answer-key", action="store_true", help="count the planted truths too")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp()) / "exampleshire"
    try:
        begun = time.perf_counter()
        made = goldenthread.write_exampleshire(
            folder, 1, options.children, returns=False, answer_key=options.answer_key
        )
        seconds = time.perf_counter() - begun
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    finally:
        shutil.rmtree(folder.parent)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = sum(made["rows"].values())
    print(f"{made['children']:,} children, {rows:,} rows, {size / 1e9:.2f} GB: {seconds:.1f} s, peak {peak:,.0f} MiB")


if __name__ == "__main__":
    main()
