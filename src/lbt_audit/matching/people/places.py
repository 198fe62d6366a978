"""Villages, townships, schools and classes of two tables as numbers."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import Executor
from typing import Final

import numpy as np
import pyarrow as pa

from lbt_audit.matching.names.nameset import encode_columns
from lbt_audit.model.regex import regex

PLACES: Final = ("village", "township", "school", "grade", "class_name", "xueji_no")

_VILLAGE_ENDS: Final = regex("(?:村民委员会|居民委员会|村委会|居委会|社区|村)$")
_GROUP: Final = regex("(?<=村|区)第?[0-9一二三四五六七八九十]+(?:村民小组|小组|组|社|队)$")
_BEFORE_VILLAGE: Final = regex("^.{1,12}?(?:镇|乡|街道)(?=.{2,}(?:村|社区|委会)$)")
_OFFICE: Final = regex("(?:人民政府|办事处)$")
_ABOVE_TOWN: Final = regex("^.{1,10}?(?:自治县|县|市|区|旗)(?=.{2,}(?:镇|乡|街道)$)")
_TOWN_ENDS: Final = regex("(?<=.)(?:镇|乡|街道)$")
_COMMON: Final = 0.1  # share of a village's rows a township needs for the village to be one of its own

Numbers = list[np.ndarray]
"""Per table the numbers of its values (int32; −1: none)"""


def number_places(columns: dict[str, list[pa.Array]], pool: Executor) -> dict[str, Numbers]:
    """The numbers of every kind of ``PLACES``, and of ``village_in``.

    ``village_in`` tells villages of one name in several townships apart; of such a village it is −1 where the
    township is not known.
    """
    jobs = {c: pool.submit(_number, c, columns[c]) for c in PLACES}
    found = {c: job.result() for c, job in jobs.items()}
    return found | {"village_in": _within(found["village"], found["township"])}


def _number(kind: str, columns: list[pa.Array]) -> Numbers:
    if all(c.null_count == len(c) for c in columns):
        return [np.full(len(c), -1, np.int32) for c in columns]
    distinct, numbers = encode_columns(columns)
    texts = distinct.to_pylist()
    if kind == "village":
        texts = [_village(t.strip()) for t in texts]
    elif kind == "township":
        texts = _townships([t.strip() for t in texts])
    known: dict[str, int] = {"": -1}
    new = np.array([known.setdefault(t, len(known) - 1) for t in texts] + [-1], np.int32)
    return [new[n] for n in numbers]


def _village(text: str) -> str:
    text = _GROUP.sub("", _BEFORE_VILLAGE.sub("", text))
    return _VILLAGE_ENDS.sub("", text) or text


def _townships(texts: list[str]) -> list[str]:
    """Without county, office and, unless two townships differ in nothing else, 镇 or 乡."""
    full = [_ABOVE_TOWN.sub("", _OFFICE.sub("", t) or t) for t in texts]
    bare = [_TOWN_ENDS.sub("", t) for t in full]
    forms: dict[str, set[str]] = defaultdict(set)
    for short, long in zip(bare, full, strict=True):
        forms[short].add(long)
    return [s if len(forms[s] - {s}) < 2 else f for s, f in zip(bare, full, strict=True)]


def _within(villages: Numbers, townships: Numbers) -> Numbers:
    size = max(int(v.max(initial=-1)) for v in villages) + 1
    width = max(int(t.max(initial=-1)) for t in townships) + 1
    if not size or not width:
        return villages
    several = np.zeros(size, bool)
    for village, town in zip(villages, townships, strict=True):
        index = np.flatnonzero((village >= 0) & (town >= 0))
        pairs, count = np.unique(village[index].astype(np.int64) * width + town[index], return_counts=True)
        of = pairs // width
        # A wrong township here and there makes no second village.
        own = count >= np.maximum(2, _COMMON * np.bincount(of, count, size)[of])
        several |= np.bincount(of[own], minlength=size) > 1
    if not several.any():
        return villages
    rank = np.cumsum(several) - 1  # of the villages there are several of
    return [
        np.where((v >= 0) & several[v], np.where(t >= 0, size + rank[v] * width + t, -1), v).astype(np.int32)
        for v, t in zip(villages, townships, strict=True)
    ]
