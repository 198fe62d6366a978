"""What an audit no longer writes goes from its folder; what is not exactly as it was written stays."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from lbt_audit.intake.files.find import MANIFEST
from lbt_audit.reports.files.manifest import Cleared, Manifest
from lbt_audit.reports.files.write import Document, write_all

FIRST = {
    "通报.docx": "十月",
    "督办通知/石桥村.docx": "逾期",
    "责任单位/石桥村/回复表.xlsx": "表",
    "report.json": "{}",
}
SECOND = {"通报.docx": "十一月", "report.json": "{1}"}


def documents(texts: dict[str, str]) -> list[Document]:
    return [
        (name, lambda out, text=text: (out.write(text.encode()), None)[1]) for name, text in texts.items()
    ]


def audit(folder: Path, texts: dict[str, str] | Iterable[Document]) -> Cleared:
    made = documents(texts) if isinstance(texts, dict) else texts
    _, failed, cleared = write_all(folder, made)
    assert not failed or isinstance(made, list)
    return cleared


def held(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != MANIFEST
    }


def test_what_is_not_written_again_goes_with_its_folders(tmp_path: Path) -> None:
    assert audit(tmp_path, FIRST) == Cleared()
    assert held(tmp_path) == FIRST
    cleared = audit(tmp_path, SECOND)
    assert (cleared.removed, cleared.notes) == (2, [])
    assert held(tmp_path) == SECOND
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([MANIFEST, *SECOND])
    assert audit(tmp_path, SECOND) == Cleared()


def test_what_somebody_worked_on_stays_and_is_told(tmp_path: Path) -> None:
    audit(tmp_path, FIRST)
    (tmp_path / "责任单位/石桥村/回复表.xlsx").write_text("表，已填")
    for _ in range(2):  # and is told again, as long as it lies there
        cleared = audit(tmp_path, SECOND)
        assert ["责任单位/石桥村/回复表.xlsx" in n.zh and "予以保留" in n.zh for n in cleared.notes] == [True]
    assert held(tmp_path) == {**SECOND, "责任单位/石桥村/回复表.xlsx": "表，已填"}


def test_what_somebody_worked_on_is_not_written_over(tmp_path: Path) -> None:
    """Whatever program it was edited with."""
    audit(tmp_path, FIRST)
    (tmp_path / "通报.docx").write_text("十月，已改")
    written, _, _ = write_all(tmp_path, documents(SECOND))
    assert [n.zh for n in (w.note for w in written) if n] == [
        "通报.docx 已被改动或填写过，原件另存为 通报.1.docx"
    ]
    assert held(tmp_path) == {**SECOND, "通报.1.docx": "十月，已改"}
    audit(tmp_path, {})
    assert held(tmp_path) == {"通报.1.docx": "十月，已改"}


def test_nothing_not_written_by_an_audit_is_touched(tmp_path: Path) -> None:
    (tmp_path / "督办通知").mkdir()
    (tmp_path / "督办通知/领导批示.txt").write_text("我的")
    (tmp_path / "通报.docx").write_text("我自己的通报")
    outside = tmp_path.with_name("outside.txt")
    outside.write_text("外面的")
    (tmp_path / "空").mkdir()
    audit(tmp_path, FIRST)
    with (tmp_path / MANIFEST).open("a") as file:
        file.write(f"{'0' * 64}  ../outside.txt\n-  ../\n-  /tmp/\nnonsense\n")
    audit(tmp_path, {})
    assert held(tmp_path) == {"督办通知/领导批示.txt": "我的", "通报.1.docx": "我自己的通报"}
    assert (tmp_path / "空").is_dir() and outside.read_text() == "外面的"


def test_documents_of_a_version_without_manifests_are_replaced(tmp_path: Path) -> None:
    for name, inside in (("通报.docx", "word/document.xml"), ("督办.docx", "docProps/app.xml")):
        with zipfile.ZipFile(tmp_path / name, "w") as package:
            package.writestr(inside, "")
    (tmp_path / "report.json").write_text('{"schema_version": 1}')
    audit(tmp_path, {"通报.docx": "新", "督办.docx": "新", "report.json": "新"})
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        MANIFEST, "report.json", "督办.1.docx", "督办.docx", "通报.docx",
    ]  # fmt: skip


class Killed(BaseException):
    pass


def _die(out: Any) -> None:
    out.write(b"half")
    raise Killed


@pytest.mark.parametrize("at", range(5))
def test_an_interrupted_audit_loses_nothing_and_the_next_still_clears(tmp_path: Path, at: int) -> None:
    audit(tmp_path, FIRST)
    made = documents({**FIRST, "通报.docx": "十二月", "督办通知/珠岩村.docx": "新"})
    made.insert(at, ("死.docx", _die))
    with pytest.raises(Killed):
        write_all(tmp_path, made)
    with (tmp_path / MANIFEST).open("ab") as file:
        file.write("0123  督办通知/珠".encode()[:-1])  # the line being written at the end
    after = held(tmp_path)
    assert set(FIRST) <= set(after)
    cleared = audit(tmp_path, SECOND)
    assert cleared.notes == []
    assert held(tmp_path) == SECOND


def test_nothing_is_cleared_where_a_document_could_not_be_written(tmp_path: Path) -> None:
    audit(tmp_path, FIRST)
    (tmp_path / "目录").mkdir()
    _, failed, cleared = write_all(tmp_path, documents({**SECOND, "目录": "x"}))
    assert len(failed) == 1 and cleared == Cleared()
    assert held(tmp_path) == {**FIRST, **SECOND}


def test_the_manifest_is_what_sha256sum_checks(tmp_path: Path) -> None:
    audit(tmp_path, {"a.txt": "hello"})
    assert (tmp_path / MANIFEST).read_text() == (
        "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  a.txt\n"
    )
    assert Manifest(tmp_path).unchanged(tmp_path / "a.txt")
