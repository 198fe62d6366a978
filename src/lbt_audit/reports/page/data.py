"""The issues as the script of the page reads them: columns of numbers, and the words they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.page.figures.counts import Counts
from lbt_audit.reports.page.figures.matrix import townships
from lbt_audit.reports.tables.lines import Told
from lbt_audit.reports.tables.places import location_offsets
from lbt_audit.reports.text.columns import codes, grouped, one
from lbt_audit.reports.text.json import dumps, quoted

_WORDS = (
    "rule", "fix", "unit", "township", "responsible_unit", "responsible_level", "responsible_township",
    "status",
)  # fmt: skip
_TEXTS = ("fingerprint", "number", "message", "child", "id_no")
_PLACE_WORDS = ("path", "sheet", "column", "field", "value")


def issue_data(audit: Audit) -> Iterator[str]:
    """One JSON object in pieces: ``issues`` and ``places`` hold a column each, of texts or of positions in ``words``
    (-1 where there is none). ``places.of`` is how many places each issue has; places stand in the order of the issues.
    ``head`` and ``above`` are positions of issues, as `Told` has them.

    Nothing in it ends a script element: ``<`` is written as its escape.
    """
    words: dict[str, list[str]] = {}
    issues, places = audit.issues, audit.locations
    yield '{"issues":{'
    for name in _WORDS:
        numbers, words[name] = _coded(issues[name])
        yield f'"{name}":{_numbers(numbers)},'
    for name in _TEXTS:
        yield f'"{name}":{_texts(issues[name])},'
    towns, words["town"] = townships(Counts(audit))
    yield f'"town":{_numbers(towns)},'
    numbers, words["case"] = _coded(issues["case"])
    told = Told.of(audit)
    yield f'"case":{_numbers(numbers)},"head":{_numbers(told.head)},"above":{_numbers(told.above)},'
    yield f'"repeats":{_numbers(told.repeats.astype(np.int8))},'
    days = one(issues["deadline"]).cast(pa.string()).dictionary_encode()
    numbers, words["deadline"] = _coded(days)
    yield f'"deadline":{_numbers(numbers)},"severity":{_numbers(one(issues["severity"]).to_numpy())}}},"places":{{'
    for name in _PLACE_WORDS:
        numbers, found = _coded(places[name])
        words[name] = found
        yield f'"{name}":{_numbers(numbers)},'
    row = pc.fill_null(one(places["row"]), 0).to_numpy()
    yield f'"row":{_numbers(row)},"of":{_numbers(np.diff(location_offsets(audit)))}}},"words":'
    yield _harmless(dumps(words)) + "}"


def _coded(column: Any) -> tuple[np.ndarray, list[str]]:
    """Every value of a column as the position of its word, and the words that occur."""
    column = one(column)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    found = codes(column)
    used = np.unique(found[found >= 0])
    place = np.full(len(column.dictionary) + 1, -1)
    place[used] = np.arange(len(used))
    return place[found], column.dictionary.take(pa.array(used)).to_pylist()


def _numbers(values: np.ndarray) -> str:
    return _array(pa.array(values).cast(pa.string()))


def _texts(column: Any) -> str:
    return _harmless(_array(quoted(column)))


def _array(items: Any) -> str:
    """A JSON array of ready items."""
    return f"[{grouped(items, np.array([0, len(items)]), ',')[0].as_py()}]"


def _harmless(text: str) -> str:
    return text.replace("<", "\\u003c")
