"""Matching beside its peers, on lists of many counties.

    python -m tests.benchmarks.matching [VARIANT…|all] [--seeds N] [--lists links villages] [--only-ours]

Links: a township register (5,000 rows) and the school roll (20,000); villages: village lists (1,500, hardly any
ID) and the township register (5,000). Prints for every variant (``rosters/variants.py``) the means of the seeds and
their standard deviation; for a single variant also every kind of difference and the reliability of the
probabilities, for several that of all together. ``--speed``: 50,000 × 250,000 instead, ordinary lists of one seed.
The peers' interpreter is named by PEERS_PYTHON (``make bench`` makes it). The province (1.05 million × 5.5 million
rows) is ``province.py``'s, by itself: it takes minutes and gigabytes.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence

from tests.benchmarks.matching.contest import table
from tests.benchmarks.matching.contest.run import BASELINES, OURS, SPLINK, outcomes
from tests.benchmarks.matching.contest.summary import Summary, of_all
from tests.benchmarks.matching.rosters.variants import BY_NAME, VARIANTS, Variant

SIZES = {"links": (5_000, 20_000), "villages": (1_500, 5_000)}
SPEED = (50_000, 250_000)
FIRST_SEED = 11


def main(arguments: Sequence[str] = ()) -> None:
    """Run what the arguments name, by default everything."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.matching", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("variants", nargs="*", default=["all"], metavar="VARIANT", help=", ".join(BY_NAME))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--lists", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--scale", type=float, default=1.0, help="share of the usual sizes")
    parser.add_argument("--only-ours", action="store_true", help="lbt-audit alone")
    parser.add_argument("--baselines", action="store_true", help="with " + " and ".join(BASELINES))
    parser.add_argument("--speed", action="store_true", help="50,000 × 250,000 rows, one seed")
    chosen = parser.parse_args(arguments)
    tools = [OURS] if chosen.only_ours else [OURS, SPLINK, *(BASELINES if chosen.baselines else ())]
    if unknown := set(chosen.variants) - {"all", *BY_NAME}:
        parser.error(f"no such variant: {', '.join(sorted(unknown))}; there are {', '.join(BY_NAME)}")
    variants = list(VARIANTS) if "all" in chosen.variants else [BY_NAME[v] for v in chosen.variants]
    if chosen.speed:
        contest("links", SPEED, [BY_NAME["ordinary"]], 1, tools)
        return
    for lists in chosen.lists:
        n, m = (int(size * chosen.scale) for size in SIZES[lists])
        contest(lists, (n, m), [v for v in variants if lists in v.lists], chosen.seeds, tools)


def contest(
    lists: str, size: tuple[int, int], variants: Sequence[Variant], seeds: int, tools: Sequence[str]
) -> None:
    """Print what every tool does on every variant of these lists."""
    print(
        f"\n{lists}, {size[0]:,} × {size[1]:,} rows, mean of {seeds} seeds (± standard deviation, fourth decimal)"
    )
    print(table.HEADING)
    everything: dict[str, list[Summary]] = defaultdict(list)
    for variant in variants:
        done = _summaries(lists, size, variant, seeds, tools)
        for tool, summary in done.items():
            everything[tool].append(summary)
            print(table.line(variant.name, tool, summary))
            for note in table.notes(summary):
                print(f"{'':17}{note}")
        if len(variants) == 1 and done:
            print("\n".join(table.kinds(done)))
        sys.stdout.flush()
    for tool, summaries in everything.items():
        print("\n".join(table.reliability(tool, of_all(summaries).bins())), flush=True)
        if tool != OURS and OURS in everything:
            print(f"  against {tool}: {table.ratio(of_all(everything[OURS]), of_all(summaries))}", flush=True)


def _summaries(
    lists: str, size: tuple[int, int], variant: Variant, seeds: int, tools: Sequence[str]
) -> dict[str, Summary]:
    found: dict[str, Summary] = defaultdict(Summary)
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        for tool, outcome in outcomes(lists, *size, variant, seed, tools):
            if isinstance(outcome, str):
                print(f"{variant.name:16} {tool:16} seed {seed} failed: {outcome}")
            else:
                found[tool].seeds.append(outcome)
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
