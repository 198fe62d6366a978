"""The tools beside which matching is measured, each on two pandas tables; imports nothing of lbt-audit.

    python peers.py TOOL LEFT.parquet RIGHT.parquet LINKS.json

It runs in an environment of its own (``make bench`` makes it): the peers ask for an older pandas. Every tool
gets the same columns, cleaned as far as its own documentation advises (names without blanks and dots, dates
and numbers as text), and its best configuration of a few tried; the links of each are reduced to one per left
row. Time is that of linking with the data in memory, memory what linking needed at its peak beyond the data.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from peak import Peak

Pairs = set[tuple[int, int]]


def exact(left: Any, right: Any) -> Pairs:
    """Equal name and birth date."""
    columns = ["name", "birth", "unique_id"]
    found = left[columns].dropna().merge(right[columns].dropna(), on=["name", "birth"])
    return set(zip(found["unique_id_x"].tolist(), found["unique_id_y"].tolist(), strict=True))


def splink(left: Any, right: Any, every: int = 0) -> Pairs:
    """Name by edit distance, ID, birth date, one household comparison (father), sex; trained by EM."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    home = [cl.LevenshteinAtThresholds("mother", [1]), cl.ExactMatch("village"), cl.ExactMatch("phone")]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.LevenshteinAtThresholds("name", [1]).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("id_no", [1, 2]),
            cl.DamerauLevenshteinAtThresholds("birth", [1]),
            cl.LevenshteinAtThresholds("father", [1]),
            cl.ExactMatch("sex"),
            *home * every,
        ],
        blocking_rules_to_generate_predictions=[
            block_on("id_no"), block_on("birth", "surname"), block_on("birth", "last"), block_on("name", "village"),
            block_on("name", "father"), block_on("father", "mother", "last"), block_on("father", "mother", "first"),
        ],
        retain_intermediate_calculation_columns=False, retain_matching_columns=False,
    )  # fmt: skip
    api = DuckDBAPI()
    columns = ["unique_id", "name", "id_no", "birth", "sex", "father", "mother", "village", "phone",
               "surname", "first", "last"]  # fmt: skip
    tables = [
        api.register(t[columns], dataset_display_name=n) for t, n in ((left, "a_rows"), (right, "b_rows"))
    ]
    linker = Linker(tables, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("id_no"), block_on("name", "birth")], recall=0.9
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth", "surname"))
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    found = found.sort_values(["match_weight", "unique_id_l", "unique_id_r"], ascending=[False, True, True])
    flip = found["source_dataset_l"].astype(str).str.contains("b_rows")
    i = found["unique_id_l"].where(~flip, found["unique_id_r"]).tolist()
    j = found["unique_id_r"].where(~flip, found["unique_id_l"]).tolist()
    best: dict[int, int] = {}
    for p, q in zip(i, j, strict=True):
        best.setdefault(int(p), int(q))
    return set(best.items())


def splink_all(left: Any, right: Any) -> Pairs:
    """The same with mother, village and phone as comparisons of their own."""
    return splink(left, right, 1)


def recordlinkage(left: Any, right: Any) -> Pairs:
    """Eight comparisons, classified by expectation and conditional maximisation."""
    import recordlinkage as rl

    texts = ["name", "id_no", "birth", "father", "mother", "village", "phone", "sex"]
    left, right = left.copy(), right.copy()
    left[texts], right[texts] = left[texts].fillna(""), right[texts].fillna("")
    index = rl.Index()
    for keys in (["birth", "surname"], ["birth", "last"], ["name", "village"], ["father", "mother"]):
        index.block(keys)
    pairs = index.index(left, right)
    compare = rl.Compare()
    compare.string("name", "name", method="levenshtein", threshold=0.6)
    compare.string("id_no", "id_no", method="damerau_levenshtein", threshold=0.88)
    for column in ("birth", "father", "mother", "village", "phone", "sex"):
        compare.exact(column, column)
    features = compare.compute(pairs, left, right)
    found = rl.ECMClassifier().fit_predict((features > 0.5).astype(int))
    score = features.sum(axis=1).loc[found].sort_values(ascending=False, kind="stable")
    best: dict[int, int] = {}
    for p, q in score.index.tolist():
        best.setdefault(p, q)
    return set(best.items())


TOOLS: dict[str, Callable[[Any, Any], Pairs]] = {
    "exact name+birth": exact,
    "splink": splink,
    "splink all fields": splink_all,
    "recordlinkage": recordlinkage,
}


def main() -> None:
    tool, left, right, out = sys.argv[1:]
    tables = [pd.read_parquet(path) for path in (left, right)]
    tables = [t.astype(object).where(t.notna(), None) for t in tables]
    peak = Peak()
    start = time.perf_counter()
    pairs = TOOLS[tool](*tables)
    seconds = time.perf_counter() - start
    found = {"seconds": seconds, "megabytes": peak.megabytes(), "pairs": sorted(pairs)}
    Path(out).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
