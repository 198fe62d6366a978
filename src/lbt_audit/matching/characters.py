"""What is known of single characters: plain script, variants, readings, glyphs. Loaded on first use."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

# Different registered names although one meaning: a level of their own, never equality. Collected by hand
# from 第一批异体字整理表 as far as the characters are met in names; the usual form comes first.
_VARIANT_GROUPS: Final = (  # noqa: SIM905
    "峰峯 哲喆 升昇陞 坤堃 佩珮 群羣 岩巖嵒 宁甯 炯烱 咏詠 梅楳槑 村邨 泛氾汎 淼渺 迪廸 凌淩 婀娿 学斈 并竝 强彊 扬敭 晃晄 "
    "普暜 柏栢 棋碁棊 楠枏 沾霑 法灋 渊渕 溪谿 澄澂 琉瑠 睹覩 祐佑 稚穉 笋筍 筱篠 粮粮 绵緜 翱翺 考攷 耀燿曜 萱蘐 葱蔥 薰燻 "
    "蝶蜨 逸佚 遍徧 采採 钩鈎 雕彫 雁鴈 霓蜺 韵韻 馨馫 鹅鵞 麟麐 龙竜 和龢 苏甦 以㠯 丘坵 仙僊 似佀 侃偘 俊儁 妆粧 姊姉 实寔 "
    "岳嶽 钜巨 德惪悳 忻欣 曦爔 虬虯 裙裠 修脩 启啓 迹蹟 杰傑 冰氷 吟唫 哗譁 唇脣 崑昆 崙仑 幸倖 弦絃 志誌 恒恆 栖棲 桅檣 "
    "欢懽 洁潔 炜煒 烟煙 珍珎 琴琹 瑰瓌 璇璿 皋皐 秋秌 粹睟 莓苺 莲蓮 藤籐 蕊蕋蘂 裸躶 踪蹤 韧靭 飙飈 魂䰟 鲜鱻 糍餈 珏玨"
).split()
# Listed above for reading, but two names in their own right or plainly traditional forms.
_NO_VARIANTS: Final = frozenset("渺佑佚爔崑崙檣棲懽潔煒煙蓮譁傑誌採韻蹤韌粮")
# OpenCC joins these to a character that is another name in mainland registers.
_KEEP: Final = frozenset("乾於徵瞭麽馀藉夥鬱")
# CJK Radicals Supplement as typed or scanned for the character itself (Kangxi radicals fold by NFKC).
_RADICALS: Final = dict(
    zip(
        "⺁⺅⺋⺌⺍⺗⺛⺝⺟⺠⺡⺣⺧⺩⺪⺬⺭⺮⺯⺰⺱⺶⺼⻁⻄⻅⻆⻈⻉⻋⻌⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻧⻩⻬⻰",
        "厂亻㔾小小忄旡月母民氵灬牛王疋示礻竹糸纟罓羊肉虎西见角讠贝车辶长镸长门阝雨青韦页风飞食马鬼鱼鸟卤黄齐龙",
        strict=True,
    )
)


def _lines(name: str) -> list[str]:
    text = (files("lbt_audit.matching") / "data" / name).read_text("utf-8")
    return [line for line in text.split("\n") if line and line[0] != "#"]


@cache
def variants() -> dict[str, str]:
    """Variant character → the usual form."""
    return {v: g[0] for g in _VARIANT_GROUPS for v in g[1:] if v not in _NO_VARIANTS and v != g[0]}


@cache
def _opencc() -> dict[str, str]:
    return dict(line.split("\t", 1) for line in _lines("simplified.tsv"))


@cache
def simplified() -> dict[str, str]:
    """Traditional character → simplified; variants are left as they are (``variants``)."""
    strange = variants()
    return {t: s for t, s in _opencc().items() if t not in strange and t not in _KEEP}


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
def folds() -> dict[str, str]:
    """Characters that are another one seen differently: radicals for characters, private-use for public."""
    return _RADICALS | private_use()


@cache
def readings() -> dict[str, str]:
    """Character → its usual reading with tone marks (``jīng``)."""
    found: dict[str, str] = {}
    for line in _lines("readings.tsv"):
        reading, chars = line.split("\t", 1)
        found.update(dict.fromkeys(chars, reading))
    return found


class Glyph(NamedTuple):
    """The written form of a character."""

    corners: str  # four-corner code, five digits, or ""
    strokes: str  # letters h s p n z
    parts: str  # components down to the second level


@cache
def glyphs() -> dict[str, Glyph]:
    """Character → glyph, for the 12,000 characters with a known stroke sequence."""
    rows = (line.split("\t") for line in _lines("glyphs.tsv"))
    return {char: Glyph(*form) for char, *form in rows}


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
