"""The parameters of a linkage as they are told: each with the pairs or rows it was counted from, beside the published share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lbt_audit.matching.decision.likelihoods import SAME_CHILD, SIBLINGS
from lbt_audit.matching.decision.parameters import Parameters, Share
from lbt_audit.matching.levels import Level
from lbt_audit.model.text import Text


def printed(p: Parameters) -> Iterator[Text]:
    """Line by line: households, absence, then how often names differ within one child and among siblings."""
    same, siblings = p.counted["same"], p.siblings.counted
    for share, zh, en in (
        (p.siblings, "每名儿童在同一名单中的兄弟姐妹数", "siblings of a child in its own list"),
        (p.twins, "兄弟姐妹中双胞胎的比例", "share of twins among siblings"),
        (p.absent[0], "左侧名单儿童在右侧缺失的比例（同户另有儿童两边都有的）",
         "left children of households met in both that the right list lacks"),
        (p.absent[1], "右侧名单儿童在左侧缺失的比例（同户另有儿童两边都有的）",
         "right children of households met in both that the left list lacks"),
    ):  # fmt: skip
        n = share.counted
        yield Text(
            f"{zh}：{share.value:.3f}（{f'计自 {n} 条' if n else '先验值'}）",
            f"{en}: {share.value:.3f} ({f'counted from {n} rows' if n else 'prior'})",
        )
    head = Text(
        f"姓名差异的频率：同一儿童（计自证号相同的 {same} 对）／兄弟姐妹（计自 {siblings} 条）",
        f"how often names differ: one child (from {same} pairs with one number) / siblings (from {siblings} rows)",
    )
    yield head
    table = p.tables["name"]
    for level in Level:
        if level != Level.UNKNOWN:
            one, other = table[SAME_CHILD][level], table[SIBLINGS][level]
            yield Text(
                f"  {level.text.zh}：{one:.4f}／{other:.4f}", f"  {level.text.en}: {one:.4f} / {other:.4f}"
            )


def as_mapping(p: Parameters) -> dict[str, Any]:
    """The same for machines; ``counted`` 0 is the published value alone."""
    return {
        "siblings": _share(p.siblings),
        "twins": _share(p.twins),
        "missing_right": _share(p.absent[0]),
        "missing_left": _share(p.absent[1]),
        "names_of_one_child": _names(p, SAME_CHILD, p.counted["same"]),
        "names_of_siblings": _names(p, SIBLINGS, p.siblings.counted),
    }


def _share(share: Share) -> dict[str, Any]:
    return {"value": round(share.value, 4), "counted": share.counted}


def _names(p: Parameters, row: int, counted: int) -> dict[str, Any]:
    shares = p.tables["name"][row]
    return {
        "counted": counted,
        "shares": {v.key: round(float(shares[v]), 5) for v in Level if v != Level.UNKNOWN},
    }
