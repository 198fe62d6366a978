"""Registers of agreements on care (B8): by village, by township with a sheet per village, in one list.

Every child of the township has one, signed by a parent who is away and the guardian of the register. Lawful oddities, all of
them silent: an older agreement beside the one that renews it, the other grandparent as trustee, both grandparents in one
cell.
"""

from __future__ import annotations

from datetime import date

from sample_data.generate.people import Child, Family, Register
from sample_data.generate.places import TOWNSHIPS
from sample_data.generate.record import record
from sample_data.generate.sheet import Book, Column, Row, Sheet, Value
from sample_data.generate.views.registers import WORKERS

_VILLAGE = {  # one village, every header a full one
    "seq": "序号", "ag_no": "协议编号", "ag_type": "协议类型", "child_name": "儿童姓名", "sex": "性别",
    "id_no": "身份证号码", "ag_principal": "委托人", "ag_principal_phone": "委托人电话", "ag_trustee": "受托人",
    "ag_trustee_rel": "受托人与儿童关系", "ag_trustee_id": "受托人身份证号", "ag_trustee_phone": "受托人电话",
    "ag_sign_date": "签订日期", "ag_term": "委托期限", "ag_duties": "监护职责",
    "ag_principal_signed": "委托人签字", "ag_trustee_signed": "受托人签字", "ag_witness": "见证人",
    "ag_notified": "书面告知日期", "remark": "备注",
}  # fmt: skip
_TOWNSHIP = {  # one workbook, a sheet per village
    "seq": "序号", "village": "村(居)", "child_name": "儿童基本情况/姓名", "id_no": "儿童基本情况/身份证号码",
    "ag_type": "协议类型", "ag_principal": "委托人", "ag_contact": "外出地点及联系方式", "ag_trustee": "受托人",
    "ag_trustee_rel": "受托人与儿童关系", "ag_trustee_age": "受托人年龄", "ag_trustee_health": "受托人健康状况",
    "ag_sign_date": "签订日期", "ag_start": "委托期限/起", "ag_end": "委托期限/止", "ag_duties": "双方权利义务",
    "ag_principal_signed": "签字情况/委托人签字", "ag_trustee_signed": "签字情况/受托人签字",
    "ag_witness": "村委会盖章", "ag_agent": "经办人", "ag_notified_school": "书面告知/书面告知学校日期",
    "ag_notified_village": "书面告知/书面告知村委会日期", "remark": "备注",
}  # fmt: skip
_LIST = {  # one list, confirmations of responsibility
    "seq": "序号", "village": "村名", "child_name": "留守儿童姓名", "sex": "性别", "birth_date": "出生日期",
    "id_no": "身份证号码", "ag_type": "文书类型", "ag_principal": "甲方", "ag_principal_phone": "甲方电话",
    "ag_trustee": "乙方", "ag_trustee_phone": "乙方电话", "ag_trustee_special": "受托人特殊情况",
    "ag_sign_date": "签订时间", "ag_term": "协议期限", "ag_duties": "权利义务", "ag_signed_by": "双方签字",
    "ag_witness": "见证单位", "ag_agent": "承办人", "ag_notified_school": "告知学校时间",
    "ag_notified_village": "告知村委会时间",
}  # fmt: skip
Layout = dict[str, str]
"""Field → header, after its group."""
_KEPT: dict[tuple[str, str], tuple[str, Layout]] = {
    ("清水乡", "柏杨林村"): ("清水乡/村级台账/柏杨林村委托监护协议台账.xlsx", _VILLAGE),
    ("白石镇", ""): ("白石镇/白石镇农村留守儿童委托照护协议台账.xls", _TOWNSHIP),
    ("云台镇", ""): ("云台镇/云台镇委托监护责任确认书登记表.csv", _LIST),
    ("梨园镇", "花竹村"): ("梨园镇/村级台账/花竹村委托监护协议台账.xls", _VILLAGE),
}
_TYPES = {
    "清水乡": "委托监护协议书",
    "白石镇": "委托照护协议书",
    "云台镇": "受委托监护责任确认书",
    "梨园镇": "委托监护协议书",
}
_DUTIES = (
    "照料{0}的生活起居，督促学习，保障人身安全；父母每周至少联系一次",
    "负责{0}的吃住和上下学接送，生病及时就医并告知父母；父母按月寄生活费",
    "照管{0}的生活和学习，参加家长会，发现异常及时告知学校和村委会",
)


def agreements(register: Register, townships: list[str]) -> list[Book]:
    """The registers of all units of ``townships`` that keep them."""
    return [_book(register, *unit, *kept) for unit, kept in _KEPT.items() if unit[0] in townships]


def _book(register: Register, township: str, village: str, path: str, layout: Layout) -> Book:
    title = path.rpartition("/")[2].rpartition(".")[0]
    book = Book("agreements", path, village or township, title, [_column(f, h) for f, h in layout.items()])
    book.style = {
        "date": "cn" if layout is _LIST else "dot",
        "since": "dot",
        "encoding": "gbk",
        "seed": sum(map(ord, path)),
    }
    book.facts = {
        "填报单位": f"{township}{village}村民委员会" if village else f"{township}人民政府",
        "填报日期": "2026年10月27日",
    }
    for name in [village] if village else TOWNSHIPS[township]:
        if not book.sheets or layout is _TOWNSHIP:
            book.sheets.append(Sheet(name if layout is _TOWNSHIP else "协议", book))
        sheet = book.sheets[-1]
        here = [c for c in register.children if (c.family.township, c.family.village) == (township, name)]
        for at, child in enumerate(here):
            sheet.rows.append(Row(child, _agreement(child, at), sheet))
            if at == 3:
                sheet.rows.append(_renewed(sheet.rows[-1]))
                _speak_of(child, "旧协议已续签")
    _oddities(book)
    return book


def _column(field: str, header: str) -> Column:
    group, _, leaf = header.rpartition("/")
    return Column(group, leaf, field)


def _agreement(child: Child, at: int) -> dict[str, Value]:
    family = child.family
    principal = family.father if family.father.alive and family.father.since else family.mother
    signed = date(2026, 3, 2 + at % 19)
    start, end = signed, date(2027, 3, 1 + at % 19)
    told = date(2026, 3, 22 + at % 5)
    school = child.status != "未入园"
    keeper = family.guardian
    return record(child) | {
        "ag_no": f"WT2026-{at + 1:03d}",
        "ag_type": _TYPES[family.township],
        "ag_principal": principal.name,
        "ag_principal_phone": principal.phone,
        "ag_contact": f"{principal.place}，{principal.phone}",
        "ag_trustee": keeper.name,
        "ag_trustee_rel": family.relation,
        "ag_trustee_id": keeper.id_no,
        "ag_trustee_phone": keeper.phone,
        "ag_trustee_age": str(2026 - keeper.birth.year),
        "ag_trustee_health": "健康" if at % 5 else "患高血压，能自理",
        "ag_trustee_special": "" if at % 6 else "无吸毒、酗酒、赌博等不良嗜好",
        "ag_sign_date": signed,
        "ag_start": start,
        "ag_end": end if at % 9 else "至满16周岁",
        "ag_term": (f"{start.year}.{start.month}.{start.day}-{end.year}.{end.month}.{end.day}", "一年", "至满16周岁")[at % 3],
        "ag_duties": _DUTIES[at % 3].format(child.name),
        "ag_principal_signed": ("√", "已签", principal.name)[at % 3] if at % 7 else "",
        "ag_trustee_signed": ("√", "指印", keeper.name)[at % 3],
        "ag_signed_by": "双方已签",
        "ag_witness": f"{family.village}村委会",
        "ag_agent": f"{WORKERS[at % 10]}明菊",
        "ag_notified": told,
        "ag_notified_school": told if school else "/",
        "ag_notified_village": told,
        "remark": "",
    }  # fmt: skip


def _renewed(row: Row) -> Row:
    """The agreement of the year before, which has run out and was renewed; a mere letter."""
    old = {"ag_type": "委托书", "ag_sign_date": date(2025, 2, 25), "ag_start": date(2025, 2, 25), "ag_end": date(2026, 2, 24),
           "ag_term": "一年", "ag_no": "WT2025-004", "remark": "已续签"}  # fmt: skip
    return Row(row.child, row.values | old, row.sheet)


def _oddities(book: Book) -> None:
    """The other grandparent, both of them: on rows of families nobody else speaks of, of children in no school's files."""
    rows = [r for r in book.rows if r.child is not None and not r.child.trap and r.child.status == "未入园"]
    lone = [r for r in rows if len(_family(r).children) == 1 and _family(r).kind == "both"]
    grand = [r for r in lone if _family(r).relation in ("祖父", "祖母") and book.has("ag_trustee_rel")]
    for row, both in zip(grand[:2], (False, True), strict=False):
        family = _family(row)
        spouse = "王" + ("朝珍" if family.relation == "祖父" else "老贵")
        relation = "祖母" if family.relation == "祖父" else "祖父"
        name = f"{family.guardian.name}、{spouse}" if both else spouse
        row.values |= {
            "ag_trustee": name,
            "ag_trustee_rel": "祖父母" if both else relation,
            "ag_trustee_id": "",
            "remark": "老两口共同照料",
        }
        assert row.child is not None
        _speak_of(row.child, "祖父母一方登记、另一方受托")


def _speak_of(child: Child, trap: str) -> None:
    child.trap = child.trap or trap
    child.family.trap = child.family.trap or trap


def _family(row: Row) -> Family:
    assert row.child is not None
    return row.child.family
