"""The parameters of a linkage in words: each with the pairs or rows it was counted from, beside the published share."""

from __future__ import annotations

from collections.abc import Iterator

from lbt_audit.matching.decision.likelihoods import SAME_CHILD, SIBLINGS
from lbt_audit.matching.decision.parameters import Parameters
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
