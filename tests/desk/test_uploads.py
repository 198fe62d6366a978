"""What is dropped: how much, under which names, in whose place; nothing leaves the private folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.desk.conftest import put

from lbt_audit.desk.sessions.session import Session
from lbt_audit.desk.uploads.limits import UploadLimits
from lbt_audit.desk.uploads.names import replaced_by, shelved


@pytest.mark.parametrize(
    ("dropped", "kept"),
    [
        ("花名册.xlsx", "花名册.xlsx"),
        ("白石镇/台账 (2).xlsx", "白石镇/台账 (2).xlsx"),
        ("../../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\Windows\\win.ini", "Windows/win.ini"),
        ("C:\\花名册.xlsx", "C_/花名册.xlsx"),
        ("a/./b//c.csv", "a/b/c.csv"),
        ("nul.xlsx", "_nul.xlsx"),
        ("a\x00b\n.xlsx", "a_b_.xlsx"),
        ("<img src=x onerror=alert(1)>.xlsx", "_img src=x onerror=alert(1)_.xlsx"),
        ("x" * 500 + ".csv", None),
        ("\u202exslx.exe", "_xslx.exe"),
        ("a/" * 50 + "b.csv", "a/a/a/a/a/a/a/b.csv"),
    ],
)
def test_names(clerk: TestClient, session: Session, temporary: Path, dropped: str, kept: str | None) -> None:
    told = put(clerk, dropped, b"x")
    if kept is not None:
        assert told["taken"] == kept
    written = [p for p in temporary.rglob("*") if p.is_file() and p.name != ".in-use"]
    assert [p.read_bytes() for p in written] == [b"x"]
    assert session.shelf.folder in written[0].resolve().parents
    assert "<img" not in clerk.get("view/files").text


@pytest.mark.parametrize(
    "name", ["~$花名册.xlsx", ".DS_Store", "Thumbs.db", "__MACOSX/a.xlsx", "a/.git/config", "..", ""]
)
def test_what_nobody_meant_to_hand_in_is_passed_over(clerk: TestClient, session: Session, name: str) -> None:
    assert put(clerk, name, b"x") == {"passed_over": True}
    assert not session.shelf.files and shelved(name) is None


def test_limits_are_told_with_the_name(clerk: TestClient, session: Session) -> None:
    session.shelf.limits = UploadLimits(file=10, files=3, total=25)
    assert "大.csv：文件过大" in str(put(clerk, "大.csv", b"x" * 11)["refused"])

    def unannounced() -> object:
        yield from [b"x" * 6] * 5

    answer = clerk.post("files", params={"path": "流.csv"}, content=unannounced())
    assert answer.status_code == 413 and "流.csv：文件过大" in answer.json()["refused"]
    for number in range(2):
        assert put(clerk, f"{number}.csv", b"x" * 10)["taken"]
    assert "总.csv：全部文件合计超过" in str(put(clerk, "总.csv", b"x" * 6)["refused"])
    assert put(clerk, "2.csv", b"x")["taken"]
    assert "3.csv：已有 3 个文件，放满了" in str(put(clerk, "3.csv", b"x")["refused"])
    assert put(clerk, "2.csv", b"y")["taken"] == "2.csv", "one that takes the place of another has room"
    assert not list(session.shelf.incoming.iterdir()), "nothing half arrived is kept"
    assert session.shelf.limits.file == 10 and len(session.shelf.files) == 3


def test_a_file_of_50_mb_is_refused_before_it_arrives(clerk: TestClient, session: Session) -> None:
    answer = clerk.post(
        "files", params={"path": "花名册.xlsx"}, content=b"", headers={"content-length": str(50 << 20)}
    )
    assert answer.status_code == 413
    assert answer.json()["refused"].startswith(
        "花名册.xlsx：文件过大（50 MB），每个文件最多 32 MB，没有收下；请按乡镇或学校拆分"
    )
    assert not session.shelf.files


@pytest.mark.parametrize(
    ("dropped", "present", "replaced"),
    [
        ("花名册.xlsx", ["花名册.xlsx"], "花名册.xlsx"),
        ("花名册.XLSX", ["花名册.xlsx"], "花名册.xlsx"),
        ("花名册-批注.xlsx", ["花名册.xlsx"], "花名册.xlsx"),
        ("花名册-批注 (1).xlsx", ["花名册.xlsx"], "花名册.xlsx"),
        ("花名册-修复.xlsx", ["花名册.xls"], "花名册.xls"),
        ("roster-annotated(2).xlsx", ["roster.csv"], "roster.csv"),
        ("花名册 (1).xlsx", ["花名册.xlsx"], None),  # another register, as in 台账 (2)
        ("花名册.csv", ["花名册.xlsx"], None),
        ("花名册.xlsx", ["白石镇/花名册.xlsx"], "白石镇/花名册.xlsx"),
        ("花名册-批注.xlsx", ["白石镇/花名册.xls"], "白石镇/花名册.xls"),
        ("花名册.xlsx", ["白石镇/花名册.xlsx", "清水乡/花名册.xlsx"], None),
        ("清水乡/花名册.xlsx", ["白石镇/花名册.xlsx"], None),
        ("清水乡/花名册-批注.xlsx", ["白石镇/花名册.xlsx", "清水乡/花名册.xlsx"], "清水乡/花名册.xlsx"),
        ("批注.xlsx", ["花名册.xlsx"], None),
    ],
)
def test_whose_place_a_corrected_file_takes(dropped: str, present: list[str], replaced: str | None) -> None:
    assert replaced_by(dropped, present) == replaced


def test_a_corrected_copy_takes_the_place_of_its_original(clerk: TestClient, session: Session) -> None:
    put(clerk, "白石镇/花名册.xls", b"old")
    assert put(clerk, "花名册-批注.xlsx", b"new") == {
        "taken": "白石镇/花名册.xlsx",
        "replaced": "白石镇/花名册.xls",
    }
    assert [p.name for p in session.shelf.folder.rglob("*") if p.is_file()] == ["花名册.xlsx"]


def test_files_are_removed_one_by_one_and_all_at_once(clerk: TestClient, session: Session) -> None:
    for name in ("a.csv", "b.csv"):
        put(clerk, name, b"x")
    clerk.post("remove", params={"path": "a.csv"})
    clerk.post("remove", params={"path": "../../secret"})
    assert set(session.shelf.files) == {"b.csv"} and "a.csv" not in clerk.get("view/files").text
    clerk.post("clear")
    assert not list(session.shelf.folder.iterdir())


# The county file


def test_a_county_file(clerk: TestClient, session: Session) -> None:
    def say(content: str) -> str:
        return str(
            clerk.post("county", params={"name": "lbt-audit.toml"}, content=content.encode())
            .json()
            .get("refused", "")
        )

    assert say('county = "青禾县"\nas_of = 2026-10-31\n') == ""
    kept = session.settings.county
    assert kept is not None and session.folder in kept.parents and "lbt-audit.toml" in clerk.get("").text
    assert "lbt-audit.toml:1" in say('conty = "青禾县"')
    assert "没有采用" in say("\x00")
    assert session.settings.county == kept, "one that is wrong takes no one's place"
    for named in (
        'units_file = "/etc/passwd"',
        'rules = ["/etc/passwd"]',
        'previous = "/etc"',
        'holidays_file = "x.csv"',
    ):
        assert "引用了别的文件" in say(named)
    clerk.post("settings", json={"county": None})
    assert session.settings.county is None and not kept.exists()


@pytest.mark.parametrize(
    "given",
    ['{"as_of": "1999-12-31"}', '{"as_of": "morgen"}', '{"profile": "none"}', '{"folder": "/"}', "[]", "x"],
)
def test_settings_that_are_none(clerk: TestClient, session: Session, given: str) -> None:
    before = session.settings
    assert clerk.post("settings", content=given).status_code == 400
    assert session.settings == before
