"""Benchmarks: ratios measured in one run on one machine, with peak memory. ``make bench``."""
