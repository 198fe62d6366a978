"""What every table says of one child: field → value, in the words of the township rosters."""

from __future__ import annotations

from sample_data.generate.people import Child, Family, Person
from sample_data.generate.sheet import Value

CHINESE = "零一二三四五六七八九"
_ON_MOTHERS_SIDE = {"外祖父": "外公", "外祖母": "外婆", "祖父": "爷爷", "祖母": "奶奶"}


def grade_text(child: Child) -> str:
    grade = child.grade
    if child.status in ("未入园", "送教上门"):
        return ""
    if grade <= 0:
        return {0: "大班", -1: "中班"}.get(grade, "小班")
    if grade <= 9:
        return f"{CHINESE[grade]}年级"
    return "高一" if child.status == "高中" else "一年级"


def class_text(child: Child) -> str:
    if child.grade <= 0 or child.status in ("未入园", "送教上门"):
        return ""
    if child.grade > 9:
        return f"{child.class_no}班"
    return f"{CHINESE[child.grade]}（{child.class_no}）班"


def _parent(prefix: str, person: Person) -> dict[str, Value]:
    if not person.alive:
        keys = ("name", "birth", "id", "work_place", "away_since", "phone")
        return {f"{prefix}_{key}": "—" for key in keys} | {f"{prefix}_status": "死亡"}
    return {
        f"{prefix}_name": person.name,
        f"{prefix}_birth": person.birth,
        f"{prefix}_id": person.id_no,
        f"{prefix}_work_place": person.place,
        f"{prefix}_away_since": person.since,
        f"{prefix}_phone": person.phone,
        f"{prefix}_status": person.status or "健在",
    }


def unable_parent(family: Family) -> tuple[str, Person] | None:
    """(父亲 or 母亲, person) who is dead or unable to care."""
    for word, person in (("父亲", family.father), ("母亲", family.mother)):
        if not person.alive or person.status:
            return word, person
    return None


def alive_text(family: Family) -> str:
    if not family.father.alive:
        return "父亡母在"
    return "父母双全" if family.mother.alive else "母亡父在"


def record(child: Child) -> dict[str, Value]:
    """Every field of the unified form."""
    family = child.family
    unable = unable_parent(family)
    both = family.kind == "both"
    remark = child.remark
    if unable and unable[1].alive:
        reason = f"{unable[0]}{unable[1].status_text}，无监护能力"
        remark = f"{remark}；{reason}" if remark else reason
    relation = family.relation
    kin = "祖" in relation
    school = child.outside_school or (child.school.name if child.school else "")
    values: dict[str, Value] = {
        "township": family.township,
        "village": family.village,
        "group": family.group,
        "household_no": family.number,
        "child_name": child.name,
        "former_name": child.former_name,
        "sex": child.sex,
        "ethnicity": family.ethnicity,
        "birth_date": child.birth,
        "age": child.age,
        "id_no": child.id_no,
        "id_type": child.id_type if child.hukou else "",
        "hukou_registered": "是" if child.hukou else "否",
        "hukou_type": "农村居民户口" if child.hukou else "无户口",
        "hukou_note": child.hukou_note,
        "hukou_addr": family.address if child.hukou else "",
        "live_addr": family.address,
        "health": child.health,
        "disability_type": child.disability[0],
        "disability_level": child.disability[1],
        "disability_card": child.disability[2],
        "illness": child.illness,
        "special": "无",
        "school_status": child.status,
        "school_name": school,
        "grade": grade_text(child),
        "class_name": class_text(child),
        "boarding": "" if child.status == "未入园" else "是" if child.boarding else "否",
        "xueji_no": child.xueji or ("G" + child.id_no if child.id_no and child.grade > 0 else ""),
        "left_type": "父母双方外出" if both else "父母一方外出",
        "both_away": "是" if both else "否",
        "one_away_incap": "否" if both or not unable else "是",
        "incap_who": unable[0] if unable else "",
        "incap_reason": ("已去世" if not unable[1].alive else unable[1].status_text) if unable else "",
        "parents_alive": alive_text(family),
        "has_guardian": "是",
        "guardian_name": family.guardian.name,
        "guardian_id": family.guardian.id_no,
        "guardian_rel": relation,
        "guardian_phone": family.guardian.phone,
        "guardian_addr": family.address,
        "guard_eval": f"监护情况{family.guard_eval}",
        "actual_guard": "祖父母外祖父母" if kin else "亲戚朋友",
        "income_source": family.income,
        "aid": family.aid,
        "care_level": "低" if family.guard_eval == "较好" else "中",
        "helper_name": family.helper[0],
        "helper_phone": family.helper[1],
        "helper_measure": family.helper[2],
        "remark": remark,
    }
    values |= _parent("father", family.father) | _parent("mother", family.mother)
    return values | child.overrides


def colloquial(relation: Value) -> str:
    """How village books name a relation."""
    return _ON_MOTHERS_SIDE.get(str(relation), str(relation))


def common(child: Child) -> dict[str, Value]:
    """父母去向, 外出时间, 父母联系电话: one column for both parents."""
    family = child.family
    living = [(w, p) for w, p in (("父亲", family.father), ("母亲", family.mother)) if p.alive]
    away = [p for _, p in living if p.since]
    places = {p.place for _, p in living}
    if len(places) == 1:
        place = living[0][1].place
    else:
        place = "，".join(f"{word}{'' if p.place == '在家' else '在'}{p.place}" for word, p in living)
    return {
        "parents_work_place": place,
        "parents_away_since": max((p.since for p in away if p.since), key=_order, default=None),
        "parents_phone": away[0].phone if away else "",
    }


def _order(since: object) -> tuple[int, int]:
    return (since.year, since.month)  # type: ignore[attr-defined]
