"""Names of units that the county's list does not hold."""

from __future__ import annotations

import pytest
from tests.checks.registers import TOWNSHIP, UNITS, book, catalogued, outcomes, places_of, table, zh

from lbt_audit.model.severity import Severity
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

CHILD = {"child_name": "杨晓峰", "sex": "男"}


@pytest.mark.parametrize(
    ("field", "name", "severity"),
    [
        ("village", "珠岩村", None),
        ("village", "珠岩", None),
        ("village", "白石镇珠岩村三组", None),
        ("village", "", None),
        ("village", "/", None),
        ("village", "朱岩村", 0),
        ("school_name", "白石小学", None),
        ("school_name", "白石镇中心小学三年级", None),
        ("school_name", "温州市实验小学", Severity.NOTICE),
        ("township", "白石镇人民政府", None),
        ("township", "百石镇", 0),
        ("sex", "珠岩", None),
    ],
)
def test_names_in_columns(field: str, name: str, severity: int | None) -> None:
    hits = places_of(catalogued("A12"), book(table([CHILD | {field: name}] * 2))).hits
    assert [(h.severity, len(h.places)) for h in hits] == ([] if severity is None else [(severity, 2)])


def test_nothing_is_said_without_a_list() -> None:
    assert outcomes(catalogued("A12"), book(table([CHILD | {"village": "朱岩村"}]), units=Units())) == []


def test_an_unknown_unit_is_named_with_the_nearest() -> None:
    unknown = table(
        [CHILD], unit=Unit("township", "百石镇", known=False), facts={"unit_name": ("百石镇政府", 2, 0)}
    )
    (hit,) = places_of(catalogued("A12"), book(unknown)).hits
    assert (zh(hit.details["level"]), zh(hit.details["suggestion"])) == ("乡镇", "（最接近的是“白石镇”）")
    assert hit.places[0].row == 2
    assert places_of(catalogued("A12"), book(table([CHILD], unit=TOWNSHIP))).hits == ()


def test_of_two_near_villages_the_townships_own_is_meant() -> None:
    units = Units.of("青禾县", {"白石镇": ("上坪村",), "清水乡": ("下坪村",)}, {})
    for town, village in (("白石镇", "上坪村"), ("清水乡", "下坪村")):
        sheet = table([CHILD | {"village": "大坪村"}], unit=Unit("township", town, town))
        (hit,) = places_of(catalogued("A12"), book(sheet, units=units)).hits
        assert zh(hit.details["suggestion"]) == f"（最接近的是“{village}”）"


def test_forms_of_one_unknown_unit_are_one_issue() -> None:
    unit = Unit("township", "百石镇", known=False)
    forms = [table([CHILD], "child_form", f"{i}.xlsx", unit=unit) for i in range(3)]
    (hit,) = places_of(catalogued("A12"), book(*forms, units=UNITS)).hits
    assert len(hit.places) == 3
