"""pydantic's complaints as flaws: both languages, the nearest known word, and the way to the part that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from lbt_audit.model.nearest import did_you_mean
from lbt_audit.rulebook.flaw import Flaw, Flaws, Path

_SHAPES = {
    "string": ("应为文字", "must be a text"),
    "int": ("应为整数", "must be a whole number"),
    "float": ("应为数字", "must be a number"),
    "bool": ("应为 true 或 false", "must be true or false"),
    "tuple": ("应为列表", "must be a list"),
    "mapping": ("应为键值结构", "must be a mapping"),
    "dict": ("应为键值结构", "must be a mapping"),
    "model": ("应为键值结构", "must be a mapping"),
    "none_required": ("不应填写", "takes nothing"),
}
_BOUNDS = {"greater_than": ">", "greater_than_equal": "≥", "less_than": "<", "less_than_equal": "≤"}


def flaws_of(error: ValidationError, model: type[BaseModel]) -> Iterator[Flaw]:
    """Everything ``error`` says about data given to ``model``."""
    complaints = error.errors(include_url=False, include_input=True)
    paths = [tuple(step for step in complaint["loc"] if step != "[key]") for complaint in complaints]
    for complaint, path in zip(complaints, paths, strict=True):
        if complaint["type"] == "too_short" and any(p != path and p[: len(path)] == path for p in paths):
            continue  # items that are wrong are not counted
        cause = complaint.get("ctx", {}).get("error")
        if isinstance(cause, Flaws):
            yield from (flaw.below(*path) for flaw in cause.flaws)
        elif isinstance(cause, Flaw):
            yield cause.below(*path)
        else:
            yield _flaw(dict(complaint), path, model)


def _flaw(complaint: dict[str, Any], path: Path, model: type[BaseModel]) -> Flaw:
    kind, context = complaint["type"], complaint.get("ctx", {})
    name = path[-1] if path else ""
    if kind == "missing":
        return Flaw(f"缺少“{name}”", f"{name!r} is missing", path[:-1])
    if kind == "extra_forbidden":
        near = did_you_mean(name, sorted(_keys(model, path[:-1])))
        return Flaw(f"未知的键“{name}”{near.zh}", f"unknown key {name!r}{near.en}", path)
    if kind == "literal_error":
        options = re.findall(r"'([^']*)'", context["expected"])
        near = did_you_mean(complaint["input"], options)
        return Flaw(
            f"“{name}”须为 {'、'.join(options)}{near.zh}",
            f"{name!r} must be one of {', '.join(options)}{near.en}",
            path,
        )
    if kind in _BOUNDS:
        bound = next(iter(context.values()))
        return Flaw(f"“{name}”应 {_BOUNDS[kind]} {bound}", f"{name!r} must be {_BOUNDS[kind]} {bound}", path)
    if kind in ("too_short", "string_too_short"):
        return Flaw(f"“{name}”不能为空", f"{name!r} must not be empty", path)
    if kind == "string_pattern_mismatch" and name == "code":
        return Flaw(
            "规则代码应如 D01（一个大写字母和两三位数字）",
            "a code is written like D01: a capital letter and two or three digits",
            path,
        )
    for start, (zh, en) in _SHAPES.items():
        if kind.startswith(f"{start}_") or kind == start:
            return Flaw(f"“{name}”{zh}", f"{name!r} {en}", path)
    return Flaw(f"“{name}”写法不对", f"{name!r} is not as it must be", path)


def _keys(model: type[BaseModel], path: Path) -> set[str]:
    """The keys a mapping may have at ``path``."""
    kind: Any = model
    for step in path:
        for found in _models(kind):
            field = next((f for n, f in found.model_fields.items() if (f.alias or n) == step), None)
            if field is not None:
                kind = field.annotation
    return {f.alias or name for found in _models(kind) for name, f in found.model_fields.items()}


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    """The models an annotation holds: ``tuple[Example, ...]`` → Example."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    elif get_origin(kind) in (tuple, Annotated, Union, UnionType) or hasattr(get_origin(kind), "keys"):
        for part in get_args(kind):
            yield from _models(part)
