"""Whole files: empty registers (A05), unreadable ones (A06), and what is no register at all (silent).

=====  =========================================================================================
A05    青禾县职业中学: header only; 清塘村 (11月): a sample row only; 白石镇中心小学: one empty sheet (notice)
A06    a workbook with a password, a truncated one, a PDF, a photograph; 沙坝村: HTML named .xls (read,
       warning)
=====  =========================================================================================
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import xlsxwriter

from sample_data.generate.sheet import Book, Sheet
from sample_data.generate.views import columns
from sample_data.generate.world import World
from sample_data.generate.write import to_bytes

LOCKED = Path(__file__).with_name("locked.bin")  # made once: encryption is salted at random


def a05(world: World) -> None:
    book = Book("school_ledger", "县直学校/青禾县职业中学留守儿童情况登记表.xlsx", "青禾县职业中学",
                "青禾县职业中学留守儿童情况登记表", columns.ledger(False, False))  # fmt: skip
    book.style = {"date": "iso", "since": "dot", "seed": 801, "encoding": "", "spared": True}
    book.facts = {
        "填报单位": "青禾县职业中学",
        "填报时间": "2026年10月25日",
        "校长": "龙明德",
        "填表人": "罗晓燕",
    }
    book.sheets.append(Sheet("登记表", book))
    world.books.append(book)
    world.expect("A05", "只有表头", book=book)
    book = Book("village_book", "清水乡/村级台账/清塘村留守儿童台账(11月).xlsx", "清塘村", "清塘村留守儿童台账",
                columns.village_book())  # fmt: skip
    book.style = {"date": "iso", "since": "dot", "seed": 802, "encoding": "", "spared": True}
    book.facts = {"填报单位": "清水乡清塘村村民委员会", "填报日期": "2026年11月2日"}
    sample = {
        "seq": "例",
        "child_name": "张三",
        "sex": "男",
        "birth_date": "2015-01-01",
        "live_addr": "××村××组",
    }
    book.sheets.append(Sheet("台账", book, sample_row=sample))
    world.books.append(book)
    world.expect("A05", "只有示例行", book=book)
    book = world.book("白石镇中心小学")
    sheet = Sheet("一(3)班", book, subtitle="白石镇中心小学一(3)班留守儿童情况登记表")
    book.sheets.append(sheet)
    world.expect("A05", "该班工作表没有记录", book=book, severity="notice")


def a06(world: World) -> None:
    world.extras["梨园镇/花竹村留守儿童补充名单.xlsx"] = LOCKED.read_bytes()
    world.expect("A06", "有打开密码", path="梨园镇/花竹村留守儿童补充名单.xlsx")
    whole = to_bytes(world.book("核桃树村"))
    world.extras["响石乡/村级台账/核桃树村留守儿童台账(副本).xlsx"] = whole[: len(whole) // 2]
    world.expect("A06", "文件不完整", path="响石乡/村级台账/核桃树村留守儿童台账(副本).xlsx")
    pdf = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\n"
    world.extras["望溪乡/回龙村留守儿童台账(扫描件).pdf"] = (
        pdf + b"endobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    )
    world.expect("A06", "PDF 扫描件", path="望溪乡/回龙村留守儿童台账(扫描件).pdf")
    book = world.book("清水乡/村级台账/沙坝村")
    book.style["content"] = "html"
    world.expect("A06", "扩展名.xls，内容为网页表格", book=book, severity="warning")


def not_registers(world: World) -> None:
    """A price list and the office's temporary file: listed as ignored, no issue."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    workbook.set_properties({"created": datetime(2026, 10, 31)})
    sheet = workbook.add_worksheet("报价")
    for r, line in enumerate(
        (("品名", "规格", "单价(元)", "数量"), ("大米", "25kg", 118, 4), ("菜籽油", "5L", 62, 6))
    ):
        for c, value in enumerate(line):
            sheet.write(r, c, value)
    workbook.close()
    world.extras["白石镇/学校/食堂物资采购价目表.xlsx"] = out.getvalue()


def same_but_et(world: World) -> None:
    """WPS's own extension: the same BIFF content, read like any other."""
    book = world.book("望江坪村")
    book.path = book.path.rpartition(".")[0] + ".et"


def locked_bytes(password: str = "qinghe2026") -> bytes:
    """An encrypted workbook, for making ``locked.bin`` anew; random salts, so never the same twice."""
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = io.BytesIO()
    workbook = xlsxwriter.Workbook(plain, {"in_memory": True})
    workbook.add_worksheet("名单").write(0, 0, "花竹村留守儿童补充名单")
    workbook.close()
    plain.seek(0)
    locked = io.BytesIO()
    OOXMLFile(plain).encrypt(password, locked)
    return locked.getvalue()


ALL = (a05, a06, not_registers, same_but_et)
