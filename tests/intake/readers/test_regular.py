"""Regular text tables are read as the careful reader reads them, and only they are read the quick way."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.readers import delimited, regular
from lbt_audit.intake.readers.delimited import read_delimited
from lbt_audit.intake.reasons import RefusedError

CELLS = st.text(alphabet='甲乙1 ,"\n\t　=;', max_size=6)


def read(text: str) -> object:
    """Everything that is read of a text, in a form that can be compared."""
    try:
        grids, notes = read_delimited(text.encode(), Limits())
    except RefusedError as refused:
        return refused.key
    (grid,) = grids
    return (
        grid.row_numbers.tolist(), [c.to_pylist() for c in grid.text], grid.kinds.tolist(), notes, grid.notes,
    )  # fmt: skip


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regular, "_LEAST", 0)


def carefully(text: str, monkeypatch: pytest.MonkeyPatch) -> object:
    with monkeypatch.context() as patch:
        patch.setattr(delimited, "read_regular", lambda *_: None)
        return read(text)


def written(rows: list[list[str]], separator: str, quoting: int) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


SUPPRESSED = [HealthCheck.function_scoped_fixture]


@settings(max_examples=150, deadline=None, suppress_health_check=SUPPRESSED)
@given(
    rows=st.lists(st.lists(CELLS, max_size=4), min_size=1, max_size=12),
    separator=st.sampled_from([",", "\t", ";", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_a_program_wrote(small, monkeypatch, rows, separator, quoting) -> None:
    text = written([["甲", "乙", "丙"]] * 3 + rows, separator, quoting)
    assert read(text) == carefully(text, monkeypatch)


@settings(max_examples=150, deadline=None, suppress_health_check=SUPPRESSED)
@given(text=st.text(alphabet='甲1,,,"\n\n ', max_size=60))
def test_whatever_there_is(small, monkeypatch, text) -> None:
    whole = "a,b,c\n" * 3 + text
    assert read(whole) == carefully(whole, monkeypatch)


def test_titles_blank_lines_and_short_records_keep_their_numbers(small) -> None:
    text = "花名册\n\n姓名,村,备注\n" + "张三,甲村,\n" * 5 + "李四,乙村\n" + '王五,丙村,"一行\n二行"\n' * 3
    found = regular.read_regular(text, ",")
    assert found is not None
    assert found.odd == [(1, ["花名册"]), (9, ["李四", "乙村"])]
    assert found.numbers.tolist() == [2, 3, 4, 5, 6, 7, 8, 10, 11, 12]
    assert found.columns[2].to_pylist()[-1] == "一行\n二行"
    grid = read_delimited(text.encode(), Limits())[0][0]
    assert grid.row_numbers.tolist() == [1, *range(3, 13)]
    assert [c[7].as_py() for c in grid.text] == ["李四", "乙村", ""]


@pytest.mark.parametrize(
    "text",
    [
        'a,b,c\n张三,"甲村,x\n李四,乙村,y\n',  # never closed
        'a,b,c\n张三,甲"村,x\n李四,乙"村,y\n',  # in the middle of a cell
        'a,b,c\n张三,"甲"村,x\n',
        'a,b,c\n张三,"1\n2\n3\n4",x\n',  # may have swallowed rows
        'a,b,c\n张三,"1\n""2\n""3\n4",x\n',
    ],
)
def test_marks_that_have_to_be_judged_are_left_to_the_careful_reader(small, text: str) -> None:
    assert regular.read_regular(text + "1,2,3\n" * 5, ",") is None


def test_ragged_texts_are_left_to_the_careful_reader(small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regular, "_ODD", 4)
    ragged = "1,2,3\n" * 250 + "1,2\n" * 9
    assert regular.read_regular(ragged, ",") is None
    assert regular.read_regular(ragged[: -4 * 6], ",") is not None


def test_a_large_file_is_read_by_columns() -> None:
    text = "序号,姓名,备注\n" + "".join(f"{n},张三,无\n" for n in range(10_000))
    found = regular.read_regular(text, ",")
    assert found is not None and np.array_equal(found.numbers, np.arange(1, 10_002))
