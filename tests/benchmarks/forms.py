"""2,000 forms for one child, a file each or a sheet each of one workbook: read and understood, beside what python-calamine
needs to open them."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook
from tests.benchmarks.registers import GIVEN, SURNAMES
from tests.intake.form_sheets import CHILD, form

from lbt_audit.intake.extract import extract_tables
from lbt_audit.intake.files.find import find_files
from lbt_audit.intake.read import read_files
from lbt_audit.model.units import Units
from lbt_audit.resources import data_dir
from lbt_audit.schemas.load import load_dictionary

COUNT = 2000


def write(folder: Path, count: int = COUNT) -> None:
    """Forms of ``count`` children whose names and numbers differ, a file each."""
    for n in range(count):
        with xlsxwriter.Workbook(folder / f"{n:04d}{_name(n)}登记表.xlsx") as book:
            _sheet(book, "登记表", n)


def write_book(folder: Path, count: int = COUNT) -> None:
    """The same as sheets of one workbook."""
    with xlsxwriter.Workbook(folder / "一人一表.xlsx") as book:
        for n in range(count):
            _sheet(book, f"{n:04d}{_name(n)}", n)


def _name(n: int) -> str:
    return SURNAMES[n % len(SURNAMES)] + GIVEN[n // 7 % len(GIVEN)] + GIVEN[n % len(GIVEN)]


def _sheet(book: xlsxwriter.Workbook, title: str, n: int) -> None:
    lines, merges = form({**CHILD, "child_name": _name(n), "live_addr": f"青禾县白石镇珠岩村{n}号"})
    sheet = book.add_worksheet(title)
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            if text:
                sheet.write_string(row, column, text)
    for top, left, bottom, right in merges:
        text = lines[top - 1][left] if left < len(lines[top - 1]) else ""
        sheet.merge_range(top - 1, left, bottom - 1, right, text)


def opened(folder: Path) -> float:
    """Seconds python-calamine takes for all cells of all files."""
    start = time.perf_counter()
    for path in sorted(folder.iterdir()):
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    return time.perf_counter() - start


def understood(folder: Path, jobs: int) -> float:
    """Seconds until every form is a table."""
    dictionary, units = load_dictionary(data_dir("schemas")), Units()
    start = time.perf_counter()
    found = [
        table
        for result in read_files(find_files([folder]), jobs=jobs)
        for table in extract_tables(result.file.relative, "", result.grids, dictionary, units).tables
    ]
    seconds = time.perf_counter() - start
    assert len(found) == COUNT and all(len(t) == 1 for t in found)
    return seconds


def forms(jobs: int = 2) -> None:
    """Print the figures; the budget is twice python-calamine's time and a second."""
    for what, written in (("files", write), ("sheets of one workbook", write_book)):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            written(folder)
            peer, ours = opened(folder), understood(folder, jobs)
        print(
            f"{COUNT} forms, {what}: {ours:.1f} s; python-calamine opens them in {peer:.1f} s; "
            f"budget {2 * peer + 1:.1f} s"
        )
