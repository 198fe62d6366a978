"""Every parser takes time in proportion to its text, however hostile the text.

Compared within one run and one thread: CPU time of a text ten times as long, best of several. Quadratic work
is a hundredfold, so that a bound of forty tells them apart on a busy machine; what takes less than ten
milliseconds for 10,000 characters is fast enough whatever it is.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cost import cpu, out_of_proportion

from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import bare_header, normalise_header
from lbt_audit.values.codes import code_key
from lbt_audit.values.mask import mask_value
from lbt_audit.values.registry import KINDS

SHORT, LONG = 1_000, 10_000
RATIO, FLOOR = 40, 0.010
LISTS = {"code": "health", "codes": "aid", "yes_no": "yes_no"}
BROKEN_AT_THE_END = "(1 一.√☐①、至年岁0"  # runs of these, then something that fits nothing
PLAIN = (
    " ", "(", ")", "()", "( )", "(( ", "[(【", "（√）", "健康(", "健康( ", "健康( )", "√", "☐", "☐是 ", "是☑", "、", "一",
    "1", "0", "1.", "1-", "1 ", "12:", ".", "·", "年", "2015年", "2015-03-12", "03-12T", "二十", "十", "三年级", "班",
    "①", "①是", "A.是", "是┋", "'", "+86", "0857-", "13912345678", "5299012015", "52990120150312001X", "无", "村",
    "街道", "路1", "自治县", "浙江", "奶奶", "系", "和", "同上", "—", "/", "\\N", "×", "E", "1E+", "到现在", "左右", "岁次",
    "Mar ", "GMT", "星期", "(四)", "\u0315\u0300", "e\u0301", "\ufdfa", "\u200b", "⺠", "\n", "李 ", "曾用名(",
)  # fmt: skip
TEXTS = {
    **{unit: (unit, "") for unit in PLAIN},
    **{f"{unit}…": (unit, "#x") for unit in BROKEN_AT_THE_END},
}


def repeated(unit: str, end: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[: size - len(end)] + end


def assert_linear(work, short: str, long: str, what: object) -> None:
    wrong = out_of_proportion(work, short, long, most=RATIO, floor=FLOOR)
    assert wrong is None, f"{what}: {wrong}"


def parser(kind: str, context, cell: CellKind = CellKind.TEXT):
    return lambda text: KINDS[kind].parse(text, cell, context, LISTS.get(kind))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_parsers_are_linear(kind, context):
    for name, (unit, end) in TEXTS.items():
        short, long = repeated(unit, end, SHORT), repeated(unit, end, LONG)
        assert_linear(parser(kind, context), short, long, (kind, name))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_parsers_are_linear_in_number_cells(kind, context):
    for unit in ("1", "0", ".", "-", "1E", "9.", "a"):
        short, long = repeated(unit, "", SHORT), repeated(unit, "", LONG)
        assert_linear(parser(kind, context, CellKind.NUMBER), short, long, (kind, unit))


HOSTILE = st.text(
    alphabet=" ()[]（）【】0123456789.-/:、,┋①②√×☐☑年月日号一十到现在左右村路级班E'·\u0300",
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(unit=HOSTILE, begin=HOSTILE, end=HOSTILE)
def test_parsers_are_linear_in_any_repeated_text(kind, unit, begin, end, context):
    short, long = (begin + repeated(unit, end, size) for size in (SHORT, LONG))
    assert_linear(parser(kind, context), short, long, (kind, begin, unit, end))


@pytest.mark.parametrize("privacy", ["name", "id", "phone", "address", "sensitive"])
def test_masks_are_linear(privacy):
    for name, (unit, end) in TEXTS.items():
        short, long = repeated(unit, end, SHORT), repeated(unit, end, LONG)
        assert_linear(lambda text: mask_value(text, privacy), short, long, (privacy, name))


@pytest.mark.parametrize("normalise", [normalise_header, bare_header, code_key])
def test_normal_forms_are_linear(normalise):
    work = getattr(normalise, "__wrapped__", normalise)  # without its cache
    for name, (unit, end) in TEXTS.items():
        short, long = repeated(unit, end, SHORT), repeated(unit, end, LONG)
        assert_linear(work, short, long, (normalise.__name__, name))


def test_one_long_cell_does_not_hold_up_an_audit(context):
    """Once 28 seconds: 32,000 characters, as many as Excel lets a cell hold, in a column of yes and no."""
    text = "家里情况说明一二三四五" * 3_000
    assert cpu(lambda: parser("yes_no", context)(text)) < 1.0


def test_the_comparison_sees_quadratic_work():
    with pytest.raises(AssertionError):
        assert_linear(
            lambda text: [text[:i] in text for i in range(0, len(text), 1)], "a" * 1_000, "a" * 20_000, ""
        )
