"""What was written, and for whom, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from lbt_audit.engine.audit import Audit
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.documents import UNITS_FOLDER
from lbt_audit.notices.letter.placeholders import TEMPLATES
from lbt_audit.notices.reply.workbook import FILE_NAME as REPLY_BOOK
from lbt_audit.notices.units.recipients import Recipients
from lbt_audit.reports.workbook.book import FILE_NAME as LIST

_OF_UNITS = (  # what a unit's document is called ends so
    (REPLY_BOOK, Text("整改回复表", "reply workbooks")),
    (TEMPLATES["order"], Text("整改通知书", "orders")),
    (TEMPLATES["supervision"], Text("督办通知", "reminders")),
)
_COPIES = Text("批注副本", "annotated copies")


def written_lines(names: Iterable[PurePath], folder: PurePath, lang: Lang) -> list[str]:
    """``names`` are the documents below ``folder``: the issue list, what is for the office, what goes to all units,
    what goes to each."""
    zh = lang == "zh"
    own: Counter[str] = Counter()
    units: set[str] = set()
    kinds: Counter[Text] = Counter()
    for name in names:
        top, *below = name.parts
        if top == UNITS_FOLDER[lang]:
            units.add(below[0])
            kinds[next((kind for end, kind in _OF_UNITS if below[-1].endswith(end[lang])), _COPIES)] += 1
        else:
            own[f"{top}/" if below else top] += 1
    shared = own.pop(TEMPLATES["circular"][lang], 0)
    lines = [str(folder / LIST[lang])] if own.pop(LIST[lang], 0) else []
    if own:
        shown = [_with_count(name, n, lang) for name, n in own.items()]
        lines.append(str(folder / ("、" if zh else ", ").join(shown)))
    if shared:
        name = folder / TEMPLATES["circular"][lang]
        lines.append(f"{name}（印发各单位的草稿）" if zh else f"{name} (a draft, for all units)")
    if units:
        each = [f"{kind.zh} {n}" if zh else f"{n} {kind.en}" for kind, n in sorted(kinds.items(), key=_order)]
        top = f"{folder / UNITS_FOLDER[lang]}/"
        lines.append(
            f"{top}（分送 {len(units)} 个单位，各一个文件夹：{'、'.join(each)}）"
            if zh
            else f"{top} (a folder for each of {len(units)} units: {', '.join(each)})"
        )
    return lines


def without_letters(audit: Audit, recipients: Recipients) -> Text | None:
    """Why there are none, where several units handed something in and one might look for them."""
    units = {t.unit.township or t.unit.name for s in audit.submissions for t in s.tables}
    if recipients.folders or len(units) < 2:
        return None
    return Text(
        "没有列出单位的县级配置，未生成各单位文件夹、整改通知书和通报；需要时加 --notices",
        "no county file names units, so there are no folders for units, orders and circular; --notices makes them",
    )


def _with_count(name: str, n: int, lang: Lang) -> str:
    if not name.endswith("/"):
        return name
    return f"{name}（{n} 个文件）" if lang == "zh" else f"{name} ({n} file{'s' if n > 1 else ''})"


def _order(counted: tuple[Text, int]) -> int:
    return next((i for i, (_, kind) in enumerate(_OF_UNITS) if kind == counted[0]), len(_OF_UNITS))
