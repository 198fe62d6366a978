"""Forms for one child (B4, 附件1 of 2016) of the pupils of one school: a sheet for each, one below the other, side by side.

A form says what the roster says. Cells of forms are pointed at through places (``place``): rows that are given the number
of a line of the form when it is laid out.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sample_data.generate.layout import Grid
from sample_data.generate.people import Month
from sample_data.generate.sheet import Book, Column, Row, Sheet

KIND = "child_form"
PRINTED = """
农村留守儿童基本情况登记表
填报单位：(盖章) {unit_name}||||||填报日期：{fill_date}
留守儿童个人基本情况|姓  名|{child_name}|性别|{sex}|民族|{ethnicity}|出生日期|{birth_date}
|公民身份证号码|{id_no}|||是否登记户口||{hukou_registered}
|户籍所在地|{hukou_addr}|||现居住地|{live_addr}
|身体情况|{health}|||残疾类别及等级|{disability_type}|患病类型|{illness}
|是否学校寄宿|{boarding}||就学情况|{school_status}
家庭情况|祖父姓名|{pg_father_name}|出生日期|{pg_father_birth}|祖母姓名|{pg_mother_name}|出生日期|{pg_mother_birth}
|外祖父姓名|{mg_father_name}|出生日期|{mg_father_birth}|外祖母姓名|{mg_mother_name}|出生日期|{mg_mother_birth}
|父亲姓名|{father_name}|出生日期|{father_birth}|当前务工地点|{father_work_place}|联系电话|{father_phone}
|母亲姓名|{mother_name}|出生日期|{mother_birth}|当前务工地点|{mother_work_place}|联系电话|{mother_phone}
|父亲公民身份证号码|{father_id}|||母亲公民身份证号码|{mother_id}
实际监护情况|父母双方同时外出|{both_away}|父母一方外出、另一方无监护能力||{one_away_incap}|无监护能力|{incap_who}
|父母外出有无委托其他监护人|{has_guardian}|委托监护人姓名|{guardian_name}|受委托监护人电话|{guardian_phone}
|公民身份证号码|{guardian_id}|||与被监护人关系|{guardian_rel}|居住地地址|{guardian_addr}
|监护类型|{guard_eval}
家庭经济来源||{income_source}
救助帮扶情况||{aid}
单位负责人(签名)：{unit_head}|||复核人(签名)：{reviewer}|||填表人(签名)：{filler}
注：1.农村留守儿童：因父母双方外出务工或一方外出务工另一方无监护能力，无法与父母正常共同生活的未成年人。
2.选择项目在( )中划“√”。
3.患病：患有重特大疾病。
5.监护情况评估：①较好：委托监护人较好履行监护职责。
"""
MERGED = (
    (0, 0, 0, 9), (2, 0, 6, 0), (3, 2, 3, 4), (3, 5, 3, 6), (4, 2, 4, 4), (4, 6, 4, 9), (5, 2, 5, 4),
    (6, 2, 6, 3), (6, 5, 6, 9), (7, 0, 11, 0), (11, 2, 11, 4), (11, 6, 11, 9), (12, 0, 15, 0), (12, 3, 12, 4),
    (14, 2, 14, 4), (15, 2, 15, 9), (16, 0, 16, 1), (16, 2, 16, 9), (17, 0, 17, 1), (17, 2, 17, 9),
    (19, 0, 19, 9), (20, 0, 20, 9), (21, 0, 21, 9), (22, 0, 22, 9),
)  # fmt: skip
"""First row, first column, last row, last column."""
LINES = {
    "child_name": 2,
    "id_no": 3,
    "father_name": 9,
    "mother_name": 10,
    "both_away": 12,
    "guardian_name": 13,
    "guard_eval": 15,
}
"""Field → its line of the form."""
WIDTH = 10
_OPTIONS = {
    "hukou_registered": "是( )否( )", "health": "健康( )残疾( )患病( )", "boarding": "是( )否( )",
    "school_status": "幼儿园( )未入园( ); 小学( )初中( )高中( )中职( ); 辍学( );不在学( )",
    "both_away": "是( ) 否( )", "one_away_incap": "是( ) 否( )", "incap_who": "父亲( ) 母亲( )", "has_guardian": "是( ) 否( )",
    "guard_eval": "无人监护( ) 父或母无监护能力( ) 受委托监护人监护能力不足( ) 监护情况一般( ) 监护情况较好( )",
    "income_source": "打工收入( ) 种养殖业( ) 政府救助( ) 亲朋接济( ) 其他( ) 以上选项可多选",
    "aid": "享受低保( ) 临时救助( ) 医疗救助( ) 住房救助( ) 其他救助( ) 以上选项可多选",
}  # fmt: skip
_CALLED = {"低保": "享受低保", "教育救助": "其他救助", "监护情况差": "无人监护"}
_ELDERS = [
    f"{side}_{who}_{key}"
    for side in ("pg", "mg")
    for who in ("father", "mother")
    for key in ("name", "birth")
]


def form_book(path: str, unit: str, layout: str) -> Book:
    """``layout``: sheets (one for each child), below, beside."""
    book = Book(KIND, path, unit, "农村留守儿童基本情况登记表", [Column("", "", KIND)])
    book.style = {"layout": layout, "seed": 0, "encoding": "", "places": []}
    return book


def add_form(book: Book, roster: Row, **changes: str) -> Row:
    """A form that says what the child's row of the roster says but for ``changes``."""
    values: dict[str, Any] = dict.fromkeys(_ELDERS, "—")
    for _, key in re.findall(r"(\{(\w+)\})", PRINTED):
        values.setdefault(key, _text(roster.values.get(key)))
    for key in _OPTIONS:
        if key == "aid" and values[key] == "无":
            continue  # said so: no box is for it
        values[key] = tick(key, *(part for part in values[key].split("、") if part not in ("", "无")))
    values |= {
        "disability_type": _text(roster.values.get("disability_type"))
        + _text(roster.values.get("disability_level"))
    }
    values |= {
        "unit_name": book.unit,
        "fill_date": "2026年10月25日",
        "unit_head": "王建国",
        "reviewer": "张明",
        "filler": "李强",
    }
    values |= changes
    name = str(values["child_name"]).replace("·", "")
    if book.style["layout"] == "sheets" or not book.sheets:
        taken = {sheet.name for sheet in book.sheets}
        book.sheets.append(Sheet(name if name not in taken else f"{name}{len(taken)}", book))
    sheet = book.sheets[-1]
    if book.style["layout"] != "sheets":
        sheet.name = "登记表"
    row = Row(None, values, sheet)
    sheet.rows.append(row)
    return row


def place(form: Row, field: str) -> Row:
    """A place in a form: the line its field stands in."""
    found = Row(None, {}, form.sheet)
    form.book.style["places"].append((found, form, LINES[field]))
    return found


def tick(field: str, *labels: str) -> str:
    """The options of ``field`` with these ticked."""
    text = _OPTIONS[field]
    for label in labels:
        printed = _CALLED.get(label, label)
        at = re.compile(rf"(?<![一-鿿]){re.escape(printed)}\( \)")
        ticked = f"{printed}( √ )"
        text = at.sub(ticked, text, count=1) if at.search(text) else f"{text} {ticked}"
    return text


def lay_out_forms(sheet: Sheet) -> Grid:
    """The forms of a sheet, below or beside each other; numbers their places."""
    beside = sheet.book.style["layout"] == "beside"
    grid = Grid(sheet.name, WIDTH * (len(sheet.rows) if beside else 1))
    lines = [line.split("|") for line in PRINTED.strip().split("\n")]
    for at, form in enumerate(sheet.rows):
        top, left = (0, at * (WIDTH + 1)) if beside else (at * (len(lines) + 1), 0)
        form.number = top + 1
        for r, cells in enumerate(lines):
            for c, text in enumerate(cells):
                if text:
                    grid.cells[top + r, left + c] = text.format_map(form.values)
        grid.merges += [(top + a, left + b, top + c, left + d) for a, b, c, d in MERGED]
        grid.height = max(grid.height, top + len(lines))
    for found, form, line in sheet.book.style["places"]:
        found.number = form.number + line
    return grid


def _text(value: object) -> str:
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, Month):
        return f"{value.year}年{value.month}月"
    return "" if value is None else str(value)
