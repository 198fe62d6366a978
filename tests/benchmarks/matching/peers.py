"""The same rosters through Splink (DuckDB), recordlinkage and an exact join, each in its own process.

    python -m tests.benchmarks.matching.peers [register|village] LEFT RIGHT [SEED]

Every tool gets the same columns, cleaned as far as its own documentation advises (names without blanks,
dates and numbers as text), and its best configuration of a few tried; the links of each are reduced to one
per left row. Time is that of linking, with the data in memory; memory is the peak of the process less that
of building the rosters.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from tests.benchmarks.matching.measure import (
    kinds_right,
    measure,
    namesakes_joined,
    timed,
    true_pairs,
    twins_joined,
)
from tests.benchmarks.matching.rosters import NO_DATE, Roster, register_and_school, village_and_register

Pairs = set[tuple[int, int]]


def frame(roster: Roster) -> Any:
    """The roster as pandas would read it."""
    import pandas as pd

    data = pd.DataFrame(roster.columns)
    data["name"] = data["name"].str.replace(r"[\s·•・.]", "", regex=True)
    exact = [a if a == b and a != NO_DATE else None for a, b in zip(roster.lo, roster.hi, strict=True)]
    data["birth"] = pd.Series(pd.to_datetime(exact, unit="D").strftime("%Y-%m-%d")).where(
        pd.Series(exact).notna(), None
    )
    data["sex"] = [str(s) for s in roster.sex]
    data["surname"], data["last"], data["first"] = (
        data["name"].str[0],
        data["name"].str[-1],
        data["name"].str[1:2],
    )
    data["unique_id"] = range(len(data))
    return data.astype(object).where(data.notna(), None)


def ours(left: Roster, right: Roster) -> tuple[Pairs, dict[str, Any], float, float]:
    from lbt_audit.matching import Level, link

    a, b = left.people(), right.people()
    links, seconds, peak = timed(lambda: link(a, b))
    sure = links.verdict >= 2
    level = {
        (int(i), int(j)): Level(int(x)).key
        for i, j, x in zip(links.left[sure], links.right[sure], links.level[sure], strict=True)
    }
    return set(level), kinds_right(left, right, level, true_pairs(left, right)), seconds, peak


def exact(left: Roster, right: Roster) -> tuple[Pairs, dict[str, Any], float, float]:
    a, b = frame(left), frame(right)

    def run() -> Pairs:
        found = (
            a[["name", "birth", "unique_id"]]
            .dropna()
            .merge(b[["name", "birth", "unique_id"]].dropna(), on=["name", "birth"])
        )
        return set(zip(found["unique_id_x"].tolist(), found["unique_id_y"].tolist(), strict=True))

    pairs, seconds, peak = timed(run)
    return pairs, {}, seconds, peak


def splink(left: Roster, right: Roster, every: int = 0) -> tuple[Pairs, dict[str, Any], float, float]:
    """Name by edit distance, ID, birth date, one household comparison (parents), sex; trained by EM."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    a, b = frame(left), frame(right)
    columns = [
        "unique_id",
        "name",
        "id_no",
        "birth",
        "sex",
        "father",
        "mother",
        "village",
        "phone",
        "surname",
        "first",
        "last",
    ]

    def run() -> Pairs:
        settings = SettingsCreator(
            link_type="link_only",
            comparisons=[
                cl.LevenshteinAtThresholds("name", [1]).configure(term_frequency_adjustments=True),
                cl.DamerauLevenshteinAtThresholds("id_no", [1, 2]),
                cl.DamerauLevenshteinAtThresholds("birth", [1]),
                cl.LevenshteinAtThresholds("father", [1]),
                cl.ExactMatch("sex"),
                *[cl.LevenshteinAtThresholds("mother", [1]), cl.ExactMatch("village"), cl.ExactMatch("phone")] * every,
            ],
            blocking_rules_to_generate_predictions=[
                block_on("id_no"), block_on("birth", "surname"), block_on("birth", "last"), block_on("name", "village"),
                block_on("name", "father"), block_on("father", "mother", "last"), block_on("father", "mother", "first"),
            ],
            retain_intermediate_calculation_columns=False, retain_matching_columns=False,
        )  # fmt: skip
        api = DuckDBAPI()
        tables = [api.register(t[columns], dataset_display_name=n) for t, n in ((a, "a_rows"), (b, "b_rows"))]
        linker = Linker(tables, settings, log_level=None)
        linker.training.estimate_probability_two_random_records_match(
            [block_on("id_no"), block_on("name", "birth")], recall=0.9
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth", "surname"))
        found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
        found = found.sort_values(
            ["match_weight", "unique_id_l", "unique_id_r"], ascending=[False, True, True]
        )
        flip = found["source_dataset_l"].astype(str).str.contains("b_rows")
        i = found["unique_id_l"].where(~flip, found["unique_id_r"]).tolist()
        j = found["unique_id_r"].where(~flip, found["unique_id_l"]).tolist()
        used: set[int] = set()
        pairs = set()
        for p, q in zip(i, j, strict=True):
            if p not in used:
                used.add(p)
                pairs.add((int(p), int(q)))
        return pairs

    pairs, seconds, peak = timed(run)
    return pairs, {}, seconds, peak


def splink_all(left: Roster, right: Roster) -> tuple[Pairs, dict[str, Any], float, float]:
    """The same with mother, village and phone as comparisons of their own."""
    return splink(left, right, 1)


def recordlinkage(left: Roster, right: Roster) -> tuple[Pairs, dict[str, Any], float, float]:
    import recordlinkage as rl

    a, b = frame(left), frame(right)
    texts = ["name", "id_no", "birth", "father", "mother", "village", "phone", "sex"]
    a[texts], b[texts] = a[texts].fillna(""), b[texts].fillna("")

    def run() -> Pairs:
        index = rl.Index()
        index.block(["birth", "surname"])
        index.block(["birth", "last"])
        index.block(["name", "village"])
        index.block(["father", "mother"])
        pairs = index.index(a, b)
        compare = rl.Compare()
        compare.string("name", "name", method="levenshtein", threshold=0.6)
        compare.string("id_no", "id_no", method="damerau_levenshtein", threshold=0.88)
        for column in ("birth", "father", "mother", "village", "phone", "sex"):
            compare.exact(column, column)
        features = compare.compute(pairs, a, b)
        found = rl.ECMClassifier().fit_predict((features > 0.5).astype(int))
        best: dict[int, tuple[float, int]] = {}
        score = features.sum(axis=1)
        for p, q in found.tolist():
            best[p] = max(best.get(p, (-1.0, -1)), (float(score.loc[(p, q)]), q))
        return {(p, q) for p, (_, q) in best.items()}

    pairs, seconds, peak = timed(run)
    return pairs, {}, seconds, peak


TOOLS = {
    "lbt-audit": ours,
    "exact name+birth": exact,
    "splink": splink,
    "splink all fields": splink_all,
    "recordlinkage": recordlinkage,
}


def one(tool: str, path: Path) -> None:
    left, right = pickle.loads(path.read_bytes())
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pairs, kinds, seconds, peak = TOOLS[tool](left, right)
    result = measure(left, right, pairs, true_pairs(left, right))
    result |= {
        "seconds": round(seconds, 2), "peak_mb": round(peak - before), "same_name_joined": namesakes_joined(left, right, pairs),
        "twins_joined": twins_joined(left, right, pairs), "kinds": kinds,
    }  # fmt: skip
    print(json.dumps({"tool": tool, **result}, ensure_ascii=False, default=int))


def main() -> None:
    kind, n, m = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 11
    pair = (register_and_school if kind == "register" else village_and_register)(n, m, seed)
    tools = sys.argv[5].split(",") if len(sys.argv) > 5 else list(TOOLS)
    print(
        f"{kind}: {len(pair[0].truth):,} × {len(pair[1].truth):,} rows, {len(true_pairs(*pair)):,} true pairs, seed {seed}"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rosters.pickle"
        path.write_bytes(pickle.dumps(pair))
        print(
            f"{'':18}{'F1':>9}{'precision':>11}{'recall':>9}{'s':>9}{'MB':>8}{'twins':>7}{'namesakes':>11}{'kinds':>8}"
        )
        details = []
        for tool in tools:
            done = subprocess.run(
                [sys.executable, "-m", __spec__.name, "--one", tool, str(path)],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                print(f"{tool:18} failed: {done.stderr.strip().splitlines()[-1:]}")
                continue
            r = json.loads(done.stdout.strip().splitlines()[-1])
            print(
                f"{tool:18}{r['f1']:9.4f}{r['precision']:11.4f}{r['recall']:9.4f}{r['seconds']:9.2f}{r['peak_mb']:8}"
                f"{r['twins_joined']:7}{r['same_name_joined']:11}{r['kinds'].get('share', ''):>8}"
            )
            details.append(r)
        for r in details[:1]:
            print(
                json.dumps(
                    {k: r[k] for k in ("recall_by_kind", "false", "kinds")}, ensure_ascii=False, indent=1
                )
            )


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main()

__all__ = ["np"]
