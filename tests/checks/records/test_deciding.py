"""Rules of several alternatives: the words say which one holds, and the cells pointed at are those that made it so."""

from __future__ import annotations

from typing import Any

import pytest
from tests.checks.registers import book, catalogued, rows_of, table

CHILD = "52990120150312001X"
PARENTS = {"father_name": "张大山", "mother_name": "李秀英"}
AWAY = {"father_work_place": "广东东莞"}
CASES: list[tuple[str, dict[str, Any], str, set[str]]] = [
    ("D03", {"both_away": "是", **AWAY, "mother_work_place": "在家务农"}, "登记为父母双方外出，却写明一方在家",
     {"both_away", "father_work_place", "mother_work_place"}),
    ("D04", {"both_away": "是", "one_away_incap": "是"}, "两项只能有一项为“是”", {"both_away", "one_away_incap"}),
    ("D05", {**PARENTS, "father_away_since": "2027.2", "father_id": "52990119850506001X"}, "晚于统计截止日",
     {"father_away_since"}),
    ("D05", {**PARENTS, "father_away_since": "1995.3", "father_id": "52990119850506001X"}, "早于本人年满14周岁",
     {"father_away_since", "father_id"}),
    ("D05", {**PARENTS, "mother_away_since": "1916.2"}, "距今已超过60年", {"mother_away_since"}),
    ("D06", {"one_away_incap": "是", "incap_who": "母亲", "incap_reason": ""}, "没有写明无监护能力的原因（重病、重残等）",
     {"one_away_incap", "incap_reason"}),
    ("D06", {"one_away_incap": "是", "incap_who": "", "incap_reason": "重病"}, "没有写明是父亲还是母亲无监护能力",
     {"one_away_incap", "incap_who"}),
    ("D07", {"guard_eval": "无人监护", "guardian_name": "周老奶", "guardian_rel": "奶奶", **PARENTS},
     "登记为无人监护，却填有监护人", {"guard_eval", "guardian_name", "guardian_rel"}),
    ("D07", {"guard_eval": "较好", "guardian_name": "无", "both_away": "是", **PARENTS},
     "父母双方外出又没有监护人，监护情况却不差", {"guard_eval", "guardian_name", "both_away"}),
    ("D09", {"guardian_name": "周老奶", "guardian_rel": "奶奶", "guardian_id": "529901195704030119"},
     "证号第17位表示监护人是男性", {"guardian_name", "guardian_rel", "guardian_id"}),
    ("D10", {"guardian_name": "王晓", "guardian_rel": "姐姐", "guardian_birth": "2012-05-01"},
     "不满16周岁，不具备受委托照护的资格", {"guardian_name", "guardian_birth"}),
    ("D10", {"guardian_name": "王祖母", "guardian_rel": "奶奶", "guardian_id": "529901194501010025"},
     "年事已高，须上门评估照料能力", {"guardian_name", "guardian_id"}),
    ("D11", {**PARENTS, "father_birth": "1940-01-01", "mother_birth": "1990-01-01", "birth_date": "2015-03-12"},
     "相差过大", {"father_birth", "birth_date"}),
    ("D13", {"boarding": "是", "study_mode": "走读", "school_status": "小学"}, "寄宿与走读矛盾", {"boarding", "study_mode"}),
    ("D20", {**PARENTS, "id_no": CHILD, "father_id": CHILD}, "父亲与孩子证号相同", {"id_no", "father_id"}),
    ("D20", {"father_name": "张大山", "mother_name": "张大山", "id_no": CHILD}, "父亲与母亲姓名相同",
     {"father_name", "mother_name"}),
    ("G02", {"parents_alive": "双方去世", "is_orphan": "否"}, "登记为父母双方去世", {"parents_alive"}),
    ("G04", {**PARENTS, **AWAY, "mother_work_place": "在家", "one_away_incap": "否"},
     "父亲外出，母亲在家且没有注明无监护能力", {"one_away_incap", "father_work_place", "mother_work_place"}),
    ("G05", {**PARENTS, **AWAY, "father_away_since": "2026.9"}, "不足",
     {"father_away_since", "father_work_place"}),
    ("G08", {**PARENTS, "special": "无", "remark": "父亲被判刑五年，母亲失去联系"}, "父亲服刑或被限制人身自由、母亲失踪失联",
     {"remark"}),
    ("G08", {"father_name": "—", "mother_name": "李秀英", "mother_work_place": "失联"}, "父亲去世、母亲失踪失联",
     {"father_name", "mother_work_place"}),
    ("G09", {**PARENTS, **AWAY, "live_addr": "四川省成都市"}, "现居住地在县外，须核实与谁共同生活", {"live_addr"}),
    ("G09", {**PARENTS, **AWAY, "live_addr": "广东省东莞市虎门镇"},
     "现居住地与父母务工地在同一城市，疑似已随父母生活（流动儿童）", {"live_addr", "father_work_place"}),
    ("B12", {"id_no": "", "hukou_registered": "是"}, "没有身份证号", {"id_no"}),
    ("B12", {"id_no": CHILD, "hukou_registered": "否"}, "登记为没有户口", {"hukou_registered"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "row", "why", "cells"), CASES)
def test_what_holds_is_said_and_pointed_at(code: str, row: dict[str, Any], why: str, cells: set[str]) -> None:
    hits = rows_of(catalogued(code), book(table([{"child_name": "杨晓峰", **row}])))
    assert hits.count == 1
    assert [text.zh for text in hits.details["why"]] == [why]  # type: ignore[union-attr]
    assert {field for field, mask in hits.points.items() if mask.any()} == cells


def test_alternatives_with_commas_of_their_own_are_clauses() -> None:
    row = {"child_name": "杨晓峰", "school_status": "未入园", "class_name": "大班", "boarding": "是"}
    hits = rows_of(catalogued("D13"), book(table([row])))
    assert hits.details["why"][0].zh == "登记为未上学，却填有班级、年级或班主任；登记为未上学，却填寄宿"  # type: ignore[union-attr]
