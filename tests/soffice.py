"""LibreOffice, where it is on the machine: a workbook opened and saved by another program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

SOFFICE = shutil.which("soffice")


def saved_again(path: Path, folder: Path, suffix: str = "xlsx") -> Path:
    """``path`` as LibreOffice saves it into ``folder``."""
    with TemporaryDirectory() as profile:
        user = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = [
            str(SOFFICE),
            user,
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            str(folder),
            str(path),
        ]
        subprocess.run(command, capture_output=True, check=True)
    return folder / f"{path.stem}.{suffix}"
