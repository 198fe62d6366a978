"""What a county's own templates may name, known before anything is audited or recorded."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path

from lbt_audit.config.county import County
from lbt_audit.model.text import Lang, Text
from lbt_audit.notices.letter.letter import Letter

# The county's own template of each document, in the folder the county file names.
TEMPLATES = {
    "order": Text("整改通知书.docx", "notice.docx"),
    "supervision": Text("督办通知.docx", "reminder.docx"),
    "circular": Text("通报.docx", "circular.docx"),
    "reinspection": Text("整改复查报告.docx", "reinspection.docx"),
}
_SOME, _LONGEST = 3, 80  # of what is left out: how many are named, and how much of each
COMMON = "county as_of issued_on year profile issuer contact phone date"
_UNIT = "unit level total closed unclosed overdue false_closing relapsed waived rate"
# Of the document, and of one row of its list.
FIELDS: Mapping[str, tuple[str, str]] = {
    "order": (
        "unit township count errors warnings notices children overdue basis problems demands deadline deadlines attachments",
        "number code title group severity count issues",
    ),
    "supervision": (
        "unit count days false_closing relapsed people opening states demands",
        "number issue code title child deadline days status place",
    ),
    "circular": (
        "opening overall missing kinds ranked note",
        "level rank unit files records count1 count2 count3 total rate",
    ),
    "reinspection": (f"previous overall waivers {_UNIT}", _UNIT),
}


def template_of(county: County | None, kind: str, lang: Lang) -> Path | None:
    """The county's own template for a kind of document, if it has one."""
    folder = county.templates if county is not None else None
    path = folder / TEMPLATES[kind][lang] if folder is not None else None
    return path if path is not None and os.path.lexists(path) else None


def check_templates(county: County | None, lang: Lang) -> list[Text]:
    """What is left out of the county's templates. Raises ConfigError where one is no .docx or names what nobody
    knows. To be asked before an audit is recorded: a run that ends there must leave no trace in the ledger."""
    notes = []
    for kind, (fields, rows) in FIELDS.items():
        path = template_of(county, kind, lang)
        if path is None:
            continue
        from lbt_audit.notices.letter.template import fill_template

        known = dict.fromkeys(f"{COMMON} {fields}".split(), "")
        blank = Letter(lang, "", "", (), (), known, rows=[dict.fromkeys(rows.split(), "")])
        left_out = fill_template(path, blank, io.BytesIO())
        if left_out:
            named, more = (
                ", ".join(what[:_LONGEST] for what in left_out[:_SOME]),
                " …" * (len(left_out) > _SOME),
            )
            zh = f"模板“{path.name}”中指向文档以外的链接或部件（{len(left_out)} 处）没有写入文书：{named}{more}"
            en = f"{path.name}: {len(left_out)} links or parts that lead out of it were left out: {named}{more}"
            notes.append(Text(zh, en))
    return notes
