"""Examples in rule files: small registers written as mappings, put through the real engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.checks.base import Skipped
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.registry import checks
from lbt_audit.engine.audit import Audit
from lbt_audit.engine.county.deadlines import schedule
from lbt_audit.engine.execute import run_rule, run_rules
from lbt_audit.engine.issues.assign import Assigner
from lbt_audit.engine.issues.builder import IssueBuilder
from lbt_audit.engine.issues.messages import Filler
from lbt_audit.engine.lists import Lists
from lbt_audit.engine.privacy.veil import Veil
from lbt_audit.engine.reading.framing import make_book, make_context, make_frames
from lbt_audit.frames.book import Book
from lbt_audit.intake.extract import extract_tables
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.table import Column, Submission, Table
from lbt_audit.links.issue_lists import IssueLists
from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.home import HomeArea
from lbt_audit.model.location import column_letter
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.run import Run
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units
from lbt_audit.rulebook.catalogue import Catalogue
from lbt_audit.rulebook.example import WrittenExample
from lbt_audit.rulebook.profile import DEFAULT_PROFILE

AS_OF = date(2026, 10, 31)
_LAST = "上期/"  # folder of last period's files
UNITS = Units.of(
    "青禾县",
    {"白石镇": ("珠岩村", "大坪村"), "清水乡": ("河边村",)},
    {"白石镇中心小学": "白石镇", "清水乡中心小学": "清水乡"},
)


@dataclass(frozen=True)
class Failure:
    """An example that did not behave, and where it is written (file:line)."""

    place: str
    rule: str
    which: str  # found | silent
    number: int
    expected: int
    got: int
    error: str | None = None

    def __str__(self) -> str:
        wrong = self.error or f"expected {self.expected} issue(s), got {self.got}"
        return f"{self.place}: {self.rule} {self.which}[{self.number}]: {wrong}"


def check_examples(catalogue: Catalogue, code: str, dictionary: Dictionary) -> Iterator[Failure]:
    """Run every example of a rule; yields those that fail."""
    for which, examples in catalogue.rules[code].examples.items():
        for number, example in enumerate(examples):
            file, line, _ = catalogue.entries[code].place(("examples", which, number))
            place = f"{file}:{line}"
            expected = example.issues if which == "found" else 0
            try:
                got = count_issues(catalogue, code, example, dictionary)
            except Exception as error:
                yield Failure(place, code, which, number, expected, 0, f"{type(error).__name__}: {error}")
                continue
            if got != expected:
                yield Failure(place, code, which, number, expected, got)


def count_issues(catalogue: Catalogue, code: str, example: WrittenExample, dictionary: Dictionary) -> int:
    """Number of issues of the rule in one example."""
    rule = catalogue.under(code, example.params)
    check = checks()[rule.check]
    if check.on_example is not None and example.ledger is not None:
        return check.on_example(rule, example)
    params = {**catalogue.params, **example.params}
    book = _book(rule, example, catalogue, dictionary, params)
    found = run_rule(rule, check, book)
    if isinstance(found, Skipped):
        return _listed(rule, book, catalogue, dictionary, example.as_of or AS_OF)
    return sum(f.outcome.count if isinstance(f.outcome, RowHits) else len(f.outcome.hits) for f in found)


def _listed(rule: Rule, book: Book, catalogue: Catalogue, dictionary: Dictionary, day: date) -> int:
    """Issues of ``rule`` by the lists of issues handed in, beside what the rules find that these name."""
    named = {code for entry in IssueLists.of(book).entries for code in entry.rules} & catalogue.rules.keys()
    run = Run(day, "option", day, "as_of", DEFAULT_PROFILE, "zh", "none", None)
    due = schedule(None, day)
    filler = Filler(run, dictionary.fields, book.params, Veil("none"))
    builder = IssueBuilder(book, filler, Assigner(UNITS, due), "")
    runs = run_rules([rule, *(catalogue.rules[code] for code in sorted(named - {rule.code}))], book, builder)
    issues, locations, _ = builder.build()
    audit = Audit(run, book.submissions, tuple(runs), issues, locations)
    return Lists(builder.anew()).told(audit).rules[0].issues


def _book(
    rule: Rule,
    example: WrittenExample,
    catalogue: Catalogue,
    dictionary: Dictionary,
    params: Mapping[str, Any],
) -> Book:
    day = example.as_of or AS_OF
    last_sheets = _of_sheets(example, dictionary, previous=True)
    earlier = example.previous is not None or bool(last_sheets)
    before = day.replace(day=1) - timedelta(days=1) if earlier else None

    def made(submissions: Sequence[Submission], as_of: date, previous: Book | None = None) -> Book:
        groups, phones = ["穿青人", "革家人"], ["0857-8221234"]
        context = make_context(
            as_of, HomeArea(UNITS), ["529901"], groups, phones, dictionary.codes, (before, day)
        )
        frames = make_frames([t for s in submissions for t in s.tables], dictionary, context, params)
        return make_book(frames, submissions, UNITS, params, dictionary, catalogue, previous)

    if before is None:
        return made(_submissions(rule, example, dictionary), day)
    last = made([*last_sheets, *_of_tables(example.previous or {}, example, {}, _LAST)], before)
    return made(_submissions(rule, example, dictionary), day, last)


def _submissions(rule: Rule, example: WrittenExample, dictionary: Dictionary) -> list[Submission]:
    if example.sheet is not None:
        kinds = [("*", example.kind)] if example.kind else []
        name = example.file or "example.xlsx"
        return [extract_tables(name, "", [_grid(example.sheet, example)], dictionary, UNITS, kinds)]
    submissions = _of_sheets(example, dictionary, previous=False)
    tables = dict(example.tables or {})
    if example.rows is not None:
        tables = {example.kind or (rule.tables[0] if rule.tables else "roster"): example.rows}
    if not tables and example.previous is None and not submissions:
        return [Submission(example.file or "", "", "unreadable", example.reason)]
    facts = {k: (str(v), 2, 0) for k, v in example.facts.items()}
    return [*submissions, *_of_tables(tables, example, facts)]


def _of_sheets(example: WrittenExample, dictionary: Dictionary, *, previous: bool) -> list[Submission]:
    return [
        extract_tables(name, "", [_grid(lines, example)], dictionary, UNITS)
        for name, lines in (example.sheets or {}).items()
        if name.startswith(_LAST) == previous
    ]


def _of_tables(
    tables: Mapping[str, Any], example: WrittenExample, facts: Mapping[str, Any], folder: str = ""
) -> list[Submission]:
    submissions = []
    for i, (kind, rows) in enumerate(tables.items()):
        unit = _unit(example.unit.get(kind) if isinstance(example.unit, Mapping) else example.unit)
        path = f"{folder}{i}.xlsx"
        submissions.append(Submission(path, "", "audited", tables=(_table(kind, rows, unit, facts, path),)))
    return submissions


def _unit(name: str | None) -> Unit:
    return UNITS.find(name) or Unit("township", name, known=False) if name else Unit("township", "白石镇")


def _table(
    kind: str, rows: Sequence[Mapping[str, Any]], unit: Unit, facts: Mapping[str, Any], path: str
) -> Table:
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


def _grid(lines: Sequence[Sequence[Any]], example: WrittenExample) -> Grid:
    """The lines as a sheet; ``hidden_rows`` (1-based) and ``hidden_columns`` (letters) of it are hidden,
    ``merges`` (B3:B4) merged."""
    width = max(len(line) for line in lines)
    cells = [[_cell(v) for v in line] + [("", CellKind.BLANK)] * (width - len(line)) for line in lines]
    filled = [i for i, line in enumerate(cells) if any(kind for _, kind in line)]
    return Grid(
        sheet="Sheet1",
        visibility="visible",
        row_numbers=np.array([i + 1 for i in filled], np.int32),
        text=[pa.array([cells[i][c][0] for i in filled], pa.string()) for c in range(width)],
        kinds=np.array([[kind for _, kind in cells[i]] for i in filled], np.uint8).reshape(
            len(filled), width
        ),
        hidden_rows=frozenset(example.hidden_rows),
        hidden_columns=frozenset(c for c in range(width) if column_letter(c) in example.hidden_columns),
        merges=tuple(_range(text) for text in example.merges),
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
