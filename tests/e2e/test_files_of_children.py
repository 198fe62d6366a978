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


def test_what_a_schools_directory_lacks_is_told_in_its_own_list(tmp_path: Path) -> None:
    """The child stands in the school's ledger, the village's book and the roster: told once, and the school answers."""
    (tmp_path / "lbt-audit.toml").write_text(
        'county = "青禾县"\nextra_areas = ["529901"]\n[units.townships]\n"白石镇" = ["石桥村"]\n'
        '[[units.schools]]\nname = "白石镇中心小学"\ntownship = "白石镇"\n',
        "utf-8",
    )
    rows = children(4)
    for folder in ("学校", "村级台账"):
        (tmp_path / "白石镇" / folder).mkdir(parents=True)
    register(tmp_path / "白石镇" / "白石镇农村留守儿童花名册.csv", rows)
    head = ["序号", "姓名", "身份证号", *PAPERS]
    lines = [[str(i), row[3], row[7], *["√"] * 5] for i, row in enumerate(rows[:3])]
    school = tmp_path / "白石镇" / "学校"
    title = ["白石镇中心小学留守儿童档案目录"]
    book(school / "档案目录.xlsx", {"目录": [title, ["填报单位：白石镇中心小学"], head, *lines]})
    ledger = ["序号", "班级", "学生姓名", "性别", "身份证号码", "父母去向", "监护人", "与学生关系", "班主任"]
    pupils = [[r[0], "三（1）班", r[3], r[4], r[7], r[12], r[17], r[18], "陈老师"] for r in rows]
    title = ["白石镇中心小学留守儿童情况登记表"]
    book(school / "登记表.xlsx", {"登记表": [title, ["填报单位：白石镇中心小学"], ledger, *pupils]})
    village = [
        "序号",
        "组",
        "儿童姓名",
        "性别",
        "身份证号码",
        "就读学校",
        "父亲姓名",
        "母亲姓名",
        "监护人姓名",
        "与儿童关系",
    ]
    listed = [[r[0], "一组", r[3], r[4], r[7], r[10], r[11], r[14], r[17], r[18]] for r in rows]
    title = ["石桥村留守儿童台账"]
    book(
        tmp_path / "白石镇" / "村级台账" / "石桥村留守儿童台账.xlsx",
        {"台账": [title, ["填报单位：白石镇石桥村村民委员会"], village, *listed]},
    )
    told = [i for i in report_of(tmp_path).report["issues"] if i["rule"] == "B10"]
    assert [(i["locations"][0]["path"], i["responsible"]["unit"]) for i in told] == [
        ("白石镇/学校/登记表.xlsx", "白石镇中心小学")
    ]
