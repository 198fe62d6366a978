"""Children written down for a test, among a crowd of others."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lbt_audit.matching import People, Verdict, link
from lbt_audit.values.kind import NO_DATE


def day(text: str | None) -> int:
    return NO_DATE if text is None else int(np.datetime64(text, "D").astype(int))


def people(rows: list[dict[str, str | None]]) -> People:
    """Rows given as mappings; ``birth`` is an ISO date, ``sex`` 1 or 2."""
    texts = {
        c: pa.array([r.get(c) for r in rows], pa.string())
        for c in (
            "name",
            "former_name",
            "id_no",
            "father",
            "father_id",
            "mother",
            "mother_id",
            "guardian",
            "village",
            "school",
        )
    }
    born = np.array([day(r.get("birth")) for r in rows], np.int32)
    phone = pa.array([r.get("phone") for r in rows], pa.string())
    sex = np.array([int(r.get("sex") or 0) for r in rows], np.int8)
    return People(**texts, birth_lo=born, birth_hi=born, sex=sex, phones=(phone,))


def crowd(n: int = 400, seed: int = 5) -> list[dict[str, str | None]]:
    """Other children, so that frequencies mean something."""
    rng = np.random.default_rng(seed)

    def pick(chars: str) -> str:
        return str(rng.choice(list(chars)))

    given = "晓峰雪婷海燕玉兰桂芳龙明强丽华春文武思雨"
    return [
        {
            "name": pick("杨罗吴马韦石王李") + pick(given) + pick(given),
            "birth": str(np.datetime64("2013-01-01") + int(rng.integers(3000))),
            "father": pick("杨罗吴马韦石王李") + pick(given) + pick(given),
            "mother": pick("陈黄周徐孙胡朱高") + pick(given) + pick(given),
            "village": pick("甲乙丙丁戊") + "村", "sex": str(rng.integers(1, 3)),
        }
        for _ in range(n)
    ]  # fmt: skip


HOME: dict[str, str | None] = {
    "father": "覃大贵",
    "mother": "卢秀英",
    "village": "珠岩村",
    "birth": "2013-07-04",
    "sex": "2",
}
GIRL = {**HOME, "name": "覃晶莲", "id_no": "529901201307040127"}


def verdict(
    left: list[dict[str, str | None]], right: list[dict[str, str | None]]
) -> dict[tuple[int, int], Verdict]:
    """Verdicts among the given rows, each table filled up with the same crowd."""
    links = link(people([*left, *crowd()]), people([*right, *crowd()]))
    return {
        (int(i), int(j)): Verdict(int(v))
        for i, j, v in zip(links.left, links.right, links.verdict, strict=True)
        if i < len(left) or j < len(right)
    }
