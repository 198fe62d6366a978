"""Which cells of a file its issues are marked at, and what is said there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.intake.readers.xlsx.references import column_number
from lbt_audit.intake.table import Submission
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.tables.lines import NONE, Told
from lbt_audit.reports.text.columns import one, plain
from lbt_audit.reports.words import due_text

if TYPE_CHECKING:  # a file without issues is not to load what reads and writes packages
    from lbt_audit.copies.sheet import Cell
    from lbt_audit.copies.workbook import Mark

COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTICE: "BDD7EE"}
MOST_CELLS = 100_000
"""Marked cells of one copy, the gravest first."""
MOST_NOTES = 5_000
"""Notes of one copy, the gravest first. LibreOffice opens 5,000 in 4 s, 20,000 in 45 s."""
MOST_LISTED = 20_000
"""Issues in the list of one copy; all of them stand in the workbook of issues."""
_SAID = 6  # issues told in the note of one cell
_ROWS, _COLUMNS = 1 << 21, 1 << 15


@dataclass(frozen=True)
class FileIssue:
    """One issue of a file: the columns of the audit a copy shows, and its places in this file (sheet as the report shows
    it, F7 or F or 7 or "", the cell that stands for it)."""

    rule: str
    number: str  # what people say of it on the telephone; "" without a ledger
    severity: Severity
    title: str
    message: str
    fix: str
    child: str
    deadline: str  # as it is printed
    follows: bool  # from the last one before it that does not
    repeats: bool  # every cell of it is told by that one
    places: tuple[tuple[str | None, str, Cell | None], ...]


@dataclass(frozen=True)
class MarkedCells:
    """Distinct cells with issues, the gravest first. ``issues`` are those of each that has a note, by their place in
    the list; ``count`` is how many cells there are in all."""

    sheets: Sequence[str]
    cells: Sequence[Cell]
    severities: Sequence[int]
    issues: Sequence[Sequence[int]]
    count: int


@dataclass(frozen=True)
class FileIssues:
    """The issues of one file that are to be corrected. ``at`` are its locations in the audit, by issue; ``number`` the
    issue of each."""

    audit: Audit
    submission: Submission
    at: np.ndarray
    number: np.ndarray
    told: Told

    @cached_property
    def positions(self) -> np.ndarray:
        """Issues in the order of the list: by weight, each cause before what follows from it."""
        found = self._issues
        head, above = self.told.head[found], self._above
        cause = np.where(above == NONE, head, above)
        weightiest = np.full(len(self.told.head), len(self.told.head))
        np.minimum.at(weightiest, cause, found)
        order: np.ndarray = found[np.lexsort((found, above != NONE, weightiest[cause]))]
        return order

    @cached_property
    def _issues(self) -> np.ndarray:
        """In the order of the audit; ``number`` is rising."""
        found: np.ndarray = self.number[np.append(True, self.number[1:] != self.number[:-1])]
        return found

    @cached_property
    def _above(self) -> np.ndarray:
        """The head of the cause of each issue, in the order of the audit; NONE where it is not told in this file."""
        found = self._issues
        above = self.told.above[found]
        return np.where(np.isin(above, self.told.head[found]), above, NONE)

    @cached_property
    def key(self) -> bytes:
        """Equal for parts of one audit that tell the same of the file, in the same order."""
        names = one(self.audit.issues["fingerprint"]).take(pa.array(self.positions)).to_pylist()
        return hashlib.sha256(
            "\n".join([self.submission.path, *names]).encode() + self._follows.tobytes()
        ).digest()

    @cached_property
    def _follows(self) -> np.ndarray:
        """Whether each issue of the list is told below its cause."""
        return np.isin(self.positions, self._issues[self._above != NONE])

    @property
    def causes(self) -> int:
        """How many follow from no other issue of the file."""
        return int((self._above == NONE).sum())

    def by_severity(self) -> dict[Severity, int]:
        """How many there are, gravest first."""
        severity = one(self.audit.issues["severity"]).to_numpy()[self.positions]
        return {s: int((severity == s).sum()) for s in sorted(Severity, reverse=True)}

    @cached_property
    def listed(self) -> list[FileIssue]:
        """The first ``MOST_LISTED``."""
        positions = self.positions[:MOST_LISTED]
        rank = self._ranks()
        order = np.argsort(rank, kind="stable")
        order = order[: int(np.searchsorted(rank[order], len(positions)))]
        starts = np.searchsorted(rank[order], np.arange(len(positions) + 1)).tolist()
        located = self.audit.locations.select(["sheet", "row", "column"]).take(pa.array(self.at[order]))
        rows, columns = self._rows[order].tolist(), self._columns[order].tolist()
        places = [
            (sheet, f"{column or ''}{row or ''}", (r, c) if sheet is not None and r > 0 else None)
            for sheet, row, column, r, c in zip(*located.to_pydict().values(), rows, columns, strict=True)
        ]
        follows = self._follows[: len(positions)].tolist()
        repeats = self.told.repeats[positions].tolist()
        names = ["rule", "number", "severity", "title", "message", "fix", "child", "deadline"]
        taken = self.audit.issues.select(names).take(pa.array(positions)).to_pydict()
        return [
            FileIssue(
                rule, number or "", Severity(severity), title, message, fix, child or "",
                due_text(deadline, self.audit.run), follows[i], follows[i] and repeats[i],
                tuple(dict.fromkeys(places[starts[i] : starts[i + 1]])),
            )
            for i, (rule, number, severity, title, message, fix, child, deadline) in enumerate(
                zip(*(taken[n] for n in names), strict=True)
            )
        ]  # fmt: skip

    @cached_property
    def marked(self) -> MarkedCells:
        """The cells to mark."""
        sheet = one(self.audit.locations["sheet"])
        codes = sheet.indices.take(pa.array(self.at)).fill_null(-1).to_numpy().astype(np.int64)
        there = (codes >= 0) & (self._rows > 0)
        key = ((codes * _ROWS + self._rows) * _COLUMNS + self._columns)[there]
        rank = self._ranks()[there]
        order = np.lexsort((rank, key))
        key, rank = key[order], rank[order]
        again = np.zeros(len(key), np.bool_)
        again[1:] = (key[1:] == key[:-1]) & (rank[1:] == rank[:-1])
        key, rank = key[~again], rank[~again]
        starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, np.int64)
        stops = np.append(starts[1:], len(key))
        each = one(self.audit.issues["severity"]).to_numpy()[self.positions].astype(np.int32)[rank]
        worst = np.maximum.reduceat(each, starts) if len(starts) else each
        gravest = np.lexsort((rank[starts], -worst))[:MOST_CELLS]
        cells, severity = key[starts][gravest], worst[gravest]
        names = sheet.dictionary.to_pylist()
        at = zip(starts[gravest][:MOST_NOTES].tolist(), stops[gravest][:MOST_NOTES].tolist(), strict=True)
        return MarkedCells(
            [names[c] for c in (cells // (_ROWS * _COLUMNS)).tolist()],
            list(zip((cells // _COLUMNS % _ROWS).tolist(), (cells % _COLUMNS).tolist(), strict=True)),
            severity.tolist(),
            [rank[a:b].tolist() for a, b in at],
            len(starts),
        )

    def _ranks(self) -> np.ndarray:
        """The place in the list of the issue of each location."""
        place = np.empty(int(self.number.max()) + 1, np.int64)
        place[self.positions] = np.arange(len(self.positions))
        found: np.ndarray = place[self.number]
        return found

    @cached_property
    def _rows(self) -> np.ndarray:
        """The row of the cell that stands for each location; 0 where there is none."""
        return self._located[0]

    @cached_property
    def _columns(self) -> np.ndarray:
        return self._located[1]

    @cached_property
    def _located(self) -> tuple[np.ndarray, np.ndarray]:
        """A whole column is marked at its header, a whole row at the child's name."""
        take = pa.array(self.at)
        rows = one(self.audit.locations["row"]).take(take).fill_null(0).to_numpy().astype(np.int64)
        letters = one(self.audit.locations["column"])
        numbers = np.array([column_number(x) for x in letters.dictionary.to_pylist()] + [-1], np.int64)
        columns = numbers[letters.indices.take(take).fill_null(len(numbers) - 1).to_numpy()]
        vague = np.flatnonzero((rows == 0) ^ (columns < 0))
        if len(vague):
            sheets = one(self.audit.locations["sheet"]).take(pa.array(self.at[vague])).to_pylist()
            headers = {t.sheet: t.header_rows[-1] for t in reversed(self.submission.tables) if t.header_rows}
            for i, sheet in zip(vague.tolist(), sheets, strict=True):
                if columns[i] < 0:
                    columns[i] = self._name_columns.get((sheet, int(rows[i])), 0)
                else:
                    rows[i] = headers.get(sheet, 0)
        rows = np.where(columns < 0, 0, rows)
        return rows, columns

    @cached_property
    def _name_columns(self) -> Mapping[tuple[str, int], int]:
        """(sheet, row) → the column of the child's name."""
        found: dict[tuple[str, int], int] = {}
        for table in self.submission.tables:
            column = table.columns.get("child_name") or next(iter(table.columns.values()), None)
            if column is not None and column.index >= 0:
                found |= {(table.sheet, row): column.index for row in table.rows_of(column.field).tolist()}
        return found


def issues_by_file(audit: Audit) -> Iterator[FileIssues]:
    """The issues of every audited file that has some to correct, in the order of files."""
    if not audit.issues.num_rows or not audit.locations.num_rows:
        return
    number = one(audit.locations["issue"]).to_numpy()
    path = one(audit.locations["path"])
    names = path.dictionary.to_pylist()
    codes = path.indices.fill_null(len(names)).to_numpy()
    order = np.argsort(codes, kind="stable")  # within a file, by issue
    starts = np.searchsorted(codes[order], np.arange(len(names) + 1))
    waived = pc.equal(plain(audit.issues["status"]), "waived").to_numpy(zero_copy_only=False)
    spans = {name: order[starts[i] : starts[i + 1]] for i, name in enumerate(names)}
    told = Told.of(audit)
    for submission in audit.submissions:
        at = spans.get(submission.path)
        if submission.status != "audited" or at is None:
            continue
        at = at[~waived[number[at]]]
        if len(at):
            yield FileIssues(audit, submission, at, number[at], told)


def marks(issues: FileIssues, first: int, lang: Lang) -> dict[str, dict[Cell, Mark]]:
    """Sheet → cell → mark. ``first`` is the row of the first issue in the list."""
    from lbt_audit.copies.workbook import Mark

    marked = issues.marked
    found: dict[str, dict[Cell, Mark]] = {}
    bare = {int(s): Mark(int(s), COLOURS[s]) for s in Severity}
    for number, (sheet, cell, severity) in enumerate(
        zip(marked.sheets, marked.cells, marked.severities, strict=True)
    ):
        mark = bare[severity]
        if number < len(marked.issues):
            texts = _texts(issues.listed, marked.issues[number], first, lang)
            mark = Mark(severity, mark.colour, texts)
        found.setdefault(sheet, {})[cell] = mark
    return found


def _texts(listed: Sequence[FileIssue], told: Sequence[int], first: int, lang: Lang) -> tuple[str, ...]:
    own = [i for i in told if i >= len(listed) or not listed[i].repeats]  # what repeats a cause is told by it
    said = [_text(listed[i], first + i, lang) for i in own[:_SAID] if i < len(listed)]
    if (more := len(own) - len(said)) > 0:
        rest = Text(f"另有 {more} 条，见首页清单", f"{more} more: see the list on the first sheet")
        said.append(rest[lang])
    return tuple(said)


def _text(issue: FileIssue, line: int, lang: Lang) -> str:
    colour = issue.severity.colour[lang]
    if lang == "zh":
        return f"【{colour}】{issue.rule} {issue.title}（清单第 {line} 行）\n{issue.message}\n怎么改：{issue.fix}"
    return (
        f"[{colour}] {issue.rule} {issue.title} (list, row {line})\n{issue.message}\nWhat to do: {issue.fix}"
    )
