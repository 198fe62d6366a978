"""Heads of rules without parsing their files as YAML, so that listing them takes no time.

Reads only the plain shapes rule files are written in; gives None for anything else, and the caller
loads the catalogue instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lbt_audit.model.text import Text

_CODE = re.compile(r"^- code: ([A-Z][A-Z0-9]*)$")
_KEY = re.compile(r"^  (title|severity):(?: (.*))?$")
_PLAIN = r'"(?:[^"\\]*)"|\'(?:[^\']*)\'|[^"\'{}\[\],#&*!|>%@`][^{}\[\],#]*?'
_FLOW_TEXT = re.compile(rf"^\{{zh: ({_PLAIN}), en: ({_PLAIN})\}}$")
_BLOCK_TEXT = re.compile(r"^    (zh|en): (.+)$")


@dataclass(frozen=True)
class RuleHead:
    code: str
    title: Text
    severity: str  # error | warning | notice


def rule_heads(files: Iterable[Path]) -> list[RuleHead] | None:
    """Every rule of ``files`` in order; None where a file is written in another shape."""
    heads: list[RuleHead] = []
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        starts = [i for i, line in enumerate(lines) if line.startswith("- ")]
        for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
            head = _head(lines[start:stop])
            if head is None:
                return None
            heads.append(head)
    return heads


def _head(lines: list[str]) -> RuleHead | None:
    code = _CODE.match(lines[0])
    severity = ""
    title: Text | None = None
    for number, line in enumerate(lines[1:], 1):
        match = _KEY.match(line)
        if match is None:
            continue
        value = (match.group(2) or "").strip()
        if match.group(1) == "severity":
            severity = value
        else:
            title = _flow(value) if value else _block(lines[number + 1 : number + 3])
        if title is not None and severity:
            break
    if code is None or title is None or severity not in ("error", "warning", "notice"):
        return None
    return RuleHead(code.group(1), title, severity)


def _flow(value: str) -> Text | None:
    match = _FLOW_TEXT.match(value)
    return Text(_scalar(match.group(1)), _scalar(match.group(2))) if match else None


def _block(lines: list[str]) -> Text | None:
    matches = [m for line in lines if (m := _BLOCK_TEXT.match(line))]
    parts: dict[str, str] = {m.group(1): m.group(2) for m in matches}
    return Text(_scalar(parts["zh"]), _scalar(parts["en"])) if len(parts) == 2 else None


def _scalar(text: str) -> str:
    text = text.strip()
    return text[1:-1] if text[:1] in ("'", '"') else text
