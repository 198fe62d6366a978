"""Checks on the desk: what they come to, what has changed since the last, and what happens to odd files."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.desk.conftest import checked, ended, put
from tests.e2e.desk import children, register

from lbt_audit.desk.sessions.session import Session


def roster(folder: Path, name: str, rows: list[list[str]]) -> bytes:
    return register(folder / name, rows).read_bytes()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'spreadsheetml.sheet.main+xml"/></Types>',
        )
        archive.writestr("xl/workbook.xml", b" " * (300 << 20))
    return out.getvalue()


def test_odd_files_are_told_of_and_the_others_checked(
    clerk: TestClient, session: Session, tmp_path: Path
) -> None:
    rows = children(8)
    rows[0][9] = "<script>alert(1)</script>"
    put(clerk, "花名册.csv", roster(tmp_path, "a.csv", rows))
    put(clerk, "炸弹.xlsx", bomb())
    put(clerk, "setup.exe", b"MZ\x90\x00" + bytes(range(256)) * 40)
    put(clerk, "空.xlsx", b"")
    put(clerk, "说明.pdf", b"%PDF-1.7\n" + b"x" * 400)
    results = checked(clerk, session)
    files = clerk.get("view/files").text
    for words in ("setup.exe", "不是电子表，未核查", "压缩包内容异常（解压后达", "文件是空的，没有任何内容"):
        assert words in files, words
    assert "另有 2 个文件没能核查" in results
    outcome = session.outcome
    assert outcome is not None and outcome.audited == ("花名册.csv",)
    page = clerk.get(f"check/{outcome.number}/{outcome.page}")
    assert "alert(1)" in page.text and "<script>alert(1)" not in page.text
    assert page.headers["content-type"].startswith("text/html")
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    assert clerk.get("state").json() == {"running": False}


def test_thirty_files_at_once(clerk: TestClient, session: Session, tmp_path: Path) -> None:
    content = roster(tmp_path, "a.csv", children(3))
    for number in range(30):
        assert put(clerk, f"白石镇/{number:02d}村.csv", content)["taken"]
    results = checked(clerk, session)
    assert session.outcome is not None and len(session.outcome.audited) == 30
    assert "（30）" in clerk.get("view/files").text and "处要改" in results
    archive = zipfile.ZipFile(io.BytesIO(clerk.get(f"copies/{session.outcome.number}").content))
    assert min(archive.namelist()) == "白石镇/00村-批注.xlsx" and len(archive.namelist()) == 30


def test_what_is_gone_and_what_is_still_there(clerk: TestClient, session: Session, tmp_path: Path) -> None:
    rows = children(8)
    rows[1][4] = "男女"
    rows[2][7] = "529901201503"
    rows[2][4] = "?"
    put(clerk, "花名册.csv", roster(tmp_path, "a.csv", rows))
    assert "与改正前相比" not in checked(clerk, session)
    right = children(8)
    rows[1][4], rows[2][7], rows[3][8] = right[1][4], right[2][7], "还行"
    put(clerk, "花名册.csv", roster(tmp_path, "a.csv", rows))
    assert "下面是文件更换之前的结果" in clerk.get("view/results").text
    checked(clerk, session)
    changes = session.changes
    assert changes is not None
    gone, new, left = (
        {i.place.rpartition("!")[2] for i in part} for part in (changes.gone, changes.new, changes.left)
    )
    assert {"E5", "H6"} <= gone and new == {"I7"} and {"E6", "I7"} <= left and not gone & left
    shown = clerk.get("view/results").text
    assert f'id="gone">{len(changes.gone)}<' in shown and 'id="new">1<' in shown
    clerk.post("settings", json={"lang": "en", "as_of": "2026-10-31", "profile": "six_month_2024"})
    results = checked(clerk, session)
    assert "Since the files were corrected" in results
    assert "Data as of 2026-10-31" in results and "ix months" in results, "as the side panel wants it"
    again = session.changes
    assert again is not None and len(again.gone) == len(changes.gone), (
        "in another language it is the same comparison"
    )


def test_what_stood_in_a_file_taken_away_is_not_mended(
    clerk: TestClient, session: Session, tmp_path: Path
) -> None:
    for name in ("甲村.csv", "乙村.csv"):
        rows = children(8)
        rows[1][4] = "男女"
        put(clerk, name, roster(tmp_path, "a.csv", rows))
    checked(clerk, session)
    clerk.post("remove", params={"path": "乙村.csv"})
    assert 'id="away"' in checked(clerk, session)
    changes = session.changes
    assert changes is not None and changes.away and all("乙村" in item.place for item in changes.away)
    assert not any("乙村" in item.place for item in changes.gone)


def test_temporary_files_may_lie_deep(tmp_path: Path) -> None:
    """Where a socket's address has no room, processes are started without one."""
    (deep := tmp_path / ("深" * 60)).mkdir()
    program = "from lbt_audit.desk.checks.work import prepared; print(prepared().get_start_method())"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "TMPDIR": str(deep)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "spawn"


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_check_that_dies_leaves_the_desk_alive(clerk: TestClient, session: Session, tmp_path: Path) -> None:
    put(clerk, "花名册.csv", roster(tmp_path, "a.csv", children(8)))
    clerk.post("check")
    work = session.work
    assert work is not None and work.process.pid is not None
    os.kill(work.process.pid, signal.SIGKILL)
    work.ended.wait()
    assert "核查程序中途被系统结束" in clerk.get("view/results").text
    assert "verdict" in checked(clerk, session) and session.outcome is not None


def test_a_check_is_stopped(clerk: TestClient, session: Session, tmp_path: Path) -> None:
    put(clerk, "花名册.csv", roster(tmp_path, "a.csv", children(8)))
    clerk.post("check")
    assert clerk.get("state").json()["running"]
    clerk.post("stop")
    assert clerk.get("state").json() == {"running": False} and session.outcome is None


def test_repairs_are_shown_handed_out_and_used(clerk: TestClient, session: Session, tmp_path: Path) -> None:
    rows = children(8)
    rows[0][6], rows[1][7] = "２０１５．３．１", rows[1][7] + "　"
    put(clerk, "花名册.csv", roster(tmp_path, "a.csv", rows))
    checked(clerk, session)
    clerk.post("repair")
    ended(session)
    shown = clerk.get("view/results").text
    assert "2 个单元格可以修复" in shown and "2015-03-01" in shown and rows[1][7].strip() not in shown
    copy = clerk.get("repaired/花名册.csv")
    assert (
        "filename*=UTF-8''%E8%8A%B1%E5%90%8D%E5%86%8C-%E4%BF%AE%E5%A4%8D.csv"
        in copy.headers["content-disposition"]
    )
    assert "2015-03-01" in copy.content.decode("utf-8-sig")
    assert clerk.get("repaired/花名册-修改清单.xlsx").content.startswith(b"PK")
    assert clerk.get("repaired/../花名册.csv").status_code == 404
    clerk.post("use-repaired")
    assert "2015-03-01" in (session.shelf.folder / "花名册.csv").read_text("utf-8-sig")


def test_documents_are_handed_out_by_their_names_only(
    clerk: TestClient, session: Session, tmp_path: Path
) -> None:
    put(clerk, "花名册.csv", roster(tmp_path, "a.csv", [*children(7), ["x"] * 19]))
    checked(clerk, session)
    outcome = session.outcome
    assert outcome is not None
    for name in outcome.documents:
        assert clerk.get(f"check/{outcome.number}/{name}").status_code == 200
    for name in ("../files/花名册.csv", "%2e%2e/files/花名册.csv", ".lbt-written", "/etc/passwd", ""):
        assert clerk.get(f"check/{outcome.number}/{name}").status_code == 404, name
    assert clerk.get(f"check/{outcome.number + 1}/{outcome.page}").status_code == 404


def test_a_form_of_every_kind_can_be_had(clerk: TestClient) -> None:
    listed = clerk.get("view/forms").text
    assert listed.count("<li>") >= 10 and "花名册" in listed
    form = clerk.get("forms/roster")
    assert form.content.startswith(b"PK") and "attachment" in form.headers["content-disposition"]
    assert clerk.get("forms/nothing").status_code == 404
