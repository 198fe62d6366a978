"""``lbt-audit template``: a blank workbook in the unified form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lbt_audit.cli import arguments, exits
from lbt_audit.cli.errors import UsageError
from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import FILE, ConfigOption, argument, option
from lbt_audit.model.text import Text

HELP = both(
    "生成统一格式的空白表：分组表头、下拉选项、文本格式的号码、填写提示、条件颜色、填表说明。\n\n不写表类时列出全部表类。",
    "Write a blank workbook in the unified form: grouped headers, drop-downs, numbers kept as text, input messages, conditional "
    "colours, a page of notes.\n\nWithout KIND, list the kinds.",
)


def template(
    kind: Annotated[
        str | None,
        argument("表类，如 roster 或 花名册", "Kind of register, e.g. roster", both("表类", "KIND")),
    ] = None,
    out: Annotated[
        Path | None,
        option(
            "--out",
            metavar=FILE,
            zh="写到哪个文件（默认：表名.xlsx）",
            en="File to write (default: its title)",
        ),
    ] = None,
    unit: Annotated[
        str,
        option(
            "--unit",
            metavar=both("单位", "UNIT"),
            zh="填报单位，写进标题",
            en="Reporting unit, for the title",
        ),
    ] = "",
    copies: Annotated[
        int,
        option(
            "--copies",
            min=1,
            max=500,
            metavar="N",
            zh="一人一表的空白表要几份，每份一个工作表",
            en="Of a form of one record: how many, a sheet for each",
        ),
    ] = 1,
    config: ConfigOption = None,
) -> int:
    from lbt_audit.engine.rules.load import county_dictionary
    from lbt_audit.model.nearest import did_you_mean
    from lbt_audit.reports.files.names import safe_name
    from lbt_audit.reports.files.write import replacing
    from lbt_audit.templates.blank import blank_kinds, write_blank

    lang = spoken()
    county = arguments.county(config, (Path(),))
    kinds = blank_kinds(county_dictionary(county))
    if kind is None:
        for key, one in kinds.items():
            typer.echo(f"{key:16}{one.title[lang]}")
        return exits.OK
    titles = {k.title.zh: key for key, k in kinds.items()} | {k.title.en: key for key, k in kinds.items()}
    wanted = kind if kind in kinds else titles.get(kind)
    if wanted is None:
        near = did_you_mean(kind, [*kinds, *titles])
        raise UsageError(f"没有这种空白表：{kind}{near.zh}", f"no blank form of this kind: {kind}{near.en}")
    path = out or Path(f"{safe_name(unit) if unit else ''}{kinds[wanted].title.zh}.xlsx")
    if path.suffix.lower() != ".xlsx":
        raise UsageError(
            f"空白表只能写成 .xlsx，不能写成 {path.name}",
            f"a blank form is an .xlsx, which {path.name} is not",
        )
    if path.exists():  # it may be filled in by now
        raise UsageError(
            f"{path} 已存在，可能已经填了内容，不覆盖；请用 --out 另取文件名，或先移走它",
            f"{path} is there already, perhaps filled in, and not overwritten; give another name with --out, or move it",
        )
    with replacing(path) as (stream, written):
        write_blank(stream, wanted, county, unit, lang, copies)
    typer.echo(Text(f"已写 {written[0].path}", f"wrote {written[0].path}")[lang])
    return exits.OK
