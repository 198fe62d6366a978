"""Addresses: whether they reach a village, and whether they lie in another province or city."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex
from lbt_audit.values.free_text import bulk_texts
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, Facets, given, opened, stands_in
from lbt_audit.values.place import at_home, locate
from lbt_audit.values.text import squeeze

FACETS: Final[Facets] = {
    "norm": "",
    "has_village": False,
    "level_county_only": False,
    "has_home": False,
    "province": "",
    "city": "",
    "county": "",
}
_VILLAGE_WORDS = "村|社区|居委会|居民委员会|[^0-9]屯|寨|嘎查|街道.*[路街巷]|[路街巷道][0-9]+号|[小园]区|花园|家苑|安置[点区]"
_VILLAGE = regex(_VILLAGE_WORDS)
_FINER = regex("镇|乡|街道|苏木|村|社区|组|屯|寨|路|街|巷|号")


def parse_address(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: norm (no blanks), has_village (a village of the county or the word for one, or a street
    address), level_county_only (nothing finer than a county), has_home (names the own county, one of
    its townships or villages), and province, city, county (codes) of addresses that do not.
    """
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if stands_in(cleaned):
        return PLACEHOLDER
    norm = squeeze(cleaned)
    where = locate(norm[:40])
    home = at_home(norm, where[1], where[2], context)
    villages = _villages(context.villages)
    has_village = _VILLAGE.search(norm) is not None or (
        villages is not None and villages.search(norm) is not None
    )
    county_only = not has_village and _FINER.search(norm) is None
    return given([], (norm, has_village, county_only, home, *(("", "", "") if home else where)))


def bulk_addresses(values: pa.Array, context: Context) -> tuple[np.ndarray, np.ndarray, Sequence[Any]] | None:
    """Tame texts that name the own county or a place in it; where others lie the parser finds out."""
    home = _names(context)
    if home is None:
        return None
    found = bulk_texts(values, context)
    if found is None:
        return None
    values = found[2][0]
    handled = found[0] & ~pc.match_substring(values, " ").to_numpy(zero_copy_only=False)
    # Where the own county's code is known, a village's name inside a longer address may be another county's.
    where = f"^(?:{home.pattern})" if context.home_code else home.pattern
    handled &= pc.match_substring_regex(values, where).to_numpy(zero_copy_only=False)
    villages = _villages(context.villages)
    pattern = _VILLAGE_WORDS if villages is None else f"{_VILLAGE_WORDS}|{villages.pattern}"
    has_village = pc.match_substring_regex(values, pattern).to_numpy(zero_copy_only=False)
    finer = pc.match_substring_regex(values, _FINER.pattern).to_numpy(zero_copy_only=False)
    n = len(values)
    empty = pa.repeat("", n)
    arrays = (
        values,
        has_village,
        ~has_village & ~finer,
        np.ones(n, np.bool_),
        empty,
        empty,
        empty,
    )
    return handled, np.zeros(n, np.uint32), arrays


def _names(context: Context) -> re.Pattern[str] | None:
    return _alternatives(tuple(sorted({*context.home, *context.villages})))


def _villages(names: frozenset[str]) -> re.Pattern[str] | None:
    return _alternatives(tuple(sorted(names)))


@lru_cache(maxsize=16)
def _alternatives(names: tuple[str, ...]) -> re.Pattern[str] | None:
    words = [re.escape(squeeze(n)) for n in names if len(squeeze(n)) >= 2]
    return re.compile("|".join(words)) if words else None


ADDRESS = ValueKind("address", ("error_cell",), FACETS, parse_address, bulk_addresses)
