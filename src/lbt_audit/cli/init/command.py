"""What ``lbt-audit init`` writes, and where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from lbt_audit.cli import arguments, exits
from lbt_audit.cli.errors import UsageError
from lbt_audit.cli.language import both, spoken
from lbt_audit.cli.options import FILE, FOLDER, argument, option
from lbt_audit.model.text import Lang, Text

if TYPE_CHECKING:
    from lbt_audit.drafts.draft import Draft
    from lbt_audit.model.dictionary import Dictionary
    from lbt_audit.model.units import Units

_FILE: Final = "lbt-audit.toml"
HELP = both(
    "写一份县级配置文件 lbt-audit.toml。\n\n用 --learn 给出本县自己的表（空白表或填了几行的都行），则学出表样 schemas/表类.yaml："
    "每个表头对应哪个字段、为什么，认不出的列出最可能的字段，加 ? 待核对；用 --units 从名单或报送文件夹提取单位名单。"
    "已有的文件不加 --force 不覆盖。",
    "Write a county file lbt-audit.toml.\n\nWith --learn FORM (blank or with some rows) it learns the county's own form: "
    "schemas/KIND.yaml says which field each header means and why; headers nobody knows get their most probable field, with ? "
    "until you confirm it. --units takes the list of units from a workbook or from files handed in. Nothing is overwritten "
    "without --force.",
)


def init(
    folder: Annotated[Path, argument("默认：当前文件夹", "Default: this folder", FOLDER)] = Path(),
    learn: Annotated[
        list[Path] | None,
        option(
            "--learn",
            metavar=FILE,
            zh="本县自己的表（xlsx、xls、et、ods、csv），可重复",
            en="The county's own form (xlsx, xls, et, ods, csv); repeatable",
        ),
    ] = None,
    units: Annotated[
        Path | None,
        option(
            "--units",
            metavar=FILE,
            zh="单位名单（工作簿或 CSV），或各单位报送的文件夹",
            en="A list of the units (workbook or CSV), or a folder of what units handed in",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        option(
            "--kind",
            metavar=both("表类", "KIND"),
            zh="表是哪一类，如 roster（默认：看表头）",
            en="Which register the form is, e.g. roster (default: by its headers)",
        ),
    ] = None,
    accept: Annotated[
        bool,
        option(
            "--accept",
            zh="预览已看过：全部推测按确认写",
            en="The preview was looked at: write every proposal as confirmed",
        ),
    ] = False,
    dry_run: Annotated[bool, option("--dry-run", zh="只显示，不写文件", en="Show it, write nothing")] = False,
    force: Annotated[
        bool, option("--force", zh="覆盖已有的文件", en="Overwrite files that are there already")
    ] = False,
) -> int:
    from lbt_audit.engine.rules.load import county_dictionary

    lang = spoken()
    if not (learn or units):
        return _example(folder, dry_run, force, lang)
    dictionary = county_dictionary(None)
    drafts = _drafts(arguments.existing(learn or []), kind, dictionary, lang)
    if accept:
        drafts = [draft.accepted() for draft in drafts]
    found = _units(units, drafts, dictionary) if units is not None else None
    files = _files(folder, drafts, found, dictionary, lang)
    _say(drafts, found, dictionary, lang)
    if dry_run:
        typer.echo(
            Text(
                "未写任何文件（--dry-run）；去掉 --dry-run 即写出，推测的栏目带 ? 待核对；上表全部看对了可再加 --accept，不带 ?",
                "nothing was written (--dry-run). Without it the files are written, proposals with ? to be confirmed; if all "
                "above is right, add --accept and there are none",
            )[lang]
        )
        return exits.OK
    _write(folder, files, bool(drafts), force, lang)
    _next(folder, drafts, lang)
    return exits.OK


def _example(folder: Path, dry_run: bool, force: bool, lang: Lang) -> int:
    """The county file alone, every key explained."""
    from lbt_audit.config.example import COUNTY, example
    from lbt_audit.config.keys import make_key

    path = folder / _FILE
    text = example(lang)
    if dry_run:
        typer.echo(text)
        return exits.OK
    _write(folder, {path: text}, False, force, lang)
    key = make_key(COUNTY, [folder])
    if key is not None:
        told = Text(
            f"问题编号的密钥保存在 {key}（按县名存放，改县名后首次核查时另建）；不要随材料交出",
            f"the key of the issue numbers is kept in {key} (by the name of the county: after a change of name the first "
            "audit makes another); never hand it on with the files",
        )
        typer.echo(told[lang])
    return exits.OK


def _drafts(paths: tuple[Path, ...], kind: str | None, dictionary: Dictionary, lang: Lang) -> list[Draft]:
    """A draft for each kind of register among the examples; what none is made of is told."""
    from lbt_audit.cli.init.preview import told
    from lbt_audit.drafts.draft import draft_of
    from lbt_audit.drafts.example import read_examples

    chosen = _chosen(kind, dictionary) if kind is not None else None
    drafts: dict[str, Draft] = {}
    for path in paths:
        examples, passed = read_examples(path, dictionary)
        for one in passed:
            told(f"{path.name} [{one.sheet}]", one.why, lang)
        for example in examples:
            draft = draft_of(example, dictionary, chosen)
            if draft is None:
                told(f"{path.name} [{example.sheet}]", _NO_KIND, lang)
            elif draft.kind.key not in drafts:
                drafts[draft.kind.key] = draft
            elif {c.header for c in example.columns} != {
                c.column.header for c in drafts[draft.kind.key].columns
            }:
                told(f"{path.name} [{example.sheet}]", _SECOND, lang)
    if paths and not drafts:
        raise UsageError("没有可学的表", "there is no form to learn")
    return list(drafts.values())


_NO_KIND = Text(
    "看不出是哪一类表，用 --kind 指明（表类见 lbt-audit template）",
    "nothing tells which register it is; say so with --kind (lbt-audit template lists them)",
)
_SECOND = Text(
    "与前一张同属一类而表头不同，只学前一张",
    "of the same kind as one before, with other headers; only that one is learnt",
)


def _chosen(kind: str, dictionary: Dictionary) -> str:
    from lbt_audit.model.nearest import did_you_mean

    kinds = {key: k for key, k in dictionary.kinds.items() if k.layout == "list" and k.audited}
    titles = {k.title.zh: key for key, k in kinds.items()} | {k.title.en: key for key, k in kinds.items()}
    found = kind if kind in kinds else titles.get(kind)
    if found is None:
        near = did_you_mean(kind, [*kinds, *titles])
        raise UsageError(f"没有这种表：{kind}{near.zh}", f"no such kind of register: {kind}{near.en}")
    return found


def _units(path: Path, drafts: list[Draft], dictionary: Dictionary) -> Units:
    """Of a folder, its files read by the forms just learnt."""
    from lbt_audit.config.county import County
    from lbt_audit.drafts.proof import written
    from lbt_audit.drafts.units import units_of

    (path,) = arguments.existing([path])
    with written(drafts, dictionary) as schemas:
        return units_of(path, County(Path(_FILE), schemas=tuple(schemas.values())))


def _files(
    folder: Path, drafts: list[Draft], units: Units | None, dictionary: Dictionary, lang: Lang
) -> dict[Path, str]:
    """Path → text of all there is to be written, the county file last."""
    from lbt_audit.drafts.county import county_text
    from lbt_audit.drafts.schema import schema_text

    names = {f"schemas/{draft.kind.key}.yaml": draft for draft in drafts}
    files = {folder / name: schema_text(draft, dictionary, lang) for name, draft in names.items()}
    name = units.county if units is not None else None
    return {**files, folder / _FILE: county_text(name, list(names), units, lang)}


def _say(drafts: list[Draft], units: Units | None, dictionary: Dictionary, lang: Lang) -> None:
    from lbt_audit.cli.init.preview import show_draft, show_units

    for draft in drafts:
        show_draft(draft, dictionary, lang)
    if units is not None:
        show_units(units, lang)


def _write(folder: Path, files: dict[Path, str], learnt: bool, force: bool, lang: Lang) -> None:
    """All of them, or none where one is there already. A county file that is there stays, where forms are added to it."""
    from lbt_audit.reports.files.write import replacing

    county = folder / _FILE
    there = [path for path in files if path.exists() and not force]
    if learnt and there == [county]:
        lines = files.pop(county).splitlines()
        schemas = next(line for line in lines if line.startswith("schemas = "))
        typer.echo(
            Text(
                f"{county} 已存在，未动；请在其中写上一行：{schemas}",
                f"{county} is there already and stays as it is; add this line to it: {schemas}",
            )[lang]
        )
    elif there:
        names = "、".join(map(str, there))
        raise UsageError(
            f"{names} 已存在，不覆盖；确要覆盖请加 --force",
            f"{names} is there already; not overwritten without --force",
        )
    for path, text in files.items():
        with replacing(path) as (stream, written):
            stream.write(text.encode("utf-8"))
        adapt = Text("，请按本县情况修改", "; adapt it to your county") if path == county else Text("", "")
        typer.echo(Text(f"已写 {written[0].path}{adapt.zh}", f"wrote {written[0].path}{adapt.en}")[lang])


def _next(folder: Path, drafts: list[Draft], lang: Lang) -> None:
    count = sum(len(draft.open) for draft in drafts)
    if count:
        typer.echo(
            Text(
                f"还有 {count} 个表头待核对：打开 {folder / 'schemas'} 里的文件，看对了删去字段后的 ?，不对就改；未确认的不核查",
                f"{count} headers are to be looked at: open the files in {folder / 'schemas'}, take the ? away where the field "
                "is right and mend it where not; a column is not audited before",
            )[lang]
        )
