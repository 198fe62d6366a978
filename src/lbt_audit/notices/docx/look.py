"""How official documents look: paper, faces, sizes (GB/T 9704-2012), and what stands in for a missing face.

Chinese faces are named for Windows and WPS. Where one is not installed, the font table tells the
reader's program which other names it goes by and what kind of face to take instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lbt_audit.model.text import Lang
from lbt_audit.notices.docx.escape import escape

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# Sizes of type in half-points: 2号 22pt, 3号 16pt, 4号 14pt, 小4号 12pt, 5号 10.5pt
SIZE_TITLE, SIZE_BODY, SIZE_PAGE, SIZE_TABLE, SIZE_SMALL = 44, 32, 28, 21, 18
LINE = 560  # twentieths of a point: 28pt, exact
MM = 56.6929  # twentieths of a point
# A4; the text block is 156 × 225 mm: margins 37 (head), 28 (binding side), 35, 26
PAGE = {
    "width": 210,
    "height": 297,
    "top": 37,
    "left": 28,
    "bottom": 35,
    "right": 26,
    "footer": 25,
    "header": 18,
}

LATIN = "Times New Roman"
SONG = "宋体"
FANGSONG = "仿宋"
HEITI = "黑体"
KAITI = "楷体"
XIAOBIAOSONG = "方正小标宋简体"


@dataclass(frozen=True)
class Face:
    """``others``: names the same face goes by elsewhere, nearest first; ``family`` is Word's word for the
    kind of face to take where none of them is installed."""

    others: str
    family: str
    panose: str


FACES: Mapping[str, Face] = {
    FANGSONG: Face("仿宋_GB2312,FangSong,STFangsong,FandolFang", "modern", "02010609060101010101"),
    HEITI: Face("SimHei,Noto Sans CJK SC,Source Han Sans SC,STHeiti", "modern", "02010609060101010101"),
    KAITI: Face("楷体_GB2312,KaiTi,STKaiti,FandolKai", "modern", "02010609060101010101"),
    XIAOBIAOSONG: Face("小标宋体,FZXiaoBiaoSong-B05S,华文中宋,宋体", "roman", "02010600030101010101"),
    SONG: Face("SimSun,Noto Serif CJK SC,Source Han Serif SC", "roman", "02010600030101010101"),
    LATIN: Face("Liberation Serif", "roman", "02020603050405020304"),
}


@dataclass(frozen=True)
class Style:
    """A paragraph style. ``face`` is that of Chinese characters; ``first`` the indent of the first line
    in characters; distances in twentieths of a point."""

    name: str
    face: str = FANGSONG
    size: int = SIZE_BODY
    bold: bool = False
    align: str = "both"
    first: int = 0
    line: int = LINE
    before: int = 0
    after: int = 0
    keep: bool = False  # with the next paragraph
    colour: str = ""
    grid: bool = True  # lines stand on the page's grid

    def xml(self, lang: Lang) -> str:
        bold = self.bold or (lang == "en" and self.name.startswith("Head"))
        face = escape(self.face if lang == "zh" else LATIN)
        indent = ""
        if self.first:
            first = self.first * self.size * 10
            indent = f'<w:ind w:firstLineChars="{self.first * 100}" w:firstLine="{first}"/>'
        keep = "<w:keepNext/>" if self.keep else ""
        snap = "" if self.grid else '<w:snapToGrid w:val="0"/>'
        colour = f'<w:color w:val="{self.colour}"/>' if self.colour else ""
        rule = "exact" if self.line > 0 else "auto"
        return (
            f'<w:style w:type="paragraph" w:styleId="{self.name}"><w:name w:val="{self.name}"/><w:qFormat/>'
            f'<w:pPr>{keep}{snap}<w:spacing w:before="{self.before}" w:after="{self.after}" '
            f'w:line="{abs(self.line)}" w:lineRule="{rule}"/>{indent}<w:jc w:val="{self.align}"/></w:pPr><w:rPr>'
            f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{face}" w:cs="{LATIN}"/>'
            f"{'<w:b/>' if bold else ''}{colour}"
            f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/></w:rPr></w:style>'
        )


STYLES = (
    Style("Title", XIAOBIAOSONG, SIZE_TITLE, align="center", line=720, before=280, after=280, grid=False),
    Style("Number", align="center"),
    Style("Addressee", align="left"),
    Style("Body", first=2),
    Style("Head1", HEITI, align="left", first=2, keep=True),
    Style("Head2", KAITI, align="left", first=2, keep=True),
    Style("Right", align="right"),
    Style("Sign", align="right", keep=True),
    Style("Left", align="left", first=2),
    Style("Draft", HEITI, SIZE_SMALL, align="right", line=-240, colour="7F7F7F"),
    Style("TableTitle", HEITI, SIZE_PAGE, align="center", before=120, after=60, keep=True, grid=False),
    Style("TableHead", HEITI, SIZE_TABLE, align="center", line=-240, grid=False),
    Style("TableText", SONG, SIZE_TABLE, align="left", line=-240, grid=False),
    Style("TableMid", SONG, SIZE_TABLE, align="center", line=-240, grid=False),
    Style("Remark", SONG, SIZE_SMALL, align="left", line=-280, before=60, grid=False),
    Style("Page", SONG, SIZE_PAGE, align="left", line=-240),
)


def styles_xml(lang: Lang) -> str:
    face = escape(FANGSONG if lang == "zh" else LATIN)
    return (
        f'{DECLARATION}<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{face}" w:cs="{LATIN}"/>'
        f'<w:sz w:val="{SIZE_BODY}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        f"{''.join(style.xml(lang) for style in STYLES)}</w:styles>"
    )


def fonts_xml() -> str:
    def entry(name: str, face: Face) -> str:
        charset = "00" if name == LATIN else "86"
        return (
            f'<w:font w:name="{escape(name)}"><w:altName w:val="{escape(face.others)}"/>'
            f'<w:panose1 w:val="{face.panose}"/><w:charset w:val="{charset}"/><w:family w:val="{face.family}"/>'
            f'<w:pitch w:val="variable"/></w:font>'
        )

    listed = "".join(entry(name, face) for name, face in FACES.items())
    return f'{DECLARATION}<w:fonts xmlns:w="{MAIN}">{listed}</w:fonts>'


def settings_xml() -> str:
    """Odd and even pages differ: the page number stands on the outer side."""
    return (
        f'{DECLARATION}<w:settings xmlns:w="{MAIN}"><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="doNotCompress"/></w:settings>'
    )


def footer_xml(even: bool) -> str:
    """``— 1 —``, one character from the outer edge."""
    side = 'left="280" w:leftChars="100"' if even else 'right="280" w:rightChars="100"'
    align = "left" if even else "right"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    dash = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return (
        f'{DECLARATION}<w:ftr xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="Page"/><w:ind w:{side}/>'
        f'<w:jc w:val="{align}"/></w:pPr>{dash.format("— ")}{field}{dash.format(" —")}</w:p></w:ftr>'
    )


def header_xml(text: str) -> str:
    return (
        f'{DECLARATION}<w:hdr xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="Draft"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:hdr>'
    )


def section_xml() -> str:
    """Paper, margins, headers and footers of the whole document."""
    mm = {name: round(value * MM) for name, value in PAGE.items()}
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="even" r:id="rId4"/>'
        '<w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="even" r:id="rId6"/>'
        f'<w:pgSz w:w="{mm["width"]}" w:h="{mm["height"]}"/>'
        f'<w:pgMar w:top="{mm["top"]}" w:right="{mm["right"]}" w:bottom="{mm["bottom"]}" w:left="{mm["left"]}" '
        f'w:header="{mm["header"]}" w:footer="{mm["footer"]}" w:gutter="0"/>'
        '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
    )
