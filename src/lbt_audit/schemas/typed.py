"""Typed columns as a pandas DataFrame: what pandera validates, rules report and users of the API get.

A cell that is not what its column must hold is never lost: codes and texts keep what is written; beside a column
of dates or numbers stands a companion, ``birth_date.text``, with what is written where it is no exact day or no
whole number. ``docs/api.md`` describes the frame.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.blanks import BLANKS
from lbt_audit.model.cell import State
from lbt_audit.values.column import Typed
from lbt_audit.values.kind import NO_DATE

if TYPE_CHECKING:
    import pandas as pd

TEXT: Final = ".text"
COMPANIONS: Final = frozenset({"date", "integer"})
"""Kinds of value beside which what is written stands where it could not be typed."""
CATEGORIES: Final = frozenset({"code", "codes", "yes_no", "relation", "ethnicity"})
_NORMAL: Final[Mapping[str, str]] = {
    "name": "norm", "citizen_id": "norm", "phone": "number", "place": "norm", "address": "norm",
    "xueji_no": "norm", "text": "norm",
}  # fmt: skip
"""Kind of value → facet that holds a text made comparable."""


def typed_frame(columns: Mapping[str, Typed]) -> pd.DataFrame:
    """One row per record, in the order of ``columns``; the index counts from 0.

    Dates are datetime64[s] (the first day that is meant), whole numbers Int64, codes categories, all else str; blank
    cells and columns a file lacks are missing values.
    """
    import pandas as pd

    data: dict[str, Any] = {}
    for name, typed in columns.items():
        kind = typed.kind.name
        if kind in COMPANIONS:
            values, exact = _TYPED[kind](typed)
            data[name] = values
            data[name + TEXT] = _text(_written(typed, ~exact))
        elif kind in CATEGORIES:
            data[name] = _category(typed)
        else:
            data[name] = _text(_string(typed))
    return pd.DataFrame(data, copy=False)


def _dates(typed: Typed) -> tuple[Any, np.ndarray]:
    """(first days, where exactly this day is written)."""
    lo, right = typed.facets["lo"], typed.state == State.OK
    known = right & (lo != NO_DATE)
    days = np.where(known, lo, 0).astype("datetime64[D]").astype("datetime64[s]")
    days[~known] = np.datetime64("NaT")
    return days, right & pc.equal(typed.facets["precision"], "day").to_numpy(zero_copy_only=False)


def _numbers(typed: Typed) -> tuple[Any, np.ndarray]:
    import pandas as pd

    right = typed.state == State.OK
    return pd.arrays.IntegerArray(typed.facets["value"].astype(np.int64), ~right), right


_TYPED: Final[Mapping[str, Callable[[Typed], tuple[Any, np.ndarray]]]] = {"date": _dates, "integer": _numbers}


def _category(typed: Typed) -> Any:
    """Items of the code list, or what is written where it is none."""
    import pandas as pd

    code = typed.facets["code"]
    listed = pc.and_(pa.array(typed.state == State.OK), pc.not_equal(code, ""))
    found = pc.if_else(listed, code, _written(typed)).dictionary_encode()
    positions = pc.fill_null(found.indices, -1).to_numpy(zero_copy_only=False)
    return pd.Categorical.from_codes(positions, _text(found.dictionary))


def _string(typed: Typed) -> pa.Array:
    """The text made comparable where it differs in blanks, width and case only; else as it is written."""
    written = _written(typed)
    facet = _NORMAL.get(typed.kind.name)
    if facet is None:
        return written
    norm = typed.facets[facet]
    right = pa.array((typed.state == State.OK) & (typed.faults == 0))
    at = np.flatnonzero(
        pc.fill_null(pc.and_(right, pc.not_equal(norm, written)), False).to_numpy(zero_copy_only=False)
    )
    if not len(at):
        return written
    rows = pa.array(at)
    same = pc.equal(_folded(norm.take(rows)), _folded(written.take(rows)))
    mask = np.zeros(len(typed), np.bool_)
    mask[at[same.to_numpy(zero_copy_only=False)]] = True
    return pc.if_else(pa.array(mask), norm, written)


def _folded(texts: pa.Array) -> pa.Array:
    return pc.utf8_upper(pc.replace_substring_regex(pc.utf8_normalize(texts, "NFKC"), BLANKS, ""))


def _written(typed: Typed, where: np.ndarray | None = None) -> pa.Array:
    """The cells without outer blanks; null where blank, or not ``where``."""
    there = typed.state > State.BLANK
    if where is not None:
        there = there & where
    return pc.if_else(pa.array(there), pc.utf8_trim_whitespace(typed.text), pa.scalar(None, pa.string()))


def _text(texts: pa.Array) -> Any:
    import pandas as pd

    dtype: Any = pd.StringDtype("pyarrow", na_value=np.nan)
    return dtype.__from_arrow__(texts)
