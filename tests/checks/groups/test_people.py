"""Who is one person under two spellings: what is heard as one is the county's to say."""

from __future__ import annotations

import numpy as np
import pytest
from tests.checks.registers import book, table

from lbt_audit.checks.groups.people import same_parent

NUMBER = "529901198506150014"


@pytest.mark.parametrize(
    "cells",
    [
        # A number one digit off, the names alike; no number, but birth and phone.
        ({"father_id": NUMBER}, {"father_id": NUMBER[:-1] + "5"}),
        ({"father_birth": "1985-06-15", "father_phone": "13800000001"},) * 2,
    ],
)
def test_one_father_by_the_sounds_of_the_county(cells: tuple[dict[str, str], dict[str, str]]) -> None:
    names = ("罗孙强", "罗森强")  # sun and sen
    rows = [
        {"child_name": f"罗{n}", "father_name": name, "mother_name": f"李{n}", **more}
        for n, name, more in zip("一二", names, cells, strict=True)
    ]
    for sounds, one in (((), False), ((("sun", "sen"),), True)):
        made = book(table(rows), sounds=sounds)
        labels = same_parent(made.frames["roster"], made, "father")
        assert bool((labels >= 0).all() and len(np.unique(labels)) == 1) is one
