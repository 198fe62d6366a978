"""The words for what the ledger holds."""

from __future__ import annotations

from lbt_audit.model.text import Text

STATUSES = {
    "new": Text("新增", "new"),
    "open": Text("未整改", "open"),
    "claimed": Text("已报待核", "reported as done, not verified"),
    "false_closing": Text("虚报整改", "falsely reported as done"),
    "relapsed": Text("反弹", "relapsed"),
    "overdue": Text("逾期", "overdue"),
    "waived": Text("豁免", "waived"),
    "closed": Text("已销号", "closed"),
}
DETAILS = {
    "gone": Text("名单中已没有该儿童，请核实去向", "the child stands on the list no longer; find out why"),
}
EVENTS = {
    "found": Text("发现", "found"),
    "closed": Text("复查无此问题，销号", "no longer found: closed"),
    "cause_closed": Text("其原因已销号：", "its cause is closed:"),
    "false_closing": Text("报称已整改，复查仍存在", "reported as done, still found"),
    "relapsed": Text("销号后再次出现", "closed, found again"),
    "reopened": Text(
        "同一截止日的另一次核查仍发现，恢复为未整改", "found by another audit of the same day: open again"
    ),
    "child_corrected": Text(
        "儿童的证号、姓名等有更正，问题延续", "the child's number or name was corrected; goes on"
    ),
    "reply_done": Text("单位报称已整改", "unit: done"),
    "reply_under_way": Text("单位报称整改中", "unit: under way"),
    "reply_disputed": Text("单位提出异议", "unit: disputed"),
    "reply_not_done": Text("单位报称未整改", "unit: not done"),
    "waived": Text("豁免", "waived"),
    "waiver_withdrawn": Text("豁免撤销", "waiver withdrawn"),
}
