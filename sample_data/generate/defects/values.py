"""Group C: single values, and values that contradict the ID number.

=====  =========================================================================================
C01    17 digits; a letter O
C02    a wrong check character (child, guardian)
C03    a number cell (see ``examples``), text in E notation, 000 at the end
C04    month 13, 30 February
C05    area code 529977
C06    2015年13月2日, 属羊, 农历
C07    another day, day and month swapped, another month
C08    sex
C09    age one and three too high
C10    digits, brackets
C11    □ and pinyin in a name
C12    • and ・ in a name
C13    布衣族, 黔族
C14    10 digits, a letter
C15    13800138000, 12345678, part of the ID number
C16    words outside the code lists
C17    18 characters; another number than the ID
C18    an address that ends at the county or township
C19    快乐班, 毕业班
C20    another person's card; another type of disability
=====  =========================================================================================
"""

from __future__ import annotations

from datetime import date, timedelta

from sample_data.generate import ids
from sample_data.generate.defects.tools import at_school, child_of, put, spreadsheet
from sample_data.generate.people import Month
from sample_data.generate.sheet import Num, Raw, Row
from sample_data.generate.world import World


def c01(world: World) -> None:
    (row,) = world.take("roster", 1)
    world.expect("C01", "少一位", rows=[put(row, id_no=child_of(row).id_no[:-1])], fields=("id_no",))
    (row,) = world.take("village_book", 1, where=lambda r: "0" in child_of(r).id_no[14:17])
    number = child_of(row).id_no
    typed = number[:14] + number[14:17].replace("0", "O", 1) + number[17]
    world.expect("C01", "数字0写成字母O", rows=[put(row, id_no=typed)], fields=("id_no",))


def c02(world: World) -> None:
    (row,) = world.take("roster", 1)
    world.expect(
        "C02", "末位写错", rows=[put(row, id_no=ids.wrong_check(child_of(row).id_no))], fields=("id_no",)
    )
    (row,) = world.take("roster", 1)
    typed = ids.wrong_check(str(row.values["guardian_id"]), 3)
    world.expect("C02", "监护人证号末位写错", rows=[put(row, guardian_id=typed)], fields=("guardian_id",))


def c03(world: World) -> None:
    (row,) = world.take(
        "village_book", 1, where=lambda r: spreadsheet(r) and not child_of(r).id_no.endswith("X")
    )
    world.expect(
        "C03", "数字单元格", rows=[put(row, id_no=Num(float(child_of(row).id_no)))], fields=("id_no",)
    )
    (row,) = world.take("village_book", 1)
    world.expect("C03", "科学记数", rows=[put(row, id_no="5.29901E+17")], fields=("id_no",))
    (row,) = world.take("roster", 1, where=lambda r: ids.complete(child_of(r).id_no[:15] + "00")[-1] != "0")
    world.expect(
        "C03", "末三位成了000", rows=[put(row, id_no=child_of(row).id_no[:15] + "000")], fields=("id_no",)
    )


def c04(world: World) -> None:
    for body in ("52990120151301101", "52990120160230102"):
        (row,) = world.take(
            "roster", 1, where=lambda r, b=body: (int(b[16]) % 2 == 1) == (child_of(r).sex == "男")
        )
        world.expect("C04", "出生段没有这一天", rows=[put(row, id_no=ids.complete(body))], fields=("id_no",))


def c05(world: World) -> None:
    for kind in ("roster", "village_book"):
        (row,) = world.take(kind, 1)
        number = ids.complete("529977" + child_of(row).id_no[6:17])
        world.expect("C05", "地址码529977", rows=[put(row, id_no=number)], fields=("id_no",))


def c06(world: World) -> None:
    for kind, text in (
        ("roster", "2015年13月2日"),
        ("village_book", "属羊"),
        ("school_ledger", "农历三月十二"),
    ):
        (row,) = world.take(kind, 1)
        world.expect(
            "C06", f"出生日期写“{text}”", rows=[put(row, birth_date=Raw(text))], fields=("birth_date",)
        )


def c07(world: World) -> None:
    (row,) = world.take("roster", 1, where=lambda r: 5 < child_of(r).birth.day < 25)
    born = child_of(row).birth + timedelta(days=1)
    world.expect("C07", "差一天", rows=[put(row, birth_date=born)], fields=("birth_date", "id_no"))
    (row,) = world.take(
        "village_book", 1,
        where=lambda r: child_of(r).birth.day <= 12 and abs(child_of(r).birth.day - child_of(r).birth.month) > 1,
    )  # fmt: skip
    born = child_of(row).birth
    put(row, birth_date=date(born.year, born.day, born.month))
    world.expect("C07", "月日颠倒", rows=[row], fields=("birth_date", "id_no"))
    (row,) = world.take("roster", 1, where=lambda r: child_of(r).birth.month < 8)
    born = child_of(row).birth
    put(row, birth_date=Month(born.year, born.month + 2))
    world.expect("C07", "只填年月，月份不符", rows=[row], fields=("birth_date", "id_no"))


def c08(world: World) -> None:
    for kind in ("roster", "school_ledger", "enrolment"):
        (row,) = world.take(kind, 1)
        put(row, sex="女" if row.values["sex"] == "男" else "男")
        world.expect("C08", "性别与证号第17位不符", rows=[row], fields=("sex", "id_no"))


def c09(world: World) -> None:
    for more in (1, 3):
        (row,) = world.take("village_book", 1, "age")
        world.expect("C09", f"年龄多{more}岁", rows=[put(row, age=child_of(row).age + more)], fields=("age",))


def _name(world: World, rule: str, kind: str, make: object, note: str, key: str = "child_name") -> None:
    (row,) = world.take(kind, 1, key, where=lambda r: spreadsheet(r) and len(str(r.values[key])) == 3)
    written = make(str(row.values[key]))  # type: ignore[operator]
    world.expect(rule, note, rows=[put(row, **{key: Raw(written)})], fields=(key,))


def c10(world: World) -> None:
    _name(world, "C10", "roster", lambda n: n + "1", "姓名带数字")
    _name(world, "C10", "school_ledger", lambda n: n + "（大）", "姓名带括号")


def c11(world: World) -> None:
    _name(world, "C11", "roster", lambda n: n[:2] + "□", "以方框代替")
    _name(world, "C11", "village_book", lambda n: n[0] + "yan", "夹有拼音")
    _name(world, "C11", "school_ledger", lambda n: n[:2] + "\ue863", "自造字")


def c12(world: World) -> None:
    for kind, key, dot in (("village_book", "child_name", "•"), ("roster", "guardian_name", "・")):
        row = next(r for b in world.of(kind) for r in b.rows if child_of(r).name.startswith("阿依古丽"))
        put(row, **{key: str(row.values[key]).replace("·", dot)})
        world.expect("C12", f"间隔号写成“{dot}”", rows=[row], fields=(key,))


def c13(world: World) -> None:
    for kind, text in (("roster", "布衣族"), ("school_ledger", "黔族")):
        (row,) = world.take(kind, 1)
        world.expect("C13", f"民族写“{text}”", rows=[put(row, ethnicity=text)], fields=("ethnicity",))


def c14(world: World) -> None:
    (row,) = world.take("roster", 1)
    put(row, father_phone=str(row.values["father_phone"])[:-1])
    world.expect("C14", "手机号少一位", rows=[row], fields=("father_phone",))
    (row,) = world.take("village_book", 1, "guardian_phone")
    phone = str(row.values["guardian_phone"])
    world.expect(
        "C14",
        "手机号夹字母",
        rows=[put(row, guardian_phone=phone[:7] + "O" + phone[8:])],
        fields=("guardian_phone",),
    )


def c15(world: World) -> None:
    (row,) = world.take("roster", 1)
    world.expect("C15", "13800138000", rows=[put(row, father_phone="13800138000")], fields=("father_phone",))
    (row,) = world.take("roster", 1)
    put(row, guardian_phone=str(row.values["guardian_id"])[6:17])
    world.expect("C15", "电话取自证号", rows=[row], fields=("guardian_phone",))


def c16(world: World) -> None:
    for kind, key, text in (
        ("roster", "health", "OK"),
        ("school_ledger", "boarding", "周末回家"),
        ("village_book", "guard_eval", "还行"),
    ):
        (row,) = world.take(kind, 1, key, where=at_school)
        world.expect("C16", f"“{text}”不在选项中", rows=[put(row, **{key: text})], fields=(key,))


def c17(world: World) -> None:
    (row,) = world.take("school_ledger", 1)
    world.expect(
        "C17", "学籍号少一位", rows=[put(row, xueji_no="G" + child_of(row).id_no[:-1])], fields=("xueji_no",)
    )
    (row,) = world.take("enrolment", 1)
    number = child_of(row).id_no
    other = ids.complete(number[:10] + ("01" if number[10:12] != "01" else "02") + number[12:17])
    world.expect(
        "C17", "学籍号不是本人证号", rows=[put(row, xueji_no="G" + other)], fields=("xueji_no", "id_no")
    )


def c18(world: World) -> None:
    (row,) = world.take("village_book", 1)
    world.expect("C18", "只写到县", rows=[put(row, live_addr="青禾县")], fields=("live_addr",))
    (row,) = world.take("school_ledger", 1, where=lambda r: r.book.has("live_addr"))
    put(row, live_addr=f"青禾县{child_of(row).family.township}")
    world.expect("C18", "只写到乡镇", rows=[row], fields=("live_addr",))


def c19(world: World) -> None:
    (row,) = world.take("school_ledger", 1)
    world.expect("C19", "班级写“快乐班”", rows=[put(row, class_name="快乐班")], fields=("class_name",))
    (row,) = world.take("roster", 1, where=at_school)
    world.expect("C19", "年级写“毕业班”", rows=[put(row, grade="毕业班")], fields=("grade",))


def c20(world: World) -> None:
    def disabled(row: Row, card: str) -> Row:
        return put(
            row, health="残疾", disability_type="肢体残疾", disability_level="三级", disability_card=card
        )

    (row,) = world.take("roster", 1)
    world.expect(
        "C20",
        "残疾证号不是本人证号",
        rows=[disabled(row, str(row.values["guardian_id"]) + "43")],
        fields=("disability_card",),
    )
    (row,) = world.take("roster", 1)
    world.expect(
        "C20",
        "类别码与残疾类型不符",
        rows=[disabled(row, child_of(row).id_no + "23")],
        fields=("disability_card",),
    )


ALL = (c01, c02, c03, c04, c05, c06, c07, c08, c09, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20)
