"""The own county as the files themselves show it, where no county file and no option says.

What is "elsewhere" follows from what is "own" (domain notes, C-own). Several witnesses are heard: what 填报单位
names, what most addresses name, and which county's code most children's numbers begin with. A county is taken as
the own one only if more of them speak for it than for any other; else nothing is own, and rules that ask for it
find nothing. Townships, villages and schools are those that handed in, that stand in the columns for them, or in
addresses within the own county.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.table import Submission, Table
from lbt_audit.model.home import HomeArea
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.model.unit import LOCAL
from lbt_audit.model.units import Units, clean_unit, guess_level
from lbt_audit.values.area import county_name, gazetteer
from lbt_audit.values.place import locate
from lbt_audit.values.text import squeeze

MAJORITY = 0.5  # of the addresses, or numbers, that name a county
LEAST = 3  # addresses or numbers; fewer prove nothing
HEARD = 2_000  # distinct texts of a column that are looked into: the commonest ones

UNITS = Text("填报单位", "reporting units")
CODES = Text("证号前六位", "area codes of ID numbers")
ADDRESSES = {
    "hukou_addr": Text("户籍地址", "registered addresses"),
    "live_addr": Text("现居住地", "present addresses"),
    "home_addr": Text("家庭住址", "home addresses"),
}

# A name ends with the first word for a unit of its level, and holds none for a smaller one.
_LARGE, _PLAIN = r"[^\W\d_县区旗镇乡村街]", r"[^\W\d_省市州县区旗镇乡村街]"
_AREA = regex(
    rf"^(?:{_LARGE}{{2,8}}?(?:省|自治区))?(?:{_LARGE}{{2,10}}?(?:市|自治州|地区|州|盟))?"
    rf"(?P<county>{_PLAIN}{{1,8}}(?:自治县|县|自治旗|旗|(?<!社)区))?(?P<rest>.*)$",
    re.DOTALL,
)
_WITHIN = regex(
    r"^(?P<town>[^\W\d_]{1,8}?(?:镇|乡|街道(?!路)|苏木))(?!村)(?:(?P<village>[^\W\d_]{1,8}?(?:村|社区|嘎查))(?!民))?"
)


def home_area(tables: Sequence[Table], units: Units) -> HomeArea:
    """The county's own list where there is one, else what ``tables`` show."""
    if units.listed:
        return HomeArea(units, _code(tables, units.county))
    county, witnesses = (units.county, ()) if units.county else _county(tables)
    return HomeArea(_units(tables, county), _code(tables, county), witnesses)


def _county(tables: Sequence[Table]) -> tuple[str | None, tuple[Text, ...]]:
    heard = [(UNITS, Counter(_of_units(tables)), 1)]
    heard += [(word, _of_addresses(tables, field), LEAST) for field, word in ADDRESSES.items()]
    codes = Counter[str]()
    for code, count in _area_codes(tables).items():
        codes[county_name(code)] += count
    heard.append((CODES, codes, LEAST))
    speaking: dict[str, list[Text]] = {}
    for witness, names, least in heard:
        name, count = max(names.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if name and names.total() >= least and count > MAJORITY * names.total():
            speaking.setdefault(name, []).append(witness)
    ranked = sorted(speaking.values(), key=len, reverse=True)
    if not ranked or (len(ranked) > 1 and len(ranked[0]) == len(ranked[1])):
        return None, ()  # one county by the addresses, another by the numbers: nobody can say
    return next((name, tuple(said)) for name, said in speaking.items() if said is ranked[0])


def _of_units(tables: Iterable[Table]) -> Iterator[str]:
    """The county each table's 填报单位 speaks of."""
    for table in tables:
        written = table.facts["unit_name"][0] if "unit_name" in table.facts else ""
        county = _split(squeeze(written))[0] or _split(squeeze(table.unit.name))[0]
        if county:
            yield county


def _of_addresses(tables: Iterable[Table], field: str) -> Counter[str]:
    found = Counter[str]()
    for text, count in _texts(tables, field):
        if county := _split(text)[0]:
            found[county] += count
    return found


def _split(text: str) -> tuple[str, str]:
    """(county, what follows it) of a squeezed address or unit name; no county where it names none."""
    city, code = locate(text[:40])[1:]
    if name := county_name(code):
        at = text.find(name)
        return name, text[at + len(name) :] if at >= 0 else ""
    match = _AREA.match(text)
    if match is None:
        return "", text
    if city and not match["county"]:
        return "", ""  # no more than a city is named: what follows need not lie in the own county
    return match["county"] or "", match["rest"]


def _units(tables: Sequence[Table], county: str | None) -> Units:
    """Townships with their villages, and schools, of the own county."""
    towns: dict[str, dict[str, None]] = {}
    votes = Counter[str]()
    loose: dict[str, None] = {}  # villages whose township nobody names
    schools: dict[str, str | None] = {}
    folders: dict[str, str | None] = {}  # the township whose folder a school's file lies in
    for table in tables:
        unit = table.unit
        if unit.level == "township" and guess_level(unit.name) != "township":
            continue  # a file's own name, for want of any other
        town = unit.name if unit.level == "township" else unit.township
        if town:
            towns.setdefault(town, {})
            votes[town] += LEAST
        if unit.level == "school":
            schools[unit.name] = unit.township or schools.get(unit.name)
            folders.setdefault(unit.name, _folder(table.path))
        elif unit.level == "village":
            _into(towns, loose, town, unit.name)
        for village, named in _pairs(table):
            own = named or town
            if own:
                votes[own] += 1
            _into(towns, loose, own, village)
    for field in ADDRESSES:
        for text, count in _texts(tables, field):
            named, rest = _split(text)
            match = _WITHIN.match(rest) if named in ("", county) else None
            if match:
                votes[match["town"]] += count
                _into(towns, loose, match["town"], match["village"] or "")
    listed = {t: tuple(v) for t, v in towns.items() if votes[t] >= LEAST}
    taken = {v for villages in listed.values() for v in villages}
    if loose.keys() - taken:
        listed[""] = tuple(v for v in loose if v not in taken)
    for school, town in schools.items():
        schools[school] = town or next((t for t in listed if t and t in school), None) or folders.get(school)
    return Units(county, listed, schools, inferred=True)


def in_townships(submissions: Sequence[Submission], units: Units) -> list[Submission]:
    """Villages and schools that handed in, each in the township it was inferred to lie in."""

    def placed(table: Table) -> Table:
        unit = table.unit
        if unit.level not in LOCAL or unit.township is not None:
            return table
        found = units.find(unit.name, unit.level)
        return (
            table
            if found is None or not found.township
            else replace(table, unit=replace(found, known=unit.known))
        )

    return [replace(s, tables=tuple(placed(t) for t in s.tables)) for s in submissions]


def _folder(path: str) -> str | None:
    names = [clean_unit(part) for part in path.split("/")[:-1]]
    return next((n for n in reversed(names) if guess_level(n) == "township"), None)


def _into(towns: dict[str, dict[str, None]], loose: dict[str, None], town: str | None, village: str) -> None:
    villages = towns.setdefault(town, {}) if town else loose
    if village:
        villages[village] = None


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    """(village, township) of the columns for them, each distinct pair once."""
    columns = [table.columns[f].text if f in table.columns else None for f in ("village", "township")]
    if all(c is None for c in columns):
        return
    texts = [c.to_pylist() if c is not None else [""] * len(table) for c in columns]
    for village, township in dict.fromkeys(zip(*texts, strict=True)):
        names = [clean_unit(text) for text in (village, township)]
        levels = [guess_level(name) if len(name) > 1 else None for name in names]
        if "village" in levels[:1] or "township" in levels[1:]:
            yield (names[0] if levels[0] == "village" else ""), (names[1] if levels[1] == "township" else "")


def _code(tables: Sequence[Table], county: str | None) -> str:
    """The present code of the own county: the one addresses that name it mean, else the only county of that name,
    else the one of that name that the children's numbers begin with."""
    if not county:
        return ""
    meant = Counter[str]()
    for field in ADDRESSES:
        for text, count in _texts(tables, field):
            meant[locate(text[:40])[2]] += count
    codes = [code for code, _ in meant.most_common() if county_name(code) == county]
    namesakes = gazetteer().counties.get(("", county), ())
    if len(namesakes) == 1:
        codes += namesakes
    codes += [code for code, _ in _area_codes(tables).most_common() if code in namesakes]
    return codes[0] if codes else ""


def _area_codes(tables: Iterable[Table]) -> Counter[str]:
    """First six digits of the children's well-formed ID numbers."""
    found = Counter[str]()
    for table in tables:
        if "id_no" not in table.columns:
            continue
        text = pc.utf8_trim_whitespace(table.columns["id_no"].text)
        formed = text.filter(pc.match_substring_regex(text, "^[0-9]{17}[0-9Xx]$"))
        for entry in pc.value_counts(pc.utf8_slice_codeunits(formed, 0, 6)).to_pylist():
            found[entry["values"]] += entry["counts"]
    return found


def _texts(tables: Iterable[Table], field: str) -> list[tuple[str, int]]:
    """The commonest distinct squeezed texts of a column over all tables, with their counts."""
    columns = [t.columns[field].text for t in tables if field in t.columns]
    found = Counter[str]()
    if columns:
        for entry in pc.value_counts(pa.chunked_array(columns)).to_pylist():
            found[squeeze(entry["values"])] += entry["counts"]
    found.pop("", None)
    return found.most_common(HEARD)
