from __future__ import annotations

import pytest

from lbt_audit.model.cell import CellKind

MOBILE = "13985712346"


@pytest.mark.parametrize(
    "text",
    [
        MOBILE,
        "+86 13985712346",
        "8613985712346",
        "0086-13985712346",
        "139 8571 2346",
        "139-8571-2346",
        "１３９８５７１２３４６",
        "张三13985712346",
    ],
)
def test_mobile(read, text):
    state, faults, facets = read("phone", text)
    assert (state, faults, facets["number"], facets["type"]) == ("OK", (), MOBILE, "mobile")


@pytest.mark.parametrize("text", ["137 8618 3241", "137-8618-3241", "155 8613 9857 "])
def test_86_inside_a_number_is_no_country_code(read, text):
    assert read("phone", text)[:2] == ("OK", ())


@pytest.mark.parametrize(
    "text",
    ["138O5712345", "l3885712345", "1388571234S", "138×5712345", "138〇5712345", "0857-822I234", "O857-8221234", "8221234O",
     "a8221234", "13885712345X", "1388571234O5", "138****2345"],
)  # fmt: skip
def test_a_letter_in_a_number_leaves_no_other_number(read, text):
    assert read("phone", text)[:2] == ("FAULTY", ("format",))


def test_a_letter_for_a_digit_is_read_for_comparison_only(read):
    assert read("phone", "138O5712345")[2]["number"] == "13805712345"


@pytest.mark.parametrize(
    "text", ["tel:13885712345", "T13885712345", "电话13885712345", "13885712345(父)", "wx13885712345"]
)
def test_words_beside_a_number(read, text):
    assert read("phone", text)[0] == "OK" and read("phone", text)[2]["number"] == "13885712345"


@pytest.mark.parametrize(
    "text",
    [
        "13985712346/13785712347",
        "13985712346、13785712347",
        "1398571234613785712347",
        "13985712346（父）13785712347（母）",
        "13985712346 13785712347",
    ],
)
def test_two_numbers(read, text):
    _, faults, facets = read("phone", text)
    assert (faults, facets["number"], facets["second"]) == ((), MOBILE, "13785712347")


@pytest.mark.parametrize(
    ("text", "number"),
    [("0857-3234567", "08573234567"), ("(0857)3234567", "08573234567"), ("（0857）3234567", "08573234567"),
     ("0857-3234567-12", "08573234567-12"),
     ("010-62345678", "01062345678"), ("3234567", "3234567")],
)  # fmt: skip
def test_landline(read, text, number):
    _, faults, facets = read("phone", text)
    assert (faults, facets["number"], facets["type"]) == ((), number, "landline")


@pytest.mark.parametrize(
    "text", ["1398571234", "139857123466", "微信abc", "13985712346/137857123", "12985712346"]
)
def test_no_phone(read, text):
    assert read("phone", text)[:2] == ("FAULTY", ("format",))


@pytest.mark.parametrize("text", ["13800138000", "13988888888", "13912345678", "13987654321", "15900159000"])
def test_made_up(read, text):
    state, faults, facets = read("phone", text)
    assert (state, faults, facets["number"]) == ("OK", ("implausible",), text)


def test_phone_extras(read):
    assert read("phone", "11111111111")[:2] == ("FAULTY", ("implausible",))
    assert read("phone", "61234")[2]["type"] == "short"
    assert read("phone", "0857-3221100")[2]["known"]
    assert read("phone", "1.3985712346E+10", CellKind.NUMBER)[2]["number"] == MOBILE
    assert read("phone", "8573234567", CellKind.NUMBER)[2]["number"] == "08573234567"
    for text in ("无", "0", "不详", "无电话", "没有手机"):
        assert read("phone", text)[0] == "PLACEHOLDER", text


@pytest.mark.parametrize(
    ("text", "state", "faults", "norm"),
    [
        ("杨晓峰", "OK", (), "杨晓峰"),
        ("李 明", "OK", ("inner_blank",), "李明"),
        ("石\u3000莎莎", "OK", ("inner_blank",), "石莎莎"),
        ("张三(双胞胎)", "OK", ("brackets",), "张三"),
        ("李四（曾用名：李思）", "OK", (), "李四"),
        ("阿依古丽·买买提", "OK", (), "阿依古丽·买买提"),
        ("阿依古丽•买买提", "OK", ("dot_variant",), "阿依古丽·买买提"),
        ("阿依古丽・买买提", "OK", ("dot_variant",), "阿依古丽·买买提"),
        ("阿依古丽．买买提", "OK", ("dot_variant",), "阿依古丽·买买提"),
        ("尼玛扎西次仁卓玛", "OK", (), "尼玛扎西次仁卓玛"),
        ("张\u200b三", "OK", (), "张三"),
        ("王yan", "FAULTY", ("pinyin_fragment",), "王yan"),
        ("LV", "FAULTY", ("latin",), "LV"),
        ("张3", "FAULTY", ("digits",), "张3"),
        ("张", "FAULTY", ("too_short",), "张"),
        ("张" * 26, "FAULTY", ("too_long",), "张" * 26),
        ("张老师", "FAULTY", ("honorific",), "张老师"),
        ("张建国老师", "OK", ("honorific",), "张建国"),
        ("张三（村支书）", "OK", ("brackets",), "张三"),
        ("张三村支书", "OK", ("honorific",), "张三"),
        ("村支书张三", "OK", ("honorific",), "张三"),
        ("班主任：王晓燕", "OK", ("honorific",), "王晓燕"),
        ("张三15400000001", "OK", ("digits",), "张三"),
        ("张三 电话：0999-1234567", "OK", ("digits",), "张三"),
        ("张?", "FAULTY", ("rare_substitute",), "张?"),
        ("张□", "FAULTY", ("rare_substitute",), "张□"),
        ("张\ue123", "FAULTY", ("unprintable",), "张\ue123"),
        ("张\ufffd", "FAULTY", ("rare_substitute",), "张\ufffd"),
        ("张\ud800三", "FAULTY", ("unprintable",), "张\ud800三"),
        ("张三/李四", "FAULTY", ("several",), "张三/李四"),
        ("𠮷野", "OK", (), "𠮷野"),
    ],
)
def test_names(read, text, state, faults, norm):
    found = read("name", text)
    assert (found[0], found[1], found[2]["norm"]) == (state, faults, norm)
    assert found[2]["tidied"] is (norm != text)


def test_former_name(read):
    assert read("name", "李四（曾用名：李思）")[2]["former"] == "李思"


@pytest.mark.parametrize("text", ["无", "不详", "同上", "〃", "/", "0", "暂无"])
def test_no_name(read, text):
    assert read("name", text)[0] == "PLACEHOLDER"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("浙江", ("33", "", "", 1)),
        ("浙江宁波", ("33", "3302", "", 2)),
        ("浙江省宁波市鄞州区某厂", ("33", "3302", "330212", 3)),
        ("宁波打工", ("33", "3302", "", 2)),
        ("在温州务工", ("33", "3303", "", 2)),
        ("义乌", ("33", "3307", "330782", 3)),
        ("江苏昆山", ("32", "3205", "320583", 3)),
        ("广东东莞", ("44", "4419", "", 2)),
        ("上海", ("31", "3100", "", 2)),
        ("重庆万州", ("50", "5000", "500101", 3)),
        ("北京朝阳", ("11", "1100", "110105", 3)),
        ("湖北仙桃", ("42", "4290", "429004", 3)),
        ("黔西南", ("52", "5223", "", 2)),
        ("凉山", ("51", "5134", "", 2)),
        ("毕节", ("52", "5205", "", 2)),
        ("海南", ("46", "", "", 1)),
        ("吉林", ("22", "", "", 1)),
        ("吉林市", ("22", "2202", "", 2)),
        ("新疆", ("65", "", "", 1)),
        ("浙江务农", ("33", "", "", 1)),
        ("白云区", ("", "", "", 0)),  # of Guangzhou or of Guiyang: not guessed
        ("东方家具厂", ("", "", "", 0)),
        ("青林县清水乡马鞍山村", ("", "", "", 0)),  # a village of that name, not the city
        ("上海路12号", ("", "", "", 0)),
        ("江苏镇江", ("32", "3211", "", 2)),
        ("浙江镇海", ("33", "3302", "330211", 3)),
    ],
)
def test_places(read, text, codes):
    facets = read("place", text)[2]
    assert (facets["province"], facets["city"], facets["county"], facets["level"]) == codes


@pytest.mark.parametrize(
    ("text", "flags"),
    [("在家", set()), ("本村", {"own_area"}), ("白石镇", {"own_area"}), ("青禾县城", {"own_area"}), ("外省", set()),
     ("越南", {"abroad"}), ("浙江宁波", set()), ("某某公司", set())],
)  # fmt: skip
def test_places_without_a_name(read, text, flags):
    facets = read("place", text)[2]
    assert {f for f in ("own_area", "abroad") if facets[f]} == flags


def test_a_place_the_gazetteer_does_not_know_may_still_be_one(read):
    assert read("place", "某某公司")[:2] == ("OK", ())


def test_addresses(read):
    facets = read("address", "青禾县白石镇大坪村3组")[2]
    assert (
        facets["has_village"]
        and facets["has_home"]
        and not facets["level_county_only"]
        and facets["province"] == ""
    )
    assert read("address", "青禾县")[2]["level_county_only"]
    assert not read("address", "白石镇")[2]["has_village"]
    assert read("address", "白石镇落水")[2]["has_village"]  # by the county's list, without the word
    away = read("address", "浙江省宁波市鄞州区某某路3号")[2]
    assert (away["city"], away["has_home"]) == ("3302", False)
