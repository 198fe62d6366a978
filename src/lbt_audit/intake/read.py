"""Submitted files → grids, behind the fence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lbt_audit.intake.fence.pool import Fence
from lbt_audit.intake.files.documents import Companions
from lbt_audit.intake.files.find import InputFile
from lbt_audit.intake.files.limits import Limits
from lbt_audit.intake.readers.result import ReadResult

__all__ = ["ReadResult", "read_files"]


def read_files(
    files: Sequence[InputFile],
    *,
    jobs: int = 1,
    limits: Limits | None = None,
    on_done: Callable[[ReadResult], None] | None = None,
    companions: Companions | None = None,
) -> Iterator[ReadResult]:
    """A result for every file, in the order given; nothing a file holds raises.

    ``jobs`` processes read at once. ``on_done`` is called with each result before it is handed on.
    ``companions``: the tables handed in, by default those among ``files``.
    Close the iterator (or leave a ``for`` loop by an exception) to end the processes.
    """
    if not files:
        return
    companions = companions or Companions(f.relative for f in files)
    with Fence(jobs, limits or Limits()) as fence:
        read = fence.read([f for f in files if f.reason is None])
        for file in files:
            result = ReadResult(file, reason=file.reason) if file.reason else next(read)
            beside = companions.reason(file.relative, result.reason) if result.reason else None
            result = result.refused(beside) if beside else result
            if on_done is not None:
                on_done(result)
            yield result
