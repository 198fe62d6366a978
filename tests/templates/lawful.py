"""Lawful children in any blank form: the values of every column a form asks for, by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from tests.benchmarks.registers import columns, names

from lbt_audit.templates.form import Form

AS_OF = "2026-10-31"
UNIT = {"school": "白石镇中心小学", "village": "白石镇珠岩村"}
TOWNSHIP = "白石镇"
_CHILD, _FATHER, _MOTHER, _CARER = "儿童基本情况", "父亲情况", "母亲情况", "监护人情况"
_IN_ROSTERS: Mapping[str, tuple[str, str]] = {
    "child_name": (_CHILD, "姓名"), "sex": (_CHILD, "性别"), "ethnicity": (_CHILD, "民族"),
    "birth_date": (_CHILD, "出生日期"), "id_no": (_CHILD, "公民身份证号码"), "hukou_registered": (_CHILD, "是否登记户口"),
    "hukou_type": (_CHILD, "户籍性质"), "hukou_addr": (_CHILD, "户籍所在地"), "live_addr": (_CHILD, "现居住地"),
    "village": (_CHILD, "所属村"), "group": (_CHILD, "村民组"), "health": (_CHILD, "身体情况"),
    "school_status": (_CHILD, "就学情况"), "school_name": (_CHILD, "就读学校"), "grade": (_CHILD, "年级"),
    "class_name": (_CHILD, "班级"), "head_teacher": (_CHILD, "班主任"), "xueji_no": (_CHILD, "学籍号"),
    "boarding": (_CHILD, "是否学校寄宿"), "left_type": (_CHILD, "留守类型"), "parents_alive": (_CHILD, "父母健在情况"),
    "both_away": (_CHILD, "父母双方同时外出"), "has_guardian": (_CHILD, "父母外出有无委托其他监护人"),
    "guard_eval": (_CHILD, "监护类型"),
    "father_name": (_FATHER, "姓名"), "father_birth": (_FATHER, "出生日期"), "father_id": (_FATHER, "公民身份证号码"),
    "father_work_place": (_FATHER, "务工地点"), "father_away_since": (_FATHER, "外出时间"),
    "father_phone": (_FATHER, "联系电话"),
    "mother_name": (_MOTHER, "姓名"), "mother_birth": (_MOTHER, "出生日期"), "mother_id": (_MOTHER, "公民身份证号码"),
    "mother_work_place": (_MOTHER, "务工地点"), "mother_away_since": (_MOTHER, "外出时间"),
    "mother_phone": (_MOTHER, "联系电话"),
    "guardian_name": (_CARER, "姓名"), "guardian_id": (_CARER, "公民身份证号码"), "guardian_rel": (_CARER, "与被监护人关系"),
    "guardian_phone": (_CARER, "联系电话"), "guardian_addr": (_CARER, "居住地地址"),
    "income_source": ("其他情况", "家庭经济来源"), "aid": ("其他情况", "救助帮扶情况"),
}  # fmt: skip
_MEASURES = (
    (
        "每周到家检查作业",
        "结对辅导语文数学",
        "周末开放图书室陪读",
        "每月陪同到乡卫生院体检",
        "开学前帮助备齐学习用品",
        "带去参加村里的篮球队",
        "教用智慧课堂软件",
    ),
    (
        "每月与父母视频一次",
        "协助办理医保",
        "联系学校落实营养餐",
        "接送参加假期夏令营",
        "给祖父讲解防溺水知识",
        "安排邻居照看晚饭",
        "申请冬季取暖补贴",
        "修好院坝里的灯",
    ),
)
_TALKS = (
    (
        "查看了住处",
        "看了作业本",
        "翻看成绩册",
        "检查了灶房用火",
        "看望生病的祖父",
        "一起收了晾晒的玉米",
        "到田边找到祖父",
    ),
    (
        "孩子比上月高了两厘米",
        "数学进步到班上前十",
        "想念父母，约好周日视频",
        "学会了自己洗衣服",
        "冬衣已由姑姑寄到",
        "牙疼，约了周五去看",
        "喜欢画画，想要水彩",
        "说放学路上有恶狗",
    ),
)


def lawful(form: Form, count: int) -> dict[str, list[Any]]:
    """Field → ``count`` values, of the columns of ``form`` that a lawful child has something in."""
    base = columns(count)
    known = {field: _each(base[at], count) for field, at in _IN_ROSTERS.items()} | _further(base, count)
    own = {"visits": _visits, "agreements": _agreements}.get(form.kind.key)
    known |= own(known, count) if own is not None else {}
    return {column.key: known[column.key] for column in form.columns if column.key in known}


def _each(value: Any, count: int) -> list[Any]:
    return np.broadcast_to(np.asarray(value), count).tolist()  # type: ignore[no-any-return]


def _told(parts: Sequence[Sequence[str]], count: int) -> list[str]:
    """Sentences put together, so that nobody copied them."""
    return ["，".join(words[n % len(words)] for words in parts) for n in range(count)]


def _spread(words: Sequence[str], count: int) -> list[str]:
    return [words[n % len(words)] for n in range(count)]


def _further(base: Mapping[tuple[str, str], Any], count: int) -> dict[str, list[Any]]:
    """What the rosters do not hold."""
    order = np.arange(count)
    rng = np.random.default_rng(11)
    helpers = names(rng, count // 8 + 1)[0]
    helper = order // 8  # households of one helper: at most ten
    grade = _each(base[(_CHILD, "年级")], count)
    years = ["零一二三四五六".index(text[0]) for text in grade]
    girl = np.asarray(_each(base[(_CHILD, "性别")], count)) == "女"
    beds = np.empty(count, np.int64)
    for sex in (girl, ~girl):
        beds[sex] = np.arange(int(sex.sum()))
    return {
        "seq": (order + 1).tolist(),
        "township": _each(TOWNSHIP, count),
        "household_no": [f"H{n:04}" for n in range(1, count + 1)],
        "one_away_incap": _each("否", count),
        "actual_guard": _each("祖父母外祖父母", count),
        "care_level": _each("低", count),
        "visits_count": _each(2, count),
        "helper_name": helpers[helper].tolist(),
        "helper_phone": [f"181{n * 37911 + 20000000:08}" for n in helper.tolist()],
        "helper_unit": _each("白石镇珠岩村村委会", count),
        "helper_post": _each("村干部", count),
        "helper_mode": _each("学习辅导", count),
        "helper_measure": _told(_MEASURES, count),
        "helper_result": _spread(("作业按时完成", "与父母每周通话", "生活习惯变好"), count),
        "school_code": _each("2152990001", count),
        "id_type": _each("居民身份证", count),
        "class_code": [f"{2027 - year}01" for year in years],
        "enroll_ym": [f"{2027 - year}09" for year in years],
        "study_mode": _each("住校", count),
        "member1_name": _each(base[(_FATHER, "姓名")], count),
        "member1_relation": _each("父亲", count),
        "member1_phone": _each(base[(_FATHER, "联系电话")], count),
        "orphan_kind": _each("孤儿", count),
        "approve_date": _each("2024-03-01", count),
        "allowance": _each("1500", count),
        "dorm_room": [f"{'女' if g else '男'}{1 + b // 8:02}" for g, b in zip(girl, beds.tolist(), strict=True)],
        "dorm_bed": [f"{1 + b % 8}" for b in beds.tolist()],
        "dorm_keeper": _each("石水莲", count),
        "absent_kind": _each("旷课", count),
        "absent_since": _each("2026-09-07", count),
        "absent_until": _each("2026-09-08", count),
        "absent_days": _each(2, count),
        "persuade_count": _each(1, count),
        "persuade_date": _each("2026-09-08", count),
        "persuade_result": _each("已返校", count),
        "returned_date": _each("2026-09-09", count),
        **dict.fromkeys(
            ("file_form", "file_agreement", "file_visits", "file_help", "file_counselling"), _each("有", count)
        ),
        "exit_date": _each("2026-10-12", count),
        "exit_reason": _each("父亲已返乡，不再外出", count),
    }  # fmt: skip


def _visits(known: Mapping[str, list[Any]], count: int) -> dict[str, list[Any]]:
    """A visitor sees at most ten children a day."""
    visitors = names(np.random.default_rng(5), count // 50 + 1)[0]
    return {
        "visit_date": [f"2026-10-{1 + n // 10 % 28:02}" for n in range(count)],
        "visit_visitor": [str(visitors[n // 50]) for n in range(count)],
        "visit_role": _each("村儿童主任", count),
        "visit_method": _each("入户", count),
        "visit_kind": _each("入户走访", count),
        "visit_target": known["guardian_name"],
        "visit_content": _told(_TALKS, count),
        "visit_problem": _each("无", count),
        "visit_result": _each("无", count),
        "visit_sign": known["guardian_name"],
    }


def _agreements(known: Mapping[str, list[Any]], count: int) -> dict[str, list[Any]]:
    return {
        "ag_no": [f"2026-{n:04}" for n in range(1, count + 1)],
        "ag_type": _each("委托照护协议书", count),
        "ag_principal": [f"{a}、{b}" for a, b in zip(known["father_name"], known["mother_name"], strict=True)],
        "ag_trustee": known["guardian_name"],
        "ag_trustee_rel": known["guardian_rel"],
        "ag_trustee_id": known["guardian_id"],
        "ag_trustee_phone": known["guardian_phone"],
        "ag_sign_date": _each("2026-02-20", count),
        "ag_start": _each("2026-02-20", count),
        "ag_end": _each("2027-02-19", count),
        "ag_duties": _each("照料起居，督促学习，保障安全，每周与父母联系", count),
        "ag_contact": [f"{at}，{phone}" for at, phone in zip(known["father_work_place"], known["father_phone"], strict=True)],
        "ag_cost": _each("委托人每月寄生活费800元", count),
        "ag_child_opinion": _each("已听取，本人同意", count),
        "ag_signed_by": [
            f"{a}、{b}、{c}，村委会见证"
            for a, b, c in zip(known["father_name"], known["mother_name"], known["guardian_name"], strict=True)
        ],
        "ag_notified": _each("2026-02-25", count),
    }  # fmt: skip


def fill(book: Any, form: Form, values: Mapping[str, Sequence[Any]], first: int) -> None:
    """Write ``values`` into the blank form ``book`` and sign it; ``first``: the row of the first record."""
    sheet = book.worksheets[0]
    for column in range(1, sheet.max_column + 1):
        said = str(sheet.cell(2, column).value or "")
        if said.endswith("："):
            sheet.cell(2, column).value = said + ("2026年10月25日" if "日期" in said else "石大山")
    for number, column in enumerate(form.columns, 1):
        for row, value in enumerate(values.get(column.key, ()), first):
            sheet.cell(row, number).value = value


def first_row(sheet: Any) -> int:
    """The first row that is not locked."""
    return next(row for row in range(3, 10) if not sheet.cell(row, 2).protection.locked)
