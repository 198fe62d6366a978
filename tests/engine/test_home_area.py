"""Which county is the own one, where no county file says: by the files, or not known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.checks.registers import table

from lbt_audit.engine.county.home import home_area, in_townships
from lbt_audit.intake.table import Submission, Table
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

NOBODY = Units()


def _of(unit: Unit, rows: list[dict[str, str]], path: str = "花名册.xlsx", written: str = "") -> Table:
    facts = {"unit_name": (written, 2, 0)} if written else {}
    return replace(table(rows), unit=unit, path=path, facts=facts)


def _addresses(county: str, n: int, area: str = "529901", field: str = "hukou_addr") -> list[dict[str, str]]:
    return [
        {
            "id_no": f"{area}20150312{i:03d}X",
            field: f"{county}沙坝乡{'一二三四五六七八九十'[i % 10]}里村{i}组",
        }
        for i in range(n)
    ]


@pytest.mark.parametrize(
    ("county", "name", "code"),
    [
        ("四川省凉山彝族自治州昭觉县", "昭觉县", "513431"),
        ("昭觉县", "昭觉县", "513431"),
        ("贵州省毕节市七星关区", "七星关区", "520502"),
        ("青禾县", "青禾县", ""),  # in no table
        ("贵州省黔南州青禾县", "青禾县", ""),
    ],
)
def test_most_addresses_name_it(county: str, name: str, code: str) -> None:
    found = home_area([_of(Unit("township", "沙坝乡"), _addresses(county, 12))], NOBODY)
    assert (found.units.county, found.code) == (name, code)
    assert found.units.inferred and not found.units.listed
    assert set(found.units.townships) == {"沙坝乡"} and "三里村" in found.units.townships["沙坝乡"]
    said = found.stated()
    assert said is not None and name in said.zh and "户籍地址" in said.zh and name in said.en


def test_the_numbers_and_the_reporting_unit_name_it() -> None:
    numbers = [{"id_no": f"51343120150312{i:03d}X"} for i in range(8)]
    assert home_area([table(numbers)], NOBODY).units.county == "昭觉县"
    one = _of(Unit("township", "沙坝乡"), [{"child_name": "杨晓峰"}], written="青禾县沙坝乡人民政府")
    assert home_area([one], NOBODY).units.county == "青禾县"


def test_it_is_not_known_where_the_files_contradict_one_another_or_say_nothing() -> None:
    both = _addresses("昭觉县", 10) + _addresses("美姑县", 10)
    assert home_area([table(both)], NOBODY).units.county is None
    against = _addresses("昭觉县", 10, area="513436")  # 美姑县's numbers
    assert home_area([table(against)], NOBODY).units.county is None
    few = [{"id_no": "51343120150312001X"}, {"id_no": "51343120150312002X"}]
    assert home_area([table(few)], NOBODY).units.county is None
    found = home_area([table([{"live_addr": "贵州省毕节市"}] * 9)], NOBODY)
    assert found.units.county is None and found.stated() is None


def test_what_was_given_stands() -> None:
    rows = _addresses("昭觉县", 12)
    given = home_area([table(rows)], Units.of("美姑县"))
    assert given.units.county == "美姑县" and given.stated() is None
    assert "沙坝乡" not in given.units.townships, "a township of 昭觉县 is none of 美姑县"
    listed = Units.of("青禾县", {"白石镇": ("珠岩村",)})
    assert home_area([table(rows)], listed).units is listed


def test_villages_and_schools_are_put_into_their_townships() -> None:
    tables = (
        _of(Unit("township", "白石镇"), [{"village": v} for v in ("珠岩村", "大坪村", "大坪村")]),
        _of(Unit("village", "珠岩村"), [{"child_name": "杨晓峰"}], path="珠岩村台账.xlsx"),
        _of(Unit("school", "珠岩小学"), [{"child_name": "杨晓峰"}], path="白石镇/学校/珠岩小学.xlsx"),
        _of(Unit("township", "孤儿名册"), [{"child_name": "杨晓峰"}], path="孤儿名册.xlsx"),
    )
    found = home_area(tables, NOBODY).units
    assert found.townships == {"白石镇": ("珠岩村", "大坪村")} and found.schools == {"珠岩小学": "白石镇"}
    (placed,) = in_townships([Submission("a.xlsx", "", "audited", tables=tables)], found)
    assert [t.unit.path for t in placed.tables] == ["白石镇", "白石镇/珠岩村", "白石镇/珠岩小学", "孤儿名册"]


def test_addresses_elsewhere_lend_no_townships() -> None:
    rows = _addresses("昭觉县", 9) + [{"live_addr": "广东省东莞市长安镇新民社区"}] * 4
    assert set(home_area([table(rows)], NOBODY).units.townships) == {"沙坝乡", "白石镇"}
