"""Rows among the records that name nobody: filling hints and field codes under the header, end marks, counts,
headings of sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.model.regex import regex

_HINTS = 4  # rows under the header that may explain it
_CELLS = 3  # cells of a row that is nothing but a remark: a number, the remark, one more

_BLANKS = r"[\s\x{3000}\x{00a0}\x{200b}-\x{200f}\x{feff}]+"
_CHILDREN = r"(?:留守)?(?:儿童|学生|幼儿|孩子)"
_PEOPLE = r"(?:人|名|户|个|例|条|位|男|女)"
_END = (
    r"(?:以下|此处以下|此行以下|此处|下)?(?:为)?(?:空白|无正文)|以下(?:为)?[无空]|下空|完|结束|表尾|[本此]页(?:完|无正文)|END"
    r"|(?:本?[表册页]|名单|登记表?)?(?:到此|至此)(?:为止|结束|完)?|以上(?:为|是)?全部.{0,8}"
    r"|(?:暂|[本我][村校镇乡班组园](?:暂|现)?)?无(?:农村)?(?:留守|困境)?(?:儿童|学生|幼儿)?"
)
_COUNT = (
    r"(?:本页|本表|本班|本校|本村|本组|本镇|本乡|全班|全校|全村|全组|全镇|全乡|以上|总)?"
    rf"(?:人数|合计|总计|小计|共计|总数|累计|共有?|计|合共)[:：]?{_CHILDREN}?\d+{_PEOPLE}?{_CHILDREN}?(?:[,，;；、(（。].*)?"
    rf"|(?:其中)?[:：]?[男女](?:生|童|孩|性)?[:：]?\d+{_PEOPLE}?(?:[,，;；、。].*)?"
)
_OF = rf"(?:[(（](?:共|计|合计)?\d+{_PEOPLE}?[)）])?[:：]?"
_YEAR = r"(?:[一二三四五六七八九1-9]|初[一二三]|高[一二三])"
_GRADE = (
    rf"(?:{_YEAR}|学前|[大中小托])(?:年级|班)|[初高][一二三]|(?:学前|小学|初中|高中|幼儿园?|中职)[部段]"
    rf"|{_YEAR}(?:年级)?[(（]?[一二三四五六七八九十\d]{{1,2}}[)）]?班"
)
_NUMBERED = (
    r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])"
    r".{0,20}(?:年级|班|[村组校类]|儿童|孤儿|老人|妇女|部分|情况)"
)
_SHEET = r"(?:花?名册|名单|台账|登记表?|情况|部分|类)*"
_KINDS = rf"(?:农村)?(?:留守|困境|散居|事实无人抚养|重病|重残|流动)?(?:{_CHILDREN}|老人|妇女|孤儿)"
_SLASHES = r"^[/／\\丨|—－\-~～_…]{1,8}$"
_SECTION = rf"(?:{_GRADE})|(?:(?:{_NUMBERED})|(?:{_KINDS})){_SHEET}"
_ALONE = rf"^(?:[(（【\[<《*]*(?:{_END})[)）】\]>》*。.]*|(?:{_COUNT})|(?:{_SECTION}){_OF})$"
_REMARK = regex(_ALONE)
_NUMBER = r"^\d{1,4}(?:\.0)?$"
_PLACE = rf"^[一-鿿]{{2,14}}(?:村|社区|组|小学|中学|学校|幼儿园|街道|教学点){_OF}$"

_HINT = regex(
    r"必填|选填|必录|非必|不填|填写|填报|填到|填全|填至|需填|请填|请选|可填|自动|下拉|选择|多选|单选|格式|例如|^[如例][:：\d]|"
    r"\d\s{0,3}位|位数|大写|小写|数字|文本|字符|汉字|长度|字以内|不超过|保留|小数|日期型|数值|字典|代码表|见附件|见说明|见备注|与.{0,6}一致|"
    r"同户口|按户口|户口簿|身份证上|手机号$|全称|精确到|具体到|年月日|[yY]{2,4}[-/.年]?[mM]{1,2}|无则|没有则|若无"
)
_OPTIONS = regex(r"[^\d/／、|]{1,6}(?:[/／、|或][^\d/／、|]{1,6})+")
_CODE = regex(r"[A-Za-z][A-Za-z0-9_.]{1,40}")
_DATA = regex(r"\d{17}[\dXx]|1[3-9]\d{9}|(?:19|20)\d{2}[-/.年]\d{1,2}|^\d{5}$")


def remark_rows(sheet: Sheet, rows: np.ndarray, leading: Sequence[int]) -> np.ndarray:
    """Which of ``rows`` (positions below a header, bool) are remarks; ``leading``: the first columns."""
    found = np.asarray(_alone(sheet, rows) | _struck(sheet, rows, leading))
    for i in range(min(_HINTS, len(rows))):
        if not found[i] and not _explains([text for _, text in sheet.cells(int(rows[i]))]):
            break
        found[i] = True
    return found


def is_remark(text: str) -> bool:
    """Whether a text is an end mark, a count or a heading and cannot name a child."""
    return _REMARK.fullmatch("".join(text.split())) is not None


def are_remarks(texts: pa.Array) -> np.ndarray:
    """Which texts (bool) are an end mark, a count or a heading and cannot name a child."""
    return _matches(pc.replace_substring_regex(texts, _BLANKS, ""), _ALONE)


def _alone(sheet: Sheet, rows: np.ndarray) -> np.ndarray:
    """Rows of few cells that hold such a remark and besides numbers nothing; rows struck out with slashes."""
    found = np.zeros(len(rows), np.bool_)
    few = np.flatnonzero((sheet.count[rows] > 0) & (sheet.count[rows] <= _CELLS))
    if len(few):
        at = rows[few]
        remarks, others = np.zeros(len(at), np.int32), np.zeros(len(at), np.int32)
        for column in np.flatnonzero(sheet.filled[at].any(axis=0)).tolist():
            text = pc.replace_substring_regex(sheet.text[column].take(pa.array(at)), _BLANKS, "")
            filled = sheet.filled[at, column]
            remark = filled & _matches(text, _ALONE)
            if (sheet.count[at] == 1).any():
                remark |= filled & (sheet.count[at] == 1) & _matches(text, _PLACE)
            remarks += remark
            others += filled & ~remark & ~_matches(text, _NUMBER)
        found[few] = (remarks > 0) & (others == 0)
    return found


def _struck(sheet: Sheet, rows: np.ndarray, leading: Sequence[int]) -> np.ndarray:
    """Rows struck out with slashes from end to end."""
    found = np.zeros(len(rows), np.bool_)
    for column in leading:
        found |= _matches(sheet.take(column, rows), _SLASHES)
    found = np.asarray(found & (sheet.count[rows] >= _CELLS))
    for i in np.flatnonzero(found).tolist():
        found[i] = all(
            re.search(rf"{_SLASHES}|{_NUMBER}", text.strip()) for _, text in sheet.cells(int(rows[i]))
        )
    return found


def _explains(cells: list[str]) -> bool:
    """Whether a row under the header says what is to be filled in, or how a system calls it."""
    texts = ["".join(c.split()) for c in cells]
    texts = [t for t in texts if t]
    hints = [t for t in texts if _HINT.search(t)]
    others = [t for t in texts if not _HINT.search(t)]
    if len(texts) < 2 or any(map(_DATA.search, others)):
        return False
    codes = sum(_CODE.fullmatch(t) is not None for t in texts)
    options = sum(_OPTIONS.fullmatch(t) is not None for t in others)
    return codes * 5 >= len(texts) * 4 > 8 or (len(hints) > 0 and (len(hints) + options) * 2 > len(texts))


def _matches(text: pa.Array, pattern: str) -> np.ndarray:
    return np.asarray(pc.match_substring_regex(text, pattern).to_numpy(zero_copy_only=False), np.bool_)
