"""One text written for many children or many months."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks import groups as g
from lbt_audit.checks.base import Check, Parameter
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.people import name_codes
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import resolve
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import encode, text_codes
from lbt_audit.frames.texts import some
from lbt_audit.model.rule import Rule

HEAD = 6  # texts are only compared if their first or last six characters agree
BLOCK = 400  # of so many texts that begin alike, each is compared with the most frequent only
_NOISE = r"[\p{P}\p{S}\s\d０-９一二三四五六七八九十百年月日]+"


def run(rule: Rule, frame: Frame, book: Book) -> RowHits | None:
    """One issue per text of one of ``fields`` written by one unit for ``min`` children or in ``min`` months.

    Compared are texts of at least ``length`` characters without punctuation, digits, dates and the child's own
    name; two are alike from a similarity of ``similar`` (0–1). Details: ``count`` (records), ``children``.
    """
    parts = []
    checked = 0
    for field in rule.params["fields"]:
        if some(frame, str(field)):
            labels, long = _groups(rule, frame, str(field))
            checked = max(checked, int(long.sum()))
            parts.append((str(field), labels))
    if not parts:
        return None
    least = int(resolve(rule.params["min"], frame.params))
    children, named = name_codes(frame, "child_name")
    month = frame.facet("visit_date.lo")
    months = (
        np.where(month.known, month.values, 0)
        .astype("datetime64[D]")
        .astype("datetime64[M]")
        .astype(np.int64)
    )
    months = months - months.min(initial=0)
    joined = np.full(len(frame), -1, np.int64)
    points = {}
    for field, labels in parts:
        many = g.distinct(labels, children, named) >= least
        often = g.distinct(labels, months, month.known) >= least
        kept = np.where(many | often, labels, -1)
        points[field] = kept >= 0
        base = int(joined.max(initial=-1)) + 1
        joined = np.where((joined < 0) & (kept >= 0), kept + base, joined)
    hits, first = g.hits(rule, frame, joined, checked)
    details = {
        "count": g.size_of(joined)[first].astype(str).tolist(),
        "children": g.distinct(joined, children, named)[first].astype(str).tolist(),
    }
    shown = {f: mask[hits.row] for f, mask in points.items() if mask[hits.row].any()}
    keys = [_key(frame, parts, r) for r in first.tolist()]
    return replace(hits, points=shown, details=details, keys=keys)


def _key(frame: Frame, parts: list[tuple[str, np.ndarray]], row: int) -> str:
    field = next(f for f, labels in parts if labels[row] >= 0)
    return str(frame.squeezed(field)[row].as_py())


def _groups(rule: Rule, frame: Frame, field: str) -> tuple[g.Labels, np.ndarray]:
    """(label of alike texts of one unit, the text is long enough)."""
    texts = pc.replace_substring_regex(frame[field].text, _NOISE, "")
    names = frame.facet("child_name").values
    # The name is in few texts; only those are rewritten one by one.
    holds = np.flatnonzero(pc.match_substring_regex(texts, r"\p{Han}").to_numpy(zero_copy_only=False))
    values = texts.to_pylist()
    whose = names.to_pylist()
    for k in holds.tolist():
        if whose[k] and whose[k] in values[k]:
            values[k] = values[k].replace(whose[k], "")
    distinct, codes = encode([pa.array(values, pa.string())])
    size = pc.utf8_length(distinct).to_numpy(zero_copy_only=False)
    long = (size >= int(rule.params["length"]))[codes] if len(size) else np.zeros(len(frame), np.bool_)
    count = np.bincount(codes, minlength=len(distinct))
    similar, length = float(rule.params["similar"]), int(rule.params["length"])
    alike = _alike(distinct.to_pylist(), count, similar, length)
    units = text_codes(pa.array([t.unit.name or t.path for t in frame.tables] or [""], pa.string()))
    return g.label([alike[codes], units[frame.table].astype(np.int64)], long), long


def _alike(texts: list[str], count: np.ndarray, similar: float, length: int) -> np.ndarray:
    """For each distinct text the text it is a variant of: the most frequent one alike."""
    from rapidfuzz import fuzz, process

    result = np.arange(len(texts), dtype=np.int64)
    order = sorted(
        (k for k in range(len(texts)) if len(texts[k]) >= length), key=lambda k: (-count[k], texts[k])
    )
    for end in (slice(0, HEAD), slice(-HEAD, None)):
        blocks: dict[str, list[int]] = {}
        for k in order:
            blocks.setdefault(texts[k][end], []).append(k)
        for members in blocks.values():
            heads: list[int] = []
            for k in members:
                if result[k] != k:
                    continue
                found = process.extractOne(
                    texts[k], [texts[h] for h in heads[:BLOCK]], scorer=fuzz.ratio, score_cutoff=100 * similar
                )
                if found is None:
                    heads.append(k)
                else:
                    result[k] = result[heads[found[2]]]
    return result


CHECK = Check(
    name="alike_texts",
    parameters={
        "fields": Parameter(list, required=True, holds="fields"),
        "min": Parameter((int, dict), required=True),
        "length": Parameter(int, required=True),
        "similar": Parameter((int, float), required=True),
    },
    on_frame=run,
)
