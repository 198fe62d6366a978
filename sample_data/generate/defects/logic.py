"""Group D: contradictions inside one record.

Rows are ordinary ones (an only child, both parents away), changed so that one contradiction stands
alone where that is possible; where another rule lawfully fires too it is recorded as a side effect:
D01 → G02, D03 (both at home) → none, D04 (both denied) → D03, D20 by a number equal to the child's → D05, D11,
D15 (不在学 under 14) → D14, D18 (是 with no number) → B12.
"""

from __future__ import annotations

from datetime import date

from sample_data.generate import ids
from sample_data.generate.defects.tools import aged, at_school, child_of, put, years_before
from sample_data.generate.people import Month
from sample_data.generate.sheet import Row
from sample_data.generate.world import World

UNABLE = {"incap_who": "母亲", "incap_reason": "精神残疾二级"}


def d01(world: World) -> None:
    for kind in ("roster", "village_book"):
        (row,) = world.take(kind, 1)
        cause = world.expect(
            "D01", "双方去世而有去向", rows=[put(row, parents_alive="双方去世")], fields=("parents_alive",)
        )
        world.follow(cause, "G02", note="登记为双方去世")


def d02(world: World) -> None:
    (row,) = world.take("roster", 1)
    put(
        row,
        parents_alive="父亡母在",
        both_away="否",
        one_away_incap="是",
        incap_who="父亲",
        incap_reason="已去世",
    )
    world.expect("D02", "父亲已故而有务工地点", rows=[row], fields=("parents_alive", "father_work_place"))
    (row,) = world.take("village_book", 1, "father_away_since")
    put(row, parents_alive="母亡父在", left_type="父母一方外出")
    world.expect("D02", "母亲已故而有务工地点", rows=[row], fields=("parents_alive", "mother_work_place"))


def d03(world: World) -> None:
    (row,) = world.take("roster", 1)
    put(row, mother_work_place="在家", mother_away_since="", **UNABLE)
    world.expect("D03", "双方外出=是而母亲在家", rows=[row], fields=("both_away", "mother_work_place"))
    (row,) = world.take("village_book", 1)
    world.expect(
        "D03", "一方外出而双方都在外", rows=[put(row, left_type="父母一方外出")], fields=("left_type",)
    )


def d04(world: World) -> None:
    (row,) = world.take("roster", 1)
    put(row, one_away_incap="是", **UNABLE)
    world.expect("D04", "两项都是“是”", rows=[row], fields=("both_away", "one_away_incap"))
    (row,) = world.take("roster", 1)
    cause = world.expect(
        "D04", "两项都是“否”", rows=[put(row, both_away="否")], fields=("both_away", "one_away_incap")
    )
    world.follow(cause, "D03", note="父母都在外而“双方外出”填否")


def d05(world: World) -> None:
    (row,) = world.take("roster", 1)
    since = Month(child_of(row).family.father.birth.year + 9, 5)
    world.expect("D05", "九岁外出", rows=[put(row, father_away_since=since)], fields=("father_away_since",))
    (row,) = world.take("village_book", 1, "mother_away_since")
    world.expect(
        "D05",
        "外出时间在将来",
        rows=[put(row, mother_away_since=Month(2027, 2))],
        fields=("mother_away_since",),
    )
    (row,) = world.take("village_book", 1, "father_away_since")
    world.expect(
        "D05", "年份写错", rows=[put(row, father_away_since=Month(1925, 3))], fields=("father_away_since",)
    )


def d06(world: World) -> None:
    (row,) = world.take("roster", 1)
    put(row, both_away="否", one_away_incap="是", mother_work_place="在家", mother_away_since="")
    world.expect(
        "D06",
        "未写哪一方、为何无监护能力",
        rows=[row],
        fields=("one_away_incap", "incap_who", "incap_reason"),
    )
    (row,) = world.take("roster", 1)
    put(
        row,
        both_away="否",
        one_away_incap="是",
        mother_work_place="在家",
        mother_away_since="",
        incap_who="母亲",
    )
    world.expect("D06", "未写无监护能力的原因", rows=[row], fields=("one_away_incap", "incap_reason"))


def d07(world: World) -> None:
    for kind, key, text in (
        ("roster", "guard_eval", "无人监护"), ("school_ledger", "guard_eval", "无人监护"), ("roster", "has_guardian", "否"),
    ):  # fmt: skip
        (row,) = world.take(kind, 1, key, where=lambda r: "祖" in child_of(r).family.relation)
        world.expect(
            "D07", f"“{text}”却有监护人", rows=[put(row, **{key: text})], fields=(key, "guardian_name")
        )


def d08(world: World) -> None:
    (row,) = world.take("school_ledger", 1, "father_id", "guard_eval", "guardian_phone")
    values = {f"guardian_{key}": row.values[f"father_{key}"] for key in ("name", "id", "phone")}
    put(row, guardian_rel="父亲", guard_eval="差", **values)
    world.expect("D08", "监护人是外出的父亲", rows=[row], fields=("guardian_name", "father_name"))


def d09(world: World) -> None:
    (row,) = world.take("village_book", 1, where=aged(8, 14))
    number = ids.number(date(1991, 4, 6), 515)
    put(row, guardian_rel="爷爷", guardian_id=number)
    world.expect("D09", "爷爷比孩子大不足30岁", rows=[row], fields=("guardian_rel", "guardian_id"))
    (row,) = world.take("roster", 1, where=lambda r: r.values["guardian_rel"] == "祖父")
    world.expect(
        "D09",
        "祖母的证号为男性",
        rows=[put(row, guardian_rel="祖母")],
        fields=("guardian_rel", "guardian_id"),
    )


def d10(world: World) -> None:
    (row,) = world.take("roster", 1, where=aged(3, 10))
    put(row, guardian_rel="兄", guardian_id=ids.number(date(2009, 4, 6), 517), actual_guard="亲戚朋友")
    world.expect("D10", "监护人17岁", rows=[row], fields=("guardian_id",))
    for kind, rel in (("roster", "祖母"), ("village_book", "奶奶")):
        (row,) = world.take(kind, 1)
        put(
            row, guardian_rel=rel, guardian_id=ids.number(date(1948, 8, 19), 518 if kind == "roster" else 520)
        )
        world.expect("D10", "监护人78岁", rows=[row], fields=("guardian_id",), severity="notice")


def _parent(row: Row, who: str, birth: date) -> Row:
    sequence = 521 if who == "father" else 522
    return put(row, **{f"{who}_birth": birth, f"{who}_id": ids.number(birth, sequence)})


def d11(world: World) -> None:
    (row,) = world.take("roster", 1, where=aged(3, 12))
    _parent(row, "mother", years_before(child_of(row).birth, 13))
    put(row, mother_away_since=Month(2026, 3))
    world.expect("D11", "母亲只大13岁", rows=[row], fields=("mother_birth", "birth_date"))
    (row,) = world.take("roster", 1)
    _parent(row, "father", years_before(child_of(row).birth, 72))
    world.expect("D11", "父亲大72岁", rows=[row], fields=("father_birth", "birth_date"))


def d16(world: World) -> None:
    (row,) = world.take("roster", 1)
    put(row, disability_type="听力残疾", disability_level="三级")
    world.expect("D16", "健康而有残疾类型", rows=[row], fields=("health", "disability_type"))
    (row,) = world.take("roster", 1)
    put(row, disability_card=child_of(row).id_no + "43")
    world.expect("D16", "健康而有残疾证", rows=[row], fields=("health", "disability_card"))


def d17(world: World) -> None:
    for text in ("感冒", "近视"):
        (row,) = world.take("roster", 1)
        world.expect(
            "D17", f"患病填“{text}”", rows=[put(row, health="患病", illness=text)], fields=("illness",)
        )


def d18(world: World) -> None:
    (row,) = world.take("roster", 1)
    put(row, hukou_registered="否", hukou_note="正在补登户口")
    world.expect("D18", "未登记户口而有有效证号", rows=[row], fields=("hukou_registered", "id_no"))
    (row,) = world.take("roster", 1)
    cause = world.expect(
        "D18", "登记为“是”而证号填“无”", rows=[put(row, id_no="无")], fields=("hukou_registered", "id_no")
    )
    world.follow(cause, "B12", note="证号填“无”，未说明")


def d19(world: World) -> None:
    for kind in ("roster", "village_book"):
        (row,) = world.take(kind, 1)
        put(row, father_work_place=f"青禾县{child_of(row).family.township}")
        world.expect("D19", "在本乡镇务工", rows=[row], fields=("father_work_place",))


def d20(world: World) -> None:
    (row,) = world.take("roster", 1)
    put(row, father_id=ids.number(child_of(row).family.father.birth, 524))
    world.expect("D20", "父亲证号为女性", rows=[row], fields=("father_id",))
    (row,) = world.take("roster", 1)
    world.expect(
        "D20",
        "父母同名",
        rows=[put(row, mother_name=row.values["father_name"])],
        fields=("father_name", "mother_name"),
    )
    (row,) = world.take("school_ledger", 1, "father_id", where=lambda r: child_of(r).sex == "男")
    cause = world.expect(
        "D20",
        "父亲证号就是孩子的",
        rows=[put(row, father_id=child_of(row).id_no)],
        fields=("father_id", "id_no"),
    )
    world.follow(cause, "D11", note="证号相同，年龄差为零")
    world.follow(cause, "D05", note="按这个证号，外出时还不满14周岁")


def d21(world: World) -> None:
    for text in ("政府救助", "种养殖业"):
        (row,) = world.take("roster", 1)
        world.expect(
            "D21",
            f"外出务工而收入只有“{text}”",
            rows=[put(row, income_source=text)],
            fields=("income_source",),
        )


def d22(world: World) -> None:
    for text in ("孤儿津贴", "低保、事实无人抚养儿童补贴"):
        (row,) = world.take("roster", 1, where=at_school)
        world.expect("D22", f"救助栏含“{text}”", rows=[put(row, aid=text)], fields=("aid",))


ALL = (d01, d02, d03, d04, d05, d06, d07, d08, d09, d10, d11, d16, d17, d18, d19, d20, d21, d22)
