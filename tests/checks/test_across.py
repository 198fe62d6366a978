"""Checks across records: what joins them, how grave it is, and where it points."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest
from tests.checks.registers import book, pointed, rows_of, rule, table

from lbt_audit.checks.hits import RowHits
from lbt_audit.model.severity import Severity
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

MOTHER = {"mother_name": "陈明秀", "mother_work_place": "浙江温州", "mother_away_since": "2016年2月"}
WOMAN = "52990119860708002X"
PEOPLE = ("罗大", "吴二山", "马三喜", "韦老四")
VILLAGES = ("珠岩村", "大坪村", "河边村", "新寨村")


def found(check: str, rows: list[dict[str, str]], points: tuple[str, ...] = (), **params: Any) -> RowHits:
    a_rule = dataclasses.replace(rule(check, **params), points_at=points)
    return rows_of(a_rule, book(table(rows), age_limit=16, rural_only=True))


def families(count: int, **common: str) -> list[dict[str, str]]:
    """Children of different fathers in different villages; ``{i}`` in a value is replaced by the number."""
    rows = []
    for i in range(count):
        cells = {k: v.replace("{i}", str(i + 1)) for k, v in {**MOTHER, **common}.items()}
        name = f"{PEOPLE[i][0]}小{'一二三四'[i]}"
        rows.append({"child_name": name, "father_name": PEOPLE[i], "village": VILLAGES[i], **cells})
    return rows


def grades(hits: RowHits) -> list[int]:
    assert hits.severity is not None
    return hits.severity.tolist()


def test_one_mother_with_four_fathers_is_an_error() -> None:
    hits = found("shared_parent", families(4, mother_phone="1388572120{i}"), parent="mother")
    assert hits.row.tolist() == [0, 1, 2, 3]
    assert hits.details["count"] == ["4"]
    assert grades(hits) == [0]


def test_two_families_are_a_notice_and_a_warning_if_the_phones_were_counted_up() -> None:
    assert grades(found("shared_parent", families(2), parent="mother")) == [Severity.NOTICE]
    counted_up = families(2, mother_phone="1388572120{i}")
    assert grades(found("shared_parent", counted_up, parent="mother")) == [Severity.WARNING]


def test_place_and_time_alone_do_not_join_two_registers() -> None:
    rows = families(3)
    tables = [table([r], path=f"{i}.xlsx") for i, r in enumerate(rows)]
    hits = rows_of(rule("shared_parent", parent="mother"), book(*tables))
    assert hits.count == 0
    numbered = [table([{**r, "mother_id": WOMAN}], path=f"{i}.xlsx") for i, r in enumerate(rows)]
    assert rows_of(rule("shared_parent", parent="mother"), book(*numbered)).count == 1


def test_different_birth_dates_are_two_women() -> None:
    rows = families(4)
    for i, row in enumerate(rows):
        row["mother_birth"] = f"198{i}-01-01"
    assert found("shared_parent", rows, parent="mother").count == 0


def test_same_surname_and_village_is_no_second_family() -> None:
    rows = families(2)
    rows[1] |= {"child_name": "罗小二", "village": "珠岩村"}
    assert found("shared_parent", rows, parent="mother").count == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    rows = families(4, mother_phone="1388572120{i}") + families(2, mother_name="李英")
    shuffled = rows[:]
    random.Random(seed).shuffle(shuffled)
    before, after = (found("shared_parent", r, parent="mother") for r in (rows, shuffled))

    def groups(hits: RowHits, source: list[dict[str, str]]) -> list[tuple[str, ...]]:
        names: dict[int, list[str]] = {}
        for row, issue in zip(hits.row.tolist(), hits.issue.tolist(), strict=True):
            names.setdefault(issue, []).append(source[row]["child_name"] + source[row]["mother_name"])
        return sorted(tuple(sorted(n)) for n in names.values())

    assert groups(before, rows) == groups(after, shuffled)


def test_double_entry_is_found_in_a_unit_but_not_across_units() -> None:
    row = {"child_name": "杨晓峰", "id_no": "52990120150312001X"}
    towns = [Unit("township", name, name) for name in ("白石镇", "清水乡")]
    same = book(table([row], path="1.xlsx", unit=towns[0]), table([row], path="2.xlsx", unit=towns[0]))
    apart = book(table([row], path="1.xlsx", unit=towns[0]), table([row], path="2.xlsx", unit=towns[1]))
    assert rows_of(rule("duplicate", field="id_no"), same).count == 1
    assert rows_of(rule("duplicate", field="id_no"), apart).count == 0


def test_a_number_in_two_villages_of_one_workbook_is_not_entered_twice() -> None:
    """It is registered in several places, which is E03's to say."""
    row = {"child_name": "杨晓峰", "id_no": "52990120150312001X"}
    villages = [Unit("village", name, "白石镇") for name in ("珠岩村", "大坪村", "珠岩村")]
    sheets = [table([row], "village_book", sheet=f"Sheet{n}", unit=unit) for n, unit in enumerate(villages)]
    apart, all_three = book(*sheets[:2]), book(*sheets)
    assert rows_of(rule("duplicate", ("village_book",), field="id_no"), apart).count == 0
    assert rows_of(rule("several_units", ("village_book",)), apart).count == 1
    assert len(rows_of(rule("duplicate", ("village_book",), field="id_no"), all_three).row) == 2


def test_a_family_of_a_village_book_is_known_without_a_village_column() -> None:
    """The parents' names and telephone in one village's book are one family."""
    parents = {"father_name": "罗大山", "mother_name": "李秀英", "mother_phone": "13885721203"}
    rows = [
        {**parents, "child_name": "罗一", "birth_date": "2021-03-02", "father_phone": "13885721201"},
        {**parents, "child_name": "罗二", "birth_date": "2021-06-05", "father_phone": "13885721202"},
    ]
    kinds = ("village_book",)
    one = book(table(rows, "village_book", unit=Unit("village", "珠岩村", "白石镇")))
    two = book(
        *(table([r], "village_book", f"{v}.xlsx", unit=Unit("village", v, "白石镇"))
          for r, v in zip(rows, ("珠岩村", "大坪村"), strict=True))
    )  # fmt: skip
    gap = {"from_days": 2, "to_days": 210}
    assert rows_of(rule("siblings", kinds, fields=["father_phone"]), one).count == 1
    assert rows_of(rule("birth_gap", kinds, **gap), one).details["days"] == ["95"]
    assert rows_of(rule("siblings", kinds, fields=["father_phone"]), two).count == 0
    assert rows_of(rule("birth_gap", kinds, **gap), two).count == 0


def _numbers(count: int) -> list[str]:
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    bodies = [f"52990120150312{i:03d}" for i in range(1, count + 1)]
    return [b + "10X98765432"[sum(int(c) * w for c, w in zip(b, weights, strict=True)) % 11] for b in bodies]


def test_a_list_handed_in_twice_is_one_finding() -> None:
    rows = [{"child_name": f"杨{i}", "id_no": n} for i, n in enumerate(_numbers(12))]
    hits = rows_of(
        rule("duplicate", field="id_no"),
        book(table(rows, sheet="9月"), table([*rows, rows[0]], sheet="10月")),
    )
    assert hits.count == 1
    assert hits.details["children"] == ["12"]
    assert hits.details["count"] == ["25"]


def test_two_children_of_one_name_and_birthday_are_told_apart_by_their_numbers() -> None:
    row = {"child_name": "王芳", "birth_date": "2015-03-12", "father_name": "王大贵"}
    near = [
        {**row, "id_no": "52990120150312001X"},
        {**row, "id_no": "529901201503120011"},
        {**row, "id_no": ""},
    ]
    assert found("same_child", near).row.tolist() == [0, 1, 2]
    far = [{**row, "id_no": "52990120150312001X"}, {**row, "id_no": "529901201503124567"}]
    assert found("same_child", far).count == 0
    equal = [{**row, "id_no": "52990120150312001X"}] * 2
    assert found("same_child", equal).count == 0


def test_one_number_under_two_names_points_at_both_people() -> None:
    rows = [
        {"mother_name": "李秀英", "mother_id": WOMAN, "guardian_name": "周老奶", "guardian_id": ""},
        {"mother_name": "王桂花", "mother_id": "", "guardian_name": "李秀芳", "guardian_id": WOMAN},
    ]
    hits = found("identity", rows, people=["father", "mother", "guardian"])
    assert pointed(hits) == [{"mother_name", "mother_id"}, {"guardian_name", "guardian_id"}]
    assert [w.zh for w in hits.details["what"]] == ["同一证号写了2个姓名"]


def test_shared_phone_counts_families_and_spares_unit_phones() -> None:
    fields = ["father_phone", "guardian_phone"]
    rows = [
        {
            "child_name": f"孩{i}",
            "father_name": PEOPLE[i],
            "father_phone": "13885721201",
            "guardian_phone": "0857-8221234",
        }
        for i in range(4)
    ]
    hits = found("shared_phone", rows, fields=fields, min=3)
    assert hits.details["count"] == ["4"]
    assert pointed(hits) == [{"father_phone"}] * 4
    assert found("shared_phone", rows[:2], fields=fields, min=3).count == 0
    cousins = [{**r, "guardian_name": "罗老奶"} for r in rows]
    assert found("shared_phone", cousins, fields=fields, min=3).count == 0


def test_copied_block() -> None:
    rows = families(4, mother_phone="1388572120{i}")
    assert found("clone", rows, min=3).row.tolist() == [0, 1, 2, 3]
    assert found("clone", rows[:2], min=3).count == 0
    rows[3]["mother_away_since"] = "2017年2月"
    assert found("clone", rows, min=3).row.tolist() == [0, 1, 2]


def test_lookup_names_the_other_place_and_works_without_the_list() -> None:
    child = {"child_name": "杨晓峰", "id_no": "52990120150312001X", "is_orphan": "否"}
    orphan = table([{**child, "orphan_kind": "孤儿"}], "orphans", "孤儿名册.xls")
    a_rule = rule("lookup", table="orphans", key="id_no", when={"is_orphan": {"is": "yes"}})
    with_list = rows_of(a_rule, book(table([child]), orphan))
    assert with_list.details["listed"] == ["孤儿名册.xls:Sheet1!5"]
    assert rows_of(a_rule, book(table([child]))).count == 0
    without = rows_of(a_rule, book(table([{**child, "is_orphan": "是"}])))
    assert without.details["listed"] == ["—"]


def test_severity_of_single_rows() -> None:
    a_rule = rule(
        "rows", when={"child_name": {"filled": True}}, severity_when={"notice": {"sex": {"is": "male"}}}
    )
    hits = rows_of(
        a_rule, book(table([{"child_name": "甲某", "sex": "男"}, {"child_name": "乙某", "sex": "女"}]))
    )
    assert grades(hits) == [Severity.NOTICE, 0]


@pytest.mark.parametrize(
    ("units", "grade"),
    [
        (Units.of("青禾县", {"白石镇": (), "清水乡": ()}, {}), 0),
        (Units.of("青禾县", {"白石镇": ()}, {}), Severity.WARNING),  # a misspelt township is no second place
        (Units(), 0),
    ],
)
def test_a_number_in_two_townships_is_an_error_where_both_are_known(units: Units, grade: int) -> None:
    row = {"child_name": "罗小一", "id_no": "52990120150312002X"}
    places = [Unit("township", name, name) for name in ("白石镇", "清水乡")]
    tables = [table([row], path=f"{n}.xlsx", unit=unit) for n, unit in enumerate(places)]
    hits = rows_of(rule("several_units"), book(*tables, units=units))
    assert hits.details["units"] == ["2"] and grades(hits) == [grade]
