"""The probability of a pair: what nobody else of the household says, and that unrelated rows change nothing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.matching.crowd import GIRL, HOME, crowd, people

from lbt_audit.matching import Level, Verdict, compare_names, link
from lbt_audit.matching.decision.printed import printed
from lbt_audit.matching.explanation import explain_link

Row = dict[str, str | None]

FOUR: list[tuple[Row, Row]] = [
    (
        {"name": "何玉琼", "sex": "2", "birth": "2015-06-08", "village": "前进坡村", "father": "何天发", "mother": "万爱平"},
        {"name": "何易琼"},
    ),
    (
        {"name": "郭志朋", "sex": "1", "birth": "2014-01-01", "village": "沙田坝村", "father": "郭惠明"},
        {"birth": "2014-07-09", "mother": "崔小燕"},
    ),
    (
        {"name": "田小渊", "sex": "1", "birth": "2013-08-11", "village": "水口村", "father": "田龙", "mother": "谢开会"},
        {"name": "田小测"},
    ),
    (
        {"name": "韦家旺", "sex": "1", "birth": "2014-02-10", "village": "石井村", "father": "韦光富", "mother": "罗彩云"},
        {"name": "韦佳旺"},
    ),
]  # fmt: skip


def test_four_children_of_two_lists() -> None:
    """Nobody else of their households stands anywhere; the last one stands twice in the first list."""
    left = [one for one, _ in FOUR]
    twice: Row = {**left[-1], "id_no": "539988201402100015"}
    links = link(people([*left, twice]), people([{**one, **other} for one, other in FOUR]))
    sure = links.verdict >= Verdict.MISSPELT
    found = set(zip(links.left[sure].tolist(), links.right[sure].tolist(), strict=True))
    assert found == {(0, 0), (1, 1), (2, 2), (3, 3), (4, 3)}


def test_the_other_twin_keeps_them_apart() -> None:
    one, other = {**HOME, "name": "张佳怡"}, {**HOME, "name": "张佳欣"}
    links = link(people([one, *crowd()]), people([other, one, *crowd()]))
    pairs = dict(zip(zip(links.left.tolist(), links.right.tolist(), strict=True), links.verdict, strict=True))
    assert pairs[0, 1] == Verdict.SAME and (0, 0) not in pairs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("吴雨莹", "吴绎莹"),
        ("李日轩", "李子轩"),
        ("丁嘎媛", "丁佳媛"),
        ("赵永贵", "赵容贵"),
        ("陈荷香", "陈活香"),
    ],
)
def test_sounds_that_are_one_in_the_southwest(one: str, other: str) -> None:
    assert compare_names(one, other).level == Level.NEAR_SOUND


PAIRS: list[tuple[Row, Row]] = [
    (GIRL, GIRL),
    (GIRL, {**GIRL, "name": "覃金莲", "id_no": None}),
    (GIRL, {**GIRL, "name": "罗建国", "birth": "2010-03-05", "father": "罗贵", "mother": "石英", "id_no": None}),
    ({**HOME, "name": "张雨婷"}, {**HOME, "name": "张雨停", "birth": "2015-09-11"}),
    ({**HOME, "name": "王芳"}, {**HOME, "name": "王芳", "father": "王贵", "mother": "李英", "village": "大坪村"}),
    ({**HOME, "name": "韦家旺"}, {**HOME, "name": "韦佳旺", "birth": None}),
    ({**HOME, "name": "周桂英", "guardian": "覃金莲"}, {**HOME, "name": "覃金莲", "guardian": "周桂英"}),
    ({**HOME, "name": "张文博"}, {**HOME, "name": "张博文"}),
]  # fmt: skip


@given(
    st.sampled_from(PAIRS), st.integers(0, 3), st.integers(0, 250), st.integers(0, 250), st.integers(0, 9),
)  # fmt: skip
@settings(max_examples=30, deadline=None)
def test_unrelated_rows_change_no_verdict(
    pair: tuple[Row, Row], seed: int, more: int, others: int, order: int
) -> None:
    """Children of other households, added to either list, in any order."""

    def verdict(left: list[Row], right: list[Row]) -> int:
        for rows in (left, right):
            Random(order).shuffle(rows)
        i, j = left.index(pair[0]), right.index(pair[1])
        links = link(people(left), people(right))
        at = (links.left == i) & (links.right == j)
        return int(links.verdict[at][0]) if at.any() else 0

    base = crowd()
    before = verdict([pair[0], *base], [pair[1], *base])
    strangers = crowd(500, seed + 10)
    assert verdict([pair[0], *base, *strangers[:more]], [pair[1], *base, *strangers[-others:]]) == before


def test_the_argument_is_said() -> None:
    links = link(people([one for one, _ in FOUR]), people([{**one, **other} for one, other in FOUR]))
    assert "双方名单中该户再无其他未对应儿童" in explain_link(links, 2)
    assert "nobody else of the household" in explain_link(links, 2, "en")


def test_parameters_are_printed_with_where_they_come_from() -> None:
    links = link(people([GIRL, *crowd()]), people([GIRL, *crowd()]))
    told = list(printed(links.parameters))
    assert any("先验值" in t.zh and "prior" in t.en for t in told) and any("计自" in t.zh for t in told)
    assert (
        sum(level.text.zh in t.zh for level in Level for t in told if t.zh.startswith("  ")) >= len(Level) - 1
    )
