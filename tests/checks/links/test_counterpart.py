"""Records beside their counterpart in another list."""

from __future__ import annotations

from typing import Any

import pytest
from tests.checks.links.registers import found, none, only, run
from tests.checks.registers import catalogued, table
from tests.links.test_links import SCHOOL, girl

from lbt_audit.checks.hits import RowHits
from lbt_audit.model.severity import Severity
from lbt_audit.model.unit import Unit

BOY = {"child_name": "杨晓峰", "id_no": "52990120150312001X"}
OTHER_SCHOOL = Unit("school", "清水乡中心小学", "清水乡")


def why(hits: RowHits) -> list[str]:
    return [t.zh for t in hits.details["why"]]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("export", "unit", "reasons", "cells"),
    [
        (BOY, SCHOOL, ["学籍信息中没有该学生"], set()),
        (girl("覃金莲", enrolment_status="休学"), SCHOOL, ["学籍状态不是在校："], {"enrolment_status"}),
        (
            girl("覃金莲", school_name="清水乡中心小学", enrolment_status="在校"),
            OTHER_SCHOOL,
            ["学籍在另一所学校："],
            {"school_name"},
        ),
        (
            girl("覃金莲", school_name="清水乡中心小学", enrolment_status="休学"),
            OTHER_SCHOOL,
            ["学籍在另一所学校：、学籍状态不是在校："],
            {"school_name", "enrolment_status"},
        ),
    ],
)
def test_several_reasons_make_one_issue(
    export: dict[str, str], unit: Unit, reasons: list[str], cells: set[str]
) -> None:
    _, hits = only(
        found(
            catalogued("F06"),
            table([girl("覃金莲")], "school_ledger", "c.xlsx", unit=SCHOOL),
            table([export], "enrolment", "x.xlsx", unit=unit),
        )
    )
    assert why(hits) == reasons
    assert {f for o in hits.others for f in o.points} == cells
    assert hits.rests_on.keys() == (set() if cells else {"enrolment"})
    if cells:
        assert [n.zh for o in hits.others for n in o.notes or ()] == [export["enrolment_status"]]


def orphans(row: dict[str, str], orphan: dict[str, str]) -> list[tuple[str, Any]]:
    tables = table([row], "roster", "r.xlsx"), table([orphan], "orphans", "孤儿名册.xlsx")
    return found(catalogued("F10"), *tables)


@pytest.mark.parametrize(
    ("kind", "severity"), [("事实无人抚养儿童", Severity.WARNING), ("困境儿童", Severity.NOTICE)]
)
def test_the_counterpart_grades_the_issue(kind: str, severity: Severity) -> None:
    _, hits = only(orphans(girl("覃金莲", remark=""), girl("覃金莲", orphan_kind=kind)))
    assert hits.severity is not None and hits.severity.tolist() == [severity]
    assert [n.zh for n in hits.others[0].notes or ()] == [kind]
    assert none(orphans(girl("覃金莲", remark=kind), girl("覃金莲", orphan_kind=kind)))


def test_an_orphan_of_the_same_number_is_another_rules() -> None:
    home = {"birth_date": "2013-07-04", "father_name": "覃大山", "mother_name": "李秀英", "village": "珠岩村"}
    by_name = {"child_name": "覃金莲", **home}
    assert none(orphans(girl("覃金莲", **home), girl("覃金莲", orphan_kind="孤儿", **home)))
    _, hits = only(orphans(girl("覃金莲", **home), by_name))  # an untitled register of orphans
    assert hits.severity is not None and hits.severity.tolist() == [0]
    assert [n.zh for n in hits.others[0].notes or ()] == ["孤儿"]


def boarders(*rows: dict[str, str], ledger: list[dict[str, str]], export: list[dict[str, str]]) -> list[Any]:
    tables = [table(list(rows), "dormitory", "d.xlsx", unit=SCHOOL)]
    tables.append(table(ledger, "school_ledger", "c.xlsx", unit=SCHOOL))
    if export:
        tables.append(table(export, "enrolment", "x.xlsx", unit=SCHOOL))
    return found(catalogued("F09"), *tables)


def test_both_spellings_are_shown_and_how_they_differ() -> None:
    _, hits = only(boarders(girl("覃金莲莲"), ledger=[girl("覃金莲")], export=[]))
    (others,) = hits.others
    assert [text[0].as_py() for text in others.pairs["child_name"]] == ["覃金莲莲", "覃金莲"]
    # said of the ledger's name, which stands second
    assert [n.zh for n in others.notes or ()] == ["前者重复一字"]


def test_a_list_of_all_boarders_misses_nobody() -> None:
    many = [{"child_name": f"何小{c}", "id_no": ""} for c in "山水花"]
    assert none(boarders(girl("覃金莲"), *many, ledger=[girl("覃金莲")], export=[]))
    listed = [girl("覃金莲"), *({"child_name": f"罗小{c}"} for c in "山水花")]
    _, hits = only(boarders(*listed, BOY, ledger=listed, export=[]))
    assert hits.row.tolist() == [4] and why(hits) == ["学校台账中没有该学生"]
    _, hits = only(
        boarders(girl("覃金莲"), *many, BOY, ledger=[girl("覃金莲")], export=[girl("覃金莲"), *many])
    )
    assert hits.row.tolist() == [4] and why(hits) == ["学校台账和学籍中都没有该学生"]


def test_a_list_nobody_handed_in_lacks_nobody() -> None:
    reasons = {"missing": {"missing_from": ["enrolment"]}}
    assert run("counterpart", table([girl("覃金莲")], "roster"), kinds=("roster",), reasons=reasons) == []


def test_how_likely_a_doubtful_counterpart_is_the_childs_stands_beside_it() -> None:
    boy = {"child_name": "林椿芳", "sex": "男", "class_name": "八（1）班"}
    other = {**boy, "child_name": "林椿芬", "id_no": "529901201206050012", "birth_date": "2012-06-05"}
    _, hits = only(
        found(
            catalogued("F09"),
            table([{**boy, "dorm_room": "301"}], "dormitory", "d.xlsx", unit=SCHOOL),
            table([other, BOY], "school_ledger", "c.xlsx", unit=SCHOOL),
        )
    )
    assert hits.probability is not None
    (likely,) = hits.probability.tolist()
    assert 0.2 <= likely < 0.98
    (note,) = [n.zh for o in hits.others for n in o.notes or ()]
    assert note == f"一字仅部分相像，约{round(100 * likely)}%是同一人，待核"
