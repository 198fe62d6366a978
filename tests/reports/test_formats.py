"""Every text format against the output kept, and its own grammar."""

from __future__ import annotations

import dataclasses
import io
import json
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.reports.factory import BROKEN, big_audit, clean_audit, make_audit
from tests.reports.golden import same_as_golden

from lbt_audit.engine.audit import Audit
from lbt_audit.model.text import Lang, Text
from lbt_audit.reports.formats import Format, render
from lbt_audit.reports.formats.json import schema
from lbt_audit.reports.formats.json_text import CHUNK
from lbt_audit.reports.screen.screen import console_for
from lbt_audit.reports.screen.summary import TerminalReport
from lbt_audit.reports.tables.places import places_of_issues, subset
from lbt_audit.reports.text.json import quoted
from lbt_audit.reports.text.layout import width

WARNING = (Text("2027 年的整改时限按周一至周五推算", "deadlines in 2027 count Monday to Friday"),)
DOCUMENTS = ["lbt-report/问题清单.xlsx", "lbt-report/report.json"]
SUFFIX = {"json": "json", "jsonl": "jsonl", "junit": "xml", "sarif": "sarif", "markdown": "md"}


def rendered(name: str, audit: Audit) -> str:
    out = io.BytesIO()
    render(name, audit, out)
    return out.getvalue().decode("utf-8")


def shown(audit: Audit, columns: int, **options: bool) -> str:
    out = io.StringIO()
    TerminalReport(audit, console_for(out, width=columns), DOCUMENTS, **options).print()
    return out.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", [f.value for f in Format if f not in (Format.text, Format.parquet)])
def test_format_is_as_golden(name: str, lang: Lang) -> None:
    same_as_golden(
        f"{name}.{lang}.{SUFFIX.get(name, 'txt')}", rendered(name, make_audit(lang, warnings=WARNING))
    )


@pytest.mark.parametrize(("lang", "columns"), [("zh", 80), ("zh", 160), ("en", 80), ("en", 160)])
def test_terminal_is_as_golden_and_fits(lang: Lang, columns: int) -> None:
    text = shown(make_audit(lang, warnings=WARNING), columns)
    assert max(width(line) for line in text.splitlines()) <= columns
    assert "\x1b" not in text and "\u202e" not in text
    same_as_golden(f"text.{lang}.{columns}.txt", text)


def test_terminal_survives_a_gbk_console() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="gbk", errors="strict")
    TerminalReport(make_audit("zh"), console_for(stream, width=80), DOCUMENTS).print()
    stream.flush()
    assert "统计截止日 2026-10-31" in raw.getvalue().decode("gbk")


def test_terminal_says_what_it_leaves_out() -> None:
    audit = big_audit(2000)
    short, whole = shown(audit, 100), shown(audit, 100, whole=True)
    assert "另有 28 项，见 lbt-report/问题清单.xlsx" in short, "48 units, 20 shown"
    assert "另有 1995 项" in short
    assert "第47中心小学" in whole and "另有 28" not in whole


def test_nothing_found() -> None:
    assert "没有发现问题" in shown(clean_audit(), 80)
    assert rendered("concise", clean_audit()) == ""
    assert json.loads(rendered("json", clean_audit()))["issues"] == []


@pytest.mark.parametrize("audit", [make_audit("zh"), make_audit("en"), clean_audit(), big_audit(50)])
def test_reports_follow_the_published_schema(audit: Audit) -> None:
    report = json.loads(rendered("json", audit))
    jsonschema.validate(report, schema(), format_checker=jsonschema.FormatChecker())
    lines = [json.loads(line) for line in rendered("jsonl", audit).splitlines()]
    assert lines == report["issues"]
    assert report["summary"]["issues"] == len(report["issues"]) == sum(report["summary"]["by_unit"].values())


@pytest.mark.parametrize("audit", [make_audit("zh"), clean_audit(), big_audit(50)])
def test_parquet_says_what_the_json_report_says(audit: Audit) -> None:
    out = io.BytesIO()
    render("parquet", audit, out)
    table = pq.read_table(io.BytesIO(out.getvalue()))
    report = json.loads(rendered("json", audit))
    rows = table.to_pylist()
    for row in rows:
        row["deadline"] = row["deadline"] and row["deadline"].isoformat()
        if row["probability"] is None:
            del row["probability"]
    assert rows == report["issues"]
    assert json.loads(table.schema.metadata[b"lbt_audit"])["run"] == report["run"]


def test_parquet_goes_through_a_pipe() -> None:
    class Pipe(io.RawIOBase):
        """Takes bytes and cannot tell where it is."""

        taken = b""

        def write(self, data: object) -> int:
            self.taken += bytes(data)  # type: ignore[call-overload]
            return len(self.taken)

        def writable(self) -> bool:
            return True

    pipe, file = Pipe(), io.BytesIO()
    render("parquet", make_audit(), pipe)  # type: ignore[arg-type]
    render("parquet", make_audit(), file)
    assert pipe.taken == file.getvalue()


def test_the_schema_is_strict() -> None:
    report = json.loads(rendered("json", make_audit()))
    for spoil in (
        lambda r: r.pop("summary"),
        lambda r: r["issues"][0].update(severity="grave"),
        lambda r: r["issues"][0].update(extra=1),
        lambda r: r["issues"][1]["locations"][0].update(row=0),
        lambda r: r["inputs"][0].update(verdict="maybe"),
    ):
        copy = json.loads(json.dumps(report))
        spoil(copy)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(copy, schema())


def test_json_says_what_the_issue_says() -> None:
    issue = json.loads(rendered("json", make_audit()))["issues"][1]
    assert issue["subject"] == {
        "child": "杨*峰", "id_no": "5299**********001X", "unit": "白石镇", "village": "大坝村", "school": None,
    }  # fmt: skip
    assert issue["locations"][0] == {
        "path": "白石镇/花名册.xls", "sheet": "Sheet1", "row": 7, "column": "F", "field": "parents_alive",
        "value": "双方去世",
    }  # fmt: skip
    assert issue["responsible"] == {"level": "township", "unit": "白石镇"}
    assert (issue["deadline"], issue["status"]) == ("2026-11-04", "new")
    assert issue["basis"] == ["推进会讲话一、（四）", "填表说明（民发〔2016〕42号）第4条"]
    whole = json.loads(rendered("json", make_audit()))["issues"][0]["locations"]
    assert whole == [
        {"path": "坏文件.xlsx", "sheet": None, "row": None, "column": None, "field": None, "value": None}
    ]


def test_chunks_are_joined_without_a_seam() -> None:
    n = 2 * CHUNK + 1
    report = json.loads(rendered("json", big_audit(n)))
    assert [i["fingerprint"] for i in report["issues"]] == [f"{i:016d}" for i in range(n)]
    assert all(len(i["locations"]) == 2 for i in report["issues"])


@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]))))
def test_quoted_is_json(values: list[str | None]) -> None:
    assert [json.loads(t) for t in quoted(pa.array(values, pa.string())).to_pylist()] == values
    encoded = pa.array(values, pa.string()).dictionary_encode()
    assert [json.loads(t) for t in quoted(encoded).to_pylist()] == values


def test_junit_counts_and_outcomes() -> None:
    root = ElementTree.fromstring(rendered("junit", make_audit()))
    assert (root.get("failures"), root.get("errors")) == ("6", "1")
    assert len(root.findall(".//failure")) == 6 and len(root.findall(".//skipped")) == 1
    assert int(root.get("tests") or 0) == len(root.findall(".//testcase"))


@pytest.mark.parametrize("audit", [make_audit("zh"), make_audit("en"), clean_audit(), big_audit(300)])
def test_junit_is_what_its_readers_take(audit: Audit) -> None:
    """Types, order and required attributes; suites and cases by names of their own."""
    schema = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "junit.xsd")))
    schema.assertValid(etree.fromstring(rendered("junit", audit).encode()))


def test_junit_says_when_and_how_long() -> None:
    audit = make_audit()
    rules = tuple(dataclasses.replace(run, seconds=0.25) for run in audit.rules)
    run = dataclasses.replace(audit.run, started=datetime(2026, 11, 5, 8, 30, 1, 999))
    root = ElementTree.fromstring(rendered("junit", dataclasses.replace(audit, rules=rules, run=run)))
    assert root.get("time") == f"{0.25 * len(rules):.3f}"
    assert {(s.get("timestamp"), s.get("time")) for s in root} == {("2026-11-05T08:30:01", "0.250")}


@pytest.mark.parametrize(
    "name", ["::error::x.csv", " ::set-output name=x::y.csv", "a##[error]b.csv", "##vso[task]c.csv"]
)
def test_no_concise_line_is_a_command(name: str) -> None:
    audit = make_audit()
    path = audit.locations["path"].to_pylist()
    renamed = pa.array([name if p == BROKEN else p for p in path]).dictionary_encode()
    at = audit.locations.schema.get_field_index("path")
    locations = audit.locations.set_column(
        at, audit.locations.schema.field(at), renamed.cast(audit.locations.schema.field(at).type)
    )
    lines = rendered("concise", dataclasses.replace(audit, locations=locations)).splitlines()
    assert len(lines) == 6
    for line in lines:
        assert not line.lstrip().startswith("::") and "##[" not in line and "##vso[" not in line, line


def test_markdown_fits_a_comment() -> None:
    """GitHub takes 65,536 characters."""
    text = rendered("markdown", big_audit(5000))
    assert len(text) < 60_000 and "另有 4960 处原因" in text
    small = rendered("markdown", make_audit())
    assert small.index("A06 文件无法读取") < small.index("D01 双亲去世") < small.index("B02 必填项空白")
    assert "因此还有：C10 姓名中有空格。" in small
    assert small.count("入户核实母亲身份") == 1


def test_sarif_places() -> None:
    run = json.loads(rendered("sarif", make_audit()))["runs"][0]
    first = run["results"][1]["locations"][0]
    assert first["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 6}
    assert first["logicalLocations"] == [{"fullyQualifiedName": "Sheet1!F7"}]
    assert {r["id"] for r in run["tool"]["driver"]["rules"]} >= {r["ruleId"] for r in run["results"]}
    assert run["invocations"][0]["executionSuccessful"] is False


def test_subset_keeps_issues_with_their_places() -> None:
    audit = make_audit()
    picked = subset(audit, np.array([2, 1]))
    assert picked.issues["rule"].to_pylist() == ["E04", "D01"]
    assert picked.locations["issue"].to_pylist() == [0, 0, 0, 1, 1]
    assert picked.locations["row"].to_pylist() == [4, 5, 12, 7, 7]


def test_a_place_is_named_once() -> None:
    audit = make_audit()
    doubled = pa.concat_tables([audit.locations.slice(0, 2), audit.locations.slice(1)])
    assert doubled.num_rows == audit.locations.num_rows + 1
    texts = places_of_issues(dataclasses.replace(audit, locations=doubled), "、").to_pylist()
    assert texts == places_of_issues(audit, "、").to_pylist()
    assert texts[1] == "白石镇/花名册.xls:Sheet1!F7、H7"
