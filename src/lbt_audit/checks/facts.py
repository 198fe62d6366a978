"""What must stand outside the records: 填报单位, 填报日期, 负责人, 复核人, 填表人."""

from __future__ import annotations

from collections.abc import Mapping

from lbt_audit.checks.base import Check, Outcome, Parameter
from lbt_audit.checks.hits import Place, PlaceHit, PlaceHits
from lbt_audit.checks.places import FORM, by_file, complete, listed_texts
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Table
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text


def run(rule: Rule, book: Book) -> Mapping[str, Outcome] | None:
    """One issue per file and kind of register for all facts (``wanted``: kind → facts, "a|b" = either;
    ``facts``: their words) that no sheet of the file gives; a workbook with a sheet per class or village
    need be signed only once. Forms for one child are signed each: one issue per unit counts those that are
    not."""
    wanted: Mapping[str, list[str]] = rule.params["wanted"]
    words = {key: Text.of(text) for key, text in rule.params["facts"].items()}
    hits, checked = [], 0
    for (_, kind), tables in by_file(rule, book).items():
        if kind not in wanted:
            continue
        checked += len(tables)
        lacking = {
            options[0]: [t for t in tables if not any(_given(t, f) for f in options)]
            for options in (choice.split("|") for choice in wanted[kind])
        }
        missing = {f: ts for f, ts in lacking.items() if ts and (kind == FORM or len(ts) == len(tables))}
        if not missing:
            continue
        told = [_counted(words[f], len(ts)) if kind == FORM else words[f] for f, ts in missing.items()]
        apart = [([t], f) for f, ts in missing.items() for t in ts] if kind == FORM else None
        places = [_place(ts, field) for ts, field in apart or [(tables, f) for f in missing]]
        details = complete(rule, {"count": str(len(missing)), "missing": listed_texts(told)})
        hits.append(PlaceHit(tuple(places), kind, details))
    return {"": PlaceHits(tuple(hits), checked=checked)} if checked else None


def _counted(word: Text, forms: int) -> Text:
    return Text(f"{word.zh}（{forms}份登记表）", f"{word.en} (forms: {forms})")


def _given(table: Table, field: str) -> bool:
    """A fact counts when its text is more than blanks, colons and underlines; as a column of the
    register (填报日期 per record) it counts too."""
    if field in table.columns:
        return True
    text = table.facts[field][0] if field in table.facts else ""
    return bool(text.strip(" \t\u3000\u00a0_—-:：/年月日().（）"))


def _place(tables: list[Table], field: str) -> Place:
    for table in tables:
        if field in table.facts:  # the label is there, the text is not
            _, row, column = table.facts[field]
            return Place(table.path, table.sheet, row, column, field)
    return Place(tables[0].path, tables[0].sheet, None, None, field)


CHECK = Check(
    name="facts",
    parameters={"wanted": Parameter(dict, required=True), "facts": Parameter(dict, required=True)},
    on_book=run,
)
