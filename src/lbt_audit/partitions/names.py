"""Units of several counties in one report: two townships of one name are told apart by their county's."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from lbt_audit.engine.audit import ISSUE_SCHEMA
from lbt_audit.model.unit import Unit

_COLUMNS = ("unit", "township", "responsible_unit", "responsible_township")


def named(name: str, county: str) -> str:
    """丙山县清水乡 for 清水乡, 丙山县教育局 for 县教育局; what bears the county's name already, or none, stays."""
    if not county or not name or name.startswith(county):
        return name
    return f"{county}{name.removeprefix(county[-1])}"


def path_of(path: str, county: str) -> str:
    """``Unit.path`` of the unit as it is named in the whole."""
    return "/".join(named(part, county) for part in path.split("/"))


def unit_of(unit: Unit, county: str) -> Unit:
    township = None if unit.township is None else named(unit.township, county)
    return replace(unit, name=named(unit.name, county), township=township)


def of_county(issues: pa.Table, county: str) -> pa.Table:
    """``issues`` (ISSUE_SCHEMA) with their units so named."""
    if not county or not issues.num_rows:
        return issues
    for column in _COLUMNS:
        words = issues[column].combine_chunks()
        whole = pa.array([named(word, county) for word in words.dictionary.to_pylist()], pa.string())
        anew = pa.DictionaryArray.from_arrays(words.indices, whole)
        issues = issues.set_column(ISSUE_SCHEMA.get_field_index(column), ISSUE_SCHEMA.field(column), anew)
    return issues
