"""The page as somebody uses it, in headless Chromium."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from tests.engine.cases.test_dossiers import made
from tests.reports.factory import ROSTER, big_audit, make_audit
from tests.reports.page.browser import Tab, browser, needs_browser
from tests.reports.page.cases import differing, with_gaps

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.page.page import write_page

pytestmark = needs_browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("报告 #1")


def written(folder: Path, name: str, audit: Audit) -> Path:
    path = folder / name
    if not path.exists():
        out = io.BytesIO()
        write_page(audit, out, "../材料/", copies={ROSTER: f"批注/{ROSTER}x"})
        path.write_bytes(out.getvalue())
    return path


@pytest.fixture(scope="module")
def small(folder: Path) -> Path:
    return written(folder, "审计报告.html", make_audit())


@pytest.fixture(scope="module")
def english(folder: Path) -> Path:
    return written(folder, "audit-report.html", make_audit("en"))


@pytest.fixture(scope="module")
def large(folder: Path) -> Path:
    return written(folder, "large.html", big_audit(700))


@pytest.fixture
def opened(chromium: Any) -> Iterator[Any]:
    tabs: list[Tab] = []

    def open_(path: Path, part: str = "", **options: Any) -> Tab:
        tabs.append(Tab(chromium, path, part, **options))
        return tabs[-1]

    yield open_
    for tab in tabs:
        tab.context.close()


def test_every_part_opens_without_complaint_or_request(opened: Any, small: Path) -> None:
    tab = opened(small)
    for part in ("issues", "children", "units", "rules", "files", "overview"):
        tab.show(part)
        assert tab.page.eval_on_selector_all(
            "[data-view]", "parts => parts.filter(p => !p.hidden).map(p => p.id)"
        ) == [part]
        assert tab.page.inner_text(".tabs [aria-current]") == tab.page.inner_text(f"#{part} h2")
    assert tab.quiet(), (tab.complaints, tab.asked)


def test_issues_stand_as_the_audit_has_them(opened: Any, small: Path) -> None:
    tab = opened(small, "issues")
    rows = tab.rows()
    assert [row[0] for row in rows] == ["红", "红", "红", "黄", "黄"], "in words, not by colour alone"
    assert rows[1][1:5] == [
        "D01 双亲去世仍有去向",
        "杨*峰",
        "杨*峰：父母健在情况为“双方去世”，父亲去向却填“浙江宁波”",
        "白石镇",
    ]
    assert tab.found() == "共 5 条 （全部 6）", "what follows from a cause stands beneath it"
    tab.page.select_option("#filter-show", "all")
    assert len(tab.rows()) == 6


def test_filters_narrow_the_list_and_stand_in_the_address(opened: Any, small: Path) -> None:
    tab = opened(small, "issues")
    tab.page.select_option("#filter-unit", "白石镇")
    assert len(tab.rows()) == 3 and tab.found() == "共 3 条 （全部 6）"
    assert tab.page.input_value("#filter-show") == "all", "whoever asks for a unit sees all it answers for"
    tab.page.select_option("#filter-severity", "error")
    assert [row[1][:3] for row in tab.rows()] == ["D01"]
    again = opened(small, tab.page.url.partition("#")[2])
    assert again.rows() == tab.rows(), "the address leads back"
    tab.page.click("#issue-list form button")
    expect(tab.page.locator("#issue-list table.dataTable tbody tr")).to_have_count(5)


@pytest.mark.parametrize(
    ("wanted", "rules"),
    [
        ("rule=B02", ["B02", "B02"]),
        ("town=清水乡", ["E04"]),
        ("day=2026-11-04", ["D01", "E04", "B02", "B02"]),
        ("due=late", []),
        ("due=7", ["A06", "D01", "E04", "B02", "B02"]),
        ("rule=C10", ["C10"]),
        ("town=清水乡&show=all", ["E04", "C10"]),
        ("text=浙江宁波", ["D01"]),
        ("text=529901 没有", []),
        ("severity=notice&unit=清水中心小学", ["C10"]),
    ],
)
def test_links_of_the_overview_lead_to_a_filtered_list(
    opened: Any, small: Path, wanted: str, rules: list[str]
) -> None:
    rows = opened(small, f"issues?{wanted}").rows()
    assert [row[1][:3] for row in rows if len(row) > 1] == rules


def test_what_follows_stands_beneath_its_cause(opened: Any, small: Path) -> None:
    tab = opened(small, "issues?town=清水乡")
    assert "（因此还有 1）" in tab.rows()[0][3]
    tab.page.click("#issue-list summary:has-text('因此还有')")
    expect(tab.page.locator("#issue-list details[open] .issue")).to_contain_text("C10 姓名中有空格")


def test_typing_searches_message_number_child_and_file(opened: Any, small: Path) -> None:
    tab = opened(small, "issues")
    for text, count in (("001X", 1), ("罗*", 1), ("台账", 2), ("引号", 1)):
        tab.page.fill("#filter-text", text)
        expect(tab.page.locator("#issue-list tbody tr")).to_have_count(count)


def test_columns_sort_and_go_back_to_the_order_of_weight(opened: Any, small: Path) -> None:
    tab = opened(small, "issues")
    at_first = [row[1][:3] for row in tab.rows()]
    deadline = tab.page.locator("#issue-list thead th", has_text="时限")
    deadline.click()
    expect(deadline).to_have_attribute("aria-sort", "ascending")
    rising = [row[5][:10] for row in tab.rows()]
    assert rising == sorted(rising) and len(set(rising)) > 1
    deadline.click()
    expect(deadline).to_have_attribute("aria-sort", "descending")
    assert [row[5][:10] for row in tab.rows()] == rising[::-1]
    deadline.click()
    expect(deadline).not_to_have_attribute("aria-sort", "descending")
    assert [row[1][:3] for row in tab.rows()] == at_first


def test_by_keyboard_alone(opened: Any, small: Path) -> None:
    """From the top: to the issues, sorted by child, the first one's details, and the child's page."""
    tab = opened(small)
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.textContent") == "跳到正文"
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.hash") == "#issues"
    tab.page.keyboard.press("Enter")
    tab.page.focus("#filter-text")
    _tab_until(tab, "th", "儿童")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#issue-list thead th", has_text="儿童")).to_have_attribute(
        "aria-sort", "ascending"
    )
    sorted_ = [row[2] for row in tab.rows()]
    assert sorted_[-1] == "", "issues about no child come last"
    _tab_until(tab, "summary", "")
    tab.page.keyboard.press("Space")
    expect(tab.page.locator("#issue-list details[open] dt").first).to_have_text("整改要求")
    assert tab.quiet()


def _tab_until(tab: Tab, name: str, text: str) -> None:
    inside = "((e) => e.closest('th, summary') ?? e)(document.activeElement)"
    for _ in range(60):
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate(f"{inside}.tagName").lower() == name and text in tab.page.evaluate(
            f"{inside}.innerText"
        ):
            return
    raise AssertionError(f"no {name} {text!r} is reached by the tabulator key")


def test_a_child_with_all_its_cells_side_by_side(opened: Any, small: Path) -> None:
    tab = opened(small, "children")
    tab.page.click("#case-list a:text-is('罗*')")
    assert "#children?case=" in tab.page.url
    expect(tab.page.locator("#case h3").first).to_have_text("罗*")  # shown when the address has been heard of
    assert "母亲“陈*秀”出现在 2 户" in tab.page.inner_text("#case .case-issues")
    heads = tab.page.eval_on_selector_all(
        "#case .beside thead th", "cells => cells.map(c => c.innerText.replace(/\\s+/g, ' '))"
    )
    assert heads == [
        "栏目",
        "台账 (2).xlsx 三(1)班 第 4 行",
        "台账 (2).xlsx 三(2)班 第 5 行",
        "花名册.xls 批注本 Sheet1 第 12 行",
    ]
    assert tab.page.locator("#case .beside tbody td.error").count() == 3
    before = tab.page.inner_text("#case h3 >> nth=0")
    tab.page.click("#case .steps button:enabled >> nth=-1")
    expect(tab.page.locator("#case h3").first).not_to_have_text(before)
    assert tab.quiet()


def test_cells_that_differ_are_marked(opened: Any, folder: Path) -> None:
    tab = opened(written(folder, "differing.html", differing()), "children")
    cells = tab.page.eval_on_selector_all(
        "#case .beside tbody td.differs", "cells => cells.map(c => c.innerText)"
    )
    assert len(cells) == 2 and all("与别处不同" in text for text in cells)


def test_whole_records_of_all_registers_side_by_side(opened: Any, folder: Path, tmp_path: Path) -> None:
    """What no issue points at stands there, too, and can be put away; a name that only the mask makes equal differs."""
    tab = opened(written(folder, "dossier.html", made(tmp_path, "partial")), "children")
    rows = tab.page.eval_on_selector_all(
        "#case .beside tbody tr", "rows => rows.map(r => [...r.cells].map(c => c.innerText.split('\\n')[0]))"
    )
    told = {title: values for title, *values in rows}
    assert told["性别"] == ["女", "男"] and told["监护人姓名"] == ["覃*奶", "覃*奶"]
    assert told["出生日期"][0] == "2013****"
    names = tab.page.inner_text("#case .beside tbody tr:has(th:text-is('姓名'))")
    assert names.count("≠ 与别处不同") == 2 and "F02" in names
    guardian = tab.page.locator("#case .beside tr:has(th:text-is('监护人姓名'))")
    expect(guardian).to_be_visible()
    tab.page.check("#case .only input")
    expect(guardian).to_be_hidden()
    assert tab.quiet()


def test_a_child_whose_records_the_page_does_not_hold_says_so(
    opened: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = made(tmp_path, "partial")
    note = "#case .note:text-is('本页未收录该儿童的全部登记，只列出问题所指的单元格，其余见所报文件')"
    tab = opened(written(folder, "with.html", audit), "children")
    expect(tab.page.locator("#case .beside")).to_be_visible()
    expect(tab.page.locator(note)).to_have_count(0)
    monkeypatch.setattr("lbt_audit.reports.page.dossiers.MOST", 0)
    tab = opened(written(folder, "without.html", audit), "children")
    expect(tab.page.locator(note)).to_be_visible()
    expect(tab.page.locator("#case .beside")).to_be_visible()
    assert tab.quiet()


def test_the_cell_address_is_copied_as_a_name_box_takes_it(opened: Any, small: Path) -> None:
    tab = opened(small, "issues?rule=E04", permissions=["clipboard-read", "clipboard-write"])
    link = tab.page.locator("#issue-list .place a").first
    assert link.get_attribute("href").startswith("../%E6%9D%90%E6%96%99/")
    tab.page.click("#issue-list button.copy")
    expect(tab.page.locator("#said")).to_contain_text("已复制 '三(1)班'!L4")
    assert tab.page.evaluate("navigator.clipboard.readText()") == "'三(1)班'!L4"


def test_places_lead_to_the_marked_copy(opened: Any, small: Path) -> None:
    tab = opened(small, "issues?rule=D01")
    link = tab.page.locator("#issue-list a:text-is('批注本')").first
    assert link.get_attribute("href") == quote(f"批注/{ROSTER}x")


def test_markup_shows_as_text(opened: Any, small: Path) -> None:
    tab = opened(small, "issues?rule=B02")
    assert '<b>&amp;</b> "引号" \\ 反斜杠' in tab.rows()[1][3]
    tab.page.click("#issue-list details:has-text('引号') summary")
    expect(tab.page.locator("#issue-list details[open]")).to_contain_text("⟨U+001B⟩[31m红⟨U+202E⟩")
    assert tab.page.locator("#issue-list b").count() == 0 and tab.quiet()


def test_hostile_texts_run_nothing(opened: Any, folder: Path) -> None:
    from tests.reports.page.test_page import _with

    for number, text in enumerate(
        ("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>{{7*7}}<!--")
    ):
        tab = opened(written(folder, f"hostile{number}.html", _with(make_audit(), text)))
        for part in ("overview", "issues", "children", "rules"):
            tab.show(part)
            expect(tab.page.locator(f"#{part}")).to_contain_text(text)
        assert tab.quiet(), (text, tab.complaints)


def test_dark_and_light_follow_the_system_until_chosen(opened: Any, small: Path) -> None:
    def paper(tab: Tab) -> str:
        return str(tab.page.evaluate("getComputedStyle(document.body).backgroundColor"))

    light, dark = opened(small, color_scheme="light"), opened(small, color_scheme="dark")
    assert paper(light) != paper(dark)
    dark.page.select_option("#theme", "light")
    assert paper(dark) == paper(light)
    dark.page.reload()
    assert paper(dark) == paper(light), "the choice is remembered"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Any, english: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab = opened(english, color_scheme=scheme)
    for part in ("overview", "issues", "children", "units", "rules", "files"):
        tab.show(part)
        results = Axe().run(tab.page)
        assert results.violations_count == 0, f"{part}\n{results.generate_report()}"


def test_narrow_windows_do_not_scroll_sideways(opened: Any, small: Path) -> None:
    tab = opened(small, viewport={"width": 380, "height": 800})
    for part in ("overview", "issues", "children", "units", "rules", "files"):
        tab.show(part)
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= 380, part


def test_prints_to_a4(opened: Any, folder: Path, small: Path, large: Path) -> None:
    pdf = opened(small, "issues").page.pdf(prefer_css_page_size=True)
    assert (
        pdf.startswith(b"%PDF") and b"/MediaBox [0 0 594.95996 841.91998]" in pdf
    ) or b"/MediaBox [0 0 595" in pdf
    whole = opened(written(folder, "gaps.html", with_gaps()))
    whole.page.emulate_media(media="print")
    for part in ("figures", "first", "months", "matrix", "tiles"):
        assert whole.page.locator(f".{part}").first.is_visible(), part
    tab = opened(large, "issues")
    tab.page.emulate_media(media="print")
    assert tab.page.locator(".tabs").is_hidden() and tab.page.locator(".filters >> nth=0").is_hidden()
    tab.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(tab.rows()) == 500
    assert "打印时列出前 500 条" in tab.page.inner_text("#issue-list")
    tab.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(tab.rows()) == 50


def test_prints_all_parts(opened: Any, large: Path) -> None:
    tab = opened(large)
    tab.page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    tab.page.click("#print-all")
    tab.page.emulate_media(media="print")
    assert tab.page.locator("[data-view]:visible").count() == 6
    assert len(tab.rows()) == 500 and tab.page.locator("#case > article").count() == 30
    assert "打印时逐名列出前 30 名" in tab.page.inner_text("#case")
    assert tab.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") > 20
    tab.page.evaluate("dispatchEvent(new Event('afterprint'))")
    tab.page.emulate_media(media="screen")
    assert tab.page.locator("[data-view]:visible").count() == 1
    tab.show("children")
    assert tab.page.locator("#case > article").count() == 1 and tab.quiet()


def test_without_script_it_is_a_plain_page(opened: Any, small: Path) -> None:
    tab = opened(small, java_script_enabled=False)
    assert tab.page.locator("[data-view]:visible").count() >= 5
    table = tab.page.locator("#issues .still tbody tr")
    assert table.count() == 5 and "D01 双亲去世仍有去向" in table.nth(1).inner_text()
    assert "浏览器没有运行脚本" in tab.page.inner_text("#issues")
    assert not tab.page.locator("#theme").is_visible()


def test_filtering_reads_no_issue_twice(opened: Any, large: Path) -> None:
    """Only what is seen is made into elements, however many issues there are."""
    tab = opened(large, "issues")
    assert tab.found() == "共 700 条"
    assert tab.page.locator("#issue-list tbody tr").count() == 50
    tab.page.select_option("#filter-unit", "第03中心小学")
    assert len(tab.rows()) == int(tab.found().split()[1])
