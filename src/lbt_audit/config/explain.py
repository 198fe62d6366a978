"""pydantic's complaints in words a clerk can act on, with the line of the key."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from lbt_audit.config.positions import Positions
from lbt_audit.config.schema import CountyFile
from lbt_audit.model.errors import Problem
from lbt_audit.model.nearest import nearest
from lbt_audit.model.text import Text

_TYPES = {
    "string_type": Text("应为文字（加引号）", "must be text in quotes"),
    "int_type": Text("应为整数", "must be a whole number"),
    "int_parsing": Text("应为整数", "must be a whole number"),
    "bool_type": Text("应为 true 或 false", "must be true or false"),
    "list_type": Text("应为列表 […]", "must be a list […]"),
    "dict_type": Text("应为表", "must be a table"),
    "model_type": Text("应为表 {…}", "must be a table {…}"),
    "model_attributes_type": Text("应为表 {…}", "must be a table {…}"),
    "date_type": Text("应为日期，如 2026-10-31", "must be a date such as 2026-10-31"),
    "date_parsing": Text("应为日期，如 2026-10-31", "must be a date such as 2026-10-31"),
    "date_from_datetime_parsing": Text("应为日期，如 2026-10-31", "must be a date such as 2026-10-31"),
    "date_from_datetime_inexact": Text("应为日期，不带时间", "must be a date without a time"),
    "string_too_short": Text("不能为空", "must not be empty"),
    "century": Text("应在 2000 年至 2099 年之间", "must be between 2000 and 2099"),
    "missing": Text("必须填写", "is missing"),
    "deadline_shape": Text(
        "时限须且只须填一种：working_days、days、date、month_end（months 与 month_end 同用）",
        "a deadline is exactly one of working_days, days, date, month_end (months goes with month_end)",
    ),
}


def explain(error: ValidationError, file: str, positions: Positions) -> list[Problem]:
    """Every complaint as a Problem, in the order of the file."""
    complaints = error.errors(include_url=False)
    problems = [Problem(file, positions.line(tuple(c["loc"])), _text(dict(c))) for c in complaints]
    return sorted(problems, key=lambda p: p.line)


def _text(item: dict[str, Any]) -> Text:
    loc = [str(p) for p in item["loc"] if p != "[key]"]
    key = ".".join(loc)
    kind = item["type"]
    if kind == "extra_forbidden":
        known = sorted(_known(tuple(item["loc"][:-1])))
        near = nearest(loc[-1], known, 0.5)
        zh = f"，最接近的是 {near}" if near else f"，可用的键：{'、'.join(known)}"
        en = f"; nearest is {near}" if near else f"; known keys: {', '.join(known)}"
        return Text(f"未知的键 {key}{zh}", f"unknown key {key}{en}")
    if kind in _TYPES:
        return Text(f"{key}：{_TYPES[kind].zh}", f"{key}: {_TYPES[kind].en}")
    if kind == "literal_error":
        expected = item["ctx"]["expected"].replace(" or ", ", ")
        return Text(f"{key}：只能是 {expected}", f"{key}: must be one of {expected}")
    if kind == "string_pattern_mismatch" and "[key]" in item["loc"]:
        return Text(f"{key}：时限类名应如 D3、DF、DM", f"{key}: deadline classes are named like D3, DF, DM")
    if kind == "string_pattern_mismatch":
        return Text(f"{key}：应为 6 位数字", f"{key}: must be six digits")
    if kind == "string_too_long":
        most = item["ctx"]["max_length"]
        return Text(f"{key}：最多 {most} 个字", f"{key}: has more than {most} characters")
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = item["ctx"].get("ge", item["ctx"].get("le"))
        sign = "≥" if kind == "greater_than_equal" else "≤"
        return Text(f"{key}：应 {sign} {bound}", f"{key}: must be {sign} {bound}")
    return Text(f"{key}：{item['msg']}", f"{key}: {item['msg']}")


def _known(loc: tuple[Any, ...]) -> set[str]:
    """Keys allowed in the section at ``loc``."""
    kind: Any = CountyFile
    for part in loc:
        model = next(_models(kind), None)
        if isinstance(part, str) and model is not None and part in model.model_fields:
            kind = model.model_fields[part].annotation
    model = next(_models(kind), None)
    return set(model.model_fields) if model else set()


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    """The models inside an annotation: ``dict[Name, Annotated[TownshipEntry, …]]`` → TownshipEntry."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    elif get_origin(kind) in (dict, list, Annotated, Union, UnionType):
        for part in get_args(kind):
            yield from _models(part)
