"""The result of an audit: columnar, so that ten findings a row cost no more than the reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lbt_audit.engine.cases.table import case_table
from lbt_audit.intake.table import Submission
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import RuleRun
from lbt_audit.model.run import Run

if TYPE_CHECKING:
    from lbt_audit.engine.identity.children import ChildIndex

_WORD = pa.dictionary(pa.int32(), pa.string())

ISSUE_SCHEMA = pa.schema(
    [
        ("fingerprint", pa.string()),  # 16 hex digits, unique within an audit
        ("rule", _WORD),
        ("severity", pa.int8()),  # Severity
        ("safety", pa.bool_()),  # a child may not be looked after
        ("title", _WORD),
        ("message", pa.string()),  # values masked as the run says
        ("fix", _WORD),
        ("child", pa.string()),  # masked; null where the issue is about no child
        ("id_no", pa.string()),  # masked; null
        ("unit", _WORD),  # reporting unit of the sheet
        ("township", _WORD),
        ("village", _WORD),
        ("school", _WORD),
        ("responsible_level", _WORD),
        ("responsible_unit", _WORD),
        ("responsible_township", _WORD),  # of a village or school; null
        ("deadline_class", _WORD),
        ("deadline", pa.date32()),
        ("status", _WORD),  # new | open | overdue | relapsed | claimed | waived
        ("child_key", pa.string()),  # salted hash of the child (or unit) the issue is about
        ("case", pa.string()),  # 16 hex digits: all issues told of one child; null where it is about none
        ("follows", pa.string()),  # fingerprint of the issue this one comes from; null
        (
            "line",
            pa.string(),
        ),  # fingerprint of the issue that heads its line: itself, or the same rule's elsewhere
        ("number", pa.string()),  # what people say of it, as the ledger keeps it; null without one
        (
            "probability",
            pa.float64(),
        ),  # that a record it points at is the child's; null where nothing is doubtful
        ("repeats", pa.bool_()),  # says nothing that the issue it follows does not say
    ]
)
LOCATION_SCHEMA = pa.schema(
    [
        ("issue", pa.int32()),  # index into issues; rising
        ("path", _WORD),
        ("sheet", _WORD),
        ("row", pa.int32()),  # as the spreadsheet shows it; null = whole sheet or file
        ("column", _WORD),  # letters; null
        ("field", _WORD),
        ("value", pa.string()),  # masked; null
    ]
)
REST_SCHEMA = pa.schema(
    [
        ("issue", pa.int32()),  # index into issues
        ("kind", pa.string()),  # a register it rests on without pointing at it: a list that lacks the child
    ]
)


@dataclass(frozen=True)
class Audit:
    """Everything the documents are made of.

    ``issues`` (ISSUE_SCHEMA) is ordered by weight: a child's safety, severity, deadline, causes before what
    follows, the likelier of what is doubtful, then path, sheet, row and rule of the first location, so two audits of
    the same files are equal to the byte. ``verdicts`` maps path → accepted, accepted_with_errors or rejected.
    """

    run: Run
    submissions: tuple[Submission, ...]
    rules: tuple[RuleRun, ...]
    issues: pa.Table
    locations: pa.Table
    verdicts: Mapping[str, str] = field(default_factory=dict)
    children: ChildIndex | None = None  # where it was asked for
    rests: pa.Table = field(default_factory=REST_SCHEMA.empty_table)
    previous: tuple[Submission, ...] = ()  # last period's files
    links: Any = None  # matching's result, once two registers were compared
    dossiers: Any = None  # whole records of the children (engine.issues.dossiers.Dossiers)
    lists: Any = None  # lists of issues handed in (engine.lists.Lists), if there are any

    @cached_property
    def cases(self) -> pa.Table:
        """The children issues are told of (CASE_SCHEMA)."""
        return case_table(self.issues)
