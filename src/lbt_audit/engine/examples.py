"""Examples in rule files: small registers written as mappings, put through the real engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.registry import checks
from lbt_audit.engine.execute import run_rule
from lbt_audit.engine.framing import make_book, make_context, make_frames
from lbt_audit.intake.extract import extract_tables
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.table import Column, Submission, Table
from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.home import HomeArea
from lbt_audit.model.location import column_letter
from lbt_audit.model.rule import Rule
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

AS_OF = "2026-10-31"
UNITS = Units.of(
    "青禾县",
    {"白石镇": ("珠岩村", "大坪村"), "清水乡": ("河边村",)},
    {"白石镇中心小学": "白石镇", "清水乡中心小学": "清水乡"},
)
_RICH = {
    "rows", "tables", "sheet", "kind", "as_of", "params", "facts", "unit", "issues", "file", "reason",
    "hidden_rows", "hidden_columns", "merges",
}  # fmt: skip


@dataclass(frozen=True)
class Failure:
    """An example that did not behave."""

    rule: str
    which: str  # found | silent
    number: int
    expected: int
    got: int
    error: str | None = None

    def __str__(self) -> str:
        if self.error:
            return f"{self.rule} {self.which}[{self.number}]: {self.error}"
        return f"{self.rule} {self.which}[{self.number}]: expected {self.expected} issue(s), got {self.got}"


def check_examples(rule: Rule, params: Mapping[str, Any], dictionary: Dictionary) -> Iterator[Failure]:
    """Run every example of ``rule``; yields those that fail."""
    for which in ("found", "silent"):
        for number, example in enumerate(rule.examples.get(which) or ()):
            spec = normalise(rule, example)
            expected = int(spec.get("issues", 1)) if which == "found" else 0
            try:
                got = count_issues(rule, spec, params, dictionary)
            except Exception as error:
                yield Failure(rule.code, which, number, expected, 0, f"{type(error).__name__}: {error}")
                continue
            if got != expected:
                yield Failure(rule.code, which, number, expected, got)


def normalise(rule: Rule, example: Any) -> dict[str, Any]:
    """The rich form of an example: ``tables`` of rows, a raw ``sheet``, or entries of a ``ledger``."""
    if isinstance(example, Sequence) and not isinstance(example, str):
        example = {"rows": list(example)}
    if not set(example) & {"rows", "tables", "sheet", "file", "ledger"}:
        own = {k: v for k, v in example.items() if k in ("as_of", "params", "facts", "issues") and k in _RICH}
        example = {**own, "rows": [{k: v for k, v in example.items() if k not in own}]}
    spec = dict(example)
    if "rows" in spec:
        spec["tables"] = {spec.get("kind", rule.tables[0] if rule.tables else "roster"): spec.pop("rows")}
    return spec


def count_issues(
    rule: Rule, spec: Mapping[str, Any], params: Mapping[str, Any], dictionary: Dictionary
) -> int:
    """Number of issues of ``rule`` in one example."""
    on_example = checks()[rule.check].on_example
    if on_example is not None and "ledger" in spec:
        return on_example(rule, spec)
    as_of = date.fromisoformat(str(spec.get("as_of", AS_OF)))
    params = {**params, **(spec.get("params") or {})}
    context = make_context(
        as_of, HomeArea(UNITS), ["529901"], ["穿青人", "革家人"], ["0857-8221234"], dictionary.codes
    )
    submissions = _submissions(spec, dictionary)
    tables = [t for s in submissions for t in s.tables]
    frames = make_frames(tables, dictionary, context, params)
    book = make_book(frames, submissions, UNITS, params, dictionary.kinds)
    found = run_rule(rule, checks()[rule.check], book)
    if isinstance(found, str):
        return 0
    return sum(f.outcome.count if isinstance(f.outcome, RowHits) else len(f.outcome.hits) for f in found)


def _submissions(spec: Mapping[str, Any], dictionary: Dictionary) -> list[Submission]:
    if "sheet" in spec:
        kinds = [("*", spec["kind"])] if "kind" in spec else []
        name = spec.get("file", "example.xlsx")
        return [extract_tables(name, "", [_grid(spec["sheet"], spec)], dictionary, UNITS, kinds)]
    if "file" in spec and "tables" not in spec:
        return [Submission(spec["file"], "", "unreadable", spec.get("reason", "damaged"))]
    named = spec.get("unit")
    facts = {k: (str(v), 2, 0) for k, v in (spec.get("facts") or {}).items()}
    submissions = []
    for i, (kind, rows) in enumerate(spec["tables"].items()):
        unit = _unit(named.get(kind) if isinstance(named, Mapping) else named)
        tables = (_table(kind, rows, unit, facts, f"{i}.xlsx"),)
        submissions.append(Submission(f"{i}.xlsx", "", "audited", tables=tables))
    return submissions


def _unit(name: str | None) -> Unit:
    return UNITS.find(name) or Unit("township", name, known=False) if name else Unit("township", "白石镇")


def _table(
    kind: str, rows: Sequence[Mapping[str, Any]], unit: Unit, facts: Mapping[str, Any], path: str
) -> Table:
    if isinstance(rows, Mapping):
        rows = [rows]
    keys = list(dict.fromkeys(k for row in rows for k in row))
    columns = {}
    for index, key in enumerate(keys):
        cells = [_cell(row.get(key, "")) for row in rows]
        columns[key] = Column(
            field=key,
            index=index,
            header=key,
            match="standard",
            text=pa.array([text for text, _ in cells], pa.string()),
            kinds=np.array([kind_ for _, kind_ in cells], np.uint8),
        )
    numbers = np.arange(5, 5 + len(rows), dtype=np.int32)
    return Table(path, "Sheet1", kind, unit, numbers, columns, header_rows=(4,), facts=facts)


def _grid(lines: Sequence[Sequence[Any]], spec: Mapping[str, Any]) -> Grid:
    """The lines as a sheet; ``hidden_rows`` (1-based) and ``hidden_columns`` (letters) of it are hidden,
    ``merges`` (B3:B4) merged."""
    width = max(len(line) for line in lines)
    cells = [[_cell(v) for v in line] + [("", CellKind.BLANK)] * (width - len(line)) for line in lines]
    kept = [i for i, line in enumerate(cells) if any(kind for _, kind in line)]
    return Grid(
        sheet="Sheet1",
        visibility="visible",
        row_numbers=np.array([i + 1 for i in kept], np.int32),
        text=[pa.array([cells[i][c][0] for i in kept], pa.string()) for c in range(width)],
        kinds=np.array([[kind for _, kind in cells[i]] for i in kept], np.uint8).reshape(len(kept), width),
        hidden_rows=frozenset(spec.get("hidden_rows", ())),
        hidden_columns=frozenset(
            c for c in range(width) if column_letter(c) in spec.get("hidden_columns", ())
        ),
        merges=tuple(_range(text) for text in spec.get("merges", ())),
    )


def _range(text: str) -> tuple[int, int, int, int]:
    """``B3:B4`` as (first row, first column, last row, last column)."""
    corners = []
    for corner in text.split(":"):
        letters = corner.rstrip("0123456789")
        column = next(c for c in range(702) if column_letter(c) == letters)
        corners += [int(corner[len(letters) :]), column]
    first_row, first_column, last_row, last_column = corners
    return first_row, first_column, last_row, last_column


def _cell(value: Any) -> tuple[str, CellKind]:
    if isinstance(value, Mapping):
        (kind, text), *_ = value.items()
        return ("" if kind == "uncomputed" else str(text)), CellKind[kind.upper()]
    if value is None or value == "":
        return "", CellKind.BLANK
    if isinstance(value, bool):
        return str(value).upper(), CellKind.BOOL
    if isinstance(value, int | float):
        return repr(value), CellKind.NUMBER
    return str(value), CellKind.TEXT
