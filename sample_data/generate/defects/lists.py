"""Lists of issues of the last inspection as units hand them in, answered (B9): L02, L03 and rows nobody can match (A03).

=====  =========================================================================================
L02    past its day and not done: 响石乡 (two sheets, children named in the text), 望溪乡 (in English), 云台镇,
       梨园镇 (as the county sent it out, children masked); nothing answered at all in 斗篷山村's
L03    reported as done, struck off or closed, and still there: the same
A03    响石乡 writes of “4 children”, 云台镇 of a problem without a child
=====  =========================================================================================

Silent: what was corrected, whatever is answered; what is not due yet; what is disputed; a child on no list any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sample_data.generate.defects.tools import child_of
from sample_data.generate.places import TOWNSHIPS
from sample_data.generate.sheet import Book, Column, Row, Sheet, Value
from sample_data.generate.world import LISTS, World

_PROBLEMS = {
    "C01": ("身份证号位数不对", "ID number has too few digits, wrong"),
    "C02": ("身份证号校验不对，有误", "ID number is wrong"),
    "C04": ("身份证号有误", "ID number is wrong"),
    "C05": ("公民身份号码有误", "ID number is wrong"),
    "C07": ("出生日期与身份证号不符", "date of birth does not match"),
    "C08": ("性别填写有误", "sex is wrong"),
    "C09": ("年龄不对", "age is wrong"),
    "B05": ("务工地点只写到省，没有市", "place of work without city"),
    "B06": ("监护人信息不全", "guardian incomplete"),
    "C14": ("电话号码位数不对", "telephone number is wrong"),
    "C15": ("电话疑似空号、虚假", "telephone number is fake"),
    "G01": ("已超龄，仍在册", "over age"),
    "C19": ("班级写法不规范", "class is unreadable"),
    "G13": ("父母已返乡，未退出", "a parent has returned"),
    "D02": ("父亲或母亲已故仍填务工", "deceased parent entered as away"),
    # by the titles of the rules
    "C06": ("日期无法识别或不完整", "Date unreadable or incomplete"),
    "C11": ("疑似生僻字替代", "Stand-in for a rare character"),
    "C16": ("选项不在规定范围", "Answer outside the options"),
    "C18": ("地址不到村组", "Address does not reach the village"),
    "D01": ("双亲去世仍有去向", "Orphan recorded with parents working away"),
    "D04": ("两个“是”并存", "Both kinds of absence ticked or both denied"),
    "D05": ("外出时间异常", "Impossible time of leaving"),
    "D07": ("无人监护却有监护人", "Unattended, yet a guardian is named"),
    "D08": ("监护人即外出父母", "The guardian is the parent who is away"),
    "D09": ("监护人关系与性别、年龄不符", "Guardian's relation contradicts sex or age"),
    "D10": ("监护人年龄异常", "Guardian too young or very old"),
    "D12": ("学段与年龄不合", "Stage of schooling does not fit the age"),
    "D17": ("患病口径错", "Minor illness recorded as 患病"),
    "D20": ("父母性别、姓名或证号矛盾", "Parents' sex, names or ID numbers contradict each other"),
    "B07": ("残疾或患病未注明", "Disability or illness not specified"),
    "G05": ("外出不足规定月数", "Not away long enough"),
    "G06": ("外出时间不明无法认定", "Time of leaving not a date"),
    "D03": ("外出类型与父母栏不符", "Kind of absence contradicts the parents' entries"),
    "D11": ("父母年龄与子女不合", "Parent's age does not fit the child's"),
    "D14": ("义务教育年龄未在校", "Of school age, but not at school"),
    "D15": ("辍学、不在学口径错", "Drop-out and not-at-school confused"),
    "D18": ("户口登记与证号矛盾", "Household registration contradicts the ID number"),
    "D22": ("救助栏含孤儿津贴", "Orphan allowance in a left-behind child's record"),
    "G11": ("非务工原因", "A parent is gone for another reason than work"),
    "G07": ("非农村户籍", "Not a rural household"),
}
_CURED = ("C02", "B06", "C14", "C15", "C08")
"""What free children are said to have had."""


@dataclass(frozen=True)
class Style:
    """How a unit writes. ``done``, ``late`` and ``disputed``: its words; ``past``, ``ahead``: deadlines."""

    done: tuple[str, ...]
    late: tuple[str, ...]
    disputed: str
    past: tuple[Value, ...]
    ahead: Value


_OWN = Style(
    ("已整改到位", "已更正", "10月22日已补填"),
    ("正在与家长联系", "", "尚未整改"),
    "有异议，情况不实",
    ("10月20日前", "2026年10月25日前", "2026.10.15"),
    "2026年11月20日",
)
_ENGLISH = Style(
    ("done", "corrected on 22 October", "fixed"),
    ("in progress", "", "not yet"),
    "disputed",
    ("2026-10-20", "2026/10/25"),
    "2026-11-20",
)
_SENT = Style(("已整改",), ("未整改", "整改中", ""), "有异议", ("2026-10-20",), "2026-11-16")
_MUTE = Style(("是",), ("",), "不属实", ("10月20日", "2026-10-19"), "2026年10月底前")


def lists(world: World) -> None:
    _in_text(world)
    _in_english(world)
    _struck_off(world)
    _as_sent_out(world)
    _of_village(world)


def _in_text(world: World) -> None:
    columns = (
        ("序号", "seq"),
        ("存在的问题", "problem"),
        ("责任单位", "unit"),
        ("整改措施", "measure"),
        ("整改时限", "due"),
        ("整改落实情况", "done"),
        ("备注", "remark"),
    )
    book = _book(
        "响石乡/响石乡农村留守儿童督查反馈问题整改台账.xlsx", "响石乡", columns, ("第一批", "第二批")
    )
    rows = _fill(
        world,
        book,
        _OWN,
        lambda name, text, number: {
            "problem": f"{name}{text}" if number % 2 else f"{text}（{name}）",
            "unit": "响石乡",
            "measure": "上门核对户口簿",
        },
    )
    vague = Row(None, {"problem": "4名儿童监护人电话未填", "due": "", "done": ""}, rows[0].sheet)
    rows[0].sheet.rows.append(vague)
    world.expect("A03", "整改台账一行没有写是哪几名儿童", rows=[vague])


def _in_english(world: World) -> None:
    columns = (
        ("No.", "seq"),
        ("Problem", "problem"),
        ("Child", "child"),
        ("Corrective action", "measure"),
        ("Deadline", "due"),
        ("Status", "done"),
        ("Responsible person", "person"),
    )
    book = _book("望溪乡/Rectification list 望溪乡.csv", "望溪乡", columns, ("Sheet1",))
    book.title = "Rectification list, 望溪乡"
    _fill(
        world,
        book,
        _ENGLISH,
        lambda name, text, number: {"problem": text, "child": name, "measure": "asked the family"},
        1,
    )


def _struck_off(world: World) -> None:
    columns = (
        ("序号", "seq"),
        ("姓名", "child"),
        ("问题描述", "problem"),
        ("责任人", "person"),
        ("完成时限", "due"),
        ("整改进展", "done"),
        ("是否销号", "closed"),
        ("备注", "remark"),
    )
    book = _book("云台镇/云台镇问题整改销号台账.xlsx", "云台镇", columns, ("台账",))
    rows = _fill(
        world, book, _OWN, lambda name, text, number: {"child": name, "problem": text, "person": "杨主任"}, 1
    )
    for row in rows:
        row.values["closed"] = "是" if row.values["done"] in _OWN.done else "否"
    vague = Row(
        None,
        {"child": "", "problem": "走访不及时", "due": "2026年11月20日", "done": "已安排", "closed": ""},
        rows[0].sheet,
    )
    rows[0].sheet.rows.append(vague)
    gone = Row(
        None,
        {
            "child": "万里行",
            "problem": "已超龄，仍在册",
            "due": "2026.10.15",
            "done": "已移除",
            "closed": "是",
        },
        rows[0].sheet,
    )
    rows[0].sheet.rows.append(gone)  # on no list any more
    world.expect("A03", "整改台账一行没有写是哪名儿童", rows=[vague])


def _as_sent_out(world: World) -> None:
    columns = (
        ("序号", "seq"),
        ("问题编号", "number"),
        ("规则", "rule"),
        ("等级", "grade"),
        ("儿童", "child"),
        ("问题描述", "problem"),
        ("出处", "place"),
        ("整改要求", "fix"),
        ("整改时限（含当日）", "due"),
        ("当前状态", "state"),
        ("整改情况", "done"),
        ("整改措施", "measure"),
        ("整改人", "person"),
        ("完成日期", "day"),
        ("佐证材料", "proof"),
    )
    book = _book("梨园镇/梨园镇-整改回复表.xls", "梨园镇", columns, ("整改回复",))
    book.title = "青禾县　梨园镇　整改回复表　统计截止日 2026-09-30"
    rows = _fill(
        world,
        book,
        _SENT,
        lambda name, text, number: {
            "child": _masked(name),
            "problem": f"{_masked(name)}：{text}",
            "fix": "核对后更正",
            "state": "新",
        },
    )
    for at, row in enumerate(rows):  # numbers of another year's key
        row.values |= {"number": f"{0xA5C3E1F000000000 + 7919 * at:016x}", "grade": "黄"}


def _of_village(world: World) -> None:
    columns = (
        ("序号", "seq"),
        ("儿童姓名", "child"),
        ("问题", "problem"),
        ("时限", "due"),
        ("是否整改", "done"),
    )
    book = _book("响石乡/村级台账/斗篷山村问题整改清单.xlsx", "斗篷山村", columns, ("Sheet1",))
    book.facts = {"填报单位": "响石乡斗篷山村村民委员会"}
    _fill(world, book, _MUTE, lambda name, text, number: {"child": name, "problem": text}, 1)


def _book(path: str, unit: str, columns: tuple[tuple[str, str], ...], sheets: tuple[str, ...]) -> Book:
    title = path.rpartition("/")[2].rpartition(".")[0]
    book = Book("rectification", path, unit, title, [Column("", header, key) for header, key in columns])
    book.style = {"date": "dot", "since": "dot", "encoding": "gbk", "seed": sum(map(ord, path))}
    book.sheets = [Sheet(name, book) for name in sheets]
    return book


def _fill(world: World, book: Book, style: Style, words: object, most: int = 2) -> list[Row]:
    """``most`` claims and as many delays, and the lawful rows, over the sheets of the book in turn."""
    found = list(_known(world, book.unit))
    if len(found) < 2 * most:
        raise LookupError(f"{book.path}: {len(found)} issues")
    rows: list[Row] = []
    language = style is _ENGLISH

    def add(name: str, rule: str, due: Value, done: str) -> Row:
        sheet = book.sheets[len(rows) % len(book.sheets)]
        values = words(name, _PROBLEMS[rule][language], len(rows))  # type: ignore[operator]
        if book.has("rule"):
            values["rule"] = rule
        rows.append(Row(None, {**values, "due": due, "done": done}, sheet))
        sheet.rows.append(rows[-1])
        return rows[-1]

    def past(at: int) -> Value:
        return style.past[at % len(style.past)]

    claimed = [add(*found[at], past(at), style.done[at % len(style.done)]) for at in range(most)]
    owed = [add(*found[most + at], past(at), style.late[at % len(style.late)]) for at in range(most)]
    for known, due, answer in zip(
        found[2 * most :], (style.ahead, past(0)), (style.late[0], style.disputed), strict=False
    ):
        add(*known, due, answer)
    for at, (name, rule) in enumerate(zip(_free(world, book.unit), _CURED, strict=False)):
        add(name, rule, past(at), style.done[0] if at % 2 else "")
    world.books.append(book)
    world.expect("L03", "报已整改，本次仍查出", rows=claimed)
    world.expect("L02", "过了时限没有整改，本次仍查出", rows=owed)
    return rows


def _known(world: World, unit: str) -> Iterator[tuple[str, str]]:
    """(name, rule) of issues planted in lists of the unit, of children nobody else there is called like."""
    bearers = _bearers(world, unit)
    told: set[str] = set()
    for expected in world.expected:
        if expected.side or expected.rule not in _PROBLEMS or len(expected.rows) != 1:
            continue
        row = expected.rows[0]
        if row.book.kind not in LISTS or row.child is None or not _belongs(row, unit):
            continue
        name = row.child.name
        plain = row.values.get("child_name") == name and len(name) == 3
        if plain and len(bearers[_masked(name)]) == 1 and name not in told and not row.child.trap:
            told.add(name)
            yield name, expected.rule


def _free(world: World, unit: str) -> Iterator[str]:
    bearers = _bearers(world, unit)
    kind = "roster" if unit in TOWNSHIPS else "village_book"
    alone = lambda r: _belongs(r, unit) and len(bearers[_masked(child_of(r).name)]) == 1  # noqa: E731
    for row in islice(world.free(kind, where=alone), 4):
        world.used.add(child_of(row).family.key)
        yield child_of(row).name


def _bearers(world: World, unit: str) -> dict[str, set[int]]:
    """Masked names of the township's or village's children → who bears them, by their names in the lists."""
    found: dict[str, set[int]] = defaultdict(set)
    for book in world.books:
        for row in book.rows if book.kind in LISTS else ():
            home = row.child and (row.child.family.township, row.child.family.village)
            if row.child is not None and (unit in (home or ()) or _belongs(row, unit)):
                found[_masked(row.child.name)].add(id(row.child))
    return found


def _belongs(row: Row, unit: str) -> bool:
    """Whether a row stands in a list of the unit, or of one of a township's villages and schools."""
    return row.book.unit == unit or row.book.path.startswith(f"{unit}/")


def _masked(name: str) -> str:
    return f"{name[0]}*{name[2:]}" if len(name) == 3 else f"{name[0]}*"


ALL = (lists,)
