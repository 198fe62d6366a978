"""A divided audit on Dask: its steps are tasks, which any worker may run and run again.

A task is told a folder and numbers, and answers with how it ended, in words that hold nothing of what was read: neither
keys nor values reach Dask's logs. Workers find everything else in the folder, which all of them must see.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from lbt_audit import __version__
from lbt_audit.engine.request import Watcher
from lbt_audit.model.errors import AuditError
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.partitions.local import in_child, steps_of, told, why
from lbt_audit.partitions.plan import Plan
from lbt_audit.partitions.steps import Step

_LOCAL: Final = regex(r"local(?:\[(?P<workers>[1-9]\d{0,2})\])?")
_ADDRESS: Final = regex(r"(?:tcp|tls|ucx|ws|wss)://\S+")
_PATIENCE: Final = 60  # s in which a scheduler answers and a first worker is there
_NOT_READY: Final = "not_ready"  # an earlier step of the county did not end well


class ClusterError(AuditError):
    """There is no cluster, or it is not fit for the audit."""

    exit_code = 2


class Dask:
    """Runs the steps of an audit on the cluster at ``address``: a scheduler's, or ``local[N]`` for N processes on this
    machine. Raises ClusterError for an address that is none."""

    def __init__(self, address: str) -> None:
        if not _LOCAL.fullmatch(address) and not _ADDRESS.fullmatch(address):
            raise ClusterError(
                Text(
                    f"--cluster 应为 local[N] 或调度器地址（如 tcp://10.0.0.5:8786），读到 {address}",
                    f"--cluster takes local[N] or a scheduler's address such as tcp://10.0.0.5:8786, not {address}",
                )
            )
        self.address = address

    @property
    def on_this_machine(self) -> bool:
        return _LOCAL.fullmatch(self.address) is not None

    def run(self, plan: Plan, folder: Path, watcher: Watcher) -> dict[Text, str]:
        """All steps of ``plan``; gives what did not end well, and why. A step whose worker is lost is run by another."""
        with self._client(folder) as client, client.as_current():
            _is_fit(client, folder)
            return _run(client, plan, folder, watcher)

    @contextmanager
    def _client(self, folder: Path) -> Iterator[Any]:
        distributed = _distributed()
        for name in ("distributed", "tornado", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        if not self.on_this_machine:
            try:
                with distributed.Client(self.address, timeout=_PATIENCE, set_as_default=False) as client:
                    yield client
            except (OSError, TimeoutError) as error:
                raise _silent(self.address) from error
            return
        match = _LOCAL.fullmatch(self.address)
        assert match is not None
        # Only this machine, and on it only who holds the certificate made for this run; no page to look at.
        with (
            distributed.LocalCluster(
                n_workers=int(match["workers"] or 0) or None,
                threads_per_worker=1,
                host="127.0.0.1",
                security=True,
                dashboard_address=None,
                worker_dashboard_address=None,
                local_directory=str(folder / "dask"),
                silence_logs=logging.CRITICAL,
            ) as cluster,
            distributed.Client(cluster, set_as_default=False) as client,
        ):
            yield client


def perform(folder: str, name: str, world: int, part: int, *before: str) -> str:
    """The task: one step, in a process of its own so that its memory comes back and its limits of time hold. ``before``:
    how the steps ended it rests on; gives "" or why it did not end well."""
    step = Step(name, world, part)
    if name != "exchange" and any(before):
        return _NOT_READY
    try:
        in_child(Path(folder), step)
    except Exception as error:
        return why(error)
    return ""


def _run(client: Any, plan: Plan, folder: Path, watcher: Watcher) -> dict[Text, str]:
    distributed = _distributed()
    futures: dict[Any, Step] = {}
    taken: dict[int, list[Any]] = {n: [] for n in range(len(plan.worlds))}
    surveys: list[Any] = []
    exchanged: list[Any] = []
    for step in steps_of(plan):
        before = {
            "take_in": [],
            "survey": taken[step.world],
            "exchange": surveys,
            "conclude": [*taken[step.world], *exchanged],
        }[step.name]
        future = client.submit(
            perform,
            str(folder),
            step.name,
            step.world,
            step.part,
            *before,
            key=f"{step.label}-{folder.name}",
            pure=False,
        )
        futures[future] = step
        {"take_in": taken[step.world], "survey": surveys, "exchange": exchanged, "conclude": []}[
            step.name
        ].append(future)
    failures: dict[Text, str] = {}
    for done, future in enumerate(distributed.as_completed(list(futures))):
        step = futures[future]
        said = future.result() if future.status == "finished" else f"{future.status}: {_kind(future)}"
        if said and said != _NOT_READY:
            failures[told(plan, step)] = said
        watcher.part(told(plan, step), done + 1, len(futures))
    return failures


def _kind(future: Any) -> str:
    """Of what a future raised only the type: its text names arguments."""
    return type(future.exception()).__name__ if future.status == "error" else "?"


def _is_fit(client: Any, folder: Path) -> None:
    """Raises ClusterError where there are no workers, or some lack this version or do not see the folder."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        raise ClusterError(
            Text("集群中没有工作进程（dask worker）", "the cluster has no workers (dask worker)")
        ) from error
    for worker, (version, sees) in client.run(_state, str(folder)).items():
        if version != __version__:
            raise ClusterError(
                Text(
                    f"{worker} 的 lbt-audit 版本是 {version}，本机是 {__version__}；请装同一版本",
                    f"{worker} has lbt-audit {version}, this machine {__version__}: install the same",
                )
            )
        if not sees:
            raise ClusterError(
                Text(
                    f"{worker} 看不到 {folder}；请用 --parts-folder 指定各机器都能读写的共享文件夹，材料也须放在共享文件夹中",
                    f"{worker} does not see {folder}: name a folder all machines share with --parts-folder; the files "
                    "handed in must lie in one as well",
                )
            )


def _state(folder: str) -> tuple[str, bool]:
    return __version__, Path(folder, "plan.json").is_file()


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise ClusterError(
            Text(
                '--cluster 需要 dask：请运行 pip install "lbt-audit[cluster]"',
                '--cluster needs dask: pip install "lbt-audit[cluster]"',
            )
        ) from error
    return distributed


def _silent(address: str) -> ClusterError:
    return ClusterError(Text(f"连接不上调度器 {address}", f"no scheduler answers at {address}"))
