"""The county file of a county whose forms or units are known: the example, with what was learnt in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from lbt_audit.config.example import example
from lbt_audit.drafts.units import own_names
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Lang, Text
from lbt_audit.model.units import Units

_UNITS = regex(r"(?ms)^\[units\.townships\].*?(?=^\[units\.aliases\])")
_COUNTY = regex(r"(?m)^county = .*$")
_SCHEMAS = regex(r"(?m)^# schemas = .*$")
_INFERRED = Text(
    "# 县（市、区）名称，按文件推断，请核对", "# name of the county as the files show it: is it right?"
)
_NO_UNITS = Text(
    "# 单位名单：尚未写入；没有名单时不报“单位不在名录”。可用 lbt-audit init --units 名单或文件夹 提取\n",
    "# the list of units: none yet; without one no unit is called unknown. lbt-audit init --units takes it from files\n",
)
_LOOSE = Text("# 下列村没有看出属于哪个乡镇：", "# villages of which nobody could say the township: ")


def county_text(name: str | None, schemas: Sequence[str], units: Units | None, lang: Lang) -> str:
    """The county file. ``name``: the county's, None = not known; ``schemas``: paths of its forms."""
    text = example(lang)
    called = f"county = {_quoted(name)}  {_INFERRED[lang]}"
    text = _COUNTY.sub(lambda line: called if name else f"# {line[0]}", text, count=1)
    if schemas:
        listed = ", ".join(_quoted(path) for path in schemas)
        text = _SCHEMAS.sub(lambda _: f"schemas = [{listed}]", text, count=1)
    known = "".join(f"{line}\n" for line in _units(units, lang)) if units is not None else _NO_UNITS[lang]
    return _UNITS.sub(lambda _: f"{known}\n", text, count=1)


def _units(units: Units, lang: Lang) -> Iterator[str]:
    yield "[units.townships]"
    for town in own_names(units):
        yield f"{_quoted(town)} = [{', '.join(map(_quoted, units.townships[town]))}]"
    loose = units.townships.get("", ())
    if loose:
        yield _LOOSE[lang] + "、".join(_quoted(village) for village in loose)
    listed = set(own_names(units))
    codes = {school: code for code, school in units.school_codes.items()}
    for school, of in units.schools.items():
        yield ""
        yield "[[units.schools]]"
        yield f"name = {_quoted(school)}"
        if of in listed:
            yield f"township = {_quoted(of)}"
        if school in codes:
            yield f"code = {_quoted(codes[school])}"


def _quoted(text: str | None) -> str:
    """As TOML has a text in double quotes: the form of JSON."""
    return json.dumps(text, ensure_ascii=False)
