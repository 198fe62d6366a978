"""The official documents: order and form, counts, blanks to fill in, no child in the circular."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from tests.ledger.factory import Seen
from tests.ledger.factory import audit as seen_audit
from tests.reports.factory import big_audit, clean_audit, make_audit

from lbt_audit.config.county import County
from lbt_audit.config.schema import NoticesSection
from lbt_audit.ledger.recording.session import enter
from lbt_audit.model.text import Lang, Text
from lbt_audit.model.units import Units
from lbt_audit.notices.circular.letter import circular
from lbt_audit.notices.letter.letter import Letter, write_letter
from lbt_audit.notices.order.letter import order
from lbt_audit.notices.recheck.reinspection import reinspection
from lbt_audit.notices.recheck.supervision import MOST, overdue_units, supervision
from lbt_audit.notices.units.shares import Share, shares
from lbt_audit.notices.wording import day, numeral

COUNTY = County(
    Path("lbt-audit.toml"),
    name="青禾县",
    units=Units.of("青禾县", {"白石镇": (), "清水乡": ()}, {"清水中心小学": "清水乡"}),
    notices=NoticesSection(issuer="青禾县民政局", contact="张老师", phone="0999-7654321"),
)


def written(letter: Letter) -> Any:
    out = io.BytesIO()
    write_letter(letter, out)
    out.seek(0)
    return docx.Document(out)


def text(document: Any) -> str:
    """Paragraphs and tables in their order."""
    lines = []
    for element in document.element.body:
        if element.tag == qn("w:p"):
            lines.append("".join(t.text or "" for t in element.iter(qn("w:t"))))
        elif element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                cells = ["".join(t.text or "" for t in c.iter(qn("w:t"))) for c in row.iter(qn("w:tc"))]
                lines.append(" | ".join(cells))
    return "\n".join(lines)


def share(unit: str, lang: Lang = "zh") -> Share:
    return next(s for s in shares(make_audit(lang)) if s.unit == unit)


def test_the_order_has_its_parts_in_their_order() -> None:
    got = text(written(order(share("白石镇"), COUNTY)))
    parts = [
        "〔2026〕　　号", "签发人：", "关于限期整改农村留守儿童登记数据", "白石镇：", "数据统计截止日 2026年10月31日",
        "问题 3 条，其中错误（红）1 条、矛盾或缺项（黄）2 条，涉及儿童 3 名", "一、发现的主要问题", "（一）完整性",
        "共 2 条：必填项空白 2 条。", "（二）记录内逻辑矛盾", "二、整改要求", "逐条销号", "举一反三", "三、整改时限",
        "请于2026年11月4日前（含当日）完成整改并书面报告", "调休", "四、联系方式", "联系人：张老师；联系电话：0999-7654321",
        "附件：1. 问题分类统计表", "2. 白石镇整改回复表（3 条", "青禾县民政局", "2026年　　月　　日", "（加盖印章）",
        "附件 1", "1 | 完整性 | B02 | 必填项空白 | 黄 | 2", " | 合计 |  |  |  | 3",
    ]  # fmt: skip
    at = -1
    for part in parts:
        found = got.find(part, at + 1)
        assert found > at, part
        at = found


def test_several_deadlines_are_each_named() -> None:
    got = text(written(order(share("清水中心小学"), None)))
    assert "1 条于2026年11月4日前（含当日）；1 条于2026年11月30日前（含当日）" in got
    assert "请于2026年11月30日前（含当日）全部完成" in got
    assert "联系人：　　　　　　；联系电话：" in got  # to be filled in by hand


def test_the_order_in_english() -> None:
    got = text(written(order(share("白石镇", "en"), COUNTY)))
    assert "by 4 November 2026 (that day included)" in got
    assert "1. What was found" in got
    assert not re.search("[一-鿿]", re.sub("白石镇|青禾县民政局|张老师", "", got))


def test_warnings_about_the_calendar_stand_beside_the_deadline() -> None:
    audit = make_audit(warnings=(Text("2027 年按周一至周五推算", "2027 counts Monday to Friday"),))
    made = order(next(s for s in shares(audit) if s.unit == "白石镇"), None)
    assert "（注意：2027 年按周一至周五推算）" in text(written(made))


def test_layout_after_gb_t_9704() -> None:
    document = written(order(share("白石镇"), COUNTY))
    section = document.sections[0]
    assert [round(x.mm) for x in (section.page_width, section.page_height)] == [210, 297]
    margins = section.top_margin, section.left_margin, section.bottom_margin, section.right_margin
    assert [round(x.mm) for x in margins] == [37, 28, 35, 26]
    styles = {p.text.strip(): p.style for p in document.paragraphs}
    body = document.styles["Body"]
    assert body.font.size.pt == 16
    assert body.base_style.paragraph_format.line_spacing.pt == 28
    assert body.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    fonts = {
        name: document.styles[name].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for name in ("Title", "Body", "Head1", "Head2")
    }
    assert fonts == {"Title": "方正小标宋简体", "Body": "仿宋", "Head1": "黑体", "Head2": "楷体"}
    assert document.styles["Title"].font.size.pt == 22
    assert styles["一、发现的主要问题"].name == "Head1"
    assert styles["（一）完整性"].name == "Head2"
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "PageOdd"), (section.even_page_footer, "PageEven")):
        (paragraph,) = footer.paragraphs
        assert (paragraph.text, paragraph.style.name) == ("—  —", side)
        assert paragraph._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
    for header in (section.header, section.even_page_header):
        assert header.paragraphs[0].text == "草稿：文号、签发人、印章、成文日期待填"


def test_every_face_names_what_may_stand_in_for_it() -> None:
    out = io.BytesIO()
    write_letter(order(share("白石镇"), None), out)
    with zipfile.ZipFile(out) as package:
        fonts = etree.fromstring(package.read("word/fontTable.xml"))
    listed = {f.get(qn("w:name")): f.find(qn("w:altName")).get(qn("w:val")) for f in fonts}
    assert "FangSong" in listed["仿宋"]
    assert set(listed) >= {"仿宋", "黑体", "楷体", "方正小标宋简体", "宋体"}


def test_the_same_letter_gives_the_same_bytes() -> None:
    one, two = io.BytesIO(), io.BytesIO()
    write_letter(order(share("白石镇"), COUNTY), one)
    write_letter(order(share("白石镇"), COUNTY), two)
    assert one.getvalue() == two.getvalue()


def test_hostile_text_stays_text() -> None:
    letter = order(share("白石镇"), None)
    hostile = Letter(
        "zh", "<w:b/>&\x00\ud800", "=cmd|'", letter.parts, ["]]>"], {}, year=2026, issuer="</w:p>\x1b[31m"
    )
    got = text(written(hostile))
    assert "<w:b/>&\ufffd\ufffd" in got
    assert "</w:p>\ufffd[31m" in got


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_circular_names_no_child(lang: Lang) -> None:
    audit = make_audit(lang)
    got = text(written(circular(audit, None, COUNTY)))
    for child in audit.issues["child"].to_pylist():
        assert child is None or child not in got
    for number in audit.issues["id_no"].to_pylist():
        assert number is None or number not in got
    for code in audit.issues["fingerprint"].to_pylist():
        assert code not in got


def test_small_counts_are_hidden_in_the_circular() -> None:
    got = text(written(circular(make_audit(), None, COUNTY)))
    (line,) = [ln for ln in got.splitlines() if " | 清水中心小学 | " in ln]
    assert line == "1 | 清水中心小学 | 1 | 78 | ※ | 0 | ※ | ※ | 不足5"
    assert "少于 3 的数" in got


def test_units_are_ranked_by_issues_per_hundred_records() -> None:
    audit = big_audit(4000)
    names = [f"第{i:02d}中心小学" for i in range(48)]
    county = County(Path("x"), units=Units.of("青禾县", {}, dict.fromkeys([*names, "无报小学"], "清水乡")))
    got = text(written(circular(audit, None, county)))
    assert "未报送（或所报文件均无法读取）的学校 49 所" in got  # big_audit's files belong to others
    rows = [ln for ln in got.splitlines() if "中心小学 | " in ln]
    assert len(rows) == 48
    counts = [int(row.split(" | ")[-2]) for row in rows]
    assert sum(counts) == 4000


def entered(tmp_path: Path, n: int = 3) -> Any:
    ledger = tmp_path / "台账.db"
    seen = [Seen(i) for i in range(1, n + 1)]
    enter(seen_audit(date(2026, 10, 31), seen), None, ledger)
    enter(seen_audit(date(2026, 11, 2), seen[1:]), None, ledger)
    return enter(seen_audit(date(2026, 11, 30), seen), None, ledger)


def test_the_reminder_lists_what_is_overdue_and_by_how_much(tmp_path: Path) -> None:
    result = entered(tmp_path)
    ((_, unit), items), *rest = overdue_units(result.inspection.recheck).items()
    assert (unit, len(items), rest) == ("白石镇", 3, [])
    got = text(written(supervision(unit, items, result.inspection.recheck, result.audit.run, COUNTY)))
    assert "你单位有 3 条登记数据问题超过整改时限仍未整改到位，最长已逾期 26 天，其中销号后反弹的 1 条" in got
    assert "应于2026年11月4日前（含当日）完成的 3 条" in got
    assert "抄送：" in got
    assert "1 | 0000000000000001 | D01 | 题 | 杨*峰 | 2026-11-04 | 26 | 反弹" in got


def test_a_long_reminder_says_how_many_rows_it_leaves_out(tmp_path: Path) -> None:
    result = entered(tmp_path, MOST + 7)
    (items,) = overdue_units(result.inspection.recheck).values()
    got = text(written(supervision("白石镇", items, result.inspection.recheck, result.audit.run, None)))
    assert "另有 7 条" in got


def test_the_report_of_a_reinspection_counts_right(tmp_path: Path) -> None:
    result = entered(tmp_path)
    picks = result.inspection.recheck.sample(2)
    got = text(written(reinspection(result.inspection.recheck, picks, "三月", result.audit.run, COUNTY)))
    assert "台账共有问题 3 条：已销号 0 条，未销号 3 条；销号率 0.0%。" in got
    assert "未销号的 3 条中，未整改 2 条，反弹 1 条；其中逾期 3 条。" in got
    assert "本次核查：原有 3 条，反弹 1 条。" in got
    assert "白石镇 | 乡镇 | 3 | 0 | 3 | 3 | 0 | 1 | 0 | 0.0%" in got
    assert "抽取 2 条（随机种子：三月）" in got
    assert all(p.item.row["fingerprint"] in got for p in picks)


def test_a_clean_audit_needs_no_order() -> None:
    assert shares(clean_audit()) == []
    got = text(written(circular(clean_audit(), None, COUNTY)))
    assert "没有发现问题。" in got
    assert " 0 条" not in got


@pytest.mark.parametrize(
    ("n", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")]
)
def test_numerals(n: int, said: str) -> None:
    assert numeral(n) == said


def test_days_have_no_leading_zeros() -> None:
    assert day(date(2026, 1, 3), "zh") == "2026年1月3日"
    assert day(date(2026, 1, 3), "en") == "3 January 2026"
