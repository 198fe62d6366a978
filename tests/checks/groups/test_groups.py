"""Records that belong together: what joins them, how grave it is, and where it points.

The patterns are those of the catalogue; how keys, counts and bounds work is tested at the end on patterns of its own.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from tests.checks.registers import book, catalogued, outcomes, pointed, rows_of, rule, table

from lbt_audit.checks.hits import RowHits
from lbt_audit.model.severity import Severity
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

MOTHER = {"mother_name": "陈明秀", "mother_work_place": "浙江温州", "mother_away_since": "2016年2月"}
WOMAN = "52990119860708002X"
PEOPLE = ("罗大", "吴二山", "马三喜", "韦老四")
VILLAGES = ("珠岩村", "大坪村", "河边村", "新寨村")


def found(code: str, rows: list[dict[str, str]]) -> RowHits:
    return rows_of(catalogued(code), book(table(rows)))


def by(rows: list[dict[str, str]], **pattern: Any) -> RowHits:
    """What a pattern of the test's own finds."""
    return rows_of(rule("groups", **pattern), book(table(rows)))


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
    hits = found("E04", families(4, mother_phone="1388572120{i}"))
    assert hits.row.tolist() == [0, 1, 2, 3]
    assert hits.details["count"] == ["4"]
    assert grades(hits) == [0]


def test_two_families_are_a_notice_and_a_warning_if_the_phones_were_counted_up() -> None:
    assert grades(found("E04", families(2))) == [Severity.NOTICE]
    counted_up = families(2, mother_phone="1388572120{i}")
    assert grades(found("E04", counted_up)) == [Severity.WARNING]


def test_place_and_time_alone_do_not_join_two_registers() -> None:
    rows = families(3)
    tables = [table([r], path=f"{i}.xlsx") for i, r in enumerate(rows)]
    hits = rows_of(catalogued("E04"), book(*tables))
    assert hits.count == 0
    numbered = [table([{**r, "mother_id": WOMAN}], path=f"{i}.xlsx") for i, r in enumerate(rows)]
    assert rows_of(catalogued("E04"), book(*numbered)).count == 1


def test_different_birth_dates_are_two_women() -> None:
    rows = families(4)
    for i, row in enumerate(rows):
        row["mother_birth"] = f"198{i}-01-01"
    assert found("E04", rows).count == 0


def test_same_surname_and_village_is_no_second_family() -> None:
    rows = families(2)
    rows[1] |= {"child_name": "罗小二", "village": "珠岩村"}
    assert found("E04", rows).count == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    rows = families(4, mother_phone="1388572120{i}") + families(2, mother_name="李英")
    shuffled = rows[:]
    random.Random(seed).shuffle(shuffled)
    before, after = (found("E04", r) for r in (rows, shuffled))

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
    assert rows_of(catalogued("E01"), same).count == 1
    assert rows_of(catalogued("E01"), apart).count == 0


def test_a_number_in_two_villages_of_one_workbook_is_not_entered_twice() -> None:
    """It is registered in several places, which is E03's to say."""
    row = {"child_name": "杨晓峰", "id_no": "52990120150312001X"}
    villages = [Unit("village", name, "白石镇") for name in ("珠岩村", "大坪村", "珠岩村")]
    sheets = [table([row], "village_book", sheet=f"Sheet{n}", unit=unit) for n, unit in enumerate(villages)]
    apart, all_three = book(*sheets[:2]), book(*sheets)
    assert rows_of(catalogued("E01"), apart).count == 0
    assert rows_of(catalogued("E03"), apart).count == 1
    assert len(rows_of(catalogued("E01"), all_three).row) == 2


def test_a_family_of_a_village_book_is_known_without_a_village_column() -> None:
    """The parents' names and telephone in one village's book are one family."""
    parents = {"father_name": "罗大山", "mother_name": "李秀英", "mother_phone": "13885721203"}
    rows = [
        {**parents, "child_name": "罗一", "birth_date": "2021-03-02", "father_phone": "13885721201"},
        {**parents, "child_name": "罗二", "birth_date": "2021-06-05", "father_phone": "13885721202"},
    ]
    one = book(table(rows, "village_book", unit=Unit("village", "珠岩村", "白石镇")))
    two = book(
        *(table([r], "village_book", f"{v}.xlsx", unit=Unit("village", v, "白石镇"))
          for r, v in zip(rows, ("珠岩村", "大坪村"), strict=True))
    )  # fmt: skip
    assert rows_of(catalogued("F11"), one).count == 1
    assert rows_of(catalogued("E11"), one).details["days"] == ["95"]
    assert rows_of(catalogued("F11"), two).count == 0
    assert rows_of(catalogued("E11"), two).count == 0


def _numbers(count: int) -> list[str]:
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    bodies = [f"52990120150312{i:03d}" for i in range(1, count + 1)]
    return [b + "10X98765432"[sum(int(c) * w for c, w in zip(b, weights, strict=True)) % 11] for b in bodies]


def test_a_list_handed_in_twice_is_one_finding() -> None:
    rows = [{"child_name": f"杨{i}", "id_no": n} for i, n in enumerate(_numbers(12))]
    hits = rows_of(
        catalogued("E01"),
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
    assert found("E02", near).row.tolist() == [0, 1, 2]
    far = [{**row, "id_no": "52990120150312001X"}, {**row, "id_no": "529901201503124567"}]
    assert found("E02", far).count == 0
    equal = [{**row, "id_no": "52990120150312001X"}] * 2
    assert found("E02", equal).count == 0


def test_one_number_under_two_names_points_at_both_people() -> None:
    rows = [
        {"mother_name": "李秀英", "mother_id": WOMAN, "guardian_name": "周老奶", "guardian_id": ""},
        {"mother_name": "王桂花", "mother_id": "", "guardian_name": "李秀芳", "guardian_id": WOMAN},
    ]
    hits = found("E06", rows)
    assert pointed(hits) == [{"mother_name", "mother_id"}, {"guardian_name", "guardian_id"}]
    assert [w.zh for w in hits.details["what"]] == ["同一证号写了2个姓名"]


def test_shared_phone_counts_families_and_spares_unit_phones() -> None:
    rows = [
        {
            "child_name": f"孩{i}",
            "father_name": PEOPLE[i],
            "father_phone": "13885721201",
            "guardian_phone": "0857-8221234",
        }
        for i in range(4)
    ]
    hits = found("E07", rows)
    assert hits.details["count"] == ["4"]
    assert pointed(hits) == [{"father_phone"}] * 4
    assert found("E07", rows[:2]).count == 0
    cousins = [{**r, "guardian_name": "罗老奶"} for r in rows]
    assert found("E07", cousins).count == 0


def test_copied_block() -> None:
    rows = families(4, mother_phone="1388572120{i}")
    assert found("E09", rows).row.tolist() == [0, 1, 2, 3]
    assert found("E09", rows[:2]).count == 0
    rows[3]["mother_away_since"] = "2017年2月"
    assert found("E09", rows).row.tolist() == [0, 1, 2]


ONE_FAMILY = {"father_name": "罗大", "father_work_place": "浙江温州", **MOTHER}


@pytest.mark.parametrize(
    ("contradiction", "rows"),
    [
        ({"village": VILLAGES}, [0, 1, 2]),
        ({"village": (*VILLAGES[:2], VILLAGES[0])}, []),
        ({"household_no": ("1", "2", "3")}, [0, 1, 2]),
        ({"household_no": ("1", "1", "")}, []),
        ({"child_name": ("罗一", "吴二", "马三")}, [0, 1, 2]),
        ({"child_name": ("罗一", "陈二", "罗三")}, []),
        ({}, []),
    ],
)
def test_both_parents_names_copied_along(contradiction: dict[str, tuple[str, ...]], rows: list[int]) -> None:
    own = [{field: values[i] for field, values in contradiction.items()} for i in range(3)]
    children = [{"child_name": f"罗{'一二三'[i]}", **ONE_FAMILY, **own[i]} for i in range(3)]
    assert found("E09", children).row.tolist() == rows


@pytest.mark.parametrize(
    ("fathers", "rows"), [(("罗大", "吴二山", "马三喜"), [0, 1, 2]), (("罗大", "罗大", "罗答"), [])]
)
def test_another_list_contradicts_the_parents_copied_along(fathers: tuple[str, ...], rows: list[int]) -> None:
    numbers = ("52990120150312001X", "529901201503120036", "529901201307040127")
    names = ("罗一鸣", "罗二虎", "罗三丰")
    people = [{"child_name": name, "id_no": number} for name, number in zip(names, numbers, strict=True)]
    roster = table([{**person, **ONE_FAMILY} for person in people])
    other = [{**p, "father_name": f, "mother_name": "陈明秀"} for p, f in zip(people, fathers, strict=True)]
    (hits, *_) = outcomes(catalogued("E09"), book(roster, table(other, "school_ledger", "c.xlsx")))
    assert isinstance(hits, RowHits) and hits.row.tolist() == rows


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
    hits = rows_of(catalogued("E03"), book(*tables, units=units))
    assert hits.details["units"] == ["2"] and grades(hits) == [grade]


def names(*cells: str) -> list[dict[str, str]]:
    return [{"child_name": c} for c in cells]


def groups_of(hits: RowHits) -> list[list[int]]:
    return [hits.row[hits.issue == i].tolist() for i in range(hits.count)]


TWO = {"counts": {"count": {}}, "when": {"count": {"ge": 2}}}


def test_a_key_that_is_not_known_joins_nobody() -> None:
    rows = [
        {"child_name": "", "village": "珠岩村"},
        {"child_name": "", "village": "珠岩村"},
        *names("罗一", "罗一"),
    ]
    assert groups_of(by(rows, by=["child_name"], **TWO)) == [[2, 3]]


def test_without_the_column_the_rule_is_not_shown() -> None:
    assert outcomes(rule("groups", by=["father_name"], **TWO), book(table(names("罗一", "罗一")))) == []
    either = rule("groups", by=[["father_name"], ["child_name"]], **TWO)
    assert rows_of(either, book(table(names("罗一", "罗一")))).count == 1


def test_several_keys_join_in_chains() -> None:
    rows = [
        {"father_name": "罗大", "mother_name": "李英"},
        {"father_name": "罗大", "mother_name": "王花"},
        {"father_name": "吴二", "mother_name": "王花"},
        {"father_name": "马三", "mother_name": "周琴"},
    ]
    assert groups_of(by(rows, by=[["father_name"], ["mother_name"]], **TWO)) == [[0, 1, 2]]


def test_the_first_known_of_several_operands() -> None:
    rows = [
        {"father_phone": "13885720001", "parents_phone": ""},
        {"father_phone": "", "parents_phone": "13885720001"},
    ]
    assert by(rows, by=["father_phone.number|parents_phone.number"], **TWO).count == 1


def test_what_is_counted_and_where() -> None:
    rows = [
        {"father_name": "罗大", "mother_name": "李英", "mother_phone": "", "village": "珠岩村"},
        {"father_name": "罗大", "mother_name": "王花", "mother_phone": "13885720001", "village": "珠岩村"},
        {"father_name": "罗大", "mother_name": "周琴", "mother_phone": "13885720001", "village": "大坪村"},
        {"father_name": "罗大", "mother_name": "", "mother_phone": "", "village": ""},
    ]
    counts = {
        "records": {},
        "mothers": {"of": ["mother_name"]},
        "women": {"of": [["mother_name"], ["mother_phone.number"]]},
        "near": {"of": ["mother_name"], "where": {"village": {"matches": "珠岩"}}},
        "share": {"where": {"village": {"matches": "珠岩"}}, "share": True},
    }
    hits = by(
        rows, by=["father_name"], counts=counts, when={"share": {"ge": 0.5}, "women": {"lt": "mothers"}}
    )
    assert {k: v[0] for k, v in hits.details.items()} == {
        "records": "4", "mothers": "3", "women": "2", "near": "2", "share": "0.5",
    }  # fmt: skip
    assert by(rows, by=["father_name"], counts=counts, when={"share": {"gt": 0.5}}).count == 0
    either = {"any": [{"share": {"gt": 0.5}}, {"records": {"eq": 4}}]}
    assert by(rows, by=["father_name"], counts=counts, when=either).count == 1


def test_unlike_records_of_one_name_are_two_people() -> None:
    one, other = "529901195704030127", "529901194501010025"
    rows = [{"guardian_name": "周奶", "guardian_id": i} for i in (one, one, other, "")]
    pattern = {"by": ["guardian_name"], "unlike": ["guardian_id.sound"], **TWO}
    assert groups_of(by(rows, **pattern)) == [[0, 1]]
    assert groups_of(by(rows[1:3] + rows[3:], by=["guardian_name"], **TWO)) == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("number", "together"), [("52990120150312001X", 3), ("529901201503120038", 3), ("529901201503129999", 2)]
)
def test_near_values(number: str, together: int) -> None:
    rows = [{"child_name": "王芳", "id_no": i} for i in ("529901201503120011", "", number)]
    assert len(by(rows, by=["child_name"], near={"id_no.number": 2}, **TWO).row) == together


def test_runs_of_rows_that_are_alike() -> None:
    row = {"sex": "男", "village": "珠岩村", "birth_date": "2015-03-12", "father_name": "罗大"}
    rows = [{"child_name": n, **row} for n in ("甲某", "乙某", "丙某")]
    run = {"run": {"but": ["child_name"], "filled": 4}, **TWO}
    assert groups_of(by(rows, **run)) == [[0, 1, 2]]
    apart = [rows[0], {**rows[1], "village": "大坪村"}, rows[2]]
    assert by(apart, **run).count == 0, "only what follows on one another is a run"
    assert by([dict.fromkeys(r, "") for r in rows], **run).count == 0
    assert rows_of(rule("groups", **run), book(table(rows[:1]), table(rows[1:2], sheet="二"))).count == 0


TEXT = "了解学生学习和生活情况，叮嘱注意交通安全，鼓励其好好学习"


def alike_texts(*texts: str, unit: Unit | None = None) -> RowHits:
    rows = [{"child_name": f"孩{c}", "visit_content": t} for c, t in zip("甲乙丙丁戊己", texts, strict=False)]
    return rows_of(catalogued("E10"), book(table(rows, "visits"), same_text_min=5))


def test_texts_that_differ_by_a_name_a_date_and_a_slip_are_one() -> None:
    five = [TEXT, TEXT + "。", "9月3日" + TEXT, TEXT.replace("学生", "孩丁"), TEXT.replace("叮嘱", "嘱咐")]
    hits = alike_texts(*five)
    assert hits.row.tolist() == [0, 1, 2, 3, 4]
    assert (hits.details["count"], hits.details["children"], pointed(hits)[0]) == (
        ["5"],
        ["5"],
        {"visit_content"},
    )
    assert alike_texts(*five[:4]).count == 0
    assert alike_texts(*["情况良好"] * 6).count == 0, "short phrases are nobody's own"


def test_one_text_in_five_months_of_one_child() -> None:
    rows = [{"child_name": "孩甲", "visit_date": f"2026-0{m}-01", "visit_content": TEXT} for m in range(1, 6)]
    hits = rows_of(catalogued("E10"), book(table(rows, "visits")))
    assert (hits.details["count"], hits.details["children"]) == (["5"], ["1"])
    same_month = [{**r, "visit_date": "2026-01-05"} for r in rows]
    assert rows_of(catalogued("E10"), book(table(same_month, "visits"))).count == 0


def test_chance_explains_three_of_a_day_in_a_long_sheet() -> None:
    rows = [{"child_name": f"孩{i}", "id_no": n} for i, n in enumerate(_numbers(3))]
    assert found("E12", rows).details["what"][0].zh == "只有末四位（顺序码、校验码）不同"
    days = [f"2015{m:02d}{d:02d}" for m in range(1, 13) for d in range(1, 29)]
    many = [
        {"child_name": f"童{i}", "id_no": f"529901{day}{k:03d}X"}
        for i, day in enumerate(days)
        for k in (202, 404)
    ]
    assert found("E12", [*rows, *many]).count == 0


def test_groups_that_share_records_are_one_issue_if_the_rule_says_so() -> None:
    rows = [
        {"father_name": "罗大", "mother_name": "李英"},
        {"father_name": "罗大", "mother_name": "王花"},
        {"father_name": "吴二", "mother_name": "王花"},
    ]
    patterns = [
        {"name": "fathers", "by": ["father_name"], **TWO},
        {"name": "mothers", "by": ["mother_name"], **TWO, "severity": "notice"},
    ]
    words = {k: {"zh": k + "{count}", "en": k + "{count}"} for k in ("fathers", "mothers")}
    apart = by(rows, patterns=patterns, words=words)
    assert groups_of(apart) == [[0, 1], [1, 2]]
    assert ([w.zh for w in apart.details["what"]], grades(apart)) == (
        ["fathers2", "mothers2"],
        [0, Severity.NOTICE],
    )
    joined = by(rows, patterns=patterns, words=words, joined=True)
    assert groups_of(joined) == [[0, 1, 2]]
    assert ([w.zh for w in joined.details["what"]], grades(joined)) == (["fathers3"], [0])


def test_two_values_of_one_field() -> None:
    rows = [
        {
            "child_name": "甲某",
            "father_name": "罗大",
            "father_away_since": "2025.2",
            "father_work_place": "浙江温州",
        },
        {
            "child_name": "乙某",
            "father_name": "罗大",
            "father_away_since": "2025.3",
            "father_work_place": "广东东莞",
        },
        {"child_name": "丙某", "father_name": "罗大", "father_away_since": "", "father_work_place": "外省"},
    ]
    differ = {"by": ["father_name"], "counts": {"count": {}}}
    hits = by(rows, differ=["father_away_since", "father_work_place", "mother_phone"], **differ)
    assert pointed(hits) == [{"father_work_place"}, {"father_work_place"}, {"father_work_place"}]
    assert by(rows, differ=["father_away_since"], **differ).count == 0, "months contradict no day"


def test_a_group_is_known_by_what_its_records_share() -> None:
    rows = [{"child_name": "甲某", "father_name": "罗大"}, {"child_name": "乙某", "father_name": "罗大"}]
    assert by(rows, by=["father_name"], known_as=["father_name", "child_name"], **TWO).keys == ["罗大|甲某"]
    turned = by(rows[::-1], by=["father_name"], known_by=["child_name"], **TWO)
    assert turned.keys == by(rows, by=["father_name"], known_by=["child_name"], **TWO).keys
    assert by(rows, by=["father_name"], **TWO).keys is None


@pytest.mark.parametrize(
    "pattern",
    [
        {"by": ["child_name"], "when": {"count": {"ge": 2}}},
        {"by": ["child_name"], **TWO, "severity_when": {"notice": {"cuont": {"ge": 2}}}},
        {"by": ["child_name"], "counts": {"count": {}}, "when": {"count": {"least": 2}}},
        {"by": ["child_name"], "counts": {"count": {}}, "when": {"count": {"ge": "two"}}},
        {"by": ["child_name"], "counts": {"count": {"off": []}}},
        {"by": "child_name", **TWO},
        {"by": ["child_nmae"], **TWO},
        {"by": [[]], **TWO},
        {"by": {"where": {"sex": {"is": "male"}}}, **TWO},
        {"by": ["child_name|birth_date"], **TWO},
        {"by": ["child_name"], "counts": {"count": {}}},
        {**TWO},
        {"by": ["child_name"], "near": {"birth_date": 2}, **TWO},
        {"by": ["child_name"], "chance": {"count": "count", "over": "child_name", "below": 0.1}, **TWO},
    ],
)
def test_a_pattern_that_makes_no_sense_is_refused(pattern: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        rule("groups", **pattern)


def in_care(*fathers: str, relation: str = "其他", guardian: str = "周大贵") -> list[dict[str, str]]:
    return [
        {"child_name": f"孩{'甲乙丙丁戊己庚'[i]}", "village": "珠岩村", "father_name": father,
         "guardian_name": guardian, "guardian_rel": relation}
        for i, father in enumerate(fathers)
    ]  # fmt: skip


def test_families_of_one_guardian_are_told_apart_among_his_own_children() -> None:
    """A namesake father elsewhere in the file makes no two of them one."""
    rows = in_care("罗大", "吴二", "马三")
    assert found("E08", rows).details["families"] == ["3"]
    linking = {"child_name": "某甲", "father_name": "罗大", "mother_name": "李英", "guardian_name": "石老爹"}
    rows[1]["mother_name"] = "李英"
    assert found("E08", [*rows, linking]).details["families"] == ["3"]
    unnamed = [{**r, "father_name": ""} for r in rows]
    assert found("E08", unnamed).count == 0, "who names no parent is no family of his own"


@pytest.mark.parametrize(
    ("relation", "grade"), [("祖母", Severity.NOTICE), ("孙子", Severity.NOTICE), ("姑妈", 0)]
)
def test_grandparents_of_many_children_are_a_notice(relation: str, grade: int) -> None:
    rows = in_care("罗大", "罗大", "罗二", "罗二", "罗三", "罗三", relation=relation, guardian="罗老奶")
    assert grades(found("E08", rows)) == [grade]


def test_a_count_must_be_one_of_every_pattern() -> None:
    patterns = [
        {"by": ["father_name"], **TWO},
        {"by": ["mother_name"], "counts": {"n": {}}, "when": {"n": {"ge": 2}}},
    ]
    with pytest.raises(ValueError):
        rule("groups", message="{count}", patterns=patterns)
    rule("groups", message="{child_name}", patterns=patterns)


def test_every_part_of_a_pattern_works_for_several_persons() -> None:
    rows = [
        {
            "child_name": "甲某",
            "father_name": "罗大",
            "guardian_name": "周奶",
            "live_addr": "一组",
            "id_no": "52990120150312001X",
        },
        {
            "child_name": "乙某",
            "father_name": "周奶",
            "guardian_name": "罗大",
            "live_addr": "二组",
            "id_no": "529901201503120028",
        },
        {"child_name": "丙某", "father_name": "罗大", "guardian_name": "", "live_addr": "", "id_no": ""},
    ]
    pattern = {
        "by": ["{p}_name"],
        "near": {"id_no.number": 5},
        "differ": ["live_addr"],
        "lists": {"name": "lists", "share": 0.5, "least": 2},
        "chance": {"count": "count", "over": "child.birth_lo", "below": 0.5},
        "words": {"lists": {"zh": "名单", "en": "lists"}},
        **TWO,
    }
    hits = rows_of(rule("groups", for_each=["father", "guardian"], **pattern), book(table(rows)))
    assert groups_of(hits) == [[0, 1, 2], [0, 1]]
    assert pointed(hits)[0] == {"live_addr"}


def test_the_newest_day_of_a_group_is_held_against_another() -> None:
    rows = [
        {
            "child_name": "甲某",
            "guardian_name": "罗大",
            "report_date": "2026-05-08",
            "mother_away_since": "2026-09-01",
        },
        {"child_name": "乙某", "guardian_name": "罗大", "report_date": "2026-03-01", "mother_away_since": ""},
        {
            "child_name": "丙某",
            "guardian_name": "吴二",
            "report_date": "2026-09-30",
            "mother_away_since": "2026-09-01",
        },
        {
            "child_name": "丁某",
            "guardian_name": "马三",
            "report_date": "不详",
            "mother_away_since": "2026-09-01",
        },
    ]
    counts = {"last": {"newest": "report_date.hi"}, "start": {"newest": "mother_away_since.lo"}}
    hits = by(rows, message="{last}", by=["guardian_name"], counts=counts, when={"last": {"lt": "start"}})
    assert groups_of(hits) == [[0, 1]]
    assert hits.details["last"] == ["2026-05-08"]
    unknown = by(rows, by=["guardian_name"], counts=counts, when={"last": {"ge": "start"}})
    assert groups_of(unknown) == [[2]], "a day nobody knows compares with nothing"
