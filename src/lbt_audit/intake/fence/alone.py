"""Arrow by itself: left alone, pyarrow imports pandas, a quarter of a second of it, at the first array it makes."""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from typing import Any


class WithoutPandas(MetaPathFinder):
    """On ``sys.meta_path``: pandas is not found."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def arrow_alone() -> None:
    """Let pyarrow look for pandas now and find none, so that it looks no more until ``to_pandas`` or somebody else
    really wants it. Nothing happens where pandas is there already. Not for a reader: the first array reserves more
    addresses than its limit of memory may leave."""
    if "pandas" in sys.modules:
        return
    hidden = WithoutPandas()
    sys.meta_path.insert(0, hidden)
    try:
        import pyarrow as pa

        pa.array([0])
    finally:
        sys.meta_path.remove(hidden)
