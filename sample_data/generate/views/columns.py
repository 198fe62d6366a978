"""Columns of the forms: standard headers, and the other names people give them."""

from __future__ import annotations

from sample_data.generate.sheet import Column

C, S, F, G, H = "儿童基本情况", "就读情况", "家庭情况", "监护人情况", "帮扶情况"
FATHER, MOTHER = "父亲情况", "母亲情况"


def _parents(*leaves: tuple[str, str]) -> list[Column]:
    return [
        Column(group, header, f"{prefix}_{key}")
        for group, prefix in ((FATHER, "father"), (MOTHER, "mother"))
        for header, key in leaves
    ]


def roster() -> list[Column]:
    """B1: the unified form of the townships."""
    return [
        Column("", "序号", "seq"),
        Column("", "村(居)", "village"),
        Column("", "村民组", "group"),
        Column(C, "姓名", "child_name"),
        Column(C, "性别", "sex"),
        Column(C, "民族", "ethnicity"),
        Column(C, "出生日期", "birth_date"),
        Column(C, "公民身份证号码", "id_no"),
        Column(C, "证件类型", "id_type"),
        Column(C, "是否登记户口", "hukou_registered"),
        Column(C, "户籍性质", "hukou_type"),
        Column(C, "户籍所在地", "hukou_addr"),
        Column(C, "现居住地", "live_addr"),
        Column(C, "身体情况", "health"),
        Column(C, "残疾类型", "disability_type"),
        Column(C, "残疾等级", "disability_level"),
        Column(C, "残疾证号", "disability_card"),
        Column(C, "患病类型", "illness"),
        Column(S, "就学情况", "school_status"),
        Column(S, "就读学校", "school_name"),
        Column(S, "年级", "grade"),
        Column(S, "班级", "class_name"),
        Column(S, "是否学校寄宿", "boarding"),
        Column(F, "父母双方同时外出", "both_away"),
        Column(F, "父母一方外出、另一方无监护能力", "one_away_incap"),
        Column(F, "无监护能力方", "incap_who"),
        Column(F, "无监护能力原因", "incap_reason"),
        Column(F, "父母健在情况", "parents_alive"),
        *_parents(
            ("姓名", "name"), ("出生日期", "birth"), ("公民身份证号码", "id"), ("务工地点", "work_place"),
            ("外出时间", "away_since"), ("联系电话", "phone"),
        ),
        Column(G, "父母外出有无委托其他监护人", "has_guardian"),
        Column(G, "姓名", "guardian_name"),
        Column(G, "公民身份证号码", "guardian_id"),
        Column(G, "与被监护人关系", "guardian_rel"),
        Column(G, "联系电话", "guardian_phone"),
        Column(G, "居住地地址", "guardian_addr"),
        Column(G, "监护类型", "guard_eval"),
        Column(G, "实际监护情况", "actual_guard"),
        Column("家庭经济及救助", "家庭经济来源", "income_source"),
        Column("家庭经济及救助", "救助帮扶情况", "aid"),
        Column("家庭经济及救助", "其他特殊情况", "special"),
        Column(H, "姓名", "helper_name"),
        Column(H, "联系电话", "helper_phone"),
        Column(H, "帮扶措施", "helper_measure"),
        Column("", "未登记户口原因", "hukou_note"),
        Column("", "备注", "remark"),
    ]  # fmt: skip


def village_book() -> list[Column]:
    """B3: one header row, every header a full one."""
    return [
        Column("", "序号", "seq"),
        Column("", "村民组", "group"),
        Column("", "户号", "household_no"),
        Column("", "儿童姓名", "child_name"),
        Column("", "性别", "sex"),
        Column("", "民族", "ethnicity"),
        Column("", "年龄", "age"),
        Column("", "出生日期", "birth_date"),
        Column("", "身份证号码", "id_no"),
        Column("", "是否登记户口", "hukou_registered"),
        Column("", "户籍所在地", "hukou_addr"),
        Column("", "现居住地", "live_addr"),
        Column("", "健康状况", "health"),
        Column("", "就学情况", "school_status"),
        Column("", "就读学校", "school_name"),
        Column("", "年级", "grade"),
        Column("", "是否学校寄宿", "boarding"),
        Column("", "留守类型", "left_type"),
        Column("", "父母一方外出、另一方无监护能力", "one_away_incap"),
        Column("", "父母健在情况", "parents_alive"),
        Column("", "父亲姓名", "father_name"),
        Column("", "父亲身份证号", "father_id"),
        Column("", "父亲务工地点", "father_work_place"),
        Column("", "父亲外出时间", "father_away_since"),
        Column("", "父亲联系电话", "father_phone"),
        Column("", "母亲姓名", "mother_name"),
        Column("", "母亲身份证号", "mother_id"),
        Column("", "母亲务工地点", "mother_work_place"),
        Column("", "母亲外出时间", "mother_away_since"),
        Column("", "母亲联系电话", "mother_phone"),
        Column("", "父母外出有无委托其他监护人", "has_guardian"),
        Column("", "监护人姓名", "guardian_name"),
        Column("", "监护人身份证号", "guardian_id"),
        Column("", "与被监护人关系", "guardian_rel"),
        Column("", "监护人电话", "guardian_phone"),
        Column("", "监护人住址", "guardian_addr"),
        Column("", "监护情况", "guard_eval"),
        Column("", "家庭经济来源", "income_source"),
        Column("", "救助帮扶情况", "aid"),
        Column("", "关爱级别", "care_level"),
        Column("", "帮扶人姓名", "helper_name"),
        Column("", "备注", "remark"),
    ]


def ledger(joint: bool, by_class: bool) -> list[Column]:
    """B2. ``joint``: 父母去向 and 外出时间 for both parents in one column."""
    one = "父母情况"
    parents = (
        [
            Column(one, "父亲姓名", "father_name"),
            Column(one, "父亲身份证号", "father_id"),
            Column(one, "母亲姓名", "mother_name"),
            Column(one, "母亲身份证号", "mother_id"),
            Column(one, "父母去向", "parents_work_place"),
            Column(one, "外出时间", "parents_away_since"),
            Column(one, "父母联系电话", "parents_phone"),
        ]
        if joint
        else _parents(
            ("姓名", "name"), ("身份证号", "id"), ("务工地点", "work_place"), ("外出时间", "away_since"),
            ("联系电话", "phone"),
        )
    )  # fmt: skip
    return [
        Column("", "序号", "seq"),
        *([] if by_class else [Column("", "班级", "class_name")]),
        Column("学生基本情况", "姓名", "child_name"),
        Column("学生基本情况", "性别", "sex"),
        Column("学生基本情况", "民族", "ethnicity"),
        Column("学生基本情况", "出生日期", "birth_date"),
        Column("学生基本情况", "身份证号", "id_no"),
        *([Column("", "班级", "class_name")] if by_class else []),
        Column("", "学籍号", "xueji_no"),
        Column("", "是否登记户口", "hukou_registered"),
        Column("", "户籍所在地", "hukou_addr"),
        Column("", "现居住地", "live_addr"),
        Column("", "身体情况", "health"),
        Column("", "是否学校寄宿", "boarding"),
        Column("", "留守类型", "left_type"),
        Column("", "父母一方外出、另一方无监护能力", "one_away_incap"),
        Column("", "父母健在情况", "parents_alive"),
        *parents,
        Column(G, "父母外出有无委托其他监护人", "has_guardian"),
        Column(G, "监护人姓名", "guardian_name"),
        Column(G, "身份证号", "guardian_id"),
        Column(G, "与学生关系", "guardian_rel"),
        Column(G, "联系电话", "guardian_phone"),
        Column(G, "居住地址", "guardian_addr"),
        Column(G, "监护情况", "guard_eval"),
        Column("家庭经济及救助", "家庭经济来源", "income_source"),
        Column("家庭经济及救助", "救助帮扶情况", "aid"),
        Column("", "班主任", "head_teacher"),
        Column("", "家访次数", "visits_count"),
        Column("", "备注", "remark"),
    ]


_ENROLMENT = (
    ("学校标识码", "school_code"), ("姓名", "child_name"), ("性别", "sex"), ("出生日期", "birth_date"),
    ("出生地行政区划代码", "birth_place"), ("籍贯", "native_place"), ("民族", "ethnicity"), ("国籍/地区", "nationality"),
    ("身份证件类型", "id_type"), ("港澳台侨外", "overseas"), ("健康状况", "health"), ("政治面貌", "political"),
    ("身份证件号", "id_no"), ("户口性质", "hukou_type"), ("户口所在地行政区划", "hukou_area"), ("班号", "class_code"),
    ("入学年月", "enroll_ym"), ("入学方式", "enroll_mode"), ("就读方式", "study_mode"), ("现住址", "live_addr"),
    ("通信地址", "post_addr"), ("家庭地址", "home_addr"), ("联系电话", "contact_phone"), ("邮政编码", "postcode"),
    ("是否独生子女", "only_child"), ("是否受过学前教育", "preschool"), ("是否留守儿童", "left_type"),
    ("是否需要申请资助", "needs_grant"), ("是否享受一补", "has_grant"), ("是否孤儿", "is_orphan"),
    ("是否烈士或优抚子女", "martyr"), ("上下学距离", "school_distance"), ("上下学方式", "school_way"),
    ("是否需要乘坐校车", "school_bus"), ("曾用名", "former_name"), ("身份证件有效期", "id_valid"), ("血型", "blood"),
    ("特长", "talent"), ("学籍辅号", "xueji_aux"), ("班内学号", "class_no"), ("学生来源", "pupil_source"),
    ("残疾类型", "disability_type"), ("是否由政府购买学位", "bought_place"), ("随班就读", "inclusive"),
    ("成员1姓名", "member1_name"), ("成员1关系", "member1_relation"), ("成员1现住址", "member1_live"),
    ("成员1联系电话", "member1_phone"), ("成员1是否监护人", "member1_is_guardian"),
    ("成员1身份证件类型", "member1_id_type"), ("成员1身份证件号", "member1_id"),
    ("成员2姓名", "member2_name"), ("成员2关系", "member2_relation"), ("成员2现住址", "member2_live"),
    ("成员2联系电话", "member2_phone"), ("成员2是否监护人", "member2_is_guardian"),
    ("成员2身份证件类型", "member2_id_type"), ("成员2身份证件号", "member2_id"),
    ("是否进城务工人员随迁子女", "migrant_child"), ("学籍号", "xueji_no"), ("年级", "grade"), ("班级", "class_name"),
    ("学籍状态", "enrolment_status"),
)  # fmt: skip


def enrolment() -> list[Column]:
    """B7: row 1 of the national export."""
    return [Column("", header, key) for header, key in _ENROLMENT]


def orphans() -> list[Column]:
    names = (
        ("序号", "seq"), ("乡(镇)", "township"), ("村(居)", "village"), ("姓名", "child_name"), ("性别", "sex"),
        ("出生日期", "birth_date"), ("身份证号码", "id_no"), ("儿童类别", "orphan_kind"), ("监护人姓名", "guardian_name"),
        ("与被监护人关系", "guardian_rel"), ("监护人电话", "guardian_phone"), ("批准日期", "approve_date"),
        ("保障金额", "allowance"), ("备注", "remark"),
    )  # fmt: skip
    return [Column("", header, key) for header, key in names]
