"""Statistics tables (B5): form 3 of the townships and the county, of some villages, of the education bureau."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sample_data.generate.places import COUNTY, SCHOOLS, TOWNSHIPS
from sample_data.generate.sheet import Book, Column, Num, Row, Sheet, Uncomputed, Value
from sample_data.generate.tally import Counted, Test, band, children, sexes
from sample_data.generate.views.figures import BANDS, Figure, annex, everybody, grades, shared, simple
from sample_data.generate.world import World

KIND = "statistics"
_PEOPLE = {
    "单位负责人(签名)": ("王建国", "罗文彬", "龙在田", "陆朝阳", "高志远", "田景明"),
    "复核人(签名)": ("张明远", "何春梅", "覃玉兰", "马秀芬", "蔡明芬", "邓小兰"),
    "填表人(签名)": ("李志强", "石成贵", "韦正刚", "安国庆", "冯德江", "熊开贵"),
}
PRINTED = (
    "勾稽关系：1=2+5+8=11+…+18=19+20=21+22+23=26+27+28+29=30+31+32；",
    "2=3+4；5=6+7；8=9+10；13+14=24+25。",
)


@dataclass(eq=False)
class Table:
    """A statistics book while it is being made: ``counted`` per line, so that defects can count anew."""

    book: Book
    figures: list[Figure]
    counted: dict[str, list[Counted]] = field(default_factory=dict)
    old: dict[str, list[Row]] = field(default_factory=dict)
    again: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet:
        return self.book.sheets[0]

    def line(self, name: str) -> Row:
        return next(row for row in self.sheet.rows if row.values["unit"] == name)

    def count(self, name: str, people: Sequence[Counted]) -> None:
        """Write what is true of ``people`` into a line, and the sum of all lines into 合计."""
        for at, figure in enumerate(self.figures):
            self.line(name).values[f"f{at}"] = sum(1 for c in people if figure.test(c))
        self.add_up()

    def add_up(self) -> None:
        lines = [row for row in self.sheet.rows if row.values["unit"] != "合计"]
        total = next((row for row in self.sheet.rows if row.values["unit"] == "合计"), None)
        for at in range(len(self.figures)) if total is not None else ():
            values = [row.values[f"f{at}"] for row in lines]
            if all(isinstance(v, int) for v in values) and not isinstance(
                total.values.get(f"f{at}"), Uncomputed
            ):
                total.values[f"f{at}"] = sum(v for v in values if isinstance(v, int))

    def at(self, header: str) -> str:
        """The field of a column: 6-13岁/小计."""
        group, _, leaf = header.rpartition("/")
        return next(f"f{at}" for at, f in enumerate(self.figures) if (f.group, f.header) == (group, leaf))


def _book(path: str, unit: str, title: str, figures: list[Figure], seed: int) -> Table:
    columns = [
        Column("", "单位", "unit"),
        *(Column(f.group, f.header, f"f{at}") for at, f in enumerate(figures)),
    ]
    book = Book(KIND, path, unit, title, columns)
    book.style = {"date": "iso", "since": "dot", "seed": seed, "encoding": "gbk" if seed % 2 else "utf8"}
    book.facts = {"填报单位(盖章)": unit, "填报日期": "2026年10月31日"}
    book.facts |= {label: names[seed % len(names)] for label, names in _PEOPLE.items()}
    book.sheets.append(Sheet("统计表", book))
    return Table(book, figures)


def _fill(table: Table, lines: dict[str, list[Row]], total: bool = True) -> Table:
    sheet = table.sheet
    for name, rows in lines.items():
        found, table.old[name], table.again[name] = children(rows)
        table.counted[name] = found
        values: dict[str, Value] = {"unit": name}
        sheet.rows.append(Row(None, values, sheet))
    if total:
        sheet.rows.append(Row(None, {"unit": "合计"}, sheet))
    for name in lines:
        for at, figure in enumerate(table.figures):
            table.line(name).values[f"f{at}"] = sum(1 for c in table.counted[name] if figure.test(c))
    table.add_up()
    return table


_FORMATS = ("xls", "xlsx", "csv", "xlsx", "xls", "csv")


def statistics(world: World) -> dict[str, Table]:
    """The tables of every unit of ``world`` that hands one in, by name, right throughout; their books are added to it."""
    towns = _townships(world)
    tables = {f"town/{t.book.unit}": t for t in towns}
    tables |= {f"village/{t.book.unit}": t for t in _villages(world)}
    tables |= {"schools": _schools(world), "school": _school(world), "survey": _survey(world)}
    tables |= {f"bureau/{at}": t for at, t in enumerate(_bureau(world))}
    tables |= {"county": _county(towns), "minors": _minors(towns)}
    world.books += [t.book for t in tables.values()]
    return tables


def _rosters(world: World) -> dict[str, Book]:
    return {b.unit: b for b in world.of("roster") if not b.style.get("content") and b.rows}


def _townships(world: World) -> list[Table]:
    tables = []
    for at, (township, book) in enumerate(_rosters(world).items()):
        form = _FORMATS[at % len(_FORMATS)]
        path = f"县民政局/乡镇统计表/{township}农村留守儿童统计表.{form}"
        table = _book(path, f"{township}人民政府", f"附件3 {township}农村留守儿童统计表", annex(), at)
        table.book.unit = township
        table.book.notes = PRINTED if at % 2 == 0 else ()
        table.book.style["numbers"] = ("甲", *range(1, len(table.figures) + 1)) if at % 3 != 1 else ()
        villages = {v: [r for r in book.rows if r.values.get("village") == v] for v in TOWNSHIPS[township]}
        tables.append(_fill(table, villages))
        if form == "xlsx":
            _formulas(table)
    return tables


def _formulas(table: Table) -> None:
    """合计 as sums nobody computed: title, 填报单位, two header rows and the row of numbers stand above."""
    first = 5 + bool(table.book.style["numbers"])
    last = first + len(table.sheet.rows) - 2
    for at in range(len(table.figures)):
        letter = chr(66 + at) if at < 25 else f"A{chr(65 + at - 25)}"
        table.line("合计").values[f"f{at}"] = Uncomputed(f"=SUM({letter}{first}:{letter}{last})")


def _villages(world: World) -> list[Table]:
    tables = []
    wanted = {
        ("白石镇", "珠岩村"): "xlsx", ("清水乡", "清塘村"): "xls", ("望溪乡", "竹林寨村"): "xlsx", ("响石乡", "高原村"): "csv",
    }  # fmt: skip
    for at, ((township, village), form) in enumerate(wanted.items()):
        rows = [
            r for b in world.of("village_book") if village in b.path and township in b.path for r in b.rows
        ]
        if not rows:
            continue
        path = f"县民政局/村级统计表/{township}{village}统计表.{form}"
        table = _book(
            path, f"{township}{village}村民委员会", f"{village}农村留守儿童统计表", simple(), 20 + at
        )
        table.book.unit = village
        tables.append(_fill(table, {village: rows}, total=False))
    return tables


def _ledgers(world: World) -> dict[str, list[Row]]:
    lines = {
        s.name: [r for b in world.of("school_ledger") if b.unit == s.name for r in b.rows] for s in SCHOOLS
    }
    return {name: rows for name, rows in lines.items() if rows}


def _schools(world: World) -> Table:
    path = "县教育局/义务教育阶段留守儿童分校分年级统计表.xls"
    table = _book(path, f"{COUNTY}教育局", f"{COUNTY}义务教育阶段留守儿童分校分年级统计表", grades(), 30)
    table.book.unit = COUNTY
    return _fill(table, _ledgers(world))


def _school(world: World) -> Table:
    """A school's own, which says what the bureau says of it."""
    path = "县教育局/学校自报/清水初级中学留守儿童统计表.xlsx"
    table = _book(path, "清水初级中学", "清水初级中学留守儿童统计表", grades(), 31)
    return _fill(table, {n: r for n, r in _ledgers(world).items() if n == "清水初级中学"}, total=False)


BUREAU = (
    ("分乡镇义务教育阶段留守儿童统计表", "xls", grades),
    ("寄宿制学校留守儿童统计表", "xlsx", shared),
    ("学校留守儿童帮扶统计表", "csv", shared),
    ("学校留守儿童心理辅导统计表", "xls", shared),
)


def _bureau(world: World) -> list[Table]:
    """Tables by township, with percentages; pupils of the schools there."""
    home = {s.name: s.township or "" for s in SCHOOLS}
    lines: dict[str, list[Row]] = {}
    for name, rows in _ledgers(world).items():
        lines.setdefault(home[name], []).extend(rows)
    tables = []
    for at, (title, form, figures) in enumerate(BUREAU):
        table = _book(f"县教育局/{title}.{form}", f"{COUNTY}教育局", f"{COUNTY}{title}", figures(), 50 + at)
        table.book.unit = COUNTY
        # One table for each stage: two of the same title and figures would be one table handed in twice.
        kept = {t: [r for k, r in enumerate(rows) if at == 0 or k % 4 != at] for t, rows in lines.items()}
        tables.append(_fill(table, kept))
        if figures is shared:
            table.book.columns += [
                Column("", "男生占比(%)", "male_share"),
                Column("", "女生占比(%)", "female_share"),
            ]
            shares(table, decimals=at - 1)
    return tables


def shares(table: Table, decimals: int) -> None:
    """Percentages of every line, rounded to so many decimals."""
    for row in table.sheet.rows:
        for field_, of in (("male_share", "f1"), ("female_share", "f2")):
            part, whole = row.values[of], row.values["f0"]
            if isinstance(part, int) and isinstance(whole, int):
                row.values[field_] = Num(round(100 * part / whole, decimals))


def _survey(world: World) -> Table:
    """The national system's summary, things below each other; several kinds of aid may be given to one child."""
    township = "清水乡"
    people, _, _ = children(_rosters(world)[township].rows)
    table = Table(Book(KIND, f"县民政局/{township}农村留守儿童基本情况排查汇总表.xls", township,
                       f"{township}农村留守儿童基本情况排查汇总表", []), [])  # fmt: skip
    book = table.book
    book.columns = [Column("", "项目", "a"), Column("", "分类", "b"), Column("", "数量", "n"),
                    Column("", "占总统计量情况(%)", "p")]  # fmt: skip
    book.style = {"date": "iso", "since": "dot", "seed": 60, "encoding": ""}
    book.facts = {"填报单位(盖章)": f"{township}人民政府", "填报日期": "2026年10月31日"}
    book.facts |= {label: names[1] for label, names in _PEOPLE.items()}
    sheet = Sheet("汇总", book)
    book.sheets.append(sheet)
    male, female = sexes(everybody)[1:]
    parts: list[tuple[str, str, Test]] = [
        ("数量", "", everybody), ("性别", "男", male), ("", "女", female),
        *(("年龄段" if not k else "", name, band(lo, hi)) for k, (name, lo, hi) in enumerate(BANDS)),
        ("监护情况", "较好", lambda c: c.care == "较好"), ("", "一般", lambda c: c.care == "一般"),
        ("", "差", lambda c: c.care == "差"),
        ("救助措施", "低保", lambda c: "低保" in str(c.row.values.get("aid"))),
        ("", "临时救助", lambda c: "临时救助" in str(c.row.values.get("aid"))),
    ]  # fmt: skip
    for group, name, test in parts:
        count = sum(1 for c in people if test(c))
        values: dict[str, Value] = {
            "a": group,
            "b": name,
            "n": count,
            "p": f"{100 * count / len(people):.2f}%",
        }
        sheet.rows.append(Row(None, values, sheet))
    return table


def _county(towns: Sequence[Table]) -> Table:
    """The county's: every township's 合计."""
    path = f"县民政局/{COUNTY}农村留守儿童统计表(10月).xlsx"
    table = _book(path, f"{COUNTY}民政局", f"{COUNTY}农村留守儿童统计表", annex(), 40)
    table.book.unit = COUNTY
    table.book.style["numbers"] = ("甲", *range(1, len(table.figures) + 1))
    return _sums(table, towns)


def _minors(towns: Sequence[Table]) -> Table:
    """Left-behind children beside the rural minors of each township."""
    path = f"县民政局/{COUNTY}农村户籍未成年人与留守儿童统计表.xls"
    table = _book(path, f"{COUNTY}民政局", f"{COUNTY}农村户籍未成年人与留守儿童统计表", simple()[:3], 41)
    table.book.unit = COUNTY
    table.book.columns[1:1] = [Column("", "农村户籍未成年人数", "minors")]
    _sums(table, towns)
    for at, row in enumerate(r for r in table.sheet.rows if r.values["unit"] != "合计"):
        row.values["minors"] = 1480 + 137 * at
    table.line("合计").values["minors"] = sum(int(str(r.values["minors"])) for r in table.sheet.rows[:-1])
    return table


def _sums(table: Table, towns: Sequence[Table]) -> Table:
    _fill(table, {t.book.unit: [] for t in towns})
    for town in towns:
        table.counted[town.book.unit] = [c for line in town.counted.values() for c in line]
        table.count(town.book.unit, table.counted[town.book.unit])
    return table
