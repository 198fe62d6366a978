"""Worksheets of .xlsx: every cell kind, and whatever generators and people do to the markup."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.packages import both, cells, package, read_one, strings, styles, worksheet

from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.files.package import Package
from lbt_audit.intake.readers.cells import Collector, SheetInfo
from lbt_audit.intake.readers.number_formats import date_parts
from lbt_audit.intake.readers.xlsx.escapes import unescape_text
from lbt_audit.intake.readers.xlsx.swar import PADDING, leading_int, word_view
from lbt_audit.intake.readers.xlsx.workbook import read_ooxml
from lbt_audit.intake.reasons import RefusedError
from lbt_audit.model.cell import CellKind

K = CellKind


def one(path: Path, rows: str, **options: object) -> dict[tuple[int, int], tuple[int, str]]:
    head, tail = str(options.pop("head", "")), str(options.pop("tail", ""))
    return cells(both(package(path / "a.xlsx", worksheet(rows, head, tail), **options)))  # type: ignore[arg-type]


def test_every_kind_of_cell(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>5.29901200911026E+17</v></c>'
        '<c r="C2" s="1"><v>42075</v></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#REF!</v></c>'
        '<c r="F2"><f>A1</f></c><c r="G2" t="str"><f>A1</f><v>甲 &amp; 乙</v></c>'
        '<c r="H2" t="inlineStr"><is><t>杨晓峰</t></is></c><c r="I2" t="d"><v>2015-03-12T00:00:00</v></c>'
        '<c r="J2" s="1"/><c r="K2" t="str"><f>""</f><v></v></c><c r="L2"><f t="shared" si="0"/><v>7</v></c></row>',
        shared=strings("<t>a</t>", "<t>姓名</t>"),
        style=styles("14"),
    )
    assert found == {
        (2, 0): (K.TEXT, "姓名"),
        (2, 1): (K.NUMBER, "5.29901200911026E+17"),
        (2, 2): (K.DATE, "2015-03-12"),
        (2, 3): (K.BOOL, "TRUE"),
        (2, 4): (K.ERROR, "#REF!"),
        (2, 5): (K.UNCOMPUTED, ""),
        (2, 6): (K.TEXT, "甲 & 乙"),
        (2, 7): (K.TEXT, "杨晓峰"),
        (2, 8): (K.DATE, "2015-03-12"),
        (2, 11): (K.NUMBER, "7"),
    }


def test_formula_with_an_empty_value_element_was_not_computed(tmp_path: Path) -> None:
    found = one(
        tmp_path, '<row r="1"><c r="A1"><f>SUM(B1:B2)</f><v></v></c><c r="B1"><f>C1</f><v/></c></row>'
    )
    assert found == {(1, 0): (K.UNCOMPUTED, ""), (1, 1): (K.UNCOMPUTED, "")}


def test_formula_text_with_a_bare_greater_sign(tmp_path: Path) -> None:
    found = one(tmp_path, '<row r="1"><c r="A1" t="str"><f>IF(B1>0,"&lt;","")</f><v>x</v></c></row>')
    assert found == {(1, 0): (K.TEXT, "x")}


def test_shared_strings_rich_phonetic_escaped_and_blank(tmp_path: Path) -> None:
    shared = strings(
        "<r><rPr><b/><sz val='9'/></rPr><t>杨</t></r><r><t xml:space='preserve'> 晓峰</t></r>",
        "<t>東京</t><rPh sb='0' eb='2'><t>とうきょう</t></rPh>",
        '<t xml:space="preserve">  </t>',
        "<t>a_x000D_b &lt;_x005F_x0041_&#20013;</t>",
        "<t/>",
        '<t xml:space="preserve"> 左 </t>',
        "<t>_xD83D_</t>",
    )
    rows = (
        "<row r='1'>"
        + "".join(f'<c r="{c}1" t="s"><v>{i}</v></c>' for i, c in enumerate("ABCDEFG"))
        + "</row>"
    )
    assert one(tmp_path, rows, shared=shared) == {
        (1, 0): (K.TEXT, "杨 晓峰"),
        (1, 1): (K.TEXT, "東京"),
        (1, 3): (K.TEXT, "a\rb <_x0041_中"),
        (1, 5): (K.TEXT, " 左 "),
        (1, 6): (K.TEXT, "_xD83D_"),
    }


def test_inline_strings_rich_and_spaced(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>李</t></r><r><t>明</t></r></is></c>'
        '<c r="B1" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>'
        '<c r="C1" t="inlineStr"><is><t>　</t></is></c><c r="D1" t="inlineStr"><is><t/></is></c></row>',
    )
    assert found == {(1, 0): (K.TEXT, "李明"), (1, 1): (K.TEXT, " x ")}


def test_dates_of_1904_months_times_and_absurd_numbers(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{i}"><c r="A{i}" s="{s}"><v>{v}</v></c></row>'
        for i, (s, v) in enumerate(
            [(1, "40613"), (2, "40602"), (2, "40613"), (3, "40613.5"), (1, "1e300"), (1, "-5"), (4, "0.5")], 1
        )
    )
    style = styles("14", 'yyyy"年"m"月"', "yyyy\\-mm\\-dd hh:mm", "h:mm")
    found = one(tmp_path, rows, style=style, properties='<workbookPr date1904="1"/>')
    assert list(found.values()) == [
        (K.DATE, "2015-03-12"),
        (K.DATE, "2015-03"),
        (K.DATE, "2015-03"),  # the sheet shows no day
        (K.DATE, "2015-03-12 12:00:00"),
        (K.NUMBER, "1e300"),
        (K.NUMBER, "-5"),
        (K.NUMBER, "0.5"),
    ]


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("yyyy/m/d", "ymd"), ("[$-804]yyyy年m月", "ym"), ("General", ""), ("0.00", ""), ("h:mm:ss", ""), ("[h]:mm", ""),
        ('0"天"', ""), ("[Red]d-mmm", "md"), ("@", ""), ("yyyy-mm-dd hh:mm:ss.000", "ymd"), ("G/通用格式", ""),
        ("[DBNum1]yyyy年m月d日", "ymd"), ("#,##0_);[Red](#,##0)", ""), ('"生于"e"."m', "ym"), ("mm:ss", ""),
    ],
)  # fmt: skip
def test_date_formats(code: str, parts: str) -> None:
    assert date_parts(code) == parts


def test_leading_zeros_of_the_format_are_what_people_see(tmp_path: Path) -> None:
    path = package(
        tmp_path / "a.xlsx",
        worksheet(
            '<row r="1"><c r="C1" s="1"><v>7</v></c><c r="D1" s="2"><v>5.2990120091102E+17</v></c></row>'
        ),
        style=styles("000", "0" * 18),
    )
    assert cells(both(path)) == {(1, 2): (K.NUMBER, "007"), (1, 3): (K.NUMBER, "5.2990120091102E+17")}
    assert [(n.topic, n.detail["column"]) for n in read_one(path).notes] == [("padded_numbers", "C")]


def test_hidden_merged_filtered(tmp_path: Path) -> None:
    markup = worksheet(
        '<row r="1" spans="1:3"><c r="A1"><v>1</v></c></row><row r="3" hidden="1" ht="15"><c r="A3"><v>2</v></c></row>',
        '<sheetPr filterMode="1"/><dimension ref="A1:A2"/><cols><col min="2" max="3" width="0" hidden="1"/>'
        '<col min="5" max="16384" width="9"/></cols>',
        '<autoFilter ref="A1:C9"><filterColumn colId="0"/></autoFilter>'
        '<mergeCells count="2"><mergeCell ref="A1:C2"/><mergeCell ref="D4"/></mergeCells>',
    )
    grid = both(
        package(
            tmp_path / "a.xlsx",
            {"甲": markup, "乙": worksheet("")},
            states={"甲": "veryHidden", "乙": "hidden"},
        )
    )
    assert grid.visibility == "very_hidden"
    assert grid.hidden_rows == {3}
    assert grid.hidden_columns == {1, 2}
    assert grid.merges == ((1, 0, 2, 2),)
    assert grid.filtered


@pytest.mark.parametrize("strict", [False, True])
def test_strict_and_prefixed_markup(tmp_path: Path, strict: bool) -> None:
    plain = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c></row>'
    prefixed = (
        worksheet(plain).replace("xmlns=", "xmlns:x=")
        .replace("</", "</x:").replace("<row", "<x:row").replace("<c ", "<x:c ").replace("<v>", "<x:v>")
        .replace("<is>", "<x:is>").replace("<t>", "<x:t>").replace("<sheetData", "<x:sheetData")
        .replace("<worksheet", "<x:worksheet")
    )  # fmt: skip
    for markup in (worksheet(plain), prefixed):
        path = package(tmp_path / "a.xlsx", markup, shared=strings("<t>姓名</t>"), strict=strict)
        assert cells(both(path)) == {(1, 0): (K.TEXT, "姓名"), (1, 1): (K.TEXT, "甲")}


@pytest.mark.parametrize(
    "rows",
    [
        '<row><c t="inlineStr"><is><t>甲</t></is></c><c><v>2</v></c></row>',
        '<row r="1"> <c r="A1" t="inlineStr"> <is><t>甲</t></is></c>\n<c r="B1"><v>2</v></c></row>',
        '<row r="1"><!-- c --><c r="A1" t="inlineStr"><is><t><![CDATA[甲]]></t></is></c><c r="B1"><v>2</v></c></row>',
        "<row r='1'><c r='A1' t='inlineStr'><is><t>甲</t></is></c><c r='B1'><v>2</v></c></row>",
        '<row r="1"><c s="0" t="inlineStr" r="A1"><is><t>甲</t></is></c><c r="B1" cm="1"><v>2</v></c></row>',
        '<row r="1"><c r="a1" t="inlineStr"><is><t>甲</t></is></c><c r="b1"><v >2</v></c></row>',
        '<row r="1"><c r="B1"><v>2</v></c><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>',
    ],
)
def test_unusual_markup(tmp_path: Path, rows: str) -> None:
    assert one(tmp_path, rows) == {(1, 0): (K.TEXT, "甲"), (1, 1): (K.NUMBER, "2")}


def test_other_encodings(tmp_path: Path) -> None:
    markup = worksheet('<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>')
    path = package(
        tmp_path / "a.xlsx", "",
        extra={"xl/worksheets/sheet1.xml": markup.replace("UTF-8", "UTF-16").encode("utf-16")},
    )  # fmt: skip
    assert cells(both(path)) == {(1, 0): (K.TEXT, "甲")}


def test_rows_out_of_order_and_cells_given_twice(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        '<row r="9"><c r="A9"><v>9</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>',
    )
    assert found == {(2, 0): (K.NUMBER, "2"), (9, 0): (K.NUMBER, "9")}


def test_rows_out_of_order_over_batches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{r}"><c r="A{r}"><v>{r}</v></c></row>' for r in [*range(500, 900), *range(1, 500)]
    )
    path = package(tmp_path / "a.xlsx", worksheet(rows))
    import lbt_audit.intake.readers.xlsx.sheet as module

    monkeypatch.setattr(module, "CHUNK", 2000)
    monkeypatch.setattr(Collector.__init__, "__defaults__", (None, 100))
    assert [t for _, t in cells(both(path)).values()] == [str(r) for r in range(1, 900)]


def test_impossible_addresses_are_counted(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZ99999999"><v>1</v></c><c r="XFE1"><v>1</v></c>'
        '<c r="A1048577"><v>1</v></c><c r="A0"><v>1</v></c><c r="B1" t="s"><v>77</v></c><c r="C1" t="s"><v>x</v></c></row>'
    )
    path = package(tmp_path / "a.xlsx", worksheet(rows), shared=strings("<t>a</t>"))
    assert cells(both(path)) == {(1, 0): (K.NUMBER, "1")}
    assert [(n.topic, n.detail["count"]) for n in read_one(path).notes] == [
        ("bad_references", "4"),
        ("bad_strings", "2"),
    ]


def test_corners_of_the_largest_sheet(tmp_path: Path) -> None:
    found = one(
        tmp_path,
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        head='<dimension ref="A1:B2"/>',
    )
    assert found == {(1, 0): (K.NUMBER, "1"), (1048576, 16383): (K.NUMBER, "2")}


def test_a_sheet_too_large_is_refused_by_its_real_extent(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{r}"><c r="XFD{r}"><v>2</v></c></row>' for r in range(1, 200))
    path = package(tmp_path / "a.xlsx", worksheet(rows))
    result = read_one(path, Limits(cells=1_000_000))
    assert (result.reason, result.detail["rows"]) == ("too_many_cells", "199")
    assert read_one(path).reason is None


def test_wide_sheet_and_formatted_blanks(tmp_path: Path) -> None:
    from lbt_audit.model.location import column_letter

    row = "".join(f'<c r="{column_letter(c)}1"><v>{c}</v></c>' for c in range(16384))
    blanks = '<row r="2">' + "".join(f'<c r="{column_letter(c)}2" s="0"/>' for c in range(16384)) + "</row>"
    grid = both(package(tmp_path / "a.xlsx", worksheet(f'<row r="1">{row}</row>{blanks}')))
    assert grid.shape == (1, 16384)
    assert grid.text[16383].to_pylist() == ["16383"]


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_document_types_are_refused(tmp_path: Path, part: str) -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst><si><t>&e;</t></si></sst>'
    path = package(tmp_path / "a.xlsx", worksheet(""), shared=strings(), style=styles(), extra={part: evil})
    assert read_one(path).reason == "doctype"


@pytest.mark.parametrize("thorough", [False, True])
def test_a_part_cut_short_is_damage(tmp_path: Path, thorough: bool) -> None:
    whole = worksheet("".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in range(1, 99)))
    path = package(tmp_path / "a.xlsx", whole[:-60])
    with Package(path, Limits()) as opened, pytest.raises(RefusedError, match="damaged"):
        read_ooxml(opened, Limits(), thorough=thorough)


def test_no_bytes_that_are_no_text(tmp_path: Path) -> None:
    markup = (
        worksheet('<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>')
        .encode()
        .replace("甲".encode(), b"\xff\xfe")
    )
    path = package(tmp_path / "a.xlsx", "", extra={"xl/worksheets/sheet1.xml": markup})
    assert read_one(path).reason == "damaged"


def test_leading_int() -> None:
    texts = ["0", "7", "42", "1048576", "12345678", "999999999", "x", "", "1x2", "12/", "3:"]
    data = b"".join(t.encode().ljust(16, b"<") for t in texts) + bytes(PADDING)
    words = word_view(np.frombuffer(data, np.uint8))
    number, digits = leading_int(words[np.arange(len(texts)) * 16])
    assert list(zip(number.tolist(), digits.tolist(), strict=True)) == [
        (0, 1), (7, 1), (42, 2), (1048576, 7), (12345678, 8), (99999999, 8), (0, 0), (0, 0), (1, 1), (12, 2), (3, 1),
    ]  # fmt: skip


@given(st.integers(0, 99_999_999), st.binary(max_size=9).filter(lambda b: not b[:1].isdigit()))
def test_leading_int_of_anything(number: int, tail: bytes) -> None:
    data = str(number).encode() + tail + b"<" + bytes(PADDING)
    got, digits = leading_int(word_view(np.frombuffer(data, np.uint8))[:1])
    assert (got[0], digits[0]) == (number, len(str(number)))


_TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8) | st.sampled_from(
    ["_x0041_", "_x_", "&", "<", '"', "#REF!", " ", "　", "甲\n乙", "]]>"]
)
_CELL = st.one_of(
    st.tuples(st.just("s"), st.integers(0, 6).map(str)),
    st.tuples(st.sampled_from(["", "n"]), st.sampled_from(["1", "-2.5", "42075", "1E+300", "007", ""])),
    st.tuples(st.sampled_from(["str", "inlineStr"]), _TEXT),
    st.tuples(st.just("b"), st.sampled_from(["0", "1"])),
    st.tuples(st.just("e"), st.sampled_from(["#N/A", "#SPILL!", ""])),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_both_ways_agree_on_any_sheet(tmp_path: Path, data: st.DataObject) -> None:
    from xml.sax.saxutils import escape

    from lbt_audit.model.location import column_letter

    rows = []
    for r in sorted(data.draw(st.sets(st.integers(1, 60), max_size=6))):
        row = []
        for c in sorted(data.draw(st.sets(st.integers(0, 30), max_size=6))):
            kind, value = data.draw(_CELL)
            style = data.draw(st.sampled_from(["", ' s="1"', ' s="2"', ' s="9"']))
            formula = data.draw(st.sampled_from(["", "", "", "<f>A1&gt;2</f>", "<f/>"]))
            body = formula + (f"<v>{escape(value)}</v>" if data.draw(st.integers(0, 5)) else "")
            if kind == "inlineStr":
                space = ' xml:space="preserve"' if value != value.strip() else ""
                body = f"<is><t{space}>{escape(value)}</t></is>"
            type_ = f' t="{kind}"' if kind else ""
            extra = data.draw(st.sampled_from(["", "", "", ' cm="1"', ' ph="1"']))
            row.append(f'<c r="{column_letter(c)}{r}"{style}{type_}{extra}>{body}</c>')
        hidden = data.draw(st.sampled_from(["", ' hidden="1"']))
        rows.append(f'<row r="{r}"{hidden}>{"".join(row)}</row>')
    entries = [f'<t xml:space="preserve">{escape(t)}</t>' for t in data.draw(st.lists(_TEXT, max_size=5))]
    both(
        package(
            tmp_path / "a.xlsx", worksheet("".join(rows)), shared=strings(*entries), style=styles("14", "000")
        )
    )


@pytest.mark.parametrize("other", [' t="s"><f>A1</f>', ' t="s" ph="1">', " t='s'>", ' t = "s">'])
def test_sheets_printed_alike_whose_texts_are_referred_to_otherwise(tmp_path: Path, other: str) -> None:
    rows = f'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"{other}<v>1</v></c></row>'
    for word in ("甲", "乙"):
        shared = strings("<t>名</t>", f"<t>{word}</t>")
        grid = both(package(tmp_path / "a.xlsx", worksheet(rows), shared=shared, style=styles("14")))
        assert cells(grid)[1, 1] == (CellKind.TEXT, word)


@given(st.text(max_size=20))
def test_escapes_never_fail(text: str) -> None:
    unescape_text(text).encode("utf-8", "surrogatepass")
    assert unescape_text("_x5F20__xD842__xDFB7_") == "张𠮷"


def test_collector_with_nothing() -> None:
    grid = Collector(SheetInfo("空"), 10).grid()
    assert grid.shape == (0, 0)
    assert grid.kinds.shape == (0, 0)
