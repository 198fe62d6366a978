"""What a spreadsheet program says where somebody begins to fill in a cell."""

from __future__ import annotations

from typing import Final

from lbt_audit.model.text import Lang, Text
from lbt_audit.templates.form import FormColumn

LONGEST_PROMPT: Final = 250
"""Characters Excel shows."""
LONGEST_TITLE: Final = 31


def prompt(column: FormColumn, lang: Lang) -> str:
    """What is asked, with an example."""
    must = (
        Text("必填。", "Required. ")
        if column.always
        else Text("按情况填写，见填表说明。", "Required in some cases, see the notes. ")
        if column.sometimes
        else Text("", "")
    )
    parts = [must[lang]]
    if column.options:
        several = (
            Text("可多选，用顿号分开：", "Several, with 、 between: ")
            if column.several
            else Text("选项：", "One of: ")
        )
        parts.append(several[lang] + "、".join(column.options))
    elif column.example:
        parts.append(Text("例：", "E.g. ")[lang] + column.example)
    return "".join(parts)
