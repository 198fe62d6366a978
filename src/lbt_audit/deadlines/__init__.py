"""When an issue must be corrected: deadline classes counted in Chinese working days."""

from lbt_audit.deadlines.calendar import Calendar
from lbt_audit.deadlines.due import deadline, due

__all__ = ["Calendar", "deadline", "due"]
