"""How characters sound, and which syllables a region's speakers confuse."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from lbt_audit.config.sounds import sort_of
from lbt_audit.matching.characters.codes import spelled
from lbt_audit.matching.characters.script import rare_reading, readings, toneless
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text

# Surnames read otherwise than the same character elsewhere.
SURNAME_READINGS: Final = {
    "曾": "zēng", "单": "shàn", "仇": "qiú", "解": "xiè", "乐": "yuè", "查": "zhā", "覃": "qín tán", "任": "rén",
    "盖": "gě", "朴": "piáo", "尉": "yù wèi", "华": "huà", "燕": "yān", "宁": "nìng", "区": "ōu", "翟": "zhái dí",
    "柏": "bǎi bó", "薄": "bó", "卜": "bǔ", "种": "chóng", "员": "yùn", "缪": "miào", "召": "shào", "折": "shé",
    "黑": "hè", "秘": "bì", "冼": "xiǎn", "洗": "xiǎn", "纪": "jǐ jì", "宓": "mì fú", "繁": "pó", "祭": "zhài",
    "葛": "gě", "逄": "páng", "佴": "nài", "仉": "zhǎng", "呙": "guō", "应": "yīng", "幺": "yāo", "訾": "zī",
    "隗": "wěi kuí", "郇": "xún huán", "谌": "chén shèn", "尹": "yǐn", "那": "nā", "哈": "hǎ", "车": "chē",
    "石": "shí", "牟": "mù móu", "乜": "niè", "都": "dū", "晟": "chéng shèng", "句": "gōu", "要": "yāo", "占": "zhān",
    "过": "guō", "干": "gān", "令": "líng", "令狐": "líng", "长": "zhǎng", "粘": "nián", "贾": "jiǎ", "俞": "yú",
}  # fmt: skip
# Characters met in given names with more than one usual reading.
OTHER_READINGS: Final = {
    "茜": "qiàn xī", "莎": "shā suō", "娜": "nà nuó", "晟": "shèng chéng", "盛": "shèng chéng", "乐": "lè yuè",
    "行": "xíng háng", "重": "zhòng chóng", "长": "cháng zhǎng", "朝": "cháo zhāo", "调": "diào tiáo",
    "婼": "ruò chuò", "柏": "bǎi bó", "伯": "bó bǎi", "蔓": "màn wàn", "奇": "qí jī", "圈": "quān juàn",
    "莞": "wǎn guān", "晕": "yūn yùn", "埔": "pǔ bù", "浚": "jùn xùn", "济": "jì jǐ", "省": "shěng xǐng",
    "兴": "xīng xìng", "蕃": "fān fán bō", "杉": "shān shā", "荨": "qián xún", "露": "lù lòu", "薇": "wēi",
    "缇": "tí", "传": "chuán zhuàn", "降": "jiàng xiáng", "藏": "cáng zàng", "曾": "céng zēng", "祯": "zhēn",
    "贞": "zhēn", "桢": "zhēn", "尧": "yáo", "璇": "xuán", "焱": "yàn", "炅": "jiǒng guì", "珏": "jué",
    "会": "huì kuài", "恪": "kè què", "佛": "fó fú", "吁": "yù xū", "角": "jiǎo jué", "约": "yuē yāo",
    "便": "biàn pián", "扎": "zhā zā", "卡": "kǎ qiǎ", "给": "gěi jǐ", "强": "qiáng jiàng", "色": "sè",
    "石": "shí dàn", "大": "dà dài", "还": "hái huán", "和": "hé", "绿": "lǜ lù", "六": "liù lù", "禹": "yǔ",
    "缪": "miào móu", "仔": "zǐ zǎi", "崽": "zǎi", "阿": "ā ē", "俊": "jùn zùn", "雀": "què qiǎo", "车": "chē jū",
    "琢": "zhuó zuó", "喏": "nuò", "椰": "yē", "禅": "chán shàn", "嗣": "sì", "奘": "zàng zhuǎng", "淇": "qí",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Confusion:
    """Initials, finals or whole syllables that speakers of a region do not tell apart. ``folded``: candidates are looked for
    across them; what half the syllables of a region would fall together under is only heard where two names are compared."""

    key: str
    text: Text
    initials: tuple[tuple[str, str], ...] = ()
    finals: tuple[tuple[str, str], ...] = ()
    syllables: tuple[tuple[str, str], ...] = ()
    folded: bool = True


NASAL_IN: Final = Confusion("in-ing", Text("前后鼻音 in–ing", "in–ing"), finals=(("in", "ing"),))
NASAL_EN: Final = Confusion(
    "en-eng", Text("前后鼻音 en–eng", "en–eng"), finals=(("en", "eng"), ("un", "ong"), ("uen", "ueng"))
)
NASAL_AN: Final = Confusion(
    "an-ang", Text("前后鼻音 an–ang", "an–ang"), finals=(("an", "ang"), ("ian", "iang"), ("uan", "uang"))
)
DEFAULT_CONFUSIONS: Final = (
    NASAL_IN,
    NASAL_EN,
    NASAL_AN,
    Confusion("n-l", Text("n–l 不分", "n–l"), initials=(("n", "l"),)),
    Confusion("zh-z", Text("平翘舌 zh–z", "zh–z"), initials=(("zh", "z"),)),
    Confusion("ch-c", Text("平翘舌 ch–c", "ch–c"), initials=(("ch", "c"),)),
    Confusion("sh-s", Text("平翘舌 sh–s", "sh–s"), initials=(("sh", "s"),)),
    Confusion("h-f", Text("h–f 不分", "h–f"), initials=(("h", "f"),)),
    Confusion("r-l", Text("r–l 不分", "r–l"), initials=(("r", "l"),)),
    Confusion(
        "v-i", Text("ü–i 不分", "ü–i"), folded=False,
        finals=(("v", "i"), ("ve", "ie"), ("van", "ian"), ("vn", "in")),
    ),
    Confusion("r-z", Text("r–z 不分", "r–z"), initials=(("r", "z"),), folded=False),
    Confusion(
        "r-y", Text("r–y 不分", "r–y"), folded=False,
        syllables=(
            ("rong", "yong"), ("ran", "yan"), ("ren", "yin"), ("rang", "yang"), ("rao", "yao"), ("rou", "you"),
            ("ru", "yu"), ("ruan", "yuan"), ("run", "yun"), ("re", "ye"),
        ),
    ),
    Confusion("e-uo", Text("e–uo 不分", "e–uo"), syllables=(("he", "huo"), ("ke", "kuo"), ("ge", "guo")), folded=False),
    Confusion(
        "j-g", Text("j–g 不分", "j–g"), folded=False,
        syllables=(
            ("jie", "gai"), ("jia", "ga"), ("jiao", "gao"), ("jiang", "gang"), ("jian", "gan"), ("xie", "hai"),
            ("xiang", "hang"), ("xia", "ha"), ("qiao", "kao"), ("xian", "han"), ("ying", "en"), ("yan", "an"),
        ),
    ),
)  # fmt: skip


def confusions_with(pairs: tuple[tuple[str, str], ...]) -> tuple[Confusion, ...]:
    """Those heard everywhere, and a county's own pairs of initials, finals or syllables (``config.sounds``)."""
    own = []
    for one, other in pairs:
        name = f"{one}–{other}".replace("v", "ü")
        each = {f"{sort_of(one, other)}s": ((one, other),)}
        own.append(Confusion(f"{one}-{other}", Text(f"{name} 不分", name), folded=False, **each))
    return (*DEFAULT_CONFUSIONS, *own)


_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcs")
# What is left of a final after h has become f: huang → fuang → fang.
_AFTER_F = {
    "ua": "a",
    "ui": "ei",
    "uan": "an",
    "un": "en",
    "uang": "ang",
    "uo": "o",
    "ong": "eng",
    "ou": "ou",
}


@cache
def split(syllable: str) -> tuple[str, str]:
    """Initial and final, the final in full spelling (yun → vn, wang → uang, jue → ve)."""
    for initial in _INITIALS:
        if syllable.startswith(initial) and len(syllable) > len(initial):
            final = syllable[len(initial) :]
            if initial in "jqx" and final.startswith("u"):
                final = "v" + final[1:]
            return initial, final
    if syllable.startswith("yu"):
        return "", "v" + syllable[2:]
    if syllable.startswith("y"):
        return "", syllable[1:] if syllable[1:2] == "i" else "i" + syllable[1:]
    if syllable.startswith("w"):
        return "", syllable[1:] if syllable[1:2] == "u" else "u" + syllable[1:]
    return "", syllable


@cache
def near_sounds(
    a: str, b: str, confusions: tuple[Confusion, ...] = DEFAULT_CONFUSIONS
) -> tuple[Confusion, ...] | None:
    """The confusions that make two toneless syllables one; () if they are equal, None if none do."""
    if a == b:
        return ()
    whole = next((c for c in confusions if (a, b) in c.syllables or (b, a) in c.syllables), None)
    if whole is not None:
        return (whole,)
    (ia, fa), (ib, fb) = split(a), split(b)
    used: list[Confusion] = []
    if ia != ib:
        rule = next((c for c in confusions if (ia, ib) in c.initials or (ib, ia) in c.initials), None)
        if rule is None:
            return None
        used.append(rule)
        if rule.key == "h-f":
            fa, fb = (_AFTER_F.get(f, f) if i == "h" else f for i, f in ((ia, fa), (ib, fb)))
    if fa != fb:
        rule = next((c for c in confusions if (fa, fb) in c.finals or (fb, fa) in c.finals), None)
        if rule is None:
            return None
        used.append(rule)
    return tuple(used)


def fold(syllable: str, confusions: Sequence[Confusion] = DEFAULT_CONFUSIONS) -> str:
    """One spelling for all syllables a region may confuse: the key that candidates are joined on."""
    initial, final = split(syllable)
    confusions = [c for c in confusions if c.folded]
    keys = {c.key for c in confusions}
    if initial == "h" and "h-f" in keys:
        initial, final = "f", _AFTER_F.get(final, final)
    for c in confusions:
        for one, other in c.initials:
            if c.key != "h-f" and initial == one:
                initial = other
        for one, other in c.finals:
            if final == other:
                final = one
    return f"{initial}-{final}"


@cache
def reading_set(char: str) -> tuple[str, ...]:
    """All usual readings of a character with tone marks, the commonest first; () if unknown."""
    found = readings().get(char) or rare_reading(char)
    extra = SURNAME_READINGS.get(char, "").split() + OTHER_READINGS.get(char, "").split()
    return tuple(dict.fromkeys([*([found] if found else []), *extra]))


@cache
def syllable_set(char: str) -> tuple[str, ...]:
    """``reading_set`` without tones; a private code that stands for a typed syllable gives that syllable."""
    typed = spelled(char)
    if typed:
        return (typed,)
    return tuple(dict.fromkeys(toneless(r) for r in reading_set(char)))


def reading_at(char: str, first: bool) -> str:
    """The reading to print: that of the surname in first position."""
    if first and char in SURNAME_READINGS:
        return SURNAME_READINGS[char].split()[0]
    known = reading_set(char)
    return known[0] if known else ""
