"""What several lists say differently: where it is pointed at, how grave it is, and what is no difference."""

from __future__ import annotations

from typing import Any

import pytest
from tests.checks.links.registers import found, none, only, run
from tests.checks.registers import catalogued, pointed, table
from tests.links.test_links import SCHOOL, girl

from lbt_audit.model.severity import Severity

BOY = {"child_name": "杨浩然", "id_no": "52990120150312001X"}


def test_every_spelling_is_pointed_at() -> None:
    kind, hits = only(
        run(
            "compared",
            table([girl("谭晶莲")], "roster", "r.xlsx"),
            table([girl("覃金莲")], "village_book", "v.xlsx"),
            table([girl("覃晶莲")], "school_ledger", "c.xlsx", unit=SCHOOL),
            fields={"child_name": {"as": "child_name"}},
        )
    )
    assert kind == "roster" and hits.count == 1 and pointed(hits) == [{"child_name"}]
    assert {o.kind: o.row.tolist() for o in hits.others} == {"village_book": [0], "school_ledger": [0]}
    texts = {
        o.kind: (o.pairs["child_name"][0][0].as_py(), o.pairs["child_name"][1][0].as_py())
        for o in hits.others
    }
    assert texts["school_ledger"] == ("谭晶莲", "覃晶莲") and texts["village_book"] == ("谭晶莲", "覃金莲")


def test_names_are_graded_and_worded_by_their_difference() -> None:
    _, hits = only(
        found(
            catalogued("F02"),
            table([girl("覃晶莲"), {**BOY, "former_name": "杨小毛"}], "roster", "r.xlsx"),
            table([girl("覃金莲"), {**BOY, "child_name": "杨小毛"}], "enrolment", "x.xlsx"),
        )
    )
    assert hits.severity is not None and hits.severity.tolist() == [0, Severity.NOTICE]
    assert [n.zh for n in hits.others[0].notes or ()] == ["第2字音近，证号相同", "与曾用名相符，证号相同"]
    assert hits.others[0].notes and hits.others[0].notes[0].en == "second character: near sound; same number"


def test_a_former_name_noted_in_one_list_explains_the_others() -> None:
    tables = (
        table([{**BOY, "child_name": "杨小毛"}], "roster", "r.xlsx"),
        table([{**BOY, "child_name": "杨浩燃"}], "village_book", "v.xlsx"),
        table([BOY], "school_ledger", "c.xlsx", unit=SCHOOL),
        table([{**BOY, "former_name": "杨小毛"}], "enrolment", "x.xlsx"),
    )
    _, hits = only(found(catalogued("F02"), *(t for t in tables if t.kind != "village_book")))
    assert hits.severity is not None and hits.severity.tolist() == [Severity.NOTICE]
    _, hits = only(found(catalogued("F02"), *tables))  # a third spelling is no former name
    assert hits.severity is not None and hits.severity.tolist() == [0]
    notes = {o.kind: o.notes[0].zh for o in hits.others if o.notes}
    assert "曾用名" in notes["school_ledger"] and "曾用名" not in notes["village_book"]


@pytest.mark.parametrize("asked", [True, False])
def test_one_number_under_two_quite_different_names(asked: bool) -> None:
    outcomes = run(
        "compared",
        table([girl("覃晶莲", father_name="覃大山", mother_name="李秀英")], "roster", "r.xlsx"),
        table([girl("王小五", father_name="王老五", mother_name="赵六妹")], "enrolment", "x.xlsx"),
        fields={"child_name": {"as": "child_name"}},
        one_number=asked,
    )
    assert none(outcomes) is not asked


HOME = {
    "birth_date": "2013-07-04", "sex": "女", "father_name": "覃大山", "father_phone": "13885721201",
    "father_id": "52990119850506001X", "mother_name": "李秀英", "village": "珠岩村", "class_name": "三(2)班",
    "school_name": "白石镇中心小学",
}  # fmt: skip


@pytest.mark.parametrize(
    ("number", "list_", "note", "severity"),
    [
        ("529901201307040172", "school_ledger", "只差一位或相邻两位颠倒，校验正确的是本行证号", 0),
        ("529977201307040124", "school_ledger", "两号不同，两号校验码都正确", 0),
        ("529977201307040124", "enrolment", "两号不同，两号校验码都正确", Severity.NOTICE),
    ],
)
def test_the_right_number_is_named(number: str, list_: str, note: str, severity: int) -> None:
    other = {**girl("覃金莲", **HOME), "id_no": number}
    _, hits = only(
        found(
            catalogued("F03"),
            table([girl("覃金莲", **HOME)], "roster", "r.xlsx"),
            table([other], list_, "c.xlsx", unit=SCHOOL),
        )
    )
    assert [n.zh for n in hits.others[0].notes or ()] == [note]
    assert hits.severity is not None and hits.severity.tolist() == [severity]


def test_only_the_fields_that_differ_are_pointed_at() -> None:
    _, hits = only(
        run(
            "compared",
            table([girl("覃金莲", sex="女", mother_name="李秀英", birth_date="2013.7")], "roster", "r.xlsx"),
            table(
                [girl("覃金莲", sex="女", mother_name="李秀美", birth_date="20130704")],
                "school_ledger",
                unit=SCHOOL,
            ),
            fields={"birth_date": {"as": "day"}, "sex": {"as": "value"}, "mother_name": {"as": "name"}},
        )
    )
    assert pointed(hits) == [{"mother_name"}] and set(hits.others[0].points) == {"mother_name"}
    assert hits.others[0].notes is None


COMPARED: list[tuple[dict[str, Any], dict[str, str], dict[str, str], bool]] = [
    ({"sex": {"as": "value"}}, {"sex": "女"}, {"sex": "男"}, True),
    ({"sex": {"as": "value"}}, {"sex": "女"}, {"sex": ""}, False),
    ({"father_phone": {"as": "value"}}, {"father_phone": "138 8572 1201"}, {"father_phone": "13885721201"}, False),
    ({"father_phone": {"as": "value"}}, {"father_phone": "13885721201"}, {"father_phone": "13885721202"}, True),
    ({"live_addr": {"as": "value"}}, {"live_addr": "珠岩村 三组"}, {"live_addr": "珠岩村三组"}, False),
    ({"birth_date": {"as": "day"}}, {"birth_date": "2013.7"}, {"birth_date": "2013-08-04"}, True),
    ({"father_name": {"as": "name"}}, {"father_name": "張大山"}, {"father_name": "张 大山"}, False),
    ({"guardian_name": {"as": "guardian"}}, {"guardian_name": "周老奶"}, {"guardian_name": "陈秀英"}, True),
    ({"guardian_name": {"as": "guardian"}}, {"guardian_name": "奶奶"}, {"guardian_name": "奶 奶"}, False),
    ({"grade": {"as": "grade"}}, {"grade": "三年级"}, {"class_name": "三(2)班"}, False),
    ({"grade": {"as": "grade"}}, {"grade": "三年级"}, {"class_name": "四(2)班"}, True),
    # a relation is only held against another of the same guardian
    (
        {"guardian_rel": {"as": "guardian_relation"}},
        {"guardian_name": "陈秀英", "guardian_rel": "祖母"},
        {"guardian_name": "王大妹", "guardian_rel": "姑姑"},
        False,
    ),
    (
        {"guardian_rel": {"as": "guardian_relation"}},
        {"guardian_name": "陈秀英", "guardian_rel": "祖母"},
        {"guardian_name": "陈秀英", "guardian_rel": "姑姑"},
        True,
    ),
    # what the child is to the guardian says the generation only
    *(
        (
            {"guardian_rel": {"as": "guardian_relation"}},
            {"guardian_name": "陈秀英", "guardian_rel": one},
            {"guardian_name": "陈秀英", "guardian_rel": other},
            differs,
        )
        for one, other, differs in (
            ("祖母", "祖孙", False),
            ("孙女", "奶奶", False),
            ("外孙", "外婆", False),
            ("祖父母", "祖母", False),
            ("姑侄", "侄女", False),
            ("祖母", "爷孙", True),
            ("祖母", "外祖母", True),
            ("孙女", "侄女", True),
            ("祖孙", "其他", True),
        )
    ),
    # two columns with two vocabularies
    (
        {"boarding": {"as": "value", "or": "study_mode", "means": {"boarding": "yes", "day": "no"}}},
        {"boarding": "是"},
        {"study_mode": "走读"},
        True,
    ),
    (
        {"boarding": {"as": "value", "or": "study_mode", "means": {"boarding": "yes", "day": "no"}}},
        {"boarding": "否"},
        {"study_mode": "走读"},
        False,
    ),
    (
        {"left_type": {"as": "value", "among": ["both_away", "one_away"]}},
        {"left_type": "隔代"},
        {"left_type": "双亲留守"},
        False,
    ),
    (
        {"left_type": {"as": "value", "among": ["both_away", "one_away"]}},
        {"left_type": "一方外出"},
        {"left_type": "双亲留守"},
        True,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "one", "other", "differs"), COMPARED)
def test_how_fields_are_compared(
    fields: dict[str, Any], one: dict[str, str], other: dict[str, str], differs: bool
) -> None:
    outcomes = run(
        "compared",
        table([girl("覃金莲", **one)], "roster", "r.xlsx"),
        table([girl("覃金莲", **other)], "school_ledger", "c.xlsx", unit=SCHOOL),
        fields=fields,
    )
    assert none(outcomes) is not differs


def test_a_field_beside_another_of_a_further_register() -> None:
    """Whom the agreement names and who the roster says is the guardian."""
    roster = [girl("覃金莲", guardian_name="刘翠芬"), {**BOY, "guardian_name": "杨老汉"}]
    agreements = [girl("覃金莲", ag_trustee="刘翠英"), {**BOY, "ag_trustee": "杨 老汉"}]
    _, hits = only(
        run(
            "compared",
            table(roster, "roster", "r.xlsx"),
            table(agreements, "agreements", "g.xlsx"),
            kinds=("roster",),
            fields={"guardian_name": {"as": "name", "with": "ag_trustee"}},
            **{"with": ["agreements"]},
        )
    )
    assert hits.row.tolist() == [0] and pointed(hits) == [{"guardian_name"}]
    (others,) = hits.others
    assert others.kind == "agreements" and set(others.points) == {"ag_trustee"}
    assert [text[0].as_py() for text in others.pairs["ag_trustee"]] == ["刘翠芬", "刘翠英"]
