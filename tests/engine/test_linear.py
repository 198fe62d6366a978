"""An audit takes time in proportion to its texts, from the facts in remarks to the last line of the report.

Registers of the same children, whose cells hold ten times the text up to what is read of a cell; two of them, so that they
are linked too. Most of an audit's time is not about texts: work with the square of a text's length would take many
times as long.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.cost import out_of_proportion
from tests.e2e.desk import HEADERS, TITLE, UNIT, book, children

from lbt_audit.engine.request import Request
from lbt_audit.engine.run import audit
from lbt_audit.model.cell import LONGEST
from lbt_audit.reports.formats import Format, render

COLUMNS = [*HEADERS, "备注"]
TEXTS = [
    "父亲务工，母亲在家；", "不是没有父亲", "已死亡（", "父母离异，随母亲生活。", "5299012015", "杨晓峰、", "139123456",
    "白石镇石桥村", "（（", "√ ", "ab", "甲1.",
]  # fmt: skip


def registers(folder: Path, text: str, size: int) -> Path:
    """A roster and a school's ledger in which each column holds the text in some rows."""
    folder.mkdir()
    rows = [[*row, ""] for row in children(80)]
    for number, row in enumerate(rows[20:]):
        row[1 + number % (len(COLUMNS) - 1)] = (text * size)[:size]
        row[-1] = (f"{number}{text}" * size)[:size]
    for name, title in (("花名册", TITLE), ("台账", "白石镇中心小学留守儿童情况登记表")):
        book(folder / f"{name}.xlsx", {"Sheet1": [[title], [UNIT], COLUMNS, *rows]})
    return folder


@pytest.mark.parametrize("text", TEXTS)
def test_an_audit_is_linear_in_its_texts(tmp_path: Path, text: str) -> None:
    def work(folder: Path) -> None:
        found = audit(Request((folder,), jobs=1, links=True, children=True))
        assert not [run.rule.code for run in found.rules if run.status == "crashed"]
        for form in Format:
            if form != Format.text:
                render(form, found, io.BytesIO())

    short, long = (registers(tmp_path / str(size), text, size) for size in (LONGEST // 10, LONGEST))
    wrong = out_of_proportion(work, short, long, most=4, floor=0.5, tries=3)
    assert wrong is None, wrong
