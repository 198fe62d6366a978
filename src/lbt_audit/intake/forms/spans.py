"""Where the forms of a sheet stand: one below the other, side by side."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lbt_audit.intake.forms.cells import Cell, Cells, Words
from lbt_audit.model.dictionary import normalise_header
from lbt_audit.model.record import dataclass

_HEAD = 4  # rows of title and 填报单位 over a form
_ALIKE = 0.6
_FAR = 2**31

Labels = list[tuple[int, str]]
"""(column, word) of the labels in a line, from left to right."""


@dataclass(frozen=True)
class Span:
    """The cells of one form: its rows (numbers), of which those before ``start`` are title and 填报单位."""

    cells: Cells
    rows: list[int]
    start: int


def spans(cells: Cells, words: Words) -> list[Span]:
    """The forms of a sheet from the top down, those side by side from left to right."""
    lines = list(_lines(cells, words))
    bands = _bands(cells, lines, words)
    if len(bands) == 1:
        return list(_below(cells, lines, words))
    return [span for band in bands for span in _below(band, list(_lines(band, words)), words)]


def _bands(cells: Cells, lines: Sequence[tuple[int, Labels]], words: Words) -> list[Cells]:
    """The columns of each form where several stand side by side: the labels of the first two lines come again."""
    named = _named(lines, words)
    if named is None:
        return [cells]
    begins = _begins(lines[named][1], words)
    following = lines[named + 1][1] if named + 1 < len(lines) else []
    if len(begins) < 2 or len(set(_shares(following, begins))) > 1:
        return [cells]
    head = lines[named][0]
    edges = [0, *begins[1:], _FAR]
    return [cells.between(left, right - 1, head) for left, right in pairwise(edges)]


def _begins(line: Labels, words: Words) -> list[int]:
    """The columns at which the labels of a line begin anew."""
    for size in range(1, len(line) // 2 + 1):
        begins = [column for column, _ in line[::size]]
        if (
            len(line) % size == 0
            and sum(_is_name(word, words) for _, word in line[:size]) == 1
            and len(set(_shares(line, begins))) == 1
        ):
            return begins
    return []


def _shares(line: Labels, begins: Sequence[int]) -> list[tuple[str, ...]]:
    """The words of a line from each of ``begins`` to the next."""
    edges = [0, *begins[1:], _FAR]
    return [tuple(word for column, word in line if a <= column < b) for a, b in pairwise(edges)]


def _below(cells: Cells, lines: Sequence[tuple[int, Labels]], words: Words) -> Iterator[Span]:
    """The forms of a band: one begins anew where its first rows of words do."""
    rows = list(cells.rows)
    named = _named(lines, words)
    if named is None:
        return
    at = [i for i in range(named, len(lines)) if _alike(lines, i, named) and _alike(lines, i + 1, named + 1)]
    first = 0  # lines with labels above the child's name, that every form has
    while first < named and all(_alike(lines, i - first - 1, named - first - 1) for i in at):
        first += 1
    while first and _is_title(cells.rows[lines[named - first][0]], words):
        first -= 1
    starts = [lines[i - first][0] for i in at]
    begins = [rows[0], *(_head(cells, words, rows, row) for row in starts[1:])]
    ends = [*begins[1:], rows[-1] + 1]
    for a, b, start in zip(begins, ends, starts, strict=True):
        yield Span(cells, rows[bisect_left(rows, a) : bisect_left(rows, b)], start)


def _lines(cells: Cells, words: Words) -> Iterator[tuple[int, Labels]]:
    for row, line in cells.rows.items():
        found = _labels(line, words)
        if found:
            yield row, found


def _labels(line: Sequence[Cell], words: Words) -> Labels:
    found = []
    for cell in line:
        inside = [label for label, _ in words.inside(cell.text) if label]
        texts = inside or ([cell.text] if words.is_label(cell.text) or words.group(cell.text) else [])
        found += [(cell.left, normalise_header(t)) for t in texts]
    return found


def _named(lines: Sequence[tuple[int, Labels]], words: Words) -> int | None:
    return next((i for i, (_, line) in enumerate(lines) if any(_is_name(w, words) for _, w in line)), None)


def _is_title(line: Sequence[Cell], words: Words) -> bool:
    alone = len(line) == 1 and not words.inside(line[0].text)
    return alone and not words.is_person(words.group(line[0].text))


def _is_name(word: str, words: Words) -> bool:
    found = words.find(word, ())
    return found is not None and found[0] == "child_name"


def _alike(lines: Sequence[tuple[int, Labels]], one: int, other: int) -> bool:
    a, b = (frozenset(lines[i][1]) if 0 <= i < len(lines) else frozenset() for i in (one, other))
    whole = len(a | b)
    return whole == 0 or len(a & b) >= _ALIKE * whole


def _head(cells: Cells, words: Words, rows: Sequence[int], start: int) -> int:
    """The first row of the title and 填报单位 over a form that begins in row ``start``."""
    at = bisect_left(rows, start)
    top = at
    while top > 0 and at - top < _HEAD:
        line = cells.rows[rows[top - 1]]
        text = "".join(line[0].text.split()) if line else ""
        heading = len(line) <= 2 and len(text) >= 4 and not words.has_fact(text)
        if not (heading or words.opens(line)) or re.match(r"^(?:注|\d+[.、．])", text) or text.endswith("。"):
            break
        top -= 1
    return rows[top]
