"""The command line of ``check`` and ``recheck``."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Annotated, Literal, get_args

from lbt_audit.cli.language import both
from lbt_audit.cli.options import (
    CODES,
    DATE,
    FILE,
    FOLDER,
    ConfigOption,
    KindOption,
    MaskOption,
    ProfileOption,
    SampleOption,
    SeedOption,
    VerboseOption,
    argument,
    option,
)
from lbt_audit.model.record import dataclass
from lbt_audit.model.run import By
from lbt_audit.reports.formats import Format

FailOn = Literal["error", "warning", "notice", "never"]


@dataclass(frozen=True, kw_only=True)
class CheckOptions:
    """``check``: ``formats`` and ``output_files`` are paired, the nth with the nth."""

    paths: Annotated[
        list[Path] | None,
        argument(
            zh="要核查的文件或文件夹（默认：当前文件夹）",
            en="Files and folders to audit (default: this folder)",
            metavar=both("路径", "PATHS"),
        ),
    ] = None
    config: ConfigOption = None
    as_of: Annotated[
        str | None,
        option(
            "--as-of",
            metavar=DATE,
            zh="统计截止日，如 2026-10-31（默认：县级配置；再次：文件中最新填报日期；最后：今天）",
            en="The day the data are to be true for, e.g. 2026-10-31 (default: the county file; else the newest "
            "filling date in the files; else today)",
        ),
    ] = None
    issued_on: Annotated[
        str | None,
        option(
            "--issued-on",
            metavar=DATE,
            zh="清单、通知下发日期，整改时限从次日起算（默认：县级配置；再次：今天）",
            en="The day the lists go out: deadlines count from the day after (default: the county file; else today)",
        ),
    ] = None
    out: Annotated[
        Path,
        option(
            "--out",
            metavar=FOLDER,
            zh="文档写到哪里（默认 lbt-report/）",
            en="Where the documents go (default lbt-report/)",
            readable=False,  # not asked of it; what hinders writing is told when it is written
        ),
    ] = Path("lbt-report")
    formats: Annotated[
        list[Format] | None,
        option(
            "--format",
            metavar="|".join(Format),
            zh="标准输出的格式（默认 text）；可重复，第 n 个与第 n 个 --output-file 配对，没有配对的写到标准输出；"
            "parquet 每个问题一行，供上百万条问题之用",
            en="Format on stdout (default text); repeatable: the nth goes to the nth --output-file, one without a "
            "file to stdout; parquet has a row for each issue, for a million of them",
        ),
    ] = None
    output_files: Annotated[
        list[Path] | None,
        option(
            "--output-file",
            metavar=FILE,
            zh="对应 --format 的输出文件，- 为标准输出",
            en="File of the --format in the same place; - is stdout",
        ),
    ] = None
    select: Annotated[
        list[str] | None,
        option(
            "--select",
            metavar=CODES,
            zh="只用这些规则，可写前缀，逗号分隔，如 B,D01",
            en="Only these rules; prefixes work, e.g. B,D01",
        ),
    ] = None
    ignore: Annotated[
        list[str] | None, option("--ignore", metavar=CODES, zh="不用这些规则", en="Leave these rules out")
    ] = None
    profile: ProfileOption = None
    county: Annotated[
        str | None,
        option(
            "--county",
            metavar=both("县名", "NAME"),
            zh="本县名称，如 青禾县（默认：县级配置；再次：按报送文件推断）",
            en="The own county (default: the county file; else as the files show)",
        ),
    ] = None
    kinds: KindOption = None
    fail_on: Annotated[
        FailOn,
        option(
            "--fail-on",
            metavar="|".join(get_args(FailOn)),
            zh="达到何种等级时退出码为 1（默认 error）",
            en="Severity from which the exit code is 1 (default error)",
        ),
    ] = "error"
    mask: MaskOption = None
    yes: Annotated[
        bool,
        option(
            "--yes",
            zh="不脱敏（--mask none）时不再询问",
            en="Do not ask whether values are to be shown in clear (--mask none)",
        ),
    ] = False
    jobs: Annotated[
        int,
        option(
            "--jobs",
            min=0,
            metavar="N",
            zh="同时读取的文件数（默认：处理器数）",
            en="Files read at once (default: one per core)",
        ),
    ] = 0
    partition_by: Annotated[
        By | None,
        option(
            "--partition-by",
            metavar="|".join(get_args(By)),
            zh="分部核查，一部分接一部分，各用一个进程，内存只需最大一部分所需；county：每个县的文件夹为一部分（全市、全省）；"
            "township：县内每个文件夹逐个读取",
            en="Audit in parts, one after the other and each in a process of its own, so that memory is that of the largest: "
            "county = each county's folder (a prefecture, a province); township = a county's folders are read one by one",
        ),
    ] = None
    cluster: Annotated[
        str | None,
        option(
            "--cluster",
            metavar=both("地址|local[N]", "ADDRESS|local[N]"),
            zh="各部分作为 Dask 任务运行：调度器地址，或 local[N]（本机 N 个进程）；需要 lbt-audit[cluster]",
            en="Run the parts as tasks of Dask: a scheduler's address, or local[N] for N processes here; needs "
            "lbt-audit[cluster]",
        ),
    ] = None
    parts_folder: Annotated[
        Path | None,
        option(
            "--parts-folder",
            metavar=FOLDER,
            zh="分部核查的中间结果放在哪里，用后删除（默认：系统临时文件夹；集群：--out 旁边，须各机器共享）",
            en="Where parts keep what they hand on, removed at the end (default: the system's temporary folder; on a cluster "
            "beside --out, which all machines must share)",
        ),
    ] = None
    notices: Annotated[
        bool | None,
        option(
            "--notices/--no-notices",
            zh="生成或不生成整改通知书、督办通知和通报（默认：县级配置列有单位时生成）；没有县级配置时，加 --notices "
            "也为各责任单位各建一个文件夹",
            en="Write orders, reminders and the circular (default: where the county file names units); --notices makes "
            "the folders of units without a county file, too",
        ),
    ] = None
    no_documents: Annotated[bool, option("--no-documents", zh="不生成文档", en="Write no documents")] = False
    quiet: Annotated[bool, option("-q", "--quiet", zh="只显示总数", en="Show only the totals")] = False
    verbose: VerboseOption = False
    previous: Annotated[
        Path | None,
        option(
            "--previous",
            metavar=FOLDER,
            zh="上期报送的文件夹：读来与本期比对，其中的文件不再核查（默认：县级配置 previous）",
            en="Folder of last period's files: read and compared with this period's, not audited again (default: "
            "previous in the county file)",
        ),
    ] = None
    ledger: Annotated[
        Path | None,
        option(
            "--ledger",
            metavar=FILE,
            zh="整改台账文件：记入本次核查，标明状态和原定时限",
            en="Rectification ledger: record this audit, show statuses and the deadlines first set",
        ),
    ] = None
    links: Annotated[
        Path | None,
        option(
            "--links",
            metavar=both("文件.csv", "FILE.csv"),
            zh="把各名单之间认定为同一儿童或待核的记录对写成 CSV（不含姓名）",
            en="Write every matched or doubtful pair of rows between lists as CSV (no names)",
        ),
    ] = None

    @property
    def folder(self) -> Path | None:
        """Where the documents go, if any are wanted."""
        return None if self.no_documents else self.out


@dataclass(frozen=True, kw_only=True)
class WatchOptions(CheckOptions):
    """``check``: it may go on after the first audit."""

    watch: Annotated[
        bool,
        option(
            "--watch",
            zh="核查后不退出：文件改好一保存就再核查，显示消除了哪些、还剩哪些问题；按 Ctrl-C 结束，退出码为最后一次核查的",
            en="Stay, and check again whenever a file is saved: tells what is gone and what is left. Ctrl-C ends; the "
            "exit code is that of the last audit",
        ),
    ] = False


@dataclass(frozen=True, kw_only=True)
class RecheckOptions(CheckOptions):
    """``recheck``: the ledger is there already, and issues may be drawn from it for spot checks."""

    ledger: Annotated[
        Path,
        option(
            "--ledger",
            metavar=FILE,
            zh="整改台账文件（须已由 check --ledger 建立）",
            en="The ledger made by check --ledger",
        ),
    ] = field()
    sample: SampleOption = 0
    seed: SeedOption = None
