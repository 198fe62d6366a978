"""What clerks write about a parent in the place column and in the remarks.

Patterns are RE2 on text without blanks. ``{p}`` stands for the ways to name that parent; between the
name and the word at most twelve characters, none of which ends the clause or names the other parent.
"""

from __future__ import annotations

DEAD = "去世|死亡|亡故|病故|已故|已亡|过世|离世|身亡|双亡|牺牲|因病故|遇难|逝世|已逝"
CUSTODY = "服刑|监狱|坐牢|判刑|羁押|看守所|戒毒|入狱|在押|劳教|强戒"
MISSING = "失踪|失联|下落不明|联系不上|无法联系|离家出走|杳无音信|音讯全无|无音讯|无音信|失去联系|不知所踪"
SEPARATED = "离异|离婚|改嫁|再婚|另嫁|再嫁|嫁人|出走"
# P62 asks for grave illness and disability of degree 1 or 2 (智力、精神: also 3).
SEVERE = (
    "重病|重残|重度残疾|[一二12]级残疾|残疾[一二12]级|智力残疾|精神残疾|瘫痪|精神病|精神障碍|精神失常|智障|智残|"
    "痴呆|偏瘫|植物人|尿毒症|癌|白血病|卧床|失能|重症|失明|双目|丧失劳动能力|无监护能力|无自理能力"
)
# Ill or disabled to an unknown degree: capacity is then not known.
FRAIL = "残疾|残障|患病|有病|体弱|生病|住院|受伤"
REVOKED = "撤销监护|撤销监护人资格|遣送出境|驱逐出境"

# Certainly at home. 在家 must not open another word (在家具厂, 在家电厂, 在家政公司, 在家纺厂).
HOME = (
    "在家([^具电政纺居装用]|$)|家中|家里|未外出|没有?外出|无外出|不外出|未务工|未出门|居家|待业在家|"
    "本村|本组|本寨|带孩子|带小孩|照顾(老人|孩子|小孩)|陪读|照看"
)
# At home unless another place is named: people also go to farm elsewhere (新疆务农).
FARMING = "务农|种地|种田|种植|养殖|农民$|^农民"
NOT_AT_HOME = "在家(具|电|政|纺|居|装|用)"
AWAY = "务工|打工|外出|在外|外省|省外|外地|沿海|国外|经商|做生意|出国|跑车"

_KIN = "(^|[^祖外伯叔岳姑姨舅继养义干婶亲公婆])"  # 祖父, 外祖母, 伯父, 姨妈 … are not the parent
_GAP = "[^,，。;；、父母爸妈爹娘]{0,12}"
_NAMES = {
    "father": "(?:父亲?|爸爸?|爹)",
    "mother": "(?:母亲?|妈妈?|娘)",
}
_BOTH = "(父母亲?|双亲|爸妈|爹妈|爹娘)"


def about(parent: str, words: str) -> str:
    """Pattern: these ``words`` are said of ``parent`` alone, or of both parents.

    外祖父, 祖母, 伯父 and the like also end in 父 or 母, so a kinship prefix is refused.
    """
    name = _NAMES[parent]
    return f"{_KIN}{name}{_GAP}({words})|{_BOTH}{_GAP}({words})"


# One verb told of a parent in one character: 父亡, 母嫁, 爹死, 父故.
SHORT_DEAD = {
    "father": f"{_KIN}(父|爹|爸)(已|早)?(亡|死|故)|父母(双|均|都|已)(亡|故|死)",
    "mother": f"{_KIN}(母|娘|妈)(已|早)?(亡|死|故)|父母(双|均|都|已)(亡|故|死)",
}
SHORT_LEFT = {
    "father": f"{_KIN}(父|爹|爸)(已|早)?(走|跑|娶)([^动步]|$)",
    "mother": f"{_KIN}(母|娘|妈)(已|早)?(改?嫁|走|跑)([^动步]|$)",
}

# Back home for good; a visit for the festival, the harvest or leave is none (P24: 探亲休假不影响连续).
RETURNED = (
    "(父亲?|母亲?|父母|爸爸?|妈妈?|双亲|家长)[^,，。;；未没]{0,6}(已|现|目前|均|都)[^,，。;；未没]{0,4}"
    "(返乡|回乡|回家|返家|回村|在家([^具电政纺居装用]|$)|不再外出)|"
    "^(已|现已|现在?)(返乡|回乡|回家|返家|回村)|返乡(创业|务农|就业)|不再外出(务工|打工)?"
)
VISITING = "春节|过年|探亲|休假|放假|请假|农忙|临时|短期|国庆|暑假|寒假|期间|近期回|每年|偶尔|经常|未返|没有?(返|回)|计划|准备|将"


def part_of(parent: str) -> str:
    """Pattern with one capture ``part``: what a common cell (父母去向) says of ``parent``."""
    return f"{_NAMES[parent]}(?:去|到|于|为|是|:|：|现|均|都)*(?P<part>[^,，;；。、/父母爸妈爹娘]+)"


SPEAKS_OF_ONE = "父[^母]|爸[^妈]|爹[^妈娘]|[^父]母|[^爸爹]妈|^母|^妈"
SPEAKS_OF_BOTH = "父母|双亲|双方|均|都|一起|共同|夫妻"
