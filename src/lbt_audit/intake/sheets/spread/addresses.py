"""Parts of an address: 现居住地(省) … 现居住地(详细地址)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.sheets.spread.run import PLACES, Join, Path, Run, field_of
from lbt_audit.model.dictionary import Dictionary, normalise_header
from lbt_audit.model.field import Field
from lbt_audit.model.regex import regex

_PART = regex(
    r"(?P<level>[省市县])(?:份|级)?(?:[(/、]?(?:自治区|直辖市|市|州|区|旗|地)[)、]?)*|区县"
    r"|(?:乡|镇|街道|乡镇)(?:[(/、]?(?:镇|街道|办)[)]?)*|(?:村|社区|居)(?:[(/、]?(?:居|社区|委会)[)]?)*"
    r"|(?:村民)?小?(?P<group>组)|屯|门牌号?|(?:详细)?(?:地址|住址)|详址|小区|路段?|街"
)
_NAMED = {
    "省": regex(r"[省区市]$|^(?:内蒙古|广西|西藏|宁夏|新疆|北京|上海|天津|重庆|香港|澳门|台湾)"),
    "市": regex(r"市$|.{2}州$|盟$|地区$|[县区]$"),
    "县": regex(r"[县区市旗]$"),
    "组": regex(r"[组社屯队]$"),
}
"""Names that say their level themselves; others (贵州, 毕节, 二) are given the word of the header."""
_SHORT = 6  # characters of such a name


def addresses(sheet: Sheet, block: Block, paths: Sequence[Path], dictionary: Dictionary) -> Iterator[Run]:
    """Columns side by side that name parts of one address, in brackets or under a group."""
    parts = [_part(path) for path in paths]
    for base, columns in groupby(range(len(paths)), key=lambda c: parts[c][0]):
        run = list(columns)
        field = field_of(base, dictionary) if len(run) > 1 else None
        if field is not None and field.kind in PLACES and not _own_fields(run, paths, field, dictionary):
            yield Run(run, base, _join([parts[c][1] for c in run]))


def _part(path: Path) -> tuple[Path, str]:
    """(path of the address of which a header names a part, the word its values may lack)."""
    if path:
        leaf = normalise_header(path[-1])
        if len(path) > 1 and (match := _PART.fullmatch(leaf)):
            return path[:-1], match["level"] or match["group"] or ""
        outer, bracket, inner = leaf.removesuffix(")").partition("(")
        if bracket and outer and (match := _PART.fullmatch(inner)):
            return (*path[:-1], outer), match["level"] or match["group"] or ""
    return (), ""


def _own_fields(run: Sequence[int], paths: Sequence[Path], base: Field, dictionary: Dictionary) -> bool:
    """Whether the dictionary has fields of their own for the parts, whose names say of what: then they are no
    parts of one. A bare 乡镇 under 现居住地 is no such field."""
    for path in (paths[c] for c in run):
        field, bare = field_of(path, dictionary), field_of(path[-1:], dictionary) if len(path) > 1 else None
        if field is not None and field.key != base.key and (bare is None or bare.key != field.key):
            return True
    return False


def _join(levels: Sequence[str]) -> Join:
    def join(cells: Sequence[str]) -> str:
        parts: list[str] = []
        for cell, level in zip(cells, levels, strict=True):
            bare = level and cell and len(cell) < _SHORT and not _NAMED[level].search(cell)
            text = cell + level if bare else cell
            if parts and text.startswith((parts[0], "".join(parts))):
                parts = [text]  # the detailed address says it all again
            elif parts and text.startswith(parts[-1]):
                parts[-1] = text
            elif text:
                parts.append(text)
        return "".join(parts)

    return join
