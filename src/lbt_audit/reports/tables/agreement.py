"""How far the lists agree, as every report shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from lbt_audit.engine.audit import Audit
from lbt_audit.links.agreement import COUNTS, Agreement, Tally
from lbt_audit.matching.decision.parameters import Parameters
from lbt_audit.matching.decision.printed import as_mapping
from lbt_audit.model.text import Text

HEADS: Final = {
    "unit": Text("单位", "Unit"),
    "rate": Text("一致率", "Match rate"),
    "children": Text("儿童", "Children"),
    "everywhere": Text("各名单都有", "In every list"),
    "school_only": Text("只在学校", "School only"),
    "township_only": Text("只在乡镇", "Township only"),
    "village_only": Text("只在村", "Village only"),
    "partly": Text("缺一份名单", "Missing in one"),
    "doubtful": Text("待核", "To be checked"),
    "differing": Text("内容不一致", "Differing"),
    "by_definition": Text("口径不同", "By definition"),
}
TITLE: Final = Text("三级比对", "Lists compared")
NOTE: Final = Text(
    "一致率 = 各名单都有的儿童 ÷ 应在各名单中的儿童；“口径不同”指只在学校台账、按民政口径不需登记（单亲留守等）的儿童，不计入；"
    "“待核”“内容不一致”是其中的人数。",
    "Match rate = children in every list ÷ children who belong on every list. “By definition”: only in a school's "
    "ledger and not covered by the civil-affairs definition, not counted. “To be checked” and “differing” are "
    "among the others.",
)


def link_summary(audit: Audit) -> Agreement | None:
    """The summary, where rules of this audit compared lists."""
    links = audit.links
    found: Agreement | None = links.agreement if links is not None and links.used else None
    return found


def tallies(summary: Agreement) -> Iterator[Tally]:
    """County, townships, schools."""
    yield summary.county
    yield from summary.townships
    yield from summary.schools


def percent(tally: Tally) -> str:
    return "—" if tally.rate is None else f"{100 * tally.rate:.1f}%"


def unit_name(tally: Tally, lang: str) -> str:
    if tally.unit:
        return tally.unit
    if tally.level == "county":
        return "全县" if lang == "zh" else "County"
    return "（乡镇不明）" if lang == "zh" else "(township unknown)"


def cells(tally: Tally) -> list[int]:
    """Counts in the order of ``HEADS`` from ``children`` on."""
    return [getattr(tally, key) for key in HEADS if key not in ("unit", "rate")]


def as_json(summary: Agreement, parameters: Mapping[tuple[str, str], Parameters]) -> dict[str, Any]:
    """``summary.links`` of the JSON report; ``parameters``: of every two registers that were linked."""
    return {
        "lists": list(summary.lists),
        "county": _object(summary.county),
        "townships": [_object(t) for t in summary.townships],
        "schools": [_object(t) for t in summary.schools],
        "parameters": [
            {"left": left, "right": right, **as_mapping(p)} for (left, right), p in parameters.items()
        ],
    }


def _object(tally: Tally) -> dict[str, Any]:
    rate = None if tally.rate is None else round(tally.rate, 4)
    return {
        "unit": tally.unit or None,
        "township": tally.township or None,
        "children": tally.children,
        "match_rate": rate,
        **{name: getattr(tally, name) for name in COUNTS},
    }
