"""A county file handed to the desk."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from lbt_audit.config.load import load_county
from lbt_audit.desk.uploads.limits import UploadError
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.private import make_folder
from lbt_audit.model.text import Text

_ELSEWHERE: Final = ("units_file", "holidays_file", "previous", "rules", "schemas")
"""Keys that name other files: those are not here, and nobody at another machine is to have this one's read."""
_OTHERS: Final = Text(
    "{name}：这份配置引用了别的文件（{keys}），在页面上不能用；请在放配置的电脑上用 lbt-audit desk --config 启动",
    "{name}: this county file names other files ({keys}), which the page has not; start lbt-audit desk --config on the "
    "machine they lie on",
)


def keep_county(folder: Path, name: str, content: bytes) -> Path:
    """Keep a county file below ``folder``. Raises UploadError for what is wrong in it."""
    import tomllib

    own = folder / f"county-{secrets.token_hex(4)}"
    make_folder(own)
    path = own / "lbt-audit.toml"
    path.write_bytes(content)
    try:
        written = tomllib.loads(content.decode("utf-8-sig"))
    except ValueError:
        written = {}
    named = [key for key in (*_ELSEWHERE, "notices") if _names_files(key, written.get(key))]
    if named:
        keys = "、".join(named), ", ".join(named)
        raise UploadError(
            Text(_OTHERS.zh.format(name=name, keys=keys[0]), _OTHERS.en.format(name=name, keys=keys[1]))
        )
    try:
        load_county(path)
    except ConfigError as error:
        zh, en = error.text.zh, error.text.en
        raise UploadError(
            Text(f"县级配置有误，没有采用：{zh}", f"the county file is not used: {en}")
        ) from error
    return path


def _names_files(key: str, value: object) -> bool:
    if key == "notices":
        return isinstance(value, dict) and "templates" in value
    return bool(value)
