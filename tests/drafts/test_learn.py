"""A county's own form with headers nobody knows: proposed with reasons, mapped by nobody until confirmed, then read wholly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.command import run
from tests.drafts.forms import FIRST, FORM, table, workbook

from lbt_audit.drafts.draft import Draft, draft_of
from lbt_audit.drafts.example import read_examples
from lbt_audit.drafts.proof import proved
from lbt_audit.drafts.schema import schema_text
from lbt_audit.engine.rules.load import county_dictionary
from lbt_audit.resources import data_dir

ENV = {"LBT_AUDIT_LANG": "zh"}
DICTIONARY = county_dictionary(None)


def learnt(path: Path) -> Draft:
    examples, passed = read_examples(path, DICTIONARY)
    assert len(examples) == 1 and not passed
    draft = draft_of(examples[0], DICTIONARY)
    assert draft is not None
    return draft


@pytest.mark.parametrize("count", [0, 3, 40])
@pytest.mark.parametrize("write", [workbook, table])
def test_each_header_gets_its_field_and_none_is_mapped_unasked(
    write: Any, count: int, tmp_path: Path
) -> None:
    path = write(tmp_path / f"form.{'xlsx' if write is workbook else 'csv'}", count)
    draft = learnt(path)
    assert draft.kind.key == "roster"
    assert [c.column.path[-1] for c in draft.columns] == [header for _, header, *_ in FORM]
    assert [c.field for c in draft.columns] == [field for *_, field, _ in FORM]
    unknown = [c for c in draft.columns if not c.confirmed]
    assert len(unknown) > 0.4 * len(FORM)
    assert all(c.proposal.why for c in unknown if c.field is not None)
    assert {c.field for c in draft.columns if c.confirmed} == {
        "sex", "live_addr", "health", "school_status", "grade",
    }  # fmt: skip
    proof = proved(draft, DICTIONARY)
    assert (proof.kinds, proof.read, proof.left) == (("roster",), len(FORM), ())


def test_a_header_whose_cells_are_something_else_is_asked_about(tmp_path: Path) -> None:
    path = workbook(tmp_path / "form.xlsx", 20)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["E4"].value, sheet["T4"].value = "★联系电话", "父亲身份证号"  # over ID numbers, over telephones
    book.save(path)
    fields = {c.column.path[-1]: c for c in learnt(path).columns}
    assert fields["★联系电话"].field == "id_no" and not fields["★联系电话"].confirmed
    assert fields["父亲身份证号"].field == "father_phone" and not fields["父亲身份证号"].confirmed


def test_what_must_be_filled_is_seen_by_its_marks(tmp_path: Path) -> None:
    starred = learnt(workbook(tmp_path / "star.xlsx", 6))
    assert {c.field: c.must for c in starred.columns if c.must} == {
        "child_name": "starred",
        "id_no": "starred",
    }
    bare = [(group, header.strip("★"), *rest) for group, header, *rest in FORM]
    red = learnt(workbook(tmp_path / "red.xlsx", 0, bare, red=["族属", "年级"]))
    assert {c.field: c.must for c in red.columns if c.must} == {"ethnicity": "red", "grade": "red"}
    filled = learnt(workbook(tmp_path / "none.xlsx", 6, bare))
    must = {c.field for c in filled.columns if c.must == "filled"}
    assert "child_name" in must and not must & {"remark"} and not filled.marked
    assert "  - seq?  # 次序：示例中从不空白" in schema_text(filled, DICTIONARY, "zh")


# ── through the command ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A folder with a form learnt, and a file of 60 children in it."""
    workbook(tmp_path / "form.xlsx", 4)
    done = run("init", "县", "--learn", "form.xlsx", cwd=tmp_path, env=ENV)
    assert done.returncode == 0, done.stderr
    assert "待核对" in done.stdout and "各栏都读到" in done.stdout
    folder = tmp_path / "县"
    toml = folder / "lbt-audit.toml"
    toml.write_text(
        'extra_areas = ["529901"]\nas_of = 2026-10-31\n' + toml.read_text("utf-8"), encoding="utf-8"
    )
    workbook(folder / "白石镇.xlsx", 60)
    return folder


def report(folder: Path) -> dict[str, Any]:
    done = run(
        "check", *map(str, folder.glob("*.xlsx")), "--format", "json", "--no-documents", cwd=folder, env=ENV
    )
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_learnt_looked_at_and_read_wholly(county: Path) -> None:
    before = report(county)
    screen = run("check", "白石镇.xlsx", "--no-documents", cwd=county, env=ENV)
    assert "个表头尚未确认" in "".join((screen.stdout + screen.stderr).split())
    assert len(before["inputs"][0]["sheets"][0]["unmapped"]) == 26
    assert "A02" not in {issue["rule"] for issue in before["issues"]}, (
        "no township is to mend what is the county's"
    )
    schema = county / "schemas" / "roster.yaml"
    text = schema.read_text("utf-8")
    assert text.count("?  # ") >= 26
    schema.write_text(text.replace("?  # ", "  # "), encoding="utf-8")
    path = county / "白石镇.xlsx"
    sheet_of = openpyxl.load_workbook(path)
    sheet = sheet_of.worksheets[0]
    sheet.cell(FIRST + 3, 5).value = str(sheet.cell(FIRST + 3, 5).value)[:17] + "Y"
    sheet.cell(FIRST + 7, 20).value = "1380000"
    sheet.cell(FIRST + 9, 2).value = None
    sheet_of.save(path)
    after = report(county)
    (read,) = after["inputs"][0]["sheets"]
    assert read["kind"] == "roster" and read["unmapped"] == []
    rows = {(p["row"], issue["rule"]) for issue in after["issues"] for p in issue["locations"]}
    assert {(FIRST + 3, "C01"), (FIRST + 9, "B01")} <= rows and FIRST + 7 in {row for row, _ in rows}
    assert {row for row, _ in rows} == {FIRST + 3, FIRST + 7, FIRST + 9}


def test_other_registers_of_the_county_stay_what_they_are(county: Path) -> None:
    """A register of visits shares some headers with the form."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["白石镇走访家访台账"])
    sheet.append(["序号", "姓名", "性别", "年级", "走访时间", "走访人员", "走访记录", "附记"])
    sheet.append([1, "韦小花", "女", "三年级", "2026-09-10", "石大山", "在家，监护人照料较好", ""])
    book.save(county / "走访.xlsx")
    kinds = {file["path"]: [t["kind"] for t in file["sheets"]] for file in report(county)["inputs"]}
    assert kinds == {"白石镇.xlsx": ["roster"], "走访.xlsx": ["visits"]}


def test_nothing_is_overwritten_unasked(county: Path, tmp_path: Path) -> None:
    files = [county / "lbt-audit.toml", county / "schemas" / "roster.yaml"]
    before = [path.read_bytes() for path in files]
    shown = run("init", "县", "--learn", "form.xlsx", "--dry-run", "--accept", cwd=tmp_path, env=ENV)
    assert shown.returncode == 0 and "未写任何文件" in shown.stdout
    again = run("init", "县", "--learn", "form.xlsx", cwd=tmp_path, env=ENV)
    assert again.returncode == 2 and "--force" in again.stderr
    assert [path.read_bytes() for path in files] == before
    files[1].unlink()
    added = run("init", "县", "--learn", "form.xlsx", "--accept", cwd=tmp_path, env=ENV)
    assert added.returncode == 0 and 'schemas = ["schemas/roster.yaml"]' in added.stdout
    assert files[0].read_bytes() == before[0] and "?  #" not in files[1].read_text("utf-8")
    forced = run("init", "县", "--learn", "form.xlsx", "--force", cwd=tmp_path, env=ENV)
    assert forced.returncode == 0 and "as_of = 2026-10-31\n'" not in files[0].read_text("utf-8")


def test_a_slip_in_the_schema_is_told_with_its_line(county: Path) -> None:
    schema = county / "schemas" / "roster.yaml"
    lines = schema.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if "老汉/手机" in line)
    lines[at] = '  "老汉/手机": father_fone'
    lines[at + 1] = '  "阿妈/姓名": father_name'
    schema.write_text("\n".join(lines), encoding="utf-8")
    done = run("check", ".", "--no-documents", cwd=county, env=ENV)
    assert done.returncode == 2
    assert f"roster.yaml:{at + 1}" in done.stderr and "father_phone" in done.stderr
    assert f"roster.yaml:{at + 2}" in done.stderr and "老汉/姓名" in done.stderr


def test_every_form_of_the_sample_county_is_learnt_as_what_it_is_and_read_wholly() -> None:
    """Known headers stay known: nothing that means one thing is asked about."""
    seen: set[tuple[str, ...]] = set()
    asked: list[str] = []
    for path in sorted((data_dir("sample_data") / "clean").rglob("*.xls*")):
        for example in read_examples(path, DICTIONARY)[0]:
            headers = tuple(column.header for column in example.columns)
            draft = None if headers in seen else draft_of(example, DICTIONARY)
            seen.add(headers)
            if draft is None:
                continue
            proof = proved(draft, DICTIONARY)
            assert (proof.kinds, proof.left) == ((draft.kind.key,), ()), (path.name, headers)
            asked += [column.column.header for column in draft.open]
    assert len(seen) > 10
    assert len(asked) <= 3, asked


def test_children_of_a_form_nobody_has_confirmed_are_told_once_and_not_as_an_empty_form(
    tmp_path: Path,
) -> None:
    workbook(tmp_path / "form.xlsx", 5)
    assert run("init", tmp_path, "--learn", tmp_path / "form.xlsx", env=ENV).returncode == 0
    done = run("check", tmp_path / "form.xlsx", "--no-documents", "--format", "json", env=ENV)
    issues = [i for i in json.loads(done.stdout)["issues"] if i["rule"] in ("A05", "A06")]
    assert [i["rule"] for i in issues] == ["A06"] and "5 名儿童没有核查：本县表样" in issues[0]["message"]


def test_names_with_slips_among_them_say_nothing_against_a_header_that_means_names(tmp_path: Path) -> None:
    path = workbook(tmp_path / "form.xlsx", 10)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = next(cell.column for row in sheet.iter_rows(max_row=5) for cell in row if cell.value == "★大名")
    for row in range(FIRST, FIRST + 4):
        sheet.cell(row, column).value = f"第{row}户老幺12"
    book.save(path)
    (name,) = (c for c in learnt(path).columns if c.column.path[-1] == "★大名")
    assert name.field == "child_name" and not name.confirmed
