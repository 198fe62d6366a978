"""``[aliases]`` of the county file against the header dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest

from lbt_audit.config.load import load_county
from lbt_audit.engine.county.headers import with_county_headers
from lbt_audit.model.errors import ConfigError
from lbt_audit.resources import data_dir
from lbt_audit.schemas.load import load_dictionary


def _county(folder: Path, *lines: str):
    path = folder / "lbt-audit.toml"
    path.write_text("\n".join(["[aliases]", *lines]), encoding="utf-8")
    return load_county(path)


def test_headers_of_the_county_are_taken(tmp_path: Path) -> None:
    dictionary = load_dictionary(data_dir("schemas"))
    county = _county(tmp_path, '"孩子大名" = "child_name"')
    assert with_county_headers(dictionary, county).configured == {"孩子大名": "child_name"}


def test_an_unknown_field_is_told_with_its_line_and_the_nearest(tmp_path: Path) -> None:
    dictionary = load_dictionary(data_dir("schemas"))
    county = _county(tmp_path, '"孩子大名" = "child_nam"', '"监护人大名" = "监护人姓名"', '"杂" = "qqqqqq"')
    with pytest.raises(ConfigError) as caught:
        with_county_headers(dictionary, county)
    told = caught.value.text.zh.split("\n")
    assert told[0] == "lbt-audit.toml:2: 没有字段“child_nam”，是否为 child_name？"
    assert told[1].startswith("lbt-audit.toml:3:") and "guardian_name" in told[1]
    assert told[2] == "lbt-audit.toml:4: 没有字段“qqqqqq”"
