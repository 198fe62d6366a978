"""What a file is, whatever its name says."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
import xlwt
from tests.intake.packages import cells, package, read_one, worksheet

from lbt_audit.intake.reasons import FORMAT_NAMES, IGNORED, NOTES, REASONS, note_text, reason_text

ROW = worksheet('<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>')


def _xlsx(path: Path, **options: object) -> Path:
    return package(path, ROW, **options)  # type: ignore[arg-type]


def _xls(path: Path) -> Path:
    book = xlwt.Workbook()
    book.add_sheet("甲").write(0, 0, "姓名")
    book.save(str(path))
    return path


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.et.xlsm", "a.docx"])
def test_a_workbook_under_another_name_is_read_and_noted(tmp_path: Path, name: str) -> None:
    result = read_one(_xlsx(tmp_path / name))
    assert result.format == "xlsx"
    assert result.status == "read"
    (note,) = result.notes
    assert note.topic == "extension_mismatch"
    assert note.detail == {"extension": "." + name.rpartition(".")[2], "format": FORMAT_NAMES["xlsx"]}


def test_right_names_are_not_noted(tmp_path: Path) -> None:
    assert read_one(_xlsx(tmp_path / "a.XLSX")).notes == ()
    assert read_one(_xlsx(tmp_path / "noname")).notes == ()
    for name in ("a.xls", "a.et"):
        assert read_one(_xls(tmp_path / name)).notes == ()
    for name in ("a.csv", "a.txt"):
        (tmp_path / name).write_text("姓名,性别\n甲,男\n", encoding="utf-8")
        assert read_one(tmp_path / name).notes == ()


def test_old_workbook_named_xlsx(tmp_path: Path) -> None:
    result = read_one(_xls(tmp_path / "a.xlsx"))
    assert (result.format, [n.topic for n in result.notes]) == ("xls", ["extension_mismatch"])


def test_text_renamed_xlsx_is_read_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes("姓名,性别\n甲,男\n".encode("gbk"))
    result = read_one(tmp_path / "a.xlsx")
    assert (result.format, result.grids[0].shape) == ("text", (2, 2))
    assert [n.topic for n in result.notes] == ["extension_mismatch"]


def test_macros_are_noted(tmp_path: Path) -> None:
    result = read_one(_xlsx(tmp_path / "a.xlsm", macro=True))
    assert (result.format, [n.topic for n in result.notes]) == ("xlsm", ["macros"])


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.csv", b"\xef\xbb\xbf \r\n", "empty"),
        ("a.pdf", b"%PDF-1.7\n...", "pdf"),
        ("a.xlsx", b"%PDF-1.7\n...", "pdf"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(50), "image"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image"),
        ("a.rar", b"Rar!\x1a\x07\x00", "archive"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\x00", "archive"),
        ("a.rtf", b"{\\rtf1 }", "word"),
        ("a.dbf", b"\x03", "database"),
        (
            "a.xls",
            b"\x30\x19\x0a\x1f" + bytes(4) + b"\x48\x01" + bytes(54) + b"\x0d" + bytes(300),
            "database",
        ),
        ("a.mdb", b"\x00\x01\x00\x00Standard Jet DB\x00" + bytes(100), "database"),
        ("a.bin", b"\x00\x01\x00\x00Standard ACE DB\x00" + bytes(100), "database"),
        ("a.numbers", b"PK\x03\x04" + bytes(100), "unsupported"),
        ("Thumbs.db", b"SQLite format 3\x00" + bytes(100), "not_a_spreadsheet"),
        ("report.json", b'{"schema_version": 1, "tool": {"name": "lbt-audit"}}', "own_document"),
        (
            "审计报告.html",
            b'<!doctype html>\n<meta name="generator" content="lbt-audit 0.1.0">\n<table><tr><td>a</td></tr></table>',
            "own_document",
        ),
        ("setup.exe", b"MZ" + bytes(100), "not_a_spreadsheet"),
        ("a.xls", b"MZ" + bytes(100), "not_text"),
        ("readme.txt", "请各乡镇于月底前报送。\n".encode(), "not_a_spreadsheet"),
        ("lbt-audit.toml", b"[county]\nname = 'x, y'\n", "not_a_spreadsheet"),
        ("a.csv", bytes(range(256)) * 4, "not_text"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    result = read_one(tmp_path / name)
    assert result.reason == reason
    assert len(result.sha256) == 64
    assert result.status == ("ignored" if reason in IGNORED else "unreadable")


def test_archives_documents_and_presentations(tmp_path: Path) -> None:
    def made(name: str, *entries: str, mime: str = "") -> str | None:
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            if mime:
                archive.writestr("mimetype", mime)
            for entry in entries:
                archive.writestr(entry, "x")
        return read_one(tmp_path / name).reason

    assert made("a.zip", "白石镇.xlsx", "b.xls") == "archive"
    assert made("a.xlsx", "白石镇.xls") == "archive"
    assert made("a.docx", "word/document.xml") == "word"
    assert made("a.pptx", "ppt/presentation.xml") == "presentation"
    assert made("a.odt", mime="application/vnd.oasis.opendocument.text") == "word"


def test_truncated_workbook(tmp_path: Path) -> None:
    path = _xlsx(tmp_path / "a.xlsx")
    whole = path.read_bytes()
    for size in (10, 100, len(whole) // 2, len(whole) - 5):
        path.write_bytes(whole[:size])
        assert read_one(path).reason == "damaged", size


def test_missing_and_moved(tmp_path: Path) -> None:
    assert read_one(tmp_path / "gone.xlsx").reason == "missing"


def _encrypted(path: Path, password: str) -> Path:
    from msoffcrypto.format.ooxml import OOXMLFile

    with path.open("rb") as source:
        out = io.BytesIO()
        OOXMLFile(source).encrypt(password, out)
    path.write_bytes(out.getvalue())
    return path


def test_a_password_is_told_and_excels_own_is_opened(tmp_path: Path) -> None:
    large = {
        "docProps/thumbnail.jpeg": random.Random(1).randbytes(9000)
    }  # the encrypting library needs > 4 KB
    closed = _encrypted(_xlsx(tmp_path / "a.xlsx", extra=large), "520")
    assert read_one(closed).reason == "encrypted"
    opened = read_one(_encrypted(_xlsx(tmp_path / "b.xlsx", extra=large), "VelvetSweatshop"))
    assert [n.topic for n in opened.notes] == ["default_password"]
    assert list(cells(opened.grids[0]).values()) == [(1, "姓名")]


def test_xor_obfuscated_old_workbook_is_encrypted(tmp_path: Path) -> None:
    path = _xls(tmp_path / "a.xls")
    raw = path.read_bytes()
    at = raw.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")  # BOF of the workbook
    # What follows the BOF becomes a FILEPASS record of the XOR kind; its key is nobody's.
    changed = bytearray(raw)
    changed[at + 20 : at + 30] = b"\x2f\x00\x06\x00\x00\x00\x12\x34\x56\x78"
    path.write_bytes(bytes(changed))
    assert read_one(path).reason == "encrypted"


def test_every_reason_and_note_has_words_in_both_languages() -> None:
    for texts in (REASONS, NOTES):
        for text in texts.values():
            assert text.zh and text.en
    assert "12" in reason_text("timeout", {"seconds": "12"})["zh"]
    assert "?" in reason_text("timeout")["en"]
    assert reason_text("unheard_of")["zh"] == "unheard_of"
    assert "“{" not in note_text("padded_numbers", {"column": "C"})["zh"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.slk", "ID;PCALCOOO32\nC;X1;Y1;K1\n"),
        ("a.dif", "TABLE\r\n0,1\r\n"),
        ("a.xls", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n"),
    ],
)  # fmt: skip
def test_tables_of_kinds_that_are_not_read(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_one(tmp_path / name).reason == "unsupported"


@pytest.mark.parametrize(
    ("name", "reason"), [("a.xls", "damaged"), ("a.xml", "not_a_spreadsheet"), ("a.txt", "not_a_spreadsheet")]
)
def test_text_that_is_no_table(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / name).write_text("<a><b/></a>\n明天开会\n", encoding="utf-8")
    assert read_one(tmp_path / name).reason == reason


IDS = ["529901201503120019", "52990120160408002X", "529901201711230035", "529901201801010042"]


@pytest.mark.parametrize("name", ["儿童.json", "儿童.txt", "儿童.xml", "儿童.xls", "儿童.html"])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_a_text_with_many_id_numbers_is_never_passed_over(tmp_path: Path, name: str, encoding: str) -> None:
    text = "关于农村留守儿童有关情况的记录\n" * 400 + "\n".join(
        f"儿童{i}号 {number}" for i, number in enumerate(IDS)
    )
    (tmp_path / name).write_bytes(text.encode(encoding))
    result = read_one(tmp_path / name)
    assert (result.reason, result.status, result.detail) == ("text_list", "unreadable", {"count": "4"})


def test_two_numbers_in_a_letter_are_no_list(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"请核实 {IDS[0]} 与 {IDS[1]} 两人的情况。\n", encoding="utf-8")
    assert read_one(tmp_path / "a.txt").reason == "not_a_spreadsheet"


def test_a_word_document_that_holds_a_list(tmp_path: Path) -> None:
    def word(name: str, numbers: list[str]) -> tuple[str | None, dict[str, str]]:
        runs = "".join(
            f"<w:p><w:r><w:t>{n[:6]}</w:t></w:r><w:r><w:t>{n[6:]}</w:t></w:r></w:p>" for n in numbers
        )
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("word/document.xml", f"<w:document>{runs}</w:document>")
        result = read_one(tmp_path / name)
        return result.reason, dict(result.detail)

    assert word("a.docx", IDS) == ("word_list", {"count": "4"})
    assert word("b.docx", IDS[:1]) == ("word", {})


def test_fixed_layout_documents(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.ofd", "w") as archive:
        archive.writestr("OFD.xml", "<ofd:OFD/>")
    assert read_one(tmp_path / "a.ofd").reason == "ofd"


def test_nul_bytes_do_not_hide_a_table_nor_make_one(tmp_path: Path) -> None:
    table = "姓名,性别,身份证号\n杨晓峰,男,529901201503120019\n".encode("gbk")
    for name, data in {
        "a.csv": table + bytes(4096),
        "b.txt": table.replace(b",", b"\0,"),
        "c.csv": table + b"\x1a",
    }.items():
        (tmp_path / name).write_bytes(data)
        assert (read_one(tmp_path / name).format, read_one(tmp_path / name).reason) == ("text", None)
    (tmp_path / "d.csv").write_bytes(bytes(5000))
    assert read_one(tmp_path / "d.csv").reason == "not_text"


def test_our_own_workbook_is_known_until_somebody_saves_it(tmp_path: Path) -> None:
    core = {"docProps/core.xml": b"<cp:coreProperties><dc:creator>lbt-audit</dc:creator></cp:coreProperties>"}
    saved = core | {"docProps/app.xml": b"<Properties/>"}
    assert [n.topic for n in read_one(_xlsx(tmp_path / "a.xlsx", extra=core)).notes] == ["own_document"]
    assert read_one(_xlsx(tmp_path / "b.xlsx", extra=saved)).notes == ()
