"""How grave a finding is: 红 / 黄 / 蓝 in the rectification documents."""

from __future__ import annotations

from enum import IntEnum

from lbt_audit.model.text import Text


class Severity(IntEnum):
    """Ordered so that ``max`` is the gravest."""

    NOTICE = 1
    WARNING = 2
    ERROR = 3

    @property
    def key(self) -> str:
        """The word used in the JSON report: ``error``, ``warning`` or ``notice``."""
        return self.name.lower()

    @property
    def colour(self) -> Text:
        """The traffic-light word the documents print."""
        return _COLOUR[self]

    @property
    def label(self) -> Text:
        return _LABEL[self]

    @classmethod
    def of(cls, key: str) -> Severity:
        return cls[key.upper()]


_COLOUR = {
    Severity.ERROR: Text("红", "red"),
    Severity.WARNING: Text("黄", "yellow"),
    Severity.NOTICE: Text("蓝", "blue"),
}
_LABEL = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("矛盾或缺项", "warning"),
    Severity.NOTICE: Text("疑似待核", "notice"),
}
