"""The issues of all rules in one order, as the columns of an audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.engine.audit import ISSUE_SCHEMA, LOCATION_SCHEMA, REST_SCHEMA
from lbt_audit.engine.cases.relate import Relating, Relations
from lbt_audit.engine.identity import fingerprint as fp
from lbt_audit.engine.issues.categories import Vocabularies, Vocabulary
from lbt_audit.engine.privacy.births import without_ends
from lbt_audit.frames.book import Book
from lbt_audit.model.location import column_letter
from lbt_audit.model.record import dataclass
from lbt_audit.model.run import Mask


@dataclass
class Chunk:
    """The issues of one rule on one frame, before ordering."""

    issues: dict[str, Any]  # column → numpy codes or pa.Array
    places: dict[str, Any]
    count: int
    rests: dict[str, np.ndarray] = field(default_factory=dict)  # kind → issues that rest on it


def assemble(
    chunks: Sequence[Chunk], book: Book, words: Vocabularies, relating: Relating, mask: Mask = "none"
) -> tuple[pa.Table, pa.Table, pa.Table, dict[int, int]]:
    """Issues, locations and rests (ISSUE_SCHEMA, LOCATION_SCHEMA, REST_SCHEMA), in the order of their weight, and a record
    of every case."""
    if not chunks:
        return ISSUE_SCHEMA.empty_table(), LOCATION_SCHEMA.empty_table(), REST_SCHEMA.empty_table(), {}
    offsets = np.cumsum([0] + [c.count for c in chunks])
    issue = np.concatenate([c.places["issue"] + o for c, o in zip(chunks, offsets[:-1], strict=True)])
    cells = {k: join([c.places[k] for c in chunks]) for k in chunks[0].places if k != "issue"}
    columns = {k: join([c.issues[k] for c in chunks]) for k in chunks[0].issues}
    if mask == "partial":
        _hide_ends(issue, cells, columns)
    by_place = _order(book, issue, cells, columns, int(offsets[-1]))
    columns["fingerprint"][by_place] = fp.numbered(columns["fingerprint"][by_place])
    found = relating.relate(words["rule"].words, columns, cells, issue, _inverse(by_place))
    filed = dict(zip(found.case.tolist(), columns["record"].tolist(), strict=True))
    filed.pop(0, None)  # about nobody
    order, rank = found.order, _inverse(found.order)
    columns |= _related(found, columns["fingerprint"])
    columns = {k: take(v, order) for k, v in columns.items()}
    placed = rank[issue]
    by_issue = np.lexsort((np.arange(len(placed)), placed))
    cells = {k: take(v, by_issue) for k, v in cells.items()}
    rests = [
        (rank[issues + offset].astype(np.int32), kind)
        for chunk, offset in zip(chunks, offsets[:-1], strict=True)
        for kind, issues in chunk.rests.items()
    ]
    return (
        _issue_table(words, columns),
        _location_table(book, words, placed[by_issue], cells),
        _rest_table(rests),
        filed,
    )


def _inverse(order: np.ndarray) -> np.ndarray:
    position = np.empty(len(order), np.int64)
    position[order] = np.arange(len(order))
    return position


def _related(found: Relations, fingerprints: np.ndarray) -> dict[str, pa.Array]:
    """The columns that say what each issue has to do with others."""
    names = pa.array(fp.hexadecimal(fingerprints), pa.string())
    return {
        "case": pa.array(fp.hexadecimal(found.case), mask=found.case == 0),
        "follows": names.take(pa.array(found.follows, mask=found.follows < 0)),
        "line": names.take(pa.array(found.line)),
        "repeats": pa.array(found.repeats),
        "number": pa.nulls(len(found.line), pa.string()),
    }


def _hide_ends(issue: np.ndarray, cells: dict[str, Any], columns: dict[str, Any]) -> None:
    """Hide the ends of ID numbers in every issue about a child or a row of which some issue tells the day of birth."""
    told = columns["dated"].copy()
    told[issue[cells["dated"]]] = True
    if not told.any():
        return
    alike = (told[issue] & (cells["row"] > 0), cells["source"].astype(np.int64) << 32 | cells["row"])
    hidden = told | _alike(told, columns["child_key"])
    hidden[issue[_alike(*alike)]] = True
    for name in ("id_no", "message"):
        columns[name] = without_ends(one(columns[name]), hidden)
    cells["value"] = without_ends(one(cells["value"]), hidden[issue])


def _alike(chosen: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """Which entries (bool) share their key with one of the ``chosen``."""
    encoded = pa.array(keys).dictionary_encode()
    code = encoded.indices.to_numpy()
    found = np.zeros(len(encoded.dictionary), np.bool_)
    found[code[chosen]] = True
    shared: np.ndarray = found[code]
    return shared


def _order(
    book: Book, issue: np.ndarray, cells: Mapping[str, Any], columns: Mapping[str, Any], n: int
) -> np.ndarray:
    """By path, sheet, row and rule of the first place; what has none comes last."""
    first = np.searchsorted(issue, np.arange(n)) if np.all(np.diff(issue) >= 0) else _first(issue, n)
    placed = np.bincount(issue, minlength=n) > 0
    first = np.where(placed, first, 0)
    by_name = sorted(range(len(book.sources)), key=lambda i: _source_order(book.sources[i], i))
    rank = np.empty(len(by_name), np.int64)
    rank[by_name] = np.arange(len(by_name))
    if not len(issue):
        return np.argsort(columns["rank"], kind="stable")
    row = np.where(placed, cells["row"][first], 0)
    source = np.where(placed, rank[cells["source"][first]], len(rank))
    return np.lexsort((columns["rank"], row, source))


def _issue_table(words: Vocabularies, columns: Mapping[str, Any]) -> pa.Table:
    arrays = []
    for field_ in ISSUE_SCHEMA:
        value = columns[field_.name]
        if field_.name in ("fingerprint", "child_key"):
            value = pa.array(fp.hexadecimal(value))
        elif pa.types.is_dictionary(field_.type):
            value = words[field_.name].array(value)
        elif field_.name == "probability":
            value = pa.array(np.minimum(np.round(value, 3), 0.999), from_pandas=True)
        elif isinstance(value, np.ndarray):
            value = pa.array(value).cast(field_.type)
        arrays.append(value)
    return pa.Table.from_arrays(arrays, schema=ISSUE_SCHEMA)


def _location_table(book: Book, words: Vocabularies, issue: np.ndarray, cells: Mapping[str, Any]) -> pa.Table:
    paths, sheets = Vocabulary(), Vocabulary()
    path = np.array([paths.code(p) for p, _ in book.sources], np.int32)[cells["source"]]
    sheet = np.array([sheets.code(s) for _, s in book.sources], np.int32)[cells["source"]]
    letters = Vocabulary()
    width = int(cells["column"].max(initial=-1)) + 1
    for i in range(width):
        letters.code(column_letter(i))
    arrays = [
        pa.array(issue.astype(np.int32)),
        paths.array(path),
        sheets.array(sheet),
        pa.array(cells["row"].astype(np.int32), mask=cells["row"] == 0),
        letters.array(cells["column"]),
        words["field"].array(cells["field"]),
        cells["value"],
    ]
    return pa.Table.from_arrays(arrays, schema=LOCATION_SCHEMA)


def _rest_table(rests: Sequence[tuple[np.ndarray, str]]) -> pa.Table:
    """(issues, kind) entries as one table."""
    issues = np.concatenate([np.zeros(0, np.int32), *(issues for issues, _ in rests)])
    kinds = [kind for issues, kind in rests for _ in range(len(issues))]
    return pa.table([pa.array(issues), pa.array(kinds, pa.string())], schema=REST_SCHEMA)


def _source_order(source: tuple[str, str | None], position: int) -> tuple[str, int]:
    return source[0], position


def _first(issue: np.ndarray, n: int) -> np.ndarray:
    first = np.full(n, len(issue), np.int64)
    np.minimum.at(first, issue, np.arange(len(issue)))
    return first


def join(parts: Sequence[Any]) -> Any:
    if isinstance(parts[0], np.ndarray):
        return np.concatenate(parts)
    return pa.concat_arrays([one(p) for p in parts])


def one(values: Any) -> Any:
    """A column as one array."""
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def take(values: Any, order: np.ndarray) -> Any:
    return values[order] if isinstance(values, np.ndarray) else values.take(pa.array(order))
