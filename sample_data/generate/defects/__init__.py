"""Planted defects: one small function for each rule, in a module for each group.

A function takes rows nobody has touched (``World.take``), changes them, and records what must be found
(``World.expect``; ``World.follow`` for issues that lawfully come with it). Order matters: forms first
(they decide which columns a file has), then the worked examples, then the rest. ``a01`` … are named
after their rules; the table at the head of each module says what they do.
"""

from __future__ import annotations

from sample_data.generate.defects import (
    agreements,
    blanks,
    copies,
    examples,
    families,
    files,
    filing,
    forms,
    helpers,
    lists,
    logic,
    missing,
    more,
    notices,
    numbers,
    oddities,
    records,
    schooling,
    scope,
    spellings,
    timely,
    values,
    visits,
)
from sample_data.generate.world import World

STEPS = (
    timely.l01_missing,
    *forms.ALL,
    *examples.ALL,
    *blanks.ALL,
    *values.ALL,
    *logic.ALL,
    *schooling.ALL,
    *scope.ALL,
    *copies.ALL,
    *notices.ALL,
    *spellings.ALL,
    *missing.ALL,
    *numbers.ALL,
    *families.ALL,
    more.made_up,
    *records.ALL,
    *oddities.ALL,
    *agreements.ALL,
    *filing.ALL,
    *timely.ALL,
    *helpers.ALL,
    *visits.ALL,
    *more.ALL,
    *lists.ALL,
    blanks.one_parent,
)


def plant_all(world: World) -> None:
    for step in STEPS:
        step(world)
    for step in files.ALL:  # after all others: they copy finished books or hide them in other formats
        step(world)
