"""The form of 2016 for one child (农村留守儿童基本情况登记表), filled in as a test likes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

WIDTH = 10
Merge = tuple[int, int, int, int]

CHILD: Mapping[str, str] = {
    "unit_name": "白石镇人民政府", "fill_date": "2026年10月25日", "unit_head": "王建国", "reviewer": "张明",
    "filler": "李强", "child_name": "杨晓峰", "sex": "男", "ethnicity": "苗族", "birth_date": "2015-03-12",
    "id_no": "52990120150312001X", "hukou_registered": "是( √ )否( )",
    "hukou_addr": "青禾县白石镇珠岩村三组", "live_addr": "青禾县白石镇珠岩村三组",
    "health": "健康( √ )残疾( )患病( )", "disability_type": "", "illness": "", "boarding": "是( )否( √ )",
    "school_status": "幼儿园( )未入园( ); 小学( √ )初中( )高中( )中职( ); 辍学( );不在学( )",
    "pg_father_name": "杨老根", "pg_father_birth": "1950年3月", "pg_mother_name": "周老奶", "pg_mother_birth": "1952年6月",
    "mg_father_name": "—", "mg_father_birth": "—", "mg_mother_name": "陈秀芝", "mg_mother_birth": "1955年1月",
    "father_name": "杨大山", "father_birth": "1985年5月6日", "father_work_place": "浙江省宁波市", "father_phone": "13885720001",
    "mother_name": "李秀英", "mother_birth": "1987年8月9日", "mother_work_place": "浙江省宁波市", "mother_phone": "13885720003",
    "father_id": "529901198505060015", "mother_id": "529901198708090023",
    "both_away": "是( √ ) 否( )", "one_away_incap": "是( ) 否( √ )", "incap_who": "父亲( ) 母亲( )",
    "has_guardian": "是( √ ) 否( )", "guardian_name": "杨老根", "guardian_phone": "13885720005",
    "guardian_id": "529901195003080013", "guardian_rel": "祖父", "guardian_addr": "青禾县白石镇珠岩村三组",
    "guard_eval": "无人监护( ) 父或母无监护能力( ) 受委托监护人监护能力不足( ) 监护情况一般( ) 监护情况较好( √ )",
    "income_source": "打工收入( √ ) 种养殖业( √ ) 政府救助( ) 亲朋接济( ) 其他( ) 以上选项可多选",
    "aid": "享受低保( ) 临时救助( ) 医疗救助( √ ) 住房救助( ) 其他救助( ) 以上选项可多选",
}  # fmt: skip
"""What a complete form says, by field."""

BLANK: Mapping[str, str] = {
    key: "".join(c for c in text if c != "√") if "(" in text else "" for key, text in CHILD.items()
}
"""The form before anybody has written on it."""


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


def form(child: Mapping[str, Any], first: int = 1) -> tuple[list[list[Any]], list[Merge]]:
    """Rows and merged ranges (as grids have them) of the form, its first row being row ``first``."""
    values = {**BLANK, **child}
    lines: list[list[Any]] = []
    for line in PRINTED.strip().split("\n"):
        cells = line.split("|")
        lines.append([values[c[1:-1]] if c[1:-1] in values else c.format_map(values) for c in cells])
    ranges = [
        (0, 0, 0, 9), (2, 0, 6, 0), (3, 2, 3, 4), (3, 5, 3, 6), (4, 2, 4, 4), (4, 6, 4, 9), (5, 2, 5, 4),
        (6, 2, 6, 3), (6, 5, 6, 9), (7, 0, 11, 0), (11, 2, 11, 4), (11, 6, 11, 9), (12, 0, 15, 0), (12, 3, 12, 4),
        (14, 2, 14, 4), (15, 2, 15, 9), (16, 0, 16, 1), (16, 2, 16, 9), (17, 0, 17, 1), (17, 2, 17, 9),
        (19, 0, 19, 9), (20, 0, 20, 9), (21, 0, 21, 9), (22, 0, 22, 9),
    ]  # fmt: skip
    return lines, [(a + first, b, d + first, e) for a, b, d, e in ranges]


def stacked(*children: Mapping[str, Any]) -> tuple[list[list[Any]], list[Merge]]:
    """Forms one below the other, a blank row between them."""
    lines: list[list[Any]] = []
    merges: list[Merge] = []
    for child in children:
        own, ranges = form(child, len(lines) + 1)
        lines += [*own, []]
        merges += ranges
    return lines, merges


def tick(field: str, *labels: str) -> str:
    """The options of ``field`` with these ticked; one that is not printed is written behind them."""
    text = BLANK[field]
    for label in labels:
        at = re.compile(rf"(?<![一-鿿]){re.escape(label)}\(\s*\)")
        text = at.sub(f"{label}( √ )", text, 1) if at.search(text) else f"{text} {label}( √ )"
    return text
