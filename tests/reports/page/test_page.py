"""The page as a file: what stands in it, that it holds everything, and that no text becomes markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from urllib.parse import quote

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reports.factory import big_audit, clean_audit, make_audit
from tests.reports.golden import same_as_golden
from tests.reports.page.reading import Page

from lbt_audit.engine.audit import Audit
from lbt_audit.model.text import Lang
from lbt_audit.reports.page import page, tables
from lbt_audit.reports.page.words import SCRIPT_WORDS, WORDS

WORD = pa.dictionary(pa.int32(), pa.string())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_as_golden(lang: Lang) -> None:
    same_as_golden(f"page.{lang}.txt", Page(make_audit(lang), "../材料/").outline())


def test_a_clean_page_is_as_golden() -> None:
    same_as_golden("page.clean.txt", Page(clean_audit()).outline())


def test_the_page_holds_every_issue_with_its_places() -> None:
    audit = make_audit()
    shown = Page(audit).issues()
    assert sorted(i["fingerprint"] for i in shown) == sorted(audit.issues["fingerprint"].to_pylist())
    one = next(i for i in shown if i["rule"] == "E04")
    assert (one["message"], one["child"], one["responsible_unit"]) == (
        "母亲“陈*秀”出现在 2 户",
        "罗*",
        "清水中心小学",
    )
    assert [(p["path"], p["sheet"], p["row"], p["column"], p["value"]) for p in one["places"]] == [
        ("清水中心小学/台账 (2).xlsx", "三(1)班", 4, "L", "陈*秀"),
        ("清水中心小学/台账 (2).xlsx", "三(2)班", 5, "L", "陈*秀"),
        ("白石镇/花名册.xls", "Sheet1", 12, "N", "陈*秀"),
    ]


def test_more_issues_than_a_page_takes_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST", 30)
    short = Page(big_audit(50))
    assert len(short.issues()) == 30
    assert "只收最要紧的 30 条（共 50 条）" in short.text


def test_only_what_the_page_brings_along_may_run() -> None:
    made = Page(make_audit())
    policy = made.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy
    # Read as text: a parser may leave out the control characters that some versions of the script hold in quotes.
    running = re.findall(r'<script type="module">(.*?)</script>', made.text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", made.text, re.DOTALL)
    assert len(running) == 2 and len(styles) == 1
    allowed = re.findall(r"'sha256-([^']+)'", policy)
    assert allowed == [
        base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in running + styles
    ]
    assert not made.tree.xpath("//*[@src or @style or @onclick]") and not made.tree.xpath("//link")


def test_nothing_is_masked_less_than_in_the_audit() -> None:
    """Dictionaries may hold words that no issue has: they stay out of the page."""
    audit = make_audit()
    column = audit.issues["unit"].combine_chunks()
    more = pa.DictionaryArray.from_arrays(
        column.indices, pa.array([*column.dictionary.to_pylist(), "欧阳震华"])
    )
    at = audit.issues.schema.get_field_index("unit")
    spoilt = replace(audit, issues=audit.issues.set_column(at, "unit", more.cast(WORD)))
    assert "欧阳震华" not in Page(spoilt).text


def test_files_named_after_a_child_are_not_linked() -> None:
    audit = make_audit()
    hidden = tuple(replace(s, file="杨晓峰.xls") if s.path.endswith(".xls") else s for s in audit.submissions)
    links = Page(replace(audit, submissions=hidden), "../").data("page")["files"]
    assert "白石镇/花名册.xls" not in links
    assert links["清水中心小学/台账 (2).xlsx"] == f"../{quote('清水中心小学/台账 (2).xlsx')}"


HOSTILE = st.one_of(
    st.sampled_from([
        "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "<!--<script>", "]]>", "{{ 7*7 }}", "{% x %}",
        '"><b>', "'", "\\", "&lt;", "\u202e", "\x00", "\ud800", "javascript:alert(1)", "\u2028",
    ]),
    st.text(min_size=1, max_size=20),
)  # fmt: skip


def _with(audit: Audit, text: str) -> Audit:
    """The audit with ``text`` wherever a submitted file has a say."""
    issues, places = audit.issues, audit.locations
    safe = text.encode("utf-8", "replace").decode()  # Arrow takes no lone surrogate
    for name in ("message", "child", "unit", "responsible_unit", "fix", "township"):
        field = issues.schema.field(name)
        values = pa.array([safe + (str(n) if name == "message" else "") for n in range(len(issues))])
        issues = issues.set_column(issues.schema.get_field_index(name), field, values.cast(field.type))
    for name in ("path", "sheet", "column", "field", "value"):
        field = places.schema.field(name)
        places = places.set_column(
            places.schema.get_field_index(name), field, pa.array([safe] * len(places)).cast(field.type)
        )
    files = tuple(replace(s, path=safe) for s in audit.submissions[:1])
    run = replace(audit.run, county=text, config=text)
    return replace(
        audit, issues=issues, locations=places, submissions=files, run=run, verdicts={safe: "rejected"}
    )


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
def test_no_text_becomes_markup(text: str) -> None:
    """The elements of the page are the same whatever stands in the files."""
    audit = make_audit()
    plain, spoilt = Page(_with(audit, "甲")), Page(_with(audit, text))
    assert spoilt.elements() == plain.elements()
    safe = text.encode("utf-8", "replace").decode()
    assert {i["message"] for i in spoilt.issues()} == {f"{safe}{n}" for n in range(len(audit.issues))}
    assert {p["value"] for i in spoilt.issues() for p in i["places"]} == {safe}


def test_every_word_is_used_and_no_other() -> None:
    """Words of the page stand in its templates and scripts: none is left over, none is missing."""
    folder = page._TEMPLATES
    texts = {p: p.read_text(encoding="utf-8") for p in folder.rglob("*.*")}
    scripts = "".join(t for p, t in texts.items() if p.suffix == ".js")
    stills = "".join(t for p, t in texts.items() if p.suffix == ".html")
    asked = set(re.findall(r"\bt\.(\w+)", scripts))
    assert asked - set(SCRIPT_WORDS) - set(page._SHARED) - {"nobody", "past"} == set()
    assert set(SCRIPT_WORDS) <= asked
    assert set(page._SHARED) <= asked and set(page._SHARED) <= set(WORDS)
    used = set(re.findall(r"\bt\.(\w+)", stills)) | set(page.VIEWS) | set(page._SHARED) | {"shown_of", "cut"}
    assert set(WORDS) == used


def test_the_bundle_is_a_script_that_can_stand_in_a_page() -> None:
    script = tables.script()
    assert "globalThis.DataTable=" in script
    assert not re.search(r"</script|<!--|^\s*export|\bexport\{", script)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_settings_speak_the_language_of_the_run(lang: Lang) -> None:
    given_ = Page(make_audit(lang)).data("page")
    assert given_["colours"]["error"] == ("红" if lang == "zh" else "red")
    assert json.dumps(given_["words"], ensure_ascii=lang == "en").isascii() or lang == "zh"
