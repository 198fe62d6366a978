"""Relation of a guardian to the child (GB/T 4761-2008), written from either side."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex
from lbt_audit.values.choices import spell_out, without_number
from lbt_audit.values.codes import code_key
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, Facets, given, opened, stands_in
from lbt_audit.values.text import plain_number, without_point_zero

FAULTS: Final = ("error_cell", "unlisted")
NO_GENERATION: Final = -9
FACETS: Final[Facets] = {
    "code": "",
    "sex": 0,
    "generation": NO_GENERATION,
    "from_child_side": False,
    "kind": "",
}


class Relation(NamedTuple):
    """``sex`` is the guardian's (GB/T 2261.1, 0 where the word does not say); ``generation`` the
    guardian's above the child (+2 grandparent); from the child's side it is as written (−2 孙子)."""

    code: str
    sex: int
    generation: int
    from_child_side: bool
    kind: str


def _table() -> dict[str, Relation]:
    up = (
        ("51", 1, 1, "parent", "父 父亲 爸爸 爸 爹 爹爹 老爸 阿爸 亲生父亲 生父"),
        ("52", 2, 1, "parent", "母 母亲 妈妈 妈 娘 老妈 阿妈 亲生母亲 生母"),
        ("50", 0, 1, "parent", "父母 双亲 父母亲 爸妈 爸爸妈妈 父亲母亲"),
        ("57", 1, 1, "parent", "继父 养父 后爸 后爹 继父或养父 后父"),
        ("58", 2, 1, "parent", "继母 养母 后妈 后娘 继母或养母 后母"),
        ("61", 1, 2, "grandparent", "祖父 爷爷 爷 阿爷 公 阿公 亲爷爷 老爷 老爷子 老太爷 老大爷 爷老倌"),
        ("62", 2, 2, "grandparent", "祖母 奶奶 奶 婆 婆婆 阿奶 阿婆 亲奶奶 老奶 老奶奶 老太太 老太婆 老婆婆"),
        ("63", 1, 2, "grandparent", "外祖父 外公 公公 家公 嘎公 姥爷 外爷 老爷爷 姥爷爷 外阿公 阿公外公 亲外公 老外公 外爷爷"),
        ("64", 2, 2, "grandparent", "外祖母 外婆 家婆 嘎婆 姥姥 外奶 外奶奶 家家 嘎嘎 亲外婆 老外婆 外阿婆"),
        ("60", 0, 2, "grandparent", "祖父母 祖父母外祖父母 祖父母或外祖父母 外祖父母 爷爷奶奶 外公外婆 公婆 爷奶 隔代 祖辈 "
         "隔代监护 祖父祖母 外祖父外祖母 奶奶爷爷 外婆外公 祖母祖父 外公外奶 家公家婆 公公婆婆 阿公阿婆"),
        ("66", 1, 3, "grandparent", "曾祖父 太爷 太公 老祖 祖祖 太爷爷 曾外祖父 外太公"),
        ("67", 2, 3, "grandparent", "曾祖母 太奶 太婆 太奶奶 曾外祖母 外太婆"),
        ("73", 1, 0, "sibling", "弟 弟弟"),
        ("77", 2, 0, "sibling", "妹 妹妹"),
        ("71", 1, 0, "sibling", "兄 哥 哥哥 兄长 大哥 亲哥"),
        ("75", 2, 0, "sibling", "姐 姐姐 大姐 亲姐"),
        ("70", 0, 0, "sibling", "兄弟姐妹 兄弟 姐妹 兄妹 姐弟 兄姐 哥哥姐姐 同胞"),
        ("72", 2, 0, "other_relative", "嫂 嫂子 嫂嫂 大嫂 兄嫂"),
        ("76", 1, 0, "other_relative", "姐夫"),
        ("78", 1, 0, "other_relative", "妹夫"),
        ("81", 1, 1, "uncle_aunt", "伯父 伯 大伯 伯伯 大爹 大爷 伯爷 大伯父 亲大伯 大爸"),
        ("82", 2, 1, "uncle_aunt", "伯母 伯娘 大妈 大娘 伯妈 大伯母 大伯娘 大姆"),
        ("83", 1, 1, "uncle_aunt", "叔父 叔 叔叔 幺叔 小叔 幺爸 幺爹 叔爷 满叔 满满 大叔 叔爸 小爸 小爹"),
        ("84", 2, 1, "uncle_aunt", "婶母 婶 婶婶 婶子 幺妈 叔妈 小婶 幺婶 婶娘 幺娘 叔母 大婶 小妈 小娘"),
        ("85", 1, 1, "uncle_aunt", "舅父 舅 舅舅 大舅 小舅 幺舅 舅爷 舅爹 娘舅"),
        ("86", 2, 1, "uncle_aunt", "舅母 舅妈 舅娘"),
        ("87", 1, 1, "uncle_aunt", "姨父 姨夫 姨爹 姨丈 姨爷"),
        ("88", 2, 1, "uncle_aunt", "姨母 姨 姨妈 阿姨 姨娘 大姨 小姨 幺姨 姨妈妈"),
        ("89", 1, 1, "uncle_aunt", "姑父 姑夫 姑爹 姑丈 姑爷"),
        ("90", 2, 1, "uncle_aunt", "姑母 姑 姑姑 姑妈 孃孃 嬢嬢 孃 嬢 娘娘 大姑 小姑 幺姑 姑娘 "
         "姑娘娘 大孃 小孃 幺孃 幺嬢 大嬢 小嬢"),
        ("91", 0, 0, "other_relative", "堂兄弟姐妹 堂兄弟 堂姐妹 堂兄妹 堂姐弟"),
        ("91", 1, 0, "other_relative", "堂兄 堂哥 堂弟"),
        ("91", 2, 0, "other_relative", "堂姐 堂妹"),
        ("92", 0, 0, "other_relative", "表兄弟姐妹 表兄弟 表姐妹 表兄妹 表姐弟"),
        ("92", 1, 0, "other_relative", "表兄 表哥 表弟"),
        ("92", 2, 0, "other_relative", "表姐 表妹"),
        ("97", 2, 0, "other_relative", "堂嫂 表嫂"),
        ("97", 1, 0, "other_relative", "堂姐夫 表姐夫"),
        ("97", 0, NO_GENERATION, "other_relative", "其他亲属 亲属 亲戚 其他亲戚 亲友 远亲 亲戚朋友 其他亲属或朋友"),
        ("97", 1, 2, "other_relative", "叔公 伯公 舅公 姑公 姨公 堂爷爷 叔祖父 大爷爷 二爷爷 幺爷爷 "
         "三爷爷 干爷爷 继爷爷 伯祖父 姑爷爷 姨爷爷 舅爷爷"),
        ("97", 2, 2, "other_relative", "叔婆 伯婆 舅婆 姑婆 姨婆 堂奶奶 叔祖母 大奶奶 二奶奶 幺奶奶 "
         "姑奶奶 姨奶奶 舅奶奶 干奶奶 继奶奶 伯祖母"),
        ("97", 1, 1, "other_relative", "干爹 干爸 义父 表叔 堂叔 表伯 堂伯 表舅 表姑父 表姨父 表姑爹 堂姑父"),
        ("97", 2, 1, "other_relative", "干妈 义母 表姑 堂姑 表婶 表姨 堂婶 堂伯母 表舅妈 表舅母"),
        ("99", 0, NO_GENERATION, "non_relative",
         "非亲属 其他 其它 朋友 邻居 邻里 同乡 同村 老师 教师 师生 班主任 "
         "代理家长 代管人 寄养 托管 同学 父母朋友 其他非亲属 保姆 熟人 帮扶人"),
        ("99", 0, NO_GENERATION, "unit",
         "村委会 居委会 村民委员会 居民委员会 村委 村居委会 学校 幼儿园 福利院 儿童福利院 福利机构 民政局 民政 民政部门 敬老院 "
         "未成年人保护机构 救助站 机构 社区 单位 儿童主任 儿童督导员 村干部"),
        ("01", 0, 0, "self", "本人 自己 儿童本人"),
    )  # fmt: skip
    # Seen from the child: what the child is to the guardian. The code is that of the word itself.
    down = (
        ("20", 0, -1, "parent", "子 儿子 儿 长子 次子 三子 独子 独生子"),
        ("30", 0, -1, "parent", "女 女儿 长女 次女 三女 独女 独生女 子女"),
        ("27", 0, -1, "parent", "养子或继子 养子 继子"),
        ("37", 0, -1, "parent", "养女或继女 养女 继女"),
        ("40", 0, -2, "grandparent", "孙 孙辈 孙子孙女 孙子女 孙子或孙女"),
        ("41", 0, -2, "grandparent", "孙子 孙儿 长孙 幺孙"),
        ("42", 0, -2, "grandparent", "孙女 孙女儿"),
        ("43", 0, -2, "grandparent", "外孙子 外孙"),
        ("44", 0, -2, "grandparent", "外孙女 外孙女儿"),
        ("93", 0, -1, "uncle_aunt", "侄子 侄儿 侄 侄男"),
        ("94", 0, -1, "uncle_aunt", "侄女 侄女儿"),
        ("95", 0, -1, "uncle_aunt", "外甥 外甥子 甥"),
        ("96", 0, -1, "uncle_aunt", "外甥女 甥女"),
    )
    # Pairs name both sides; the code is the guardian's.
    pairs = (
        ("51", 1, 1, "parent", "父子 父女"),
        ("52", 2, 1, "parent", "母子 母女"),
        ("50", 0, 1, "parent", "父母子女 亲子"),
        ("60", 0, 2, "grandparent", "祖孙 爷孙女 隔代祖孙 祖孙关系"),
        ("61", 1, 2, "grandparent", "爷孙"),
        ("62", 2, 2, "grandparent", "婆孙 奶孙"),
        ("60", 0, 2, "grandparent", "外祖孙"),
        ("63", 1, 2, "grandparent", "公孙"),
        ("83", 1, 1, "uncle_aunt", "叔侄 叔侄女"),
        ("81", 1, 1, "uncle_aunt", "伯侄"),
        ("85", 1, 1, "uncle_aunt", "舅甥"),
        ("88", 2, 1, "uncle_aunt", "姨甥 姨侄"),
        ("90", 2, 1, "uncle_aunt", "姑侄"),
    )
    table: dict[str, Relation] = {}
    for rows, child_side in ((up, False), (down, True), (pairs, True)):
        for code, sex, generation, kind, words in rows:
            for word in words.split():
                table.setdefault(word, Relation(code, sex, generation, child_side, kind))
    for rows in (up, down):
        for code, sex, generation, kind, _ in rows:
            table.setdefault(code, Relation(code, sex, generation, rows is down, kind))
    table["02"] = Relation("99", 0, NO_GENERATION, False, "")  # 户主 says nothing about the child
    return table


RELATIONS: Final = _table()
_EDGE = regex(
    r"^(?:其|他|她|我|该生|系|是|为|由|儿童|小孩|孩子|学生|娃儿|被监护人|的)+|(?:关系|监护|抚养|照顾|照看|照料|带)$"
)
_ORDER = regex(r"^[大二三四五六七八九小幺老满亲][大二三四五六七八九小幺老]?(?=.)")


def parse_relation(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: code (GB/T 4761 of the word as written), sex (the guardian's), generation (as written:
    +2 grandparent … −2 grandchild), from_child_side (孙子, 祖孙: says what the child is), kind (of the
    guardian: parent, grandparent, sibling, uncle_aunt, other_relative, non_relative, self, unit).

    Of codes two systems use differently (SYS 01 father, 02 mother, 99 other; GB/T 4761 01 self), GB's
    meaning holds.
    """
    cleaned, early = opened(spell_out(text), cell)
    if early is not None:
        return early
    if cell == CellKind.NUMBER:
        cleaned = (plain_number(cleaned) or cleaned).zfill(2)
    cleaned = without_number(without_point_zero(cleaned))
    key = code_key(re.sub(r"\([^()]*\)", "", cleaned)) or code_key(cleaned)
    found = RELATIONS.get(key)
    if found is None and not stands_in(cleaned):
        found = _near(key)
    if found is not None:
        return given([], tuple(found))
    if stands_in(cleaned):
        return PLACEHOLDER
    return given(["unlisted"], ("", 0, NO_GENERATION, False, ""))


def _near(key: str) -> Relation | None:
    """Without the words around (系其祖父, 祖孙关系) and the order of birth (三叔, 二姨妈)."""
    bare = _EDGE.sub("", key)
    found = RELATIONS.get(bare)
    if found is None:
        plain = RELATIONS.get(_ORDER.sub("", bare))
        if plain is not None and plain.kind in ("uncle_aunt", "sibling"):
            found = plain
        elif plain is not None and plain.kind == "grandparent" and not plain.from_child_side:
            found = Relation("97", plain.sex, 2, False, "other_relative")  # 三奶奶 is a great-aunt
    if found is None:
        parts = [RELATIONS.get(p) for p in re.split(r"[/、,，;；或和及\s]+", bare) if p]
        if len(parts) > 1 and all(parts):
            kinds = {p.kind for p in parts if p}
            if kinds == {"grandparent"}:
                return Relation("60", 0, 2, False, "grandparent")
            if kinds == {"parent"}:
                return Relation("50", 0, 1, False, "parent")
    return found


# Words that are a child's pet name or an office as well, and whom a child cannot be left with.
_NO_ELDER_WORDS = (
    "家家 嘎嘎 满满 祖祖 娘娘 公 婆 其他 其它 隔代 隔代监护 师生 寄养 托管 兄妹 姐弟 姐妹 兄弟 同学"
)
_NO_ELDERS = frozenset(_NO_ELDER_WORDS.split())
_FAMILY = frozenset(["parent", "grandparent", "uncle_aunt", "sibling", "other_relative"])
_YOUNGER = frozenset(["73", "77"])
FAMILY_CHARACTERS: Final = "爷奶婆公伯叔舅姨姑婶孃嬢娘爹妈爸父母嫂哥姐姥兄戚属亲夫"
"""Every text ``kin`` reads as a relation, but for some words of the table itself, holds one of these."""


def kin(text: str) -> Relation | None:
    """The relation a text names that stands where an adult's name should (奶奶, 二叔, 爷爷奶奶, 邻居, 本人); None
    for names, for institutions, and for words that are a child's."""
    key = code_key(text)
    if not 2 <= len(key) <= 12 or key in _NO_ELDERS or key.isascii():
        return None
    found = RELATIONS.get(key)
    if found is None:
        found = _near(key)
        if found is None or found.kind not in _FAMILY or not any(c in FAMILY_CHARACTERS for c in key):
            return None
    no_adult = found.from_child_side or found.kind in ("unit", "") or found.code in _YOUNGER
    return None if no_adult else found


CHOICES: Final = {
    "kind": tuple(dict.fromkeys(r.kind for r in RELATIONS.values() if r.kind)),
    "code": tuple(dict.fromkeys(r.code for r in RELATIONS.values())),
}
_CALLED = {word: r.code for word, r in RELATIONS.items() if not word.isdigit()}
RELATION = ValueKind("relation", FAULTS, FACETS, parse_relation, choices=CHOICES, called=_CALLED)
