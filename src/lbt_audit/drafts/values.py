"""What the cells of a column show: numbers of persons, telephones, days, options of a code list …"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from lbt_audit.model.cell import CellKind, State
from lbt_audit.model.field import Field
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.values.kind import Context, Parsed
from lbt_audit.values.registry import KINDS
from lbt_audit.values.text import squeeze

_MOST = 200  # distinct cells looked at
_NEARLY_ALL, _FEW = 0.7, 0.35  # of the cells
_SPEAKING: Final = {
    "citizen_id": Text("证号", "ID numbers"),
    "xueji_no": Text("学籍号", "pupil numbers"),
    "date": Text("日期", "dates"),
    "phone": Text("电话号码", "telephones"),
    "relation": Text("亲属称谓", "relations"),
    "ethnicity": Text("民族名称", "ethnic groups"),
    "grade": Text("年级", "grades"),
    "class_name": Text("班级", "school classes"),
    "name": Text("姓名", "names"),
    "integer": Text("数字", "numbers"),
}
"""Kinds of value that are known by their form, the most particular first."""
_WORDED: Final = ("relation", "ethnicity", "grade", "class_name")
_HAN = regex("[\u4e00-\u9fff]")
_DAY = regex(r"\d{2,4}\D\d.*|(?:19|20)\d{4}(?:\d\d)?")  # 138… is a telephone
_PLACE = regex("[省市县区镇乡村组寨街路]")
_STRONG, _WEAK = 1.0, 0.4
_COMMON_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴"
    "谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁"
    "宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲封芮储靳汲糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇"
    "栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍"
    "璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师"
    "巩厍聂晁勾敖融冷訾辛阚那简饶空曾沙养鞠须丰巢关蒯相查荆红游竺权盖益桓公仡覃闫肖代岳付邸"
)


@dataclass(frozen=True)
class Cells:
    """The distinct cells of a column that are filled. ``year``: the one it is, to tell children from adults."""

    texts: tuple[str, ...]
    context: Context
    year: int

    def __bool__(self) -> bool:
        return bool(self.texts)

    def share(self, kind: str, codes: str | None = None) -> float:
        """Of the cells, those that are right as values of ``kind``."""
        return (
            sum(self._right(text, kind, codes) for text in self.texts) / len(self.texts)
            if self.texts
            else 0.0
        )

    def _right(self, text: str, kind: str, codes: str | None) -> bool:
        if kind == "date" and not _DAY.fullmatch(squeeze(text)):
            return False
        if kind in _WORDED and not _HAN.search(text):  # numbers are codes of many lists
            return False
        if kind == "name" and squeeze(text)[:1] not in _COMMON_SURNAMES:
            return False
        return self._parsed(text, kind, codes).state == State.OK

    def _parsed(self, text: str, kind: str, codes: str | None = None) -> Parsed:
        return KINDS[kind].parse(text, CellKind.TEXT, self.context, codes)

    @cached_property
    def speaking(self) -> str | None:
        """The kind of value nearly all of them are by their form, None where they are mere words."""
        shares = {kind: self.share(kind) for kind in _SPEAKING}
        return next((kind for kind, share in shares.items() if share >= _NEARLY_ALL), None)

    @cached_property
    def born(self) -> Mapping[str, tuple[int, bool]]:
        """Identity number → (year of birth, male)."""
        numbers = [squeeze(text) for text in self.texts]
        return {n: (int(n[6:10]), int(n[16]) % 2 == 1) for n in numbers if len(n) == 18 and n[:17].isdigit()}

    @property
    def minors(self) -> float | None:
        """Share of minors among identity numbers; None where there are none."""
        ages = [self.year - year for year, _ in self.born.values()]
        return sum(age < 18 for age in ages) / len(ages) if ages else None

    @property
    def males(self) -> float | None:
        found = [male for _, male in self.born.values()]
        return sum(found) / len(found) if found else None


def cells_of(texts: Sequence[str], context: Context, year: int) -> Cells:
    return Cells(tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))[:_MOST], context, year)


def support(cells: Cells, field: Field) -> tuple[float, Text | None]:
    """What the cells say for (to 1) or against (to -1) their being values of ``field``, and in what words."""
    if not cells:
        return 0.0, None
    speaking = cells.speaking
    if field.kind in ("code", "codes", "yes_no"):
        share = cells.share(field.kind, field.codes)
        if share >= _NEARLY_ALL:
            said = "、".join(cells.texts[:3])
            return 0.8, Text(f"内容为“{said}”等选项", f"its cells are options such as {said}")
        return (-1.0, None) if share < _FEW else (0.0, None)
    if field.kind in _SPEAKING:
        share = cells.share(field.kind)
        if share >= _NEARLY_ALL and speaking in (field.kind, None):
            word = _SPEAKING[field.kind]
            return _STRONG, Text(f"内容是{word.zh}", f"its cells are {word.en}")
        return (
            (-1.0, _against(speaking)) if share < _FEW or speaking not in (field.kind, None) else (0.0, None)
        )
    if speaking in ("citizen_id", "xueji_no", "phone", "date", "relation", "ethnicity"):
        return (-1.0 if field.kind in ("place", "address") else -_WEAK), _against(speaking)
    if field.kind in ("place", "address"):
        like = sum(bool(_PLACE.search(text)) for text in cells.texts) / len(cells.texts)
        return (_WEAK, Text("内容是地名", "its cells are places")) if like >= _NEARLY_ALL else (-_WEAK, None)
    return 0.0, None


def _against(speaking: str | None) -> Text | None:
    if speaking is None:
        return None
    word = _SPEAKING[speaking]
    return Text(f"内容却是{word.zh}", f"but its cells are {word.en}")
