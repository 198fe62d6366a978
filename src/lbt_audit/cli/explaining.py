"""What ``explain-match`` does: read, find, explain, print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lbt_audit.cli import exits
from lbt_audit.cli.checking import _MASKS, parse_kind
from lbt_audit.cli.errors import UsageError, complain
from lbt_audit.model.text import Lang, Text

NOT_FOUND = 1
MOST = 20  # records of one name explained; the rest are only listed

_VERDICTS = {
    "same": Text("同一儿童", "same child"),
    "misspelt": Text("同一儿童，姓名有异", "same child, name differs"),
    "doubtful": Text("待核", "to be checked"),
    "different": Text("不是同一儿童", "not the same child"),
}


@dataclass(frozen=True)
class Question:
    """The command line of ``explain-match`` as parsed."""

    who: str
    other: str | None
    paths: tuple[Path, ...]
    config: Path | None
    profile: str | None
    kinds: tuple[str, ...]
    mask: str | None
    lang: Lang


def run_explain(asked: Question) -> int:
    """Print why records are one child or not; gives the exit code."""
    for path in asked.paths:
        if not path.exists():
            raise UsageError(f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}")
    from lbt_audit.config import find_county, load_county
    from lbt_audit.engine import explain as engine
    from lbt_audit.engine.request import Request
    from lbt_audit.engine.run import read
    from lbt_audit.reports.safe import terminal

    config = asked.config or find_county(asked.paths[0])
    county = load_county(config) if config is not None else None
    mask = _MASKS[asked.mask or (county.mask if county and county.mask else "partial")]
    kinds = tuple(parse_kind(k) for k in asked.kinds)
    request = Request(asked.paths, county, profile=asked.profile, kinds=kinds, lang=asked.lang, mask=mask)
    reading = read(request)
    book = reading.book
    zh = asked.lang == "zh"
    out = sys.stdout

    def heading(record: engine.Record) -> str:
        kind = reading.run.kind_title(record.kind)
        name = engine.name_of(book, record, mask)
        return terminal(f"{kind} {engine.place_of(book, record)} {name}")

    def verdict(pair: engine.Explained) -> str:
        return _VERDICTS[pair.verdict.key][asked.lang]

    records = engine.find_records(book, asked.who)
    if not records:
        return _none(asked.who, engine.why_not(book, asked.who), asked.lang)
    if asked.other is not None:
        others = engine.find_records(book, asked.other)
        if not others:
            return _none(asked.other, engine.why_not(book, asked.other), asked.lang)
        told = False
        for one in records:
            for other in others:
                pair = engine.explain_pair(book, one, other, asked.lang, mask)
                if pair is not None:
                    told = True
                    out.write(
                        f"{heading(one)}\n{heading(other)}\n  {verdict(pair)}{'：' if zh else ': '}{terminal(pair.text)}\n"
                    )
        if not told:
            complain(
                "两条记录在同一类表中，重复登记由 E01、E02 核查" if zh
                else "both records stand in one kind of register; double entries are E01's and E02's", asked.lang,
            )  # fmt: skip
            return NOT_FOUND
        return exits.OK
    for record in records[:MOST]:
        out.write(f"{heading(record)}\n")
        for kind, pairs in engine.explain_record(book, record, asked.lang, mask):
            title = reading.run.kind_title(kind)
            if not pairs or pairs[0].verdict.key == "different":
                out.write(f"  {title}{'：没有该儿童的记录' if zh else ': no record of the child'}\n")
                if pairs:
                    out.write("    最接近的：\n" if zh else "    nearest:\n")
            for pair in pairs:
                there = pair.right if pair.left == record else pair.left
                out.write(
                    f"  → {heading(there)}\n    {verdict(pair)}{'：' if zh else ': '}{terminal(pair.text)}\n"
                )
    if len(records) > MOST:
        rest = len(records) - MOST
        more = (
            f"另有 {rest} 条同名，请用 文件:工作表!行号 指定："
            if zh
            else f"{rest} more of this name; give FILE:SHEET!ROW:"
        )
        out.write(f"{more}\n")
        for record in records[MOST:]:
            out.write(f"  {heading(record)}\n")
    return exits.OK


def _none(who: str, why: Sequence[Text], lang: Lang) -> int:
    told = "".join("\n" + text[lang] for text in why)
    complain(f"没有找到：{who}{told}" if lang == "zh" else f"not found: {who}{told}", lang)
    return NOT_FOUND
