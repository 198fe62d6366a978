"""Group D, schooling: D12 stage and age, D13 class without school, D14 out of school, D15 the wrong word for it."""

from __future__ import annotations

from sample_data.generate.defects.tools import aged, child_of, clear, put
from sample_data.generate.world import World

NO_SCHOOL = ("school_name", "grade", "class_name", "boarding")


def d12(world: World) -> None:
    (row,) = world.take("roster", 1, where=aged(8, 8))
    put(
        row,
        school_status="初中",
        school_name="白石镇初级中学",
        grade="八年级",
        class_name="八（1）班",
        boarding="是",
    )
    world.expect("D12", "8岁读八年级", rows=[row], fields=("school_status", "grade"))
    (row,) = world.take("enrolment", 1, where=lambda r: child_of(r).grade == 6 and child_of(r).age >= 12)
    world.expect(
        "D12", "12岁读二年级", rows=[put(row, grade="二年级", class_name="二（1）班")], fields=("grade",)
    )


def d13(world: World) -> None:
    (row,) = world.take("roster", 1, where=lambda r: child_of(r).status == "未入园")
    world.expect(
        "D13",
        "未入园却有班级、寄宿",
        rows=[put(row, class_name="大（1）班", boarding="是")],
        fields=("class_name", "boarding"),
    )
    (row,) = world.take("roster", 1, where=lambda r: child_of(r).status == "幼儿园")
    clear(row, "school_name", "grade", "class_name")
    world.expect(
        "D13",
        "学龄前却寄宿",
        rows=[put(row, school_status="学龄前", boarding="是")],
        fields=("school_status", "boarding"),
    )


def d14(world: World) -> None:
    for kind, text in (("roster", "辍学"), ("village_book", "不在学")):
        (row,) = world.take(kind, 1, where=aged(11, 13))
        world.expect(
            "D14",
            f"义务教育年龄{text}",
            rows=[put(clear(row, *NO_SCHOOL), school_status=text)],
            fields=("school_status",),
        )


def d15(world: World) -> None:
    (row,) = world.take("roster", 1, where=aged(9, 10))
    cause = world.expect(
        "D15",
        "10岁填“不在学”",
        rows=[put(clear(row, *NO_SCHOOL), school_status="不在学")],
        fields=("school_status",),
    )
    world.follow(cause, "D14", note="义务教育年龄未在校")
    (row,) = world.take("roster", 1, where=aged(4, 4))
    world.expect(
        "D15",
        "4岁填“辍学”",
        rows=[put(clear(row, *NO_SCHOOL), school_status="辍学")],
        fields=("school_status",),
    )


ALL = (d12, d13, d14, d15)
