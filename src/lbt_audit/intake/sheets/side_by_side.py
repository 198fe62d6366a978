"""Registers with two children in one row: 姓名 性别 … 姓名 性别 …"""

from __future__ import annotations

from collections.abc import Sequence

from lbt_audit.intake.sheets.headers.mapping import find_field
from lbt_audit.model.dictionary import Dictionary, normalise_header


def side_by_side(paths: Sequence[tuple[int, tuple[str, ...]]], dictionary: Dictionary) -> list[list[int]]:
    """Columns per child where two children stand in one row (姓名 性别 … 姓名 性别 …); else all columns.

    Columns before the first child's belong to every half.
    """
    everything = [[c for c, _ in paths]]
    if any(len(path) > 1 for _, path in paths):
        return everything
    names = [normalise_header(path[0]) if path else "" for _, path in paths]
    starts = [
        c for c, path in paths if path and (find_field(path, dictionary) or ("", ""))[0] == "child_name"
    ]
    if len(starts) < 2 or len({names[s] for s in starts}) > 1:
        return everything
    offset = 0
    while (
        starts[0] - offset - 1 >= 0
        and names[starts[0] - offset - 1]
        and all(names[s - offset - 1] == names[starts[0] - offset - 1] for s in starts)
    ):
        offset += 1
    begins = [s - offset for s in starts]
    ends = [*begins[1:], begins[-1] + begins[1] - begins[0]]
    shared = list(range(begins[0]))
    halves = [[*shared, *range(b, min(e, len(paths)))] for b, e in zip(begins, ends, strict=True)]
    first = {names[c] for c in range(begins[0], ends[0])} - {""}
    for begin, end in zip(begins[1:], ends[1:], strict=True):
        own = {names[c] for c in range(begin, min(end, len(paths)))} - {""}
        if len(first & own) < 2 or len(first & own) * 2 < len(first):
            return everything
    last = max(c for half in halves for c in half)
    halves[-1] += range(last + 1, len(paths))
    return halves
