"""Which files hold rules, and code, title and severity of each: enough for a list, and quick."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lbt_audit.config.located import load_located
from lbt_audit.model.record import dataclass
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Text

SOURCES_FILE = "sources.yaml"
PARAMS_FILE = "params.yaml"
NOT_RULES = (SOURCES_FILE, PARAMS_FILE, "words.yaml", "linked.yaml", "problems.yaml", "sounds.yaml")


@dataclass(frozen=True)
class RuleHead:
    code: str
    title: Text
    severity: Severity


def rule_files(folder: Path, own: Iterable[Path] = ()) -> list[Path]:
    """The shipped rule files in order of their groups, then the county's own."""
    return [p for p in sorted(folder.glob("*.yaml")) if p.name not in NOT_RULES] + list(own)


def rule_heads(files: Iterable[Path]) -> list[RuleHead] | None:
    """Every rule of ``files`` in order; None where one cannot be read, which the catalogue will explain."""
    heads = []
    for path in files:
        data = load_located(path)
        for item in data if isinstance(data, list) else [{}]:
            try:
                heads.append(RuleHead(item["code"], Text.of(item["title"]), Severity.of(item["severity"])))
            except (KeyError, TypeError, AttributeError):
                return None
    return heads
