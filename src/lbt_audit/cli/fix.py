"""``lbt-audit fix``: mechanical repairs into a copy."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lbt_audit.cli import arguments, exits
from lbt_audit.cli.errors import UsageError
from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import (
    DATE,
    FILE,
    FOLDER,
    ConfigOption,
    KindOption,
    MaskOption,
    argument,
    option,
)
from lbt_audit.model.text import Lang, Text

if TYPE_CHECKING:
    from lbt_audit.engine.request import Request
    from lbt_audit.model.run import Mask
    from lbt_audit.repairs.repair import Repair

_COPY, _LIST = Text("修复", "repaired"), Text("修改清单", "changes")
_SHOWN = 20  # changes on the screen; all of them stand in the list
HELP = both(
    "机械修复：全角、空格、间隔号、空值标记、日期写法、代码、省市名称、号码格式。写成副本和修改清单，原文件不动；需要判断的一律不改，"
    "列出代码。\n\n退出码：0 没有剩余问题；1 还有问题要人工改正；2 用法或文件有误。",
    "Mechanical repairs: full-width characters, blanks, dots, null markers, notations of dates, codes, places, numbers as "
    "text. Writes a copy and the list of changes, never the file itself; what needs a decision stays and is told with its code."
    "\n\nExit codes: 0 no issues are left; 1 issues are left for people; 2 wrong usage or file.",
)


def fix(
    file: Annotated[Path, argument("要修复的文件", "The file to repair", FILE)],
    out: Annotated[
        Path | None,
        option(
            "--out",
            metavar=FOLDER,
            zh="副本写到哪里（默认：与原文件同处）",
            en="Folder of the copy (default: beside it)",
        ),
    ] = None,
    dry_run: Annotated[
        bool, option("--dry-run", zh="只显示会改什么，不写文件", en="Show what would change, write nothing")
    ] = False,
    config: ConfigOption = None,
    kinds: KindOption = None,
    as_of: Annotated[
        str | None, option("--as-of", metavar=DATE, zh="数据截止日", en="The day of the data")
    ] = None,
    mask: MaskOption = None,
) -> int:
    from lbt_audit.engine.request import Request
    from lbt_audit.repairs.repair import repair

    lang = spoken()
    paths = arguments.existing([file])
    if not file.is_file():
        raise UsageError(
            f"{file} 是文件夹；fix 一次修复一个文件", f"{file} is a folder; fix repairs one file at a time"
        )
    county = arguments.county(config, paths)
    request = Request(
        paths=paths,
        county=county,
        as_of=arguments.day(as_of) if as_of else None,
        kinds=arguments.kinds(kinds or []),
        jobs=1,
        lang=lang,
        mask=arguments.mask(mask, county),
    )
    found = repair(request)
    _show(found, request.mask, lang)
    target = file
    if found.copy is not None and not dry_run:
        target = _write(file, out or file.parent, found, lang)
    return _left(replace(request, paths=(target,)), lang, found.copy is not None and not dry_run)


def _show(found: Repair, mask: Mask, lang: Lang) -> None:
    from rich.console import Console
    from rich.text import Text as Line

    from lbt_audit.repairs.shown import masked, place
    from lbt_audit.repairs.spelling import WHY
    from lbt_audit.reports.text.safe import terminal

    console = Console(highlight=False, soft_wrap=True)
    if not found.changes:
        console.print(Text("没有可以机械修复的单元格", "no cell can be repaired mechanically")[lang])
    for change in found.changes[:_SHOWN]:
        field = found.fields[change.field]
        before, after = map(terminal, masked(change, field, mask))
        line = Line(f"{terminal(place(change))} {field.title[lang]}  ")
        line.append(f"-{before!r}", "red").append(" → ").append(f"+{after!r}", "green")
        console.print(line.append(f"  {WHY[change.why][lang]}"))
    more = len(found.changes) - _SHOWN
    if more > 0:
        console.print(Text(f"……另有 {more} 处", f"… and {more} more")[lang])
    counted = Counter(change.why for change in found.changes)
    if counted:
        parts = [f"{WHY[why][lang]} {n}" for why, n in counted.most_common()]
        total = len(found.changes)
        console.print(Text(f"共 {total} 处：{'；'.join(parts)}", f"{total} cells: {'; '.join(parts)}")[lang])
    for change in found.copy.left if found.copy else ():
        told = Text("由公式算出，未改", "worked out by a formula, not changed")
        console.print(f"{terminal(place(change))}  {told[lang]}")


def _write(file: Path, folder: Path, found: Repair, lang: Lang) -> Path:
    from lbt_audit.repairs.listing import write_list
    from lbt_audit.reports.files.write import replacing

    assert found.copy is not None
    target = _free(folder / f"{file.stem}-{_COPY[lang]}{found.copy.ending}")
    listed = _free(folder / f"{file.stem}-{_LIST[lang]}.xlsx")
    with replacing(target, [file]) as (stream, written):
        stream.write(found.copy.content)
    with replacing(listed, [file]) as (stream, written_list):
        write_list(stream, found.changes, found.fields, lang)
    if found.copy.converted:
        told = Text(
            "原文件不是 .xlsx，副本已转为 .xlsx：内容照原样，公式、格式和图片不在其中",
            "the file is no .xlsx; the copy was made one and holds what the cells show, but no formulas, formats or pictures",
        )
        typer.echo(told[lang])
    for one in (*written, *written_list):
        typer.echo(Text(f"已写 {one.path}", f"wrote {one.path}")[lang])
    return written[0].path


def _free(path: Path) -> Path:
    """``path``, numbered where it is taken: somebody may be at work on an earlier copy."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return found


def _left(request: Request, lang: Lang, repaired: bool) -> int:
    """What an audit of the file says now; gives the exit code."""
    from lbt_audit.engine.run import audit

    result = audit(request)
    counted = Counter(result.issues["rule"].to_pylist())
    if not counted:
        typer.echo(Text("没有剩余问题", "no issues are left")[lang])
        return exits.OK
    parts = "、".join(f"{rule} {n}" for rule, n in sorted(counted.items()))
    after = Text("修复后" if repaired else "", " after the repair" if repaired else "")
    typer.echo(
        Text(
            f"{after.zh}还有 {sum(counted.values())} 个问题要人工改正：{parts}（lbt-audit check 列出每一条）",
            f"{sum(counted.values())} issues are left{after.en}: {parts} (lbt-audit check lists each of them)",
        )[lang]
    )
    return exits.FINDINGS
