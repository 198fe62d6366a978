"""What the operating system complains of, in words."""

from __future__ import annotations

import errno
from typing import Final

from lbt_audit.model.text import Text

_WORDS: Final = {
    errno.ENOENT: Text("文件或文件夹不存在", "no such file or folder"),
    errno.EACCES: Text("没有权限，或正被其他程序占用", "no permission, or in use by another program"),
    errno.EPERM: Text("没有权限", "not permitted"),
    errno.EBUSY: Text("正被其他程序占用", "in use by another program"),
    errno.EEXIST: Text("同名文件已存在", "a file of that name is in the way"),
    errno.ENOTDIR: Text("上级路径是文件，不是文件夹", "part of the path is a file, not a folder"),
    errno.EISDIR: Text("是文件夹，不是文件", "is a folder, not a file"),
    errno.ENOSPC: Text("磁盘空间不足", "the disk is full"),
    errno.EROFS: Text("磁盘是只读的", "the disk is read-only"),
    errno.ENAMETOOLONG: Text("名称过长", "the name is too long"),
    errno.EAGAIN: Text(
        "进程数已达系统限制，请关闭其他程序，或放宽限制（ulimit -u）后重试",
        "the system starts no more processes; close other programs or raise the limit (ulimit -u) and try again",
    ),
    errno.EMFILE: Text("同时打开的文件过多", "too many open files"),
    errno.ENOMEM: Text("内存不足", "out of memory"),
    errno.EIO: Text("磁盘读写出错", "the disk cannot be read or written"),
    **({errno.EDQUOT: Text("磁盘配额已满", "the disk quota is used up")} if hasattr(errno, "EDQUOT") else {}),
}


def os_trouble(error: OSError) -> Text:
    """The reason of ``error``; the system's own words where there are none here."""
    own = error.strerror or type(error).__name__
    return _WORDS.get(error.errno or 0, Text(own, own))
