"""From two files to an issue: both cells, both spellings, the pair of rows as CSV, the explanation."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from tests.engine.across import HEADER, submit

from lbt_audit.engine.links.explain import explain_pair, explain_record, find_records, place_of
from lbt_audit.engine.reading.read import read
from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit
from lbt_audit.reports.formats.links_csv import write_links

HEADER_OF_LINKS = (
    "left_path", "left_sheet", "left_row", "right_path", "right_sheet", "right_row", "verdict", "probability",
    "difference", "evidence",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    submit(tmp_path / "白石镇农村留守儿童花名册.csv", "白石镇人民政府", "农村留守儿童花名册", "覃晶莲")
    submit(
        tmp_path / "白石镇中心小学留守儿童情况登记表.csv", "白石镇中心小学", "留守儿童情况登记表", "覃金莲"
    )
    return tmp_path


def test_an_issue_names_both_places(folder: Path) -> None:
    result = audit(Request((folder,), select=("F02",)))
    (issue,) = result.issues.to_pylist()
    places = result.locations.to_pylist()
    assert issue["rule"] == "F02" and "覃[晶/金]莲" in issue["message"] and "音近" in issue["message"]
    assert {p["path"] for p in places} == {p.name for p in folder.iterdir()}
    assert sorted(p["value"] for p in places) == ["覃[晶]莲", "覃[金]莲"]
    assert all(p["field"] == "child_name" and p["row"] and p["column"] for p in places)


@pytest.mark.parametrize(("mask", "shown"), [("full", False), ("none", True), ("partial", True)])
def test_masks_hold_across_files(folder: Path, mask: Any, shown: bool) -> None:
    result = audit(Request((folder,), select=("F02",), mask=mask))
    said = str(result.issues.to_pylist()) + str(result.locations.to_pylist())
    assert ("晶" in said) is shown
    assert ("覃晶莲" in said) is (mask == "none")
    assert "第2字音近，证号相同" in said  # how they differ is no name


def test_the_fingerprint_does_not_depend_on_file_names(folder: Path) -> None:
    before = audit(Request((folder,), select=("F02",))).issues["fingerprint"].to_pylist()
    for path in list(folder.iterdir()):
        path.rename(path.with_name("新" + path.name))
    assert audit(Request((folder,), select=("F02",))).issues["fingerprint"].to_pylist() == before


def test_links_as_csv(folder: Path) -> None:
    result = audit(Request((folder,), select=("C",), links=True))
    out = io.BytesIO()
    write_links(result, out)
    raw = out.getvalue()
    assert raw.startswith(b"\xef\xbb\xbf") and not out.closed
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEADER_OF_LINKS
    by_verdict = {r[6]: r for r in rows[1:]}
    assert by_verdict["misspelt"][8] == "near_sound" and "身份证号相同" in by_verdict["misspelt"][9]
    assert 0.98 <= float(by_verdict["misspelt"][7]) < 1
    assert by_verdict["misspelt"][2] == "4" and by_verdict["same"][2] == "5"
    assert "覃" not in raw.decode("utf-8-sig").replace("覃家村", "")


def test_no_links_without_lists(folder: Path) -> None:
    next(p for p in folder.iterdir() if "小学" in p.name).unlink()
    result = audit(Request((folder,)))
    assert result.links is None
    out = io.BytesIO()
    write_links(result, out)
    assert out.getvalue().count(b"\r\n") == 1


def test_explanations(folder: Path) -> None:
    book = read(Request((folder,))).book
    roster, ledger = find_records(book, "529901201307040127")
    assert place_of(book, roster).endswith("!4") and find_records(book, place_of(book, ledger)) == [ledger]
    pair = explain_pair(book, ledger, roster, "zh", "partial")
    assert pair is not None and pair.verdict.key == "misspelt"
    assert "覃[晶]莲" in pair.text and "身份证号相同" in pair.text and "覃晶莲" not in pair.text
    (other,) = find_records(book, "杨晓峰")[:1]
    apart = explain_pair(book, other, ledger, "zh", "partial")
    assert apart is not None and apart.verdict.key == "different" and "不符" in apart.text
    ((kind, links),) = list(explain_record(book, roster, "en", "partial"))
    assert kind == "school_ledger" and links[0].right == ledger and "same ID number" in links[0].text
    assert find_records(book, "没有此人") == []


def test_the_header_is_the_unified_one() -> None:
    assert "姓名" in HEADER
