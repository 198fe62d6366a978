"""The invented county 青禾县: townships, villages, schools; and the cities people go to."""

from __future__ import annotations

from dataclasses import dataclass

COUNTY = "青禾县"
TOWNSHIPS: dict[str, tuple[str, ...]] = {
    "白石镇": ("珠岩村", "大坪子村", "石桥村", "岩脚寨村", "水井湾村"),
    "清水乡": ("清塘村", "柏杨林村", "小河边村", "马鞍山村", "沙坝村"),
    "云台镇": ("云峰村", "新民村", "茶园村", "落水洞村", "箐口村"),
    "响石乡": ("响泉村", "斗篷山村", "滥坝村", "核桃树村", "高原村"),
    "梨园镇": ("梨花村", "新民村", "青杠村", "营盘村", "花竹村"),
    "望溪乡": ("望江坪村", "双龙井村", "回龙村", "麻窝村", "竹林寨村"),
}
GROUPS = ("一组", "二组", "三组", "四组", "五组")


@dataclass(frozen=True)
class School:
    """``ledger``: whether it hands in a ledger and an enrolment export of its own."""

    name: str
    township: str | None
    stage: str  # kindergarten | primary | junior | senior
    code: str = ""
    serves: tuple[str, ...] = ()  # villages, "白石镇/珠岩村"; empty: its township
    ledger: bool = True
    aliases: tuple[str, ...] = ()


SCHOOLS = (
    School("白石镇中心小学", "白石镇", "primary", "2199010101", aliases=("白石中心小学",)),
    School(
        "珠岩小学",
        "白石镇",
        "primary",
        "2199010102",
        ("白石镇/珠岩村", "白石镇/岩脚寨村"),
        aliases=("白石镇珠岩小学",),
    ),
    School("清水乡中心小学", "清水乡", "primary", "2199010201", aliases=("清水中心小学",)),
    School("沙坝小学", "清水乡", "primary", "2199010202", ("清水乡/沙坝村", "清水乡/马鞍山村")),
    School("云台镇中心小学", "云台镇", "primary", "2199010301"),
    School("落水洞小学", "云台镇", "primary", "2199010302", ("云台镇/落水洞村", "云台镇/箐口村")),
    School("响石乡中心小学", "响石乡", "primary", "2199010401"),
    School("梨园镇中心小学", "梨园镇", "primary", "2199010501"),
    School("望溪乡中心小学", "望溪乡", "primary", "2199010601"),
    School("白石镇初级中学", "白石镇", "junior", "3199010101", ("白石镇", "望溪乡")),
    School("清水初级中学", "清水乡", "junior", "3199010201", ("清水乡", "响石乡"), aliases=("清水初中",)),
    School("云台镇初级中学", "云台镇", "junior", "3199010301", ("云台镇", "梨园镇")),
    School("白石镇中心幼儿园", "白石镇", "kindergarten", ledger=False),
    School("清水乡中心幼儿园", "清水乡", "kindergarten", ledger=False),
    School("云台镇中心幼儿园", "云台镇", "kindergarten", ledger=False),
    School("响石乡中心幼儿园", "响石乡", "kindergarten", ledger=False),
    School("梨园镇中心幼儿园", "梨园镇", "kindergarten", ledger=False),
    School("望溪乡中心幼儿园", "望溪乡", "kindergarten", ledger=False),
    School("青禾县第一中学", None, "senior", ledger=False),
    School("青禾县职业中学", None, "senior", ledger=False),
)

# Prefecture-level cities, province first, as form note 7 asks for.
CITIES = (
    "浙江省宁波市", "浙江省温州市", "浙江省金华市", "浙江省台州市", "浙江省绍兴市", "浙江省杭州市", "浙江省嘉兴市",
    "广东省东莞市", "广东省深圳市", "广东省佛山市", "广东省中山市", "广东省惠州市", "广东省广州市", "广东省珠海市",
    "福建省泉州市", "福建省厦门市", "福建省福州市", "福建省莆田市", "江苏省苏州市", "江苏省无锡市", "江苏省常州市",
    "云南省昆明市", "四川省成都市", "广西壮族自治区南宁市", "山东省青岛市", "湖北省武汉市", "海南省海口市", "江西省南昌市",
    "上海市浦东新区", "重庆市渝北区", "贵州省贵阳市", "湖南省长沙市", "安徽省合肥市", "河北省廊坊市",
)  # fmt: skip
KINDS_OF_WORK = ("", "", "", "", "某电子厂", "某建筑工地", "某家具厂", "某服装厂", "某餐馆")


def school_of(township: str, village: str, stage: str) -> School:
    """Where a child of the village goes."""
    here = f"{township}/{village}"
    for school in SCHOOLS:
        if school.stage == stage and (here in school.serves or township in school.serves):
            return school
    return next(s for s in SCHOOLS if s.stage == stage and s.township in (township, None) and not s.serves)
