"""Data rows of a block → the columns of a table, every value with its row."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.sheets.fill import DITTO, Filler
from lbt_audit.intake.sheets.headers.mapping import Mapped
from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.parent_rows import ParentRows
from lbt_audit.intake.sheets.remarks import are_remarks, is_remark
from lbt_audit.intake.sheets.sheet import Sheet, ranges
from lbt_audit.intake.table import Column, Note
from lbt_audit.model.cell import CellKind
from lbt_audit.model.location import column_letter
from lbt_audit.model.record import dataclass

# Without any of these a nearly empty row is a blank line of the form, not a child.
IDENTITY = frozenset(
    {
        "child_name", "id_no", "father_name", "mother_name", "parents_name", "guardian_name", "xueji_no",
        "visit_content", "rect_problem", "helper_name", "ag_trustee", "file_name",
    }
)  # fmt: skip
# Filled in beforehand in empty forms.
PREFILLED = frozenset(
    ["seq", "township", "village", "group", "school_name", "grade", "class_name", "ethnicity", "head_teacher"]
)

_PRESETS = frozenset(["0", "0.0", "否", "无", "FALSE", "□", "0岁"])


@dataclass(frozen=True)
class Records:
    """``positions`` of the records in the grid and their columns by field."""

    positions: np.ndarray
    columns: Mapping[str, Column]
    notes: Sequence[Note] = field(default=())


def read_records(
    sheet: Sheet,
    block: Block,
    mapped: Mapping[str, Mapped],
    own: Collection[int] = (),
    parents: ParentRows | None = None,
) -> Records:
    """The records of ``block``: blank form lines left out, merged cells and 同上 resolved. ``own``: columns of which
    one must be filled in, where a row holds several records. ``parents``: a child's rows, where each of its parents
    has one."""
    notes: list[Note] = []
    rows = block.data
    if not len(rows) or not mapped:
        return Records(rows[:0], {f: _column(sheet, m, rows[:0]) for f, m in mapped.items()})
    filler = Filler.of(sheet, rows)
    name = mapped.get("child_name")
    identity = mapped.get("id_no")
    if parents is not None:
        groups = dict(parents.groups)
    else:
        groups = filler.continued(name.index, identity.index if identity else None) if name else {}
    keep = _real(sheet, rows, mapped)
    absent = ~sheet.filled[rows][:, sorted(own)].any(axis=1) if own else np.zeros(len(rows), np.bool_)
    keep &= ~absent
    for first, others in groups.items():
        keep[others] = False
        numbers = [int(sheet.numbers[rows[k]]) for k in (first, *others)]
        if parents is None:
            notes.append(Note("child_in_several_rows", numbers[0], name.index if name else None, "child_name",
                              {"rows": ranges(numbers)}))  # fmt: skip
        notes += _disagreeing(sheet, rows, (first, *others), mapped)
    notes += _dropped(sheet, rows, keep | absent, mapped, groups)
    kept = np.flatnonzero(keep)
    columns = {}
    for key, m in mapped.items():
        if parents is not None and m.person is not None:
            columns[key] = _persons_column(sheet, m, rows, kept, parents.at[m.person])
            continue
        column, noted = _filled_column(sheet, m, rows, kept, filler, groups)
        columns[key] = column
        notes += noted
    return Records(rows[kept], columns, notes)


def _real(sheet: Sheet, rows: np.ndarray, mapped: Mapping[str, Mapped]) -> np.ndarray:
    """Rows (bool) that are records: somebody is named, or enough is said about nobody."""
    said = [m.index for key, m in mapped.items() if key not in PREFILLED]
    who = [m.index for key, m in mapped.items() if key in IDENTITY]
    filled = sheet.filled
    named = np.zeros(len(rows), np.int32)
    for column in who:
        # Under a merged 父亲姓名 the second sibling's own cells decide, not the merge.
        named += filled[rows, column]
    content = np.zeros(len(rows), np.int32)
    for column in said:
        content += filled[rows, column]
    # Zeros and "否" of a form's formulas and presets do not make a child.
    real = np.asarray((named > 0) | (content >= 3))
    if "child_name" in mapped:  # （以下空白） in a line whose number and village stand there beforehand
        real &= (named > 1) | ~are_remarks(sheet.take(mapped["child_name"].index, rows))
    return real


def _disagreeing(
    sheet: Sheet, rows: np.ndarray, joined: Sequence[int], mapped: Mapping[str, Mapped]
) -> list[Note]:
    """Cells of a child's further rows that say something else than the row that counts."""
    notes = []
    for key, m in mapped.items():
        if key == "seq" or m.person is not None:
            continue
        said = [(int(sheet.numbers[rows[k]]), sheet.cell(int(rows[k]), m.index)) for k in joined]
        said = [(number, "".join(text.split())) for number, text in said]
        told = next((text for _, text in said if text), "")
        others = [number for number, text in said if text not in ("", told, *DITTO)]
        if others:
            detail = {"row": str(others[0]), "rows": ranges(others), "header": m.header}
            notes.append(Note("child_rows_disagree", others[0], m.index, key, detail))
    return notes


def _dropped(
    sheet: Sheet,
    rows: np.ndarray,
    keep: np.ndarray,
    mapped: Mapping[str, Mapped],
    groups: Mapping[int, list[int]],
) -> list[Note]:
    """Rows left out although somebody wrote something in them. The seq and village of a blank line of
    the form, zeros of its formulas and the ticks it comes with are not that."""
    joined = {k for others in groups.values() for k in others}
    preset = {m.index for key, m in mapped.items() if key in PREFILLED}
    lost = [
        int(sheet.numbers[rows[k]])
        for k in np.flatnonzero(~keep).tolist()
        if k not in joined
        and any(
            c not in preset and text.strip() not in _PRESETS and not is_remark(text)
            for c, text in sheet.cells(int(rows[k]))
        )
    ]
    return (
        [Note("sparse_rows", lost[0], detail={"rows": ranges(lost), "count": str(len(lost))})] if lost else []
    )


def _column(sheet: Sheet, m: Mapped, rows: np.ndarray) -> Column:
    kinds = np.ascontiguousarray(sheet.grid.kinds[rows, m.index], np.uint8)
    return Column(m.field, m.index, m.header, m.match, sheet.take(m.index, rows), kinds)


def _filled_column(
    sheet: Sheet,
    m: Mapped,
    rows: np.ndarray,
    kept: np.ndarray,
    filler: Filler,
    groups: dict[int, list[int]],
) -> tuple[Column, list[Note]]:
    source, ditto = filler.sources(m.index, groups)
    own = np.arange(len(rows))
    if ditto is None and not (source != own).any():
        return _column(sheet, m, rows[kept]), []
    taken = source[kept]
    at = rows[taken]
    kinds = np.ascontiguousarray(sheet.grid.kinds[at, m.index], np.uint8)
    text = sheet.text[m.index].take(pa.array(at))
    filled = (taken != kept) & (kinds != CellKind.BLANK)
    column = Column(m.field, m.index, m.header, m.match, text, kinds, filled if filled.any() else None)
    notes = []
    for topic, mask in (
        ("ditto", ditto),
        ("merged_fill", (source != own) & (True if ditto is None else ~ditto)),
    ):
        if mask is None:
            continue
        numbers = sheet.numbers[rows[kept[mask[kept] & filled]]].tolist()
        if numbers:
            detail = {"count": str(len(numbers)), "rows": ranges(numbers), "column": column_letter(m.index)}
            notes.append(Note(topic, numbers[0], m.index, m.field, detail))
    return column, notes


def _persons_column(sheet: Sheet, m: Mapped, rows: np.ndarray, kept: np.ndarray, at: np.ndarray) -> Column:
    """Cells of one person's rows: blank, and placed in the record's own row, where he has none."""
    there = at[kept] >= 0
    taken = rows[np.where(there, at[kept], kept)]
    text = pc.if_else(pa.array(there), sheet.text[m.index].take(pa.array(taken)), "")
    kinds = np.where(there, sheet.grid.kinds[taken, m.index], np.uint8(CellKind.BLANK)).astype(np.uint8)
    numbers = sheet.numbers[taken].astype(np.int32)
    return Column(m.field, m.index, m.header, m.match, text, kinds, part=m.field, rows=numbers)


_PARTS = (
    # 父:张三 母:李四
    r"^\s*父亲?\s*[:：]\s*(?P<father>[^/／\\、,，;；|\n:：]*?)[\s/／\\、,，;；|]*母亲?\s*[:：]\s*(?P<mother>[^/／\\、,，;；|\n:：]*?)\s*$",
    # 张三/李四, 张三/, /李四
    r"^\s*(?P<father>[^/／\\、,，;；|\n]*?)\s*[/／\\、,，;；|\n]\s*(?P<mother>[^/／\\、,，;；|\n]*?)\s*$",
    # 张三  李四: blanks part two names only where each side has two characters
    r"^\s*(?P<father>[^\s]{2,4})\s+(?P<mother>[^\s]{2,4})\s*$",
)
_WHO = r"\s*[(（](?:父|母)亲?[)）]"


def split_parents(columns: Mapping[str, Column]) -> dict[str, Column]:
    """父亲姓名 and 母亲姓名 out of one cell (张三/李四). A single name is nobody's: it is not divided."""
    joint = columns.get("parents_name")
    if joint is None or "father_name" in columns or "mother_name" in columns:
        return {}
    encoded = pc.dictionary_encode(joint.text)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    plain = pc.replace_substring_regex(encoded.dictionary, _WHO, "")
    found = None
    for pattern in _PARTS:
        part = pc.extract_regex(plain, pattern)
        found = part if found is None else pc.coalesce(found, part)
    result = {}
    for parent in ("father", "mother"):
        names = pc.fill_null(pc.struct_field(found, parent), "")
        text = names.take(encoded.indices)
        blank = pc.equal(text, "").to_numpy(zero_copy_only=False)
        kinds = np.where(blank, np.uint8(CellKind.BLANK), joint.kinds)
        key = f"{parent}_name"
        result[key] = Column(key, joint.index, joint.header, joint.match, text, kinds, joint.filled, key)
    return result
