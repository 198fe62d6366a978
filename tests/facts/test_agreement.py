"""Facts of agreements: their term, which of several counts, and whom they entrust."""

from __future__ import annotations

from collections.abc import Mapping

from tests.checks.registers import book, table

from lbt_audit.frames.days import iso
from lbt_audit.frames.frame import Frame
from lbt_audit.model.unit import Unit

ID, SISTER = "52990120150312001X", "529901201307040127"


def frame(*rows: Mapping[str, str], kind: str = "agreements", path: str = "a.xlsx") -> Frame:
    return book(table(rows, kind, path, unit=Unit("village", "珠岩村", "白石镇"))).frames[kind]


def truth(made: Frame, fact: str) -> list[bool | None]:
    facet = made.facet(fact)
    return [bool(v) if k else None for v, k in zip(facet.values.tolist(), facet.known.tolist(), strict=True)]


def day(made: Frame, fact: str) -> list[str]:
    return iso(made.facet(fact).values).to_pylist()


def test_a_letter_by_type_or_by_title() -> None:
    typed = frame(
        {"child_name": "甲一", "ag_type": "委托书"}, {"child_name": "乙一", "ag_type": "委托监护协议书"}
    )
    assert truth(typed, "agreement.letter") == [True, False]
    assert truth(frame({"child_name": "甲一"}, path="珠岩村委托书台账.xls"), "agreement.letter") == [True]
    assert truth(frame({"child_name": "甲一"}, path="委托书、协议台账.xls"), "agreement.letter") == [False]


def test_the_term_by_columns_words_and_the_child() -> None:
    made = frame(
        {"ag_start": "2026-03-01", "ag_end": "2027-02-28", "ag_term": "", "ag_sign_date": "", "id_no": ID},
        {"ag_start": "", "ag_end": "", "ag_term": "一年", "ag_sign_date": "2026-03-02", "id_no": ID},
        {
            "ag_start": "2026-04-01",
            "ag_end": "",
            "ag_term": "三个月",
            "ag_sign_date": "2026-03-02",
            "id_no": ID,
        },
        {"ag_start": "", "ag_end": "至满16周岁", "ag_term": "", "ag_sign_date": "2026-03-02", "id_no": ID},
        {"ag_start": "", "ag_end": "", "ag_term": "长期", "ag_sign_date": "2026-03-02", "id_no": ""},
        {"ag_start": "", "ag_end": "", "ag_term": "", "ag_sign_date": "2026-03-02", "id_no": ID},
    )
    assert day(made, "agreement.end_hi") == ["2027-02-28", "2027-03-01", "2026-06-30", "2031-03-12", "", ""]
    assert truth(made, "agreement.term") == [True, True, True, True, True, False]


def test_the_newest_agreement_counts() -> None:
    made = frame(
        {"child_name": "甲一", "id_no": ID, "ag_sign_date": "2025-03-02", "ag_term": "一年"},
        {"child_name": "甲一", "id_no": ID, "ag_sign_date": "2026-03-02", "ag_term": "至父母返乡"},
        {"child_name": "乙一", "id_no": SISTER, "ag_sign_date": "2025-03-02", "ag_term": "一年"},
        {"child_name": "丙一", "id_no": "", "ag_sign_date": "2025-03-02", "ag_term": "一年"},
        {"child_name": "丙一", "id_no": "", "ag_sign_date": "2025-03-02", "ag_term": "两年"},
        {"child_name": "乙一", "id_no": SISTER, "ag_sign_date": "未签", "ag_term": "两年"},
    )
    assert truth(made, "agreement.superseded") == [True, False, False, True, False, False]


def test_the_trustee_by_either_name() -> None:
    made = frame({"child_name": "甲一", "guardian_name": "周老奶", "guardian_id": "529901195704030127"})
    assert made.facet("trustee.name").values.to_pylist() == ["周老奶"]
    assert made.facet("trustee.age_lo").values.tolist() == [69]
    roster = frame({"child_name": "甲一", "guardian_name": "周老奶"}, kind="roster")
    assert not roster.facet("trustee.name").known.any()


def test_an_age_written_down_has_a_margin() -> None:
    made = frame({"ag_trustee": "周老奶", "ag_trustee_age": "76"})
    assert (made.facet("trustee.age_lo").values[0], made.facet("trustee.age_hi").values[0]) == (74, 77)


def test_children_of_a_trustee_are_counted_once() -> None:
    rows = [{"child_name": n, "ag_trustee": "周老奶", "ag_sign_date": d} for n, d in
            (("甲一", "2025-03-02"), ("甲一", "2026-03-02"), ("甲二", "2026-03-02"))]  # fmt: skip
    assert frame(*rows).facet("trustee.children").values.tolist() == [2, 2, 2]


def test_who_entrusts_cannot_be_entrusted() -> None:
    made = frame(
        {"ag_principal": "杨大山、李秀英", "ag_trustee": "李秀英"},
        {"ag_principal": "杨大山", "ag_trustee": "杨大"},
        {"ag_principal": "", "ag_trustee": "杨大"},
        {"ag_principal": "李大山和石英", "ag_trustee": "石英"},
    )
    assert truth(made, "trustee.is_principal") == [True, False, None, True]
