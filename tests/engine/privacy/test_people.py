"""Names of persons found in texts, and what only looks like one left alone."""

from __future__ import annotations

import time

import pyarrow as pa
import pytest
from tests.checks.registers import table

from lbt_audit.engine.privacy.people import People
from lbt_audit.engine.privacy.veil import Veil
from lbt_audit.intake.table import Table
from lbt_audit.model.units import Units
from lbt_audit.resources import data_dir
from lbt_audit.schemas.load import load_dictionary

DICTIONARY = load_dictionary(data_dir("schemas"))
UNITS = Units.of("青禾县", {"白石镇": ["大坝村"], "石桥镇": []}, {"白石镇中心小学": "白石镇"})
NAMES = (
    *["石桥", "王家", "覃金莲", "李明", "欧阳雪梅", "张三", "陆三、龙小花"],
    *["阿依古丽·买买提", "奶奶", "汉族", "三年级", "已签", "白石镇"],
)


@pytest.fixture(scope="module")
def veil() -> Veil:
    registers: list[Table] = [table([{"child_name": name} for name in NAMES])]
    return Veil("partial", People.of(registers, DICTIONARY, UNITS))


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("sex", "李明", "李*"),
        ("sex", "覃 金 莲", "覃*莲"),
        ("ethnicity", "汉族", "汉族"),
        ("guardian_rel", "奶奶", "奶奶"),
        ("grade", "三年级", "三年级"),
        ("remark", "由李明照看，其父张三电话13800001111", "由李*照看，其父张*电话138****1111"),
        ("remark", "在石桥小学读书", "在石桥小学读书"),
        ("remark", "阿依古丽·买买提的姐姐龙小花", "阿依古丽·**的姐姐龙*花"),
        ("remark", "已签", "已签"),
        ("village", "王家寨村", "王家寨村"),
        ("village", "石桥", "石桥"),
        ("school_name", "覃金莲", "覃*莲"),
        ("township", "529901201503120010", "5299**********0010"),
        ("live_addr", "石桥镇大坝村", "石桥镇大坝村"),
        ("father_phone", "李明", "李*"),
        ("id_no", "欧阳雪梅529901201503120010", "欧阳*梅5299**********0010"),
    ],
)  # fmt: skip
def test_cells(veil: Veil, field: str, text: str, shown: str) -> None:
    assert veil.column(pa.array([text]), DICTIONARY.fields[field]).to_pylist() == [shown]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("李明考勤台账", "李*考勤台账"),
        ("石桥花名册", "石桥花名册"),
        ("王家寨村台账", "王家寨村台账"),
        ("附件2-覃金莲529901201503120010（13800001111）", "附件2-覃*莲5299**************（138****1111）"),
        ("导出20261031083015", "导出20261031083015"),
        ("2026-10-31", "2026-10-31"),
        ("白石镇", "白石镇"),
        ("白石镇五年级李明", "白石镇五年级李*"),
        ("登记表（其父李明）", "登记表（其父李*）"),
    ],
)
def test_titles(veil: Veil, text: str, shown: str) -> None:
    assert veil.text(text) == shown


def test_every_level_hides_in_its_way(veil: Veil) -> None:
    assert Veil("none", veil.people).text("李明13800001111") == "李明13800001111"
    assert Veil("full", veil.people).text("李明13800001111") == "李**" + "*" * 11


def test_a_cell_as_long_as_excel_allows_takes_no_time(veil: Veil) -> None:
    field = DICTIONARY.fields["live_addr"]
    for text in ("李明" * 16_000, "李 明 " * 8_000, "其父李明，" * 6_000, "覃金" * 16_000):
        start = time.process_time()
        veil.names_in(pa.array([text]), field)
        veil.text(text)
        assert time.process_time() - start < 1.5
