"""Which folders are counties, and that nothing handed in is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from lbt_audit.engine.request import Request
from lbt_audit.partitions.plan import county_in, plan


@pytest.mark.parametrize(
    ("folder", "county"),
    [
        ("青禾县", "青禾县"), ("01_青禾县", "青禾县"), ("青禾县(10月)", "青禾县"), ("三、乙水区 报送", "乙水区"),
        ("丙山旗", "丙山旗"),
        ("青禾县民政局", None), ("和平社区", None), ("城关学区", None), ("白石镇", None), ("经济开发区", None),
        ("县教育局", None), ("2026-10", None),
    ],
)  # fmt: skip
def test_folders_named_after_counties(folder: str, county: str | None) -> None:
    assert county_in(folder) == county


def make(root: Path, *files: str) -> Path:
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("姓名\n", encoding="utf-8")
    return root


def test_two_counties_and_what_lies_beside_them(tmp_path: Path) -> None:
    root = make(tmp_path, "甲林县/镇/a.csv", "乙水县/b.csv", "省厅/c.csv", "d.csv")
    found = plan(Request((root,)))
    assert found is not None
    assert [(w.name, sorted(p.name for p in w.paths)) for w in found.worlds] == [
        ("乙水县", ["乙水县"]),
        ("甲林县", ["甲林县"]),
        ("", ["d.csv", "省厅"]),
    ]


def test_one_county_stays_one(tmp_path: Path) -> None:
    root = make(tmp_path, "青禾县/a.csv", "白石镇/b.csv")
    assert plan(Request((root,))) is None


def test_two_months_of_one_county_are_no_two_counties(tmp_path: Path) -> None:
    assert plan(Request((make(tmp_path, "青禾县(9月)/a.csv", "青禾县(10月)/b.csv"),))) is None


def test_folders_are_counties_where_somebody_says_so(tmp_path: Path) -> None:
    found = plan(Request((make(tmp_path, "A/a.csv", "B/b.csv"),)), "county")
    assert found is not None
    assert [w.name for w in found.worlds] == ["A", "B"]


def test_every_file_of_a_county_is_in_one_part(tmp_path: Path) -> None:
    root = make(tmp_path, "白石镇/学校/a.csv", "清水乡/b.csv", "c.csv")
    found = plan(Request((root,)), "township")
    assert found is not None
    (world,) = found.worlds
    assert set(world.parts) == {"白石镇", "清水乡", ""}
    assert found.prefix(0) == ""


def test_a_county_file_of_its_own_is_read(tmp_path: Path) -> None:
    root = make(tmp_path, "A/a.csv", "B/b.csv")
    for name, county in (("A", "甲林县"), ("B", "乙水县")):
        (root / name / "lbt-audit.toml").write_text(
            f'county = "{county}"\nsalt = "of {name} only"\n', encoding="utf-8"
        )
    found = plan(Request((root,)))
    assert found is not None
    assert [w.name for w in found.worlds] == ["甲林县", "乙水县"]
    assert [found.request_of(n).key.value for n in (0, 1)] == ["of A only", "of B only"]
    assert found.prefix(0) == "A/"
