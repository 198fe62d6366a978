"""ID numbers beside dates, phones and the numbers built around them."""

from __future__ import annotations

import pytest
from tests.checks.registers import book, pointed, rows_of, rule, table

from lbt_audit.checks.birth_of_id import DAY, MONTH, MONTH_ONLY, OTHER, SWAPPED, YEAR
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text

ID = "52990120150312001X"
OTHER_CHILD = "529901201708150028"
PAIRS = [["birth_date", "id_no"], ["mother_birth", "mother_id"]]


@pytest.mark.parametrize(
    ("date", "how"),
    [
        ("2015-03-12", None),
        ("2015.3", None),
        ("2015", None),
        ("农历三月", None),
        ("2015-12-03", SWAPPED),
        ("2015.4", MONTH_ONLY),
        ("2016", MONTH_ONLY),
        ("2014-03-12", YEAR),
        ("2015-04-12", MONTH),
        ("2015-03-13", DAY),
        ("2011-01-01", OTHER),
    ],
)
def test_how_a_birth_date_differs(date: str, how: Text | None) -> None:
    hits = rows_of(rule("birth_of_id", pairs=PAIRS), book(table([{"birth_date": date, "id_no": ID}])))
    assert list(hits.details["how"]) == ([how] if how else [])


def test_every_person_is_compared_in_one_issue() -> None:
    row = {
        "birth_date": "2015-12-03",
        "id_no": ID,
        "mother_birth": "1988-03-11",
        "mother_id": "529901198803120025",
    }
    hits = rows_of(rule("birth_of_id", pairs=PAIRS), book(table([row])))
    assert pointed(hits) == [{"birth_date", "id_no", "mother_birth", "mother_id"}]
    assert list(hits.details["stated"]) == ["2015-12-03"]
    assert list(hits.details["in_id"]) == ["2015-03-12"]


def test_lost_digits_leave_the_birth_part_to_compare() -> None:
    row = {"birth_date": "2015-03-12", "id_no": "529901201503120000"}
    assert rows_of(rule("birth_of_id", pairs=PAIRS), book(table([row]))).count == 0


XUEJI = {
    "field": "xueji_no",
    "of": "id_no",
    "compare": {"xueji_no.letter": {"is": "G"}},
    "valid_severity": "notice",
    "faults": {k: {"zh": k, "en": k} for k in ("form", "check_digit", "other_id")},
}


@pytest.mark.parametrize(
    ("number", "id_no", "fault", "severity"),
    [
        (f"G{ID}", ID, None, None),
        (f"g{ID}", "", None, None),
        (f"L{OTHER_CHILD}", ID, None, None),
        ("201503120013", ID, None, None),
        (f"G{OTHER_CHILD}", ID, "other_id", Severity.NOTICE),
        (f"G{OTHER_CHILD}", "529901201503120013", "other_id", Severity.WARNING),
        ("G529901201503120013", "", "check_digit", Severity.WARNING),
        ("X123", ID, "form", Severity.WARNING),
    ],
)
def test_pupil_numbers(number: str, id_no: str, fault: str | None, severity: Severity | None) -> None:
    hits = rows_of(rule("embedded_id", **XUEJI), book(table([{"xueji_no": number, "id_no": id_no}])))
    assert [w.zh for w in hits.details["fault"]] == ([fault] if fault else [])
    assert hits.severity is not None
    assert hits.severity.tolist() == ([severity] if severity else [])


def test_disability_card_against_its_columns() -> None:
    a_rule = rule(
        "embedded_id",
        field="disability_card",
        of="id_no",
        same={"disability_type": "type", "disability_level": "level"},
        faults={k: {"zh": k, "en": k} for k in ("form", "other_id", "other_type", "other_level")},
    )
    card = {"disability_card": ID + "43", "id_no": ID}
    rows = [
        card | {"disability_type": "肢体", "disability_level": "三级"},
        card | {"disability_type": "肢体、智力", "disability_level": ""},
        card | {"disability_type": "视力", "disability_level": "三级"},
        card | {"disability_type": "", "disability_level": "一级"},
    ]
    hits = rows_of(a_rule, book(table(rows)))
    assert list(zip(hits.row.tolist(), [w.zh for w in hits.details["fault"]], strict=True)) == [
        (2, "other_type"),
        (3, "other_level"),
    ]
    assert pointed(hits) == [{"disability_card", "disability_type"}, {"disability_card", "disability_level"}]


PHONES = {"kinds": ["phone"], "faults": {k: {"zh": k, "en": k} for k in ("implausible", "part_of_id")}}


@pytest.mark.parametrize(
    ("phone", "fault"),
    [
        ("13885720001", None),
        ("0857-8221234", None),
        ("", None),
        ("13888888888", "implausible"),
        ("19850312001", "part_of_id"),
        ("15299011985", None),
    ],
)
def test_suspicious_phones(phone: str, fault: str | None) -> None:
    row = {"mother_phone": phone, "mother_id": "529901198503120015", "id_no": ID}
    hits = rows_of(rule("suspicious_phone", **PHONES), book(table([row])))
    assert [w.zh for w in hits.details["fault"]] == ([fault] if fault else [])


def test_every_place_inside_an_id_is_found() -> None:
    for start in range(8):
        number = "529901985138857200"[:start] + "13885720001" + "4" * (7 - start)
        row = {"father_phone": "13885720001", "father_id": number}
        hits = rows_of(rule("suspicious_phone", **PHONES), book(table([row])))
        assert hits.count == 1, start
