"""The columns of the reply workbook a unit fills in and sends back, under the names people give them."""

from __future__ import annotations

import unicodedata

from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.values.text import clean, is_dash, is_placeholder


@dataclass(frozen=True)
class FormColumn:
    """``answer`` marks what the unit fills in; ``aliases`` are other headers read back."""

    key: str
    title: Text
    width: float
    answer: bool = False
    aliases: tuple[str, ...] = ()


COLUMNS = (
    FormColumn("seq", Text("序号", "No."), 6),
    FormColumn(
        "issue", Text("问题编号", "Issue"), 17.5, aliases=("编号", "问题号", "issueno", "issuenumber")
    ),
    FormColumn("rule", Text("规则", "Rule"), 6, aliases=("规则代码", "规则编号", "rulecode")),
    FormColumn("severity", Text("等级", "Severity"), 8),
    FormColumn("child", Text("儿童", "Child"), 8, aliases=("姓名", "儿童姓名", "childname")),
    FormColumn("message", Text("问题描述", "Finding"), 34, aliases=("问题",)),
    FormColumn("place", Text("出处", "Place"), 20),
    FormColumn("fix", Text("整改要求", "What to do"), 22),
    FormColumn(
        "deadline", Text("整改时限（含当日）", "Due (inclusive)"), 11.5, aliases=("整改时限", "时限", "due")
    ),
    FormColumn("status", Text("当前状态", "Status now"), 8, aliases=("状态",)),
    FormColumn(
        "state",
        Text("整改情况", "Reply"),
        9,
        True,
        ("整改完成情况", "完成情况", "是否整改", "整改结果", "答复"),
    ),
    FormColumn(
        "measure", Text("整改措施", "Measure taken"), 20, True, ("措施", "整改说明", "measure", "measures")
    ),
    FormColumn("person", Text("整改人", "Done by"), 8, True, ("责任人", "整改责任人", "经办人", "person")),
    FormColumn(
        "done_on",
        Text("完成日期", "Done on"),
        11,
        True,
        ("整改日期", "完成时间", "整改时间", "整改完成日期", "date"),
    ),
    FormColumn("evidence", Text("佐证材料", "Evidence"), 14, True, ("佐证", "证明材料", "附件")),
    FormColumn("number", Text("台账编号", "Number"), 16),  # to say on the telephone; not read back
)
REQUIRED = ("issue", "state")
ANSWERS = tuple(column.key for column in COLUMNS if column.answer)
UNIT = "unit"
"""A column the workbook does not have, read where somebody put several workbooks together."""
_UNIT_HEADERS = ("责任单位", "整改责任单位", "Responsible unit")

STATES = {
    "done": Text("已整改", "done"),
    "under_way": Text("整改中", "under way"),
    "disputed": Text("有异议", "disputed"),
    "not_done": Text("未整改", "not done"),
}
_STATE_WORDS = {
    "done": (
        "已整改",
        "已完成",
        "完成",
        "整改完毕",
        "已改",
        "已改正",
        "是",
        "done",
        "completed",
        "yes",
        "√",
        "✓",
        "已销号",
        "整改完成",
        "整改到位",
        "已整改到位",
        "已整改完成",
        "已整改完毕",
        "已全部整改",
        "已更正",
        "已纠正",
        "已修改",
        "已补填",
        "已补充",
        "已补齐",
        "已处理",
        "已落实",
    ),
    "under_way": (
        "整改中",
        "正在整改",
        "正在整改中",
        "进行中",
        "整改进行中",
        "部分整改",
        "部分完成",
        "正在办理",
        "办理中",
        "underway",
        "inprogress",
    ),
    "disputed": (
        "有异议",
        "异议",
        "情况不实",
        "情况不符",
        "与事实不符",
        "不属实",
        "不存在",
        "无需整改",
        "disputed",
    ),
    "not_done": ("未整改", "没有整改", "尚未整改", "暂未整改", "未改", "未完成", "否", "notdone", "no", "×"),
}
_REMARK = regex(r"[(（][^)）]*[)）]")
_NOISE = regex(r"[\s\u200b-\u200f\ufeff()（）:：*＊.。_/-]+")


def squeeze(text: str) -> str:
    """Text as compared: NFKC, lower case, no blanks or brackets."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


_BY_HEADER = {
    squeeze(name): column.key
    for column in reversed(COLUMNS)
    for name in (*column.aliases, column.title.zh, column.title.en)
} | {squeeze(name): UNIT for name in _UNIT_HEADERS}
_BY_STATE = {squeeze(word) or word: state for state, words in _STATE_WORDS.items() for word in words}


def column_of(header: str) -> str | None:
    """The form column a header means, however it was rewritten."""
    text = squeeze(header)
    return _BY_HEADER.get(text) or _BY_HEADER.get(text.removesuffix("含当日"))


def state_of(text: str) -> str | None:
    """The state a reply means, whatever is remarked in brackets; None where it is none of the four."""
    for candidate in (text, _REMARK.sub("", text)):
        if found := _BY_STATE.get(squeeze(candidate) or candidate.strip()):
            return found
    return None


def filled(text: str) -> str:
    """What a cell says: nothing where only “/”, 无, —, 暂无, 同上 or the like stands in for an answer."""
    written = clean(text)
    return "" if is_placeholder(written) or is_dash(written) else text.strip()
