"""``child.sex`` (male, female): what 性别 and a sound ID number say; not known where they contradict each other (C08)."""

from __future__ import annotations

import numpy as np

from lbt_audit.facts.fact import Fact
from lbt_audit.frames.citizen import id_sex
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.texts import code_is, coded
from lbt_audit.model.text import Text

SEXES = ("", "male", "female")


def _sex(frame: Frame) -> Facet:
    number = id_sex(frame, "id_no")
    column = np.where(
        code_is(frame, "sex", "male").true, 1, np.where(code_is(frame, "sex", "female").true, 2, 0)
    )
    either = np.maximum(number, column)
    agreed = np.where((number > 0) & (column > 0) & (number != column), 0, either)
    return Facet.text(coded(agreed, SEXES))


FACTS: tuple[Fact, ...] = (Fact("child.sex", "code", _sex, Text("儿童性别", "the child's sex"), SEXES[1:]),)
