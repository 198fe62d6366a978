"""Text tables: encodings, separators, quotes."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.packages import cells

from lbt_audit.intake.files.encoding import decode
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.grid import Grid
from lbt_audit.intake.readers.delimited import read_delimited, sniff
from lbt_audit.intake.readers.quotes import Records
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


TRADITIONAL = "姓名,性別,現居住地\n楊曉峰,男,青禾縣白石鎮\n吳金蓮,女,清水鄉\n"


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [TABLE, "編號,姓名\n" + "1,甲\n" * 5000])
def test_four_bytes_a_character(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text == text
    big = codecs.BOM_UTF32_BE + text.encode("utf-32-be")
    assert decode(big).text == text


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (TABLE, "gbk", "gb18030"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "cp950"),
        ("姓名,性別\n王小明,男\n", "big5", "cp950"),
        (TABLE, "utf-8", "utf-8"),
    ],
)
def test_the_bytes_decide_not_the_mark(mark: bytes, text: str, encoding: str, told: str) -> None:
    decoded = decode(mark + text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.bad_lines) == (text, told, ())


def test_a_marked_file_with_a_bad_byte_stays_utf8() -> None:
    decoded = decode(codecs.BOM_UTF8 + "姓名\n杨".encode() + b"\xff\n" + "吴\n".encode())
    assert (decoded.encoding, decoded.bad_lines) == ("utf-8", (2,))


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_half_a_character_at_the_end_is_no_record(encoding: str) -> None:
    whole = (TABLE + "韦").encode(encoding)
    grid, (note,) = read(whole[:-1])
    assert (note.topic, note.detail["row"]) == ("cut_short", "3")
    assert grid.shape == (3, 3)


@pytest.mark.parametrize("rest", [b"\x1a", b"\x1a\r\n", bytes(4096), b"\x00\x1a\x00", b"\x1a" + bytes(100)])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_what_old_programs_leave_at_the_end_is_no_record(rest: bytes, encoding: str) -> None:
    grid, notes = read(TABLE.encode(encoding) + rest)
    assert (grid.shape, notes) == ((3, 3), [])


def test_cells_filled_up_with_nuls_and_characters_lost_inside_a_line() -> None:
    data = "姓名,住址\n杨晓峰\0\0\0,白石镇\0\n吴\x1a莲,清水乡\n".encode("gbk")
    grid, _ = read(data)
    assert texts(grid)[2, 0] == "杨晓峰"
    assert texts(grid)[2, 1] == "白石镇"
    assert texts(grid)[3, 0] == "吴\x1a莲"


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


def stray(text: str) -> list[int]:
    records = Records(text, ",")
    list(records)
    return records.stray


def test_long_remarks_in_quotes_are_no_unclosed_quote() -> None:
    remark = "第一行\n第二行，有逗号\n第三行\n第四行\n第五行"
    assert stray(f'a,b,c\n1,2,"{remark}"\n3,4,5\n') == []
    assert stray('a,b\n5" pipe,x\n') == []


@pytest.mark.parametrize("columns", [2, 3, 4, 12])
def test_remarks_with_commas_in_every_line_stay_in_their_cell(columns: int) -> None:
    remark = "\n".join(
        ["父亲外出,去浙江", "母亲在家,务农", "祖父多病,需照料", "村里帮扶,每月一次", "下月,再访"]
    )
    filler = ",男" * (columns - 2)
    rows = [f'{n},"{remark}"{filler}' if n % 3 else f"{n},无{filler}" for n in range(1, 30)]
    grid, notes = read("\n".join([f"序号,备注{filler}", *rows]).encode())
    assert notes == []
    assert grid.shape == (30, columns)
    assert texts(grid)[2, 1] == remark


def test_a_stray_mark_leaves_the_remarks_of_other_rows_whole() -> None:
    rows = [f'{n},甲{n},"第一行\n第二行\n第三行\n第四行",白石镇' for n in range(1, 41)]
    rows[20] = '21,甲21,"未闭合的备注,白石镇'
    grid, (note,) = read("\n".join(["序号,姓名,备注,住址", *rows]).encode())
    assert note.detail["line"] == str(1 + 20 * 4 + 1)
    assert grid.shape == (41, 4)
    assert texts(grid)[22, 2] == "未闭合的备注"
    assert texts(grid)[23, 2] == "第一行\n第二行\n第三行\n第四行"


def test_rows_swallowed_between_two_stray_marks_that_close_each_other() -> None:
    rows = [f"{n},甲{n},男,白石镇{n}组" for n in range(1, 31)]
    rows[4] = '5,甲5,男,"白石镇5组'
    rows[20] = '21,甲21,男,白石镇21组"'
    grid, (note,) = read("\n".join(["序号,姓名,性别,住址", *rows]).encode())
    assert (note.detail["line"], grid.shape) == ("6", (31, 4))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    grid, _ = read(TABLE.replace("\n", end).encode())
    assert grid.shape == (3, 3)


def test_limits_and_nothing() -> None:
    with pytest.raises(RefusedError, match="too_wide"):
        read_delimited(b"a," * 20000, Limits())
    grid, _ = read(b"a,b" + b"," * 20000 + b"\nc,d" + b"," * 20000)
    assert grid.shape == (2, 2)
    with pytest.raises(RefusedError, match="empty"):
        read_delimited(b"\xff\xfe\n\x00", Limits())
    with pytest.raises(RefusedError, match="empty"):
        read_delimited(b",,,,\n , ,,\n", Limits())


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
