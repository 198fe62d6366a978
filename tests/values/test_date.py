from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lbt_audit.model.cell import CellKind
from lbt_audit.values.calendar import day_number, day_numbers, valid_days, year_of
from lbt_audit.values.kind import NO_DATE

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
    "text", ["2015-02-30", "20150230", "2015.13", "2015-13-01", "1015-03-12", "2015.2.29"]
)
def test_impossible(read, text):
    state, faults, facets = read("date", text)
    assert (state, faults, span(facets)) == ("FAULTY", ("impossible",), ("", "", ""))


def test_numbers(read):
    assert span(read("date", "42075", NUMBER)[2]) == ("2015-03-12", "2015-03-12", "day")
    assert span(read("date", "42075.5", NUMBER)[2]) == ("2015-03-12", "2015-03-12", "day")
    assert read("date", "42075", TEXT)[1] == ("unparseable",)  # a serial number only where the cell is one
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
