"""A column per option, with a tick in one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import pyarrow.compute as pc

from lbt_audit.intake.sheets import ticks
from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.sheets.spread.run import Join, Path, Run, field_of, whole
from lbt_audit.model.dictionary import Dictionary, bare_header, normalise_header
from lbt_audit.model.field import Field
from lbt_audit.model.regex import regex

_CHOICES = frozenset({"code", "codes", "yes_no", "grade"})
_TICKED = frozenset({"1", "是", "有", "y", "yes", "t"})
_CROSSED = frozenset({"0", "否", "无", "没有", "n", "no", "-", "—", "/"})
_INLINE = regex(r"([^():_—-]+)(?:\(([^()]+)\)|[:_—-]+(.+))")
_MARKS = 0.6  # of the filled cells of options, that must be marks: 其他 is followed by words


def options(sheet: Sheet, block: Block, paths: Sequence[Path], dictionary: Dictionary) -> Iterator[Run]:
    if not any((field := field_of(path, dictionary)) and field.kind == "name" for path in paths):
        return  # figures of a statistic are no ticks
    split = [_option(path) for path in paths]
    for group, run in groupby(range(len(paths)), key=lambda c: split[c][0]):
        columns = list(run)
        field = field_of(group, dictionary) if len(columns) > 1 else None
        labels = [split[c][1] for c in columns]
        if field is None or field.kind not in _CHOICES or not _are_options(labels, field, dictionary):
            continue
        if _marked(sheet, block, columns, labels):
            yield Run(columns, group, _chosen(labels))


def _option(path: Path) -> tuple[Path, str]:
    """(path of the field, option) of 身体情况 / 健康, 身体情况(健康) and 身体情况:健康."""
    if len(path) > 1:
        return path[:-1], path[-1]
    match = _INLINE.fullmatch(normalise_header(path[0])) if path else None
    return ((match[1],), match[2] or match[3]) if match else ((), "")


def _are_options(labels: Sequence[str], field: Field, dictionary: Dictionary) -> bool:
    """Whether most of the headers under a field are values it can have."""
    codes = dictionary.codes.get(field.codes or field.kind, {})
    known = sum(normalise_header(x).lower() in codes or bare_header(x).lower() in codes for x in labels)
    return known * 2 >= len(labels)


def _marked(sheet: Sheet, block: Block, columns: Sequence[int], labels: Sequence[str]) -> bool:
    """Whether ticks stand in the columns."""
    marks = filled = 0
    for column, label in zip(columns, labels, strict=True):
        for entry in pc.value_counts(sheet.take(column, block.data)).to_pylist():
            text, count = entry["values"].strip(), entry["counts"]
            if text:
                filled += count
                marks += count * (_tick(text, label) is not None)
    return filled > 0 and marks >= _MARKS * filled


def _tick(text: str, label: str) -> bool | None:
    """Whether an option is chosen; None where its cell holds something else than a mark."""
    plain = whole(text).strip("()（）[]【】 ").lower()
    if not plain:
        return False
    if plain in _TICKED or normalise_header(text) == normalise_header(label):
        return True
    if plain in _CROSSED:
        return False
    return ticks.is_tick(text) if ticks.is_mark(text) else None


def _chosen(labels: Sequence[str]) -> Join:
    plain = [bare_header(label) for label in labels]

    def join(cells: Sequence[str]) -> str:
        found = []
        for text, label in zip(cells, plain, strict=True):
            chosen = _tick(text, label) if text else False
            if chosen is None:
                found.append(text)  # 其他: what else was written there
            elif chosen:
                found.append(label)
        return "、".join(found)

    return join
