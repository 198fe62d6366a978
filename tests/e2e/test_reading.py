"""Files as people hand them in, through the whole command."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from tests.e2e.desk import HEADERS, TITLE, UNIT, Desk, check, children, register, report_of
from tests.intake.packages import package, worksheet
from tests.intake.readers import biff5


def rules(desk: Desk) -> set[str]:
    return {issue["rule"] for issue in desk.report["issues"]}


def statuses(desk: Desk) -> dict[str, tuple[str, str | None]]:
    return {i["path"]: (i["status"], i["reason"]) for i in desk.report["inputs"]}


def test_formulas_nobody_computed_are_unknown_and_not_blank(tmp_path: Path) -> None:
    born = HEADERS.index("出生日期")

    def cell(column: int, row: int, text: str, formula: bool) -> str:
        place = f"{chr(65 + column)}{row}"
        if formula:
            return f'<c r="{place}"><f>DATE(2015,3,{row})</f></c>'
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'

    lines = [[TITLE], [UNIT], HEADERS, *children(12)]
    rows = "".join(
        f'<row r="{r}">{"".join(cell(c, r, t, r > 3 and c == born) for c, t in enumerate(line))}</row>'
        for r, line in enumerate(lines, 1)
    )
    package(tmp_path / "花名册.xlsx", worksheet(rows))
    desk = report_of(tmp_path)
    assert "A11" in rules(desk)
    assert not rules(desk) & {"B01", "B02", "B03", "B11", "C06", "C07"}
    (a11,) = [i for i in desk.report["issues"] if i["rule"] == "A11"]
    assert {(p["row"], p["column"]) for p in a11["locations"]} == {(r, "G") for r in range(4, 16)}


def test_a_letter_beside_the_registers_is_ignored_and_a_register_in_word_is_not(tmp_path: Path) -> None:
    (tmp_path / "白石镇").mkdir()
    register(tmp_path / "白石镇/花名册.csv")
    for name in ("情况说明.doc", "扫描件.pdf", "村级台账.pdf", "登记表照片.jpg"):
        mark = (
            b"\xff\xd8\xff\xe0"
            if name.endswith("jpg")
            else b"%PDF-1.7"
            if name.endswith("pdf")
            else b"{\\rtf1 }"
        )
        (tmp_path / "白石镇" / name).write_bytes(mark + bytes(20))
    desk = report_of(tmp_path)
    found = {path.rpartition("/")[2]: status for path, (status, _) in statuses(desk).items()}
    assert found == {
        "花名册.csv": "audited",
        "情况说明.doc": "ignored",
        "扫描件.pdf": "ignored",
        "村级台账.pdf": "unreadable",
        "登记表照片.jpg": "unreadable",
    }
    told = {
        p["path"].rpartition("/")[2]
        for i in desk.report["issues"]
        if i["rule"] == "A06"
        for p in i["locations"]
    }
    assert told == {"村级台账.pdf", "登记表照片.jpg"}


@pytest.mark.parametrize("name", ["儿童.dbf", "儿童.zip", "儿童.rar", "儿童.7z", "儿童.mdb"])
def test_what_cannot_be_read_is_told_with_what_to_do(tmp_path: Path, name: str) -> None:
    register(tmp_path / "花名册.csv")
    marks = {"zip": b"PK\x05\x06" + bytes(18), "rar": b"Rar!\x1a\x07\x00", "7z": b"7z\xbc\xaf\x27\x1c"}
    (tmp_path / name).write_bytes(marks.get(name.rpartition(".")[2], b"\x03\x7a\x0a\x1f") + bytes(40))
    desk = report_of(tmp_path)
    (issue,) = [i for i in desk.report["issues"] if i["rule"] == "A06"]
    assert name in issue["message"]
    assert ("解压" if name.rpartition(".")[2] in marks else "另存为") in issue["message"]


def test_a_kind_that_was_given_is_not_asked_for_again(tmp_path: Path) -> None:
    (tmp_path / "价目.csv").write_text("品名,单价\n大米,3.2\n面,2.1\n", encoding="utf-8")
    desk = report_of(tmp_path, "--kind", "价目.csv=roster")
    status, reason = statuses(desk)["价目.csv"]
    assert status == "ignored" and reason is not None
    assert "--kind" not in reason and "表类" in reason


def test_documents_of_an_earlier_audit_elsewhere_are_known(tmp_path: Path) -> None:
    register(tmp_path / "花名册.csv")
    before = rules(report_of(tmp_path))
    check(tmp_path, "--out", tmp_path / "九月核查")
    desk = report_of(tmp_path, "--out", tmp_path / "十月核查")
    assert rules(desk) == before
    own = {p: s for p, s in statuses(desk).items() if p.startswith("九月核查")}
    assert len(own) >= 2
    assert {status for status, _ in own.values()} == {"ignored"}
    assert all("本工具" in (reason or "") for _, reason in own.values())


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_leads_out_is_told(tmp_path: Path) -> None:
    county = tmp_path / "县"
    for folder in (county, tmp_path / "别处"):
        folder.mkdir()
        register(folder / "花名册.csv")
    (county / "清水乡").symlink_to(tmp_path / "别处", target_is_directory=True)
    desk = report_of(county)
    assert statuses(desk)["清水乡"][0] == "unreadable"
    assert [i for i in desk.report["issues"] if i["rule"] == "A06" and "链接" in i["message"]]


@pytest.mark.parametrize(
    ("mark", "encoding", "rest"),
    [
        (b"\xef\xbb\xbf", "gbk", b""),
        (b"", "utf-32", b""),
        (b"", "utf-16-le", b""),
        (b"", "gbk", b"\x1a" + bytes(4096)),
        (b"", "utf-8", "韦".encode()[:2]),
    ],
)
def test_text_in_any_coat_is_the_same_register(
    tmp_path: Path, mark: bytes, encoding: str, rest: bytes
) -> None:
    plain = register(tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    expected = report_of(tmp_path / "a.csv").of("a.csv")["sheets"]
    (tmp_path / "b.csv").write_bytes(mark + plain.encode(encoding) + rest)
    assert report_of(tmp_path / "b.csv").of("b.csv")["sheets"] == expected


def test_an_old_workbook_without_a_code_page(tmp_path: Path) -> None:
    lines = [[TITLE], [UNIT], list(HEADERS), *children(8)]
    (tmp_path / "花名册.xls").write_bytes(biff5.book(lines, "gbk", None))
    (sheet,) = report_of(tmp_path).of("花名册.xls")["sheets"]
    assert (sheet["kind"], sheet["rows"], sheet["unmapped"]) == ("roster", 8, [])
