"""Links held against the truth."""

from tests.benchmarks.matching.measure.accuracy import (
    kinds_right,
    measure,
    namesakes_joined,
    true_pairs,
    twins_joined,
)

__all__ = ["kinds_right", "measure", "namesakes_joined", "true_pairs", "twins_joined"]
