"""``explain-match``: places in text files, and what is said where nothing is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

HEAD = "序号,姓名,性别,出生日期,身份证号,父亲姓名,母亲姓名"
CHILD = "1,覃晶莲,女,2013-07-04,529901201307040127,覃大贵,卢秀英"


@pytest.fixture
def files(folder: Path) -> Path:
    path = folder / "files"
    for name, lines in {
        "花名册.csv": ["白石镇农村留守儿童花名册", HEAD, CHILD],
        "台账.csv": ["珠岩村留守儿童台账", HEAD, CHILD.replace("晶", "金")],
        "名单.csv": ["序号,姓名,身份证号,备注"],
    }.items():
        (path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_text_file_has_no_sheet(files: Path, call: Call) -> None:
    result = call("explain-match", "花名册.csv!3", "--in", str(files), "--mask", "none")
    assert result.code == 0 and "台账.csv" in result.out and "身份证号相同" in result.out
    assert call("explain-match", "花名册.csv:Sheet1!3", "台账.csv!3", "--in", str(files)).code == 0


@pytest.mark.parametrize(
    ("who", "zh", "en"),
    [
        ("王小明", "名单.csv 未纳入：表头不像任何一种名册或台账", "名单.csv was left out"),
        ("名单.csv!2", "名单.csv 未纳入：表头不像任何一种名册或台账", "名单.csv was left out"),
        ("花名册.csv!2", "第 2 行不是儿童记录", "row 2 of 花名册.csv is no child's record"),
        ("花名册.csv:三月!3", "没有工作表“三月”", "has no sheet “三月”"),
        ("别处.csv!3", "没有读到这个文件：别处.csv", "no such file was read: 别处.csv"),
    ],
)
def test_why_nothing_was_found(files: Path, call: Call, who: str, zh: str, en: str) -> None:
    for lang, said in (("zh", zh), ("en", en)):
        result = call("explain-match", who, "--in", str(files), "--lang", lang)
        assert result.code == 1 and said in result.err
