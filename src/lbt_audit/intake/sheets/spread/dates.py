"""Year | month | day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.intake.sheets.spread.run import Path, Run, field_of, whole
from lbt_audit.model.dictionary import Dictionary, normalise_header

_PARTS = {"年": 0, "年份": 0, "月": 1, "月份": 1, "日": 2, "日期": 2}
_ENDINGS = ("", "日期", "年月", "时间", "年月日")


def dates(sheet: Sheet, block: Block, paths: Sequence[Path], dictionary: Dictionary) -> Iterator[Run]:
    names = [normalise_header(path[-1]) if path else "" for path in paths]
    for column in range(len(paths) - 1):
        stem = names[column].removesuffix("份").removesuffix("年")
        if not names[column].endswith(("年", "年份")):
            continue
        parts = [n.removeprefix(stem) for n in names[column : column + 3]]
        count = next((i for i, part in enumerate(parts) if _PARTS.get(part) != i), len(parts))
        if count < 2 or any(paths[column + i][:-1] != paths[column][:-1] for i in range(count)):
            continue
        group = paths[column][:-1]
        bare = ((*group[:-1], group[-1] + more) for more in _ENDINGS) if group else ()
        for path in ((*group, stem + more) for more in _ENDINGS) if stem else bare:
            field = field_of(path, dictionary)
            if field is not None and field.kind == "date":
                yield Run(range(column, column + count), path, date_of)
                break


def date_of(cells: Sequence[str]) -> str:
    parts = [whole(c).rstrip("年月日份") for c in cells]
    if parts[0] and not parts[0].isdigit():
        return cells[0]
    signs = "年月日"
    if not parts[0]:
        return "".join(f"{p}{s}" for p, s in zip(parts, signs, strict=False) if p)
    made = ""
    for part, sign in zip(parts, signs, strict=False):
        if not part:
            break
        made += f"{part}{sign}"
    return made
