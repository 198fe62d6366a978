"""What the one-folder program runs: the command, or a reader of files or a step of a divided audit where the command
starts the program for that."""

from __future__ import annotations

import multiprocessing
import os
import sys

from lbt_audit.intake.fence.start import READER


def main() -> None:
    multiprocessing.freeze_support()
    if sys.argv[1:2] == [READER]:
        from lbt_audit.intake.fence.worker import main as read

        del sys.argv[1]
        read()
        return
    if sys.argv[1:2] == ["--step-of-audit"]:  # partitions.local.STEP: importing that each time would be slow
        from lbt_audit.partitions.local import main as step

        del sys.argv[1]
        step()
        return
    # The folder's libraries are for this program only, not for what it starts, such as a browser.
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)
    from lbt_audit.__main__ import main as run

    run()


main()
