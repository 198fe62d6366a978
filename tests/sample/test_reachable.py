"""Every issue of the sample county stands in each document that holds all of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
from lxml import html

NUMBER = re.compile(r"\b[0-9a-f]{16}\b")


def test_no_issue_is_lost(written: Path, qinghe: dict[str, Any]) -> None:
    issues = {issue["fingerprint"] for issue in qinghe["issues"]}
    assert len(issues) == qinghe["summary"]["issues"] > 400

    book = openpyxl.load_workbook(written / "问题清单.xlsx", read_only=True)
    cells = (str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert issues <= {number for text in cells for number in NUMBER.findall(text)}

    page = html.fromstring((written / "审计报告.html").read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    shown = json.loads(page.get_element_by_id("data").text)["issues"]
    assert sorted(shown["fingerprint"]) == sorted(issues)
    # Each is told at the first level, as another register of one told there, or beneath its cause.
    causes = {
        i
        for i, (head, above) in enumerate(zip(shown["head"], shown["above"], strict=True))
        if head == i and above < 0
    }
    assert all(
        head in causes or above in causes for head, above in zip(shown["head"], shown["above"], strict=True)
    )
