"""Where the header, the records and everything else stand in a sheet.

Only rows near the top (and rows that look like a header further down) are looked at one by one; the
rest is classified column by column, so a sheet of a million rows costs no more than its columns.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.sheets.facts import label_pattern
from lbt_audit.intake.sheets.headers.levels import Levels, build_levels
from lbt_audit.intake.sheets.headers.rows import HEAD, HeaderFinder
from lbt_audit.intake.sheets.remarks import remark_rows
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.model.blanks import BLANKS
from lbt_audit.model.dictionary import Dictionary, normalise_header
from lbt_audit.model.record import dataclass

_SUBTOTAL = r"^.{0,12}(?:小计|合计|总计|共计)(?:[:：（(\d共人名].{0,12})?$"
_NOTE = r"^(?:注|备注|说明|附注|注意|注意事项|填表说明|填写说明|填报说明)(?:\d*[:：.、．]|$)"
_SAMPLE = r"^[（(【]?(?:示例|样例|范例|填写示例|填表示例|例|举例|样表|填写要求)(?:[)）】:：\d]|$)|[（(](?:示例|样例|例)[)）]"


@dataclass(frozen=True)
class Block:
    """One table in a sheet; rows are positions in the grid.

    ``outside`` holds titles, unit and date lines, notes and signatures; ``subtotals`` and
    ``repeated`` (page headers within the data) are neither records nor facts. What only explains the header,
    ends the table, counts or heads a section is left out altogether.
    """

    levels: Levels
    header: tuple[int, ...]
    data: np.ndarray
    outside: tuple[int, ...]
    titles: tuple[int, ...]  # rows above the header
    samples: tuple[int, ...] = ()
    subtotals: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()


def find_blocks(sheet: Sheet, dictionary: Dictionary) -> list[Block]:
    """The tables of a sheet from the top down; none where no row looks like a header."""
    finder = HeaderFinder(sheet, dictionary)
    blocks: list[Block] = []
    start, head = 0, finder.first_header()
    while head is not None:
        following = finder.next_header(head)
        end = sheet.rows if following is None else following[0]
        blocks.append(_block(sheet, dictionary, start, head, end))
        if following is None:
            break
        start = end
        head = finder.header(start, min(end + HEAD, sheet.rows))
    return blocks


def _block(sheet: Sheet, dictionary: Dictionary, start: int, head: tuple[int, ...], end: int) -> Block:
    rows = np.arange(head[-1] + 1, end)
    repeated = _repeated(sheet, rows, head, start)
    text = pc.replace_substring_regex(_first_array(sheet, rows), BLANKS, "")
    count = sheet.count[rows]
    special = ~repeated
    subtotal = special & _matches(text, _SUBTOTAL)
    for column in _leading(sheet, head):
        squeezed = pc.replace_substring_regex(sheet.take(column, rows), BLANKS, "")
        subtotal |= special & _matches(squeezed, r"^(?:小计|合计|总计|共计|本页合计|本页小计)$")
    remark = special & ~subtotal & remark_rows(sheet, rows, _leading(sheet, head))
    sample = special & ~subtotal & ~remark & _matches(text, _SAMPLE)
    note = special & ~subtotal & ~sample & ~remark & (count <= 3) & _matches(text, _NOTE)
    labelled = special & (count <= 12) & _matches(text, label_pattern(dictionary))
    caption = special & (count == 1) & _wide(sheet, rows)
    outside = (note | labelled | caption) & ~remark
    # What follows a note in single cells goes on with it: "2.监护情况…".
    for i in np.flatnonzero(note).tolist():
        j = i + 1
        while j < len(rows) and count[j] <= 1 and special[j] and not subtotal[j] and not sample[j]:
            outside[j] = True
            j += 1
    data = ~(repeated | subtotal | remark | sample | outside)
    return Block(
        levels=build_levels(sheet, head, dictionary),
        header=head,
        data=rows[data],
        outside=(*range(start, head[0]), *rows[outside].tolist()),
        titles=tuple(range(start, head[0])),
        samples=tuple(rows[sample & ~outside].tolist()),
        subtotals=tuple(rows[subtotal & ~outside].tolist()),
        repeated=tuple(rows[repeated].tolist()),
    )


def _leading(sheet: Sheet, head: tuple[int, ...]) -> list[int]:
    """The first columns of the table, where 合计 may stand beside a number or a village."""
    found: list[int] = np.flatnonzero(sheet.filled[list(head)].any(axis=0))[:4].tolist()
    return found


def _repeated(sheet: Sheet, rows: np.ndarray, head: tuple[int, ...], start: int) -> np.ndarray:
    """Header, title and numbering rows printed again on every page."""
    found = np.zeros(len(rows), np.bool_)
    if not len(rows):
        return found
    for row in head:
        cells = list(sheet.cells(row))[:6]
        need = max(2, int(len(cells) * 0.6 + 0.5)) if len(cells) > 1 else 1
        same = np.zeros(len(rows), np.int32)
        for column, text in cells:
            values = pa.array([text, normalise_header(text)], pa.string())
            same += pc.is_in(sheet.take(column, rows), value_set=values).to_numpy(zero_copy_only=False)
        found |= same >= need
    titles = [t for t in sheet.first_text(np.arange(start, head[0])) if len(t) >= 4]
    if titles:
        again = pc.is_in(_first_array(sheet, rows), value_set=pa.array(titles, pa.string()))
        found |= again.to_numpy(zero_copy_only=False) & (sheet.count[rows] <= 6)
    return found


def _wide(sheet: Sheet, rows: np.ndarray) -> np.ndarray:
    """Rows whose first cell is merged over three columns or more."""
    merges = sheet.merges
    wide = merges[(merges[:, 3] - merges[:, 1] >= 2) & (merges[:, 0] == merges[:, 2]), 0]
    return np.asarray(np.isin(sheet.numbers[rows], wide))


def _first_array(sheet: Sheet, rows: np.ndarray) -> pa.Array:
    """Text of the first non-blank cell of each row."""
    first = sheet.first[rows]
    columns = np.unique(first)
    if len(columns) == 1:
        return sheet.take(int(columns[0]), rows)
    common = int(np.bincount(first).argmax()) if len(first) else 0
    base = sheet.take(common, rows)
    for column in columns.tolist():
        if column != common:
            at = first == column
            base = pc.replace_with_mask(base, pa.array(at), sheet.text[column].take(pa.array(rows[at])))
    return base


def _matches(text: pa.Array, pattern: str) -> np.ndarray:
    return np.asarray(pc.match_substring_regex(text, pattern).to_numpy(zero_copy_only=False), np.bool_)
