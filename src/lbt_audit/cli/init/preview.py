"""What was learnt, on the terminal: each column of the form with its field, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import typer

from lbt_audit.drafts.draft import Draft, DraftColumn
from lbt_audit.drafts.marks import WORDS as MUST
from lbt_audit.drafts.proof import proved
from lbt_audit.drafts.proposals import WORDS as SURE
from lbt_audit.drafts.proposals import Sure
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.location import column_letter
from lbt_audit.model.text import Lang, Text
from lbt_audit.model.units import Units
from lbt_audit.reports.text.safe import terminal

_COLOURS: Final[Mapping[Sure, str]] = {
    "known": "green", "likely": "cyan", "possible": "yellow", "unsure": "red", "unknown": "red",
}  # fmt: skip
_HEADS: Final = (
    Text("列", "Column"), Text("表头", "Header"), Text("字段", "Field"), Text("把握", "How sure"), Text("必填", "Required"),
    Text("依据", "Why"),
)  # fmt: skip
_OWN: Final = Text("（本县自设栏目）", "(the county's own)")
_LEVELS: Final = {
    "township": Text("乡镇", "township"),
    "village": Text("村", "village"),
    "school": Text("学校", "school"),
}


def told(where: str, what: Text, lang: Lang) -> None:
    typer.echo(f"{terminal(where)}: {what[lang]}", err=True)


def show_draft(draft: Draft, dictionary: Dictionary, lang: Lang) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    example, kind = draft.example, draft.kind
    level = _LEVELS.get(draft.level or kind.level, Text("", ""))[lang]
    whose = Text(f"{level}填报", f"of a {level}")[lang] if level else ""
    table = Table(
        title=terminal(
            f"{example.file.name} [{example.sheet}] → {kind.title[lang]}（{kind.key}.yaml） {whose}"
        ),
        title_justify="left",
    )
    for head in _HEADS:
        table.add_column(head[lang], overflow="fold")
    for column in draft.columns:
        table.add_row(*_cells(column, dictionary, lang))
    console.print(table)
    if draft.others:
        others = "、".join(dictionary.kinds[other].title[lang] for other in draft.others)
        console.print(
            Text(f"也可能是：{others}（用 --kind 指明）", f"it may also be: {others} (say so with --kind)")[
                lang
            ]
        )
    console.print(_summary(draft, dictionary, lang))


def _cells(column: DraftColumn, dictionary: Dictionary, lang: Lang) -> list[Any]:
    from rich.text import Text as Line

    fields = column.joined or ((column.field,) if column.field else ())
    title = " + ".join(dictionary.fields[f].title[lang] for f in fields) or _OWN[lang]
    sure = column.proposal.sure
    why = Text("；", "; ")[lang].join(text[lang] for text in column.proposal.why)
    return [
        column_letter(column.column.index),
        Line(terminal(column.column.header)),
        Line(title),
        Line(SURE[sure][lang], _COLOURS[sure]),
        MUST[column.must][lang] if column.must else "",
        Line(terminal(why)),
    ]


def _summary(draft: Draft, dictionary: Dictionary, lang: Lang) -> str:
    """How much is to be looked at, and whether the example is read by its own schema."""
    count, left = len(draft.columns), len(draft.open)
    said = Text(
        f"{count} 栏，{count - left} 栏认得，{left} 栏待核对。",
        f"{count} columns, {count - left} known, {left} to be looked at. ",
    )
    proof = proved(draft, dictionary)
    if proof.kinds == (draft.kind.key,) and proof.read == proof.columns:
        done = Text(
            "用此表样试读：表类正确，各栏都读到。", "Read again by this schema: the right kind, every column."
        )
    else:
        kinds = "、".join(dictionary.kinds[k].title[lang] for k in proof.kinds) or "—"
        rest = "、".join(map(terminal, proof.left))
        done = Text(
            f"用此表样试读：认作 {kinds}，读到 {proof.read} 栏，未读到：{rest}。",
            f"Read again by this schema: {kinds}, {proof.read} columns; not read: {rest}.",
        )
    return said[lang] + done[lang]


def show_units(units: Units, lang: Lang) -> None:
    towns = [town for town in units.townships if town]
    villages = sum(len(units.townships[town]) for town in towns)
    loose = len(units.townships.get("", ()))
    homeless = sum(town not in towns for town in units.schools.values())
    typer.echo(
        Text(
            f"单位：{len(towns)} 个乡镇、{villages} 个村、{len(units.schools)} 所学校"
            + (f"；{loose} 个村没有看出属于哪个乡镇（列在注释里）" if loose else "")
            + (f"；{homeless} 所学校没有看出属于哪个乡镇" if homeless else ""),
            f"Units: {len(towns)} townships, {villages} villages, {len(units.schools)} schools"
            + (f"; {loose} villages of an unknown township (in a comment)" if loose else "")
            + (f"; {homeless} schools of an unknown township" if homeless else ""),
        )[lang]
    )
