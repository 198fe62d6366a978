"""All kinds of value by name."""

from __future__ import annotations

from typing import Final

from lbt_audit.values.address import ADDRESS
from lbt_audit.values.citizen_id import CITIZEN_ID
from lbt_audit.values.code import CODE, CODES, YES_NO
from lbt_audit.values.date.parser import DATE
from lbt_audit.values.disability_card import DISABILITY_CARD
from lbt_audit.values.ethnic import ETHNICITY
from lbt_audit.values.free_text import TEXT
from lbt_audit.values.grade import CLASS_NAME, GRADE
from lbt_audit.values.integer import INTEGER
from lbt_audit.values.kind import ValueKind
from lbt_audit.values.name import NAME
from lbt_audit.values.phone import PHONE
from lbt_audit.values.place import PLACE
from lbt_audit.values.relation import RELATION
from lbt_audit.values.xueji import XUEJI_NO

KINDS: Final[dict[str, ValueKind]] = {
    kind.name: kind
    for kind in (
        NAME,
        CITIZEN_ID,
        DATE,
        PHONE,
        PLACE,
        ADDRESS,
        CODE,
        CODES,
        YES_NO,
        RELATION,
        ETHNICITY,
        INTEGER,
        GRADE,
        CLASS_NAME,
        XUEJI_NO,
        DISABILITY_CARD,
        TEXT,
    )
}
"""What the checks of a column read a cell as."""
