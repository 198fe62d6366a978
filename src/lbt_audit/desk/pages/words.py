"""What the desk says besides the texts of an audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lbt_audit.model.text import Text

TITLE: Final = Text("留守儿童表格核查台", "Desk for checking registers")

WORDS: Final[Mapping[str, Text]] = {
    "private": Text(
        "文件只在本机处理，不上网；关闭后不留下任何内容。",
        "Files stay on this machine, offline; nothing is kept once the desk closes.",
    ),
    "skip": Text("跳到正文", "Skip to the content"),
    "end": Text("结束并清除", "Close and remove all"),
    "other_language": Text("English", "中文"),
    # dropping
    "files": Text("文件", "Files"),
    "drop": Text("把花名册、台账等表格拖到这里", "Drop registers here"),
    "drop_more": Text(
        "文件或整个文件夹都可以；改好的文件再拖进来，同名的会替换原来的。",
        "Files or a whole folder; drop a corrected file again and it takes the place of the one of its name.",
    ),
    "choose_files": Text("选择文件", "Choose files"),
    "choose_folder": Text("选择文件夹", "Choose a folder"),
    "most": Text(
        "每个文件最多 {file} MB，共 {files} 个", "At most {file} MB a file, {files} files"
    ),
    "check": Text("开始核查", "Check"),
    "check_again": Text("重新核查", "Check again"),
    "stop": Text("停止", "Stop"),
    "clear_all": Text("全部移除", "Remove all"),
    "remove": Text("移除", "Remove"),
    "no_files": Text("还没有文件。", "No files yet."),
    "file": Text("文件名", "File"),
    "size": Text("大小", "Size"),
    "standing": Text("结论", "Verdict"),
    "issues": Text("问题", "Issues"),
    "remark": Text("说明", "Remark"),
    "waiting": Text("待核查", "not checked yet"),
    "reading": Text("正在读取", "being read"),
    "read": Text("已读取", "read"),
    "changed": Text("已更换，待核查", "changed, not checked yet"),
    "annotated": Text("下载批注副本", "Annotated copy"),
    # progress
    "starting": Text("正在准备…", "Getting ready…"),
    "reading_files": Text("正在读取文件 {done}/{total}：{file}", "Reading files {done}/{total}: {file}"),
    "running_rules": Text("正在逐条核对规则：{rule}", "Running rules: {rule}"),
    "writing": Text("正在写报告和批注副本…", "Writing the report and annotated copies…"),
    "repairing": Text("正在修复 {done}/{total}：{file}", "Repairing {done}/{total}: {file}"),
    "stale": Text(
        "下面是文件更换之前的结果，请重新核查。",
        "The result below is from before the files changed; check again.",
    ),
    "warnings": Text("注意", "Please note"),
    # changes since
    "changes": Text("与改正前相比", "Since the files were corrected"),
    "gone": Text("已改好", "gone"),
    "still": Text("仍在", "still there"),
    "new": Text("新出现", "new"),
    "away": Text(
        "{n} 条所在的文件已移除，没有核查", "In files taken away, of which nobody knows whether they are mended: {n}"
    ),
    "gone_list": Text("已改好的", "What is gone"),
    "new_list": Text("新出现的", "What is new"),
    "still_list": Text("仍在的", "What is still there"),
    "more_lines": Text("……另有 {n} 条，见问题清单", "… and {n} more, see the issue list"),
    # downloads
    "downloads": Text("下载", "Downloads"),
    "count": Text("（{n}）", " ({n})"),
    "all_copies": Text("全部批注副本", "All annotated copies"),
    "all_copies_note": Text(
        "原表加颜色和批注，改好后直接拖回来", "The files with colours and notes; correct them and drop them again"
    ),
    "list": Text("问题清单（Excel）", "Issue list (Excel)"),
    "list_note": Text("每条问题的位置、改法、时限", "Place, remedy and deadline of every issue"),
    "page": Text("审计报告（网页）", "Report (web page)"),
    "page_note": Text("下面的报告存成一个文件", "The report below as one file"),
    # repairs
    "repairs": Text("机械修复", "Mechanical repairs"),
    "repairs_note": Text(
        "全角字符、空格、日期写法、号码格式这类只有一种读法的，可以自动改；要人判断的一律不改，原文件不动。",
        "Full-width characters, blanks, notations of dates, numbers as text: what has one reading can be corrected for you; "
        "what takes a decision stays, and so does the original.",
    ),
    "repair": Text("看看能修复什么", "See what can be repaired"),
    "repaired_none": Text("没有可以机械修复的单元格。", "No cell can be repaired mechanically."),
    "repaired_count": Text("{n} 个单元格可以修复：", "{n} cells can be repaired:"),
    "use_repaired": Text("换成修复后的副本，重新核查", "Use the repaired copies and check again"),
    "repaired_copy": Text("修复副本", "Repaired copy"),
    "change_list": Text("修改清单", "List of changes"),
    "cell": Text("单元格", "Cell"),
    "column": Text("栏目", "Column"),
    "before": Text("原内容", "Before"),
    "after": Text("改为", "After"),
    "why": Text("原因", "Why"),
    "more_cells": Text("……共 {n} 处，全部见修改清单", "… {n} in all, see the list of changes"),
    "all_repaired": Text("全部修复副本和清单", "All repaired copies and lists"),
    # forms
    "forms": Text("空白表", "Blank forms"),
    "forms_note": Text(
        "统一表样，带下拉选项和填写提示；照它填写，问题最少。",
        "The unified forms, with drop-downs and input messages: filled in they have the fewest issues.",
    ),
    # report
    "report": Text("审计报告", "Report"),
    "report_alone": Text("在新标签页中打开", "Open in a tab of its own"),
    # side panel
    "settings": Text("核查设置", "Settings"),
    "settings_note": Text("不填也能核查", "Nothing here has to be filled in"),
    "as_of": Text("统计截止日", "Day of the data"),
    "as_of_note": Text("不填则取表中最新的填报日期", "Left empty: the newest filling date in the files"),
    "profile": Text("口径", "Profile"),
    "profile_default": Text("按县级配置或默认", "As the county file says, or the default"),
    "county": Text("县级配置：", "County file: "),
    "county_none": Text("未使用", "None"),
    "county_choose": Text("选择 lbt-audit.toml", "Choose lbt-audit.toml"),
    "county_note": Text("由县里发给乡镇、学校的配置文件", "Handed out by the county to its townships and schools"),
    "county_remove": Text("不用它", "Do not use it"),
    "help": Text("怎么用", "How to"),
    "help_1": Text("把表格拖进来，等一句结论。", "Drop the registers and wait for the verdict."),
    "help_2": Text(
        "下载批注副本，按颜色和批注改正；或在报告里按儿童逐条看。",
        "Download the annotated copy and correct what is coloured, or go through the report child by child.",
    ),
    "help_3": Text("保存后再拖进来，直到结论变绿。", "Save it and drop it again, until the verdict is green."),
    "help_4": Text("点“结束并清除”，或关掉启动窗口。", "Choose “Close and remove all”, or close the window it started from."),
}  # fmt: skip

SCRIPT_WORDS: Final[Mapping[str, Text]] = {
    "receiving": Text("正在收取 {done}/{total}：{file}", "Taking {done}/{total}: {file}"),
    "taken": Text("收下 {n} 个文件。", "Files taken: {n}."),
    "replaced": Text("{file} 替换了原来的 {old}。", "{file} took the place of {old}."),
    "passed_over": Text("略过 {n} 个系统文件或临时文件。", "Left out, as temporary or the system's own: {n}."),
    "empty_drop": Text("拖进来的不是文件。", "What was dropped is no file."),
    "unreadable_entry": Text("{file}：浏览器读不到，请用“选择文件”。", "{file}: the browser cannot read it; choose it instead."),
    "gone": Text(
        "核查台已经关闭，本页不再可用；请重新启动 lbt-audit desk。",
        "The desk has closed and this page is of no use any more; start lbt-audit desk again.",
    ),
    "ended": Text("已结束，文件已清除，可以关闭本页。", "Closed; the files are removed. You can close this page."),
    "sure_end": Text("结束后，页面上的文件和结果都会清除。结束吗？", "All files and results here will be removed. Close?"),
    "sure_clear": Text("移除全部文件和结果吗？", "Remove all files and results?"),
    "too_large": Text(
        "{file}：文件过大（{size} MB），每个文件最多 {most} MB，没有收下；请按乡镇或学校拆分，或删去表外的空行、图片后再放入",
        "{file}: too large ({size} MB), a file may have {most} MB; not taken. Split it by township or school, or delete empty "
        "rows and pictures outside the table",
    ),
}  # fmt: skip

ENTRY: Final[Mapping[str, Text]] = {
    "token": Text("访问口令", "Access token"),
    "enter": Text("进入", "Enter"),
    "ask": Text(
        "请输入开设核查台的人给你的访问口令。", "Give the access token that whoever opened the desk gave you."
    ),
}
