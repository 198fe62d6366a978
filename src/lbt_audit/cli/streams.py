"""Standard streams that never end the program: odd consoles, closed pipes."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import BinaryIO


def prepare() -> None:
    """A character the console cannot show is replaced, not an error; a closed stream is a deaf one."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def settle() -> None:
    """Write out what is still buffered; a stream that does not take it (no reader, full disk) is made deaf, so
    that leaving the interpreter does not try again and fail."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class Recoder(io.RawIOBase):
    """Takes UTF-8 and hands it to a text stream in that stream's own encoding."""

    def __init__(self) -> None:
        import codecs

        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def write(self, data: object) -> int:
        chunk = bytes(data)  # type: ignore[call-overload]
        sys.stdout.write(self._decoder.decode(chunk))
        return len(chunk)

    def writable(self) -> bool:
        return True


def binary_stdout(*, for_people: bool) -> BinaryIO:
    """Where UTF-8 bytes go: as they are into pipes and files, recoded for a console of another encoding."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None or (for_people and encoding != "utf8" and sys.stdout.isatty()):
        return Recoder()  # type: ignore[return-value]
    sys.stdout.flush()
    binary: BinaryIO = buffer
    return binary
