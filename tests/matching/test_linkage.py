"""Tables linked: who is one child, who is kept apart, and that order does not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.benchmarks.matching.rosters import register_and_school
from tests.matching.crowd import GIRL, HOME, crowd, people, verdict

from lbt_audit.matching import Verdict, compare_parents, link
from lbt_audit.matching.explanation import explain_link, explain_pair


def test_one_girl_under_three_spellings() -> None:
    assert verdict([GIRL], [{**GIRL, "name": "覃金莲"}]) == {(0, 0): Verdict.MISSPELT}
    assert verdict([GIRL], [{**GIRL, "name": "谭金莲", "id_no": None}]) == {(0, 0): Verdict.MISSPELT}
    assert verdict([GIRL], [GIRL]) == {(0, 0): Verdict.SAME}


def test_twins_stay_apart() -> None:
    one, other = {**HOME, "name": "张佳怡"}, {**HOME, "name": "张佳欣"}
    # Nobody else of the household stands anywhere: to be asked about, not to be joined.
    assert verdict([one], [other]) == {(0, 0): Verdict.DOUBTFUL}
    assert verdict([one, other], [other, one]) == {(0, 1): Verdict.SAME, (1, 0): Verdict.SAME}
    # Names as near as can be, but each has its own number.
    one, other = (
        {**HOME, "name": n, "id_no": i}
        for n, i in (("张浩然", "529901201307040127"), ("张皓然", "529901201307040143"))
    )
    assert Verdict.MISSPELT not in verdict([one], [other]).values()


def test_sisters_and_cousins_stay_apart() -> None:
    elder, younger = {**HOME, "name": "张雨婷"}, {**HOME, "name": "张雨停", "birth": "2015-09-11"}
    assert all(v <= Verdict.DOUBTFUL for v in verdict([elder], [younger]).values())
    cousin = {**HOME, "name": "张雨欣", "father": "覃大富", "mother": "陈明秀", "birth": "2013-08-04"}
    assert verdict([elder], [cousin]) == {}


def test_children_of_one_name_stay_apart() -> None:
    one = {**HOME, "name": "王芳"}
    for change in (
        {"birth": "2011-02-03", "father": "王贵", "mother": "李英", "village": "大坪村"},
        {"father": "王贵", "mother": "李英", "village": "大坪村"},
        {"birth": "2011-02-03", "father": None, "mother": None},
    ):
        assert all(v <= Verdict.DOUBTFUL for v in verdict([one], [{**one, **change}]).values()), change


def test_two_rows_that_fit_as_well_are_doubtful() -> None:
    lone = {"name": "覃晶莲", "village": "珠岩村", "birth": "2013-07-04", "sex": "2"}
    found = verdict([lone], [{**lone, "father": "覃大贵"}, {**lone, "father": "覃大富"}])
    assert Verdict.SAME in found.values() or set(found.values()) == {Verdict.DOUBTFUL}
    homes = (("覃金莲", "覃大贵", "卢秀英"), ("覃紧莲", "罗建国", "陈明秀"))
    apart = [{**lone, "name": n, "father": f, "mother": m} for n, f, m in homes]
    assert set(verdict([lone], apart).values()) <= {Verdict.DOUBTFUL}


def test_true_double_registration_gives_two_links() -> None:
    assert verdict([GIRL], [GIRL, {**GIRL, "village": "大坪村"}]) == {
        (0, 0): Verdict.SAME,
        (0, 1): Verdict.SAME,
    }


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("529901201307040128", "差一位"),
        ("529901201307041027", "颠倒"),
        ("529901201307040000", "前15位"),
    ],
)
def test_damaged_numbers_still_speak_for_a_child(number: str, said: str) -> None:
    left, right = people([GIRL, *crowd()]), people([{**GIRL, "name": "覃金莲", "id_no": number}, *crowd()])
    links = link(left, right)
    assert links.verdict[0] == Verdict.MISSPELT and said in explain_link(links, 0)


def test_lunar_birth_date() -> None:
    # 2013-07-04 is the 27th of the fifth month.
    links = link(people([GIRL, *crowd()]), people([{**GIRL, "id_no": None, "birth": "2013-05-27"}, *crowd()]))
    assert links.verdict[0] == Verdict.SAME and "农历" in explain_link(links, 0)


def test_every_split_is_explained() -> None:
    one, other = {**HOME, "name": "张佳怡"}, {**HOME, "name": "张佳欣"}
    links = link(people([one, *crowd()]), people([other, *crowd()]))
    assert "疑似双胞胎，请勿合并" in explain_pair(links, 0, 0)
    assert "twins" in explain_pair(links, 0, 0, "en")
    assert explain_pair(links, 0, 5).endswith("。")


def test_order_of_rows_does_not_matter() -> None:
    left, right = register_and_school(300, 900, 3)
    a, b = left.people(), right.people()
    base = {(int(i), int(j), int(v)) for i, j, v in zip(*_columns(link(a, b)), strict=True)}
    for seed in (1, 2):
        rng = np.random.default_rng(seed)
        p, q = rng.permutation(len(a)), rng.permutation(len(b))
        found = _columns(link(a.take(p), b.take(q)))
        assert {(int(p[i]), int(q[j]), int(v)) for i, j, v in zip(*found, strict=True)} == base


def test_sides_can_be_exchanged() -> None:
    left, right = register_and_school(300, 900, 4)
    one = _columns(link(left.people(), right.people()))
    other = _columns(link(right.people(), left.people()))
    assert set(zip(*map(tuple, one), strict=True)) == set(
        zip(tuple(other[1]), tuple(other[0]), tuple(other[2]), strict=True)
    )


def _columns(links: object) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return links.left, links.right, links.verdict  # type: ignore[attr-defined]


ROW = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["张佳怡", "张佳欣", "张嘉怡", "李明", "", "阿依古丽·买买提"]),
        "birth": st.sampled_from([None, "2013-07-04", "2013-04-07", "2014-07-04"]),
        "id_no": st.sampled_from(
            [None, "529901201307040127", "529901201307040128", "x", "529901201307040143"]
        ),
        "father": st.sampled_from([None, "张大贵", "张大富", "无"]),
        "guardian": st.sampled_from([None, "张大贵", "张佳怡", "张嘉怡", "李明"]),
        "village": st.sampled_from([None, "", "珠岩村"]),
    }
)


@given(st.lists(ROW, max_size=7), st.lists(ROW, max_size=7), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_rows_any_order(left: list, right: list, rnd: object) -> None:  # type: ignore[type-arg]
    links = link(people(left), people(right))

    def content(row: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((k, v or "") for k, v in row.items()))

    base = sorted(
        (content(left[i]), content(right[j]), int(v)) for i, j, v in zip(*_columns(links), strict=True)
    )
    rnd.shuffle(left)  # type: ignore[attr-defined]
    rnd.shuffle(right)  # type: ignore[attr-defined]
    again = link(people(left), people(right))
    assert (
        sorted(
            (content(left[i]), content(right[j]), int(v)) for i, j, v in zip(*_columns(again), strict=True)
        )
        == base
    )
    for k in range(len(again)):
        assert explain_link(again, k, "zh") and explain_link(again, k, "en")


def test_mother_in_several_households() -> None:
    mother = {"mother": "陈明秀", "mother_id": "529901198803120026"}
    rows: list[dict[str, str | None]] = [
        {"name": "罗一", "father": "罗贵", **mother},
        {"name": "吴一", "father": "吴贵", "mother": "陈明秀", "mother_id": "529901198803120062"},
        {"name": "马一", "father": "马贵", "mother": "陈明秀", "phone": "13900000001"},
        {"name": "韦一", "father": "韦贵", "mother": "陈明秀", "phone": "13900000001"},
        {"name": "罗二", "father": "罗贵", **mother},
        {"name": "石一", "father": "石贵", "mother": "李英"},
    ]
    found = compare_parents(people(rows), "mother")
    sure = found.row[found.certain].tolist()
    assert {0, 1, 4} <= set(sure) and {2, 3} <= set(sure) and 5 not in found.row.tolist()
    group = dict(zip(found.row[found.certain].tolist(), found.group[found.certain].tolist(), strict=True))
    assert group[0] == group[1] == group[4] != group[2] == group[3]


def test_twins_called_by_the_same_characters() -> None:
    """文博 and 博文 born on one day: both in one list are two children, one of whom the other list may lack."""
    one, other = {**HOME, "name": "张文博"}, {**HOME, "name": "张博文"}
    assert verdict([one, other], [other]) == {(1, 0): Verdict.SAME}
    assert verdict([one, other], [one, other]) == {(0, 0): Verdict.SAME, (1, 1): Verdict.SAME}
    assert (
        verdict([one], [other, {**HOME, "name": "张雨欣", "birth": "2016-01-09"}])[0, 0] >= Verdict.DOUBTFUL
    )
    # One number, or another date, and it is a slip.
    number = {"id_no": "529901201307040127"}
    assert verdict([{**one, **number}], [{**other, **number}]) == {(0, 0): Verdict.MISSPELT}


def test_a_guardian_agrees_as_much_whichever_row_is_asked_first() -> None:
    one: dict[str, str | None] = {"name": "张佳欣", "guardian": "张大贵", "father": "无"}
    other: dict[str, str | None] = {"name": "张佳怡", "guardian": "李明", "father": "张大贵"}
    more: list[dict[str, str | None]] = [{"name": f"马{c}", "guardian": "李明"} for c in "兰花香"]
    e = link(people([one]), people([other, *more])).scorer, link(people([other, *more]), people([one])).scorer
    first = np.array([0], np.int32)
    there, back = (s.score(first, first).bits["guardian"][0] for s in e)
    assert there == back > 0
