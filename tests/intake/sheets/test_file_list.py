"""Directories of the files kept of children (档案目录): a column per document, a row per document, a sheet per child."""

from __future__ import annotations

from tests.intake.grids import grid, submit, table, values


def test_a_column_for_each_document() -> None:
    found = table(
        [
            ["珠岩村留守儿童一人一档情况表"],
            ["序号", "儿童姓名", "身份证号", "农村留守儿童基本情况登记表", "委托监护协议书", "家访记录", "帮扶记录",
             "心理健康辅导记录"],
            ["1", "杨晓峰", "52990120150312001X", "√", "√", "√", "√", ""],
            ["2", "李小梅", "529901201708150028", "√", "", "√", "√", "√"],
        ]
    )  # fmt: skip
    assert found.kind == "file_list"
    assert {"file_form", "file_agreement", "file_visits", "file_help", "file_counselling"} <= set(
        found.columns
    )
    assert values(found, "file_agreement") == ["√", ""]


def test_a_row_for_each_document() -> None:
    found = table(
        [
            ["白石镇留守儿童档案目录"],
            ["序号", "姓名", "文件名称", "材料类别", "页数"],
            ["1", "杨晓峰", "杨晓峰登记表", "登记表", "2"],
            ["2", "杨晓峰", "委托监护协议", "协议", "3"],
            ["3", "李小梅", "登记表", "登记表", "2"],
        ]
    )
    assert found.kind == "file_list" and len(found) == 3
    assert values(found, "file_sort") == ["登记表", "协议", "登记表"]


def test_a_sheet_for_each_child_that_names_it_above_the_header() -> None:
    def sheet(name: str) -> list[list[str]]:
        return [
            ["农村留守儿童档案目录"],
            ["儿童姓名", name, "身份证号", "52990120150312001X", "村", "珠岩村"],
            ["序号", "材料名称", "份数", "有(√)", "归档日期"],
            ["1", "登记表", "1", "√", "2026-09-10"],
            ["2", "家访记录", "", "", ""],
        ]

    found = submit(*(grid(sheet(n), sheet=n) for n in ("杨晓峰", "李小梅")), path="档案.xlsx")
    assert [t.kind for t in found.tables] == ["file_list"] * 2
    first = found.tables[0]
    assert first.form and len(first) == 2
    assert values(first, "child_name") == ["杨晓峰"] * 2 and first.rows_of("child_name").tolist() == [2, 2]
    assert values(first, "file_name") == ["登记表", "家访记录"] and values(first, "file_there") == ["√", ""]
    assert values(first, "village") == ["珠岩村"] * 2


def test_a_home_visit_register_stays_one() -> None:
    found = table(
        [
            ["白石镇中心小学家访记录表"],
            ["序号", "学生姓名", "家访时间", "家访教师", "家访记录"],
            ["1", "杨晓峰", "2026-09-10", "龙秀华", "了解学习情况"],
        ]
    )
    assert found.kind == "visits"


def test_words_in_its_cells_are_no_header_of_another_table() -> None:
    head = ["序号", "儿童姓名", "登记表", "委托监护协议书", "家访记录", "帮扶记录", "心理辅导记录"]
    rows = [
        [str(i), f"杨晓{c}", *(["有"] * 5 if i % 2 else ["√"] * 5)] for i, c in enumerate("峰梅兰竹菊松", 1)
    ]
    assert len(table([["珠岩村一人一档目录"], head, *rows])) == 6
