"""Values in clear are somebody's decision."""

from __future__ import annotations

import sys

from lbt_audit.cli.errors import UsageError, complain
from lbt_audit.model.text import Lang, Text

_TOLD = Text(
    "不脱敏：报告、文档和台账将含儿童和家长的完整姓名、证号和电话，只可交给有权知悉的人",
    "not masked: report, documents and ledger will hold full names, ID numbers and telephones of children and parents; "
    "hand them only to who may know",
)
_QUESTION = Text("继续吗？[y/N] ", "go on? [y/N] ")
_CONSENT = {"y", "yes", "是"}


def unmasked(lang: Lang) -> None:
    """Ask, where somebody sits at a terminal, else tell. Raises UsageError where the answer is no."""
    complain(_TOLD[lang], lang, label=False)
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    sys.stderr.write(_QUESTION[lang])
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in _CONSENT:
        raise UsageError(
            "已取消，没有核查；确实需要时可加 --yes",
            "cancelled, nothing was audited; --yes answers beforehand",
        )
