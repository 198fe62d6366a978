from __future__ import annotations

from pathlib import Path

import pytest

from lbt_audit.model.cell import CellKind
from lbt_audit.values.codes import CodesError, load_codes, load_labels, read_code_lists
from lbt_audit.values.ethnic import ETHNIC_NAMES
from lbt_audit.values.text import is_cross, is_dash, is_ditto, is_placeholder, is_tick

CODES = Path(__file__).parents[2] / "schemas" / "codes.yaml"


@pytest.mark.parametrize(
    ("text", "codes", "want"),
    [
        ("健康", "health", "healthy"),
        ("10", "health", "healthy"),
        ("健康( √ )残疾( )患病( )", "health", "healthy"),
        ("☑健康 □残疾", "health", "healthy"),
        ("健康□ 残疾☑", "health", "disabled"),
        ("残疾(肢体)", "health", "disabled"),
        ("1", "hukou_type", "rural"),
        ("01", "hukou_type", "rural"),
        ("无", "aid", "none"),
        ("父母双亡", "parents_alive", "both_dead"),
        ("父 亡 母 在", "parents_alive", "father_dead"),
        ("送教上门", "school_status", "home_tutored"),
        ("0", "left_type", "none"),
        ("无人监护", "guard_eval", "unattended"),
    ],
)
def test_code(read, text, codes, want):
    state, faults, facets = read("code", text, codes=codes)
    assert (state, faults, facets["code"]) == ("OK", (), want)


def test_code_outside_the_list(read):
    assert read("code", "很好", codes="health")[:2] == ("FAULTY", ("unlisted",))
    assert read("code", "健康（√）残疾（√）", codes="health")[:2] == (
        "FAULTY",
        ("several_ticked",),
    )
    assert read("code", "健康、残疾", codes="health")[:2] == ("FAULTY", ("several",))
    assert read("code", "健康（ ）残疾（ ）", codes="health")[:2] == ("BLANK", ("none_ticked",))
    assert read("code", "健康（ ）残疾（ ）", codes="health")[0] == "BLANK"
    assert read("code", "不详", codes="health")[0] == "PLACEHOLDER"
    assert read("code", "1.0", CellKind.NUMBER, "hukou_type")[2]["code"] == "rural"


def test_several_codes(read):
    assert read("codes", "低保、临时救助", codes="aid")[2]["code"] == "minimum_living,temporary"
    assert read("codes", "低保 医疗救助,其他", codes="aid")[2]["code"] == "medical,minimum_living,other"
    assert read("codes", "低保（√）临时救助（ ）", codes="aid")[2]["code"] == "minimum_living"
    state, faults, facets = read("codes", "低保、某某", codes="aid")
    assert (state, faults, facets["code"]) == ("FAULTY", ("unlisted",), "minimum_living")


@pytest.mark.parametrize(
    "text", ["是", "有", "√", "V", "v", "✓", "☑", "R", "1", "是(√)否( )", "■是□否", "TRUE", "（√）"]
)
def test_yes(read, text):
    assert read("yes_no", text)[2]["code"] == "yes"


@pytest.mark.parametrize("text", ["否", "无", "×", "x", "2", "没有", "是□ 否☑", "FALSE"])
def test_no(read, text):
    assert read("yes_no", text)[2]["code"] == "no"


def test_code_file():
    lists = load_codes(CODES)
    assert {"sex", "yes_no", "school_status", "parents_alive", "guard_eval", "left_type", "aid"} <= set(lists)
    assert set(lists["yes_no"].values()) == {"yes", "no"}  # not booleans
    labels = load_labels(CODES)
    for name, items in labels.items():
        assert set(lists[name].values()) == set(items)
        assert all(t.zh and t.en for t in items.values())


@pytest.mark.parametrize(
    "text",
    [
        "a: {title: {zh: 甲, en: A}, items: {x: {label: {zh: 一, en: one}, aliases: [同]}, "
        "y: {label: {zh: 二, en: two}, aliases: [同]}}}",
        "a: {items: {}}",
        "a: {title: {zh: 甲, en: A}, items: {x: {lable: {zh: 一, en: one}}}}",
        "- a",
    ],
)
def test_wrong_code_file(tmp_path, text):
    path = tmp_path / "codes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodesError):
        read_code_lists(path)


def test_code_file_keeps_yes_and_01_as_text(tmp_path):
    path = tmp_path / "codes.yaml"
    path.write_text(
        "a: {title: {zh: 甲, en: A}, items: {yes: {label: {zh: 是, en: yes}, aliases: [01, on]}}}",
        encoding="utf-8",
    )
    assert load_codes(path) == {"a": {"yes": "yes", "是": "yes", "01": "yes", "on": "yes"}}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("爷爷", ("61", 1, 2, False, "grandparent")),
        ("奶奶", ("62", 2, 2, False, "grandparent")),
        ("公公", ("63", 1, 2, False, "grandparent")),
        ("家婆", ("64", 2, 2, False, "grandparent")),
        ("幺叔", ("83", 1, 1, False, "uncle_aunt")),
        ("三叔", ("83", 1, 1, False, "uncle_aunt")),
        ("孃孃", ("90", 2, 1, False, "uncle_aunt")),
        ("外公外婆", ("60", 0, 2, False, "grandparent")),
        ("爷爷/奶奶", ("60", 0, 2, False, "grandparent")),
        ("祖孙", ("60", 0, 2, True, "grandparent")),
        ("祖孙关系", ("60", 0, 2, True, "grandparent")),
        ("孙子", ("41", 0, -2, True, "grandparent")),
        ("父子", ("51", 1, 1, True, "parent")),
        ("侄女", ("94", 0, -1, True, "uncle_aunt")),
        ("61", ("61", 1, 2, False, "grandparent")),
        ("姐", ("75", 2, 0, False, "sibling")),
        ("三奶奶", ("97", 2, 2, False, "other_relative")),
        ("村委会", ("99", 0, -9, False, "unit")),
        ("邻居", ("99", 0, -9, False, "non_relative")),
    ],
)
def test_relations(read, text, want):
    state, faults, facets = read("relation", text)
    assert (state, faults, tuple(facets.values())) == ("OK", (), want)


def test_no_relation(read):
    assert read("relation", "监护人")[:2] == ("FAULTY", ("unlisted",))
    assert read("relation", "无")[0] == "PLACEHOLDER"


def test_ethnic_groups(read):
    assert len(ETHNIC_NAMES) == 56
    for i, name in enumerate(ETHNIC_NAMES, 1):
        for text in (name, name + "族"):
            assert read("ethnicity", text)[2]["code"] == f"{i:02d}"
    for text in ("穿青人", "穿青", "革家人", "绕家人"):
        state, faults, facets = read("ethnicity", text)
        assert (state, faults, facets["local"]) == ("OK", (), True), text
    assert read("ethnicity", "苗彝")[:2] == ("FAULTY", ("unlisted",))
    assert not read("ethnicity", "苗")[2]["local"]


def test_signs():
    assert all(map(is_dash, ("—", "－－", "-", "——"))) and not any(map(is_dash, ("", "一", "/", "无")))
    assert all(
        map(is_placeholder, ("无", "/", "\\", "不详", "0", "N/A", "暂无", "（无）"))
    ) and not is_placeholder("无锡")
    assert all(map(is_tick, ("√", "v", "V", "✓", "☑", "R", "( √ )"))) and not is_tick("×")
    assert is_cross("×") and not is_cross("√")
    assert all(map(is_ditto, ("同上", "〃", "″"))) and not is_ditto("上")
