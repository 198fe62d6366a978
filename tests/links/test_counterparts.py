"""Records of other registers that are a child's, and what they tell: three-valued, by the units that handed in."""

from __future__ import annotations

from typing import Any

import pytest
from tests.checks.registers import book, loaded, table

from lbt_audit.engine.rules.load import vocabulary
from lbt_audit.frames.book import Book
from lbt_audit.links.linked import derivations
from lbt_audit.links.links import Links
from lbt_audit.model.text import Text
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units
from lbt_audit.rulebook.condition import read_condition
from lbt_audit.rulebook.linked import Linked

UNITS = Units.of(
    "青禾县",
    {"白石镇": ("珠岩村", "大坪村"), "清水乡": ("河边村",)},
    {"白石镇中心小学": "白石镇", "清水乡中心小学": "清水乡"},
)
SCHOOL = Unit("school", "白石镇中心小学", "白石镇")
VILLAGE = Unit("village", "珠岩村", "白石镇")
TOWN = Unit("township", "白石镇", "白石镇")
ZHU = {"village": "珠岩村"}
GIRL = {"child_name": "覃金莲", "id_no": "529901201307040127", **ZHU}
BOY = {"child_name": "杨晓峰", "id_no": "52990120150312001X", "village": "大坪村"}
MEIDA = {
    "child_name": "罗小梅",
    "id_no": "529901201608290082",
    "village": "大坪村",
    "school_name": "白石镇中心小学",
}


def made(*tables: Any) -> Book:
    return book(*tables, units=UNITS, age_limit=16, definition="civil", rural_only=True, stage_tolerance=2)


def visits(*rows: dict[str, str], unit: Unit = VILLAGE, path: str = "z.xlsx") -> Any:
    return table([{"visit_visitor": "王干部", **row} for row in rows], "visits", path, unit=unit)


def asked(a_book: Book, where: dict[str, Any] | None = None, **asks: Any) -> list[Any]:
    """A fact of the test's own about visits, of every record of the roster; None = not known."""
    known = vocabulary(loaded()[1]).only(("visits",))
    condition = read_condition(where, known) if where else None
    fact = Linked("t.t", Text("", ""), ("visits",), condition, **asks)
    frame = a_book.frames["roster"]
    facet = derivations({"t.t": fact}, a_book)["t.t"](frame)
    return [v if k else None for v, k in zip(facet.values.tolist(), facet.known.tolist(), strict=True)]


def test_every_visit_of_a_child_is_its_own() -> None:
    days = ("2026-03-01", "2026-09-04", "2026-10-30")
    found = made(table([GIRL, BOY]), visits(*({**GIRL, "visit_date": day} for day in days)))
    assert asked(found, count=True) == [3, None]
    assert asked(found) == [True, None]
    day = asked(found, newest="visit_date.hi")
    assert day[0] == found.frames["visits"].facet("visit_date.hi").values[2] and day[1] is None


def test_spelt_otherwise_in_each_register_it_is_still_the_childs() -> None:
    """A village writes the number, a school the class only: both kinds of entry are linked."""
    pupil = {**GIRL, "school_name": "白石镇中心小学", "class_name": "三年级(1)班", "grade": "三年级"}
    by_school = {"child_name": "覃金莲", "class_name": "三年级(1)班", "visit_date": "2026-09-10"}
    found = made(
        table([pupil, BOY]),
        visits({**GIRL, "visit_date": "2026-09-01"}, {**GIRL, "id_no": "", "visit_date": "2026-09-02"}),
        visits(by_school, {**by_school, "class_name": "3年级1班"}, unit=SCHOOL, path="s.xlsx"),
    )
    assert asked(found, count=True)[0] == 4


@pytest.mark.parametrize(
    ("unit", "rows", "expected"),
    [
        (VILLAGE, [GIRL], [True, None, None]),  # only this village handed in
        (Unit("township", "白石镇", "白石镇"), [GIRL, BOY], [True, True, False]),
        (SCHOOL, [{"child_name": "别人"}], [None, None, False]),  # speaks of its pupils only
        (Unit("township", "清水乡", "清水乡"), [{"child_name": "别人"}], [None, None, None]),
    ],
)
def test_only_the_own_units_register_can_lack_a_child(unit: Unit, rows: Any, expected: list[Any]) -> None:
    found = made(
        table([GIRL, BOY, MEIDA]), visits(*({**r, "visit_date": "2026-10-01"} for r in rows), unit=unit)
    )
    assert asked(found) == expected


def test_what_counts_is_what_the_condition_says() -> None:
    found = made(
        table([GIRL]),
        visits(
            {**GIRL, "visit_date": "2026-10-01", "visit_kind": "电话"},
            {**GIRL, "visit_date": "", "visit_kind": "家访"},
        ),
    )
    at_home = {"visit_kind": {"is": "home_visit"}}
    assert asked(found, at_home) == [True]
    assert asked(found, {"visit_kind": {"is": "counselling"}}) == [False]
    assert asked(found, at_home, newest="visit_date.hi") == [None], "a visit without a day may be the newest"


def test_a_record_that_may_be_the_childs_leaves_it_open() -> None:
    found = made(table([GIRL]), visits({"child_name": "覃晶莲", "visit_date": "2026-10-01", **ZHU}))
    assert asked(found) in ([None], [True])


def test_of_one_register_the_other_records_of_the_child() -> None:
    found = made(table([GIRL, BOY]), visits({**GIRL, "visit_date": "2026-09-01"}, GIRL, BOY))
    own = Links.of(found).counterparts("visits", "visits")
    assert own is not None
    assert list(zip(own.row.tolist(), own.there.tolist(), strict=True)) == [(0, 1), (1, 0)]


def test_nobody_handed_it_in() -> None:
    assert asked(made(table([GIRL]))) == [None]


def test_a_townships_visits_to_a_few_are_no_register_of_all() -> None:
    township = Unit("township", "白石镇", "白石镇")
    crowd = [{"child_name": f"某{name}", "village": "珠岩村"} for name in "甲乙丙丁戊己庚辛壬癸子丑"]
    found = made(table([GIRL, *crowd]), visits({**GIRL, "visit_date": "2026-10-01"}, unit=township))
    assert asked(found)[:2] == [True, None]


@pytest.mark.parametrize(
    ("entry", "unit", "expected"),
    [
        ({}, VILLAGE, [True, None]),  # the other's village handed nothing in
        ({"village": "珠岩村"}, TOWN, [True, False]),
        ({}, TOWN, [None, None]),  # nothing says which
        ({}, SCHOOL, [None, None]),  # both are its pupils
        ({"village": "河边村"}, TOWN, [None, None]),  # of neither village
    ],
)
def test_two_of_one_name(entry: dict[str, str], unit: Unit, expected: list[bool | None]) -> None:
    """An entry that a village, school or township settles is in doubt for none of the others so named."""
    pupil = {"child_name": "王芳", "school_name": "白石镇中心小学"}
    two = [
        {**pupil, "id_no": "529901201503120205", "village": "珠岩村"},
        {**pupil, "id_no": "529901201608290226", "village": "大坪村"},
    ]
    assert asked(made(table(two), visits({"child_name": "王芳", **entry}, unit=unit))) == expected


def test_the_namesakes_school_is_not_known() -> None:
    """What a school writes is its pupil's, and may be that of a child of the township whose school nobody wrote."""
    two = [
        {**GIRL, "school_name": "白石镇中心小学"},
        {**GIRL, "id_no": "529901201608290226", "village": "大坪村"},
    ]
    both = [visits({"child_name": GIRL["child_name"]}, unit=SCHOOL), visits(BOY, unit=TOWN, path="t.xlsx")]
    assert asked(made(table(two), *both)) == [True, None]
