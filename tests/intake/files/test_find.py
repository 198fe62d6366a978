"""Which files are looked at."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from lbt_audit.intake.files.find import MANIFEST, MissingInputError, find_files
from lbt_audit.intake.read import read_files


def _touch(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def _names(*paths: Path, **options: object) -> list[str]:
    return [f.relative for f in find_files(paths, **options)]  # type: ignore[arg-type]


def test_folders_are_walked_and_sorted(tmp_path: Path) -> None:
    _touch(tmp_path, "b.xlsx", "a/c.xls", "a/z.csv", "白石镇/花名册.xls")
    assert _names(tmp_path) == ["a/c.xls", "a/z.csv", "b.xlsx", "白石镇/花名册.xls"]


def test_locks_dot_files_and_the_output_are_left_out(tmp_path: Path) -> None:
    _touch(
        tmp_path,
        "~$a.xlsx",
        ".~a.et",
        ".DS_Store",
        ".git/x",
        "a.xlsx",
        "out/report.json",
        "out/批注/a.xlsx",
        "l.db",
    )
    assert _names(tmp_path, leave_out=[tmp_path / "out", tmp_path / "l.db"]) == ["a.xlsx"]


def test_one_file_is_named_by_its_name(tmp_path: Path) -> None:
    _touch(tmp_path, "x/a.xlsx")
    assert _names(tmp_path / "x" / "a.xlsx") == ["a.xlsx"]


def test_several_paths_are_named_from_what_they_share_and_once(tmp_path: Path) -> None:
    _touch(tmp_path, "x/a.xlsx", "y/a.xlsx")
    assert _names(tmp_path / "x", tmp_path / "y" / "a.xlsx", tmp_path / "x" / "a.xlsx") == [
        "x/a.xlsx",
        "y/a.xlsx",
    ]


def test_a_missing_path_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError) as error:
        find_files([tmp_path / "没有"])
    assert "没有" in error.value.text["zh"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_in_circles_and_into_nothing(tmp_path: Path) -> None:
    _touch(tmp_path, "a/b.xlsx")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.xlsx").symlink_to(tmp_path / "nowhere")
    (tmp_path / "again.xlsx").symlink_to(tmp_path / "a" / "b.xlsx")
    assert _names(tmp_path) == ["again.xlsx", "gone.xlsx"], "the broken link is told, the file once"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_folder_link_that_leads_out_is_told_and_not_followed(tmp_path: Path) -> None:
    _touch(tmp_path, "县/白石镇/a.xlsx", "别处/b.xlsx", "县里/c.xlsx")
    county = tmp_path / "县"
    (county / "清水乡").symlink_to(tmp_path / "别处", target_is_directory=True)
    (county / "近").symlink_to(tmp_path / "县里", target_is_directory=True)
    (county / "上级").symlink_to(tmp_path, target_is_directory=True)
    (county / "同").symlink_to(county / "白石镇", target_is_directory=True)
    found = {f.relative: f.reason for f in find_files([county])}
    assert found.pop("上级") == found.pop("清水乡") == found.pop("近") == "link_out"
    assert list(found.values()) == [None]
    both = {f.relative: f.reason for f in find_files([county, tmp_path / "别处"])}
    assert both["县/清水乡/b.xlsx"] is None, "what is asked for by itself is not outside"
    results = {r.file.relative: r for r in read_files(find_files([county]))}
    assert (results["清水乡"].status, results["清水乡"].reason) == ("unreadable", "link_out")


def test_documents_of_an_audit_are_told_and_not_read(tmp_path: Path) -> None:
    _touch(tmp_path, "a.xlsx", "旧/问题清单.xlsx", "旧/责任单位/白石镇/回复表.xlsx", "旧/新来的花名册.xlsx")
    lines = [f"{'0' * 64}  问题清单.xlsx", "-  责任单位/", f"{'0' * 64}  责任单位/白石镇/回复表.xlsx", "x"]
    (tmp_path / "旧" / MANIFEST).write_text("\n".join(lines), encoding="utf-8")
    found = {f.relative: f.reason for f in find_files([tmp_path])}
    assert found == {
        "a.xlsx": None,
        "旧/问题清单.xlsx": "own_document",
        "旧/责任单位/白石镇/回复表.xlsx": "own_document",
        "旧/新来的花名册.xlsx": None,
    }
    assert all(f.reason is None for f in find_files([tmp_path], own_documents=True))
    statuses = {r.file.relative: r.status for r in read_files(find_files([tmp_path]))}
    assert statuses["旧/问题清单.xlsx"] == "ignored"


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes only there")
def test_names_in_gbk_are_shown_as_text(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "花名册.xls".encode("gbk")
    Path(os.fsdecode(raw)).write_text("x")
    (found,) = find_files([tmp_path])
    assert found.relative == "花名册.xls"
    assert found.path.read_text() == "x"
