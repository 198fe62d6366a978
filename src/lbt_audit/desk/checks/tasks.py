"""Which job is done by what; imported in the processes that do them only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lbt_audit.desk.checks.check import check
from lbt_audit.desk.checks.forms import blank
from lbt_audit.desk.checks.job import CheckJob, FormJob, RepairJob, Task
from lbt_audit.desk.checks.repairs import repairs

TASKS: Final[Mapping[type, Task]] = {CheckJob: check, RepairJob: repairs, FormJob: blank}
