"""Documents are written whole or not at all, never over a submitted file."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.reports.factory import make_audit

from lbt_audit.model.text import Text
from lbt_audit.reports.documents import audit_documents, link_base
from lbt_audit.reports.files import write
from lbt_audit.reports.files.write import (
    OutputError,
    replacing,
    write_all,
    write_document,
)


def _hello(out: Any) -> None:
    out.write(b"hello")


def test_new_content_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"
    assert write_document(path, _hello).path == path
    path.write_text("old")
    write_document(path, _hello)
    assert path.read_text() == "hello" and [p.name for p in path.parent.iterdir()] == ["a.txt"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_what_is_written_is_its_owners_alone(tmp_path: Path) -> None:
    write_all(tmp_path / "out", [("a.txt", _hello), ("白石镇/b.txt", _hello)])
    write_document(tmp_path / "new" / "folder" / "c.json", _hello)
    tmp_path.joinpath("old.md").write_text("readable by all")
    write_document(tmp_path / "old.md", _hello)
    modes = {p.relative_to(tmp_path).as_posix(): p.stat().st_mode & 0o777 for p in tmp_path.rglob("*")}
    folders = {"out", "out/白石镇", "new", "new/folder"}
    assert modes == {name: 0o700 if name in folders else 0o600 for name in modes} and len(modes) == 9


def test_temporary_files_of_killed_runs_are_swept(tmp_path: Path) -> None:
    write_all(tmp_path, [("白石镇/b.txt", _hello)])
    left = [tmp_path / ".lbt-1.tmp", tmp_path / "白石镇" / ".lbt-2.tmp"]
    others = [tmp_path / ".lbt-now.tmp", tmp_path / "lbt-1.tmp", tmp_path / "白石镇" / "名单.tmp"]
    for path in [*left, *others]:
        path.write_text("杨晓峰")
        if path is not others[0]:
            os.utime(path, (0, 0))
    write_all(tmp_path, [("白石镇/b.txt", _hello)])
    assert not any(path.exists() for path in left) and all(path.exists() for path in others)
    left[0].write_text("杨晓峰")
    os.utime(left[0], (0, 0))
    write_document(tmp_path / "report.json", _hello)
    assert not left[0].exists()


def test_a_failure_leaves_the_old_content(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError), replacing(path) as (file, _):
        file.write(b"half")
        raise RuntimeError
    assert path.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_full_disk_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the disk is full"), replacing(tmp_path / "a"):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_an_open_workbook_is_written_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "问题清单.xlsx"
    path.write_text("old")
    true_replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if Path(target).name in ("问题清单.xlsx", "问题清单 (2).xlsx"):
            raise PermissionError(13, "held open")
        return true_replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    written = write_document(path, _hello)
    assert written.path.name == "问题清单 (3).xlsx" and written.path.read_text() == "hello"
    assert written.note is not None and "问题清单 (3).xlsx" in written.note.zh
    assert path.read_text() == "old"


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "花名册.xls"
    source.write_text("data")
    link = tmp_path / "link.xls"
    link.symlink_to(source)
    for path in (source, link, tmp_path / "." / "花名册.xls"):
        with pytest.raises(OutputError, match="audited files"):
            write_document(path, _hello, [source])
    assert source.read_text() == "data"


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "report.json").mkdir()
    written, failed, _ = write_all(tmp_path, audit_documents(make_audit(), tmp_path))
    assert [w.path.name for w in written] == ["问题清单.xlsx", "审计报告.html"]
    assert len(failed) == 1 and "report.json" in failed[0].text.zh
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        ".lbt-written", "report.json", "审计报告.html", "问题清单.xlsx",
    ]  # fmt: skip


def test_all_documents_and_their_names(tmp_path: Path) -> None:
    for lang, name, page in (
        ("zh", "问题清单.xlsx", "审计报告.html"),
        ("en", "issues.xlsx", "audit-report.html"),
    ):
        audit, out = make_audit(lang), tmp_path / lang  # type: ignore[arg-type]
        written, failed, _ = write_all(out, audit_documents(audit, out, tmp_path))
        assert not failed and [w.path.name for w in written] == [name, page, "report.json"]
        assert (
            json.loads((tmp_path / lang / "report.json").read_text(encoding="utf-8"))["run"]["lang"] == lang
        )


def test_links_lead_from_the_documents_to_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert link_base(tmp_path, tmp_path / "lbt-report") == "../"
    assert link_base(tmp_path / "files", tmp_path / "out") == "../files/"
    assert link_base(tmp_path, tmp_path) == ""
    assert link_base(None, tmp_path) is None

    def other_drive(*_: str) -> str:
        raise ValueError

    monkeypatch.setattr(write.os.path, "relpath", other_drive)
    assert link_base(tmp_path, tmp_path) is None


def test_what_several_documents_render_alike_is_rendered_once(tmp_path: Path) -> None:
    rendered: list[Any] = []

    def once(out: Any) -> None:
        rendered.append(out)
        out.write(b"long to make")

    documents = [
        ("批注/a.xlsx", once),
        ("b.txt", _hello),
        ("责任单位/a.xlsx", once),
        ("责任单位/c.xlsx", once),
    ]
    written, failed, _ = write_all(tmp_path, documents)
    assert len(rendered) == 1 and not failed
    assert [w.path.relative_to(tmp_path).as_posix() for w in written] == [name for name, _ in documents]
    assert all(
        (tmp_path / name).read_bytes() == b"long to make" for name, render in documents if render is once
    )
    assert write_all(tmp_path, documents[:2])[2].removed == 2  # they are known as ours, as any other


def test_what_is_rendered_like_a_failed_document_fails_as_it_did(tmp_path: Path) -> None:
    def fails(out: Any) -> None:
        raise OutputError(Text("文件被改动", "the file has changed"))

    written, failed, _ = write_all(tmp_path, [("a.xlsx", fails), ("b.txt", _hello), ("c.xlsx", fails)])
    assert [w.path.name for w in written] == ["b.txt"] and not (tmp_path / "c.xlsx").exists()
    assert [error.text.en for error in failed] == ["the file has changed"] * 2
