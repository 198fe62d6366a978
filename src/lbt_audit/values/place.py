"""Places of work: which province, city and county a text names, and whether they are the own."""

from __future__ import annotations

from typing import Final

from lbt_audit.model.cell import CellKind
from lbt_audit.model.regex import regex
from lbt_audit.values.area import MUNICIPALITIES, SPECIAL_REGIONS, gazetteer
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.outcome import PLACEHOLDER, Facets, given, opened, stands_in
from lbt_audit.values.text import squeeze

_OWN_AREA = regex(r"本[村组寨屯乡镇县区市地社街]|县[城内]|[乡镇][里内上]|当地|就近|附近")
_ABROAD = regex(
    r"国外|境外|海外|出国|越南|缅甸|老挝|泰国|柬埔寨|马来西亚|新加坡|印度|印尼|印度尼西亚|菲律宾|日本|韩国|朝鲜国|蒙古国|"
    r"俄罗斯|哈萨克斯坦|巴基斯坦|沙特|迪拜|阿联酋|以色列|非洲|安哥拉|尼日利亚|刚果|赞比亚|埃及|美国|加拿大|英国|法国|德国|"
    r"意大利|西班牙|欧洲|澳大利亚|澳洲|新西兰|巴西"
)
# 马鞍山村, 河南社区, 上海路 are no 马鞍山, 河南, 上海; 江苏镇江, 浙江镇海, 山西乡宁 are places.
_SMALLER = regex(r"村|寨|组|社区|街|镇(?![江海雄远宁坪沅平巴原安康赉])|乡(?![宁城])|路(?![桥南北])")
_WORK: Final = regex(
    r"^(?:在|去|到|赴|现在|目前在)|(?:省外|外出)?(?:务工|打工|上班|工作|做工|经商|做生意|进厂|挖煤|工地|居住|生活|市区)$"
)

FACETS: Final[Facets] = {
    "norm": "",
    "province": "",
    "city": "",
    "county": "",
    "level": 0,
    "own_area": False,
    "abroad": False,
}


def locate(text: str) -> tuple[str, str, str]:
    """Codes of the province (2 digits), city (4) and county (6) a squeezed text names, "" where none.

    Municipalities count as a city too (``"1100"``); a city's name alone gives its province; a county
    right under a province counts as a city (``"4290"``). Where names recur (朝阳) and nothing before
    decides between them, none is chosen.
    """
    places = gazetteer()
    size = len(text)
    for start in range(size):
        for end in range(min(size, start + places.longest), start + 1, -1):
            name = text[start:end]
            if name[-1] not in "省市州区县盟旗" and _SMALLER.match(text, end):
                continue
            province = places.provinces.get(name)
            if province is not None:
                return _within(province, text[end:])
            county = places.counties.get(("", name))
            if county is not None and len(county) == 1 and not places.cities.get(("", name)):
                return county[0][:2], city_of(county[0]), county[0]
            city = places.cities.get(("", name))
            if city is not None and len(city) == 1:
                return _in_city(city[0], text[end:])
    bare = _WORK.sub("", _WORK.sub("", text))
    town = places.towns.get(bare)
    return (town[:2], city_of(town), town) if town else ("", "", "")


def _within(province: str, rest: str) -> tuple[str, str, str]:
    places = gazetteer()
    if province in MUNICIPALITIES:
        county = _first(rest, province)
        return province, province + "00", county
    if province in SPECIAL_REGIONS:
        return province, province + "00", ""
    size = min(len(rest), 24)
    for start in range(size):
        for end in range(min(size, start + places.longest), start + 1, -1):
            name = rest[start:end]
            city = places.cities.get((province, name))
            counties = places.counties.get((province, name))
            if city is not None and len(city) == 1:
                return _in_city(city[0], rest[end:])
            if counties is not None and len(counties) == 1:
                return province, city_of(counties[0]), counties[0]
    return province, "", ""


def _in_city(city: str, rest: str) -> tuple[str, str, str]:
    if len(city) == 6:
        return city[:2], city_of(city), city
    return city[:2], city, _first(rest, city)


def _first(rest: str, within: str) -> str:
    places = gazetteer()
    size = min(len(rest), 24)
    for start in range(size):
        for end in range(min(size, start + places.longest), start + 1, -1):
            found = places.counties.get((within, rest[start:end]))
            if found is not None and len(found) == 1:
                return found[0]
    return ""


def city_of(county: str) -> str:
    """The city (4 digits) a county (6 digits) belongs to; a municipality counts as its own city."""
    return county[:2] + "00" if county[:2] in MUNICIPALITIES else county[:4]


def at_home(norm: str, city: str, county: str, context: Context) -> bool:
    """Whether a squeezed text that lies in ``city`` and ``county`` (codes, "" where it names none) names the own
    county or a place in it. Where the code of the own county is known, a village that bears the name of one's own
    (新民村) in another county is none of one's own."""
    code = context.home_code
    if code and county:
        return county == code
    if code and city and city != city_of(code):
        return False
    return any(name and name in norm for name in context.home)


def parse_place(text: str, cell: CellKind, context: Context, codes: str | None) -> Parsed:
    """Facets: norm, province, city, county (codes), level (0 none … 3 county), own_area (names the own
    county, township or village), abroad. Whether somebody is at home is a fact's matter (``father.place``).
    """
    cleaned, early = opened(text, cell)
    if early is not None:
        return early
    if stands_in(cleaned):
        return PLACEHOLDER
    norm = squeeze(cleaned)
    province, city, county = locate(norm[:60])
    level = 3 if county else 2 if city else 1 if province else 0
    own = at_home(norm, city, county, context) or _OWN_AREA.search(norm) is not None
    abroad = level == 0 and _ABROAD.search(norm) is not None
    return given([], (norm, province, city, county, level, own, abroad))


PLACE = ValueKind("place", ("error_cell",), FACETS, parse_place)
