"""Generator of the sample counties: a register model, the files units write from it, planted defects.

Steps: ``register`` (families, with the lawful oddities of ``traps``) → ``views`` (books as the units
write them) → ``defects`` (one function per rule; each records what must be found) → ``layout`` and
``write`` (grids, files) → ``truth``. Everything is drawn from one seed, in one order; nothing of it is
about real people.

Seams: a further kind of file is a module in ``views`` that returns books; a further period is a second
``Register`` made from the first (children leave, join, grow) and written under another folder; a
mismatch between files is a defect that changes one view's row and leaves the others.
"""
