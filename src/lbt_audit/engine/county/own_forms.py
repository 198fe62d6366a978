"""The county's own forms: what it has not confirmed of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lbt_audit.intake.table import Table
from lbt_audit.model.kind import Kind
from lbt_audit.model.text import Text

_SHOWN = 8  # headers


def unconfirmed(tables: Iterable[Table], kinds: Mapping[str, Kind]) -> tuple[Text, ...]:
    """A warning for each form of which columns are not read for that."""
    found: dict[str, dict[str, None]] = {}
    for table in tables:
        for column in table.unmapped:
            if column.proposed:
                found.setdefault(table.kind, {})[column.header] = None
    return tuple(
        Text(
            f"表样 {kind}.yaml（{kinds[kind].title.zh}）有 {len(headers)} 个表头尚未确认（字段后带 ?），这些栏目没有核查："
            f"{_some(headers)}",
            f"the form {kind}.yaml ({kinds[kind].title.en}) has {len(headers)} headers nobody has confirmed (? behind the "
            f"field); their columns were not audited: {_some(headers)}",
        )
        for kind, headers in found.items()
    )


def _some(headers: Iterable[str]) -> str:
    names = list(headers)
    return "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
