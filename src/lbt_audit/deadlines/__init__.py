"""When an issue must be corrected: deadline classes counted in Chinese working days."""

from lbt_audit.deadlines.calendar import Calendar
from lbt_audit.deadlines.due import Deadlines, due

__all__ = ["Calendar", "Deadlines", "due"]
