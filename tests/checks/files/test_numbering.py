"""Running numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.registers import book, catalogued, outcomes, places_of, table

from lbt_audit.checks.files.numbering import find_faults


def spans(numbers: list[int], first: int = 1) -> tuple[list[tuple[int, int]], list[int]]:
    found = find_faults(np.array(numbers), first)
    return [(a, b) for a, b, _ in found.missing], [numbers[i] for i in found.repeated]


@pytest.mark.parametrize(
    ("numbers", "missing", "repeated"),
    [
        ([1, 2, 3], [], []),
        ([3, 1, 2], [], []),
        ([1, 2, 1, 2, 3], [], []),
        ([1, 2, 5], [(3, 4)], []),
        ([2, 3], [(1, 1)], []),
        ([1, 2, 2, 3], [], [2]),
        ([1, 2, 1, 3], [], [1]),
        ([1, 1, 1], [], []),
    ],
)
def test_faults(numbers: list[int], missing: list[tuple[int, int]], repeated: list[int]) -> None:
    assert spans(numbers) == (missing, repeated)


def test_a_sheet_may_go_on_where_the_last_one_ended() -> None:
    assert spans([46, 47], 46) == ([], [])
    assert spans([48, 49], 46) == ([(46, 47)], [])
    assert spans([1, 2], 46) == ([], [])


@given(st.permutations(list(range(1, 30))), st.sets(st.integers(1, 29), max_size=5))
def test_every_number_taken_out_is_missed(numbers: list[int], taken: set[int]) -> None:
    left = [n for n in numbers if n not in taken]
    found = find_faults(np.array(left)) if left else None
    if found is not None and len(found.missing) and not found.repeated:
        missed = {n for a, b, _ in found.missing for n in range(a, b + 1)}
        assert missed == {n for n in taken if n < max(left)}


def test_places_and_words() -> None:
    rows = [{"seq": s, "child_name": "杨晓峰"} for s in ("1", "2.0", "6", "6", "", "小计")]
    (hit,) = places_of(catalogued("A09"), book(table(rows))).hits
    assert str(hit.details["missing"].zh) == "3–5"  # type: ignore[union-attr]
    assert str(hit.details["repeated"].en) == "6"  # type: ignore[union-attr]
    assert str(hit.details["what"].zh) == "缺少3–5；6重复"  # type: ignore[union-attr]
    assert [p.row for p in hit.places] == [7, 8]
    (hit,) = places_of(catalogued("A09"), book(table(rows[2:4]))).hits
    assert str(hit.details["what"].zh) == "缺少1–5；6重复"  # type: ignore[union-attr]
    (hit,) = places_of(catalogued("A09"), book(table([rows[0], rows[2]]))).hits
    assert str(hit.details["what"].zh) == "缺少2–5"  # type: ignore[union-attr]


def test_one_number_for_a_merged_household() -> None:
    rows = [{"seq": s} for s in ("1", "1", "2")]
    merged = table(rows, filled={"seq": [False, True, False]})
    assert places_of(catalogued("A09"), book(merged)).hits == ()


def test_files_without_numbers_show_nothing() -> None:
    assert outcomes(catalogued("A09"), book(table([{"child_name": "杨晓峰"}]))) == []
    assert places_of(catalogued("A09"), book(table([{"seq": ""}, {"seq": "小计"}]))).hits == ()
