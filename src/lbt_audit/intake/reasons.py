"""Why a file or sheet was not audited, and what its owner can do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lbt_audit.model.text import Text

REASONS: Final[Mapping[str, Text]] = {
    # Files that hold something, but nothing that can be read: status "unreadable".
    "empty": Text(
        "文件是空的，没有任何内容，请重新保存后报送",
        "the file is empty, there is nothing in it; save it again and hand it in",
    ),
    "missing": Text(
        "文件在读取前已被移走或删除，请重新放入",
        "the file was moved or deleted before it could be read; put it back",
    ),
    "no_permission": Text(
        "没有读取权限，或文件正被其他程序占用，请关闭占用它的程序后重试",
        "no permission to read it, or another program holds it; close that program and try again",
    ),
    "folder_closed": Text(
        "文件夹打不开，其中的文件没有核查；请检查权限后重试",
        "the folder cannot be opened and the files in it were not audited; check the permissions and try again",
    ),
    "no_file": Text(
        "不是普通文件（设备、管道或套接字），未核查，请移出文件夹",
        "no ordinary file (a device, pipe or socket); not audited. Move it out of the folder",
    ),
    "io_error": Text(
        "读取磁盘出错（{error}），请把文件复制到本机后重试",
        "the disk could not be read ({error}); copy the file to this computer and try again",
    ),
    "damaged": Text(
        "文件已损坏或不完整（可能没有传输完），请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后重新报送",
        "the file is damaged or incomplete (perhaps cut short in transfer); open the original in Excel or WPS, "
        "save it as .xlsx and hand it in again",
    ),
    "encrypted": Text(
        "文件设有打开密码，请取消密码后重新报送",
        "the file has a password; remove the password and hand it in again",
    ),
    "no_sheets": Text(
        "工作簿中没有任何工作表，请检查是否选错文件",
        "the workbook has no sheet; check whether it is the right file",
    ),
    "doctype": Text(
        "文件含有文档类型声明（DOCTYPE），正常的电子表不会有，为安全起见不读取；请用 Excel 或 WPS 另存为 .xlsx",
        "the file holds a document type declaration, which no spreadsheet program writes; it is not read, "
        "for safety. Save it as .xlsx with Excel or WPS",
    ),
    "bomb": Text(
        "压缩包内容异常（解压后达 {size} MB），为安全起见不读取；请把数据复制到新工作簿后重新报送",
        "the package unpacks to an abnormal size ({size} MB) and is not read, for safety; "
        "copy the data into a new workbook and hand it in again",
    ),
    "too_many_parts": Text(
        "压缩包内容异常（内含 {count} 个部件），为安全起见不读取；请把数据复制到新工作簿后重新报送",
        "the package holds an abnormal number of parts ({count}) and is not read, for safety; "
        "copy the data into a new workbook and hand it in again",
    ),
    "too_large": Text(
        "文件过大（{size} MB，上限 {limit} MB），请按乡镇或学校拆分后报送",
        "the file is too large ({size} MB, limit {limit} MB); split it by township or school",
    ),
    "too_many_cells": Text(
        "工作表“{sheet}”范围过大（{rows} 行 × {columns} 列，超过 {limit} 个单元格），"
        "请删除表外的零散内容，或拆分后报送",
        "sheet “{sheet}” is too large ({rows} rows × {columns} columns, more than {limit} cells); "
        "delete stray cells outside the table or split the file",
    ),
    "too_wide": Text(
        "有一行多达 {columns} 列，超过电子表的上限（{limit} 列），请检查分隔符，或用 Excel 或 WPS 另存为 .xlsx 后报送",
        "a line has {columns} columns, more than a spreadsheet can hold ({limit}); check the separators, or save it "
        "as .xlsx with Excel or WPS",
    ),
    "timeout": Text(
        "读取超过 {seconds} 秒仍未完成，已停止；请拆分文件，或把数据复制到新工作簿后重新报送",
        "reading took more than {seconds} s and was stopped; split the file or copy the data into a new workbook",
    ),
    "stalled": Text(
        "内容过于复杂，处理时间过长，已停止；请拆分文件，或把数据复制到新工作簿后重新报送",
        "too intricate: working it out took too long and was stopped; split the file or copy the data into a new workbook",
    ),
    "memory": Text(
        "读取所需内存超过上限（{limit} MB），已停止；请拆分文件，或把数据复制到新工作簿后重新报送",
        "reading needs more memory than allowed ({limit} MB) and was stopped; split the file or copy the data "
        "into a new workbook",
    ),
    "killed": Text(
        "读取中途被系统或其他程序强行结束（内存不足时系统会这样做），没有读完；请关闭其他程序后重新核查，仍不行的请拆分文件",
        "reading was ended from outside, by the system (as it does when memory is short) or another program; close other "
        "programs and audit again, and split the file if that does not help",
    ),
    "crashed": Text(
        "文件内容使读取程序异常退出，请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送",
        "the content of the file ended the reader; open it in Excel or WPS and save it as .xlsx",
    ),
    "link_out": Text(
        "文件夹链接（快捷方式）指向核查范围以外，没有进入，其中的文件没有核查；请把文件复制进来，或直接核查那个文件夹",
        "a folder link that leads out of the audited folder; it was not followed and the files behind it were not "
        "audited. Copy them in, or audit that folder itself",
    ),
    "word_list": Text(
        "这是 Word 或 WPS 文字文档，其中有 {count} 个身份证号码，不能核查，请把表格内容录入电子表后报送",
        "this is a Word document that holds {count} ID numbers, which cannot be audited; enter the table into a "
        "spreadsheet",
    ),
    "text_list": Text(
        "文本中有 {count} 个身份证号码，却不是表格，不能核查，请整理成电子表（.xlsx 或 .csv）后报送",
        "the text holds {count} ID numbers but is no table, so it cannot be audited; make a spreadsheet of it "
        "(.xlsx or .csv)",
    ),
    "database": Text(
        "这是数据库文件（.dbf、.mdb、.accdb），不能直接核查，请用 Excel 或 WPS 打开，另存为 .xlsx 后报送",
        "this is a database file (.dbf, .mdb, .accdb), which cannot be audited; open it in Excel or WPS and save it "
        "as .xlsx",
    ),
    "word": Text(
        "这是 Word 或 WPS 文字文档，不是电子表，请把表格内容录入电子表后报送",
        "this is a Word document, not a spreadsheet; enter the table into a spreadsheet",
    ),
    "presentation": Text(
        "这是演示文稿，不是电子表，请报送电子表",
        "this is a presentation, not a spreadsheet; hand in the spreadsheet",
    ),
    "pdf": Text(
        "这是 PDF 文件，不能核查，请报送原电子表",
        "this is a PDF, which cannot be audited; hand in the spreadsheet it was made from",
    ),
    "ofd": Text(
        "这是 OFD 版式文件，不能核查，请报送原电子表",
        "this is an OFD file, which cannot be audited; hand in the spreadsheet it was made from",
    ),
    "image": Text(
        "这是图片（照片或扫描件），不能核查，请报送电子表",
        "this is a picture (photograph or scan), which cannot be audited; hand in the spreadsheet",
    ),
    "archive": Text(
        "这是压缩包，里面的文件没有核查，请解压到文件夹后重新核查",
        "this is an archive; the files in it were not audited. Unpack it into the folder and audit again",
    ),
    "unsupported": Text(
        "不认识的文件格式，不能核查，请用 Excel 或 WPS 另存为 .xlsx 后报送",
        "unknown file format, which cannot be audited; save it as .xlsx with Excel or WPS",
    ),
    "not_text": Text(
        "扩展名是电子表的，内容却不是电子表（可能是改了扩展名的其他文件），请用 Excel 或 WPS 打开原表，另存为 .xlsx 后报送",
        "the name is that of a spreadsheet but the content is none (perhaps another file renamed); open the table it was "
        "made from with Excel or WPS and save it as .xlsx",
    ),
    "no_table": Text(
        "文件中没有表格，请检查是否选错文件",
        "the file holds no table; check whether it is the right file",
    ),
    # Files that nobody meant as a register: status "ignored".
    "not_a_spreadsheet": Text("不是电子表，未核查", "not a spreadsheet; not audited"),
    "beside_word": Text(
        "与电子表一起报送的文字材料，未核查；若其中有名册，请录入电子表",
        "a letter handed in beside the spreadsheets; not audited. If it holds a register, enter it into a spreadsheet",
    ),
    "beside_pdf": Text(
        "与电子表一起报送的 PDF 或扫描件，未核查；若其中有名册，请报送原电子表",
        "a PDF or scan handed in beside the spreadsheets; not audited. If it holds a register, hand in the spreadsheet",
    ),
    "beside_image": Text(
        "与电子表一起报送的图片，未核查；若拍的是名册，请报送电子表",
        "a picture handed in beside the spreadsheets; not audited. If it shows a register, hand in the spreadsheet",
    ),
    "beside_slides": Text(
        "与电子表一起报送的演示文稿，未核查", "slides handed in beside the spreadsheets; not audited"
    ),
    "own_document": Text(
        "本工具生成的文书，不是报送材料，未核查", "a document this program wrote; not audited"
    ),
    # Sheets, and files with no other sheets, that hold no register of this period: status "ignored".
    "not_register": Text(
        "表头不像任何一种名册或台账，未核查；若确是名册，请在标题中写明是哪种名册，或改用统一表样（命令行可用 --kind 指明）",
        "the headers are those of no register; not audited. If it is one, say which in its title or use the "
        "unified form (on the command line: --kind)",
    ),
    "not_that_register": Text(
        "按指定的表类没有找到表头和记录，未核查；请核对表类是否指对，或改用统一表样",
        "no header and records of the given kind were found; not audited. Check the kind, or use the unified form",
    ),
    "unread_children": Text(
        "有 {count} 行写有儿童身份证号，但标题和表头认不出是哪种名册，没有核查；请写明标题（如“××镇农村留守儿童花名册”），"
        "表头用统一表样的栏目名称，重新报送",
        "{count} rows hold children's ID numbers, but title and headers do not show which register this is, so it was not "
        "audited; give it its title and the column headers of the unified form and hand it in again",
    ),
    "kind_not_audited": Text(
        "这类表（{kind}）不参加本次核查", "registers of this kind ({kind}) are not part of this audit"
    ),
    "empty_sheet": Text("空表", "empty"),
    "own_sheet": Text(
        "本工具写在批注副本中的问题清单", "the list of issues this program put into an annotated copy"
    ),
    "earlier_period": Text(
        "是同一工作簿中较早一期的表，只核查最新一期",
        "an earlier period in the same workbook; the newest was audited",
    ),
    "copied_sheet": Text("与同一工作簿中另一张表内容相同", "the same as another sheet of the workbook"),
}

IGNORED: Final = frozenset(
    {"not_a_spreadsheet", "own_document", "beside_word", "beside_pdf", "beside_image", "beside_slides"}
)
"""Reasons that make a file "ignored"; all others make it "unreadable"."""

NOTES: Final[Mapping[str, Text]] = {
    "extension_mismatch": Text(
        "扩展名是 {extension}，实际内容是 {format}，已按实际内容读取",
        "the name ends in {extension}, the content is {format}; it was read as what it is",
    ),
    "default_password": Text(
        "文件用 Excel 内置密码加密，已直接打开",
        "the file is encrypted with the password built into Excel; it was opened",
    ),
    "own_document": Text("本工具生成的文书", "a document this program wrote"),
    "macros": Text("文件含宏，宏没有运行", "the file holds macros; they were not run"),
    "bad_bytes": Text(
        "第 {lines} 行有无法识别的编码字节，已用“�”代替",
        "undecodable bytes in line {lines}, shown as “�”",
    ),
    "unclosed_quote": Text(
        "第 {line} 行的引号没有闭合，已略去这些引号读取",
        "quotation marks opened in line {line} are never closed; they were left out of account",
    ),
    "bad_references": Text(
        "{count} 个单元格的地址无效，未读取",
        "{count} cells have impossible addresses and were not read",
    ),
    "bad_strings": Text(
        "{count} 个单元格指向不存在的文本，按空白读取",
        "{count} cells point at texts the file does not hold and were read as blank",
    ),
    "padded_numbers": Text(
        "{column} 列的数字靠显示格式补足前导 0，已按显示内容读取",
        "numbers in column {column} get leading zeros from their format only; read as displayed",
    ),
    "damaged_styles": Text(
        "文件的格式定义损坏，日期可能读成数字",
        "the formats in the file are damaged; dates may be read as numbers",
    ),
    "cut_short": Text(
        "文件没有结尾（可能没有下载完），只读到第 {row} 行，请重新导出后报送",
        "the file has no end (perhaps cut short in transfer) and was read up to row {row} only; export it again",
    ),
    "reduced": Text(
        "此格式只能读出值：隐藏行列和公式错误无法识别",
        "only values can be read from this format: hidden rows and formula errors cannot be told",
    ),
}
"""Notes readers make, by topic; the words of rules take precedence where a rule reports the topic."""

FORMAT_NAMES: Final[Mapping[str, str]] = {
    "xlsx": "Excel (.xlsx)",
    "xlsm": "Excel (.xlsm)",
    "xlsb": "Excel (.xlsb)",
    "ods": "OpenDocument (.ods)",
    "fods": "OpenDocument (.fods)",
    "xls": "Excel 97-2003 (.xls)",
    "html": "HTML",
    "spreadsheetml": "XML Spreadsheet 2003",
    "text": "CSV",
}
"""What a file can be, in words that are the same in both languages."""


class RefusedError(Exception):
    """A file that is not read; ``key`` is one of ``REASONS``, ``detail`` fills its placeholders."""

    def __init__(self, key: str, **detail: str) -> None:
        self.key = key
        self.detail = detail
        super().__init__(key)


def reason_text(reason: str, detail: Mapping[str, str] | None = None) -> Text:
    """A reason in words, with its remedy; an unknown key is shown as it is."""
    return _fill(REASONS.get(reason), reason, detail)


def note_text(topic: str, detail: Mapping[str, str] | None = None) -> Text:
    """A reader's note in words."""
    return _fill(NOTES.get(topic), topic, detail)


def _fill(text: Text | None, key: str, detail: Mapping[str, str] | None) -> Text:
    if text is None:
        return Text(key, key)
    values = _Blank({k: str(v) for k, v in (detail or {}).items()})
    return Text(text.zh.format_map(values), text.en.format_map(values))


class _Blank(dict[str, str]):
    """A placeholder without a value shows as "?"."""

    def __missing__(self, key: str) -> str:
        return "?"
