"""The form of 2016 for one child (农村留守儿童基本情况登记表), filled in as a test likes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sample_data.generate.views.forms import MERGED, PRINTED

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


def form(child: Mapping[str, Any], first: int = 1) -> tuple[list[list[Any]], list[Merge]]:
    """Rows and merged ranges (as grids have them) of the form, its first row being row ``first``."""
    values = {**BLANK, **child}
    lines: list[list[Any]] = []
    for line in PRINTED.strip().split("\n"):
        cells = line.split("|")
        lines.append([values[c[1:-1]] if c[1:-1] in values else c.format_map(values) for c in cells])
    return lines, [(a + first, b, d + first, e) for a, b, d, e in MERGED]


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
