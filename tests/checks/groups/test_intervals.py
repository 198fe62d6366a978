"""Records of one group whose days lie too close together."""

from __future__ import annotations

import pytest
from tests.checks.registers import book, catalogued, outcomes, rows_of, table

WOMAN = "52990119860708002X"


def births(*days: str, name: str = "罗{i}") -> list[dict[str, str]]:
    return [
        {"child_name": name.replace("{i}", "一二三四"[i]), "birth_date": day, "mother_id": WOMAN}
        for i, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("2015-03-12", "2015-07-02"), ["112"]),
        (("2015-03-12", "2015-03-14"), []),
        (("2015-03-12", "2015-03-15"), ["3"]),
        (("2015-03-12", "2015-10-07"), ["209"]),
        (("2015-03-12", "2015-10-08"), []),
        (("2015-03", "2015-07-02"), []),
        (("2015-03-12", ""), []),
        (("2015-07-02", "2015-03-12", "2015-07-02"), ["112"]),
        (("2015-03-12", "2015-07-02", "2015-10-12"), ["112", "102"]),
    ],
)
def test_days_between_births_of_one_mother(days: tuple[str, ...], found: list[str]) -> None:
    assert rows_of(catalogued("E11"), book(table(births(*days)))).details["days"] == found


def test_a_child_entered_twice_is_no_sibling() -> None:
    rows = births("2015-03-12", "2015-07-02", name="罗一")
    assert rows_of(catalogued("E11"), book(table(rows))).count == 0


def test_both_records_are_pointed_at() -> None:
    hits = rows_of(catalogued("E11"), book(table(births("2015-07-02", "2015-03-12"))))
    assert (hits.row.tolist(), hits.issue.tolist()) == ([1, 0], [0, 0])
    assert set(hits.points) == {"child_name", "birth_date"}


def test_without_mothers_nothing_can_be_told() -> None:
    assert (
        outcomes(catalogued("E11"), book(table([{"child_name": "罗一", "birth_date": "2015-03-12"}]))) == []
    )
