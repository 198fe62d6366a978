"""Other people's spreadsheets beside a register: none is taken for one, each is listed with the reason."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.desk import book, hashes, register, report_of

OTHERS = """
价目: 食堂物资采购价目表/序号 品名 规格 单价 供应商 联系电话/1 大米 25kg 3.2 粮油店 13800000000
值班: 10月值班安排表/日期 星期 带班领导 值班人员 联系电话/2026-10-01 四 杨大山 李小花 13800000000
教师: 教职工花名册/序号 姓名 性别 身份证号码 学历 任教学科 联系电话/1 杨晓峰 男 529901198503122119 本科 语文 138
党员: 党员花名册/序号 姓名 性别 身份证号 入党时间 所在支部/1 杨晓峰 男 529901198503122119 1995-07 一支部
务工: 外出务工人员登记表/序号 姓名 性别 身份证号码 务工地点 外出时间/1 杨晓峰 男 529901198503122119 浙江 2023-02
人口: 石桥村户籍人口登记/户号 姓名 性别 身份证号码 出生日期 民族 户口性质/1 杨晓峰 男 529901198503122119 1985-03-12 汉 农业
考生: 报考名单/考生号 姓名 性别 身份证号 父亲姓名 母亲姓名 联系电话/1 杨晓峰 男 529901201503122119 杨大山 李小花 138
营养餐: 营养改善计划受益名单/序号 姓名 年级 班级 金额/1 杨晓峰 三年级 1班 20
资助: 困难学生资助名单/序号 学生姓名 性别 身份证号 年级 家长姓名 资助金额/1 杨晓峰 男 529901201503122119 三年级 杨大山 500
通讯录: 三(1)班学生家长通讯录/学号 学生姓名 父亲姓名 父亲电话 母亲姓名 家庭住址/1 杨晓峰 杨大山 138 李小花 石桥村
老人: 留守老人信息台账/序号 姓名 性别 身份证号码 家庭住址 子女务工地点/1 杨晓峰 男 529901194503122119 石桥村 浙江
说明: 填表说明/字段 说明 示例/儿童姓名 与户口簿一致 张三/监护人姓名 实际监护人 李四
通知: 关于报送农村留守儿童花名册的通知/各村请于10月25日前报送，姓名、身份证号、监护人等必填。
发票: 发票号码 开票日期 购方名称 金额/00001 2026-10-01 某公司 100
"""


CHILDREN = {"考生.xlsx", "资助.xlsx"}  # lists of children all the same: what they show is audited


def test_none_is_taken_for_a_register(tmp_path: Path) -> None:
    for line in OTHERS.strip().splitlines():
        name, _, text = line.partition(": ")
        rows = [row.split() for row in text.split("/")]
        book(tmp_path / f"{name}.xlsx", {name: [*rows, *rows[2:] * 20]})
    register(tmp_path / "花名册.csv")
    before = hashes(tmp_path)
    report = report_of(tmp_path).report
    assert hashes(tmp_path) == before
    told = {i["path"]: i for i in report["inputs"]}
    assert told.pop("花名册.csv")["status"] == "audited"
    for path in CHILDREN:
        assert [s["kind"] for s in told.pop(path)["sheets"]] == ["children"]
    assert {p: i["status"] for p, i in told.items()} == dict.fromkeys(told, "ignored")
    assert all(i["reason"] and not i["sheets"] for i in told.values())
    spoken_of = {loc["path"] for issue in report["issues"] for loc in issue["locations"]}
    assert spoken_of <= {"花名册.csv", *CHILDREN}


def test_a_register_without_its_title_is_still_one(tmp_path: Path) -> None:
    from tests.e2e.desk import HEADERS, children

    book(tmp_path / "Sheet.xlsx", {"Sheet1": [HEADERS, *children(5)]})
    assert report_of(tmp_path).of("Sheet.xlsx")["status"] == "audited"


def test_how_many_elders_were_left_out_is_said(tmp_path: Path) -> None:
    head = ["序号", "姓名", "性别", "年龄", "身份证号码", "家庭地址", "留守人员类型", "家庭主要成员姓名"]
    rows = [
        ["1", "杨晓峰", "男", "11", "52990120150312001X", "清塘村", "03", "杨大山"],
        ["2", "杨秀英", "女", "68", "529901195804043021", "清塘村", "01", "杨大山"],
    ]
    book(tmp_path / "三留守.xlsx", {"台账": [["清塘村三留守人员台账"], head, *rows]})
    report = report_of(tmp_path).report
    told = [i for i in report["issues"] if "不是留守儿童" in i["message"]]
    assert len(told) == 1 and told[0]["severity"] == "notice" and "1人不是留守儿童" in told[0]["message"]
    assert not [i for i in report["issues"] if i["subject"]["child"] == "杨秀英" or i["rule"] == "G01"]


def test_elders_under_headings_of_their_own_are_left_out_as_well(tmp_path: Path) -> None:
    head = ["序号", "姓名", "性别", "身份证号码", "家庭住址", "父亲姓名", "母亲姓名", "监护人姓名"]
    rows = [
        ["一、留守老人（2人）"],
        ["1", "杨秀英", "女", "529901195804043021", "清塘村", "", "", ""],
        ["2", "罗老汉", "男", "529901195104043014", "清塘村", "", "", ""],
        ["二、留守妇女"],
        ["1", "韦启兰", "女", "529901198804043022", "清塘村", "", "", ""],
        ["三、留守儿童（1人）"],
        ["1", "杨晓峰", "男", "52990120150312001X", "清塘村", "杨大山", "李秀英", "杨秀英"],
    ]
    book(tmp_path / "台账.xlsx", {"台账": [["清塘村三留守人员台账"], head, *rows]})
    report = report_of(tmp_path).report
    (sheet,) = next(i for i in report["inputs"] if i["path"] == "台账.xlsx")["sheets"]
    assert sheet["rows"] == 1
    assert [i["message"] for i in report["issues"] if "3人不是留守儿童" in i["message"]]
    assert not [i for i in report["issues"] if i["subject"]["child"] in ("杨秀英", "罗老汉", "韦启兰")]


def test_a_plain_list_of_many_sheets_is_one_notice(tmp_path: Path) -> None:
    head = ["序号", "姓名", "性别", "身份证号码"]
    rows = [["1", "杨晓峰", "男", "52990120150312001X"], ["2", "李小梅", "女", "529901201708150028"]]
    book(tmp_path / "名单.xlsx", {name: [head, *rows] for name in ("甲", "乙", "丙")})
    report = report_of(tmp_path).report
    (told,) = [i for i in report["issues"] if "没有写明是哪种名册" in i["message"]]
    assert told["severity"] == "notice" and "“甲”、“乙”、“丙”" in told["message"]
    assert not [i for i in report["issues"] if i["rule"] == "A06"]


def test_radicals_in_headers_and_values_are_one_notice(tmp_path: Path) -> None:
    from tests.e2e.desk import HEADERS, children

    head = [h.replace("民", "⺠").replace("户", "⼾") for h in HEADERS]
    rows = [
        [cell.replace("小学", "⼩学") if isinstance(cell, str) else cell for cell in row]
        for row in children(5)
    ]
    title = [["白石镇农村留守儿童花名册"], ["填报单位：白石镇人民政府  填报日期：2026年10月25日"]]
    book(tmp_path / "花名册.xlsx", {name: [*title, head, *rows] for name in ("花名册", "续表")})
    report = report_of(tmp_path).report
    (told,) = [i for i in report["issues"] if "部首" in i["message"]]
    assert told["rule"] == "A03" and told["severity"] == "notice"
    assert "⺠ U+2EA0" in told["message"]
    assert not [i for i in report["issues"] if i["rule"] in ("C16", "C13") or "民族" in i["message"]]
