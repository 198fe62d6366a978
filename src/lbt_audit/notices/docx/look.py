"""How official documents look: paper, faces, sizes (GB/T 9704-2012), and what stands in for a missing face.

Chinese faces are named for Windows and WPS. Where one is not installed, the font table tells the
reader's program which other names it goes by and what kind of face to take instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Length, Mm, Pt, RGBColor

from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Lang

# A4 under python-docx's names; the text block is 156 × 225 mm, bound on the left
PAGE = {
    "page_width": Mm(210),
    "page_height": Mm(297),
    "top_margin": Mm(37),
    "left_margin": Mm(28),
    "bottom_margin": Mm(35),
    "right_margin": Mm(26),
    "footer_distance": Mm(25),
    "header_distance": Mm(18),
    "gutter": Mm(0),
}
TEXT_WIDTH = Mm(156)
LINE_GRID = {"type": "lines", "linePitch": 579}  # twentieths of a point: 22 lines to a page

# 2号, 3号, 4号, 5号, 小5号
SIZE_TITLE, SIZE_BODY, SIZE_PAGE, SIZE_TABLE, SIZE_SMALL = Pt(22), Pt(16), Pt(14), Pt(10.5), Pt(9)
LATIN = "Times New Roman"
SONG = "宋体"
FANGSONG = "仿宋"
HEITI = "黑体"
KAITI = "楷体"
XIAOBIAOSONG = "方正小标宋简体"


def _face(others: str, family: str, panose: str, charset: str = "86") -> Mapping[str, str]:
    """An entry of the font table: ``others`` are names the same face goes by elsewhere, nearest first;
    ``family`` is Word's word for the kind of face to take where none of them is installed."""
    kind = {"panose1": panose, "charset": charset, "family": family, "pitch": "variable"}
    return {"altName": others, **kind}


FACES = {
    FANGSONG: _face("仿宋_GB2312,FangSong,STFangsong,FandolFang", "modern", "02010609060101010101"),
    HEITI: _face("SimHei,Noto Sans CJK SC,Source Han Sans SC,STHeiti", "modern", "02010609060101010101"),
    KAITI: _face("楷体_GB2312,KaiTi,STKaiti,FandolKai", "modern", "02010609060101010101"),
    XIAOBIAOSONG: _face("小标宋体,FZXiaoBiaoSong-B05S,华文中宋,宋体", "roman", "02010600030101010101"),
    SONG: _face("SimSun,Noto Serif CJK SC,Source Han Serif SC", "roman", "02010600030101010101"),
    LATIN: _face("Liberation Serif", "roman", "02020603050405020304", "00"),
}


@dataclass(frozen=True)
class Style:
    """A paragraph style; what is None is as in ``Normal``."""

    name: str
    face: str = FANGSONG  # of Chinese characters
    size: Length = SIZE_BODY
    align: ALIGN | None = None
    indent: Mapping[str, int] = field(default_factory=dict)  # firstLine, left, right: in characters
    line: Length | float | None = None  # a height, or a number of lines
    before: int = 0  # points
    after: int = 0
    keep: bool | None = None  # with the next paragraph
    bold: tuple[Lang, ...] = ()
    colour: RGBColor | None = None
    grid: bool = True  # lines stand on the page's grid


_TWO = {"firstLine": 2}
STYLES = (
    Style("Normal", align=ALIGN.JUSTIFY, line=Pt(28)),
    Style("Title", XIAOBIAOSONG, SIZE_TITLE, ALIGN.CENTER, line=Pt(36), before=14, after=14, grid=False),
    Style("Number", align=ALIGN.CENTER),
    Style("Addressee", align=ALIGN.LEFT),
    Style("Body", indent=_TWO),
    Style("Head1", HEITI, align=ALIGN.LEFT, indent=_TWO, keep=True, bold=("en",)),
    Style("Head2", KAITI, align=ALIGN.LEFT, indent=_TWO, keep=True, bold=("en",)),
    Style("Right", align=ALIGN.RIGHT),
    Style("Sign", align=ALIGN.RIGHT, keep=True),
    Style("Left", align=ALIGN.LEFT, indent=_TWO),
    Style("Draft", HEITI, SIZE_SMALL, ALIGN.RIGHT, line=1, colour=RGBColor(0x7F, 0x7F, 0x7F)),
    Style("TableTitle", HEITI, SIZE_PAGE, ALIGN.CENTER, before=6, after=3, keep=True, grid=False),
    Style("TableHead", HEITI, SIZE_TABLE, ALIGN.CENTER, line=1, grid=False),
    Style("TableText", SONG, SIZE_TABLE, ALIGN.LEFT, line=1, grid=False),
    Style("TableMid", SONG, SIZE_TABLE, ALIGN.CENTER, line=1, grid=False),
    Style("Remark", SONG, SIZE_SMALL, ALIGN.LEFT, line=7 / 6, before=3, grid=False),
    Style("PageOdd", SONG, SIZE_PAGE, ALIGN.RIGHT, {"right": 1}, line=1),
    Style("PageEven", SONG, SIZE_PAGE, ALIGN.LEFT, {"left": 1}, line=1),
)

# The style of tables: thin lines all round, margins of a cell in twentieths of a point
TABLE = "Grid"
TABLE_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
TABLE_MARGINS = {"top": 40, "left": 60, "bottom": 40, "right": 60}
