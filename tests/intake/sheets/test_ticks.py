"""Ticked options of a form, in the ways they are printed and typed."""

from __future__ import annotations

import pytest

from lbt_audit.intake.sheets.ticks import chosen, is_mark, options


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("健康( √ )残疾( )患病( )", "健康"),
        ("健康（　）残疾（√）患病（　）", "残疾"),
        ("健康( v )残疾( )患病( )", "健康"),
        ("健康()残疾(V)患病()", "残疾"),
        ("健康(✓) 残疾(×) 患病(×)", "健康"),
        ("健康( R )残疾( )患病( )", "健康"),
        ("□健康 ☑残疾 □患病", "残疾"),
        ("☑健康□残疾□患病", "健康"),
        ("√健康 □残疾 □患病", "健康"),
        ("□√健康 □残疾 □患病", "健康"),
        ("R健康 □残疾 □患病", "健康"),
        ("■健康 □残疾", "健康"),
        ("是☑ 否□", "是"),
        ("是□  否☑", "否"),
        ("√是   否", "是"),
        ("是 √ 否", "是"),
        ("是  否√", "否"),
        ("是V  否", "是"),
        ("○健康 ●残疾", "残疾"),
        ("【√】".join(["健康", "残疾【 】"]), "健康"),
        ("1.健康( √ ) 2.残疾( )", "健康"),
        ("幼儿园( )未入园( ); 小学( √ )初中( ); 辍学( );不在学( )", "小学"),
        ("无人监护( ) 父 或 母无监护能力( √ ) 监护情况一般( )", "父或母无监护能力"),
        ("打工收入( √ ) 其他(请注明) 以上选项可多选", "打工收入"),
        ("残疾(√)", "残疾"),
        ("健康(____)残疾(_√_)", "残疾"),
    ],
)
def test_one_is_ticked(text: str, wanted: str) -> None:
    assert chosen(text, several=False) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "健康( )残疾( )患病( )", "□健康 □残疾", "健康(√)残疾(√)患病( )", "☑健康 ☑残疾", "健康", "", "残疾(肢体)",
        "健康 残疾", "浙江省宁波市(务工)", "小学(三年级)", "√", "（请打√）", "vivo", "VIP 客户", "(", "√√√ ( ( [",
    ],
)  # fmt: skip
def test_what_was_typed_has_to_stay(text: str) -> None:
    assert chosen(text, several=False) is None


def test_several() -> None:
    assert chosen("打工收入( √ ) 种养殖业( √ ) 政府救助( )", several=True) == "打工收入、种养殖业"
    assert chosen("☑低保 □临时救助 ☑医疗救助", several=True) == "低保、医疗救助"
    assert chosen("低保( ) 临时救助( )", several=True) is None


def test_marks_and_options() -> None:
    assert all(map(is_mark, ("√", " v ", "( √ )", "□", "☑", "×")))
    assert not any(map(is_mark, ("", "健康", "vivo", "1")))
    assert options("健康( √ )残疾( )") == [("健康", True), ("残疾", False)]
    assert options("健康( )残疾( )") == [("健康", False), ("残疾", False)]
    assert options("杨晓峰") is None
