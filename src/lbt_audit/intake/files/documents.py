"""Letters, scans and photographs among the tables: which are beside the point, and which stand for a table.

A document is beside the point where tables were handed in with it. It stays a file that nobody could audit
(A06) where it is all that its unit handed in, where its name says it is a register and no table of the same
name lies beside it, and where it is a picture whose name does not say what else it shows: registers on paper
are photographed, and a photograph of one looks like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from lbt_audit.model.regex import regex

TABLES = frozenset({"xls", "xlsx", "xlsm", "xlsb", "xlt", "xltx", "xltm", "et", "ett", "ods", "fods", "csv", "tsv", "tab", "prn",
                    "htm", "html", "xml", "dif", "slk"})  # fmt: skip
"""Extensions by which a file claims to be a table."""
_BESIDE = {
    "word": "beside_word",
    "pdf": "beside_pdf",
    "image": "beside_image",
    "presentation": "beside_slides",
}
_REGISTER = regex(
    r"花名册|名册|名单|台账|登记|信息表|统计表|明细|汇总|一览|表册|摸底|排查表|roster|register|ledger"
)
_OTHER = regex(
    r"通知|公函|复函|来函|请示|批复|报告|说明|方案|总结|简报|承诺|协议|证明|公示|公章|签字|签名|签章|盖章|封面|目录|走访|家访|"
    r"活动|现场|会议|宣传|合影|标志|logo|letter|notice|scan|seal|sign|cover"
)
_UNIT = regex(
    r"(?!关于|全|各|本|我|农村|乡村|乡镇|中小学)[\u4e00-\u9fff]{1,8}?(?:街道|[镇乡村](?!级)|社区|中心校|小学|中学|学校|教学点|幼儿园)"
)
_AFTER = regex(
    r"[\s_\-—()（）【】\[\]0-9]|扫描件?|盖章|签字|签章|纸质|照片|图片|打印|定稿|终稿|最终版?|版|pdf|word"
)


class Companions:
    """The tables among the files handed in, ``names`` being their relative paths."""

    def __init__(self, names: Iterable[str]) -> None:
        paths = [PurePosixPath(n) for n in names]
        tables = [p for p in paths if p.suffix.lower().lstrip(".") in TABLES]
        self._all = "\n".join(map(str, tables))
        self._folders = {p.parts[0] for p in tables if len(p.parts) > 1}
        self._stems = {(p.parent, _core(p)) for p in tables}

    def reason(self, name: str, refusal: str) -> str | None:
        """The reason to ignore the document ``name``, refused for ``refusal``; None: it stays refused."""
        ignored = _BESIDE.get(refusal)
        path = PurePosixPath(name)
        if ignored is None or not self._of_the_unit(path):
            return None
        if (path.parent, _core(path)) in self._stems:
            return ignored
        if refusal == "image":
            return ignored if _OTHER.search(path.stem.lower()) else None
        return None if _REGISTER.search(path.stem.lower()) else ignored

    def _of_the_unit(self, path: PurePosixPath) -> bool:
        """Whether a table comes from the unit ``path`` comes from: the one its name tells, else its folder."""
        unit = _UNIT.match(path.stem)
        if unit is not None:
            return unit.group() in self._all
        return path.parts[0] in self._folders if len(path.parts) > 1 else bool(self._all)


def _core(path: PurePosixPath) -> str:
    """A name without what tells the scan of a table from the table."""
    return _AFTER.sub("", path.stem.lower())
