"""Blank forms made, filled and audited in this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests.templates.lawful import AS_OF, TOWNSHIP, UNIT, fill, first_row

from lbt_audit.config.county import County
from lbt_audit.engine.audit import Audit
from lbt_audit.engine.request import Request
from lbt_audit.engine.rules.load import county_dictionary, load_rules
from lbt_audit.engine.run import audit
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.kind import Kind
from lbt_audit.resources import data_dir
from lbt_audit.templates.form import Form, form_of
from lbt_audit.templates.workbook import make_workbook
from lbt_audit.values.codes import read_code_lists

COUNTY = County(Path("lbt-audit.toml"), extra_areas=frozenset({"529901"}), as_of=date.fromisoformat(AS_OF))


@cache
def dictionary() -> Dictionary:
    return load_rules(county_dictionary(None))[2]


def form(kind: Kind, known: Dictionary) -> Form:
    return form_of(kind, known, read_code_lists(data_dir("schemas") / "codes.yaml"))


def offered() -> dict[str, Kind]:
    """Every kind of list ``template`` makes."""
    return {
        key: kind
        for key, kind in dictionary().kinds.items()
        if kind.layout == "list" and kind.audited and not kind.answers and not kind.signature.fallback
    }


def filled(form: Form, values: Mapping[str, Sequence[Any]], path: Path) -> int:
    """The blank form with ``values`` in it at ``path``; gives the row of the first record."""
    book = make_workbook(form, [], UNIT.get(form.kind.level, TOWNSHIP), "zh")
    first = first_row(book.worksheets[0])
    fill(book, form, values, first)
    book.save(path)
    return first


def audit_of(path: Path, county: County = COUNTY) -> Audit:
    return audit(Request(paths=(path,), county=county, jobs=1, mask="none"))


def issues(found: Audit) -> list[dict[str, Any]]:
    return found.issues.to_pylist()  # type: ignore[no-any-return]


def causes(found: Audit) -> dict[int, set[str]]:
    """Row → rules of the issues told there that follow from no other."""
    told = {n: issue["rule"] for n, issue in enumerate(issues(found)) if not issue["follows"]}
    rows: dict[int, set[str]] = {}
    for place in found.locations.to_pylist():
        if place["issue"] in told and place["row"]:
            rows.setdefault(place["row"], set()).add(told[place["issue"]])
    return rows
