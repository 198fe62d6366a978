from __future__ import annotations

import pytest

from lbt_audit.model.cell import CellKind


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("七(3)班", ("junior", 7, 3, -1)),
        ("七（3）班", ("junior", 7, 3, -1)),
        ("三年级2班", ("primary", 3, 2, -1)),
        ("初一3班", ("junior", 7, 3, -1)),
        ("七年级三班", ("junior", 7, 3, -1)),
        ("八三班", ("junior", 8, 3, -1)),
        ("301班", ("primary", 3, 1, -1)),
        ("7-3", ("junior", 7, 3, -1)),
        ("学前班", ("kindergarten", 0, -1, -1)),
        ("大班", ("kindergarten", 0, -1, -1)),
        ("大(1)班", ("kindergarten", 0, 1, -1)),
        ("中二班", ("kindergarten", 0, 2, -1)),
        ("高二", ("senior", 11, -1, -1)),
        ("高一(12)班", ("senior", 10, 12, -1)),
        ("初中二年级", ("junior", 8, -1, -1)),
        ("初三", ("junior", 9, -1, -1)),
        ("中职一年级", ("vocational", 10, -1, -1)),
        ("2024级3班", ("", -1, 3, 2024)),
        ("初2024级3班", ("junior", 9, 3, 2024)),
        ("3班", ("", -1, 3, -1)),
        ("十二班", ("", -1, 12, -1)),
        ("3", ("", -1, 3, -1)),
    ],
)
def test_class_names(read, text, want):
    state, faults, facets = read("class_name", text)
    assert (state, faults, tuple(facets.values())) == ("OK", (), want)


def test_grades(read):
    assert read("grade", "7")[2]["grade"] == 7
    assert read("grade", "3.0", CellKind.NUMBER)[2]["grade"] == 3
    assert read("grade", "三")[2]["stage"] == "primary"
    assert read("grade", "尖子班")[:2] == ("FAULTY", ("unrecognised",))
    assert read("grade", "十三年级")[:2] == ("FAULTY", ("unrecognised",))
    assert read("class_name", "2026-03-02", CellKind.DATE)[:2] == ("FAULTY", ("became_date",))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8", 8),
        ("8岁", 8),
        ("八", 8),
        ("十二", 12),
        ("三十", 30),
        ("0", 0),
        ("12.0", 12),
        ("3次", 3),
        ("８", 8),
    ],
)
def test_integers(read, text, value):
    assert read("integer", text)[::2] == ("OK", {"value": value})


def test_no_integers(read):
    assert read("integer", "3.5")[1] == ("not_integer",)
    assert read("integer", "-3")[1:] == (("negative",), {"value": -3})
    assert read("integer", "99999999999")[1] == ("not_integer",)
    assert read("integer", "很多")[1] == ("not_integer",)
    assert read("integer", "无")[0] == "PLACEHOLDER"


def test_register_numbers(read):
    good = "G52990120150312001X"
    assert read("xueji_no", good.lower())[2] == {
        "norm": good,
        "letter": "G",
        "id18": good[1:],
        "kind": "national",
    }
    assert read("xueji_no", "G529901201503120011")[1] == ("check_digit",)
    assert read("xueji_no", "L529901201503121234")[1] == ()
    assert read("xueji_no", "123456789012")[2]["kind"] == "auxiliary"
    assert read("xueji_no", good[1:])[1] == ("form",)
    assert read("xueji_no", good[1:])[2]["id18"] == good[1:]
    assert read("xueji_no", "5.2990120150312E+15", CellKind.NUMBER)[1] == ("precision_lost",)


def test_disability_cards(read):
    assert read("disability_card", "52990120150312001X42")[2] == {
        "id18": "52990120150312001X",
        "type": "physical",
        "level": "level_2",
    }
    assert read("disability_card", "52990120150312001X82")[1] == ("form",)
    assert read("disability_card", "52990120150312001X")[1] == ("form",)
