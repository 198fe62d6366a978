"""The tools, each reading a CSV file and telling which rows fail which of the twenty checks.

    python tools.py TOOL FILE.csv

Runs in an environment of its own (``make bench`` makes it) and imports nothing of lbt-audit. Prints how many values fail.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from checks import FORMS, OPTIONS, PRESENT, UNIQUE


def pandas(path: str) -> Any:
    import pandas as pd

    return pd.read_csv(path, dtype=str)


def polars(path: str) -> Any:
    import polars as pl

    return pl.read_csv(path, infer_schema=False)


def _pandera(package: Any, frame: Any, errors: type[Exception]) -> int:
    columns: dict[str, Any] = {}
    for name in dict.fromkeys([*PRESENT, *UNIQUE, *FORMS, *OPTIONS]):
        held = [package.Check.str_matches(FORMS[name])] if name in FORMS else []
        held += [package.Check.isin(OPTIONS[name])] if name in OPTIONS else []
        columns[name] = package.Column(str, held, nullable=name not in PRESENT, unique=name in UNIQUE)
    try:
        package.DataFrameSchema(columns).validate(frame, lazy=True)
    except errors as error:
        return len(error.failure_cases)  # type: ignore[attr-defined]
    return 0


def pandera_pandas(path: str) -> int:
    import pandera.pandas as pa

    return _pandera(pa, pandas(path), pa.errors.SchemaErrors)


def pandera_polars(path: str) -> int:
    import pandera.polars as pa

    return _pandera(pa, polars(path), pa.errors.SchemaErrors)


def pointblank(path: str) -> int:
    import pointblank as pb

    steps = pb.Validate(polars(path)).col_vals_not_null(list(PRESENT)).rows_distinct(list(UNIQUE))
    for name, form in FORMS.items():
        steps = steps.col_vals_regex(name, form, na_pass=True)
    for name, options in OPTIONS.items():
        steps = steps.col_vals_in_set(name, list(options))
    return sum(int(n) for n in steps.interrogate().n_failed().values())


def great_expectations(path: str) -> int:
    import great_expectations as gx

    expect = gx.expectations
    asked = [expect.ExpectColumnValuesToNotBeNull(column=name) for name in PRESENT]
    asked += [expect.ExpectColumnValuesToBeUnique(column=name) for name in UNIQUE]
    asked += [expect.ExpectColumnValuesToMatchRegex(column=n, regex=form) for n, form in FORMS.items()]
    asked += [expect.ExpectColumnValuesToBeInSet(column=n, value_set=list(o)) for n, o in OPTIONS.items()]
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("rows").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("rows").get_batch({"dataframe": pandas(path)})
    found = batch.validate(gx.ExpectationSuite("twenty", expectations=asked), result_format="COMPLETE")
    return sum(int(r.result.get("unexpected_count") or 0) for r in found.results)


def frictionless(path: str) -> int:
    from frictionless import Checklist, Detector, Resource, Schema, system

    fields = []
    with Path(path).open(encoding="utf-8") as file:
        header = file.readline().strip().split(",")
    for name in header:
        held: dict[str, Any] = {"required": True} if name in PRESENT else {}
        held |= {"unique": True} if name in UNIQUE else {}
        held |= {"pattern": FORMS[name]} if name in FORMS else {}
        held |= {"enum": list(OPTIONS[name])} if name in OPTIONS else {}
        fields.append({"name": name, "type": "string", "constraints": held})
    schema = Schema.from_descriptor({"fields": fields})
    with system.use_context(trusted=True):
        report = Resource(path, schema=schema, detector=Detector()).validate(Checklist(), limit_errors=10**9)
    return int(report.stats["errors"])


def dataframely(path: str) -> int:
    import dataframely as dy
    import polars as pl

    members: dict[str, Any] = {}
    for number, name in enumerate(dict.fromkeys([*PRESENT, *UNIQUE, *FORMS, *OPTIONS])):
        held = [pl.col(name).is_in(list(OPTIONS[name]))] if name in OPTIONS else []
        check = (lambda rule: lambda column: column.is_in(rule))(list(OPTIONS[name])) if held else None
        members[f"c{number}"] = dy.String(
            alias=name, nullable=name not in PRESENT, unique=name in UNIQUE or None, regex=FORMS.get(name), check=check
        )  # fmt: skip
    schema = type("Twenty", (dy.Schema,), members)
    _, failed = schema.filter(polars(path))
    return sum(failed.counts().values())


def duckdb(path: str) -> int:
    import duckdb

    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    rows = f"read_csv({quoted(path)}, all_varchar=true, header=true)"
    number = f"(select row_number() over () as row, * from {rows})"
    asked = [f'select row from t where "{n}" is null' for n in PRESENT]
    asked += [f'select row from t qualify count(*) over (partition by "{n}") > 1' for n in UNIQUE]
    asked += [
        f'select row from t where not regexp_matches("{n}", {quoted(form)})' for n, form in FORMS.items()
    ]
    asked += [
        f'select row from t where "{n}" not in ({",".join(map(quoted, o))})' for n, o in OPTIONS.items()
    ]
    connection = duckdb.connect()
    connection.execute(f"create table t as select * from {number}")
    return sum(len(connection.execute(one).fetchall()) for one in asked)


READERS: dict[str, Callable[[str], Any]] = {"pandas": pandas, "polars": polars}
TOOLS: dict[str, Callable[[str], int]] = {
    tool.__name__: tool
    for tool in (pandera_pandas, pandera_polars, pointblank, great_expectations, frictionless, dataframely, duckdb)
}  # fmt: skip

if __name__ == "__main__":
    tool, file = sys.argv[1:]
    if tool in READERS:
        READERS[tool](file)
    else:
        print(TOOLS[tool](file))
