"""A page in headless Chromium: Debian's, or whatever is called so on the path."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(
    (p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None
)
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on the path (Debian: apt-get install chromium)"
)


@contextmanager
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield running
        finally:
            running.close()


class Tab:
    """One page open in the browser, as a file from a disk; what it complained of and asked for besides itself."""

    def __init__(self, running: Any, path: Path, part: str = "", **options: Any) -> None:
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.context = running.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(f"{path.as_uri()}#{part}")

    def show(self, part: str) -> None:
        """Another part of the page, as its tab leads there."""
        self.page.click(f".tabs a[href='#{part}']")
        self.page.wait_for_selector(f".tabs a[href='#{part}'][aria-current]")

    def quiet(self) -> bool:
        """Nothing was complained of, and nothing was asked for but the page."""
        return not self.complaints and {url.partition("#")[0] for url in self.asked} == {
            self.page.url.partition("#")[0]
        }

    def rows(self, table: str = "#issue-list") -> list[list[str]]:
        """The cells of a table as they are read."""
        return self.page.eval_on_selector_all(  # type: ignore[no-any-return]
            f"{table} table.dataTable tbody tr",
            "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))",
        )

    def found(self, table: str = "#issue-list") -> str:
        return str(self.page.inner_text(f"{table} .dt-info"))
