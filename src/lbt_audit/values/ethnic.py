"""Names of ethnic groups (GB/T 3304-1991), with or without 族."""

from __future__ import annotations

from typing import Final

from lbt_audit.model.cell import CellKind
from lbt_audit.model.characters import simplified
from lbt_audit.model.regex import regex
from lbt_audit.values.choices import without_number
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, given, opened, stands_in
from lbt_audit.values.text import plain_number, squeeze, without_point_zero

_STANDARD = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 "
    "景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 "
    "裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
ETHNIC_NAMES: Final = tuple(_STANDARD.split())
"""In code order: 汉 is 01, 基诺 is 56."""

LOCAL_NAMES: Final = frozenset(["穿青", "革家", "亻革家"])
"""Groups of Guizhou that identity cards carry and the standard lacks (a lasting question of 识别)."""

_CODES = {name: f"{i:02d}" for i, name in enumerate(ETHNIC_NAMES, 1)}
_VARIANTS = {"蒙": "02", "维": "05", "维吾": "05", "其他": "97", "其它": "97", "未识别": "97", "未定": "97"}
_VARIANTS |= {
    "外国血统": "98",
    "外国血统中国籍人士": "98",
    "外国血统中国籍": "98",
    "其他未识别的民": "97",
    "未识别民": "97",
}
_EDGES = ",.;:、。/\\┋"
_REMARK = regex(r"\([^()]*\)$")
_TAIL = regex(r"(?:民族|族人|族|人|民)$")
_CODE = regex(r"0?[1-9]|[1-5][0-9]|9[78]")


def parse_ethnicity(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: code (two digits; 97 for groups outside the standard), norm (name without 族), local."""
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if cell == CellKind.NUMBER:
        cleaned = plain_number(cleaned) or cleaned
    name = simplified(squeeze(without_number(without_point_zero(cleaned)))).strip(_EDGES)
    if _CODE.fullmatch(name) and name != "0":
        code = name.zfill(2)
        if code <= "56":
            return given([], (code, ETHNIC_NAMES[int(code) - 1], False))
        if code >= "97":
            return given([], (code, "", False))
    name = _REMARK.sub("", name) or name
    short = _TAIL.sub("", name) or name
    found = _CODES.get(short) or _VARIANTS.get(short)
    if found is not None:
        return given([], (found, short, False))
    if short in LOCAL_NAMES or _accepted(name, short, context):
        return given([], ("97", short, True))
    if stands_in(cleaned):
        return PLACEHOLDER
    return given(["unlisted"], ("", name, False))


def _accepted(name: str, short: str, context: Context) -> bool:
    extra = context.extra_ethnic
    return bool(extra) and (name in extra or short in {_TAIL.sub("", e) or e for e in extra})


ETHNICITY = ValueKind(
    "ethnicity",
    ("error_cell", "unlisted"),
    {"code": "", "norm": "", "local": False},
    parse_ethnicity,
    choices={"code": (*_CODES.values(), "97", "98")},
    called=_VARIANTS | _CODES | {f"{name}族": code for name, code in _CODES.items()},
)
