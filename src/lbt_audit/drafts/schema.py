"""A draft as a schema file: what ``check`` reads the form by, with a reason beside each line, and ``?`` behind what
nobody has confirmed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from lbt_audit.drafts.draft import Draft, DraftColumn
from lbt_audit.drafts.marks import WORDS as MUST
from lbt_audit.drafts.proposals import WORDS as SURE
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.text import Lang, Text
from lbt_audit.schemas.kinds import PROPOSED

_CHECKS: Final[Mapping[str, tuple[str, str]]] = {
    "date": ("calendar_date", "sensitive"),
    "citizen_id": ("citizen_id", "id"),
    "phone": ("mainland_phone", "phone"),
    "name": ("person_name", "name"),
}
"""What the cells of a column of the county's own are → check, privacy; words are text."""
_HEAD: Final = Text(
    """\
# {title}：由 {file} 学得的本县表样（lbt-audit init --learn）。
# 核查时，表头与下面“headers”大体相同的表就按此读取。请逐行核对：
#   字段后带 ? 的尚未确认，该列暂不核查；看对了就删去 ?，不对就改成正确的字段，不需要读取的写 ~。
#   字段名见 docs/schemas.md 和 schemas/columns/；改完用 lbt-audit check 试一遍。
""",
    """\
# {title}: the county's own form, learnt from {file} (lbt-audit init --learn).
# A table whose headers are mostly those below is read by this file. Please look at every line:
#   a field with ? behind it is not confirmed yet, and its column is not audited; take the ? away where it is right,
#   write the right field where it is not, and ~ where the column is not to be read.
#   Fields are listed in docs/schemas.md and schemas/columns/. Try it with lbt-audit check.
""",
)
_REQUIRED: Final = {
    "marked": Text("# 必填栏目（表上标明的）", "# columns that must be filled, as the form marks them"),
    "plain": Text(
        "# 必填栏目：表上没有标明，列出统一表样要求而本表有的；带 ? 的从不空白，确认后删去 ?",
        "# columns that must be filled: the form marks none; those the unified form asks, and with ? those never blank",
    ),
    "unmarked": Text(
        "# 统一表样另要求、表上未标的（需要时移到上面）：",
        "# the unified form asks for these besides (move them up where you do too): ",
    ),
}


def schema_text(draft: Draft, dictionary: Dictionary, lang: Lang) -> str:
    """The file, to be called after its kind."""
    kind = draft.kind
    named = _own_fields(draft, dictionary)
    head = _HEAD[lang].format(title=kind.title[lang], file=_plain(draft.example.file.name))
    parts = [head]
    if draft.level is not None:
        parts.append(f"level: {draft.level}\n")
    if named:
        parts.append(_columns(draft, named))
    parts.append(_headers(draft, named, dictionary, lang))
    parts.append(_required(draft, named, lang))
    return "\n".join(parts)


def _own_fields(draft: Draft, dictionary: Dictionary) -> dict[int, str]:
    """Position → key of the columns no register has: their header in letters."""
    from pypinyin import lazy_pinyin

    taken = set(dictionary.fields)
    found: dict[int, str] = {}
    for n, column in enumerate(draft.columns):
        if column.field is None and not column.joined:
            word = re.sub(r"[^a-z0-9]+", "_", "_".join(lazy_pinyin(column.column.path[-1])).lower()).strip(
                "_"
            )
            key = word = f"own_{word or n + 1}"
            number = 2
            while key in taken:
                key, number = f"{word}_{number}", number + 1
            taken.add(key)
            found[n] = key
    return found


def _columns(draft: Draft, named: Mapping[int, str]) -> str:
    lines = ["columns:"]
    for n, key in named.items():
        column = draft.columns[n]
        title = _quoted(column.column.path[-1])
        check, privacy = _CHECKS.get(column.reads, ("text", "sensitive"))
        lines.append(f"  {key}: {{zh: {title}, en: {title}, checks: {check}, privacy: {privacy}}}")
    return "\n".join(lines) + "\n"


def _headers(draft: Draft, named: Mapping[int, str], dictionary: Dictionary, lang: Lang) -> str:
    lines = ["headers:"]
    for n, column in enumerate(draft.columns):
        if column.joined:
            held = " + ".join(dictionary.fields[f].title[lang] for f in column.joined)
            lines.append(f"  # {_plain(column.column.header)}: {held}")
            continue
        field = column.field or named[n]
        mark = "" if column.confirmed else PROPOSED
        lines.append(
            f"  {_quoted(column.column.header)}: {field}{mark}  # {reason(column, dictionary, lang)}"
        )
    return "\n".join(lines) + "\n"


def reason(column: DraftColumn, dictionary: Dictionary, lang: Lang) -> str:
    """What a column is taken for, how surely and why, in one line."""
    if column.joined:
        return " + ".join(dictionary.fields[f].title[lang] for f in column.joined)
    if column.field is None:
        return Text("没有相近的字段，作为本县自设栏目", "like no field; a column of the county's own")[lang]
    title = dictionary.fields[column.field].title[lang]
    if column.confirmed and not column.proposal.why:
        return title
    why = Text("；", "; ")[lang].join(_plain(text[lang]) for text in column.proposal.why)
    sure = SURE[column.proposal.sure][lang]
    return Text(f"{title}，{sure}{'：' if why else ''}{why}", f"{title}, {sure}{': ' if why else ''}{why}")[
        lang
    ]


def _required(draft: Draft, named: Mapping[int, str], lang: Lang) -> str:
    asked = set(draft.kind.required)
    lines: list[str] = []
    left: list[str] = []
    for n, column in enumerate(draft.columns):
        field = column.field or named.get(n)
        if field is None:
            continue
        open_ = PROPOSED if not column.confirmed else ""
        if draft.marked and column.must is not None:
            lines.append(f"  - {field}{open_}  # {_plain(column.column.header)}：{MUST[column.must][lang]}")
        elif draft.marked and field in asked:
            left.append(field)
        elif not draft.marked and field in asked:
            lines.append(f"  - {field}{open_}  # {_plain(column.column.header)}")
        elif column.must is not None:
            lines.append(
                f"  - {field}{PROPOSED}  # {_plain(column.column.header)}：{MUST[column.must][lang]}"
            )
    head = _REQUIRED["marked" if draft.marked else "plain"][lang]
    body = "\n".join(["required:", *lines]) if lines else "required: []"
    rest = f"\n{_REQUIRED['unmarked'][lang]}{', '.join(left)}" if left else ""
    return f"{head}\n{body}{rest}\n"


def _quoted(text: str) -> str:
    """As YAML has a text in double quotes: the form of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> str:
    """For a comment: in one line, nothing that could end it."""
    return "".join(c if c.isprintable() else " " for c in text)
