"""A frame as a pandas DataFrame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lbt_audit.frames.frame import Frame
from lbt_audit.schemas.typed import typed_frame

if TYPE_CHECKING:
    import pandas as pd


def to_pandas(frame: Frame) -> pd.DataFrame:
    """Every column some file has, typed (``schemas.typed``), in the order of the kind; index (file, sheet, row).

    ``row`` is as the spreadsheet shows it; lists side by side on a sheet may repeat one.
    """
    import pandas as pd

    present = {field for table in frame.tables for field in table.columns}
    result = typed_frame({field: frame[field] for field in frame.fields if field in present})
    places = [
        pd.Categorical([getattr(t, what) for t in frame.tables]).take(frame.table)
        for what in ("path", "sheet")
    ]
    result.index = pd.MultiIndex.from_arrays([*places, frame.row], names=["file", "sheet", "row"])
    return result
