"""The desk in headless Chromium, as a clerk uses it. Skipped where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect
from tests.benchmarks.registers import write_roster
from tests.e2e.test_annotated_copy import CHILD, FILLS, SLIPS, column_of
from tests.reports.page.browser import CHROMIUM, needs_browser

from lbt_audit.desk.access.address import Address
from lbt_audit.desk.checks.job import Settings
from lbt_audit.desk.server.desk import Desk

pytestmark = needs_browser
PATIENCE = 120_000  # ms; whoever waits longer hangs, however busy the machine


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--host-resolver-rules=MAP evil.example 127.0.0.1"]
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield running
        running.close()


class Tab:
    """The desk, opened; what the browser complained of and asked for."""

    def __init__(self, chromium: Any, desk: Desk, **options: Any) -> None:
        self.base = desk.state.address.base
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(desk.address_once())

    def drop(self, *paths: Path) -> None:
        """Files and folders, dragged in from outside the browser."""
        session = self.context.new_cdp_session(self.page)
        self.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        box = self.page.locator("#drop").bounding_box()
        data = {"items": [], "files": [str(p) for p in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            at = {"x": box["x"] + 20, "y": box["y"] + 20}
            session.send("Input.dispatchDragEvent", {"type": kind, **at, "data": data})

    def verdict(self, number: int) -> str:
        """The sentence of the check of that number, once it is there."""
        self.page.wait_for_selector(f"#report[src*='check/{number}/']")
        return str(self.page.inner_text("#results .verdict h2"))

    def quiet(self) -> bool:
        return not self.complaints and all(
            url.startswith((self.base, "data:,", "blob:")) for url in self.asked
        )


@pytest.fixture
def desk() -> Iterator[Desk]:
    with Desk(Address(), Settings()) as opened:
        yield opened


@pytest.fixture
def tab(chromium: Any, desk: Desk) -> Iterator[Tab]:
    opened = Tab(chromium, desk)
    yield opened
    opened.context.close()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clerk's file with 27 slips, and what the clerk corrects it by."""
    folder = tmp_path_factory.mktemp("clerk")
    write_roster(folder / "户口簿.xlsx", 60)
    book = openpyxl.load_workbook(folder / "户口簿.xlsx")
    sheet = book.active
    for row, group, leaf, wrong in SLIPS:
        sheet.cell(row, column_of(sheet, group, leaf)).value = wrong
    book.save(folder / "花名册.xlsx")
    return folder


def corrected(copy: Path, papers: Path, rows: range) -> None:
    """Put right what is coloured in ``rows``, by the papers."""
    book, paper = openpyxl.load_workbook(copy), openpyxl.load_workbook(papers / "户口簿.xlsx").active
    for row in book["花名册"].iter_rows():
        for cell in row:
            if cell.fill.fgColor.rgb in FILLS and cell.row in rows:
                cell.value = paper[cell.coordinate].value
    book.save(copy)


def formed(copy: Path) -> None:
    """Put right what the form itself lacks: a column, a header, who signs."""
    book = openpyxl.load_workbook(copy)
    sheet = book["花名册"]
    sheet.cell(4, column_of(sheet, CHILD, "所属村")).value = "村"
    last = sheet.max_column + 1
    sheet.cell(3, last).value = "父母一方外出、另一方无监护能力"
    for row in range(5, 65):
        sheet.cell(row, last).value = "否"
    sheet.cell(66, 1).value = "单位负责人：王明　　复核人：李强　　填表人：张华　　联系电话：0999-1234567"
    book.save(copy)


def test_until_the_verdict_is_green(tab: Tab, desk: Desk, papers: Path, tmp_path: Path) -> None:
    """Dropped, corrected by the annotated copy, dropped again: half of it, then the rest."""
    page = tab.page
    tab.drop(papers / "花名册.xlsx")
    assert "有 32 处要改" in tab.verdict(1) and "27 名儿童" in tab.verdict(1)
    expect(page.locator("#results .verdict")).to_be_focused()
    report = page.frame_locator("#report")
    expect(report.locator("#case-list")).to_contain_text("共 27 名")
    expect(report.locator("#case .beside thead")).to_contain_text("花名册.xlsx")
    names = []
    for number, rows in ((2, range(5, 18)), (3, range(18, 100))):
        with page.expect_download() as taken:
            page.click(".downloads a.primary")
        names.append(taken.value.suggested_filename)
        copy = tmp_path / f"{number}" / taken.value.suggested_filename
        taken.value.save_as(copy)
        corrected(copy, papers, rows)
        if number == 3:
            formed(copy)
        tab.drop(copy)
        sentence = tab.verdict(number)
        if number == 2:
            assert page.inner_text("#new") == "0"
            assert int(page.inner_text("#gone")) + int(page.inner_text("#still")) == 34
            assert "要改" in sentence and page.locator("#results .verdict.error").count()
    assert names == ["花名册-批注.xlsx"] * 2
    assert sentence == "全部通过：1 个文件、60 条记录，没有发现问题，可以上报。"
    assert page.locator("#results .verdict.right").count() and page.inner_text("#still") == "0"
    assert page.locator("#files tbody tr").count() == 1, "each took the place of the one before"
    assert tab.quiet(), (tab.complaints, tab.asked)
    folder = desk.state.folder.path
    page.click("#end")
    expect(page.locator("#said")).to_contain_text("已结束")
    assert desk.state.ended.is_set()
    desk.state.close()
    assert not folder.exists()
