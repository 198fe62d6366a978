"""Text tables: encodings, separators, quotes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.packages import cells

from lbt_audit.intake.files.encoding import decode
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.readers.delimited import read_delimited, sniff, unclosed_quote
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.intake.table import Note

TABLE = "姓名,性别,现居住地\n杨晓峰,男,青禾县白石镇\n吴金莲,女,清水乡\n"


def read(data: bytes) -> tuple[Grid, list[Note]]:
    (grid,), notes = read_delimited(data, Limits())
    return grid, notes


def texts(grid: Grid) -> dict[tuple[int, int], str]:
    return {place: text for place, (_, text) in cells(grid).items()}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings(encoding: str) -> None:
    text = TABLE + "张𠮷,男,-\n" if encoding != "gbk" else TABLE
    grid, notes = read(text.encode(encoding))
    assert notes == []
    assert texts(grid)[2, 0] == "杨晓峰"
    assert grid.shape == (len(text.splitlines()), 3)


def test_gbk_with_a_bad_byte_names_the_line() -> None:
    lines = [TABLE.splitlines()[0], *TABLE.splitlines()[1:] * 20]
    data = b"\r\n".join(x.encode("gbk") + (b"\xff" if i == 6 else b"") for i, x in enumerate(lines))
    grid, (note,) = read(data)
    assert (note.topic, note.row, note.detail["lines"], note.detail["encoding"]) == (
        "bad_bytes",
        7,
        "7",
        "gb18030",
    )
    assert texts(grid)[7, 0] == "吴金莲"
    assert "�" in texts(grid)[7, 2]
    assert "bad_bytes:7" in grid.notes


def test_mostly_utf8_stays_utf8() -> None:
    data = (TABLE * 60).encode()
    spoilt = data[:2000] + b"\xff" + data[2000:]
    assert decode(spoilt).encoding == "utf-8"
    assert len(decode(spoilt).bad_lines) == 1


def test_replacement_characters_of_the_text_itself_are_no_damage() -> None:
    decoded = decode("﻿甲�\n".encode() + b"\xff\n")
    assert decoded.bad_lines == (2,)


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_separators(separator: str) -> None:
    grid, _ = read(TABLE.replace(",", separator).encode())
    assert grid.shape == (3, 3)


def test_separator_is_not_taken_from_inside_cells() -> None:
    assert sniff('姓名;住址\n甲;"a,b,c"\n乙;"d,e,f"\n') == ";"
    assert sniff("青禾县花名册\n\n姓名\t住址,村\n甲\t大坪,1\n") == "\t"


def test_excels_own_directive() -> None:
    grid, _ = read(b"sep=;\r\na;b,c\r\n")
    assert texts(grid) == {(2, 0): "a", (2, 1): "b,c"}


def test_ragged_rows_blank_rows_and_white_space() -> None:
    grid, _ = read(b"a,b\n\n , \nc,d,e,\nf\n")
    assert texts(grid) == {(1, 0): "a", (1, 1): "b", (4, 0): "c", (4, 1): "d", (4, 2): "e", (5, 0): "f"}


def test_quoted_breaks_quotes_and_guards() -> None:
    grid, notes = read(b'a,"b\nc ""x"""\n="0012",="a""b"\n"=""529901""",\n')
    assert notes == []
    assert texts(grid) == {
        (1, 0): "a",
        (1, 1): 'b\nc "x"',
        (2, 0): "0012",
        (2, 1): '="a""b"',
        (3, 0): "529901",
    }


def test_unclosed_quote_at_the_end_names_its_line_and_loses_nothing() -> None:
    rows = [f"甲{i},男,白石镇" for i in range(50)]
    rows[30] = '甲30,男,"白石镇'
    grid, (note,) = read("\n".join(["姓名,性别,住址", *rows]).encode())
    assert (note.topic, note.row) == ("unclosed_quote", 32)
    assert grid.shape == (51, 3)
    assert texts(grid)[32, 2] == "白石镇"
    assert texts(grid)[51, 0] == "甲49"


def test_unclosed_quote_closed_by_a_later_one() -> None:
    rows = [f"甲{i},男,白石镇" for i in range(50)]
    rows[10] = '甲10,男,"白石镇'
    rows[40] = '甲40,男,"清水乡'
    grid, (note,) = read("\n".join(["姓名,性别,住址", *rows]).encode())
    assert note.row == 12
    assert grid.shape == (51, 3)


def test_long_remarks_in_quotes_are_no_unclosed_quote() -> None:
    remark = "第一行\n第二行，有逗号\n第三行\n第四行\n第五行"
    assert unclosed_quote(f'a,b,c\n1,2,"{remark}"\n3,4,5\n', ",") is None
    assert unclosed_quote('a,b\n5" pipe,x\n', ",") is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    grid, _ = read(TABLE.replace("\n", end).encode())
    assert grid.shape == (3, 3)


def test_limits_and_nothing() -> None:
    with pytest.raises(RefusedError, match="too_wide"):
        read_delimited(b"a," * 20000, Limits())
    with pytest.raises(RefusedError, match="empty"):
        read_delimited(b"\xff\xfe\n\x00", Limits())


def test_many_rows_over_batches() -> None:
    grid, _ = read(("a,b\n" + "".join(f"{i},x\n" for i in range(45_000))).encode())
    assert grid.shape == (45_001, 2)
    assert grid.text[0][45_000].as_py() == "44999"
    assert int(grid.row_numbers[-1]) == 45_001


_CELL = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\r\x03\ufeff\ufffd"), max_size=6
)


@given(st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_a_csv_writer_writes_is_read_back(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["姓名", "性别", "住址"], *rows])
    grid, _ = read(out.getvalue().encode("utf-8-sig"))
    found = texts(grid)
    want = {(r, c): t for r, row in enumerate(rows, 2) for c, t in enumerate(row) if t and not t.isspace()}
    if not any(t.startswith('="') or t.count("\n") >= 3 for t in want.values()):
        assert {k: v for k, v in found.items() if k[0] > 1} == want


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_grid_or_a_reason(data: bytes) -> None:
    try:
        (grid,), _ = read_delimited(data, Limits())
    except RefusedError:
        return
    cells(grid)
