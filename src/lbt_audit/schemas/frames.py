"""``Kind`` → pandera DataFrameSchema of its typed frame (``schemas.typed``)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

import pandas as pd
import pandera.pandas as pandera

from lbt_audit.model.field import Field
from lbt_audit.model.kind import Checks, Kind
from lbt_audit.schemas.checks import READINGS, WITHOUT
from lbt_audit.schemas.standards import check, parsed, within_validation
from lbt_audit.schemas.typed import CATEGORIES, COMPANIONS, TEXT
from lbt_audit.values.kind import Context
from lbt_audit.values.registry import KINDS

_TYPES: Final = {"date": "datetime64[s]", "integer": "Int64"} | dict.fromkeys(CATEGORIES, "category")


class DataFrameSchema(pandera.DataFrameSchema):  # type: ignore[misc]
    """A schema in whose validation every column is parsed once, whatever the number of its checks."""

    def validate(self, check_obj: Any, *arguments: Any, **options: Any) -> Any:
        if within_validation():
            return super().validate(check_obj, *arguments, **options)
        with parsed({}):
            return super().validate(check_obj, *arguments, **options)

    @classmethod
    def get_backend(cls, check_obj: Any = None, check_type: type | None = None) -> Any:
        return pandera.DataFrameSchema.get_backend(check_obj, check_type)


def frame_schema(kind: Kind, fields: Mapping[str, Field], context: Context | None = None) -> DataFrameSchema:
    """What a typed frame of ``kind`` must hold.

    Columns that are required whatever the record says must be there, and filled where a missing value is a blank
    cell; any other may lack. ``context``: what parsing depends on, by default today and no county.
    """
    columns: dict[str, Any] = {}
    for name, checks in kind.columns.items():
        always = name in kind.required and kind.required[name] is None
        columns |= columns_of(name, fields[name].kind, checks, context, always=always)
    return DataFrameSchema(columns, name=kind.key, title=kind.title.zh, description=kind.title.en)


def columns_of(
    name: str,
    kind: str,
    checks: Checks,
    context: Context | None,
    *,
    faults: Collection[str] | None = None,
    always: bool = False,
    **options: Any,
) -> dict[str, Any]:
    """The pandera columns of one column, its companion among them. ``faults``: those looked for, None = all."""
    reading, argument = next(iter(checks.items()))
    left_out = argument.get(WITHOUT) or ()
    standards = [
        check(reading, fault, argument, context, **options)
        for fault in KINDS[kind].faults
        if fault not in left_out and (faults is None or fault in faults)
    ]
    others = [
        getattr(pandera.Check, other)(**_typed(kind, given), **options)
        for other, given in checks.items()
        if other not in READINGS
    ]
    if kind in COMPANIONS:
        whole = kind == "integer"  # int64 will do; of days any resolution does anyway
        return {
            name: pandera.Column(_TYPES[kind], others, nullable=True, required=always, coerce=whole),
            name + TEXT: pandera.Column(str, standards, nullable=True, required=False),
        }
    typed = _TYPES.get(kind, str)
    return {name: pandera.Column(typed, [*standards, *others], nullable=not always, required=always)}


def _typed(kind: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments as the typed column has its values: days as timestamps."""
    return dict(_days(arguments)) if kind == "date" else dict(arguments)


def _days(arguments: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in arguments.items():
        if isinstance(value, bool):
            yield key, value
        else:
            yield key, [pd.Timestamp(v) for v in value] if isinstance(value, list) else pd.Timestamp(value)
