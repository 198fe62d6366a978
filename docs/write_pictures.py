"""Makes ``docs/pictures/``: the tutorial's pictures, from the real program on the sample county.

python docs/write_pictures.py   (needs Chromium, LibreOffice and poppler's pdftoppm)

They are kept in the repository, so that the site is built where none of these is installed, and the pages show them
wherever they are read.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent / "pictures"
ROSTER = "望溪乡/望溪乡农村留守儿童花名册(10月).xlsx"
LANGS = ("zh", "en")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run("sample", work / "county")
        for lang in LANGS:
            out = work / lang
            run("check", work / "county" / ROSTER, "--out", out, "--lang", lang, "--fail-on", "never")
            desk(work / "county" / ROSTER, lang, FOLDER / f"desk-{lang}.png")
            page(next(out.glob("*.html")), FOLDER / f"children-{lang}.png")
            (copies,) = {path.parent for path in out.glob(f"*/{Path(ROSTER).name}")}
            annotated(copies / Path(ROSTER).name, work, lang)


def run(*arguments: object) -> None:
    subprocess.run(
        [sys.executable, "-m", "lbt_audit", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL
    )


def page(report: Path, picture: Path) -> None:
    """A child's case on the page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 960, "height": 720})
        tab.goto(f"{report.as_uri()}#children")
        tab.wait_for_timeout(500)
        tab.screenshot(path=picture)
        browser.close()


def desk(roster: Path, lang: Literal["zh", "en"], picture: Path) -> None:
    """The desk after a check of ``roster``."""
    from playwright.sync_api import sync_playwright

    from lbt_audit.desk.access.address import Address
    from lbt_audit.desk.checks.job import Settings
    from lbt_audit.desk.server.desk import Desk

    with sync_playwright() as playwright, Desk(Address(), Settings(lang)) as opened:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1100, "height": 760})
        tab.goto(opened.address_once())
        tab.set_input_files("#files-input", roster)
        tab.wait_for_selector("#report", timeout=300_000)
        tab.wait_for_timeout(1000)
        tab.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        tab.screenshot(path=picture)
        browser.close()


def annotated(workbook: Path, work: Path, lang: str) -> None:
    """The list in front of the copy and the register behind it, as LibreOffice shows them."""
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", work, workbook],
        check=True,
        capture_output=True,
    )
    pages = work / f"{workbook.stem}.pdf"
    text = subprocess.run(["pdftotext", pages, "-"], check=True, capture_output=True, encoding="utf-8").stdout
    register = 1 + next(i for i, page in enumerate(text.split("\f")) if page.startswith("填报单位"))
    cut(pages, 1, (60, 60, 920, 330), FOLDER / f"list-{lang}.png")
    cut(pages, register, (60, 80, 600, 440), FOLDER / "annotated.png")


def cut(pages: Path, page: int, box: tuple[int, int, int, int], picture: Path) -> None:
    """``box``: left, top, width and height in pixels of 90 to the inch."""
    sides = [word for pair in zip(("-x", "-y", "-W", "-H"), map(str, box), strict=True) for word in pair]
    chosen = ["-r", "90", "-f", str(page), "-l", str(page), *sides]
    subprocess.run(["pdftoppm", "-png", "-singlefile", *chosen, pages, picture.with_suffix("")], check=True)


if __name__ == "__main__":
    main()
