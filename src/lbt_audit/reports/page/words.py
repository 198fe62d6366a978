"""What the page says besides the texts of an audit."""

from __future__ import annotations

from collections.abc import Mapping

from lbt_audit.model.text import Text

TITLE = Text("农村留守儿童登记数据审计报告", "Audit of the registers of left-behind children")

WORDS: Mapping[str, Text] = {
    # what leads about
    "skip": Text("跳到正文", "Skip to the content"),
    "contents": Text("目录", "Contents"),
    "overview": Text("总览", "Overview"),
    "issues": Text("问题", "Issues"),
    "children": Text("按儿童", "By child"),
    "units": Text("按单位", "By unit"),
    "rules": Text("按规则", "By rule"),
    "files": Text("提交材料", "Files"),
    "theme": Text("明暗", "Light or dark"),
    "theme_auto": Text("随系统", "As the system"),
    "theme_light": Text("浅色", "Light"),
    "theme_dark": Text("深色", "Dark"),
    "print": Text("打印本页", "Print this part"),
    "print_all": Text("打印全部", "Print all"),
    "private": Text(
        "内含未成年人信息，仅供核查整改使用，不得外传。",
        "Holds information about minors: for audit and correction only, not to be passed on.",
    ),
    # headline
    "children_found": Text("有问题的儿童", "children with issues"),
    "causes_found": Text("问题原因", "causes"),
    "issues_found": Text("问题", "issues"),
    "records_read": Text("核查记录", "records audited"),
    "files_read": Text("提交文件", "files handed in"),
    "next_deadline": Text("最近时限", "next deadline"),
    "overdue": Text("已逾期", "overdue"),
    "none": Text("无", "none"),
    "nothing": Text("没有发现问题", "Nothing was found"),
    "nothing_incomplete": Text(
        "没有发现问题，但有规则未能运行完毕，结果不完整", "Nothing was found, but the result is incomplete"
    ),
    "first": Text("先办这些", "To be done first"),
    "first_note": Text("按儿童安全、等级、时限排列", "By the child's safety, severity and deadline"),
    "all_issues": Text("查看全部", "See all"),
    "verdicts": Text("核查结论", "Verdicts"),
    # calendar
    "calendar": Text("整改时限", "Deadlines"),
    "calendar_note": Text(
        "数字为当日到期的问题数；点日期看清单", "Issues due on the day; choose a day to see them"
    ),
    "later": Text("此后", "Later"),
    "weekdays": Text("一 二 三 四 五 六 日", "Mo Tu We Th Fr Sa Su"),
    "counted_from": Text("自此日起算", "counted from here"),
    # matrix, heat, agreement, trend
    "matrix": Text("各乡镇、各规则的问题数", "Issues by township and rule"),
    "matrix_note": Text(
        "颜色越深问题越多；点数字看清单", "The darker the more; choose a number to see the issues"
    ),
    "matrix_more": Text("其余规则", "Other rules"),
    "whole": Text("全部填写的栏目", "Columns filled in throughout"),
    "schools": Text("各学校", "Schools"),
    "no_township": Text("县级及其他", "County and others"),
    "total": Text("合计", "Total"),
    "heat": Text("各栏目填写率", "How fully the columns are filled in"),
    "heat_note": Text(
        "数字为已填单元格的百分比（填了“—”“无”也算已填）；有的栏目并非每名儿童都须填写，该填未填的见问题清单。“·”为表中没有此栏",
        "Percentage of cells filled in, dashes and “none” included; not every column is to be filled in for every "
        "child: what is missing is told as an issue. “·”: no such column",
    ),
    "records": Text("行记录", "records"),
    "field": Text("栏目", "Column"),
    "agreement": Text("三级比对一致率", "Match rates between lists"),
    "trend": Text("历次核查", "Over the audits"),
    "unclosed": Text("未销号", "Open"),
    "closed": Text("已销号", "Closed"),
    "day": Text("日期", "Day"),
    # tables
    "severity": Text("等级", "Severity"),
    "rule": Text("规则", "Rule"),
    "child": Text("儿童", "Child"),
    "message": Text("问题", "What is wrong"),
    "unit": Text("责任单位", "Responsible unit"),
    "level": Text("层级", "Level"),
    "township": Text("所属乡镇", "Township"),
    "deadline": Text("时限", "Deadline"),
    "place": Text("出处", "Place"),
    "status": Text("状态", "Status"),
    "file": Text("文件", "File"),
    "verdict": Text("结论", "Verdict"),
    "registers": Text("表", "Registers"),
    "rows": Text("记录数", "Records"),
    "annotated": Text("批注本", "marked copy"),
    "remark": Text("说明", "Notes"),
    "fix": Text("整改要求", "What to do"),
    "basis": Text("依据", "Basis"),
    "decision": Text("口径", "How vague points were decided"),
    "example_found": Text("错例", "A wrong one"),
    "example_silent": Text("对例", "A right one"),
    "invented": Text("（虚构）", " (invented)"),
    "see_issues": Text("查看问题", "See the issues"),
    "skipped": Text("没有运行的规则", "Rules that did not run"),
    "why": Text("原因", "Why"),
    "quiet": Text("运行而没有发现问题的规则", "Rules that ran and found nothing"),
    "missing": Text("未交、未更新", "Not handed in, or not anew"),
    "handed_in": Text("交了什么", "What was handed in"),
    "handed_in_note": Text("数字为记录行数，“—”为没有", "Numbers of records; “—”: none"),
    "about": Text("核查情况", "How the audit was made"),
    "warning": Text("注意", "Note"),
    # without script
    "noscript": Text(
        "浏览器没有运行脚本：下面只列最要紧的问题，全部问题见问题清单。",
        "Without script only the gravest issues are listed; the workbook holds all.",
    ),
    "first_issues": Text("最要紧的问题", "The gravest issues"),
    "shown_of": Text("列出 {shown} 条，共 {all} 条", "{shown} of {all} shown"),
    "cut": Text(
        "问题过多，本页只收最要紧的 {shown} 条（共 {all} 条），其余见问题清单和 report.json。",
        "Too many for a page: the gravest {shown} of {all}; the workbook and report.json hold the rest.",
    ),
}

SCRIPT_WORDS: Mapping[str, Text] = {
    "all": Text("全部", "All"),
    "search": Text("查找", "Search"),
    "search_hint": Text("姓名、证号、问题、文件……", "name, number, issue, file …"),
    "reset": Text("清除筛选", "Clear filters"),
    "due": Text("时限", "Deadline"),
    "due_late": Text("已逾期", "overdue"),
    "due_3": Text("3 日内", "within 3 days"),
    "due_7": Text("7 日内", "within 7 days"),
    "due_30": Text("30 日内", "within 30 days"),
    "show": Text("显示", "Show"),
    "causes_only": Text("只看原因", "causes only"),
    "with_consequences": Text("连同后果", "with what follows"),
    "found": Text("共 _TOTAL_ 条", "_TOTAL_ issues"),
    "filtered": Text("（全部 _MAX_）", " (of _MAX_)"),
    "cases": Text("共 _TOTAL_ 名", "_TOTAL_ children"),
    "empty": Text("没有符合条件的问题", "No issue fits"),
    "sort": Text("，点按排序", ": sort"),
    "previous": Text("上一页", "Previous"),
    "next": Text("下一页", "Next"),
    "first_page": Text("首页", "First"),
    "last_page": Text("末页", "Last"),
    "per_page": Text("每页 _MENU_ 条", "_MENU_ per page"),
    "copy": Text("复制单元格地址", "Copy the cell's address"),
    "copy_short": Text("复制", "copy"),
    "blank": Text("（空）", "(blank)"),
    "copied": Text(
        "已复制 {address}，可粘贴到表格程序左上角的名称框", "Copied {address}: paste it into the name box"
    ),
    "elsewhere": Text("同一问题还在", "The same also in"),
    "follows": Text("因此还有", "From this also"),
    "other_child": Text("不涉及儿童", "about no child"),
    "side_by_side": Text("各表中的记载", "What the lists say"),
    "differs": Text("与别处不同", "differs"),
    "only_marked": Text("只看有问题或不一致的栏目", "Only what is wrong or differs"),
    "not_whole": Text(
        "本页未收录该儿童的全部登记，只列出问题所指的单元格，其余见所报文件",
        "This page does not hold the whole records of this child, only the cells issues point at; see the files for the rest",
    ),
    "no_cells": Text("没有指到单元格的问题", "No issue points at a cell"),
    "prev_child": Text("上一名", "Previous child"),
    "next_child": Text("下一名", "Next child"),
    "back": Text("返回名单", "Back to the list"),
    "causes": Text("原因", "Causes"),
    "row_of": Text("第 {row} 行", "row {row}"),
    "issue_no": Text("编号", "Number"),
    "printed_cases": Text(
        "打印时逐名列出前 {n} 名，其余见问题清单",
        "The first {n} children are printed; the workbook holds the rest",
    ),
    "printed": Text(
        "打印时列出前 {n} 条，其余见问题清单", "The first {n} are printed; the workbook holds the rest"
    ),
}
