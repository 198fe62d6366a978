"""Rows that hold several records: two children side by side, children or visits numbered in the headers."""

from __future__ import annotations

from collections.abc import Sequence

from lbt_audit.intake.sheets.headers.mapping import find_field
from lbt_audit.intake.sheets.headers.numbered import numbered
from lbt_audit.model.dictionary import Dictionary, normalise_header
from lbt_audit.model.record import dataclass

Path = tuple[int, tuple[str, ...]]
"""A column and its header levels from the top down."""

_EVENTS = frozenset({"visit", "absence", "helper"})
_CHILD = "儿童"
_EVENT_WORDS = ("走访", "劝返情况")  # header groups: a numbered time of something is a visit, else an attempt


@dataclass(frozen=True)
class Share:
    """The columns of one of the records in a row. ``own``: those of this record alone; without anything in them the
    row holds no such record. Empty where every row is one record, or nobody can say. ``event``: the record is a visit,
    an absence, a helper, of which a list of children holds the first alone."""

    columns: tuple[Path, ...]
    own: frozenset[int] = frozenset()
    event: bool = False


def shares(paths: Sequence[Path], dictionary: Dictionary) -> list[Share]:
    """The records of a row, in order; columns of none of them belong to all."""
    numbered = _numbered(paths, dictionary)
    if numbered:
        return numbered
    by_index = dict(paths)
    return [Share(tuple((c, by_index[c]) for c in half)) for half in _halves(paths, dictionary)]


def _numbered(paths: Sequence[Path], dictionary: Dictionary) -> list[Share]:
    """儿童1姓名 … 儿童2姓名 …, 第一次家访时间 … 第二次家访时间 …; none where fewer than two are numbered."""
    found: dict[int, list[Path]] = {}
    common: list[Path] = []
    event = True
    for index, path in paths:
        number, plain = _part(path, dictionary) if path else (0, path)
        if number:
            event = event and plain[0] != _CHILD
            found.setdefault(number, []).append((index, plain))
        else:
            common.append((index, path))
    if len(found) < 2:
        return []
    return [
        Share(tuple(sorted([*common, *own])), frozenset(index for index, _ in own), event)
        for _, own in sorted(found.items())
    ]


def _part(path: tuple[str, ...], dictionary: Dictionary) -> tuple[int, tuple[str, ...]]:
    """Which of several records a header speaks of, and the header without the number; (0, path) if of none."""
    for text, below in ((path[0], path[1:]), ("".join(path), ())):
        found = numbered(text)
        if found is None:
            continue
        what, number, rest = found
        if what == "child":
            ways = [(_CHILD, *([rest] if rest else [] if below else ["姓名"]), *below)]
        else:
            ways = [
                (*([rest] if rest else []), *below),
                *((group, *below) for group in _EVENT_WORDS if below),
            ]
        for plain in ways:
            field = find_field(plain, dictionary) if plain else None
            if field is not None and (what == "child" or dictionary.fields[field[0]].group in _EVENTS):
                return number, plain
    return 0, path


def _halves(paths: Sequence[Path], dictionary: Dictionary) -> list[list[int]]:
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
