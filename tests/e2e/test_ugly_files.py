"""Files no one should hand in, each through the real command: told, never fatal, never altered."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from tests.e2e.desk import HEADERS, TITLE, book, check, children, hashes, register, report_of


def test_a_folder_of_damage_is_told_file_by_file(tmp_path: Path) -> None:
    good = book(tmp_path / "好.xlsx", {"花名册": [[TITLE], HEADERS, *children(30)]}).read_bytes()
    for cut in (0, 3, 30, len(good) // 2, len(good) - 10):
        (tmp_path / f"截断{cut}.xlsx").write_bytes(good[:cut])
    (tmp_path / "改名.csv").write_bytes(good)
    (tmp_path / "文字.xls").write_text("明天开会，请准时参加。\n", encoding="utf-8")
    (tmp_path / "宽.csv").write_text(",".join("x" * 20_000) + "\n", encoding="utf-8")
    before = hashes(tmp_path)
    said = report_of(tmp_path)
    assert said.code == 1 and hashes(tmp_path) == before
    told = {i["path"]: (i["status"], i["reason"]) for i in said.report["inputs"]}
    assert told["好.xlsx"] == ("audited", None) and told["改名.csv"] == ("audited", None)
    unreadable = {path for path, (status, _) in told.items() if status == "unreadable"}
    assert unreadable == told.keys() - {"好.xlsx", "改名.csv"}
    assert "空的" in str(told["截断0.xlsx"][1]) and "20000 列" in str(told["宽.csv"][1])
    found = {i["locations"][0]["path"] for i in said.report["issues"] if i["rule"] == "A06"}
    assert found == unreadable | {"改名.csv"}


def test_a_web_export_cut_in_transfer_is_told(tmp_path: Path) -> None:
    rows = [[TITLE], HEADERS, *children(40)]
    page = "<table>" + "".join(f"<tr>{''.join(f'<td>{v}</td>' for v in row)}</tr>" for row in rows)
    (tmp_path / "断.xls").write_text(page[:-3000], encoding="utf-8")
    (tmp_path / "全.xls").write_text(page + "</table>", encoding="utf-8")
    told = [i for i in report_of(tmp_path, "--select", "A06").report["issues"] if "没有结尾" in i["message"]]
    assert [i["locations"][0]["path"] for i in told] == ["断.xls"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with pipes")
def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.csv")
    (tmp_path / "断链.xlsx").symlink_to("没有.xlsx")
    (tmp_path / "零.csv").symlink_to("/dev/zero")
    (tmp_path / "圈").symlink_to(".", target_is_directory=True)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.xls"))
    (tmp_path / "夹.xlsx").mkdir()
    register(tmp_path / "夹.xlsx" / "名册.csv")
    told = {i["path"]: i["status"] for i in report_of(tmp_path).report["inputs"]}
    assert told.pop("夹.xlsx/名册.csv") == "audited"
    assert told == dict.fromkeys(["管道.csv", "断链.xlsx", "零.csv", "s.xls"], "unreadable")
    assert "不是普通文件" in check(tmp_path / "管道.csv", "--no-documents").out


def test_a_folder_that_does_not_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lbt_audit.intake.files.find import find_files
    from lbt_audit.intake.files.limits import Limits
    from lbt_audit.intake.readers.file import read_file

    closed = tmp_path / "白石镇"
    closed.mkdir()
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    (found,) = find_files([tmp_path])
    assert found.relative == "白石镇" and read_file(found, Limits()).reason == "folder_closed"


NAMES = ["a b.csv", "引'号\".csv", "😀.csv", "-rf.csv", "=cmd|' 'A1.csv", "[red]x.csv", "%s{0}.csv", "换\n行.csv",
         "\x1b[31m红.csv", "\u202evsc.csv", "\u200b宽.csv", "长" * 80 + ".csv", "#?&.csv", "<b>.csv"]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("form", ["text", "concise", "json", "jsonl", "junit", "sarif", "github", "markdown"])
def test_names_and_cells_play_no_tricks_on_the_screen(tmp_path: Path, form: str) -> None:
    rows = children(len(NAMES))
    for number, name in enumerate(NAMES):
        cell = "\x1b[2J\u202e\x9b31m\u2066=1+1\ufeff"
        register(tmp_path / name, [[*rows[number][:3], cell, *rows[number][4:]]])
    said = check(tmp_path, "--no-documents", "--mask", "none", "--yes", "--format", form)
    assert said.code == 1 and "rf.csv" in said.out
