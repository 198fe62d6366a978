"""The Python API beyond its documented examples: arguments, errors, pickles, lightness."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import lbt_audit
from lbt_audit.config.load import load_county
from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit as engine_audit

SAMPLE = Path(__file__).parents[2] / "sample_data" / "qinghe"
ROSTER = """\
白石镇农村留守儿童花名册,,,,,
序号,姓名,性别,出生日期,公民身份证号码,父亲姓名
1,杨晓峰,男,2015-03-12,529901201503120011,杨大山
2,李小梅,女,2017.8,529901201708150028,李大海
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "白石镇花名册.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def test_importing_the_package_imports_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules); import lbt_audit;"
        "heavy = {'pandas', 'pandera', 'pyarrow', 'numpy', 'pydantic', 'yaml'} & set(sys.modules);"
        "sys.exit(bool(heavy))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    with pytest.raises(AttributeError):
        lbt_audit.nothing  # noqa: B018


def test_arguments_are_those_of_the_command(folder: Path) -> None:
    found = lbt_audit.audit(str(folder), as_of="2026-10-31", select=["C02"], lang="en", mask="none")
    assert found.as_of == date(2026, 10, 31) and set(found.rules.index) == {"C02"}
    assert found.issues["id_no"].tolist() == ["529901201503120011"]
    assert found.locations[["file", "sheet", "row", "column", "field"]].values.tolist() == [
        ["白石镇花名册.csv", "Sheet1", 3, "E", "id_no"]
    ]
    masked = lbt_audit.audit([folder], as_of=date(2026, 10, 31), select=["C02"])
    assert masked.issues["id_no"].tolist() == ["5299**********0011"]
    assert lbt_audit.audit(folder, exclude=[folder / "白石镇花名册.csv"], select=["C"]).issues.empty
    assert list(lbt_audit.read(folder, kinds={"*.csv": "village_book"})) == ["village_book"]


def test_severities_are_ordered_and_days_are_days(folder: Path) -> None:
    issues = lbt_audit.audit(folder, as_of="2026-10-31").issues
    assert issues["severity"].max() == "error" and issues["deadline"].dtype == "datetime64[s]"
    assert (issues["severity"] >= "warning").any()


def test_mistakes_of_the_caller_are_told(folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        lbt_audit.read(folder / "none")
    (folder / "lbt-audit.toml").write_text('county = "青禾县"\nas_off = 2026-10-31\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"lbt-audit.toml:2"):
        lbt_audit.read(folder)
    with pytest.raises(ValueError, match="did you mean 'roster'"):
        lbt_audit.schema("rooster")


def test_a_county_s_own_columns_are_read_and_validated(folder: Path) -> None:
    (folder / "lbt-audit.toml").write_text('county = "青禾县"\nschemas = ["roster.yaml"]\n', encoding="utf-8")
    (folder / "roster.yaml").write_text(
        "columns:\n  sex: {checks: {code: sex, isin: [female]}}\n", encoding="utf-8"
    )
    frame = lbt_audit.read(folder)["roster"]
    schema = lbt_audit.schema("roster", config=folder / "lbt-audit.toml")
    columns = {name: column for name, column in schema.columns.items() if name == "sex"}
    import pandera.pandas as pandera

    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        pandera.DataFrameSchema(columns).validate(frame, lazy=True)
    assert caught.value.failure_cases["failure_case"].tolist() == ["male"]


def test_an_audit_pickles(folder: Path) -> None:
    (folder / "台账.csv").write_text(
        ROSTER.replace("白石镇农村留守儿童花名册", "白石镇珠岩村留守儿童台账"), encoding="utf-8"
    )
    found = lbt_audit.audit(folder, as_of="2026-10-31")
    again = pickle.loads(pickle.dumps(found))
    for name in ("issues", "locations", "rules", "links"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(again, name))
    assert len(again.links) == 2 and again.as_of == found.as_of
    assert pickle.loads(pickle.dumps(again)).links.equals(found.links)


def test_the_engine_s_request_and_audit_pickle() -> None:
    request = Request(
        (SAMPLE / "白石镇",), load_county(SAMPLE / "lbt-audit.toml"), select=("C02", "F01"), links=True
    )
    sent = pickle.loads(pickle.dumps(request))
    assert sent == request
    found = engine_audit(sent)
    again = pickle.loads(pickle.dumps(found))
    assert again.issues.equals(found.issues) and again.rules[0].rule.code == "C02"
    assert again.links.pairs("zh").equals(found.links.pairs("zh"))
    assert again.links.agreement == found.links.agreement and again.links.used
