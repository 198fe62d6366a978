"""Second entries, sparse rows, villages of one name, tables with nothing in them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from tests.benchmarks.matching.rosters import register_and_school
from tests.matching.crowd import HOME, verdict

from lbt_audit.matching import People, Verdict, link, linkage
from lbt_audit.matching.evidence.evidence import Agreement


def test_without_a_date_another_parent_is_another_child() -> None:
    one = {**HOME, "name": "彭刚", "birth": None, "father": None, "school": "龙井中学"}
    assert verdict([one], [{**one, "mother": "罗芳眉"}]).get((0, 0), Verdict.DIFFERENT) <= Verdict.DOUBTFUL


def test_second_entry_without_a_date_is_the_same_child() -> None:
    child = {**HOME, "name": "陆秋梦"}
    found = verdict([child, {**child, "birth": None}], [child])
    assert found == {(0, 0): Verdict.SAME, (1, 0): Verdict.SAME}


def test_exact_name_unlinked_beside_a_slip_is_asked_about() -> None:
    """The twin's name one stroke away, all else equal, must not take the place of the child's own sparse row."""
    twin = {**HOME, "name": "金飞宁", "phone": "13800001111"}
    sparse = {"name": "金飞宇", "village": HOME["village"], "sex": "2", "birth": HOME["birth"]}
    found = verdict([twin, sparse], [{**HOME, "name": "金飞宇", "phone": "13800001111"}])
    assert found.get((0, 0), Verdict.DIFFERENT) <= Verdict.DOUBTFUL


def test_villages_of_one_name_in_two_townships() -> None:
    n = 40
    names = pa.array(["王小明", "李芳", "张伟", "刘洋"] * 10)
    born = np.arange(n, dtype=np.int32) * 50 + 15_000

    def lists(village: str, towns: list[str]) -> People:
        return People(
            names, village=pa.array([village] * n), township=pa.array(towns), birth_lo=born, birth_hi=born
        )

    left = lists("大坪村", ["白石镇", "清水乡"] * 20)
    same = link(left, lists("大坪", ["白石", "清水乡人民政府"] * 20))
    other = link(left, lists("清水乡大坪村三组", ["清水乡", "白石镇"] * 20))
    assert (same.evidence.codes["village"] == Agreement.SAME).all() and len(same) == n
    assert (other.evidence.codes["village"] == Agreement.DIFFERS).all()


def test_empty_tables_and_columns() -> None:
    def blank(k: int) -> pa.Array:
        return pa.nulls(k, pa.string())

    number = pa.array(["529901201501010012", None, ""])
    assert len(link(People(blank(0)), People(blank(0)))) == 0
    assert len(link(People(blank(3)), People(blank(2)))) == 0
    assert len(link(People(pa.array(["王小明"])), People(blank(0)))) == 0
    assert len(link(People(blank(3), id_no=number), People(blank(3), id_no=number))) == 1


def test_size_of_the_parts_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = (r.people() for r in register_and_school(300, 1200, 3))
    whole = link(left, right)
    monkeypatch.setattr(linkage, "_CHUNK", 7)
    parts = link(left, right)
    for name in ("left", "right", "verdict", "bar", "probability", "level"):
        assert np.array_equal(getattr(parts, name), getattr(whole, name))


def test_a_twin_whose_own_row_stands_there_is_no_second_entry() -> None:
    """Names a character apart, one of them without its number."""
    home = {"birth": "2019-07-18", "sex": "1", "father": "刘浩世", "mother": "冉娅黛", "village": "上坝村"}
    one = {**home, "name": "刘伟", "id_no": "529901201907188571"}
    two = {**home, "name": "刘伟斌", "id_no": "529901201907189419"}
    assert verdict([one, two], [one, {**two, "id_no": None}]) == {(0, 0): Verdict.SAME, (1, 1): Verdict.SAME}
