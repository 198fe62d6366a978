"""What outweighs what: near-equal numbers and twins, dates and contradictions, surnames, guardians without a name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from tests.matching.crowd import GIRL, HOME, crowd, people, verdict

from lbt_audit.matching import Verdict, link
from lbt_audit.matching.evidence.evidence import Agreement
from lbt_audit.matching.explanation import explain_link
from lbt_audit.matching.people.guardians import called

ELSEWHERE: dict[str, str | None] = {
    "village": "大坪村",
    "guardian": "卢大发",
    "phone": "13800002222",
    "school": "大坪小学",
}
HERE: dict[str, str | None] = {
    "village": "珠岩村",
    "guardian": "覃兴志",
    "phone": "13800001111",
    "school": "珠岩小学",
}


def best(one: dict[str, str | None], other: dict[str, str | None]) -> Verdict:
    return verdict([one], [other]).get((0, 0), Verdict.DIFFERENT)


def test_date_and_name_do_not_outvote_everything_else() -> None:
    child = {"name": "王珑惠", "birth": "2013-05-23", "sex": "2"}
    one, other = {**child, **HERE}, {**child, **ELSEWHERE}
    assert best(one, other) == Verdict.DOUBTFUL
    assert best({**one, "father": "王贵文"}, {**other, "father": "王贵文"}) == Verdict.SAME
    assert best(one, {**other, "phone": HERE["phone"]}) == Verdict.SAME
    # Another guardian and another phone alone are the grandparents.
    assert best(one, {**one, "guardian": "李大发", "phone": "13800002222"}) == Verdict.SAME
    links = link(people([one, *crowd()]), people([other, *crowd()]))
    assert "多项不符" in explain_link(links, 0) and "contradict" in explain_link(links, 0, "en")


def test_number_with_a_slip_is_no_twins() -> None:
    mother = {"mother": "卢秀英", "father": None, "birth": "2013-07-04", "sex": "2"}
    one = {**mother, "name": "余书思", "id_no": "529901201307040127"}
    for slip in ("529901203107040127", "529901201307040172", "52990120130704012"):
        assert best(one, {**mother, "name": "余书碧", "id_no": slip}) == Verdict.MISSPELT, slip
    # Twins' numbers are both sound; and without a parent to go with it another name stays to be checked.
    assert best(one, {**mother, "name": "余书碧", "id_no": "529901201307040143"}) == Verdict.DIFFERENT
    assert (
        best(one, {**one, "name": "余书碧", "mother": "陈明秀", "id_no": "529901203107040127"})
        <= Verdict.DOUBTFUL
    )


def test_another_name_under_one_number() -> None:
    renamed = {**GIRL, "name": "罗建国", "sex": None}
    assert best(GIRL, renamed) == Verdict.MISSPELT
    assert best(GIRL, {**renamed, "mother": None}) == Verdict.MISSPELT
    # Number, day, father and village outweigh another mother; without the day they do not outweigh another name.
    assert best(GIRL, {**renamed, "mother": "陈明秀"}) == Verdict.MISSPELT
    assert best(GIRL, {**renamed, "birth": None}) == Verdict.DOUBTFUL
    assert best(GIRL, {**renamed, "birth": "2015-01-02"}) == Verdict.DOUBTFUL


def test_fifteen_digits_and_the_exact_name() -> None:
    slipped = {"name": "陈缘宸", "birth": "2013-12-04", "id_no": "529901201307040000"}
    assert best({**slipped, "birth": "2013-07-04", "id_no": "529901201307040127"}, slipped) == Verdict.SAME


def test_surname_of_the_other_parent() -> None:
    one = {"name": "姚雨桐", "father": "周建德", "birth": "2013-11-10", "sex": "2"}
    other = {**one, "name": "周雨桐", "mother": "姚群艳"}
    links = link(people([one, *crowd()]), people([other, *crowd()]))
    assert links.verdict[0] == Verdict.MISSPELT
    assert "另一姓是其父或母的姓" in explain_link(links, 0) and "a parent's" in explain_link(links, 0, "en")
    rows = [[{**one, "father": None}], [{**other, "father": None, "mother": "卢群艳"}]]
    plain = link(*(people([*row, *crowd()]) for row in rows))
    assert links.evidence.bits["name"][0] > plain.evidence.bits["name"][0] + 4
    # Each with its own father's surname: two children.
    apart = best({**one, "father": "姚建德"}, {**other, "mother": None})
    assert apart <= Verdict.DOUBTFUL


def test_guardians_called_by_kin() -> None:
    texts = [
        "爷爷",
        "张老奶",
        "石 氏",
        "张王氏",
        "三爷",
        "覃家奶奶",
        "老周",
        "覃大贵",
        "曾奶奶",
        "马公",
        "",
        None,
    ]
    names, surnames = called(pa.array(texts))
    assert names.to_pylist() == [None] * 7 + ["覃大贵", None, "马公", "", None]
    assert surnames.to_pylist() == ["", "张", "石", "", "", "覃", "周", None, "曾", None, None, None]


@pytest.mark.parametrize(
    ("guardian", "code"),
    [
        ("奶奶", Agreement.UNKNOWN),
        ("张老奶", Agreement.SURNAME),
        ("李婆婆", Agreement.UNKNOWN),
        ("张秀芬", Agreement.DIFFERS),
    ],
)
def test_kin_is_no_other_guardian(guardian: str, code: Agreement) -> None:
    links = link(
        people([{**GIRL, "guardian": guardian}, *crowd()]), people([{**GIRL, "guardian": "张兰英"}, *crowd()])
    )
    assert links.evidence.codes["guardian"][0] == code
    said = {Agreement.SURNAME: "监护人称呼中的姓相同", Agreement.DIFFERS: "监护人不同"}.get(code)
    assert said in explain_link(links, 0) if said else "监护人" not in explain_link(links, 0)


def test_home_is_the_same_pair_either_way() -> None:
    one, other = {**HOME, "name": "姚雨桐", "father": None}, {**HOME, "name": "卢雨桐", "father": None}
    assert best(one, other) == best(other, one) == Verdict.MISSPELT


def test_row_without_a_date_is_held_against_its_village() -> None:
    undated = {"name": "韦湖惠", "village": "箐口村", "sex": "1"}
    other = {**undated, "name": "刘湖惠", "father": "韦波平", "birth": "2015-07-17"}
    assert best(undated, other) == best(other, undated) == Verdict.DOUBTFUL


def test_renamed_under_a_date_to_the_month() -> None:
    """Both parents, the number and the month agree; a year alone is a brother's as well."""
    left = people([GIRL, *crowd()])
    found = []
    for width in (30, 364):
        right = people(
            [{**GIRL, "name": "罗建国", "birth": "2013-01-01" if width > 31 else "2013-07-01"}, *crowd()]
        )
        assert right.birth_lo is not None
        right = replace(
            right, birth_hi=right.birth_lo + np.where(np.arange(401) == 0, width, 0).astype(np.int32)
        )
        links = link(left, right)
        found.append(float(links.probability[0]))
        assert links.verdict[0] == Verdict.MISSPELT
    assert found[0] > found[1]


def test_numbers_slipped_by_a_row() -> None:
    """Each of two neighbours has the number of the one above; where no date stands beside it, it says nothing of the child."""
    numbers = ("529901201307040127", "529901201503120012", "529901201206010025")
    births = ("2013-07-04", "2015-03-12", "2012-06-01")
    children: list[dict[str, str | None]] = [
        {"name": n, "birth": b, "id_no": i, "father": f, "mother": m, "village": "珠岩村"}
        for n, b, i, f, m in zip(
            ("覃金莲", "罗建国", "马晓峰"), births, numbers, ("覃大贵", "罗文武", "马德明"), ("卢秀英", "石兰花", "韦桂香"),
            strict=True,
        )
    ]  # fmt: skip
    slipped: list[dict[str, str | None]] = [
        {**child, "birth": None, "id_no": above}
        for child, above in zip(children, (None, *numbers), strict=False)
    ]
    links = link(people([*slipped, *crowd()]), people([*children, *crowd()]))
    sure = links.verdict >= Verdict.MISSPELT
    found = set(zip(links.left[sure].tolist(), links.right[sure].tolist(), strict=True))
    assert {(0, 0), (1, 1), (2, 2)} <= found and not {(1, 0), (2, 1)} & found
