"""What the townships counted at the end of September: statistics tables for ``--previous``, beside the county of October.

In three of them the total grew by a fifth and more within the month, by less than ten children in every village (K07). Lawful:
the same growth with its reason under October's table, and a growth by a few.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

from sample_data.generate.sheet import Book
from sample_data.generate.truth import entry
from sample_data.generate.world import Expected, World

GROWN = ("白石镇", "云台镇", "梨园镇")
EXPLAINED = "望溪乡"
REASON = "注：较上月增加，系秋收后外出务工的家长增多。"
_EACH = 9  # children fewer in every village; ten and more would be the village's own change


def tables(world: World) -> dict[str, Book]:
    """October's tables of the townships, by township."""
    return {b.unit: b for b in world.of("statistics") if "乡镇统计表" in b.path}


def explain(world: World) -> None:
    """The reason under October's table."""
    book = tables(world)[EXPLAINED]
    book.notes = (*book.notes, REASON)


def previous(world: World) -> World:
    """September's tables; what an audit of October with them finds besides stands under ``expected``."""
    books, expected = [], []
    for township, book in tables(world).items():
        made = deepcopy(book)
        made.facts["填报日期"] = "2026年9月30日"
        made.notes = tuple(n for n in made.notes if n != REASON)
        strongly = township in (*GROWN, EXPLAINED)
        _shrink(made, _EACH if strongly else 1)
        if township in GROWN:
            note = f"比9月每村多{_EACH}名上下，未说明"
            expected.append(Expected("K07", f"K07-{len(expected) + 1}", note, book=book))
        books.append(made)
    return World(world.register, books, expected)


def _shrink(book: Book, by: int) -> None:
    """Every village with ``by`` children fewer, every figure in proportion, the total as their sum."""
    *lines, total = book.sheets[0].rows
    fields = [c.field for c in book.columns if c.field != "unit"]
    for row in lines:
        whole = row.values[fields[0]]
        for name in fields:
            value = row.values.get(name)
            if isinstance(value, int) and isinstance(whole, int) and whole:
                row.values[name] = value - round(value * min(by, whole) / whole)
    for name in fields:
        values = [row.values.get(name) for row in lines]
        if isinstance(total.values.get(name), int) and all(isinstance(v, int) for v in values):
            total.values[name] = sum(v for v in values if isinstance(v, int))


def write_previous(world: World, root: Path) -> None:
    """September's tables and ``truth_previous.json`` under ``root``."""
    made = previous(world)
    made.save(root / "previous")
    issues = ",\n  ".join(json.dumps(entry(e, made), ensure_ascii=False) for e in made.expected)
    (root / "truth_previous.json").write_text(f'{{"issues": [\n  {issues}\n]}}\n', "utf-8")
