"""Faults of single values."""

from __future__ import annotations

from collections import defaultdict

import pytest
from tests.checks.registers import WORDS, book, catalogued, outcomes, pointed, rows_of, rule, table

from lbt_audit.engine.rules.load import load_all
from lbt_audit.model.severity import Severity
from lbt_audit.values.registry import KINDS

FAULTS = {"length": WORDS, "characters": {"zh": "字符", "en": "characters"}}


def test_one_issue_per_record_points_at_every_faulty_cell() -> None:
    row = {"child_name": "杨晓峰", "id_no": "5299012015", "father_id": "52990119850312", "mother_id": ""}
    hits = rows_of(rule("faults", kinds=["citizen_id"], faults=FAULTS), book(table([row])))
    assert hits.count == 1
    assert pointed(hits) == [{"id_no", "father_id"}]


def test_reasons_are_worded_once_each_and_in_order() -> None:
    row = {"id_no": "杨晓峰", "father_id": "5299"}
    hits = rows_of(rule("faults", kinds=["citizen_id"], faults=FAULTS), book(table([row])))
    assert [w.zh for w in hits.details["fault"]] == ["词、字符"]


def test_a_fault_of_another_rule_silences_the_cell() -> None:
    row = {"id_no": "52990120150312000"}
    plain = rule("faults", kinds=["citizen_id"], faults=FAULTS)
    assert rows_of(plain, book(table([row]))).count == 1
    silenced = rule("faults", kinds=["citizen_id"], faults={"check_digit": WORDS}, unless=["length"])
    assert rows_of(silenced, book(table([row]))).count == 0


def test_severity_is_that_of_the_gravest_cell() -> None:
    faults = {"inner_blank": WORDS, "digits": WORDS}
    a_rule = rule("faults", kinds=["name"], faults=faults, severities={"inner_blank": "notice"})
    rows = [{"child_name": "李　明"}, {"child_name": "李 明", "father_name": "李3"}]
    hits = rows_of(a_rule, book(table(rows)))
    assert hits.severity is not None
    assert hits.severity.tolist() == [Severity.NOTICE, Severity.WARNING]


def test_lawful_and_also_hold_for_their_field_only() -> None:
    a_rule = rule(
        "faults",
        kinds=["citizen_id"],
        faults=FAULTS,
        lawful={"id_no": {"id_type": {"is": ["taiwan"]}}},
        also={"length": {"id_no": {"id_no.id_type_guess": {"is": "fifteen"}}}},
    )
    rows = [
        {"id_no": "12345678", "id_type": "台胞证", "father_id": ""},
        {"id_no": "12345678", "id_type": "居民身份证", "father_id": ""},
        {"id_no": "529901900312001", "id_type": "", "father_id": ""},
        {"id_no": "", "id_type": "", "father_id": "529901650312001"},
    ]
    assert rows_of(a_rule, book(table(rows))).row.tolist() == [1, 2]


def test_a_file_without_such_columns_cannot_show_the_rule() -> None:
    assert (
        outcomes(rule("faults", kinds=["phone"], faults=FAULTS), book(table([{"child_name": "杨晓峰"}])))
        == []
    )


def test_words_show_what_is_known_of_the_faulty_values() -> None:
    faults = {
        "day_number": {"zh": "序号，即{lo}", "en": "number, {lo}"},
        "vague": {"zh": "含糊", "en": "vague"},
    }
    rows = [
        {"birth_date": "42075", "mother_birth": "31931"},
        {"birth_date": "42075", "mother_birth": "春节后"},
        {"birth_date": "去年", "mother_birth": ""},
    ]
    hits = rows_of(rule("faults", fields=["birth_date", "mother_birth"], faults=faults), book(table(rows)))
    assert [w.zh for w in hits.details["fault"]] == [
        "序号，即2015-03-12、1987-06-03",
        "序号，即2015-03-12；含糊",
        "含糊",
    ]
    assert hits.details["fault"][0].en == "number, 2015-03-12, 1987-06-03"


@pytest.mark.parametrize("n", [1, 40])
def test_hits_are_independent_of_other_rows(n: int) -> None:
    rows = [{"id_no": "52990120150312001X"}] * n + [{"id_no": "5299"}]
    assert rows_of(rule("faults", kinds=["citizen_id"], faults=FAULTS), book(table(rows))).row.tolist() == [n]


def test_range_checks_of_the_schema_are_faults_too() -> None:
    rows = [{"age": "11"}, {"age": "120"}, {"age": "-3"}, {"age": "十一"}]
    faults = {"in_range": WORDS, "negative": WORDS}
    assert rows_of(rule("faults", kinds=["integer"], faults=faults), book(table(rows))).row.tolist() == [1, 2]


def test_a_check_no_rule_words_is_told_by_what_it_asks() -> None:
    rows = [{"age": "11"}, {"age": "120"}, {"age": "十几岁"}]
    otherwise = {"zh": "须知：{must}", "en": "note: {must}"}
    a_rule = rule("faults", kinds=["integer"], faults={"not_integer": WORDS}, otherwise=otherwise)
    hits = rows_of(a_rule, book(table(rows)))
    assert hits.row.tolist() == [1, 2]
    assert [w.zh for w in hits.details["fault"]] == ["须知：应在0至25之间", "词"]


def test_the_catalogue_words_every_fault_of_every_column() -> None:
    worded: defaultdict[str, set[str]] = defaultdict(set)
    catalogue, dictionary = load_all()
    for a_rule in catalogue.rules.values():
        if a_rule.check == "faults":
            p = a_rule.params
            for key, field in dictionary.fields.items():
                if (field.kind in p.kinds or key in p.fields) and key not in p.except_:
                    worded[key] |= set(p.faults)
    silent = {
        key: set(KINDS[field.kind].faults) - worded[key] - {"error_cell"}  # A11
        for key, field in dictionary.fields.items()
    }
    rules_of_their_own = {
        "seq", "xueji_no", "disability_card", "father_away_since", "mother_away_since", "parents_away_since",
        "ag_start", "ag_end", "township_reported", "police_report_date",
    }  # fmt: skip
    assert {key for key, faults in silent.items() if faults - {"several"}} <= rules_of_their_own


def test_a_field_the_schema_does_not_declare_is_judged_by_its_parser() -> None:
    rows = [{"child_name": "杨晓峰", "stat_total": "十几"}]
    a_rule = rule("faults", ("roster", "statistics"), fields=["stat_total"], faults={"not_integer": WORDS})
    assert rows_of(a_rule, book(table(rows))).count == 1


@pytest.mark.parametrize(
    ("phone", "fault"),
    [
        ("13885720001", None),
        ("0857-8221234", None),
        ("", None),
        ("13888888888", "数字有规律，不像真实号码"),
        ("19850312001", "与身份证号中的一段相同"),
        ("15299011985", None),
    ],
)
def test_suspicious_phones(phone: str, fault: str | None) -> None:
    row = {"mother_phone": phone, "mother_id": "529901198503120015", "id_no": "52990120150312001X"}
    hits = rows_of(catalogued("C15"), book(table([row])))
    assert [w.zh for w in hits.details["fault"]] == ([fault] if fault else [])  # type: ignore[union-attr]


def test_every_place_inside_an_id_is_found() -> None:
    for start in range(8):
        number = "529901985138857200"[:start] + "13885720001" + "4" * (7 - start)
        row = {"father_phone": "13885720001", "father_id": number}
        assert rows_of(catalogued("C15"), book(table([row]))).count == 1, start


def test_a_part_of_a_value_may_excuse_it() -> None:
    anything = {"format": {"father_phone": {"father_phone": {"filled": True}}}}
    spared = rule("faults", kinds=["phone"], faults={"format": WORDS}, spared="known", also=anything)
    rows = [{"father_phone": "0857-8221234"}, {"father_phone": "13885720001"}]  # the first is the committee's
    assert rows_of(spared, book(table(rows))).row.tolist() == [1]
