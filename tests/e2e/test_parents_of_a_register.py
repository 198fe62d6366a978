"""Every phrasing of ``tests/facts/phrasings.yaml`` through the real command, on a roster as an office keeps it:
what is dead, lost or held owes nothing, what is not is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.e2e.desk import book, id_no, report_of
from tests.facts.test_phrasings import PHRASINGS

COLUMNS = {
    "姓名": "child_name", "性别": "sex", "民族": "ethnicity", "出生日期": "birth_date", "公民身份证号码": "id_no",
    "现居住地": "live_addr", "身体情况": "health", "就学情况": "school_status", "父母双方同时外出": "both_away",
    "父母健在情况": "parents_alive", "父亲姓名": "father_name", "父亲务工地点": "father_work_place",
    "父亲外出时间": "father_away_since", "父亲联系电话": "father_phone", "母亲姓名": "mother_name",
    "母亲务工地点": "mother_work_place", "母亲外出时间": "mother_away_since", "母亲联系电话": "mother_phone",
    "监护人姓名": "guardian_name", "与被监护人关系": "guardian_rel", "监护人电话": "guardian_phone", "监护类型": "guard_eval",
    "备注": "remark",
}  # fmt: skip
SURNAMES, GIVEN = "杨罗吴马韦覃石王李张陈刘黄周龙", "峰安桐远怡莲然涵博婷墨雨"
GONE = ("father dead", "father missing", "father custody")
RULES = ("B01", "B04", "B05", "D01", "D02", "G08")
REMARKS = {text: told.split(", ") for text, told in PHRASINGS["remark"].items()}


def record(i: int, remark: str, **cells: str) -> dict[str, str]:
    surname = SURNAMES[i % len(SURNAMES)]
    born = f"2015{1 + i // 28 % 12:02d}{1 + i % 28:02d}"
    number = id_no(f"529901{born}", 2 * (i % 400) + 101)
    return {
        "child_name": surname + GIVEN[i % len(GIVEN)] + GIVEN[i // len(GIVEN) % len(GIVEN)],
        "sex": "男", "ethnicity": "汉", "birth_date": f"{born[:4]}-{born[4:6]}-{born[6:]}", "id_no": number,
        "live_addr": f"白石镇珠岩村{i % 9 + 1}组{i}号", "health": "健康", "school_status": "小学", "both_away": "是",
        "father_name": surname + "大" + GIVEN[i % len(GIVEN)], "father_work_place": "广东省东莞市",
        "father_away_since": "2025-02-11", "father_phone": f"1388572{i:04d}",
        "mother_name": "秀" + GIVEN[i % len(GIVEN)] + GIVEN[i // 7 % len(GIVEN)], "mother_work_place": "浙江省宁波市",
        "mother_away_since": "2025-02-11", "mother_phone": f"1398572{i:04d}",
        "guardian_name": surname + "老" + GIVEN[i // 3 % len(GIVEN)], "guardian_rel": "祖父",
        "guardian_phone": f"1378572{i:04d}", "guard_eval": "较好", "remark": remark, **cells,
    }  # fmt: skip


def found(folder: Path, records: list[dict[str, str]]) -> list[set[str]]:
    """Rules of ``RULES`` found of each record by ``lbt-audit check``; as many full records stand below, so that no
    column counts as blank throughout."""
    full = (record(i + len(records), "") for i in range(len(records)))
    cells = [[one.get(field, "") for field in COLUMNS.values()] for one in (*records, *full)]
    book(folder / "白石镇花名册.xlsx", {"花名册": [["白石镇农村留守儿童花名册"], list(COLUMNS), *cells]})
    desk = report_of(folder, "--as-of", "2026-10-31", "--fail-on", "never", "--select", ",".join(RULES))
    assert desk.code == 0
    rows: list[set[str]] = [set() for _ in range(2 * len(records))]
    for issue in desk.report["issues"]:
        rows[issue["locations"][0]["row"] - 3].add(issue["rule"])
    assert not any(rows[len(records) :])
    return rows[: len(records)]


def told(rows: list[set[str]], *rules: str) -> dict[str, list[str]]:
    return {text: sorted(at & set(rules)) for text, at in zip(REMARKS, rows, strict=True)}


def test_a_full_record_owes_nothing_whatever_the_remark_says(tmp_path: Path) -> None:
    rows = found(tmp_path, [record(i, text) for i, text in enumerate(REMARKS)])
    assert {t: r for t, r in told(rows, "B01", "B04", "B05").items() if r} == {}
    dead = told(rows, "D01", "D02")
    for text, says in REMARKS.items():
        both = "father dead" in says and "mother dead" in says
        one = "father dead" in says or "mother dead" in says
        assert dead[text] == (["D01"] if both else ["D02"] if one else []), text


def test_who_is_gone_owes_neither_place_nor_phone(tmp_path: Path) -> None:
    rows = found(
        tmp_path,
        [
            record(i, t, father_work_place="", father_away_since="", father_phone="")
            for i, t in enumerate(REMARKS)
        ],
    )
    asked = told(rows, "B01", "B04")
    for text, says in REMARKS.items():
        assert asked[text] == ([] if any(g in says for g in GONE) else ["B04"]), text


def test_of_the_dead_not_even_the_name_is_asked(tmp_path: Path) -> None:
    rows = found(tmp_path, [record(i, t, father_name="") for i, t in enumerate(REMARKS)])
    asked = told(rows, "B01")
    for text, says in REMARKS.items():
        assert asked[text] == ([] if "father dead" in says else ["B01"]), text


def test_only_who_is_there_owes_a_city(tmp_path: Path) -> None:
    rows = found(tmp_path, [record(i, t, father_work_place="广东") for i, t in enumerate(REMARKS)])
    asked = told(rows, "B05")
    for text, says in REMARKS.items():
        assert asked[text] == ([] if any(g in says for g in GONE) else ["B05"]), text


def test_a_child_whose_mother_is_dead_and_whose_father_cannot_care(tmp_path: Path) -> None:
    dead = {"mother_name": "—", "mother_work_place": "—", "mother_away_since": "—", "mother_phone": "—"}
    rows = found(
        tmp_path,
        [record(i, t, father_work_place="", father_away_since="", **dead) for i, t in enumerate(REMARKS)],
    )
    cannot = ("father missing", "father custody", "father ill", "father separated")
    doubt = told(rows, "G08")
    for text, says in REMARKS.items():
        expected = any(c in says for c in cannot) and "father dead" not in says
        assert doubt[text] == (["G08"] if expected else []), text


@pytest.mark.parametrize("column", ["father_work_place", "father_phone", "father_name"])
def test_own_cells_say_it_as_well(tmp_path: Path, column: str) -> None:
    texts = {t: s for t, s in PHRASINGS[column].items() if any(g in s for g in GONE)}
    blank = {"father_work_place": "", "father_away_since": "", "father_phone": ""}
    rows = found(tmp_path, [record(i, "", **{**blank, column: t}) for i, t in enumerate(texts)])
    assert {t: r for t, r in zip(texts, rows, strict=True) if r & {"B04", "B05"}} == {}
