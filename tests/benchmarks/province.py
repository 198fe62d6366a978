"""A synthetic province: 21 counties, each with the rosters of ten townships and an export of its pupils, as CSV.

``python -m tests.benchmarks province [SCALE]``: the whole ``check --partition-by county`` of it beside that of one of its
counties alone. SCALE 1 is 1.05 M registered children and 5.5 M pupils; by default a twentieth of that. Counties have
numbers of areas of their own, as their children would; one child in a thousand is registered in the next county as well.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as csv
from tests.benchmarks.audit import tool
from tests.benchmarks.process import Cost, cost
from tests.benchmarks.registers import GROUPS, citizen_ids, columns, names

COUNTIES, CHILDREN, PUPILS, TOWNSHIPS = 21, 50_000, 262_000, 10
SCHOOLS = ("白石镇中心小学", "清水乡中心小学")
SHARED = 1_000  # one child in so many stands in the next county's roster
_COUNTY = """county = "{name}"
as_of = 2026-10-31
extra_areas = ["{area}"]
[units.townships]
{towns}
[[units.schools]]
name = "白石镇中心小学"
township = "T0镇"
[[units.schools]]
name = "清水乡中心小学"
township = "T0镇"
"""


def make(root: Path, scale: float, counties: int = COUNTIES) -> int:
    """Write the province below ``root``; gives its rows."""
    children, pupils = int(CHILDREN * scale), int(PUPILS * scale)
    before: dict[tuple[str, str], np.ndarray] | None = None
    for number in range(counties):
        name = f"{chr(0x7532 + number)}山县"
        folder = root / name
        roster = _roster(number, children)
        if before is not None:
            for key in (
                ("儿童基本情况", leaf) for leaf in ("姓名", "性别", "出生日期", "公民身份证号码", "学籍号")
            ):
                roster[key][: children // SHARED] = (
                    before[key][-(children // SHARED) :] if children >= SHARED else []
                )
        before = roster
        towns = [f"T{t}镇" for t in range(TOWNSHIPS)]
        for t, town in enumerate(towns):
            part = slice(t * children // TOWNSHIPS, (t + 1) * children // TOWNSHIPS)
            _write_roster(folder / town / f"{town}农村留守儿童花名册.csv", name, town, roster, part)
        _write_pupils(folder / "县教育局" / "学生信息导出.csv", name, roster, pupils, number)
        listed = "\n".join(f'"{town}" = ["珠岩村", "大坪村"]' for town in towns)
        text = _COUNTY.format(name=name, area=529901 + number, towns=listed)
        (folder / "lbt-audit.toml").write_text(text, encoding="utf-8")
    return counties * (children + pupils)


def _roster(number: int, n: int) -> dict[tuple[str, str], np.ndarray]:
    """Columns of a county's children, every person and telephone its own."""
    data = {key: np.array(np.broadcast_to(v, n)) for key, v in columns(n, seed=number).items()}
    area = str(529901 + number)
    order = np.arange(n) + number * CHILDREN
    for who, prefix in (("父亲情况", "139"), ("母亲情况", "137"), ("监护人情况", "158")):
        digits = np.char.zfill(((order + 7919) * 48271137 % 10**8).astype(str), 8)
        data[who, "联系电话"] = np.char.add(prefix, digits)
    for group, leaf in data:
        if leaf == "公民身份证号码":
            data[group, leaf] = _moved(data[group, leaf], int(area))
    data["儿童基本情况", "学籍号"] = np.char.add("G", data["儿童基本情况", "公民身份证号码"])
    return data


def _moved(ids: np.ndarray, area: int) -> np.ndarray:
    """The same numbers in another area."""
    days = [f"{i[6:10]}-{i[10:12]}-{i[12:14]}" for i in ids.tolist()]
    sequence = np.array([int(i[14:17]) for i in ids.tolist()])
    return citizen_ids(np.array(days, "datetime64[D]"), sequence, area)


def _write_roster(
    path: Path, county: str, town: str, data: dict[tuple[str, str], np.ndarray], part: slice
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    groups, leaves = ["序号"], [""]
    for group, its in GROUPS:
        groups += [group] + [""] * (len(its) - 1)
        leaves += its
    head = [
        f"{county}{town}农村留守儿童花名册",
        f"填报单位（盖章）：{town}人民政府,,,,填报日期：2026年10月25日",
    ]
    with path.open("wb") as file:
        for line in (*head, ",".join(groups), ",".join(leaves)):
            file.write(
                f"{line}{',' * max(44 - line.count(','), 0)}\r\n".encode(
                    "utf-8-sig" if line == head[0] else "utf-8"
                )
            )
        values = [v[part].astype(str) for v in data.values()]
        for at, (_, leaf) in enumerate(data):
            if leaf in ("户籍所在地", "现居住地", "居住地地址"):
                values[at] = np.char.replace(np.char.replace(values[at], "青禾县", county), "白石镇", town)
        arrays = [pa.array(np.arange(1, len(values[0]) + 1).astype(str)), *map(pa.array, values)]
        _rows(file, arrays)


def _write_pupils(
    path: Path, county: str, roster: dict[tuple[str, str], np.ndarray], n: int, number: int
) -> None:
    """The registered children, and as many others as make ``n``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1000 + number)
    child = {
        leaf: roster["儿童基本情况", leaf]
        for leaf in ("姓名", "性别", "出生日期", "公民身份证号码", "班级", "就读学校")
    }
    others = n - len(child["姓名"])
    birth = rng.integers(
        np.datetime64("2011-09-01", "D").astype(int), np.datetime64("2014-08-31", "D").astype(int), others
    )
    birth = np.sort(birth).astype("datetime64[D]")
    _, first, count = np.unique(birth, return_index=True, return_counts=True)
    rank = np.arange(others) - np.repeat(first, count)
    sex = rng.integers(0, 2, others)
    ids = citizen_ids(birth, (rank + 1) * 2 + sex, 529901 + number)
    more = {"姓名": names(rng, others)[0], "性别": np.where(sex == 1, "男", "女"), "出生日期": birth.astype(str),
            "公民身份证号码": ids, "班级": np.full(others, "1班"), "就读学校": rng.choice(SCHOOLS, others)}  # fmt: skip
    header = "学校标识码,姓名,性别,出生日期,民族,身份证件类型,身份证件号,班号,入学年月,就读方式,学校名称,成员1姓名,成员1关系"
    with path.open("wb") as file:
        file.write(f"{header}\r\n".encode("utf-8-sig"))
        pupils = ((child, roster["父亲情况", "姓名"], "住校"), (more, names(rng, others)[0], "走读"))
        for part, father, mode in pupils:
            code = np.where(part["就读学校"] == SCHOOLS[0], "2199010101", "2199010201")
            line = [code, part["姓名"], part["性别"], part["出生日期"], "苗族", "居民身份证", part["公民身份证号码"],
                    part["班级"], "202209", mode, part["就读学校"], father, "父亲"]  # fmt: skip
            size = len(part["姓名"])
            _rows(file, [pa.array(np.broadcast_to(np.asarray(v).astype(str), size)) for v in line])


def _rows(file: object, arrays: list[pa.Array]) -> None:
    table = pa.table(arrays, [str(i) for i in range(len(arrays))])
    csv.write_csv(table, file, csv.WriteOptions(include_header=False, quoting_style="none"))


def province(scale: float = 0.05) -> None:
    """Prints time a row and peak memory of the province and of one of its counties."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "province")
        rows = make(root, scale)
        out = ["--out", str(Path(folder, "out")), "--fail-on", "never", "--quiet"]
        alone = next(p for p in sorted(root.iterdir()))
        print(
            f"A province of {COUNTIES} counties, {rows:,} rows (budget: ≤ 1.5 × a county's processor time a row)"
        )
        one = cost(tool("check", str(alone), *out), 1, warmup=0)
        _show("one county", one, rows // COUNTIES)
        whole = cost(tool("check", str(root), "--partition-by", "county", *out), 1, warmup=0)
        _show("province", whole, rows)
        ratio = whole.processor / rows / (one.processor / (rows // COUNTIES))
        print(f"  = {ratio:.2f} × a row, {whole.megabytes / one.megabytes:.2f} × memory")


def _show(what: str, spent: Cost, rows: int) -> None:
    print(f"  {what:10}  {spent}   {1e6 * spent.processor / rows:.0f} µs a row", flush=True)
