"""How much may lie on the desk."""

from __future__ import annotations

from lbt_audit.intake.files.limits import MB
from lbt_audit.model.errors import AuditError
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text


class UploadError(AuditError):
    """A file that is not taken; says which and what to do."""

    exit_code = 2


@dataclass(frozen=True)
class UploadLimits:
    """Sizes in bytes. 32 MB are a register of 100,000 children in 45 columns."""

    file: int = 32 * MB
    files: int = 300
    total: int = 512 * MB

    def too_large(self, name: str, size: int | None = None) -> UploadError:
        most = self.file // MB
        zh = f"（{size / MB:.0f} MB）" if size else ""
        en = f" ({size / MB:.0f} MB)" if size else ""
        return UploadError(
            Text(
                f"{name}：文件过大{zh}，每个文件最多 {most} MB，没有收下；请按乡镇或学校拆分，或删去表外的空行、图片后再放入",
                f"{name}: too large{en}, a file may have {most} MB; not taken. Split it by township or school, or delete empty "
                "rows and pictures outside the table",
            )
        )

    def too_many(self, name: str) -> UploadError:
        return UploadError(
            Text(
                f"{name}：已有 {self.files} 个文件，放满了，没有收下；请先移除一些，或分批核查",
                f"{name}: there are {self.files} files already, which is all the desk holds; not taken. Remove some, or check in "
                "portions",
            )
        )

    def too_much(self, name: str) -> UploadError:
        most = self.total // MB
        return UploadError(
            Text(
                f"{name}：全部文件合计超过 {most} MB，没有收下；请先移除一些，或分批核查",
                f"{name}: with it all files would have more than {most} MB; not taken. Remove some, or check in portions",
            )
        )
