"""Schooling of the child, by age and by what the record says.

``school.stage`` (text): kindergarten, primary, junior, senior or vocational; from 就学情况, else from the
grade or class. ``school.grade`` (1–12): from 年级, else 班级.
``school.age_lo``/``_hi``: completed years on September 1 of the school year ``as_of`` lies in.
``school.stage_off``, ``school.grade_off``: the age is more than ``stage_tolerance`` (2) years outside the
stage's band (幼儿园 3–6, 小学 6–12, 初中 12–15, 高中/中职 15–18), or the grade's (grade g: 5+g to 6+g years).
``school.special``: special school, 随班就读, 送教, 休学, 复读 or a disabled child: bands do not apply.
``school.compulsory``: six years old by August 31 before this school year and younger than 16 at ``as_of``.
``school.could_be_done``: may have finished nine years (15 years old by that August 31).
``school.graduated``: the record says 初中毕业.
``school.attends``: true where 就学情况 names a stage, 在读, 送教上门, 特教, or the record names a school or
class; false where it says 辍学, 不在学, 未入学, 未入园, 学龄前. ``school.none_shown``: 就学情况 blank or 无
and no school, grade or class given although the file has a column for the school.
``school.boards``: pupils of this school board, as far as the register says (never false: others may know more).
``school.status_out``: 就学情况 is 辍学 or 不在学 (or the class or school cell says so).
"""

from __future__ import annotations

import numpy as np

from lbt_audit.facts.child.age import age_at
from lbt_audit.facts.fact import Fact
from lbt_audit.frames import days
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.keys import dense, text_codes
from lbt_audit.frames.logic import Logic
from lbt_audit.frames.texts import code_is, coded, filled, holds, in_state
from lbt_audit.model.cell import State
from lbt_audit.model.text import Text

STAGES = ("", "kindergarten", "primary", "junior", "senior", "vocational")
BANDS = {
    "kindergarten": (3, 6),
    "primary": (6, 12),
    "junior": (12, 15),
    "senior": (15, 18),
    "vocational": (15, 18),
}
IN_SCHOOL = (*STAGES[1:], "in_school", "home_tutored", "special_school", "college")


def school_year_start(as_of: int) -> int:
    """September 1 of the school year ``as_of`` (day number) lies in."""
    day = days.day_of(as_of)
    year = day.year if day.month >= 9 else day.year - 1
    return days.day_number(day.replace(year=year, month=9, day=1))


def born_by(day: int, years: int) -> int:
    """The last day of birth with which one has completed ``years`` on ``day`` (day numbers)."""
    when = days.day_of(day)
    if (when.month, when.day) == (2, 29):
        return days.day_number(when.replace(year=when.year - years, month=3, day=1)) - 1
    return days.day_number(when.replace(year=when.year - years))


def _grade(frame: Frame) -> Facet:
    grade, class_name = frame.facet("grade.grade"), frame.facet("class_name.grade")
    values = np.where(grade.known, grade.values, class_name.values)
    # 一年级 is the first of whatever school the child is said to attend: 初中一年级, 中职一年级.
    stage = frame.facet("school.stage")
    for names, before in ((["junior"], 6), (["senior", "vocational"], 9)):
        values = np.where(stage.isin(names).true & (values >= 1) & (values <= 3), values + before, values)
    known = (grade.known | class_name.known) & (values >= 1) & (values <= 12)
    return Facet(values, known)


def _stage(frame: Frame) -> Facet:
    status = frame.facet("school_status")
    open_ = ~status.known | status.isin(["in_school", "other"]).true
    sources = [frame.facet("grade.stage"), frame.facet("class_name.stage")]
    codes = np.zeros(len(frame), np.int8)
    for i, stage in enumerate(STAGES[1:], 1):
        said_ = status.isin([stage]).true
        for source in sources:
            said_ = said_ | (open_ & (codes == 0) & source.isin([stage]).true)
        codes[said_] = i
    return Facet.text(coded(codes, STAGES))


def _age(edge: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        birth = frame.facet(f"child.birth_{'hi' if edge == 'lo' else 'lo'}")
        return age_at(birth, school_year_start(frame.context.as_of))

    return run


def _outside(frame: Frame, low: np.ndarray, high: np.ndarray, known: np.ndarray) -> Facet:
    """The age is surely outside [low, high] widened by the tolerance; false where surely inside."""
    slack = int(frame.params["stage_tolerance"])
    youngest, oldest = frame.facet("school.age_lo"), frame.facet("school.age_hi")
    told = known & youngest.known & oldest.known
    off = (oldest.values < low - slack) | (youngest.values > high + slack)
    inside = (youngest.values >= low - slack) & (oldest.values <= high + slack)
    return Facet.truth(Logic(told & off, told & inside))


def _stage_off(frame: Frame) -> Facet:
    stage = frame.facet("school.stage")
    low, high = np.zeros(len(frame), np.int32), np.zeros(len(frame), np.int32)
    for name, (lo, hi) in BANDS.items():
        at = stage.isin([name]).true
        low[at], high[at] = lo, hi
    return _outside(frame, low, high, stage.known)


def _grade_off(frame: Frame) -> Facet:
    grade = frame.facet("school.grade")
    return _outside(frame, grade.values + 5, grade.values + 6, grade.known)


def _special(frame: Frame) -> Facet:
    found = holds(
        frame, ("school_name", "class_name", "study_mode", "school_status", "remark"), "special_schooling"
    )
    found = found | code_is(frame, "health", "disabled").true
    return Facet.truth(Logic(found, ~found))


def _compulsory(frame: Frame) -> Facet:
    birth_lo, birth_hi = frame.facet("child.birth_lo"), frame.facet("child.birth_hi")
    known = birth_lo.known & birth_hi.known
    six = born_by(school_year_start(frame.context.as_of) - 1, 6)
    sixteen = born_by(frame.context.as_of, 16)
    old_enough, still_young = birth_hi.values <= six, birth_lo.values > sixteen
    too_young, too_old = birth_lo.values > six, birth_hi.values <= sixteen
    return Facet.truth(Logic(known & old_enough & still_young, known & (too_young | too_old)))


def _could_be_done(frame: Frame) -> Facet:
    birth_lo, birth_hi = frame.facet("child.birth_lo"), frame.facet("child.birth_hi")
    known = birth_lo.known & birth_hi.known
    done = birth_lo.values <= born_by(school_year_start(frame.context.as_of) - 1, 15)
    return Facet.truth(Logic(known & done, known & ~done))


def _graduated(frame: Frame) -> Facet:
    fields = ("school_status", "grade", "class_name", "school_name", "remark")
    found = holds(frame, fields, "finished_school")
    return Facet.truth(Logic(found, ~found))


def _says_out(frame: Frame) -> np.ndarray:
    found = code_is(frame, "school_status", "dropped_out", "not_in_school").true
    for field in ("school_status", "school_name", "grade", "class_name"):
        found = found | (holds(frame, (field,), "out_of_school") & ~holds(frame, (field,), "back_at_school"))
    return np.asarray(found)


def _status_out(frame: Frame) -> Facet:
    out = _says_out(frame)
    status = frame["school_status"].state
    return Facet.truth(Logic(out, ~out & (status != State.ABSENT)))


def _attends(frame: Frame) -> Facet:
    out = _says_out(frame) | code_is(frame, "school_status", "not_enrolled_preschool", "preschool_age").true
    tutored = holds(frame, ("school_status", "study_mode", "school_name", "remark"), "taught_at_home")
    named = filled(frame, "school_name") | filled(frame, "grade") | filled(frame, "class_name")
    there = code_is(frame, "school_status", *IN_SCHOOL).true | tutored
    true = there | (named & ~out)
    return Facet.truth(Logic(true & ~(out & ~tutored), out & ~tutored))


def _none_shown(frame: Frame) -> Facet:
    empty = (State.BLANK, State.PLACEHOLDER, State.DASH)
    nothing = in_state(frame, "school_status", *empty) & in_state(frame, "school_name", *empty)
    for field in ("grade", "class_name", "head_teacher", "xueji_no"):
        nothing &= ~filled(frame, field)
    told = filled(frame, "school_status") | filled(frame, "school_name")
    return Facet.truth(Logic(nothing, told))


def _boards(frame: Frame) -> Facet:
    """By 就读学校, in a school's own register by the register."""
    boarding = code_is(frame, "boarding", "yes").true | code_is(frame, "study_mode", "boarding").true
    named = filled(frame, "school_name")
    schools = [t.unit.path if t.unit.level == "school" else "" for t in frame.tables]
    numbers = {name: at for at, name in enumerate(dict.fromkeys(schools))}
    own = frame.per_table([numbers[name] for name in schools], np.int64)
    known = named | frame.per_table([bool(name) for name in schools], np.bool_)
    key = dense(np.where(named, text_codes(frame.squeezed("school_name")) * 2, own * 2 + 1))
    found = np.isin(key, key[boarding & known]) & known
    return Facet.truth(Logic(found, np.zeros(len(frame), np.bool_)))


FACTS: tuple[Fact, ...] = (
    Fact("school.boards", "truth", _boards, Text("该校有学生寄宿", "pupils of the school board")),
    Fact("school.grade", "number", _grade, Text("年级（1—12）", "grade, 1 to 12")),
    Fact("school.stage", "code", _stage, Text("学段", "stage of schooling"), STAGES[1:]),
    Fact(
        "school.age_lo", "number", _age("lo"), Text("9月1日最小可能周岁", "least possible age on 1 September")
    ),
    Fact(
        "school.age_hi",
        "number",
        _age("hi"),
        Text("9月1日最大可能周岁", "greatest possible age on 1 September"),
    ),
    Fact("school.stage_off", "truth", _stage_off, Text("年龄与学段不符", "the age does not fit the stage")),
    Fact("school.grade_off", "truth", _grade_off, Text("年龄与年级不符", "the age does not fit the grade")),
    Fact(
        "school.special",
        "truth",
        _special,
        Text("特教、休学、复读或残疾", "special school, leave, repeated year or a disabled child"),
    ),
    Fact("school.compulsory", "truth", _compulsory, Text("属义务教育年龄", "of compulsory school age")),
    Fact(
        "school.could_be_done",
        "truth",
        _could_be_done,
        Text("可能已完成义务教育", "may have finished nine years of school"),
    ),
    Fact("school.graduated", "truth", _graduated, Text("记录称初中毕业", "the record says 初中毕业")),
    Fact(
        "school.status_out",
        "truth",
        _status_out,
        Text("就学情况为辍学或不在学", "the record says out of school"),
    ),
    Fact("school.attends", "truth", _attends, Text("在学", "attends a school")),
    Fact(
        "school.none_shown",
        "truth",
        _none_shown,
        Text("未填任何就学信息", "nothing shows a school although the file has a column for it"),
    ),
)
