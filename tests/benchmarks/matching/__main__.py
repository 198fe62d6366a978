"""Matching beside its peers; ``python -m tests.benchmarks.matching [register|village LEFT RIGHT [SEED]]``.

Without arguments: all sizes. The province (1.05 million × 5.5 million rows) is ``province.py``'s, by itself:
it takes minutes and gigabytes.
"""

from __future__ import annotations

import sys

from tests.benchmarks.matching.contest import contest

SIZES = (("register", 5_000, 20_000, 11), ("village", 1_500, 5_000, 11), ("register", 50_000, 250_000, 11))


def main() -> None:
    for size in SIZES:
        contest(*size)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        kind, left, right, *seed = sys.argv[1:]
        contest(kind, int(left), int(right), int(seed[0]) if seed else 11)
    else:
        main()
