"""Children an issue about a place names: their names in the message, their cells, both under the mask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from lbt_audit.checks.hits import Named, Place, Told
from lbt_audit.engine.issues.messages import Filler
from lbt_audit.frames.frame import Frame

MOST: Final = 5  # names of one group in a message; the places of all are pointed at
_NAME: Final = "child_name"


def told(parts: Sequence[Told], frames: Mapping[str, Frame], filler: Filler) -> str:
    """Every part with the children it is about, a few by name and row."""
    lang = filler.run.lang
    before, between, end = ("，涉及", "；", "。") if lang == "zh" else (", concerning ", "; ", ". ")
    texts = []
    for part in parts:
        named = between.join(
            f"{group.word[lang]}{_names(group, frames[group.kind], filler)}" for group in part.people
        )
        texts.append(f"{part.text[lang]}{before}{named}" if named else part.text[lang])
    return end.join(texts)


def _names(group: Named, frame: Frame, filler: Filler) -> str:
    shown = group.row[:MOST].astype(np.int64)
    names = filler.value(_NAME, frame, pa.array(shown)).to_pylist()
    zh = filler.run.lang == "zh"
    rows = frame.row[shown].tolist()
    lists = filler.run.kind_title(group.kind)
    parts = [
        f"{name}（第{row}行）" if zh else f"{name} (row {row})" for name, row in zip(names, rows, strict=True)
    ]
    text = ("、" if zh else ", ").join(parts)
    if len(group.row) > MOST:
        text += f"等{len(group.row)}名" if zh else f" … {len(group.row)} in all"
    return f"（{lists}）{text}" if zh else f" ({lists}) {text}"


def places(parts: Sequence[Told], frames: Mapping[str, Frame], filler: Filler) -> Iterator[Place]:
    """The cell of each child's name, once."""
    seen: set[tuple[str, int]] = set()
    for group in (g for part in parts for g in part.people):
        frame = frames[group.kind]
        names = filler.value(_NAME, frame, pa.array(group.row.astype(np.int64))).to_pylist()
        for row, name in zip(group.row.tolist(), names, strict=True):
            if (group.kind, row) not in seen:
                seen.add((group.kind, row))
                table = frame.tables[frame.table[row]]
                column = table.columns[_NAME].index if _NAME in table.columns else None
                yield Place(table.path, table.sheet, int(frame.row[row]), column, _NAME, name)
