"""The layouts of real registers: B1, B2, B3, B7, B8."""

from __future__ import annotations

from tests.intake.grids import grid, submit, table, topics, values, words

ROSTER = [
    ["白石镇农村留守儿童花名册（10月）"],
    ["填报单位（盖章）：白石镇人民政府      填报日期：2026年10月25日"],
    ["序号", "儿童基本情况", "", "", "父亲情况", "", "", "母亲情况", "", "", "监护人情况", "", "备注"],
    ["", "姓名", "性别", "公民身份证号码",
     "姓名", "务工地点", "联系电话", "姓名", "务工地点", "联系电话", "姓名", "与被监护人关系", ""],
    [1, "杨晓峰", "男", "529901201503120013", "杨大山", "浙江宁波", "13885720001",
     "李秀英", "在家", "13885720002", "杨老倌", "祖父"],
    [2, "李小梅", "女", "529901201708150026", "李大河", "广东东莞", "13885720003",
     "王芳", "广东东莞", "13885720004", "李老倌", "祖父"],
]  # fmt: skip
MERGES = [
    (1, 0, 1, 12), (2, 0, 2, 12), (3, 0, 4, 0), (3, 1, 3, 3), (3, 4, 3, 6), (3, 7, 3, 9), (3, 10, 3, 11),
    (3, 12, 4, 12),
]  # fmt: skip
ROSTER_FIELDS = {
    "seq", "child_name", "sex", "id_no", "father_name", "father_work_place", "father_phone", "mother_name",
    "mother_work_place", "mother_phone", "guardian_name", "guardian_rel", "remark",
}  # fmt: skip


def test_roster_with_merged_groups() -> None:
    found = table(ROSTER, MERGES)
    assert found.kind == "roster"
    assert found.unit.name == "白石镇" and found.unit.level == "township" and found.unit.known
    assert set(found.columns) == ROSTER_FIELDS
    assert found.rows.tolist() == [5, 6]
    assert found.header_rows == (3, 4)
    assert found.columns["father_phone"].index == 6
    assert found.columns["mother_name"].header == "母亲情况/姓名"
    assert values(found, "guardian_rel") == ["祖父", "祖父"]
    assert found.facts["fill_date"][0] == "2026年10月25日"


def test_groups_survive_without_merges() -> None:
    """CSV files have no merged cells: a group header stands over its first column only."""
    assert set(table(ROSTER).columns) == ROSTER_FIELDS


def test_group_header_unmerged_does_not_reach_past_a_merged_column() -> None:
    found = table(ROSTER, MERGES)
    assert found.columns["remark"].index == 12


def test_foot_of_the_roster() -> None:
    lines = [
        *ROSTER,
        ["合计", "2人"],
        ["单位负责人（签名）：王建国      复核人（签名）：         填表人：李强"],
        ["注：1.本表由乡镇填写，一式两份。"],
        ["2.监护情况分较好、一般、差。"],
    ]
    found = table(lines, MERGES)
    assert found.rows.tolist() == [5, 6]
    assert found.facts["unit_head"][:2] == ("王建国", 8)
    assert found.facts["reviewer"][0] == ""
    assert found.facts["filler"][0] == "李强"
    missing = [n.field for n in found.notes if n.topic == "missing_fact"]
    assert missing == ["reviewer"]


def test_signature_label_and_value_in_cells_of_their_own() -> None:
    found = table(
        [*ROSTER, ["单位负责人：", "", "王建国", "", "复核人：", "张明", "", "填表人：", ""]], MERGES
    )
    assert found.facts["unit_head"] == ("王建国", 7, 2)
    assert found.facts["reviewer"] == ("张明", 7, 5)
    assert found.facts["filler"][0] == ""


def test_page_headers_subtotals_and_numbered_columns() -> None:
    numbers = [list(range(1, 14))]
    page = [ROSTER[0], ROSTER[1], ROSTER[2], ROSTER[3], *numbers]
    lines = [*ROSTER[:4], *numbers, ROSTER[4], ["小计", "1"], *page, ROSTER[5], ["白石镇合计", "2"]]
    found = table(lines)
    assert found.rows.tolist() == [6, 13]
    assert values(found, "child_name") == ["杨晓峰", "李小梅"]
    assert {"subtotal_rows", "repeated_headers"} <= set(topics(found))


def test_school_ledger_with_a_sheet_per_class() -> None:
    head = [
        "序号",
        "姓名",
        "性别",
        "身份证号",
        "家庭住址",
        "父母去向",
        "外出时间",
        "监护人",
        "与学生关系",
        "家访次数",
    ]
    row = [1, "杨晓峰", "男", "529901201503120013", "珠岩村", "浙江", "2025.2", "杨老倌", "祖孙", 2]
    grids = [
        grid(
            [["清水乡中心小学留守儿童情况登记表"], head, row, ["校长：龙校长", "", "班主任：韦老师"]],
            sheet=name,
        )
        for name in ("三（1）班", "三（2）班")
    ]
    found = submit(*grids, path="清水/台账.xlsx").tables
    assert [t.kind for t in found] == ["school_ledger"] * 2
    assert {t.unit.name for t in found} == {"清水乡中心小学"}
    assert found[0].facts["unit_head"][0] == "龙校长" and found[0].facts["class_teacher"][0] == "韦老师"
    assert len(found[0]) == 1


def test_village_book_with_a_sheet_per_group() -> None:
    head = [
        "序号",
        "户号",
        "儿童姓名",
        "性别",
        "出生年月",
        "身份证号码",
        "监护人",
        "监护人电话",
        "务工地点",
        "外出务工家长",
    ]
    row = [
        1,
        "012",
        "杨晓峰",
        "男",
        "2015.3",
        "529901201503120013",
        "杨老倌",
        "13885720001",
        "浙江",
        "杨大山",
    ]
    (found,) = submit(grid([["珠岩村留守儿童台账"], head, row], sheet="一组"), path="村/台账.xls").tables
    assert found.kind == "village_book"
    assert found.unit.name == "珠岩村" and found.unit.township == "白石镇"
    assert {"household_no", "away_parent", "parents_work_place", "guardian_phone"} <= set(found.columns)


XJ = words("""
学校标识码 姓名 性别 出生日期 出生地行政区划代码 籍贯 民族 国籍/地区 身份证件类型 港澳台侨外
健康状况 政治面貌 身份证件号 户口性质 户口所在地行政区划 班号 入学年月 入学方式 就读方式 现住址
通信地址 家庭地址 联系电话 邮政编码 是否独生子女 是否受过学前教育 是否留守儿童 是否需要申请资助
是否享受一补 是否孤儿 是否烈士或优抚子女 上下学距离 上下学方式 是否需要乘坐校车 曾用名 身份证件有效期
血型 特长 学籍辅号 班内学号 学生来源 电子信箱 主页地址 残疾类型 是否由政府购买学位 随班就读
成员1姓名 成员1关系 成员1关系说明 成员1现住址 成员1联系电话 成员1是否监护人 成员1身份证件类型
成员1身份证件号 成员2姓名 成员2关系 成员2关系说明 成员2现住址 成员2联系电话 成员2是否监护人
成员2身份证件类型 成员2身份证件号 是否进城务工人员随迁子女
""")


def enrolment_row(name: str, one: tuple[str, str], two: tuple[str, str]) -> list[str]:
    known = {
        "姓名": name, "性别": "男", "成员1姓名": one[0], "成员1关系": one[1], "成员2姓名": two[0], "成员2关系": two[1],
        "成员1联系电话": "13885720001", "学校标识码": "3152000001",
    }  # fmt: skip
    return [known.get(h, "") for h in XJ]


def test_every_header_of_the_enrolment_export_is_known() -> None:
    found = table(
        [XJ, enrolment_row("杨晓峰", ("杨大山", "父亲"), ("李秀英", "母亲"))], path="学生信息导出.xls"
    )
    assert found.kind == "enrolment"
    assert found.unmapped == ()
    assert not {"ambiguous_header", "duplicate_field"} & set(topics(found))
    assert found.columns["live_addr"].header == "现住址" and found.columns["home_addr"].header == "家庭地址"
    assert values(found, "father_name") == ["杨大山"] and values(found, "mother_name") == ["李秀英"]
    assert found.columns["father_phone"].index == XJ.index("成员1联系电话")


def test_members_in_either_order_keep_their_columns() -> None:
    lines = [
        XJ,
        enrolment_row("杨晓峰", ("杨大山", "51"), ("李秀英", "52")),
        enrolment_row("李小梅", ("王芳", "母亲"), ("李大河", "父亲")),
        enrolment_row("王小虎", ("王奶奶", "祖母"), ("", "")),
    ]
    regular, swapped = submit(grid(lines), path="导出.xls").tables
    assert regular.rows.tolist() == [2, 4] and swapped.rows.tolist() == [3]
    assert values(regular, "father_name") == ["杨大山", ""]
    assert values(swapped, "father_name") == ["李大河"]
    assert swapped.columns["father_name"].index == XJ.index("成员2姓名")


def test_simple_lists_are_known_by_their_headers() -> None:
    cases = {
        "dormitory": ["序号", "宿舍号", "床位号", "班级", "姓名"],
        "attendance": ["班级", "姓名", "旷课起始日", "连续旷课天数", "劝返次数", "劝返日期", "去向"],
        "orphans": ["序号", "姓名", "身份证号", "保障类型", "批准时间", "补助金额"],
        "agreements": ["协议编号", "儿童姓名", "委托人", "受托人", "签订日期", "委托期限"],
        "helpers": ["儿童姓名", "帮扶人姓名", "单位", "职务", "帮扶措施", "帮扶成效"],
        "visits": ["儿童姓名", "家访时间", "家访教师", "沟通内容摘要", "处理结果"],
    }
    for kind, head in cases.items():
        found = table([head, ["甲"] * len(head)], path="名单.xlsx")
        assert found.kind == kind, (kind, found.kind)
        assert found.unmapped == (), kind


def test_what_is_no_register_is_ignored_with_a_reason() -> None:
    price_list = grid([["办公用品价目表"], ["品名", "单价", "数量"], ["铅笔", 1, 100]], sheet="价格")
    notice = grid(
        [["关于开展留守儿童摸底排查工作的通知"], ["各乡镇人民政府："], ["现将有关事项通知如下。"]],
        sheet="通知",
    )
    staff = grid(
        [
            ["教职工花名册"],
            ["序号", "姓名", "性别", "职务", "联系电话"],
            [1, "龙老师", "女", "教师", "13885720001"],
        ],
        sheet="教师",
    )
    found = submit(price_list, notice, staff, path="杂.xlsx")
    assert found.status == "ignored" and found.reason == "not_register"
    assert found.ignored_sheets == {"价格": "not_register", "通知": "not_register", "教师": "not_register"}


def test_the_user_can_say_what_a_file_is() -> None:
    lines = [["姓名", "性别", "班级"], ["杨晓峰", "男", "三班"]]
    assert submit(grid(lines), path="a/名单.xlsx").status == "ignored"
    told = submit(grid(lines), path="a/名单.xlsx", kinds=[("a/*.xlsx", "school_ledger")])
    assert told.tables[0].kind == "school_ledger"


def test_two_tables_in_one_sheet() -> None:
    lines = [
        *ROSTER,
        ["清水乡中心小学宿舍名单"],
        ["宿舍号", "床位号", "班级", "姓名", "性别"],
        ["301", "1", "三（2）班", "杨晓峰", "男"],
    ]
    roster, dormitory = submit(grid(lines)).tables
    assert (roster.kind, roster.rows.tolist()) == ("roster", [5, 6])
    assert (dormitory.kind, dormitory.rows.tolist()) == ("dormitory", [9])
