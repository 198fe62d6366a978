"""The files kept of children, through the real command: a directory and a folder of scans (B10); names stay masked."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.desk import book, children, register, report_of

PAPERS = ("登记表", "委托监护协议", "家访记录", "帮扶记录", "心理辅导记录")


def test_scans_named_after_children_are_a_directory(tmp_path: Path) -> None:
    rows = children(4)
    (tmp_path / "白石镇").mkdir()
    register(tmp_path / "白石镇" / "花名册.csv", rows)
    names = [row[3] for row in rows]
    for name in names[:3]:
        folder = tmp_path / "白石镇" / "档案" / name
        folder.mkdir(parents=True)
        for paper in PAPERS[:4] if name == names[1] else PAPERS:
            (folder / f"{paper}.pdf").write_bytes(b"%PDF-1.4 " + bytes(32))
        (folder / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(32))
    desk = report_of(tmp_path)
    report = desk.report
    told = [i for i in report["issues"] if i["rule"] == "B10"]
    assert sorted(i["message"] for i in told if "缺少心理辅导记录" in i["message"]), told
    (unfiled,) = [i for i in told if "档案目录中" in i["message"]]
    assert "1名" in unfiled["message"] and unfiled["subject"]["child"][-1] == names[3][-1]
    assert len(told) == 2
    assert not [i for i in report["issues"] if i["rule"] == "A06"]
    shown = [i["path"] for i in report["inputs"]]
    assert not [p for p in shown for name in names if name in p]


def test_a_directory_silences_what_it_holds(tmp_path: Path) -> None:
    rows = children(3)
    register(tmp_path / "花名册.csv", rows)
    head = ["序号", "姓名", "身份证号", *PAPERS]
    lines = [[str(i), row[3], row[7], "√", "√", "√", "√", "√" if i else ""] for i, row in enumerate(rows)]
    book(
        tmp_path / "目录.xlsx",
        {"目录": [["白石镇留守儿童档案目录"], ["填报单位：白石镇人民政府"], head, *lines]},
    )
    told = [i for i in report_of(tmp_path).report["issues"] if i["rule"] == "B10"]
    assert len(told) == 1 and "缺少心理辅导记录" in told[0]["message"]
    assert told[0]["locations"][0]["path"] == "目录.xlsx"
