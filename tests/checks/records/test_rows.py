"""Records under a condition, or under one of several reasons."""

from __future__ import annotations

from typing import Any

import pytest
from tests.checks.registers import book, catalogued, outcomes, pointed, rows_of, rule, table, zh

from lbt_audit.checks.hits import FromRecord, RowHits
from lbt_audit.model.severity import Severity

ID = "52990120150312001X"
OTHER_CHILD = "529901201708150028"
SEX = {"sex": {"is": "male"}}
REASONS = {
    "reasons": {
        "away": {"when": {"father_work_place": {"filled": True}}, "points_at": ["father_work_place"]},
        "old": {"when": {"age": {"gt": 15}}, "points_at": ["age"]},
    },
    "words": {"away": {"zh": "外出", "en": "away"}, "old": {"zh": "超龄", "en": "too old"}},
}


def why(hits: RowHits) -> list[str]:
    return [zh(w) for w in hits.details["why"]]  # type: ignore[union-attr]


def test_a_condition_is_true_false_or_not_known() -> None:
    hits = rows_of(rule("rows", when=SEX), book(table([{"sex": s} for s in ("男", "女", "", "南")])))
    assert (hits.row.tolist(), hits.checked, hits.unverifiable) == ([0], 4, 2)
    absent = rows_of(rule("rows", when=SEX), book(table([{"child_name": "甲某"}])))
    assert (absent.count, absent.unverifiable) == (0, 1)


def test_severity_of_single_rows() -> None:
    a_rule = rule("rows", when={"child_name": {"filled": True}}, severity_when={"notice": SEX})
    hits = rows_of(
        a_rule, book(table([{"child_name": "甲某", "sex": "男"}, {"child_name": "乙某", "sex": "女"}]))
    )
    assert hits.severity is not None
    assert hits.severity.tolist() == [Severity.NOTICE, 0]


def test_each_reason_points_at_its_own_fields() -> None:
    rows = [
        {"father_work_place": "浙江温州", "age": "16"},
        {"father_work_place": "浙江温州", "age": ""},
        {"father_work_place": "", "age": "16"},
        {"father_work_place": "", "age": ""},
    ]
    hits = rows_of(rule("rows", **REASONS), book(table(rows)))
    assert hits.row.tolist() == [0, 1, 2]
    assert why(hits) == ["外出、超龄", "外出", "超龄"]
    assert pointed(hits) == [{"father_work_place", "age"}, {"father_work_place"}, {"age"}]
    assert hits.unverifiable == 0, "one reason that is known not to hold is a verdict"


def test_a_condition_beside_reasons_must_hold_too() -> None:
    rows = [{"father_work_place": "浙江温州", "sex": s} for s in ("男", "女", "")]
    hits = rows_of(rule("rows", when=SEX, **REASONS), book(table(rows)))
    assert (hits.row.tolist(), hits.unverifiable) == ([0], 1)


def test_records_that_are_excused() -> None:
    rows = [{"sex": "男", "remark": r} for r in ("", "已核实")]
    a_rule = rule("rows", when=SEX, unless={"remark": {"contains": "已核实"}})
    assert rows_of(a_rule, book(table(rows))).row.tolist() == [0]


@pytest.mark.parametrize("params", [{}, {"only_filled": True}, {"reasons": {"old": {"points_at": ["age"]}}}])
def test_a_rule_that_asks_nothing_is_refused(params: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        rule("rows", **params)


def test_the_other_register_is_named_and_may_be_missing() -> None:
    child = {"child_name": "杨晓峰", "id_no": ID, "is_orphan": "否"}
    orphan = table([{**child, "orphan_kind": "孤儿"}], "orphans", "孤儿名册.xls")
    hits = rows_of(catalogued("G02"), book(table([child]), orphan))
    assert [place.zh for place in hits.details["listed"]] == ["孤儿名册.xls“Sheet1”第5行"]
    assert [why.zh for why in hits.details["why"]] == [
        "已列入孤儿及困境儿童名册（孤儿名册.xls“Sheet1”第5行）"
    ]
    assert set(hits.points) == {"id_no"}
    assert hits.rests_on["orphans"].tolist() == [True]
    assert rows_of(catalogued("G02"), book(table([child]))).count == 0
    without = rows_of(catalogued("G02"), book(table([{**child, "is_orphan": "是"}])))
    assert [why.zh for why in without.details["why"]] == ["“是否孤儿”填“是”"]
    assert set(without.points) == {"is_orphan"}
    both = rows_of(catalogued("G02"), book(table([{**child, "is_orphan": "是"}]), orphan))
    assert "填“是”" in both.details["why"][0].zh and "第5行" in both.details["why"][0].zh
    hardship = table([{**child, "orphan_kind": "困境儿童"}], "orphans", "孤儿名册.xls")
    assert rows_of(catalogued("G02"), book(table([child]), hardship)).count == 0


def test_a_register_alone_is_not_shown_without_it() -> None:
    a_rule = rule("rows", listed_in={"table": "orphans", "by": "id_no"})
    assert outcomes(a_rule, book(table([{"id_no": ID}]))) == []
    assert (
        rows_of(a_rule, book(table([{"id_no": ID}]), table([{"id_no": ID}], "orphans", "o.xls"))).count == 1
    )


@pytest.mark.parametrize(
    ("date", "how"),
    [
        ("2015-03-12", None),
        ("2015.3", None),
        ("2015", None),
        ("农历三月", None),
        ("2015-12-03", "月和日写反"),
        ("2015.4", "年月不符"),
        ("2016", "年月不符"),
        ("2014-03-12", "仅年份不符"),
        ("2015-04-12", "仅月份不符"),
        ("2015-03-13", "仅日不符"),
        ("2011-01-01", "年月日不符"),
    ],
)
def test_how_a_birth_date_differs(date: str, how: str | None) -> None:
    hits = rows_of(catalogued("C07"), book(table([{"birth_date": date, "id_no": ID}])))
    assert why(hits) == ([how] if how else [])


def test_every_person_is_compared_in_one_issue_and_the_first_is_shown() -> None:
    row = {
        "birth_date": "2015-12-03",
        "id_no": ID,
        "mother_birth": "1988-03-11",
        "mother_id": "529901198803120025",
    }
    hits = rows_of(catalogued("C07"), book(table([row, {**row, "birth_date": "2015-03-12"}])))
    assert pointed(hits) == [
        {"birth_date", "id_no", "mother_birth", "mother_id"},
        {"mother_birth", "mother_id"},
    ]
    shown = hits.details["stated"]
    assert isinstance(shown, FromRecord)
    assert [shown.operands[k] for k in shown.which.tolist()] == ["birth_date", "mother_birth"]


def test_lost_digits_leave_the_birth_part_to_compare() -> None:
    row = {"birth_date": "2015-03-12", "id_no": "529901201503120000"}
    assert rows_of(catalogued("C07"), book(table([row]))).count == 0


@pytest.mark.parametrize(
    ("number", "id_no", "fault", "severity"),
    [
        (f"G{ID}", ID, None, None),
        (f"g{ID}", "", None, None),
        (f"L{OTHER_CHILD}", ID, None, None),
        ("201503120013", ID, None, None),
        (f"G{OTHER_CHILD}", ID, "G后18位与身份证号不同", Severity.NOTICE),
        (f"G{OTHER_CHILD}", "529901201503120013", "G后18位与身份证号不同", 0),
        ("G529901201503120013", "", "校验码不符", 0),
        ("X123", ID, "应为G、J或L加18位", 0),
    ],
)
def test_pupil_numbers(number: str, id_no: str, fault: str | None, severity: int | None) -> None:
    hits = rows_of(catalogued("C17"), book(table([{"xueji_no": number, "id_no": id_no}], "school_ledger")))
    assert why(hits) == ([fault] if fault else [])
    assert ([] if hits.severity is None else hits.severity.tolist()) == (
        [] if severity is None else [severity]
    )


def test_disability_card_against_its_columns() -> None:
    card = {"disability_card": ID + "43", "id_no": ID}
    rows = [
        card | {"disability_type": "肢体", "disability_level": "三级"},
        card | {"disability_type": "肢体、智力", "disability_level": ""},
        card | {"disability_type": "视力", "disability_level": "三级"},
        card | {"disability_type": "", "disability_level": "一级"},
    ]
    hits = rows_of(catalogued("C20"), book(table(rows)))
    assert (hits.row.tolist(), why(hits)) == ([2, 3], ["类别位与残疾类型不同", "等级位与残疾等级不同"])
    assert pointed(hits) == [{"disability_card", "disability_type"}, {"disability_card", "disability_level"}]


LACKS = {
    "reasons": {"agreed": {"when": {"ag_duties": {"state": "blank"}}, "points_at": ["ag_duties"]}},
    "columns": {"agreed": ["ag_duties"], "reachable": ["ag_contact", "ag_principal_phone"]},
    "words": {
        "agreed": {"zh": "缺职责", "en": "no duties"},
        "lacks": {"zh": "没有{columns}（{rows}）", "en": "no {columns} ({rows})"},
    },
}


def test_what_a_file_has_no_column_for_is_told_once() -> None:
    rows = [{"child_name": f"甲{i}", "ag_trustee": "周老奶"} for i in range(3)]
    a_rule = rule("rows", tables=["agreements"], **LACKS)
    records, files = outcomes(
        a_rule, book(table(rows, "agreements", "a.xlsx"), table(rows, "agreements", "b.xlsx"))
    )
    assert isinstance(records, RowHits) and records.count == 0
    assert [(h.places[0].path, [p.field for p in h.places]) for h in files.hits] == [
        ("a.xlsx", ["ag_duties", "ag_contact"]),
        ("b.xlsx", ["ag_duties", "ag_contact"]),
    ]
    assert {zh(h.details["columns"]) for h in files.hits} == {"监护职责、外出地点及联系方式"}


def test_a_column_blank_throughout_lacks_one_blank_cell_does_not() -> None:
    rows = [{"child_name": f"甲{i}", "ag_duties": "", "ag_contact": "13985720001"} for i in range(12)]
    a_rule = rule("rows", tables=["agreements"], **LACKS)
    records, files = outcomes(a_rule, book(table(rows, "agreements")))
    assert records.count == 0 and len(files.hits) == 1
    rows[0]["ag_duties"] = rows[1]["ag_duties"] = "见协议"
    records, files = outcomes(a_rule, book(table(rows, "agreements")))
    assert records.count == 10 and len(files.hits) == 0
