"""Area codes no table knows that most ID numbers of the audit bear: the county's own, made lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pyarrow.compute as pc

from lbt_audit.intake.table import Table
from lbt_audit.model.text import Text
from lbt_audit.values.area import known_areas

SHARE, LEAST = 0.5, 5  # of the children's numbers; fewer numbers prove nothing


def local_areas(tables: Iterable[Table], accepted: frozenset[str]) -> dict[str, int]:
    """Codes in neither the tables nor ``accepted`` that at least half of the children's well-formed ID
    numbers begin with → how many do. One code wrong in every file is no slip of the pen."""
    found: Counter[str] = Counter()
    for table in tables:
        column = table.columns.get("id_no")
        if column is None:
            continue
        text = pc.utf8_trim_whitespace(column.text)
        formed = text.filter(pc.match_substring_regex(text, "^[0-9]{17}[0-9Xx]$"))
        for entry in pc.value_counts(pc.utf8_slice_codeunits(formed, 0, 6)).to_pylist():
            found[entry["values"]] += entry["counts"]
    total = found.total()
    known = known_areas() | accepted
    return {c: n for c, n in found.items() if c not in known and n >= LEAST and n >= SHARE * total}


def area_warnings(areas: dict[str, int]) -> tuple[Text, ...]:
    """A warning for each code that was accepted."""
    return tuple(
        Text(
            f"行政区划代码表中没有 {code}，但有 {n} 个儿童证号以它开头，已按本地代码认可；请核实后写入县级配置 extra_areas",
            f"{code} is no known area code, but {n} children's ID numbers begin with it; it was accepted as local. "
            "If that is right, put it under extra_areas in the county file",
        )
        for code, n in areas.items()
    )
