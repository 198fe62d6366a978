"""Text from submitted files is harmless wherever it is shown."""

import re

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbt_audit.reports.text.layout import width, wrap
from lbt_audit.reports.text.safe import csv_cell, markdown, terminal, terminal_column

_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@given(st.text())
def test_nothing_acts_in_a_terminal(text: str) -> None:
    assert not _FORBIDDEN.search(terminal(text))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_column_is_cleaned_like_single_texts(texts: list[str]) -> None:
    assert terminal_column(pa.array(texts, pa.string())).to_pylist() == [terminal(t) for t in texts]


def test_what_is_stripped_and_what_stays() -> None:
    assert terminal("\x1b[31m红\u202e\u200b第一行\n第二行\x9b") == "[31m红第一行 第二行"
    assert terminal("阿依古丽·买买提 𠮷 \ue000") == "阿依古丽·买买提 𠮷 \ue000"
    assert terminal("a\udc80b") == "a\\udc80b"


def test_markdown_and_csv() -> None:
    assert markdown("a|b <b>*x*</b> [l](http://e) `c`") == r"a\|b \<b\>\*x\*\</b\> \[l\](http\://e) \`c\`"
    assert csv_cell("=1+1") == "'=1+1" and csv_cell("＝1") == "'＝1" and csv_cell("杨*") == "杨*"
    assert csv_cell("\t=1") == "'\t=1" and csv_cell("") == ""


def test_widths() -> None:
    assert width("杨a（") == 5


@given(st.text("杨晓，。（）ab12 -", max_size=80), st.integers(4, 30))
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("mark", ["，", "。", "）"])
def test_no_line_starts_with_a_closing_mark(mark: str) -> None:
    assert wrap("一二三四" + mark + "五六", 8) == ["一二三", "四" + mark + "五六"]
