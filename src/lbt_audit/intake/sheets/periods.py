"""Which sheets of a book are this period's: earlier months and copies are left out, and said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lbt_audit.intake.sheets.units import months
from lbt_audit.intake.table import Note, Table
from lbt_audit.model.kind import Kind


def current_tables(
    tables: list[Table], kinds: Mapping[str, Kind]
) -> tuple[list[Table], list[tuple[Table, str]]]:
    """Without the sheets of earlier months and without copies ("Sheet1 (2)") of another sheet. What happened in
    earlier months (``events``) counts as well."""
    left_out: list[tuple[Table, str]] = []
    dated = months({t.sheet: t.facts.get("fill_date", ("",))[0] for t in tables})
    by_kind: dict[tuple[str, str], list[Table]] = {}
    for table in tables:
        if table.sheet in dated and not kinds[table.kind].events:
            by_kind.setdefault((table.kind, table.unit.name), []).append(table)
    for group in by_kind.values():
        newest = max(dated[t.sheet] for t in group)
        if newest[0] == 0 and {dated[t.sheet][1] for t in group} >= {1, 12}:
            newest = dated[group[-1].sheet]  # over New Year the order of the sheets decides
        left_out += [(t, "earlier_period") for t in group if dated[t.sheet] != newest]
    gone = {id(t) for t, _ in left_out}
    by_sheet = {t.sheet: t for t in tables if id(t) not in gone}
    for sheet, table in list(by_sheet.items()):
        base, _, rest = sheet.replace("（", "(").replace("）", ")").rpartition("(")
        original = by_sheet.get(base.strip())
        if rest.rstrip(")").isdigit() and original is not None and _same(table, original):
            left_out.append((table, "copied_sheet"))
    gone = {id(t) for t, _ in left_out}
    return [t for t in tables if id(t) not in gone], left_out


def _same(one: Table, other: Table) -> bool:
    return (
        len(one) == len(other)
        and len(one) > 0
        and one.columns.keys() == other.columns.keys()
        and all(one.columns[f].text.equals(other.columns[f].text) for f in one.columns)
    )


def date_notes(tables: Sequence[Table]) -> list[Note]:
    """A note where the sheets of a book state different 填报日期."""
    stated = dict.fromkeys("".join(t.facts["fill_date"][0].split()) for t in tables if "fill_date" in t.facts)
    stated.pop("", None)
    return [Note("several_dates", detail={"dates": "、".join(stated)})] if len(stated) > 1 else []
