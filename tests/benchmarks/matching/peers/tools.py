"""The tools beside which matching is measured, each on two pandas tables; imports nothing of lbt-audit.

    python peers.py TOOL LEFT.parquet RIGHT.parquet LINKS.json

It runs in an environment of its own (``make bench`` makes it): the peers ask for an older pandas. Every tool gets
the same columns, cleaned and prepared as its own documentation advises (``contest/prepare.py``), and its best
configuration of those tried; the links of each are reduced to one per left row. Time is that of linking with the
data in memory, memory what linking needed at its peak beyond the data.
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

Told = dict[tuple[int, int], float | None]  # the best pair of each left row, with its probability if any
TOLD_FROM, LINKED_FROM = 0.05, 0.5


def exact(left: Any, right: Any) -> Told:
    """Equal name and birth date."""
    columns = ["name", "birth", "unique_id"]
    found = left[columns].dropna().merge(right[columns].dropna(), on=["name", "birth"])
    return dict.fromkeys(zip(found["unique_id_x"].astype(int), found["unique_id_y"].astype(int), strict=True))


def splink(left: Any, right: Any) -> Told:
    """The best of nine configurations tried on lists that are not among those measured.

    Names in levels (equal with term frequency, equal sound, equal sound in dialect, one edit), one comparison for
    all of the household, so that it cannot be counted twice, dates with months; trained by EM on three blocks.
    F1 on links and villages: plain set-up of names, number, date, father and sex 0.995 and 0.862; with mother,
    village and phone as comparisons of their own 0.993 and 0.946; with sounds and dates with months 0.997 and 0.958;
    so, and father and mother in levels each with all else, 0.994 and 0.981; as it stands 0.997 and 0.981. A term
    frequency for fathers, a higher threshold and keeping the best of either or both sides gain nothing.
    """
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="link_only",
        comparisons=_comparisons(),
        blocking_rules_to_generate_predictions=[
            block_on(*columns) for columns in (
                ("id_no",), ("birth", "surname"), ("birth", "last"), ("birth", "village"), ("name", "village"),
                ("name", "father"), ("name", "mother"), ("name_sound", "birth_month"), ("name_folded", "village"),
                ("father", "mother", "last"), ("father", "mother", "first"), ("father", "birth_month"),
                ("mother", "birth_month"), ("father", "name_sound"),
            )
        ],
        retain_intermediate_calculation_columns=False, retain_matching_columns=False,
    )  # fmt: skip
    api = DuckDBAPI()  # in memory
    tables = [api.register(t, dataset_display_name=n) for t, n in ((left, "a_rows"), (right, "b_rows"))]
    linker = Linker(tables, settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("id_no"), block_on("name", "birth")], recall=0.9
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for columns in (("name",), ("birth", "surname"), ("father", "mother")):
        training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
    found = linker.inference.predict(threshold_match_probability=TOLD_FROM).as_pandas_dataframe()
    found = found.sort_values(["match_weight", "unique_id_l", "unique_id_r"], ascending=[False, True, True])
    flip = found["source_dataset_l"].astype(str).str.contains("b_rows")
    i = found["unique_id_l"].where(~flip, found["unique_id_r"]).astype(int).tolist()
    j = found["unique_id_r"].where(~flip, found["unique_id_l"]).astype(int).tolist()
    best: dict[int, tuple[int, float]] = {}
    for p, q, probability in zip(i, j, found["match_probability"].tolist(), strict=True):
        best.setdefault(p, (q, probability))
    return {(p, q): probability for p, (q, probability) in best.items()}


def _comparisons() -> list[Any]:
    import splink.comparison_level_library as level
    import splink.comparison_library as cl

    def equal(column: str, **more: Any) -> Any:
        return level.ExactMatchLevel(column, **more)

    def custom(name: str, *levels: Any) -> Any:
        return cl.CustomComparison(output_column_name=name, comparison_levels=[*levels, level.ElseLevel()])

    near = level.Or(level.LevenshteinLevel("father", 1), level.LevenshteinLevel("mother", 1))
    parent = level.Or(equal("father_sound"), equal("mother_sound"))
    return [
        custom("name", level.NullLevel("name"), equal("name", term_frequency_adjustments=True), equal("name_sound"),
               equal("name_folded"), level.LevenshteinLevel("name", 1)),
        cl.DamerauLevenshteinAtThresholds("id_no", [1, 2]),
        custom("birth", level.NullLevel("birth_month"), equal("birth"),
               level.And(equal("birth_month"), level.NullLevel("birth")), level.DamerauLevenshteinLevel("birth", 1),
               equal("birth_month"), level.LevenshteinLevel("birth", 2)),
        custom("home", level.And(*(level.NullLevel(c) for c in ("father", "mother", "phone"))),
               level.And(equal("father_sound"), equal("mother_sound")),
               level.And(parent, level.Or(equal("village"), equal("phone"))), parent, equal("phone"),
               level.And(near, equal("village")), equal("village"), near),
        cl.ExactMatch("sex"),
    ]  # fmt: skip


def recordlinkage(left: Any, right: Any) -> Told:
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
    return dict.fromkeys(best.items())


TOOLS: dict[str, Callable[[Any, Any], Told]] = {
    "exact name+birth": exact,
    "splink": splink,
    "recordlinkage": recordlinkage,
}


def main() -> None:
    tool, left, right, out = sys.argv[1:]
    tables = [pd.read_parquet(path) for path in (left, right)]
    tables = [t.astype(object).where(t.notna(), None) for t in tables]
    peak = Peak()
    start, processor = time.perf_counter(), time.process_time()
    told = TOOLS[tool](*tables)
    found: dict[str, Any] = {
        "seconds": time.perf_counter() - start, "processor": time.process_time() - processor,
        "megabytes": peak.megabytes(),
    }  # fmt: skip
    found["pairs"] = [[int(i), int(j)] for (i, j), p in told.items() if p is None or p >= LINKED_FROM]
    found["told"] = [[int(i), int(j), p] for (i, j), p in told.items()]
    Path(out).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
