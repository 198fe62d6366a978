"""What is known of single characters: plain script, variants, readings, glyphs. Loaded on first use."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final, NamedTuple

from lbt_audit.matching.data.tables import lines
from lbt_audit.model.characters import traditional

# Different registered names although one meaning: a level of their own, never equality. variants.tsv holds what
# is published under a licence that lets it be shipped; this adds, by hand, what is met in names and missing
# there (第一批异体字整理表; old printing forms such as 靑 and 淸); the usual form comes first.
_VARIANT_GROUPS: Final = (  # noqa: SIM905
    "峰峯 哲喆 升昇陞 坤堃 佩珮 群羣 岩巖嵒 宁甯 炯烱 咏詠 梅楳槑 村邨 泛氾汎 淼渺 迪廸 凌淩 婀娿 学斈 并竝 强彊 扬敭 晃晄 "
    "普暜 柏栢 棋碁棊 楠枏 沾霑 法灋 渊渕 溪谿 澄澂 琉瑠 睹覩 祐佑 稚穉 笋筍 筱篠 粮粮 绵緜 翱翺 考攷 耀燿曜 萱蘐 葱蔥 薰燻 "
    "蝶蜨 逸佚 遍徧 采採 钩鈎 雕彫 雁鴈 霓蜺 韵韻 馨馫 鹅鵞 麟麐 龙竜 和龢 苏甦 以㠯 丘坵 仙僊 似佀 侃偘 俊儁 妆粧 姊姉 实寔 "
    "岳嶽 钜巨 德惪悳 忻欣 曦爔 虬虯 裙裠 修脩 启啓 迹蹟 杰傑 冰氷 吟唫 哗譁 唇脣 崑昆 崙仑 幸倖 弦絃 志誌 恒恆 栖棲 桅檣 "
    "欢懽 洁潔 炜煒 烟煙 珍珎 琴琹 瑰瓌 璇璿 皋皐 秋秌 粹睟 莓苺 莲蓮 藤籐 蕊蕋蘂 裸躶 踪蹤 韧靭 飙飈 魂䰟 鲜鱻 糍餈 珏玨 "
    "青靑 清淸 尚尙 高髙 国囯囶 剑劎劒 灵霛 珉瑉碈 繁緐 炳昞昺 晟晠 馆舘 淳湻 凯凱 榆楡 研硏 郎郞 朗朖 绣綉"
).split()
# Listed above for reading, but two names in their own right or plainly traditional forms.
_NO_VARIANTS: Final = frozenset("渺佑祐佚爔犇惇崑崙檣棲懽潔煒煙蓮譁傑誌採韻蹤韌粮")
# OpenCC joins these to a character that is another name in mainland registers.
_KEEP: Final = frozenset("乾於徵瞭麽馀藉夥鬱")


NAME_CHARACTERS: Final = frozenset(
    "一子宇轩涵浩然梓欣怡雨诗思佳琪嘉俊杰明文博晨曦宁安志远达进泽洋海涛鹏飞龙鑫鸿瑞祥福强伟国庆华军建平辉"
    "光亮正阳天乐成承恩慧敏静雅婷娜丽娟芳芬梅兰莲菊英花秀玉珍珠玲琳瑶璐萱蕾莹菲莉蓉萍雪霞雯露冰清语诺依悦"
    "恒恬心忠义仁德信诚谦永康健勇刚武毅超越凡家豪森林柏松桐楠枫春夏秋冬云风月星辰昊旭晓晴妍妮媛婉彤红艳金"
    "银铭锋钰锦可若汐沐润源江河波艺美善爱馨香凤燕鹤虎宝贵富荣昌盛兴旺发胜利圣贤世民东南西北中宸睿奕皓煜烨"
    "熙晟昱昕晗朗翔翰瀚逸航帆帅彬斌桦栋梁树荷芸芝芷茜茹薇蕊芊莎雁鹃鹂喜欢笑甜梦萌灵巧娇媚姗姝妙婧嫣娅倩俪"
    "俏伊伶仪优俐倪佩任伦学章书礼智哲理道勤俭和顺吉泰丰裕益增长根生财来有才先良全友奇启开凯景晖时耀炜灿炎"
    "焕烁煌炳磊石山峰岩岭岚峻崇坤城培基垚均川泉洪湘淑淇滢滨渊溪漫潇澜沛沁浚湛立新少小大双季尚定宏宗实容宣"
    "寅凌凝雷震霖霆霄青素紫绍纯维绪缘绮彩虹翠羽翎翼群聪菁菡蓓蓝茂苗荟萧艾芮芙惠雄珊颖"
)
"""Characters that given names are commonly made of, by hand: two of them are more often sisters than a slip."""


@cache
def variants() -> dict[str, str]:
    """Variant character → the usual form: the published table, and what was collected by hand."""
    found = dict(line.split("\t", 1) for line in lines("variants.tsv"))
    found = {v: usual for v, usual in found.items() if v not in _NO_VARIANTS and usual not in _NO_VARIANTS}
    found.update((v, g[0]) for g in _VARIANT_GROUPS for v in g[1:] if v not in _NO_VARIANTS and v != g[0])
    return {v: found.get(usual, usual) for v, usual in found.items() if found.get(usual) != v}


@cache
def simplified() -> dict[str, str]:
    """Traditional character → simplified; variants are left as they are (``variants``)."""
    strange = variants()
    return {t: s for t, s in traditional().items() if t not in strange and t not in _KEEP}


@cache
def private_use() -> dict[str, str]:
    """Private-use characters of old GBK fonts (U+E815–E864, among them 䶮) → the character meant."""
    found = {}
    tails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    for number, tail in enumerate(tails):
        char = bytes((0xFE, tail)).decode("gb18030", errors="ignore")
        if len(char) == 1 and not "\ue000" <= char <= "\uf8ff":
            found[chr(0xE815 + number)] = char
    return found


@cache
def readings() -> dict[str, str]:
    """Character → its usual reading with tone marks (``jīng``)."""
    found: dict[str, str] = {}
    for line in lines("readings.tsv"):
        reading, chars = line.split("\t", 1)
        found.update(dict.fromkeys(chars, reading))
    return found


class Glyph(NamedTuple):
    """How a character is written."""

    strokes: str  # letters h s p n z
    parts: str  # components down to the second level


@cache
def glyphs() -> dict[str, Glyph]:
    """Character → glyph, for the 18,000 characters with a known stroke sequence."""
    rows = (line.split("\t") for line in lines("glyphs.tsv"))
    return {char: Glyph(*form) for char, *form in rows}


OUTLINE_ZERO: Final = 79
"""Code of the letter that stands for 0 in an outline; each letter further on is one level more."""


@cache
def outlines() -> dict[str, str]:
    """Character → letters of its outline (``build_outlines``), a tab, the numbers of its phonetic series.

    For the characters of ``glyphs`` that the font has; few are ever asked for, so the lines stay uncut.
    """
    return {line[0]: line[2:] for line in lines("outlines.tsv")}


@cache
def toneless(reading: str) -> str:
    """``jīng`` → ``jing``; ``lǜ`` → ``lv``."""
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@cache
def rare_reading(char: str) -> str:
    """The reading of a character beyond the table (planes 2 and 3), or ""."""
    if not 0x20000 <= ord(char) < 0x32400:
        return ""
    import pypinyin

    found = pypinyin.pinyin(char, errors="ignore")
    return str(found[0][0]) if found else ""
