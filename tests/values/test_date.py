from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbt_audit.model.cell import CellKind
from lbt_audit.values.calendar import day_number, day_numbers, valid_days, year_of
from lbt_audit.values.date.machine import is_summer
from lbt_audit.values.kind import NO_DATE, Context
from lbt_audit.values.registry import KINDS

TEXT, NUMBER, DATE = CellKind.TEXT, CellKind.NUMBER, CellKind.DATE


def iso(n: int) -> str:
    return "" if n == NO_DATE else str(np.datetime64(n, "D"))


def span(facets) -> tuple[str, str, str]:
    return iso(facets["lo"]), iso(facets["hi"]), facets["precision"]


@pytest.mark.parametrize(
    "text",
    ["2015-03-12", "2015.3.12", "2015.03.12", "2015/3/12", "2015年3月12日", "20150312", "15.3.12", "150312",
     "2015312", "2015．3．12",
     "2015-03-12 00:00:00", "2015/3/12 0:00", "二〇一五年三月十二日", "2015年3月12日生",
     " 2015 年 3 月 12 日", "2015.0312", "12/03/2015x",
     "'2015.3.12", "13/3/2015"],
)  # fmt: skip
def test_one_day_many_ways(read, text):
    want = "2015-03-13" if text == "13/3/2015" else "2015-03-12"
    state, faults, facets = read("date", text)
    if text.endswith("x"):
        assert (state, faults) == ("FAULTY", ("unparseable",))
    else:
        assert (state, faults, span(facets)) == ("OK", (), (want, want, "day"))


@pytest.mark.parametrize(
    "text",
    [
        "2015.3",
        "2015年3月",
        "201503",
        "20150300",
        "2015-03",
        "15年3月",
        "15.3",
        "2015年3月左右",
        "2015.3至今",
        "二〇一五年三月",
    ],
)
def test_month_only(read, text):
    state, faults, facets = read("date", text)
    assert (state, faults, span(facets)) == ("OK", (), ("2015-03-01", "2015-03-31", "month"))


@pytest.mark.parametrize("text", ["2016", "2016年", "20160000"])
def test_year_only(read, text):
    assert span(read("date", text)[2]) == ("2016-01-01", "2016-12-31", "year")


@pytest.mark.parametrize(
    "text", ["2015-02-30", "20150230", "2015.13", "2015-13-01", "2015.2.29", "2015年0月", "2015年0月0日"]
)
def test_impossible(read, text):
    state, faults, facets = read("date", text)
    assert (state, faults, span(facets)) == ("FAULTY", ("impossible",), ("", "", ""))


def test_numbers(read):
    assert span(read("date", "42075", NUMBER)[2]) == ("2015-03-12", "2015-03-12", "day")
    assert span(read("date", "42075.5", NUMBER)[2]) == ("2015-03-12", "2015-03-12", "day")
    assert read("date", "19999", NUMBER)[1] == ("unparseable",)
    assert span(read("date", "201503", NUMBER)[2])[2] == "month"
    assert span(read("date", "2015.2", NUMBER)[2]) == ("2015-02-01", "2015-02-28", "month")
    assert span(read("date", "2015.12", NUMBER)[2]) == ("2015-12-01", "2015-12-31", "month")
    assert read("date", "0", NUMBER)[0] == "PLACEHOLDER"


def test_january_or_october(read):
    state, faults, facets = read("date", "2015.1", NUMBER)
    assert (state, faults, span(facets)) == ("FAULTY", ("ambiguous",), ("2015-01-01", "2015-10-31", ""))
    assert span(read("date", "2015.1", TEXT)[2]) == ("2015-01-01", "2015-01-31", "month")


@pytest.mark.parametrize("text", ["3.12", "9.3", "12/3/2015", "2015111", "2015.3-2016.5"])
def test_ambiguous(read, text):
    assert read("date", text)[:2] == ("FAULTY", ("ambiguous",))


@pytest.mark.parametrize("text", ["常年", "多年", "长期", "3年", "三年多", "10多年", "好几年"])
def test_long(read, text):
    state, faults, facets = read("date", text)
    assert (state, faults, facets["text_class"], span(facets)) == ("OK", (), "long", ("", "", ""))


@pytest.mark.parametrize("text", ["春节后", "年初", "去年", "半年", "3个月"])
def test_vague(read, text):
    state, faults, facets = read("date", text)
    assert (state, faults, facets["text_class"], facets["lo"]) == ("FAULTY", ("vague",), "vague", NO_DATE)


def test_vague_within_a_year(read):
    state, faults, facets = read("date", "2016年春节后")
    assert (state, faults, facets["text_class"], span(facets)) == (
        "OK",
        (),
        "vague",
        ("2016-01-01", "2016-12-31", "year"),
    )


@pytest.mark.parametrize("text", ["农历三月十二", "阴历2015年3月12", "正月初八", "腊月"])
def test_lunar(read, text):
    state, faults, facets = read("date", text)
    assert (state, faults, facets["text_class"], span(facets)) == (
        "FAULTY",
        ("lunar",),
        "lunar",
        ("", "", ""),
    )


def test_date_cells(read):
    assert span(read("date", "2015-03-12", DATE)[2]) == ("2015-03-12", "2015-03-12", "day")
    assert span(read("date", "2015-03-12 13:45:00", DATE)[2]) == ("2015-03-12", "2015-03-12", "day")


@pytest.mark.parametrize("text", ["无", "不详", "/", "0", "同上"])
def test_placeholders(read, text):
    assert read("date", text)[0] == "PLACEHOLDER"


@pytest.mark.parametrize(
    "text",
    [
        "2015-03-11T16:00:00Z", "2015-03-11T16:00:00.000Z", "2015-03-11T16:00:00+00:00", "2015-03-11T16:00:00.000+0000",
        "2015-03-12T00:00:00+08:00", "2015-03-12T00:00:00.000+08:00[Asia/Shanghai]", "2015-03-11T15:59:17Z",
        "2015-03-11 23:59:17", "2015-03-11 23:58:00", "2015-03-12 00:00:43", "2015-03-12 23:57:00", "20150312T000000Z",
        "2015-03-12 00:00:00.0", "2015-03-12 00:00:00+08", "2015-03-12 00:00:00 +0800 CST", "2015-03-11 24:00:00",
        "20150312000000", "201503120830", "2015:03:12 10:20:30",
    ],
)  # fmt: skip
def test_instants_are_days_in_china(read, text):
    assert read("date", text)[0] == "OK", text
    assert span(read("date", text)[2]) == ("2015-03-12", "2015-03-12", "day")
    assert read("date", text, DATE) == read("date", text)


@pytest.mark.parametrize(
    ("text", "day"),
    [("1988-05-01T15:00:00Z", "1988-05-02"), ("1988-05-01T14:59:00Z", "1988-05-02"), ("1988-12-01T15:00:00Z", "1988-12-01"),
     ("1991-09-14T15:00:00Z", "1991-09-15"), ("1992-06-01T15:00:00Z", "1992-06-01"), ("579538800000", "1988-05-14")],
)  # fmt: skip
def test_summer_time_of_1986_to_1991(read, text, day):
    assert span(read("date", text)[2]) == (day, day, "day")


def test_summer_time_is_that_of_the_time_zone_database():
    zoneinfo = pytest.importorskip("zoneinfo")
    try:
        shanghai = zoneinfo.ZoneInfo("Asia/Shanghai")
    except zoneinfo.ZoneInfoNotFoundError:
        pytest.skip("no time zones on this machine")
    for n in range(day_number(1985, 1, 1), day_number(1993, 1, 1)):
        noon = datetime(1970, 1, 1, 12, tzinfo=shanghai) + timedelta(days=n)
        assert is_summer(n) is (noon.utcoffset() == timedelta(hours=9)), noon


@pytest.mark.parametrize(
    "text",
    [
        "Mar 12, 2015", "12-Mar-15", "12-MAR-2015", "March 12th, 2015", "12 March 2015", "12th of March, 2015",
        "2015 March 12", "2015-Mar-12", "Thursday, March 12, 2015", "Thu Mar 12 2015", "Mar 12, 2015 12:00:00 AM",
        "Thu Mar 12 2015 00:00:00 GMT+0800 (中国标准时间)", "Thu Mar 12 2015 00:00:00 GMT+0800 (China Standard Time)",
        "Wed Mar 11 2015 16:00:00 GMT+0000 (Coordinated Universal Time)", "Wed, 11 Mar 2015 16:00:00 GMT",
        "Thu Mar 12 00:00:00 CST 2015", "12-3月 -15", "12-3月-2015",
        "2015年3月12日星期四", "2015年3月12日 星期四", "星期四, 2015年3月12日", "2015-03-12(四)", "2015-03-12（周四）",
        "2015/3/12 周四", "2015-03-12 Thu", "2015年3月12日 上午12:00:00", "2015/3/12 下午 3:20", "2015年3月12日8时30分",
    ],
)  # fmt: skip
def test_months_in_english_and_weekdays(read, text):
    assert read("date", text)[0] == "OK", text
    assert span(read("date", text)[2]) == ("2015-03-12", "2015-03-12", "day")


@pytest.mark.parametrize("text", ["March 2015", "Mar-15", "Mar 2015", "Mar'15", "2015 March", "mar. 2015"])
def test_months_alone_in_english(read, text):
    assert span(read("date", text)[2]) == ("2015-03-01", "2015-03-31", "month")


@pytest.mark.parametrize("text", ["Mar 15", "15-Mar", "March 12", "3月12日", "3/12/2015 12:00:00 AM"])
def test_without_a_year_or_an_order(read, text):
    assert read("date", text)[:2] == ("FAULTY", ("ambiguous",))


@pytest.mark.parametrize("word", ["Marzo 12, 2015", "Mayday 12 2015", "Max-15", "Thu", "GMT", "12:30"])
def test_no_month_at_all(read, word):
    assert read("date", word)[1] == ("unparseable",)


@pytest.mark.parametrize("cell", [TEXT, NUMBER])
@pytest.mark.parametrize(
    "text", ["1426089600", "1426089600000", "1426089557000", "1426118400000", "1426150000123"]
)
def test_seconds_and_milliseconds_since_1970(read, text, cell):
    assert span(read("date", text, cell)[2]) == ("2015-03-12", "2015-03-12", "day")


def test_births_before_1970_count_backwards(read):
    assert span(read("date", "-599644800000")[2])[0] == "1951-01-01"
    assert span(read("date", "/Date(-599644800000+0800)/")[2])[0] == "1951-01-01"


@pytest.mark.parametrize("text", ["1426123456", "99999999999999", "123456789", "-1"])
def test_other_long_numbers_are_no_dates(read, text):
    assert read("date", text)[1] == ("unparseable",)


@pytest.mark.parametrize("text", ["42075", "42075.0", "42075.5", " 42075"])
def test_day_numbers_as_text_are_told_with_their_day(read, text):
    state, faults, facets = read("date", text)
    assert (state, faults, span(facets)) == ("FAULTY", ("day_number",), ("2015-03-12", "2015-03-12", ""))


@pytest.mark.parametrize(
    "text", ["215-03-12", "20155-3-12", "3015年3月12日", "1015-03-12", "1899.5", "21010101"]
)
def test_years_out_of_range(read, text):
    assert read("date", text)[:2] == ("FAULTY", ("out_of_range",))


@pytest.mark.parametrize(
    "text",
    ["0000-00-00", "0000-00-00 00:00:00", "0001-01-01T00:00:00", "1900-01-00", "1900/1/0", "1899-12-30"],
)
def test_zeros_of_programs_are_no_dates(read, text):
    assert read("date", text)[0] == "PLACEHOLDER"


@pytest.mark.parametrize(
    "text",
    [
        "二〇一五年三月十二日",
        "二零一五年三月十二号",
        "二O一五年三月十二日",
        "一五年三月十二日",
        "贰零壹伍年叁月壹拾贰日",
    ],
)
def test_chinese_figures(read, text):
    assert span(read("date", text)[2]) == ("2015-03-12", "2015-03-12", "day")


@pytest.mark.parametrize(
    ("text", "span_or_class"),
    [("一五年", ("2015-01-01", "2015-12-31", "year")), ("零五年三月", ("2005-03-01", "2005-03-31", "month")), ("十五年", "long"),
     ("三四年", "long"), ("八八年五月", ("1988-05-01", "1988-05-31", "month"))],
)  # fmt: skip
def test_years_of_two_figures_are_no_terms_of_years(read, text, span_or_class):
    facets = read("date", text)[2]
    assert (facets["text_class"] or span(facets)) == span_or_class


@pytest.mark.parametrize("text", ["民国104年3月12日", "民国三十五年", "光绪三十年"])
def test_other_eras_are_told(read, text):
    assert read("date", text)[:2] == ("FAULTY", ("era",))


@pytest.mark.parametrize(
    "text",
    ["2015 3 12", "2015—03—12", "2015～03～12", "2015。3。12", "2015·3·12", "2015、3、12", "公历2015年3月12日",
     "生于2015年3月12日", "2015.3.12.", "2015-3-12-", "2015:03:12"],
)  # fmt: skip
def test_other_separators(read, text):
    assert span(read("date", text)[2]) == ("2015-03-12", "2015-03-12", "day")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_the_canonical_form_is_read_as_itself(n):
    parse = KINDS["date"].parse
    context = Context(as_of=0)
    number = (n - date(1970, 1, 1)).days
    for text in (
        n.isoformat(),
        f"{n.year}年{n.month}月{n.day}日",
        f"{n:%Y%m%d}",
        f"{n.isoformat()}T00:00:00+08:00",
    ):
        assert parse(text, TEXT, context, None).facets == (number, number, "day", "")


@given(st.integers(-200_000, 200_000))
def test_calendar_agrees_with_numpy(n):
    y, m, d = (int(x) for x in str(np.datetime64(n, "D")).split("-"))
    assert day_number(y, m, d) == n and year_of(n) == y
    one = np.array([y]), np.array([m]), np.array([d])
    assert valid_days(*one)[0] and day_numbers(*one)[0] == n


@given(st.integers(1900, 2100), st.integers(0, 14), st.integers(0, 33))
def test_valid_days_agrees_with_numpy(y, m, d):
    try:
        np.datetime64(f"{y}-{m:02d}-{d:02d}", "D")
        real = True
    except ValueError:
        real = False
    assert bool(valid_days(np.array([y]), np.array([m]), np.array([d]))[0]) is real
    assert (day_number(y, m, d) is not None) is real
