"""The desk in headless Chromium, as a clerk uses it. Skipped where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect
from tests.benchmarks.registers import write_roster
from tests.e2e.desk import children, register
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
        expect.set_options(timeout=PATIENCE)
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield running
        running.close()
        expect.set_options(timeout=None)


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
        self.choosers: list[Any] = []
        self.page.on("filechooser", lambda chooser: self.choosers.append(chooser))  # noqa: PLW0108 - it is marked
        self.page.goto(desk.address_once(), wait_until="networkidle")

    def choose(self, file: Path) -> None:
        """In the dialog that is open, or about to be."""
        for _ in range(200):
            if self.choosers:
                self.choosers.pop().set_files(file)
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("no dialog to choose files in has opened")

    def drop(self, *paths: Path) -> None:
        """Files and folders, dragged in from outside the browser."""
        session = self.context.new_cdp_session(self.page)
        self.page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        box = self.page.locator("#drop").bounding_box()
        data = {"items": [], "files": [str(p) for p in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            at = {"x": box["x"] + 20, "y": box["y"] + 20}
            session.send("Input.dispatchDragEvent", {"type": kind, **at, "data": data})

    def until(self, wanted: str) -> None:
        """Press the tabulator key until the focus is on what is wanted: an id, or a selector."""
        selector = wanted if not wanted.replace("-", "").isalnum() else f"#{wanted}"
        target = self.page.locator(selector).first.element_handle()
        for _ in range(120):
            if self.page.evaluate("wanted => document.activeElement === wanted", target):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} is not reached by the tabulator key")

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


def test_by_keyboard_alone(tab: Tab, tmp_path: Path) -> None:
    """Chosen, checked, the verdict read, a blank form and the issue list taken, a file removed."""
    page = tab.page
    rows = children(8)
    rows[0][4] = "?"
    tab.until("choose-files")
    page.keyboard.press("Enter")
    file = register(tmp_path / "花名册.csv", rows)
    tab.choose(file)
    tab.verdict(1)
    expect(page.locator("#results .verdict")).to_be_focused()
    with page.expect_download() as taken:
        tab.until(".downloads a:has-text('问题清单')")
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename == "问题清单.xlsx"
    tab.until("repair")
    page.keyboard.press("Enter")
    expect(page.locator("#repaired")).to_be_focused()
    tab.until("summary:has-text('空白表')")
    page.keyboard.press("Enter")
    expect(page.locator("#forms-list a").first).to_be_visible()
    tab.until("button.remove")
    page.keyboard.press("Space")
    expect(page.locator("#files tbody")).to_have_count(0)
    assert tab.quiet(), (tab.complaints, tab.asked)


def test_a_folder_with_odd_files(tab: Tab, tmp_path: Path) -> None:
    """What is too large is told before it is sent; what is written in cells and names stays text."""
    folder = tmp_path / "报送"
    (folder / "白石镇").mkdir(parents=True)
    rows = children(8)
    rows[0][9] = "<img src=x onerror=alert(1)>"
    register(folder / "白石镇" / "花&<b>名册.csv", rows)
    (folder / "setup.exe").write_bytes(b"MZ\x90\x00" + bytes(range(256)) * 40)
    (folder / "~$花名册.xlsx").write_bytes(b"x")
    with (folder / "大表.xlsx").open("wb") as large:
        large.truncate(50 << 20)
    tab.drop(folder)
    assert "要改" in tab.verdict(1)
    said = tab.page.inner_text("#said")
    assert "大表.xlsx：文件过大（50 MB），每个文件最多 32 MB" in said
    assert "略过 1 个系统文件或临时文件" in said and "收下 2 个文件" in said
    files = tab.page.inner_text("#files")
    assert "白石镇/花&_b_名册.csv" in files and "不是电子表，未核查" in files
    report = tab.page.frame_locator("#report")
    expect(report.locator("#case")).to_contain_text("<img src=x onerror=alert(1)>")
    assert report.locator("#case img").count() == 0
    assert tab.quiet(), (tab.complaints, tab.asked)


@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_nothing(chromium: Any, desk: Desk, tmp_path: Path, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    scheme = "dark" if width == 400 else "light"
    tab = Tab(chromium, desk, viewport={"width": width, "height": 800}, color_scheme=scheme)
    if width == 400:
        tab.page.click("#language")
        tab.page.wait_for_selector("html[lang=en]")
    assert Axe().run(tab.page).violations_count == 0
    rows = children(8)
    rows[0][4], rows[1][6] = "?", "２０１５．３．２"
    tab.drop(register(tmp_path / "花名册.csv", rows))
    tab.verdict(1)
    tab.page.click("#repair")
    tab.page.wait_for_selector("#use-repaired")
    tab.page.click("#forms summary")
    tab.page.wait_for_selector("#forms-list a")
    results = Axe().run(tab.page)
    assert results.violations_count == 0, results.generate_report()
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    tab.page.click("#use-repaired")
    tab.verdict(2)
    assert tab.page.inner_text("#new") == "0"
    assert tab.quiet(), (tab.complaints, tab.asked)
    tab.context.close()


def test_by_another_name_or_with_a_wrong_token_there_is_nothing_to_see(
    tab: Tab, chromium: Any, desk: Desk
) -> None:
    """A name that was bent to this machine leads here, and is turned away; so is whoever lacks the ticket."""
    port, room = desk.state.address.port, desk.state.address.room
    other = chromium.new_context().new_page()
    for where, told in (
        (
            f"http://evil.example:{port}/{room}/enter?ticket={desk.state.tickets.printed}",
            "不接受从这个地址来的访问",
        ),
        (f"http://127.0.0.1:{port}/{room}/enter?ticket=wrong", "地址中的口令不对"),
        (f"http://127.0.0.1:{port}/{room}/", "没有进入核查台的凭证"),
    ):
        assert other.goto(where).status == 403
        assert told in other.inner_text("body")
    other.context.close()
    assert "ticket" not in tab.page.url and desk.state.tickets.printed not in tab.page.content()
