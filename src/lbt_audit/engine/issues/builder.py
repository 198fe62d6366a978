"""Findings → issues: located, worded, assigned, dated; columnar throughout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.hits import Others, Place, PlaceHits, RowHits
from lbt_audit.checks.registry import checks
from lbt_audit.engine.cases.children import NOBODY, Records
from lbt_audit.engine.cases.relate import Relating
from lbt_audit.engine.identity import fingerprint as fp
from lbt_audit.engine.issues import others, people
from lbt_audit.engine.issues.assemble import Chunk, assemble, join, take
from lbt_audit.engine.issues.assign import Assigner
from lbt_audit.engine.issues.categories import vocabularies
from lbt_audit.engine.issues.differences import differences, pointed
from lbt_audit.engine.issues.dossiers import Dossiers
from lbt_audit.engine.issues.messages import Filler
from lbt_audit.engine.issues.subjects import UNIT_COLUMNS, Subjects
from lbt_audit.engine.privacy.births import tells_day
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import evaluate
from lbt_audit.frames.days import EPOCH
from lbt_audit.frames.frame import Frame
from lbt_audit.intake.sheets.units import path_unit
from lbt_audit.intake.table import Table
from lbt_audit.model.kind import ELSEWHERE
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.unit import Unit

_AROUND = " \t\r\n\u00a0\u3000\u200b\ufeff'`’‘"  # what stands around an ID number and is none of it


@dataclass
class IssueBuilder:
    """Collects the hits of every rule and orders them once."""

    book: Book
    filler: Filler
    assigner: Assigner
    salt: str
    _chunks: list[Chunk] = field(default_factory=list)
    _rank: int = 0

    def __post_init__(self) -> None:
        self._words = vocabularies()
        self._subjects = Subjects(self.assigner, self._words, self.salt, self.filler.shown)
        self._records = Records(self.book)
        self._rules: dict[str, Rule] = {}
        self._filed: dict[int, int] = {}  # case → a record of it

    def anew(self) -> IssueBuilder:
        """One like this that holds nothing yet."""
        return IssueBuilder(self.book, self.filler, self.assigner, self.salt)

    def add_rows(self, rule: Rule, frame: Frame, hits: RowHits) -> int:
        """Record what ``rule`` found in ``frame``; gives the number of issues."""
        n = hits.count
        self._rank += 1
        if n == 0:
            return 0
        starts = np.searchsorted(hits.issue, np.arange(n))
        rows = hits.row[starts]
        keys = self._subjects.keys(frame, rows)
        identity = keys if hits.keys is None else fp.hash_texts(hits.keys, self.salt)
        columns = self._common(rule, n)
        columns |= self._subjects.units(rule, frame, rows)
        rule_key = fp.hash_texts([rule.code if hits.across else f"{rule.code}|{frame.kind}"], self.salt)[0]
        shown = [others.shown_pairs(o, self.filler) for o in hits.others]
        unit_key = columns.pop("unit_key")
        if hits.keys is not None:
            # A group over several units is none of theirs: which comes first depends on the names of the files.
            everywhere = self._subjects.units(rule, frame, hits.row)["unit_key"]
            same = np.logical_and.reduceat(everywhere == unit_key[hits.issue], starts)
            for other in hits.others:
                if other.kind.startswith(ELSEWHERE):
                    same[other.issue] = False
            unit_key = np.where(same, unit_key, np.uint64(0))
        columns["fingerprint"] = fp.mix(rule_key, identity, *([] if hits.across else [unit_key]))
        columns["child_key"] = keys
        columns["record"] = self._records.of(frame.kind, rows)
        details = self.filler.said(hits.details)
        if "{fields}" in rule.message.zh + rule.message.en:
            details["fields"] = pointed(hits, starts, self.filler)
        if "{cells}" in rule.message.zh:
            first = {name: mask[starts] for name, mask in hits.points.items()}
            details["cells"] = self.filler.cells(frame, rows, first)
        if "{differences}" in rule.message.zh:
            details["differences"] = differences(frame, hits, self.filler, n)
        if "{others}" in rule.message.zh:
            details["others"] = others.phrases(hits.others, shown, self.book.registers, self.filler, n)
        columns["message"] = self.filler.per_row(rule.message, frame, rows, details)
        columns["dated"] = tells_day(columns["message"], self.filler.run.as_of.isoformat())
        take = pa.array(rows.astype(np.int64))
        columns["child"] = self.filler.value("child_name", frame, take)
        columns["id_no"] = pc.utf8_trim(self.filler.value("id_no", frame, take), _AROUND)
        if rule.safety and rule.safety is not True:
            columns["safety"] = evaluate(rule.safety, frame).true[rows]
        if hits.probability is not None:
            columns["probability"] = hits.probability
        if hits.severity is not None:
            columns["severity"] = np.where(hits.severity > 0, hits.severity, rule.severity).astype(np.int8)
        own = others.own_values(hits, shown, starts)
        cells = [self._cells(frame, hits.row, hits.issue, hits.points, own)]
        for other, pairs in zip(hits.others, shown, strict=True):
            cells.append(self._other_cells(other, pairs))
        rests = {kind: np.flatnonzero(mask) for kind, mask in hits.rests_on.items()}
        rests |= {kind: np.arange(n) for kind in rule.needs if kind in self.book.frames}
        self._chunks.append(Chunk(columns, _by_issue(cells), n, rests))
        return n

    def _other_cells(self, other: Others, pairs: Mapping[str, others.Shown]) -> dict[str, Any]:
        values = {}
        for name, pair in pairs.items():
            at = np.flatnonzero(pair.right.is_valid().to_numpy(zero_copy_only=False))
            values[name] = (at, pair.right.take(pa.array(at)))
        return self._cells(self.book.registers[other.kind], other.row, other.issue, other.points, values)

    def add_places(self, rule: Rule, hits: PlaceHits) -> int:
        """Record findings about files, sheets and units."""
        n = len(hits.hits)
        self._rank += 1
        if n == 0:
            return 0
        columns = self._common(rule, n)
        tables = {(t.path, t.sheet): t for s in self.book.submissions for t in s.tables}
        by_path = {t.path: t for s in self.book.submissions for t in s.tables}
        county = self.book.units.county or ""
        unit_codes: dict[str, list[int]] = {k: [] for k in UNIT_COLUMNS}
        messages, keys, severities = [], [], []
        places: dict[str, list[Any]] = {k: [] for k in ("issue", "source", "row", "column", "field", "value")}
        for i, hit in enumerate(hits.hits):
            unit = hit.unit
            if unit is None:
                first = hit.places[0]
                table = tables.get((first.path, first.sheet or ""), by_path.get(first.path))
                unit = path_unit(first.path, self.book.units) if table is None else table.unit
            unit = unit or Unit("county", county)
            responsible = self.assigner.responsible(rule, unit)
            self._subjects.add(unit_codes, unit, responsible)
            details = dict(hit.details)
            if "{fields}" in rule.message.zh + rule.message.en and "fields" not in details:
                known = [p.field for p in hit.places if p.field in self.filler.fields]
                details["fields"] = self.filler.titles(list(dict.fromkeys(k for k in known if k)))
            if hit.told:
                details["told"] = people.told(hit.told, self.book.frames, self.filler)
            messages.append(self.filler.once(hit.message or rule.message, details))
            keys.append(f"{rule.code}|{unit.name if unit.known else ''}|{hit.key}")
            severities.append(hit.severity or rule.severity)
            for place in (*hit.places, *people.places(hit.told, self.book.frames, self.filler)):
                places["issue"].append(i)
                places["source"].append(self._source(place.path, place.sheet))
                places["row"].append(place.row or 0)
                places["column"].append(-1 if place.column is None else place.column)
                places["field"].append(self._words["field"].code(place.field))
                places["value"].append(
                    self.filler.placed(place.value, None if _is_header(place, tables) else place.field)
                )
        columns |= {k: np.array(v, np.int32) for k, v in unit_codes.items()}
        hashes = fp.hash_texts(keys, self.salt)
        nobody = pa.nulls(n, pa.string())
        columns |= {"fingerprint": hashes, "child_key": hashes, "message": pa.array(messages, pa.string())}
        columns["dated"] = tells_day(columns["message"], self.filler.run.as_of.isoformat())
        columns |= {
            "child": nobody,
            "id_no": nobody,
            "village": columns["village"],
            "school": columns["school"],
        }
        columns["severity"] = np.array(severities, np.int8)
        columns["record"] = np.full(n, NOBODY, np.int64)
        cells = {k: np.array(v, np.int32) for k, v in places.items() if k != "value"}
        cells["value"] = pa.array(places["value"], pa.string())
        cells["dated"] = np.zeros(len(cells["row"]), np.bool_)
        cells["record"] = np.full(len(cells["row"]), NOBODY, np.int64)
        self._chunks.append(Chunk(columns, cells, n))
        return n

    def build(self) -> tuple[pa.Table, pa.Table, pa.Table]:
        """Issues, locations and rests (ISSUE_SCHEMA, LOCATION_SCHEMA, REST_SCHEMA), in the order of their weight."""
        relating = Relating(
            self._records,
            self._subjects.keys,
            self.salt,
            self._rules,
            frozenset(name for name, check in checks().items() if check.lists_cells),
        )
        *made, self._filed = assemble(self._chunks, self.book, self._words, relating, self.filler.run.mask)
        return made[0], made[1], made[2]

    def dossiers(self, compared: frozenset[str]) -> Dossiers:
        """The whole records of the children issues are told of; ``compared``: fields in which lists are."""
        return Dossiers(self.book, self.filler, self._subjects.keys, self.salt, self._filed, compared)

    def _common(self, rule: Rule, n: int) -> dict[str, Any]:
        lang = self.filler.run.lang
        self._rules[rule.code] = rule
        same = {
            "rule": self._words["rule"].code(rule.code),
            "title": self._words["title"].code(rule.title[lang]),
            "fix": self._words["fix"].code(rule.fix[lang]),
            "deadline_class": self._words["deadline_class"].code(rule.deadline),
            "status": self._words["status"].code("new"),
            "deadline": (self.assigner.deadline(rule.deadline) - EPOCH).days,
            "rank": self._rank,
        }
        columns: dict[str, Any] = {k: np.full(n, v, np.int32) for k, v in same.items()}
        columns["severity"] = np.full(n, int(rule.severity), np.int8)
        columns["safety"] = np.full(n, rule.safety is True)
        columns["probability"] = np.full(n, np.nan)
        return columns

    def _cells(
        self,
        frame: Frame,
        rows: np.ndarray,
        issue: np.ndarray,
        points: Mapping[str, Any],
        shown: Mapping[str, tuple[np.ndarray, pa.Array]],
    ) -> dict[str, Any]:
        """One place per row and field pointed at, in the order issue, row, field.

        ``shown``: field → (entries of ``rows``, texts) that are shown otherwise than usual.
        """
        source_of_table = np.array([self.book.source(t) for t in frame.tables], np.int32)
        entries, numbers, columns, fields, values, dated = [], [], [], [], [], []
        covered = np.zeros(len(rows), np.bool_)
        for name, mask in points.items():
            at = np.flatnonzero(mask)
            column = frame.column_index(name)[frame.table[rows[at]]]
            at, column = at[column >= 0], column[column >= 0]
            covered[at] = True
            entries.append(at)
            numbers.append(frame.rows_of(name)[rows[at]])
            columns.append(column)
            fields.append(np.full(len(at), self._words["field"].code(name), np.int32))
            values.append(self._values(name, frame, rows, at, shown))
            dated.append(self.filler.dated(name, values[-1]))
        bare = np.flatnonzero(~covered)
        if len(bare) or not entries:  # the whole row, where none of the fields has a column
            entries.append(bare)
            numbers.append(frame.row[rows[bare]])
            columns.append(np.full(len(bare), -1, np.int32))
            fields.append(np.full(len(bare), -1, np.int32))
            values.append(pa.nulls(len(bare), pa.string()))
            dated.append(np.zeros(len(bare), np.bool_))
        entry = np.concatenate(entries)
        order = np.argsort(entry, kind="stable")
        at = entry[order]
        row = rows[at]
        return {
            "issue": issue[at].astype(np.int32),
            "record": self._records.of(frame.kind, row),
            "source": source_of_table[frame.table[row]],
            "row": np.concatenate(numbers)[order],
            "column": np.concatenate(columns)[order],
            "field": np.concatenate(fields)[order],
            "value": pa.concat_arrays(values).take(pa.array(order)),
            "dated": np.concatenate(dated)[order],
        }

    def _values(
        self,
        name: str,
        frame: Frame,
        rows: np.ndarray,
        at: np.ndarray,
        shown: Mapping[str, tuple[np.ndarray, pa.Array]],
    ) -> pa.Array:
        usual = self.filler.value(name, frame, pa.array(rows[at].astype(np.int64)))
        if name not in shown or not len(at):
            return usual
        entries, texts = shown[name]
        where = np.full(len(rows), -1, np.int64)
        where[entries] = np.arange(len(entries))
        position = where[at]
        special = texts.take(pa.array(position, mask=position < 0))
        return pc.coalesce(special, usual)

    def _source(self, path: str, sheet: str | None) -> int:
        found = self.book.source_of.get((path, sheet))
        return self.book.source_of[(path, None)] if found is None else found


def _is_header(place: Place, tables: Mapping[tuple[str, str], Table]) -> bool:
    table = tables.get((place.path, place.sheet or ""))
    return table is not None and place.row in table.header_rows


def _by_issue(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The cells of several registers in one list, those of an issue together, the filing record first."""
    if len(parts) == 1:
        return parts[0]
    joined = {k: join([p[k] for p in parts]) for k in parts[0]}
    order = np.argsort(joined["issue"], kind="stable")
    return {k: take(v, order) for k, v in joined.items()}
