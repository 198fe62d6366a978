from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cost import cpu

from lbt_audit.model.cell import CellKind
from lbt_audit.values.area import area_mask, known_areas
from lbt_audit.values.check_digit import expected_check, has_valid_check
from lbt_audit.values.citizen_id import CITIZEN_ID
from lbt_audit.values.kind import NO_DATE

GOOD = "52990120150312001X"
BIRTH = int(np.datetime64("2015-03-12", "D").astype(int))


def test_right_number(read):
    state, faults, facets = read("citizen_id", GOOD)
    assert (state, faults) == ("OK", ())
    assert facets["norm"] == GOOD and facets["birth"] == BIRTH and facets["sex"] == 1
    assert facets["area"] == "529901" and facets["valid"] and facets["id_type_guess"] == "resident"


@pytest.mark.parametrize(
    "text",
    ["'" + GOOD, "’" + GOOD, GOOD.lower(), "\t" + GOOD + "\u00a0", "５２９９０１２０１５０３１２００１Ｘ", "529901 20150312 001X",
     "\u200b" + GOOD, "身份证:" + GOOD, "身份证号码：" + GOOD],
)  # fmt: skip
def test_the_same_number_in_disguise(read, text):
    state, faults, facets = read("citizen_id", text)
    assert (state, faults, facets["norm"], facets["valid"]) == ("OK", (), GOOD, True)
    assert facets["note"] in ("tidied", "prefix")


@pytest.mark.parametrize(
    "text",
    [GOOD[:-1] + "×", GOOD[:-1] + "*", GOOD[:-1] + "Х", GOOD.replace("0", "O"), GOOD.replace("1", "l")],
)
def test_lookalikes_are_read_but_not_accepted(read, text):
    state, faults, facets = read("citizen_id", text)
    assert (state, faults) == ("FAULTY", ("characters",))
    assert facets["birth"] == BIRTH and not facets["valid"] and "lookalike" in facets["note"]


@pytest.mark.parametrize("rest", [" 13985712346", "/13985712346", "（母亲代）", "电话13985712346"])
def test_two_things_in_one_cell(read, rest):
    state, faults, facets = read("citizen_id", GOOD + rest)
    assert (state, faults, facets["norm"]) == ("OK", (), GOOD)
    assert "extra_value" in facets["note"]


def test_facts_are_given_although_the_check_digit_fails(read):
    state, faults, facets = read("citizen_id", "529901201608290072")
    expected = expected_check("52990120160829007")
    assert (state, faults) == ("FAULTY", ("check_digit",)) and expected != "2"
    assert facets["expected"] == expected and not facets["valid"]
    assert facets["birth"] == int(np.datetime64("2016-08-29", "D").astype(int)) and facets["sex"] == 1


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("5.29901200911026E+17", "529901200911026"),
        ("522428201001010017", "522428201001010"),
        ("5.22428201001E+17", "522428201001000"),
    ],
)
def test_numbers_keep_fifteen_digits_and_no_more(read, text, digits):
    state, faults, facets = read("citizen_id", text, CellKind.NUMBER)
    assert state == "FAULTY" and "precision_lost" in faults
    assert facets["digits15"] == digits and facets["norm"] == "" and facets["sex"] == 0
    assert facets["area"] == digits[:6]


def test_lost_precision_in_text(read):
    _, faults, facets = read("citizen_id", "5.29901E+17")
    assert faults == ("precision_lost",) and facets["digits15"] == "" and facets["birth"] == NO_DATE
    _, faults, facets = read("citizen_id", "529901201503120000")
    assert (
        faults == ("precision_lost",) and facets["digits15"] == "529901201503120" and facets["birth"] == BIRTH
    )
    assert facets["norm"] == ""


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("52990120150312001", ("length",)),
        ("5299012015031200123", ("length",)),
        ("20150312", ("length",)),
        ("5299012015031200AB", ("characters",)),
        ("李明", ("characters",)),
        ("529901201503120", ("length",)),  # fifteen digits, but the head of an 18-digit number
    ],
)
def test_wrong_forms(read, text, faults):
    state, found, facets = read("citizen_id", text)
    assert (state, found, facets["valid"]) == ("FAULTY", faults, False)


def with_check(body: str) -> str:
    return body + expected_check(body)


def test_birth_segment(read):
    assert read("citizen_id", with_check("52990120150230001"))[1] == ("birth_segment",)
    assert read("citizen_id", with_check("52990118990230001"))[1] == ("birth_segment",)
    assert read("citizen_id", with_check("52990120261101001"))[1] == ("birth_future",)
    assert read("citizen_id", with_check("52990120261031001"))[1] == ()
    assert read("citizen_id", with_check("52990120120229001"))[1] == ()


def test_areas_past_and_present_and_unknown(read):
    for area in ("522428", "520527", "522400", "810000", "820000", "830000", "110101"):
        assert read("citizen_id", with_check(area + "20150312001"))[1] == (), area
    state, faults, facets = read("citizen_id", with_check("52999920150312001"))
    assert (state, faults, facets["valid"]) == ("OK", ("area_unknown",), True)
    assert "529901" not in known_areas()


@pytest.mark.parametrize(
    ("text", "guess"),
    [("H12345678", "hk_mo_tw_permit"), ("E12345678", "passport"), ("CHN110012345678", "foreign_permit"), ("Q520123456", "other"),
     ("522428750312001", "fifteen")],
)  # fmt: skip
def test_other_documents(read, text, guess):
    state, faults, facets = read("citizen_id", text)
    assert (state, faults, facets["id_type_guess"], facets["valid"]) == ("OK", (), guess, False)


@pytest.mark.parametrize("text", ["正在办理", "未上户", "无户口", "户口办理中"])
def test_pending(read, text):
    state, faults, facets = read("citizen_id", text)
    assert (state, faults, facets["pending"]) == ("PLACEHOLDER", (), True)


def test_two_children_in_one_cell(read):
    assert (
        "several"
        in read("citizen_id", with_check("52990120150312001") + " " + with_check("52990120150312003"))[1]
    )


@given(st.from_regex(r"[0-9]{17}", fullmatch=True), st.integers(0, 16), st.integers(1, 9))
def test_check_digit_finds_every_single_slip(body, at, step):
    wrong = body[:at] + str((int(body[at]) + step) % 10) + body[at + 1 :]
    assert has_valid_check(body + expected_check(body))
    assert not has_valid_check(wrong + expected_check(body))


def test_bulk_is_fast(context):
    """100,000 distinct numbers cost less than 20,000 one by one."""
    rng = np.random.default_rng(1)
    bodies = [f"529901{y}{m:02d}{d:02d}{s:03d}" for y, m, d, s in zip(
        rng.integers(1950, 2026, 110_000).tolist(), rng.integers(1, 13, 110_000).tolist(),
        rng.integers(1, 29, 110_000).tolist(), rng.integers(0, 1000, 110_000).tolist(), strict=True)]  # fmt: skip
    values = pa.array([with_check(b) for b in dict.fromkeys(bodies)][:100_000])
    area_mask(context.extra_areas)
    handled, bits, facets = CITIZEN_ID.bulk(values, context)
    assert handled.all() and not bits.any() and facets[4].all()
    few = values[:20_000].to_pylist()
    singly = cpu(lambda: [CITIZEN_ID.parse(text, CellKind.TEXT, context, None) for text in few])
    assert cpu(lambda: CITIZEN_ID.bulk(values, context)) < singly


@pytest.mark.parametrize(
    "text",
    ["5299012015031200101", "52990120150312001XX", "52990120150312001X1", "52990120150312001X 1", "1529901201503120010",
     "52990120150312001XA", "A52990120150312001X"],
)  # fmt: skip
def test_nineteen_characters_are_no_number(read, text):
    state, faults, _ = read("citizen_id", text)
    assert state == "FAULTY" and set(faults) <= {"length", "characters"}


@pytest.mark.parametrize(
    "text", ["52990120150312001X张三", "52990120150312001X（已核）", "52990120150312001X 13885712345"]
)
def test_something_else_beside_the_number(read, text):
    state, _, facets = read("citizen_id", text)
    assert (state, facets["norm"]) == ("OK", "52990120150312001X")
